"""The answers to a form and the notes that reading them leaves beside the fields."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from poc_eval.i18n import _
from poc_eval.scoring.evaluation import FieldNote
from poc_eval.scoring.typed import characters

if TYPE_CHECKING:
    from collections.abc import Mapping

    from poc_eval.i18n import Message


@dataclass(slots=True)
class Notes:
    """What is missing and what does not fit, in the order in which it was found."""

    missing: list[FieldNote] = field(default_factory=list)
    faults: list[FieldNote] = field(default_factory=list)

    def lacks(self, name: str, message: Message) -> None:
        """Note that the field ``name`` is still to be filled in."""
        self.missing.append(FieldNote(name, message))

    def refuses(self, name: str, message: Message) -> None:
        """Note that what stands in the field ``name`` does not fit."""
        self.faults.append(FieldNote(name, message))


@dataclass(frozen=True, slots=True)
class Answers:
    """Field name to text as typed; what was never written reads as empty."""

    values: Mapping[str, str]

    def text(self, name: str) -> str:
        """Return the text of a field without the space around it."""
        return self.values.get(name, "").strip()

    def reason(self, name: str, least: int, notes: Notes, missing: Message) -> str:
        """Return a reason and note where it is missing, or shorter than ``least`` characters."""
        text = self.text(name)
        found = characters(text)
        if found == 0 < least:
            notes.lacks(name, missing)
        elif found < least:
            notes.refuses(
                name,
                _(
                    "Write a little more: a reason has at least {least} characters, here are {found}.",
                    least=least,
                    found=found,
                ),
            )
        return text
