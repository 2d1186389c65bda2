"""Whether the working papers are still what was concluded; findings are told, never raised."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sqlalchemy import select

from poc_eval.i18n import _
from poc_eval.workspace.canonical import sha256
from poc_eval.workspace.journal import content_hash
from poc_eval.workspace.paper_rows import author_of, load_papers
from poc_eval.workspace.paper_tables import paper_seals, papers
from poc_eval.workspace.people_rows import actor_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sqlalchemy.engine import Connection, Row

    from poc_eval.i18n import Message


def changed_papers(
    connection: Connection, stored: Sequence[Mapping[str, object]]
) -> Iterator[tuple[str, Message]]:
    """Yield the subject of each concluded paper that is not as it was sealed, and what is wrong.

    Where the person who opened it was forgotten, nothing is left to compare the log's hash with.
    """
    logged = {entry["subject"]: entry["content"] for entry in stored if entry["action"] == "conclude"}
    sealed = {row.paper_id: row for row in connection.execute(select(paper_seals))}
    for paper in load_papers(connection, papers.c.status == "concluded"):
        subject = f"working-paper:{paper.id}"
        row = sealed.pop(paper.id, None)
        if row is None or not _holds(connection, row, logged.get(subject)):
            yield subject, _("the sealed text of a concluded working paper was changed or is gone")
        elif json.loads(row.snapshot)["fields"] != paper.values():
            yield subject, _("fields of a concluded working paper are not those that were sealed")
    for paper_id in sealed:
        what = _("a working paper that was concluded is open again, or is gone")
        yield f"working-paper:{paper_id}", what


def _holds(connection: Connection, row: Row[tuple[str]], logged: object) -> bool:
    if sha256(row.snapshot) != row.sha256:
        return False
    author = author_of(connection, row.paper_id)
    if author is None:
        return logged is not None
    return content_hash(actor_of(connection, author), {"sha256": row.sha256}) == logged
