"""The rules of the programme format on figures that move together, and on scenarios."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import ValidationError

from poc_eval.catalog.refusal import REFUSED, Refusal
from poc_eval.errors import InputError
from poc_eval.finance.programme.figures import figures, read_figure
from poc_eval.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from poc_eval.finance.programme.model import Programme
    from poc_eval.finance.programme.spread import Spread


def randomness_refusals(programme: Programme) -> Iterator[Refusal]:
    """Yield everything that is wrong with ``correlated`` and ``scenarios``."""
    known = figures(programme)
    found = list(_correlations(programme, known))
    yield from found
    if programme.correlated and not found:
        yield from _together(programme)
    for place, scenario in enumerate(programme.scenarios):
        for name, text in scenario.set.items():
            at = ("scenarios", place, "set", name)
            try:
                read_figure(programme, name, text)
            except InputError as error:
                yield from (Refusal(one.what, one.remedy, at) for one in error.faults)
            except ValidationError as error:
                for detail in error.errors():
                    refusals = detail["ctx"]["refusals"] if detail["type"] == REFUSED else ()
                    yield from (Refusal(one.what, one.remedy, at) for one in refusals)


def _correlations(programme: Programme, known: Mapping[str, Spread]) -> Iterator[Refusal]:
    random = [name for name, one in known.items() if one.random]
    seen: set[frozenset[str]] = set()
    for place, one in enumerate(programme.correlated):
        for inner, name in enumerate(one.of):
            if name not in random:
                yield Refusal(
                    _('"{name}" is not a figure that is spread', name=name),
                    _("known are: {ids}", ids=", ".join(random) or "–"),
                    ("correlated", place, "of", inner),
                )
        if abs(one.rho) > 1:
            yield Refusal(
                _("a correlation of {rho} does not exist", rho=f"{one.rho:f}"),
                _("write a number from -1 to 1"),
                ("correlated", place, "rho"),
            )
        pairs = {frozenset({first, second}) for first in one.of for second in one.of if first != second}
        if pairs & seen or len(set(one.of)) < len(one.of):
            yield Refusal(
                _("two of these figures are correlated twice"),
                _("say once for each two of them how they move together"),
                ("correlated", place),
            )
        seen |= pairs


def _together(programme: Programme) -> Iterator[Refusal]:
    from poc_eval.finance.programme.copula import smallest_eigenvalue  # noqa: PLC0415 needs arrays

    if smallest_eigenvalue(programme) < -1e-9:  # noqa: PLR2004 rounding
        yield Refusal(
            _("figures cannot move together like this: no joint distribution has these correlations"),
            _("bring the correlations nearer to 0"),
            ("correlated",),
        )
