"""Which projects to support under a budget, with quotas by field and projects that exclude each other.

An integer programme solved by HiGHS through `scipy.optimize.milp`; money is checked again in whole fen,
so that a solver's tolerance never overspends.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from poc_eval.errors import Fault, InputError
from poc_eval.i18n import _
from poc_eval.money import format_money, from_fen, to_fen

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from decimal import Decimal

    from numpy.typing import NDArray

_TIE = 1e-7


@dataclass(frozen=True, slots=True)
class Candidate:
    """A project that asks for ``cost`` (yuan); ``value`` is what its support is worth, such as its total."""

    project: str
    value: float
    cost: Decimal
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Quota:
    """The least and the most projects to support in a field; None where there is no limit."""

    at_least: int | None = None
    at_most: int | None = None


@dataclass(frozen=True, slots=True)
class Selection:
    """What to support, in the order the candidates were given, and what is left of the budget (yuan)."""

    chosen: tuple[str, ...]
    value: float
    cost: Decimal
    left: Decimal


@dataclass(frozen=True, slots=True)
class NextStep:
    """What more budget would buy: projects that come in and those that make way for them."""

    budget: Decimal
    selection: Selection
    gained: float
    comes_in: tuple[str, ...]
    makes_way: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Rows:
    matrix: NDArray[np.float64]
    lower: NDArray[np.float64]
    upper: NDArray[np.float64]


def select(
    candidates: Sequence[Candidate],
    budget: Decimal,
    *,
    quotas: Mapping[str, Quota] | None = None,
    exclusive: Sequence[Sequence[str]] = (),
    required: Collection[str] = (),
) -> Selection:
    """Return the selection with the highest total value within ``budget`` (yuan).

    ``quotas`` by field; of each group in ``exclusive`` at most one project is chosen, of ``required`` every
    one. Of equal selections the one with projects named earlier is taken. A budget that buys nothing gives an
    empty selection. Raises InputError for values or costs that are negative or no numbers, unknown names,
    unmeetable quotas, and required projects that ask for more than the budget.
    """
    from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415 only a selection needs a solver

    limit = _checked(candidates, budget, quotas or {}, [*exclusive, tuple(required)])
    _check_required(candidates, limit, required)
    if not candidates:
        return Selection((), 0.0, from_fen(0), from_fen(limit))
    costs = [to_fen(one.cost) for one in candidates]
    rows = _rows(candidates, quotas or {}, exclusive)
    # The earlier of equals: a preference too small to outweigh any difference in value that is shown.
    value = np.array([one.value for one in candidates], dtype=np.float64)
    scale = max(1.0, float(np.abs(value).max()))
    objective = -(value + _TIE * scale * np.linspace(1, 0, value.size) / value.size)
    forbidden: list[NDArray[np.float64]] = []
    while True:
        cost_row = np.array(costs, dtype=np.float64)
        constraints = [LinearConstraint(cost_row / max(1, limit), -np.inf, 1.0 if limit else 0.0)]
        if rows.matrix.size:
            constraints.append(LinearConstraint(rows.matrix, rows.lower, rows.upper))
        constraints += [LinearConstraint(taken, -np.inf, taken.sum() - 1) for taken in forbidden]
        found = milp(
            objective,
            constraints=constraints,
            integrality=np.ones(value.size, dtype=np.int64),
            bounds=Bounds(np.array([float(one.project in required) for one in candidates]), 1),
            options={"mip_rel_gap": 0.0},
        )
        if found.x is None:
            raise _cannot_be_met()
        taken = np.round(found.x)
        spent = sum(cost for cost, use in zip(costs, taken, strict=True) if use)
        if spent <= limit:
            return _selection(candidates, taken, spent, limit)
        forbidden.append(taken)


def next_step(
    candidates: Sequence[Candidate],
    budget: Decimal,
    step: Decimal,
    *,
    quotas: Mapping[str, Quota] | None = None,
    exclusive: Sequence[Sequence[str]] = (),
    required: Collection[str] = (),
) -> NextStep:
    """Return what ``step`` more (yuan), such as the next million, would change. Raises as `select` does."""
    now = select(candidates, budget, quotas=quotas, exclusive=exclusive, required=required)
    then = select(candidates, budget + step, quotas=quotas, exclusive=exclusive, required=required)
    return NextStep(
        budget + step,
        then,
        then.value - now.value,
        tuple(name for name in then.chosen if name not in now.chosen),
        tuple(name for name in now.chosen if name not in then.chosen),
    )


def _checked(
    candidates: Sequence[Candidate],
    budget: Decimal,
    quotas: Mapping[str, Quota],
    exclusive: Sequence[Sequence[str]],
) -> int:
    faults: list[Fault] = []
    names = Counter(one.project for one in candidates)
    faults += [
        Fault(_("{project} stands here twice", project=name), _("keep one line for each project"))
        for name, times in names.items()
        if times > 1
    ]
    faults += [
        Fault(
            _("{project} has the value {value}", project=one.project, value=one.value),
            _("give a value from zero up"),
        )
        for one in candidates
        if not np.isfinite(one.value) or one.value < 0
    ]
    faults += [
        Fault(
            _("{project} asks for {amount}", project=one.project, amount=format_money(one.cost)),
            _("give an amount from zero up"),
        )
        for one in candidates
        if one.cost < 0
    ]
    faults += [
        Fault(_("{project} is none of the candidates", project=name), _("correct the name in the group"))
        for group in exclusive
        for name in group
        if name not in names
    ]
    fields = {one.field for one in candidates}
    faults += [
        Fault(
            _("no candidate is in the field {field}", field=field), _("correct the field or drop its quota")
        )
        for field, quota in quotas.items()
        if field not in fields and quota.at_least
    ]
    if budget < 0:
        faults.append(Fault(_("the budget is negative"), _("give an amount from zero up")))
    if faults:
        raise InputError(*faults)
    return to_fen(budget)


def _check_required(candidates: Sequence[Candidate], limit: int, required: Collection[str]) -> None:
    asked = sum(to_fen(one.cost) for one in candidates if one.project in required)
    if asked > limit:
        amount = format_money(from_fen(asked))
        raise InputError(
            Fault(
                _("the projects that must be in ask for {amount}, more than the budget", amount=amount),
                _("raise the budget or let one of them go"),
            )
        )


def _rows(
    candidates: Sequence[Candidate], quotas: Mapping[str, Quota], exclusive: Sequence[Sequence[str]]
) -> _Rows:
    matrix, lower, upper = [], [], []
    for field, quota in quotas.items():
        matrix.append([float(one.field == field) for one in candidates])
        lower.append(-np.inf if quota.at_least is None else quota.at_least)
        upper.append(np.inf if quota.at_most is None else quota.at_most)
    for group in exclusive:
        matrix.append([float(one.project in group) for one in candidates])
        lower.append(-np.inf)
        upper.append(1)
    return _Rows(
        np.array(matrix, dtype=np.float64),
        np.array(lower, dtype=np.float64),
        np.array(upper, dtype=np.float64),
    )


def _cannot_be_met() -> InputError:
    return InputError(
        Fault(
            _("no selection within the budget meets all quotas"),
            _("raise the budget or lower the least numbers of the quotas"),
        )
    )


def _selection(
    candidates: Sequence[Candidate], taken: NDArray[np.float64], spent: int, limit: int
) -> Selection:
    chosen = [one for one, use in zip(candidates, taken, strict=True) if use]
    return Selection(
        tuple(one.project for one in chosen),
        float(sum(one.value for one in chosen)),
        from_fen(spent),
        from_fen(limit - spent),
    )
