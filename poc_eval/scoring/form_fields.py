"""The names of the fields of a review's form; all answers are text under these names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from poc_eval.scoring import undertaking

if TYPE_CHECKING:
    from poc_eval.scoring.criterion import Criterion
    from poc_eval.scoring.rubric import Rubric

RECOMMENDATION: Final = "recommendation"
OPINION: Final = "opinion"


def of_criterion(criterion_id: str, part: str) -> str:
    """Return ``criteria.<id>.<part>``; ``part`` is band, score, reason, evidence or beside."""
    return f"criteria.{criterion_id}.{part}"


def of_screening(item_id: str, part: str = "") -> str:
    """Return ``screening.<id>``, or with ``part`` ``screening.<id>.reason``."""
    return f"screening.{item_id}.{part}" if part else f"screening.{item_id}"


def of_input(name: str) -> str:
    """Return ``inputs.<name>``."""
    return f"inputs.{name}"


def of_extra(kind: str, extra_id: str, part: str) -> str:
    """Return ``bonuses.<id>.points`` and the like; ``kind`` is bonuses or deductions."""
    return f"{kind}.{extra_id}.{part}"


def parts_of(criterion: Criterion) -> tuple[str, ...]:
    """Return the parts of a criterion's card that are written into."""
    if criterion.is_group:
        return ()
    choice = {"bands": ("band", "score"), "measured": ()}.get(criterion.way, ("score",))
    beside = ("beside",) if criterion.beside else ()
    return (*choice, *beside, "reason", "evidence")


def field_names(rubric: Rubric) -> tuple[str, ...]:
    """Return every field of the form for ``rubric``, in its order."""
    names = [
        undertaking.CONFLICT,
        undertaking.CONFLICT_REASON,
        undertaking.CONFIDENTIALITY,
        undertaking.INTEGRITY,
    ]
    for item in rubric.screening:
        names += [of_screening(item.id), of_screening(item.id, "reason")]
    names += [of_input(name) for name in rubric.asked_inputs]
    names += [
        of_criterion(node.criterion.id, part)
        for node in rubric.every_node
        for part in parts_of(node.criterion)
    ]
    for kind, extras in (("bonuses", rubric.bonuses), ("deductions", rubric.deductions)):
        names += [of_extra(kind, extra.id, part) for extra in extras for part in ("points", "reason")]
    if rubric.recommendation:
        names.append(RECOMMENDATION)
    return (*names, OPINION)
