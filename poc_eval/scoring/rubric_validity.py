"""Whether experts find a rubric's criteria relevant, before the rubric opens for use.

Sources: Lynn (1986), Nurs. Res. 35:382; Polit, Beck & Owen (2007), Res. Nurs. Health 30:459.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

from poc_eval.catalog.plain_text import shown
from poc_eval.errors import Fault, InputError
from poc_eval.i18n import _
from poc_eval.scoring import typed
from poc_eval.scoring.weighting import content_validity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from poc_eval.i18n import Message
    from poc_eval.scoring.rubric import Rubric

FEWEST: Final = 3
"""Experts without whom nothing is said of an item (Lynn 1986)."""
FEW: Final = 5
"""Up to so many experts all must agree; from six on a share of them is enough (Lynn 1986)."""
ENOUGH: Final = 0.78
WHOLE_ENOUGH: Final = 0.9
_RELEVANT: Final = 3
_DECIMALS: Final = 4

Grade: TypeAlias = Literal["excellent", "good", "fair", "poor"]
_GRADES: Final[tuple[tuple[float, Grade], ...]] = ((0.75, "excellent"), (0.6, "good"), (0.4, "fair"))
GRADES: Final[dict[Grade, Message]] = {
    "excellent": _("excellent"),
    "good": _("good"),
    "fair": _("fair"),
    "poor": _("poor"),
}
_SCALE: Final = {"1": 1, "2": 2, "3": 3, "4": 4}


@dataclass(frozen=True, slots=True)
class ItemValidity:
    """One item: how many of its experts call it relevant, and that beyond chance."""

    item: str
    experts: int
    relevant: int
    i_cvi: float
    modified_kappa: float
    grade: Grade
    keeps: bool | None
    """True where it can stay, False where it is to be reworded or dropped, None with too few experts."""


@dataclass(frozen=True, slots=True)
class RubricValidity:
    """All items in the order of the table; ``average`` is the S-CVI/Ave, ``universal`` the S-CVI/UA."""

    items: tuple[ItemValidity, ...]
    experts: int
    average: float
    universal: float

    @property
    def to_mend(self) -> tuple[ItemValidity, ...]:
        """The items that should not stay as they are, the lowest first."""
        return tuple(sorted((one for one in self.items if one.keeps is False), key=lambda one: one.i_cvi))

    @property
    def verdict(self) -> Message:
        """What the ratings say of the whole."""
        if any(one.keeps is None for one in self.items):
            return _("not defined, because an item was rated by fewer than {least} experts", least=FEWEST)
        if self.to_mend:
            return _("to be reworded or dropped before the sheet opens: {count}", count=len(self.to_mend))
        if self.average < WHOLE_ENOUGH:
            return _("every item holds, but together they are below {wanted}", wanted=f"{WHOLE_ENOUGH:.2f}")
        return _("every item is relevant to enough experts; the sheet can open")

    def to_dict(self) -> dict[str, Any]:
        """Return plain values for JSON."""
        return {
            "items": [
                {
                    "item": one.item,
                    "experts": one.experts,
                    "relevant": one.relevant,
                    "i_cvi": round(one.i_cvi, _DECIMALS),
                    "modified_kappa": round(one.modified_kappa, _DECIMALS),
                    "grade": one.grade,
                    "keeps": one.keeps,
                }
                for one in self.items
            ],
            "experts": self.experts,
            "s_cvi_ave": round(self.average, _DECIMALS),
            "s_cvi_ua": round(self.universal, _DECIMALS),
            "verdict": {"zh": self.verdict.text("zh"), "en": self.verdict.text("en")},
        }


@dataclass(frozen=True, slots=True)
class RatedItems:
    """A table as it stands: a row an item, a column an expert; an empty cell is no rating."""

    items: tuple[str, ...]
    experts: tuple[str, ...]
    ratings: tuple[tuple[str, ...], ...]
    file: str | None = None
    lines: tuple[int, ...] = ()


def rubric_validity(rated: RatedItems, rubric: Rubric | None = None) -> RubricValidity:
    """Return what the experts' ratings from 1 (not relevant) to 4 (highly relevant) come to.

    With ``rubric`` the items are its criteria, by id or title, and none may be lacking. Raises InputError
    with every fault by line and column.
    """
    faults = [*_item_faults(rated), *_rating_faults(rated)]
    if rubric is not None:
        faults += _criterion_faults(rated, rubric)
    if faults:
        raise InputError(*faults)
    items = tuple(
        _item(name, [_SCALE[typed.plain(cell)] for cell in row if cell.strip()])
        for name, row in zip(rated.items, rated.ratings, strict=True)
    )
    return RubricValidity(
        items,
        len(rated.experts),
        sum(one.i_cvi for one in items) / len(items),
        sum(one.relevant == one.experts for one in items) / len(items),
    )


def _item(name: str, ratings: Sequence[int]) -> ItemValidity:
    found = content_validity(ratings)
    relevant = sum(rating >= _RELEVANT for rating in ratings)
    grade: Grade = next((name for least, name in _GRADES if round(found.modified_kappa, 2) >= least), "poor")
    keeps = None
    if found.experts >= FEWEST:
        keeps = relevant == found.experts if found.experts <= FEW else round(found.i_cvi, 2) >= ENOUGH
    return ItemValidity(name, found.experts, relevant, found.i_cvi, found.modified_kappa, grade, keeps)


def _line(rated: RatedItems, row: int) -> int | None:
    return rated.lines[row] if rated.lines else None


def _item_faults(rated: RatedItems) -> list[Fault]:
    if not rated.items or not rated.experts:
        remedy = _("give a row for each item and a column for each expert")
        return [Fault(_("there is no item or no expert in the table"), remedy, file=rated.file)]
    faults = []
    for row, item in enumerate(rated.items):
        if not item.strip():
            what = _("this row has no item")
            faults.append(
                Fault(what, _("name it in the first column"), file=rated.file, line=_line(rated, row))
            )
        elif item in rated.items[:row]:
            what = _('"{item}" stands there twice', item=shown(item))
            faults.append(Fault(what, _("keep one of the two rows"), file=rated.file, line=_line(rated, row)))
    return faults


def _rating_faults(rated: RatedItems) -> list[Fault]:
    faults = []
    for row, cells in enumerate(rated.ratings):
        line = _line(rated, row)
        if not any(cell.strip() for cell in cells):
            what, remedy = _("nobody rated this item"), _("ask at least three experts")
            faults.append(Fault(what, remedy, file=rated.file, line=line))
        for expert, cell in zip(rated.experts, cells, strict=True):
            if cell.strip() and typed.plain(cell) not in _SCALE:
                what = _("{score} is off the scale", score=shown(cell))
                faults.append(Fault(what, _("write 1, 2, 3 or 4"), file=rated.file, line=line, place=expert))
    return faults


def _criterion_faults(rated: RatedItems, rubric: Rubric) -> list[Fault]:
    """Return what is not a criterion of the rubric, is there twice under two names, or lacks."""
    leaves = [node.criterion for node in rubric.every_node if not node.children]
    known = {name: one.id for one in leaves for name in (one.id, one.title.zh, one.title.en)}
    faults, seen = [], set[str]()
    for row, item in enumerate(rated.items):
        line = _line(rated, row)
        found = known.get(item)
        if item.strip() and found is None:
            what = _('the score sheet has no criterion "{item}"', item=shown(item))
            remedy = _("write its id or its title as the sheet has it")
            faults.append(Fault(what, remedy, file=rated.file, line=line))
        elif found in seen and item not in rated.items[:row]:
            what = _('"{item}" stands there twice', item=shown(item))
            faults.append(Fault(what, _("keep one of the two rows"), file=rated.file, line=line))
        seen |= set() if found is None else {found}
    lacking = [one.id for one in leaves if one.id not in seen]
    if lacking:
        what = _("criteria of the score sheet are not rated: {names}", names=", ".join(lacking))
        faults.append(Fault(what, _("give every criterion a row"), file=rated.file))
    return faults
