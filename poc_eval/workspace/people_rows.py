"""The people of a workspace: the only rows that hold a name."""

from __future__ import annotations

import secrets
import unicodedata
import uuid
from typing import TYPE_CHECKING, Final

from sqlalchemy import delete, select

from poc_eval.catalog.plain_text import shown
from poc_eval.errors import Fault, InputError, UnknownIdError
from poc_eval.i18n import _
from poc_eval.workspace.forgetting import clear_books
from poc_eval.workspace.journal import Actor, person_actor, read_secret, system_actor
from poc_eval.workspace.store import Forgotten
from poc_eval.workspace.tables import answers, people, reviews, submissions

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from sqlalchemy.engine import Connection, Row

NAME_AT_MOST: Final = 200
"""Characters of a name."""


def clean_name(name: str) -> str:
    """Return the name with its outer spaces off; raises ``InputError`` for what is no name."""
    clean = name.strip()
    if (
        clean
        and len(clean) <= NAME_AT_MOST
        # With a character that nobody sees, two people would seem to be one.
        and not any(unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"} for c in clean)
    ):
        return clean
    raise InputError(
        Fault(
            _("this is not a name of a person: {name}", name=shown(name)),
            _("give a name of 1 to {most} characters on one line", most=NAME_AT_MOST),
        )
    )


def ensure_person(connection: Connection, name: str, at: datetime) -> str:
    """Return the id of the person of this name, who is new where nobody has it."""
    clean = clean_name(name)
    found = connection.execute(select(people.c.id).where(people.c.name == clean)).scalar_one_or_none()
    if found is not None:
        return str(found)
    new = {"id": str(uuid.uuid4()), "name": clean, "key": secrets.token_hex(32), "created_at": at}
    connection.execute(people.insert().values(new))
    return str(new["id"])


def actor_of(connection: Connection, person_id: str) -> Actor:
    """Return the person as the log knows them."""
    row = connection.execute(select(people.c.name, people.c.key).where(people.c.id == person_id)).one()
    return person_actor(read_secret(connection), row.name, row.key)


def actor_named(connection: Connection, name: str | None, at: datetime) -> Actor:
    """Return the actor of this name, or the program itself where there is none."""
    if name is None:
        return system_actor(read_secret(connection))
    return actor_of(connection, ensure_person(connection, name, at))


def reviewer_names(connection: Connection) -> tuple[str, ...]:
    """Return the names that reviews were made under, in order of first use."""
    made = select(reviews.c.person_id)
    found = connection.execute(
        select(people.c.name).where(people.c.id.in_(made)).order_by(people.c.created_at, people.c.name)
    )
    return tuple(found.scalars())


def delete_person(connection: Connection, name: str) -> Forgotten:
    """Delete the person and all that they wrote; return what went, and the files that are to go."""
    person = _find(connection, name)
    ids = tuple(
        connection.execute(
            select(reviews.c.id).where(reviews.c.person_id == person.id).order_by(reviews.c.version.desc())
        ).scalars()
    )
    files = clear_books(connection, person.id, ids)
    connection.execute(delete(answers).where(answers.c.review_id.in_(ids)))
    connection.execute(delete(submissions).where(submissions.c.review_id.in_(ids)))
    # Newest versions first: each names the one before it.
    for review_id in ids:
        connection.execute(delete(reviews).where(reviews.c.id == review_id))
    connection.execute(delete(people).where(people.c.id == person.id))
    return Forgotten(ids, files)


def person_id(connection: Connection, name: str) -> str | None:
    """Return the id of the person of this name; None where nobody has it."""
    found = connection.execute(select(people.c.id).where(people.c.name == name.strip())).scalar_one_or_none()
    return None if found is None else str(found)


def names_of(connection: Connection, ids: Collection[str | None]) -> dict[str | None, str]:
    """Return the names of the people with these ids; who was forgotten is left out."""
    found = connection.execute(select(people.c.id, people.c.name).where(people.c.id.in_(set(ids))))
    return {row.id: row.name for row in found}


def _find(connection: Connection, name: str) -> Row[tuple[str]]:
    row = connection.execute(select(people.c.id).where(people.c.name == name.strip())).first()
    if row is None:
        raise UnknownIdError(
            Fault(
                _("nobody of this name has worked in this workspace: {name}", name=shown(name)),
                _("write the name exactly as it stands in the list of reviewers"),
            )
        )
    return row
