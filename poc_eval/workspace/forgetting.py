"""What goes with a person beside their reviews, and where their name leaves an empty place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import delete, select, update

from poc_eval.workspace.ledger_tables import ledger_entries
from poc_eval.workspace.panel_tables import (
    decisions,
    formal_checks,
    panel_members,
    paper_scores,
    review_origins,
    scans,
    step_asides,
    ties,
)
from poc_eval.workspace.paper_tables import papers as working_papers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.engine import Connection

_ABOUT_THEM: Final = (panel_members, ties, step_asides)
_BY_THEM: Final = (
    review_origins.c.entered_by,
    review_origins.c.checked_by,
    step_asides.c.decided_by,
    step_asides.c.replaced_by,
    scans.c.attached_by,
    paper_scores.c.entered_by,
    paper_scores.c.checked_by,
    formal_checks.c.checked_by,
    decisions.c.decided_by,
    decisions.c.recorded_by,
    working_papers.c.opened_by,
    ledger_entries.c.person_id,
    ledger_entries.c.recorded_by,
)


def clear_books(connection: Connection, person_id: str, reviews: Sequence[str]) -> tuple[str, ...]:
    """Delete what the books say about a person, and take their name out of what they did for others.

    ``reviews`` are the ids of their reviews, which go next. Returns the scans' files that nothing shows any
    longer, relative to the workspace.
    """
    papers = connection.execute(
        select(paper_scores.c.id).where(paper_scores.c.person_id == person_id)
    ).scalars()
    subjects = [f"review:{one}" for one in reviews] + [f"paper:{one}" for one in papers]
    files = tuple(connection.execute(select(scans.c.file).where(scans.c.subject.in_(subjects))).scalars())
    connection.execute(delete(scans).where(scans.c.subject.in_(subjects)))
    connection.execute(delete(paper_scores).where(paper_scores.c.person_id == person_id))
    connection.execute(delete(review_origins).where(review_origins.c.review_id.in_(reviews)))
    for table in _ABOUT_THEM:
        connection.execute(delete(table).where(table.c.person_id == person_id))
    for column in _BY_THEM:
        connection.execute(update(column.table).where(column == person_id).values({column.name: None}))
    kept = set(connection.execute(select(scans.c.file).where(scans.c.file.in_(files))).scalars())
    return tuple(sorted(set(files) - kept))
