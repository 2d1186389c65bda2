"""A file of projects or of scores into a workspace: all of it or nothing, and the same again is nothing."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from poc_eval.catalog.definitions import entries
from poc_eval.errors import DefinitionError, Fault, InputError
from poc_eval.i18n import _
from poc_eval.spreadsheet.headings import SCORE_HEADS, is_heading, match
from poc_eval.spreadsheet.importing import read_projects, table_kind
from poc_eval.spreadsheet.importing_scores import read_reviews
from poc_eval.spreadsheet.reading import read_table
from poc_eval.spreadsheet.score_items import Items
from poc_eval.workspace.pinning import load_rubric, rubric_folders
from poc_eval.workspace.project_import import import_projects
from poc_eval.workspace.records import DefinitionRef
from poc_eval.workspace.review_import import ScoreImport, import_reviews

if TYPE_CHECKING:
    from pathlib import Path

    from poc_eval.catalog.definitions import Loaded
    from poc_eval.scoring.rubric import Rubric
    from poc_eval.spreadsheet.importing import TableKind
    from poc_eval.spreadsheet.reading import Table
    from poc_eval.workspace.project_import import ProjectOutcome
    from poc_eval.workspace.review_import import ReviewOutcome
    from poc_eval.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did, or would do in a dry run."""

    kind: TableKind
    dry_run: bool
    projects: tuple[ProjectOutcome, ...] = ()
    reviews: tuple[ReviewOutcome, ...] = ()
    rubric: DefinitionRef | None = None
    left_out: tuple[str, ...] = ()
    """Headings of columns that were not taken."""


def import_file(
    workspace: Workspace, file: Path, *, by: str, rubric: str | None = None, dry_run: bool = False
) -> Imported:
    """Take the table in ``file``, CSV or the first sheet of an XLSX; its headings say what it holds.

    ``rubric``, for scores, by id, ``id@version`` or file; without it, the one whose items the table has.
    What stands above the headings, such as the table's title, is passed over.
    Raises ``InputError`` with every fault by line and column, ``UnknownIdError``, ``DefinitionError``,
    ``WorkspaceError``; OSError where the file cannot be opened.
    """
    table = read_table(file, is_heading=is_heading)
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    if table_kind(table) == "projects":
        read = read_projects(table)
        outcomes = import_projects(workspace.store, read, sha256=digest, by=by, dry_run=dry_run)
        return Imported("projects", dry_run, projects=outcomes, left_out=read.left_out)
    loaded = load_rubric(workspace.path, rubric) if rubric else _rubric_of(workspace, table)
    known = {project.id: (project.title.zh, project.title.en) for project in workspace.projects()}
    scores = read_reviews(table, loaded.definition, known)
    ref = DefinitionRef(loaded.definition.id, loaded.definition.version, loaded.hash)
    asked = ScoreImport(scores, loaded.definition, ref, digest, by)
    planned = import_reviews(workspace.store, asked, dry_run=True)
    if dry_run or all(one.becomes == "same" for one in planned):
        return Imported("scores", dry_run, reviews=planned, rubric=ref, left_out=scores.left_out)
    # A rubric that is refused here, or a table, leaves nothing behind.
    workspace.pin(rubric or f"{ref.id}@{ref.version}", by=by)
    done = import_reviews(workspace.store, asked)
    return Imported("scores", dry_run, reviews=done, rubric=ref, left_out=scores.left_out)


def _rubric_of(workspace: Workspace, table: Table) -> Loaded[Rubric]:
    """Return the one rubric that has every item of the table, those that are in use here before others."""
    used = [
        f"{one.ref.id}@{one.ref.version}" for one in workspace.store.definitions() if one.kind == "rubric"
    ]
    shipped = dict.fromkeys(
        entry.id for folder in rubric_folders(workspace.path) for entry in entries(folder)
    )
    for names in (used, list(shipped)):
        found = [loaded for loaded in _loaded(workspace, names) if _holds(loaded.definition, table)]
        if len(found) == 1:
            return found[0]
        if found:
            break
    named = [loaded.definition.id for loaded in found] or list(shipped)
    raise InputError(
        Fault(
            _("the table does not tell by which rubric it was scored"),
            _("name it with --rubric: {ids}", ids=", ".join(named)),
            file=table.name,
        )
    )


def _loaded(workspace: Workspace, names: list[str]) -> list[Loaded[Rubric]]:
    found = []
    for name in names:
        try:
            found.append(load_rubric(workspace.path, name))
        except DefinitionError:  # a broken file of the workspace's own is told where it is asked for
            continue
    return found


def _holds(rubric: Rubric, table: Table) -> bool:
    columns = match(table, SCORE_HEADS, [])
    items = Items(rubric)
    if "criterion" in columns.fields:
        named = {columns.cell(row, "criterion") for row in table.rows} - {""}
        return bool(named) and all(items.find(name) is not None for name in named)
    return sum(items.of_heading(table.columns[place]) is not None for place in columns.others) > 1
