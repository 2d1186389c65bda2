"""Working papers (工作底稿) of a workspace: opened, filled in field by field, concluded, amended."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from poc_eval.errors import Fault, IncompleteError, InputError
from poc_eval.hidden import HIDDEN
from poc_eval.i18n import _
from poc_eval.workspace import paper_rows
from poc_eval.workspace.looking_up import LookedUp
from poc_eval.workspace.paper_entries import Entries, field_fits, overfull
from poc_eval.workspace.paper_kinds import Beginning, PaperContext, find_paper_kind
from poc_eval.workspace.paper_records import PaperPage
from poc_eval.workspace.paper_tables import papers
from poc_eval.workspace.people_rows import actor_of, ensure_person
from poc_eval.workspace.project_rows import load_project
from poc_eval.workspace.review_rows import clean_reason
from poc_eval.workspace.store import Change

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from poc_eval.workspace.field_changes import Sorted
    from poc_eval.workspace.journal import Action
    from poc_eval.workspace.paper_kinds import PaperKind
    from poc_eval.workspace.paper_records import Assessment, Layout, PaperRecord, PaperSeal
    from poc_eval.workspace.store import Conflict, SavedField
    from poc_eval.workspace.workspace import Workspace
    from poc_eval.workspace.writing import Write

TITLE_AT_MOST: Final = 200


class PaperIncompleteError(IncompleteError):
    """A working paper was to be concluded before everything was there; ``assessment`` says what."""

    def __init__(self, assessment: Assessment) -> None:
        super().__init__(
            *(
                Fault(note.message, _("fill this in, then conclude again"), place=note.field)
                for note in assessment.missing
            ),
            *(
                Fault(note.message, _("correct this, then conclude again"), place=note.field)
                for note in assessment.faults
            ),
        )
        self.assessment = assessment


@dataclass(frozen=True, slots=True)
class PaperSaved:
    """What became of a set of changes; ``paper`` is the record after them."""

    paper: PaperRecord
    saved: tuple[SavedField, ...]
    conflicts: tuple[Conflict, ...]
    at: datetime


class WorkingPapers:
    """The working papers of one workspace. Every method is one transaction; every write is logged.

    Each raises ``WorkspaceError`` where the store cannot be read or written and ``UnknownIdError`` for a
    paper or a kind that is not there.
    """

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._store = workspace.store

    def open(
        self,
        kind: str,
        *,
        title: str | None = None,
        project: str | None = None,
        by: str | None = None,
        beginning: Beginning | None = None,
        example: bool = False,
    ) -> PaperRecord:
        """Return the newest version of the paper of this kind and title on a project, or a new draft.

        ``title`` is the kind's Chinese title where none is given. ``beginning`` counts before what the kind
        begins with. Raises ``InputError`` for a title that is none.
        """
        found = find_paper_kind(kind)
        named = _clean_title(found.title.zh if title is None else title)
        about = None if project is None else self._store.project(project)
        wanted = paper_rows.NewPaper(kind, named, project, example=example)
        with self._store.reading() as connection:
            newest = paper_rows.newest_paper(connection, wanted)
        if newest is not None:
            return newest
        begun = beginning or (found.begin(self._workspace, about) if found.begin else Beginning())
        with self._store.writing() as write:
            newest = paper_rows.newest_paper(write.connection, wanted)
            if newest is not None:
                return newest
            if project is not None:
                load_project(write.connection, project)
            person = None if by is None else ensure_person(write.connection, by, write.at)
            new = replace(wanted, definitions=begun.definitions)
            made = paper_rows.insert_paper(write.connection, new, person, write.at)
            said = {
                "kind": kind,
                "title": named,
                "project": project,
                "definitions": [f"{one.kind}:{one.ref}" for one in begun.definitions],
                "example": example,
            }
            self._log(write, "open", made, said)
            self._write(write, made, [Change(name, value, 0) for name, value in begun.fields.items()])
            return paper_rows.load_paper(write.connection, made)

    def paper(self, paper_id: str) -> PaperRecord:
        """Return one paper with its fields."""
        with self._store.reading() as connection:
            return paper_rows.load_paper(connection, paper_id)

    def papers(self, *, kind: str | None = None, project: str | None = None) -> tuple[PaperRecord, ...]:
        """Return the papers, oldest first, with their fields."""
        where = [] if kind is None else [papers.c.kind == kind]
        where += [] if project is None else [papers.c.project_id == project]
        with self._store.reading() as connection:
            return paper_rows.load_papers(connection, *where)

    def context(self, paper: PaperRecord, looked_up: LookedUp | None = None) -> PaperContext:
        """Return what the paper's kind may look at; it is noted in ``looked_up``."""
        return PaperContext(
            paper=paper,
            project=None if paper.project_id is None else self._store.project(paper.project_id),
            definitions=tuple(
                self._store.definition(one.kind, one.ref.id, one.ref.version) for one in paper.definitions
            ),
            workspace=self._workspace,
            zone=self._workspace.settings.timezone.key,
            looked_up=looked_up or LookedUp(),
        )

    def layout(self, paper: PaperRecord) -> Layout:
        """Return what the paper asks for."""
        return find_paper_kind(paper.kind).layout(self.context(paper))

    def assessment(self, paper: PaperRecord) -> Assessment:
        """Return what follows from the paper's fields as they are in ``paper``."""
        return self.page(paper).assessment

    def page(self, paper: PaperRecord, looked_up: LookedUp | None = None) -> PaperPage:
        """Return all that a view of the paper is made of; what it rests on is noted in ``looked_up``."""
        seal = self.seal(paper.id)
        return page_of(self.context(paper, looked_up), sealed=None if seal is None else seal.sha256)

    def save(self, paper_id: str, changes: Sequence[Change]) -> PaperSaved:
        """Write the changes that do not conflict, all in one transaction; see ``Store.save``.

        Raises ``InputError`` for a field that the paper does not have and for a grid that would have too many
        rows, ``LockedError`` for a concluded paper.
        """
        before = self.paper(paper_id)
        layout = self.layout(before)
        _refuse_unknown(layout, changes)
        with self._store.writing() as write:
            before = paper_rows.load_paper(write.connection, paper_id)
            _refuse_overfull(layout, before, changes)
            became = self._write(write, paper_id, changes, before)
            after = paper_rows.load_paper(write.connection, paper_id) if became.written else before
        return PaperSaved(after, tuple(became.saved), tuple(became.conflicts), write.at)

    def conclude(self, paper_id: str, *, revision: int, by: str | None = None) -> PaperRecord:
        """Seal and lock a complete paper as it stands at ``revision``; the same call again changes nothing.

        Raises ``PaperIncompleteError`` with what is missing or does not fit, ``StaleRevisionError`` where the
        paper moved on, ``LockedError`` where another revision was concluded.
        """
        paper = self.paper(paper_id)
        paper_rows.refuse_stale(paper, revision)
        if paper.status == "concluded":
            return paper
        kind, context = find_paper_kind(paper.kind), self.context(paper)
        assessed = _assessed(kind, kind.layout(context), paper.values(), context)
        if not assessed.complete:
            raise PaperIncompleteError(assessed)
        with self._store.writing() as write:
            paper = paper_rows.load_paper(write.connection, paper_id)
            paper_rows.refuse_stale(paper, revision)
            if paper.status == "concluded":
                return paper
            if kind.concluded is not None:
                kind.concluded(write, context, assessed)
            seal = paper_rows.seal_paper(write.connection, paper, assessed.outcome, write.at)
            self._log(write, "conclude", paper_id, {"sha256": seal.sha256}, by)
            return paper_rows.load_paper(write.connection, paper_id)

    def amend(self, paper_id: str, *, reason: str, by: str | None = None) -> PaperRecord:
        """Open a new version with the same fields; the old one stays as it is.

        The same call again returns the same draft. Raises ``LockedError`` where the paper is not the newest
        concluded version, ``InputError`` without a reason.
        """
        shown = clean_reason(reason)
        with self._store.writing() as write:
            paper = paper_rows.load_paper(write.connection, paper_id)
            newer = paper_rows.newer_paper(write.connection, paper_id)
            if newer is not None and newer.status == "draft" and newer.amendment_reason == shown:
                return newer
            paper_rows.refuse_paper_amendment(paper, newer)
            new = paper_rows.insert_paper_amendment(write.connection, paper, shown, write.at)
            self._log(write, "amend", new, {"amends": paper_id, "reason": shown}, by)
            return paper_rows.load_paper(write.connection, new)

    def seal(self, paper_id: str) -> PaperSeal | None:
        """Return the sealed text of a paper; None while it is a draft."""
        with self._store.reading() as connection:
            return paper_rows.load_seal(connection, paper_id)

    def newer_version(self, paper_id: str) -> str | None:
        """Return the id of the amendment that follows this paper, if there is one."""
        with self._store.reading() as connection:
            newer = paper_rows.newer_paper(connection, paper_id)
        return None if newer is None else newer.id

    def _write(
        self, write: Write, paper_id: str, changes: Sequence[Change], before: PaperRecord | None = None
    ) -> Sorted:
        paper = before or paper_rows.load_paper(write.connection, paper_id)
        became = paper_rows.write_fields(write.connection, paper, changes, write.at)
        if became.written:
            said = {change.field: change.value for change in became.written}
            self._log(write, "save", paper_id, {"revision": paper.revision + 1, "fields": said})
        return became

    @staticmethod
    def _log(write: Write, action: Action, paper_id: str, content: object, by: str | None = None) -> None:
        """Log with the key of whoever opened the paper; ``by`` names the actor where it is somebody else."""
        author = paper_rows.author_of(write.connection, paper_id)
        if author is None:
            actor = write.actor(by)
        else:
            actor = actor_of(write.connection, author) if by is None else write.actor_for(by, author)
        write.log(actor, action, f"working-paper:{paper_id}", content)


def page_of(context: PaperContext, *, sealed: str | None) -> PaperPage:
    """Return all that a view of a paper is made of, from what its kind may look at."""
    kind, paper = find_paper_kind(context.paper.kind), context.paper
    layout = kind.layout(context)
    return PaperPage(
        paper=paper,
        kind_title=kind.title,
        project=context.project,
        layout=layout,
        assessment=_assessed(kind, layout, paper.values(), context),
        zone=context.zone,
        sealed=sealed,
    )


def _assessed(kind: PaperKind, layout: Layout, texts: Mapping[str, str], context: PaperContext) -> Assessment:
    entries = Entries(layout, texts)
    assessed = kind.assess(entries, context)
    return replace(
        assessed,
        missing=(*entries.missing, *assessed.missing),
        faults=(*entries.faults, *assessed.faults),
    )


def _refuse_unknown(layout: Layout, changes: Sequence[Change]) -> None:
    unknown = [change.field for change in changes if not field_fits(layout, change.field)]
    if unknown:
        raise InputError(
            *(
                Fault(
                    _("this form has no such field"),
                    _("reload the page; what was saved before is safe"),
                    place=name[:TITLE_AT_MOST],
                )
                for name in unknown
            )
        )


def _refuse_overfull(layout: Layout, before: PaperRecord, changes: Sequence[Change]) -> None:
    texts = before.values() | {change.field: change.value for change in changes}
    faults = [
        Fault(
            _(
                "{title} would have more than {most} rows; nothing was saved",
                title=grid.title,
                most=grid.at_most,
            ),
            _("take rows out, or split the table over several working papers"),
            place=f"rows/{grid.name}",
        )
        for grid in overfull(layout, texts)
    ]
    if faults:
        raise InputError(*faults)


def _clean_title(title: str) -> str:
    clean = " ".join(title.split())
    if 0 < len(clean) <= TITLE_AT_MOST and not HIDDEN.search(clean):
        return clean
    raise InputError(
        Fault(
            _("this is no title for a working paper"),
            _("write 1 to {most} characters on one line", most=TITLE_AT_MOST),
            place="title",
        )
    )
