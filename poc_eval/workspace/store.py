"""What every store of a workspace can do, whatever it keeps its records in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from contextlib import AbstractContextManager
    from datetime import datetime

    from sqlalchemy.engine import Connection

    from poc_eval.errors import Fault
    from poc_eval.workspace.records import (
        DefinitionRef,
        LogEntry,
        PinnedDefinition,
        Project,
        ReviewRecord,
        Submission,
    )
    from poc_eval.workspace.writing import Write


@dataclass(frozen=True, slots=True)
class Change:
    """One field as a person left it."""

    field: str
    value: str
    base: int
    """Revision of this field that the person last saw; 0 for a field never seen filled."""


@dataclass(frozen=True, slots=True)
class SavedField:
    """The acknowledgement of one change."""

    field: str
    revision: int


@dataclass(frozen=True, slots=True)
class Conflict:
    """One field that was changed in two places; ``theirs`` stays in the store until somebody chooses."""

    field: str
    mine: str
    theirs: str
    revision: int
    at: datetime


@dataclass(frozen=True, slots=True)
class SaveResult:
    """What became of a set of changes; ``review`` is the record after them."""

    review: ReviewRecord
    saved: tuple[SavedField, ...]
    conflicts: tuple[Conflict, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class LogCheck:
    """What a check of the log found; ``first_bad`` is the first entry that is changed or missing."""

    entries: int
    first_bad: int | None
    faults: tuple[Fault, ...]

    @property
    def intact(self) -> bool:
        """True when nothing was found."""
        return not self.faults


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What went when a person's data was deleted."""

    reviews: tuple[str, ...]
    files: tuple[str, ...] = ()
    """Scans of their papers, relative to the workspace."""


class Ledger(Protocol):
    """A store's transactions, for the books that are kept beside the reviews."""

    def reading(self) -> AbstractContextManager[Connection]:
        """Open a transaction that sees one state of everything; raises ``WorkspaceError``."""

    def one_state(self) -> AbstractContextManager[None]:
        """Let all reading of this thread see one state until the end; raises ``WorkspaceError``."""

    def writing(self) -> AbstractContextManager[Write]:
        """Open a transaction that writes, all or nothing, with its log; raises ``WorkspaceError``."""


class Store(Ledger, Protocol):
    """The records of one workspace. Every method is one transaction and may be called from any thread.

    Every write stands in the log when it returns. Each method raises ``WorkspaceError`` where the store
    cannot be read or written, and ``UnknownIdError`` for an id that nobody has.
    """

    @property
    def workspace_id(self) -> str:
        """The id of the workspace that these records belong to."""

    def add_project(self, project: Project, *, by: str | None = None) -> Project:
        """Keep a new project; the same one again changes nothing.

        Raises ``InputError`` where the id stands for something else.
        """

    def project(self, project_id: str) -> Project:
        """Return one project."""

    def projects(self) -> tuple[Project, ...]:
        """Return all projects, in the order in which they came."""

    def pin(self, definition: PinnedDefinition, *, by: str | None = None) -> DefinitionRef:
        """Keep a definition for good; the same one again changes nothing.

        Raises ``DefinitionError``, naming both files, where this id and version stand for another text.
        """

    def definition(self, kind: str, definition_id: str, version: str) -> PinnedDefinition:
        """Return one pinned definition."""

    def definitions(self) -> tuple[PinnedDefinition, ...]:
        """Return all pinned definitions, oldest first."""

    def open_review(
        self, project_id: str, reviewer: str, rubric: DefinitionRef, *, example: bool = False
    ) -> ReviewRecord:
        """Return the reviewer's newest review of the project by this rubric, or a new draft.

        Raises ``UnknownIdError`` where the project or the pinned rubric is not there, ``InputError`` for what
        is no name.
        """

    def review(self, review_id: str) -> ReviewRecord:
        """Return one review with its answers."""

    def reviews(
        self, *, project_id: str | None = None, reviewer: str | None = None
    ) -> tuple[ReviewRecord, ...]:
        """Return the reviews, oldest first, with their answers."""

    def reviewers(self) -> tuple[str, ...]:
        """Return the names that reviews were made under, in order of first use."""

    def newer_version(self, review_id: str) -> str | None:
        """Return the id of the amendment that follows this review, if there is one."""

    def save(self, review_id: str, changes: Sequence[Change]) -> SaveResult:
        """Write the changes that do not conflict, all in one transaction.

        A change conflicts where the stored field is newer than its ``base`` and says something else. A change
        that says what the store says already is acknowledged and writes nothing, also in a locked review, so
        that sending something twice does no harm. Raises ``LockedError`` for a submitted review.
        """

    def submit(self, review_id: str, *, revision: int, outcome: Mapping[str, object]) -> ReviewRecord:
        """Seal and lock the review as it stands at ``revision``; ``outcome`` is sealed with it.

        The same call again changes nothing. Raises ``StaleRevisionError`` where the record moved on.
        """

    def submission(self, review_id: str) -> Submission | None:
        """Return the sealed text of a review; None while it is a draft."""

    def amend(self, review_id: str, *, reason: str) -> ReviewRecord:
        """Open a new version with the same answers; the old one stays as it is.

        The same call again returns the same draft. Raises ``LockedError`` where the review is not the newest
        submitted version, ``InputError`` without a reason.
        """

    def note(
        self,
        action: Literal["export", "report", "notebook"],
        subject: str,
        content: object,
        *,
        by: str | None,
    ) -> None:
        """Write into the log what was made from the records."""

    def log(self) -> tuple[LogEntry, ...]:
        """Return the log, oldest first."""

    def verify_log(self) -> LogCheck:
        """Recompute the log and the sealed texts; never raises for what it finds there."""

    def forget_person(self, reviewer: str) -> Forgotten:
        """Delete a person's name, key, reviews and sealed texts; the log still holds without them."""
