"""Projects from a table into the workspace: what is new, what is changed and how, and what is the same."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from pathlib import PurePath
from typing import TYPE_CHECKING, Literal

from sqlalchemy import func, select, update

from poc_eval.errors import Fault, InputError
from poc_eval.i18n import Text, _
from poc_eval.workspace.canonical import canonical_json
from poc_eval.workspace.panel_tables import project_history
from poc_eval.workspace.project_rows import insert_project, load_projects, project_content
from poc_eval.workspace.records import Project, ProjectFact
from poc_eval.workspace.tables import projects

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.engine import Connection

    from poc_eval.spreadsheet.importing import ProjectRow, ProjectTable
    from poc_eval.workspace.store import Ledger
    from poc_eval.workspace.writing import Write


@dataclass(frozen=True, slots=True)
class ChangedField:
    """One field of a project: what it said and what it says now; None for nothing."""

    field: str
    before: object
    after: object


@dataclass(frozen=True, slots=True)
class ProjectOutcome:
    """What becomes of one row."""

    line: int
    project: Project
    becomes: Literal["new", "changed", "same"]
    changes: tuple[ChangedField, ...] = ()


def import_projects(
    ledger: Ledger, table: ProjectTable, *, sha256: str, by: str, dry_run: bool = False
) -> tuple[ProjectOutcome, ...]:
    """Keep the projects of a table, all or none; return what becomes of each row.

    What a changed project said before stays in its history, and the log has both. A column that the table
    does not have leaves its field as it is. ``sha256`` is the file's, ``by`` who imports.
    Raises ``InputError`` with every row that cannot be taken, ``WorkspaceError``.
    """
    if dry_run:
        with ledger.reading() as connection:
            return _outcomes(connection, table)
    with ledger.writing() as write:
        outcomes = _outcomes(write.connection, table)
        for outcome in outcomes:
            _keep(write, outcome, by)
        if any(outcome.becomes != "same" for outcome in outcomes):
            said = {"file": PurePath(table.name).name, "sha256": sha256, "rows": len(outcomes)}
            write.log(write.actor(by), "import", f"file:{sha256}", said)
        return outcomes


def project_history_of(ledger: Ledger, project_id: str) -> tuple[str, ...]:
    """Return what a project said before each change, as canonical JSON, oldest first."""
    with ledger.reading() as connection:
        found = connection.execute(
            select(project_history.c.content)
            .where(project_history.c.project_id == project_id)
            .order_by(project_history.c.number)
        )
        return tuple(found.scalars())


def _outcomes(connection: Connection, table: ProjectTable) -> tuple[ProjectOutcome, ...]:
    there = {project.id: project for project in load_projects(connection)}
    faults = [
        Fault(
            _("the project {project} belongs to the shipped example", project=row.id),
            _("give the project a number of its own, or use a workspace without the example"),
            file=table.name,
            line=row.line,
        )
        for row in table.rows
        if row.id in there and there[row.id].example
    ]
    if faults:
        raise InputError(*faults)
    return tuple(_outcome(row, table, there.get(row.id)) for row in table.rows)


def _outcome(row: ProjectRow, table: ProjectTable, kept: Project | None) -> ProjectOutcome:
    stated = _stated(row, table, kept)
    if kept is None:
        return ProjectOutcome(row.line, stated, "new")
    changes = tuple(
        ChangedField(item.name, getattr(kept, item.name), getattr(stated, item.name))
        for item in fields(Project)
        if getattr(kept, item.name) != getattr(stated, item.name)
    )
    return ProjectOutcome(row.line, stated, "changed" if changes else "same", changes)


def _stated(row: ProjectRow, table: ProjectTable, kept: Project | None) -> Project:
    title = _text(row.texts["title"], row.texts.get("title_en", ""), kept.title if kept else None)
    stated = replace(kept, title=title) if kept else Project(row.id, title, source=PurePath(table.name).name)
    stated = replace(
        stated,
        applicant=_stated_text(row, "applicant", stated.applicant),
        field=_stated_text(row, "field", stated.field),
        stage=_stated_text(row, "stage", stated.stage),
        summary=_stated_text(row, "summary", stated.summary),
    )
    if "amount" in table.fields:
        stated = replace(stated, amount=row.amount)
    if row.texts.get("kind"):
        stated = replace(stated, kind="platform" if row.texts["kind"] == "platform" else "project")
    if row.texts.get("source"):
        stated = replace(stated, source=row.texts["source"])
    return replace(stated, facts=_facts(row.facts, stated.facts))


def _stated_text(row: ProjectRow, field: str, before: Text | None) -> Text | None:
    """Return what a row says in a field; where the table has no such column, what was there."""
    if field not in row.texts:
        return before
    return _text(row.texts[field], "", before) if row.texts[field] else None


def _text(zh: str, en: str, before: Text | None) -> Text:
    """Return a text in both languages; one that was translated before and did not change keeps that."""
    if not en and before is not None and zh in {before.zh, before.en}:
        return before
    return Text(zh, en or zh)


def _facts(stated: Mapping[str, str], kept: Sequence[ProjectFact]) -> tuple[ProjectFact, ...]:
    rest = dict(stated)
    found = []
    for fact in kept:
        label = next((one for one in (fact.label.zh, fact.label.en) if one in rest), None)
        if label is None:
            found.append(fact)
        elif value := rest.pop(label):
            found.append(replace(fact, value=_text(value, "", fact.value)))
    return (
        *found,
        *(ProjectFact(Text(label, label), Text(value, value)) for label, value in rest.items() if value),
    )


def _keep(write: Write, outcome: ProjectOutcome, by: str) -> None:
    project, connection = outcome.project, write.connection
    subject = f"project:{project.id}"
    if outcome.becomes == "new":
        insert_project(connection, project, write.at)
        write.log(write.actor(by), "project", subject, project_content(project))
    elif outcome.becomes == "changed":
        own = projects.c.id == project.id
        before = connection.execute(select(projects.c.content).where(own)).scalar_one()
        count = select(func.count()).where(project_history.c.project_id == project.id)
        connection.execute(
            project_history.insert().values(
                project_id=project.id,
                number=connection.execute(count).scalar_one() + 1,
                content=before,
                replaced_at=write.at,
            )
        )
        after = project_content(project)
        connection.execute(update(projects).where(own).values(content=canonical_json(after)))
        write.log(write.actor(by), "update", subject, {"before": before, "after": after})
