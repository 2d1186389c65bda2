"""Readiness scales (技术成熟度等级) that a reviewer states a level of beside a score, such as TRL 1 to 9."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from poc_eval.catalog.definitions import entries
from poc_eval.catalog.scale import Scale
from poc_eval.catalog.shipped import shipped_folder
from poc_eval.scoring.typed import plain

if TYPE_CHECKING:
    from poc_eval.catalog.scale import ScaleLevel


class ReadinessScale(Scale):
    """A scale as a form uses it; a level is stated beside a score and never added up."""

    def level(self, answer: str) -> ScaleLevel | None:
        """Return the level that an answer such as ``"4"`` names, None where there is none such."""
        return next((one for one in self.levels if str(one.level) == plain(answer)), None)


@cache
def readiness_scale(scale_id: str) -> ReadinessScale:
    """Return a shipped scale; raises UnknownIdError and DefinitionError."""
    return ReadinessScale.load(scale_id)


@cache
def readiness_scales() -> tuple[str, ...]:
    """Return the ids of the shipped scales."""
    return tuple(entry.id for entry in entries(shipped_folder("scales")))
