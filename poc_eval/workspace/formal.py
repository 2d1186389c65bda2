"""The formal check of a project's papers (形式审查), round by round."""

from __future__ import annotations

import json
import uuid
from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING, Final, Literal

from sqlalchemy import select

from poc_eval.catalog.plain_text import shown
from poc_eval.i18n import _
from poc_eval.workspace import people_rows
from poc_eval.workspace.canonical import canonical_json
from poc_eval.workspace.definition_rows import insert_definition
from poc_eval.workspace.panel_tables import formal_checks
from poc_eval.workspace.project_rows import load_project
from poc_eval.workspace.records import CheckedItem, DefinitionRef, FormalCheck, PinnedDefinition
from poc_eval.workspace.tables import definitions
from poc_eval.workspace.typed_text import Typed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.engine import Connection

    from poc_eval.catalog.definitions import Loaded
    from poc_eval.workspace.checklist import Checklist
    from poc_eval.workspace.workspace import Workspace
    from poc_eval.workspace.writing import Write

Result = Literal["passed", "to_complete", "refused"]
_ANSWERS: Final = ("yes", "no", "not_applicable")


@dataclass(frozen=True, slots=True)
class Round:
    """One look at a project's papers, as it is to be written down."""

    items: Mapping[str, CheckedItem]
    result: Result
    deadline: date | None = None
    note: str = ""


class FormalChecks:
    """The formal checks of one workspace; a round that was written down is never rewritten."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def record(
        self,
        project_id: str,
        checklist: Loaded[Checklist],
        items: Mapping[str, CheckedItem],
        *,
        result: Result,
        by: str,
        deadline: date | None = None,
        note: str = "",
    ) -> FormalCheck:
        """Write down one round: every item, the result, and until when to complete what is missing.

        Raises ``InputError`` with everything that does not agree: items that are not on the list or not
        answered, a pass although something required is missing, a round to complete without a deadline or
        with nothing to complete; ``UnknownIdError``.
        """
        said = Round(items, result, deadline, note)
        with self._workspace.store.writing() as write:
            return self.record_in(write, project_id, checklist, said, by=by)

    def record_in(
        self, write: Write, project_id: str, checklist: Loaded[Checklist], said: Round, *, by: str
    ) -> FormalCheck:
        """Write down one round in a transaction that is under way; raises as ``record`` does."""
        ref = DefinitionRef(checklist.definition.id, checklist.definition.version, checklist.hash)
        new = str(uuid.uuid4())
        load_project(write.connection, project_id)
        content = look_at_round(checklist.definition, said, self._workspace.local_time(write.at).date())
        pinned = PinnedDefinition("checklist", ref, checklist.file, checklist.text, write.at)
        if insert_definition(write.connection, pinned):
            write.log(write.actor(by), "pin", f"checklist:{ref.id}@{ref.version}", {"hash": ref.hash})
        person = people_rows.ensure_person(write.connection, by, write.at)
        number = len(_load(write.connection, project_id)) + 1
        row = {"project_id": project_id, "number": number, "list_kind": "checklist", "list_id": ref.id}
        row |= {"list_version": ref.version, "content": canonical_json(content)}
        write.connection.execute(formal_checks.insert().values(id=new, checked_by=person, at=write.at, **row))
        write.log(write.actor(by), "formal-check", f"formal-check:{new}", row)
        return _load(write.connection, project_id)[-1]

    def of(self, project_id: str) -> tuple[FormalCheck, ...]:
        """Return the rounds of a project, first to last; the last one holds. Raises ``UnknownIdError``."""
        with self._workspace.store.reading() as connection:
            load_project(connection, project_id)
            return _load(connection, project_id)

    def overdue(self, on: date) -> tuple[FormalCheck, ...]:
        """Return the rounds still to be completed whose deadline is before ``on``."""
        with self._workspace.store.reading() as connection:
            ids = dict.fromkeys(
                connection.execute(select(formal_checks.c.project_id).order_by(formal_checks.c.at)).scalars()
            )
            last = [_load(connection, project_id)[-1] for project_id in ids]
        return tuple(
            one
            for one in last
            if one.result == "to_complete" and one.deadline is not None and one.deadline < on
        )


def look_at_round(checklist: Checklist, said: Round, today: date) -> dict[str, object]:
    """Return a round as it is kept; raises ``InputError`` with everything that does not agree.

    The places of the faults are ``items.ID``, ``items.ID.pages``, ``items.ID.note``, ``result``, ``deadline``
    and ``note``.
    """
    typed = Typed()
    clean = _items(checklist, said.items, typed)
    missing = [item for item in checklist.items if item.required and clean[item.id].answer != "yes"]
    final = any(not item.can_be_completed for item in missing)
    if said.result == "passed" and missing:
        typed.refuse(
            "result",
            _("{count} required items are not there, so the check is not passed", count=len(missing)),
            _("choose completion or refusal, or correct the items"),
        )
    if said.result != "passed" and not missing:
        typed.refuse("result", _("nothing required is missing"), _("choose passed, or correct the items"))
    if said.result == "to_complete":
        _look_at_completion(typed, said.deadline, today, final=final)
    elif said.deadline is not None:
        typed.refuse(
            "deadline",
            _("a deadline is for what is to be completed"),
            _("leave it empty, or choose completion"),
        )
    note = typed.words("note", said.note)
    typed.done()
    return {
        "items": {name: asdict(item) for name, item in clean.items()},
        "result": said.result,
        "deadline": None if said.deadline is None else said.deadline.isoformat(),
        "note": note,
    }


def _items(checklist: Checklist, items: Mapping[str, CheckedItem], typed: Typed) -> dict[str, CheckedItem]:
    known = [item.id for item in checklist.items]
    for name in items:
        if name not in known:
            typed.refuse(
                f"items.{shown(name)}",
                _("the list has no such item"),
                _("known are: {ids}", ids=", ".join(known)),
            )
    clean = {}
    for item in checklist.items:
        found = items.get(item.id)
        if found is None or found.answer not in _ANSWERS:
            typed.refuse(
                f"items.{item.id}", _("{question}: answer yes or no", question=item.ask), _("fill it in")
            )
            found = CheckedItem("no")
        elif found.answer == "not_applicable" and item.required:
            typed.refuse(
                f"items.{item.id}",
                _("{question}: this item is required of every project", question=item.ask),
                _("answer yes or no"),
            )
        pages = typed.line(f"items.{item.id}.pages", found.pages)
        clean[item.id] = CheckedItem(found.answer, pages, typed.words(f"items.{item.id}.note", found.note))
    return clean


def _look_at_completion(typed: Typed, deadline: date | None, today: date, *, final: bool) -> None:
    if final:
        typed.refuse(
            "result",
            _("something is missing that cannot be handed in later"),
            _("choose refusal, or correct the items"),
        )
    if deadline is None:
        typed.refuse("deadline", _("until when to complete the papers is not stated"), _("give the day"))
    elif deadline < today:
        typed.refuse("deadline", _("this day has passed"), _("give a later day"))


def _load(connection: Connection, project_id: str) -> tuple[FormalCheck, ...]:
    rows = connection.execute(
        select(formal_checks, definitions.c.hash)
        .join(
            definitions,
            (definitions.c.kind == formal_checks.c.list_kind)
            & (definitions.c.id == formal_checks.c.list_id)
            & (definitions.c.version == formal_checks.c.list_version),
        )
        .where(formal_checks.c.project_id == project_id)
        .order_by(formal_checks.c.number)
    ).all()
    names = people_rows.names_of(connection, {row.checked_by for row in rows})
    found = []
    for row in rows:
        content = json.loads(row.content)
        found.append(
            FormalCheck(
                id=row.id,
                project_id=row.project_id,
                number=row.number,
                checklist=DefinitionRef(row.list_id, row.list_version, row.hash),
                items={name: CheckedItem(**item) for name, item in content["items"].items()},
                result=content["result"],
                deadline=None if content["deadline"] is None else date.fromisoformat(content["deadline"]),
                note=content["note"],
                checked_by=names.get(row.checked_by),
                at=row.at,
            )
        )
    return tuple(found)
