"""What can go wrong, said so that a person can mend it: what, where, and the way out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from poc_eval.hidden import spelled_out

if TYPE_CHECKING:
    from poc_eval.i18n import Language, Message


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong, in words, and where it stands as far as that is known.

    ``place`` names the key, column or form field in the notation of its file: ``criteria[2].weight``, ``C7``.
    """

    what: Message
    remedy: Message
    file: str | None = None
    line: int | None = None
    place: str | None = None

    def text(self, lang: Language) -> str:
        """Return ``FILE:LINE: place: what is wrong; what to do`` on one line, fit to be shown."""
        where = self.file or ""
        if self.line is not None:
            where += f":{self.line}"
        semicolon = "；" if lang == "zh" else "; "
        said = f"{self.what.text(lang)}{semicolon}{self.remedy.text(lang)}"
        line = ": ".join(part for part in (where, self.place, said) if part)
        return spelled_out(" ".join(line.split()))


class PocEvalError(Exception):
    """The family: every fault found, all at once."""

    exit_code = 2

    def __init__(self, *faults: Fault) -> None:
        if not faults:
            raise ValueError("an error without a fault tells nobody anything")  # noqa: EM101, TRY003 a programmer's error
        super().__init__(*faults)
        self.faults = faults

    def lines(self, lang: Language) -> list[str]:
        """Return one line a fault in ``lang``."""
        return [fault.text(lang) for fault in self.faults]

    def __str__(self) -> str:
        return "\n".join(self.lines("en"))


class DefinitionError(PocEvalError):
    """A rubric, scale, policy, programme or deal file is not as its format says."""


class UnknownIdError(PocEvalError):
    """Something was asked for by an id that nobody has."""


class InputError(PocEvalError):
    """What was typed, pasted or imported cannot be used as it is."""


class IncompleteError(PocEvalError):
    """A review was submitted before everything that it needs was there."""


class StaleRevisionError(PocEvalError):
    """A record was changed in two places at once."""


class LockedError(PocEvalError):
    """A submitted record was to be changed; an amendment is the way."""


class WorkspaceError(PocEvalError):
    """The workspace cannot be opened, read or written."""


class NewerStoreError(WorkspaceError):
    """The workspace was written by a newer version of this program."""


class NotebookError(PocEvalError):
    """A notebook cannot be made, read or reported on."""


class SealError(PocEvalError):
    """A key, the register of keys or a kind of seal cannot be used."""


class NotDefinedError(PocEvalError, ValueError):
    """A figure cannot be worked out from what there is, and the reason says why."""
