"""Every figure of a programme by name, and the same programme with other figures.

``trial.cost``, ``trial.success`` and ``trial.months`` of a stage; ``income.1`` (or ``income.ID``);
``grant.ID`` where the grant states its amount; ``discount.rate``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pydantic import TypeAdapter

from poc_eval.errors import Fault, InputError
from poc_eval.finance.programme.parts import DiscountRate
from poc_eval.finance.programme.spread import AmountSpread, MonthSpread, ShareSpread, Spread, fixed
from poc_eval.i18n import _
from poc_eval.money import round_money

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import BaseModel

    from poc_eval.finance.programme.model import Programme

_READERS: Final[Mapping[str, TypeAdapter[Spread]]] = {
    "cost": TypeAdapter(AmountSpread),
    "amount": TypeAdapter(AmountSpread),
    "success": TypeAdapter(ShareSpread),
    "months": TypeAdapter(MonthSpread),
}
_RATE: Final = TypeAdapter(DiscountRate)


def places(programme: Programme) -> dict[str, tuple[str, int, str]]:
    """Return where each figure stands: the programme's key, the place in its list, the key there."""
    found: dict[str, tuple[str, int, str]] = {}
    for index, stage in enumerate(programme.stages):
        for key in ("cost", "success", "months"):
            if key in stage.model_fields_set and getattr(stage, key) is not None:
                found[f"{stage.id}.{key}"] = ("stages", index, key)
    for index, one in enumerate(programme.income):
        found[f"income.{one.id or index + 1}"] = ("income", index, "amount")
    for index, grant in enumerate(programme.grants):
        if grant.amount is not None:
            found[f"grant.{grant.id}"] = ("grants", index, "amount")
    if programme.discount is not None:
        found["discount.rate"] = ("discount", 0, "rate")
    return found


def figures(programme: Programme) -> dict[str, Spread]:
    """Return every figure by its name."""
    return {name: figure(programme, name) for name in places(programme)}


def figure(programme: Programme, name: str) -> Spread:
    """Return one figure; raises InputError where there is none with this name."""
    key, index, inner = _place(programme, name)
    owner = programme.discount if key == "discount" else getattr(programme, key)[index]
    value = getattr(owner, inner)
    return value if isinstance(value, Spread) else fixed(value)


def read_figure(programme: Programme, name: str, text: object) -> Spread:
    """Return ``text`` as a figure with this name may be written; pydantic raises where it may not."""
    key, _index, inner = _place(programme, name)
    return fixed(_RATE.validate_python(text)) if key == "discount" else _READERS[inner].validate_python(text)


def with_figures(programme: Programme, values: Mapping[str, Spread]) -> Programme:
    """Return the programme with other figures, unchecked; raises InputError for an unknown name."""
    update: dict[str, object] = {}
    for name, value in values.items():
        key, index, inner = _place(programme, name)
        plain: object = value if key in {"stages", "income"} else value.numbers[0]
        if key == "grants":  # what is paid is whole fen
            plain = round_money(value.numbers[0])
        if key == "discount":
            update[key] = _with(programme.discount, inner, plain)
            continue
        items = list(update.get(key, getattr(programme, key)))  # type: ignore[call-overload]  # a tuple of parts
        items[index] = _with(items[index], inner, plain)
        update[key] = tuple(items)
    return programme.model_copy(update=update)


def _with(owner: BaseModel | None, key: str, value: object) -> BaseModel | None:
    return None if owner is None else owner.model_copy(update={key: value})


def _place(programme: Programme, name: str) -> tuple[str, int, str]:
    known = places(programme)
    if name not in known:
        raise InputError(
            Fault(
                _('the programme has no figure with the name "{name}"', name=name),
                _("known are: {ids}", ids=", ".join(known)),
            )
        )
    return known[name]
