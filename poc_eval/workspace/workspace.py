"""One folder of work: its settings, its store, and the folders for what is made from it."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Final

from poc_eval.catalog.plain_text import shown
from poc_eval.errors import Fault, WorkspaceError
from poc_eval.i18n import _
from poc_eval.scoring.review import evaluate
from poc_eval.workspace import local, settings
from poc_eval.workspace.filenames import cannot_write, folder_inside, refuse_way_out
from poc_eval.workspace.local import LocalStore, utc_now
from poc_eval.workspace.outcome import ReviewIncompleteError, sealed_outcome
from poc_eval.workspace.pinning import FOLDER as DEFINITIONS
from poc_eval.workspace.pinning import pin_rubric, pinned_rubric
from poc_eval.workspace.settings import Settings, read_settings, standard_zone, write_settings
from poc_eval.workspace.working_papers import WorkingPapers

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping
    from datetime import datetime

    from poc_eval.scoring.evaluation import Evaluation
    from poc_eval.scoring.rubric import Rubric
    from poc_eval.workspace.local import Clock
    from poc_eval.workspace.records import DefinitionRef, Project, ReviewRecord
    from poc_eval.workspace.settings import WorkspaceLanguage
    from poc_eval.workspace.store import Store

NOTEBOOKS: Final = "notebooks"
REPORTS: Final = "reports"


class Workspace:
    """An open workspace; made by ``create``, ``open`` or ``find``. Usable from any thread."""

    def __init__(self, path: Path, said: Settings, store: Store) -> None:
        self.path = path
        self.settings = said
        self.store = store
        # By content hash, so what is kept here never goes stale.
        self._rubrics: dict[str, Rubric] = {}

    @classmethod
    def create(
        cls, path: str | os.PathLike[str], *, lang: WorkspaceLanguage = "zh", clock: Clock = utc_now
    ) -> Workspace:
        """Make a workspace in a folder, which may hold other files; nothing of theirs is touched.

        Raises ``WorkspaceError`` where there is a workspace already or the folder cannot be written. A
        creation that was interrupted is finished.
        """
        folder = Path(path).absolute()
        if (folder / settings.FILE).exists():
            raise WorkspaceError(
                Fault(
                    _("this folder is a workspace already"),
                    _("open it, or choose another folder for a new one"),
                    file=str(folder),
                )
            )
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise cannot_write(folder, error) from error
        for name in (DEFINITIONS, NOTEBOOKS, REPORTS):
            folder_inside(folder, name)
        _refuse_foreign_store(folder)
        store = LocalStore.create(folder, str(uuid.uuid4()), clock=clock)
        # Written last: with this file the folder is a workspace.
        zone = standard_zone()
        write_settings(folder, Settings(store.workspace_id, lang, zone, clock().astimezone(zone)))
        return cls.open(folder, clock=clock)

    @classmethod
    def open(cls, path: str | os.PathLike[str], *, clock: Clock = utc_now) -> Workspace:
        """Open the workspace in a folder; an older store is saved and brought up to date.

        Raises ``WorkspaceError``, and ``NewerStoreError`` for one that a newer program wrote.
        """
        folder = Path(path).absolute()
        said = read_settings(folder)
        _refuse_foreign_store(folder)
        store = LocalStore.open(folder, clock=clock)
        if store.workspace_id != said.id:
            raise WorkspaceError(
                Fault(
                    _("the store in this folder belongs to another workspace"),
                    _(
                        "put {settings} and {store} of the same workspace into one folder",
                        settings=settings.FILE,
                        store=local.FILE,
                    ),
                    file=str(folder),
                )
            )
        return cls(folder, said, store)

    @classmethod
    def find(
        cls,
        start: str | os.PathLike[str],
        *,
        chosen: str | os.PathLike[str] | None = None,
        metadata: Mapping[str, object] | None = None,
        clock: Clock = utc_now,
    ) -> Workspace:
        """Open the workspace that a person chose, else the one that ``start`` lies in.

        ``start`` is a notebook or a folder. ``metadata`` is a notebook's ``poc_eval`` mapping: where it names
        a workspace, only that one will do, also from inside another. Raises ``WorkspaceError``.
        """
        if chosen is not None:
            return cls.open(chosen, clock=clock)
        wanted = (metadata or {}).get("workspace")
        here = Path(start).absolute()
        holding = [folder for folder in (here, *here.parents) if (folder / settings.FILE).is_file()]
        for folder in holding:
            if not isinstance(wanted, str) or read_settings(folder).id == wanted:
                return cls.open(folder, clock=clock)
        if holding:
            raise WorkspaceError(
                Fault(
                    _("this notebook belongs to another workspace, {id}", id=shown(str(wanted))),
                    _("open it in its own workspace, or name that folder with -w"),
                    file=str(here),
                )
            )
        raise WorkspaceError(
            Fault(
                _("neither this folder nor one above it is a workspace"),
                _("name the workspace with -w, or make one with: poc-eval init {folder}", folder="DIR"),
                file=str(here),
            )
        )

    @property
    def id(self) -> str:
        """The workspace's id, a UUID."""
        return self.settings.id

    @property
    def title(self) -> str:
        """What people call it."""
        return self.settings.title or self.path.name

    def local_time(self, moment: datetime) -> datetime:
        """Return a moment in the workspace's time zone, to be printed."""
        return moment.astimezone(self.settings.timezone)

    def pin(self, rubric: str | os.PathLike[str], *, by: str | None = None) -> DefinitionRef:
        """Keep a rubric, by id, ``id@version`` or file, as it is now, and return its reference.

        Raises ``UnknownIdError``, ``DefinitionError`` (also where its id and version stand for another
        content here) and ``WorkspaceError``.
        """
        return pin_rubric(self.store, self.path, rubric, by=by)

    def rubric(self, ref: DefinitionRef) -> Rubric:
        """Return a pinned rubric; raises ``UnknownIdError``, ``WorkspaceError``."""
        known = self._rubrics.get(ref.hash)
        if known is None:
            known = self._rubrics[ref.hash] = pinned_rubric(self.store, ref)
        return known

    def evaluation(self, review: ReviewRecord) -> Evaluation:
        """Return what follows from the answers of a review by its pinned rubric."""
        return evaluate(self.rubric(review.rubric), review.values())

    def submit(self, review_id: str, *, revision: int) -> ReviewRecord:
        """Seal and lock a complete review as it stands at ``revision``; a second such call changes nothing.

        Raises ``ReviewIncompleteError`` with what is missing or does not fit, ``StaleRevisionError`` where
        the record moved on, ``LockedError`` where another revision was submitted.
        """
        review = self.store.review(review_id)
        evaluation = self.evaluation(review)
        # What is stale is told first: what is missing may be there by now.
        if review.status == "draft" and review.revision == revision and not evaluation.complete:
            raise ReviewIncompleteError(evaluation)
        return self.store.submit(review_id, revision=revision, outcome=sealed_outcome(evaluation))

    def projects(self) -> tuple[Project, ...]:
        """Return the projects, in the order in which they came."""
        return self.store.projects()

    @property
    def papers(self) -> WorkingPapers:
        """The working papers (工作底稿)."""
        return WorkingPapers(self)

    def reviews(self) -> tuple[ReviewRecord, ...]:
        """Return the reviews, oldest first, with their answers."""
        return self.store.reviews()


def _refuse_foreign_store(folder: Path) -> None:
    """Raise ``WorkspaceError`` where a link would lead the store's writing out of the workspace."""
    for name in (local.FILE, local.HEADS, local.BACKUPS):
        refuse_way_out(folder, folder / name)
