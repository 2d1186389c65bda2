"""From an older store to this one: saved first, then changed step by step, all in one transaction."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import inspect, select, update

from poc_eval.errors import Fault, NewerStoreError, WorkspaceError
from poc_eval.i18n import _
from poc_eval.workspace import journal
from poc_eval.workspace.schema_2 import to_schema_2
from poc_eval.workspace.schema_3 import to_schema_3
from poc_eval.workspace.schema_4 import to_schema_4
from poc_eval.workspace.tables import SCHEMA, meta

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime
    from pathlib import Path

    from sqlalchemy.engine import Connection

    from poc_eval.workspace.database import Database
    from poc_eval.workspace.records import LogEntry


@dataclass(frozen=True, slots=True)
class Migrations:
    """How an older store becomes one of schema ``current``: ``steps[n]`` leads from n to n + 1."""

    current: int
    steps: Mapping[int, Callable[[Connection], None]]


MIGRATIONS: Final = Migrations(current=SCHEMA, steps={1: to_schema_2, 2: to_schema_3, 3: to_schema_4})
"""Written once for each new schema and kept for good: a workspace may skip versions of the program."""


def schema_of(connection: Connection, name: str) -> int:
    """Return the number of the store's schema; raises ``WorkspaceError`` where this is no store of ours."""
    found = None
    if inspect(connection).has_table("meta"):
        found = connection.execute(select(meta.c.value).where(meta.c.key == "schema")).scalar_one_or_none()
    if found is None or not found.isascii() or not found.isdigit():
        raise WorkspaceError(
            Fault(
                _("this file is not a store of poc_eval"),
                _("bring back the workspace's file from a backup; the file that is there was left as it is"),
                file=name,
            )
        )
    return int(found)


def refuse_newer(schema: int, current: int, name: str) -> None:
    """Raise ``NewerStoreError`` where the store is ahead of this program."""
    if schema <= current:
        return
    raise NewerStoreError(
        Fault(
            _(
                "the workspace was written by a newer version: its store has schema {found}, "
                "this program knows {known}",
                found=schema,
                known=current,
            ),
            _("update poc_eval, then open the workspace again; nothing in it was touched"),
            file=name,
        )
    )


def migrate(
    database: Database, migrations: Migrations, source: Path, backups: Path, at: datetime
) -> list[LogEntry]:
    """Bring the store up to date; return what was logged, nothing where it was up to date already.

    A copy of the store as it was goes to ``backups`` first. Raises ``NewerStoreError``, ``WorkspaceError``.
    """
    with database.reading() as connection:
        schema = schema_of(connection, database.name)
    refuse_newer(schema, migrations.current, database.name)
    if schema == migrations.current:
        return []
    with database.writing() as connection:
        # Somebody may have migrated it while this program waited for its turn.
        schema = schema_of(connection, database.name)
        refuse_newer(schema, migrations.current, database.name)
        if schema == migrations.current:
            return []
        copy = backups / f"poc-eval-schema-{schema}-{at:%Y%m%dT%H%M%S%fZ}.sqlite"
        back_up(source, copy)
        for number in range(schema, migrations.current):
            migrations.steps[number](connection)
        values = {"value": str(migrations.current)}
        connection.execute(update(meta).where(meta.c.key == "schema").values(values))
        actor = journal.system_actor(journal.read_secret(connection))
        said = {"from": schema, "to": migrations.current}
        deed = journal.Deed("migrate", f"schema:{migrations.current}", said)
        return [journal.append(connection, at, actor, deed)]


def back_up(source: Path, copy: Path) -> None:
    """Copy a store that may be in use, with SQLite's own backup; raises ``WorkspaceError``."""
    try:
        copy.parent.mkdir(parents=True, exist_ok=True)
        with (
            closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as old,
            closing(sqlite3.connect(copy)) as new,
        ):
            old.backup(new)
    except (OSError, sqlite3.Error) as error:
        raise WorkspaceError(
            Fault(
                _("no copy of the store could be made: {detail}", detail=str(error)),
                _("free some space or allow writing to the folder, then do this again; nothing was changed"),
                file=str(copy),
            )
        ) from error
