"""Projects in their table, each as one JSON text."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from poc_eval.catalog.plain_text import shown
from poc_eval.errors import Fault, InputError, UnknownIdError
from poc_eval.i18n import Text, _
from poc_eval.workspace.canonical import canonical_json
from poc_eval.workspace.plain_records import exact
from poc_eval.workspace.records import Project, ProjectFact
from poc_eval.workspace.tables import projects

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy.engine import Connection


def insert_project(connection: Connection, project: Project, at: datetime) -> bool:
    """Keep a new project; return False where the very same one is kept already.

    Raises ``InputError`` for an empty id, and where the id stands for something else.
    """
    if not project.id.strip():
        raise InputError(Fault(_("the project has no id"), _("give it a number or a short name"), place="id"))
    content = canonical_json(project_content(project))
    kept = connection.execute(
        select(projects.c.content).where(projects.c.id == project.id)
    ).scalar_one_or_none()
    if kept is None:
        connection.execute(projects.insert().values(id=project.id, content=content, created_at=at))
        return True
    if kept == content:
        return False
    raise InputError(
        Fault(
            _(
                "the project {project} is in this workspace already, with other content",
                project=shown(project.id),
            ),
            _("give the new one an id of its own; the one that is there was not changed"),
            place="id",
        )
    )


def load_project(connection: Connection, project_id: str) -> Project:
    """Return one project; raises ``UnknownIdError``."""
    content = connection.execute(
        select(projects.c.content).where(projects.c.id == project_id)
    ).scalar_one_or_none()
    if content is None:
        raise UnknownIdError(
            Fault(
                _("there is no project {project} in this workspace", project=shown(project_id)),
                _("choose one of the workspace's projects, or add it first"),
            )
        )
    return project_from(json.loads(content))


def load_projects(connection: Connection) -> tuple[Project, ...]:
    """Return all projects, in the order in which they came."""
    found = connection.execute(select(projects.c.content).order_by(projects.c.created_at, projects.c.id))
    return tuple(project_from(json.loads(content)) for content in found.scalars())


def project_content(project: Project) -> dict[str, object]:
    """Return the project as JSON knows it; what is not stated is null."""
    content: dict[str, object] = {
        "id": project.id,
        "title": _both(project.title),
        "applicant": _both(project.applicant),
        "field": _both(project.field),
        "kind": project.kind,
        "stage": _both(project.stage),
        "summary": _both(project.summary),
        "facts": [
            {"label": _both(fact.label), "value": _both(fact.value), "source": fact.source}
            for fact in project.facts
        ],
        "source": project.source,
        "example": project.example,
    }
    # Left out where there is none: projects that were kept before read as they did.
    return content if project.amount is None else content | {"amount": f"{project.amount:f}"}


def project_from(content: Mapping[str, Any]) -> Project:
    """Return the project that ``project_content`` wrote."""
    return Project(
        id=content["id"],
        title=Text(**content["title"]),
        applicant=_text(content["applicant"]),
        field=_text(content["field"]),
        kind=content["kind"],
        stage=_text(content["stage"]),
        summary=_text(content["summary"]),
        facts=tuple(
            ProjectFact(Text(**fact["label"]), Text(**fact["value"]), fact["source"])
            for fact in content["facts"]
        ),
        source=content["source"],
        example=content["example"],
        amount=None if content.get("amount") is None else exact(content["amount"]),
    )


def _both(text: Text | None) -> dict[str, str] | None:
    return None if text is None else {"zh": text.zh, "en": text.en}


def _text(both: Mapping[str, str] | None) -> Text | None:
    return None if both is None else Text(both["zh"], both["en"])
