"""Pinned definitions in their table: written once, never changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from poc_eval.catalog.plain_text import shown
from poc_eval.errors import DefinitionError, Fault, UnknownIdError
from poc_eval.i18n import _
from poc_eval.workspace.records import DefinitionRef, PinnedDefinition
from poc_eval.workspace.tables import definitions

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection, Row


def insert_definition(connection: Connection, new: PinnedDefinition) -> bool:
    """Keep a definition; return False where the same content is kept already.

    Raises ``DefinitionError``, naming both files, where this id and version stand for another content.
    """
    row = _find(connection, new.kind, new.ref.id, new.ref.version)
    if row is None:
        connection.execute(
            definitions.insert().values(
                kind=new.kind,
                id=new.ref.id,
                version=new.ref.version,
                hash=new.ref.hash,
                file=new.file,
                text=new.text,
                pinned_at=new.pinned_at,
            )
        )
        return True
    if row.hash == new.ref.hash:
        return False
    raise DefinitionError(
        Fault(
            _(
                "{id} version {version} is used in this workspace with another content, from {file}",
                id=shown(new.ref.id),
                version=shown(new.ref.version),
                file=row.file,
            ),
            _(
                "give the changed file a new version number, or use the first file; "
                "what was decided by the first one stays"
            ),
            file=new.file,
            place="version",
        )
    )


def load_definition_row(
    connection: Connection, kind: str, definition_id: str, version: str
) -> PinnedDefinition:
    """Return one pinned definition; raises ``UnknownIdError``."""
    row = _find(connection, kind, definition_id, version)
    if row is None:
        raise UnknownIdError(
            Fault(
                _(
                    "{id} version {version} is not pinned in this workspace",
                    id=shown(definition_id),
                    version=shown(version),
                ),
                _("open a review by it first; the workspace keeps a copy from then on"),
            )
        )
    return _definition(row)


def load_definition_rows(connection: Connection) -> tuple[PinnedDefinition, ...]:
    """Return all pinned definitions, oldest first."""
    order = (definitions.c.pinned_at, definitions.c.id, definitions.c.version)
    return tuple(_definition(row) for row in connection.execute(select(definitions).order_by(*order)))


def _find(connection: Connection, kind: str, definition_id: str, version: str) -> Row[Any] | None:
    return connection.execute(
        select(definitions).where(
            definitions.c.kind == kind, definitions.c.id == definition_id, definitions.c.version == version
        )
    ).first()


def _definition(row: Row[Any]) -> PinnedDefinition:
    return PinnedDefinition(
        row.kind, DefinitionRef(row.id, row.version, row.hash), row.file, row.text, row.pinned_at
    )
