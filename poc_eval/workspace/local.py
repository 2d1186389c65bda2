"""The store of one workspace in one SQLite file, for any number of threads and programs on one machine."""

from __future__ import annotations

import secrets
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from sqlalchemy import inspect, select

from poc_eval.workspace import (
    definition_rows,
    journal,
    people_rows,
    project_rows,
    review_rows,
)
from poc_eval.workspace.database import Database, sqlite_engine
from poc_eval.workspace.filenames import delete_inside
from poc_eval.workspace.heads import Heads
from poc_eval.workspace.migrations import MIGRATIONS, Migrations, migrate
from poc_eval.workspace.store import SaveResult
from poc_eval.workspace.tables import SCHEMA, meta, metadata, people, reviews
from poc_eval.workspace.verification import verify
from poc_eval.workspace.writing import Write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    from sqlalchemy.engine import Connection

    from poc_eval.workspace.journal import Action
    from poc_eval.workspace.records import (
        DefinitionRef,
        LogEntry,
        PinnedDefinition,
        Project,
        ReviewRecord,
        Submission,
    )
    from poc_eval.workspace.store import Change, Forgotten, LogCheck

Clock: TypeAlias = "Callable[[], datetime]"
FILE: Final = "poc-eval.sqlite"
HEADS: Final = "poc-eval.heads"
BACKUPS: Final = "backups"


def utc_now() -> datetime:
    """Return the moment it is."""
    return datetime.now(UTC)


class LocalStore:
    """``Store`` in ``poc-eval.sqlite`` of a folder; made by ``create`` or ``open``."""

    def __init__(self, folder: Path, database: Database, clock: Clock) -> None:
        self.folder = folder
        self.database = database
        self._clock = clock
        self._heads = Heads(folder / HEADS)
        with database.reading() as connection:
            found = connection.execute(select(meta.c.value).where(meta.c.key == "workspace"))
            self._workspace_id = str(found.scalar_one())

    @classmethod
    def create(cls, folder: Path, workspace_id: str, *, clock: Clock = utc_now) -> LocalStore:
        """Make the store in a folder, or open the one that is there; raises ``WorkspaceError``."""
        engine = sqlite_engine(folder / FILE, create=True)
        database = Database(engine, str(folder / FILE))
        database.order("PRAGMA journal_mode = WAL")
        with database.writing() as connection:
            write = Write(connection, clock())
            if not inspect(connection).has_table("meta"):
                metadata.create_all(connection)
                rows = {"schema": str(SCHEMA), "workspace": workspace_id, "secret": secrets.token_hex(32)}
                connection.execute(
                    meta.insert(), [{"key": key, "value": value} for key, value in rows.items()]
                )
                actor = journal.system_actor(journal.read_secret(connection))
                write.log(actor, "create", f"workspace:{workspace_id}", {"schema": SCHEMA})
        Heads(folder / HEADS).add(write.logged)
        return cls.open(folder, clock=clock)

    @classmethod
    def open(cls, folder: Path, *, clock: Clock = utc_now, migrations: Migrations = MIGRATIONS) -> LocalStore:
        """Open the store of a folder, brought up to date after a copy of it was saved.

        Raises ``NewerStoreError`` for a store of a newer program, ``WorkspaceError`` for any other trouble.
        """
        database = Database(sqlite_engine(folder / FILE), str(folder / FILE))
        Heads(folder / HEADS).add(migrate(database, migrations, folder / FILE, folder / BACKUPS, clock()))
        return cls(folder, database, clock)

    @property
    def workspace_id(self) -> str:
        """The id of the workspace that these records belong to."""
        return self._workspace_id

    def add_project(self, project: Project, *, by: str | None = None) -> Project:
        """Keep a new project; see ``Store``."""
        with self.writing() as write:
            if project_rows.insert_project(write.connection, project, write.at):
                actor = people_rows.actor_named(write.connection, by, write.at)
                write.log(actor, "project", f"project:{project.id}", project_rows.project_content(project))
        return project

    def project(self, project_id: str) -> Project:
        """Return one project."""
        with self.database.reading() as connection:
            return project_rows.load_project(connection, project_id)

    def projects(self) -> tuple[Project, ...]:
        """Return all projects, in the order in which they came."""
        with self.database.reading() as connection:
            return project_rows.load_projects(connection)

    def pin(self, definition: PinnedDefinition, *, by: str | None = None) -> DefinitionRef:
        """Keep a definition for good; see ``Store``."""
        with self.writing() as write:
            if definition_rows.insert_definition(write.connection, definition):
                actor = people_rows.actor_named(write.connection, by, write.at)
                subject = f"{definition.kind}:{definition.ref.id}@{definition.ref.version}"
                write.log(actor, "pin", subject, {"hash": definition.ref.hash})
        return definition.ref

    def definition(self, kind: str, definition_id: str, version: str) -> PinnedDefinition:
        """Return one pinned definition."""
        with self.database.reading() as connection:
            return definition_rows.load_definition_row(connection, kind, definition_id, version)

    def definitions(self) -> tuple[PinnedDefinition, ...]:
        """Return all pinned definitions, oldest first."""
        with self.database.reading() as connection:
            return definition_rows.load_definition_rows(connection)

    def open_review(
        self, project_id: str, reviewer: str, rubric: DefinitionRef, *, example: bool = False
    ) -> ReviewRecord:
        """Return the reviewer's newest review by this rubric, or a new draft; see ``Store``."""
        with self.writing() as write:
            project_rows.load_project(write.connection, project_id)
            definition_rows.load_definition_row(write.connection, "rubric", rubric.id, rubric.version)
            person = people_rows.ensure_person(write.connection, reviewer, write.at)
            line = review_rows.Line(project_id, person, rubric)
            newest = review_rows.newest_review(write.connection, line)
            if newest is not None:
                return newest
            new = review_rows.insert_review(write.connection, line, write.at, example=example)
            said = {"project": project_id, "rubric": str(rubric), "example": example}
            write.log(people_rows.actor_of(write.connection, person), "open", f"review:{new}", said)
            return review_rows.load_review(write.connection, new)

    def review(self, review_id: str) -> ReviewRecord:
        """Return one review with its answers."""
        with self.database.reading() as connection:
            return review_rows.load_review(connection, review_id)

    def reviews(
        self, *, project_id: str | None = None, reviewer: str | None = None
    ) -> tuple[ReviewRecord, ...]:
        """Return the reviews, oldest first, with their answers."""
        where = [] if project_id is None else [reviews.c.project_id == project_id]
        where += [] if reviewer is None else [people.c.name == reviewer]
        with self.database.reading() as connection:
            return review_rows.load_reviews(connection, *where)

    def reviewers(self) -> tuple[str, ...]:
        """Return the names that reviews were made under, in order of first use."""
        with self.database.reading() as connection:
            return people_rows.reviewer_names(connection)

    def newer_version(self, review_id: str) -> str | None:
        """Return the id of the amendment that follows this review, if there is one."""
        with self.database.reading() as connection:
            newer = review_rows.newer_version(connection, review_id)
        return None if newer is None else newer.id

    def save(self, review_id: str, changes: Sequence[Change]) -> SaveResult:
        """Write the changes that do not conflict; see ``Store``."""
        with self.writing() as write:
            before = review_rows.load_review(write.connection, review_id)
            became = review_rows.write_changes(write.connection, before, changes, write.at)
            after = before
            if became.written:
                said = {change.field: change.value for change in became.written}
                after = review_rows.load_review(write.connection, review_id)
                self._log_as_reviewer(write, "save", review_id, {"revision": after.revision, "answers": said})
        return SaveResult(after, tuple(became.saved), tuple(became.conflicts), write.at)

    def submit(self, review_id: str, *, revision: int, outcome: Mapping[str, object]) -> ReviewRecord:
        """Seal and lock the review as it stands at ``revision``; see ``Store``."""
        with self.writing() as write:
            review = review_rows.load_review(write.connection, review_id)
            if review.status == "submitted":
                review_rows.refuse_other_submission(review, revision)
                return review
            submission = review_rows.seal(write.connection, review, revision, outcome, write.at)
            self._log_as_reviewer(write, "submit", review_id, {"sha256": submission.sha256})
            return review_rows.load_review(write.connection, review_id)

    def submission(self, review_id: str) -> Submission | None:
        """Return the sealed text of a review; None while it is a draft."""
        with self.database.reading() as connection:
            return review_rows.load_submission(connection, review_id)

    def amend(self, review_id: str, *, reason: str) -> ReviewRecord:
        """Open a new version with the same answers; see ``Store``."""
        shown = review_rows.clean_reason(reason)
        with self.writing() as write:
            review = review_rows.load_review(write.connection, review_id)
            newer = review_rows.newer_version(write.connection, review_id)
            if newer is not None and newer.status == "draft" and newer.amendment_reason == shown:
                return newer
            review_rows.refuse_amendment(review, newer)
            new = review_rows.insert_amendment(write.connection, review, shown, write.at)
            self._log_as_reviewer(write, "amend", new, {"amends": review_id, "reason": shown})
            return review_rows.load_review(write.connection, new)

    def note(
        self,
        action: Literal["export", "report", "notebook"],
        subject: str,
        content: object,
        *,
        by: str | None,
    ) -> None:
        """Write into the log what was made from the records."""
        with self.writing() as write:
            write.log(people_rows.actor_named(write.connection, by, write.at), action, subject, content)

    def log(self) -> tuple[LogEntry, ...]:
        """Return the log, oldest first."""
        with self.database.reading() as connection:
            return tuple(journal.entries(connection))

    def verify_log(self) -> LogCheck:
        """Recompute the log and the sealed texts; never raises for what it finds there."""
        heads = self._heads.read()
        with self.database.reading() as connection:
            return verify(connection, heads, str(self._heads.path))

    def forget_person(self, reviewer: str) -> Forgotten:
        """Delete a person's name, key, reviews and sealed texts; see ``Store``."""
        with self.writing() as write:
            gone = people_rows.delete_person(write.connection, reviewer)
            actor = journal.system_actor(journal.read_secret(write.connection))
            write.log(actor, "forget", "person", {"reviews": list(gone.reviews)})
        # The deleted rows would live on in the write-ahead file until the next checkpoint.
        self.database.order("PRAGMA wal_checkpoint(TRUNCATE)")
        for file in gone.files:
            delete_inside(self.folder, file)
        return gone

    def reading(self) -> AbstractContextManager[Connection]:
        """Open a transaction that sees one state of everything; see ``Ledger``."""
        return self.database.reading()

    def one_state(self) -> AbstractContextManager[None]:
        """Let all reading of this thread see one state until the end; see ``Ledger``."""
        return self.database.one_state()

    @contextmanager
    def writing(self) -> Iterator[Write]:
        """Open a transaction that writes, all or nothing, with its log; see ``Ledger``."""
        with self.database.writing() as connection:
            write = Write(connection, self._clock())
            yield write
        self._heads.add(write.logged)

    @staticmethod
    def _log_as_reviewer(write: Write, action: Action, review_id: str, content: object) -> None:
        person = review_rows.person_of(write.connection, review_id)
        write.log(people_rows.actor_of(write.connection, person), action, f"review:{review_id}", content)
