"""Panels: their members, who is tied to what, who steps aside, and who takes the place."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from sqlalchemy import func, select, update

from poc_eval.catalog.plain_text import shown
from poc_eval.errors import Fault, InputError, UnknownIdError
from poc_eval.i18n import _
from poc_eval.workspace import people_rows
from poc_eval.workspace.canonical import canonical_json
from poc_eval.workspace.conflict_rules import propose
from poc_eval.workspace.panel_rows import load_member_keys, load_panels, load_ties
from poc_eval.workspace.panel_tables import panel_members, panel_projects, panels, step_asides, ties
from poc_eval.workspace.project_rows import load_project
from poc_eval.workspace.records import Member
from poc_eval.workspace.typed_text import Typed

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date

    from sqlalchemy.engine import Connection

    from poc_eval.workspace.conflict_rules import ConflictRules, Proposal
    from poc_eval.workspace.records import PanelRecord, Tie
    from poc_eval.workspace.store import Ledger


class Panels:
    """The book of panels in one store. Every method is one transaction and stands in the log."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def create(
        self,
        title: str,
        projects: Sequence[str],
        *,
        by: str,
        held_on: date | None = None,
        place: str | None = None,
        rubric: str | None = None,
    ) -> PanelRecord:
        """Set up a panel on projects, judging by the rubric of this id; it counts where it names none.

        Raises ``InputError``, ``UnknownIdError``.
        """
        typed = Typed()
        named = typed.line("title", title, needed=True)
        detail = {
            "held_on": None if held_on is None else held_on.isoformat(),
            "place": None if place is None else typed.line("place", place),
            "rubric": None if rubric is None else typed.line("rubric", rubric),
        }
        if not projects:
            typed.refuse("projects", _("nothing is written here"), _("name the projects that it judges"))
        typed.done()
        new = str(uuid.uuid4())
        with self._ledger.writing() as write:
            row = {"id": new, "title": named, "detail": canonical_json(detail), "created_at": write.at}
            write.connection.execute(panels.insert().values(row))
            for number, project in enumerate(dict.fromkeys(projects)):
                load_project(write.connection, project)
                row = {"panel_id": new, "project_id": project, "number": number}
                write.connection.execute(panel_projects.insert().values(row))
            said = {"title": named, "projects": list(projects), **detail}
            write.log(write.actor(by), "panel", f"panel:{new}", said)
            return _panel(write.connection, new)

    def panel(self, panel_id: str) -> PanelRecord:
        """Return one panel; raises ``UnknownIdError``."""
        with self._ledger.reading() as connection:
            return _panel(connection, panel_id)

    def panels(self) -> tuple[PanelRecord, ...]:
        """Return all panels, oldest first."""
        with self._ledger.reading() as connection:
            return load_panels(connection)

    def member_keys(self, panel_ids: Collection[str]) -> Mapping[str, str]:
        """Return a random id of each member of these panels, by name."""
        with self._ledger.reading() as connection:
            return load_member_keys(connection, panel_ids)

    def put_member(self, panel_id: str, member: Member, *, by: str) -> PanelRecord:
        """Take a member in, or write down what has changed about one; the same again changes nothing.

        Raises ``InputError``, also where there would be two chairs, ``UnknownIdError``.
        """
        typed = Typed()
        clean = Member(
            name=typed.name("name", member.name),
            unit=typed.line("unit", member.unit, needed=True),
            title=typed.line("title", member.title),
            field=typed.line("field", member.field),
            chair=member.chair,
        )
        typed.done()
        with self._ledger.writing() as write:
            panel = _panel(write.connection, panel_id)
            if clean in panel.members:
                return panel
            _refuse_second_chair(panel, clean)
            person = people_rows.ensure_person(write.connection, clean.name, write.at)
            row = {"unit": clean.unit, "title": clean.title, "field": clean.field, "chair": clean.chair}
            own = (panel_members.c.panel_id == panel_id) & (panel_members.c.person_id == person)
            if any(one.name == clean.name for one in panel.members):
                write.connection.execute(update(panel_members).where(own).values(row))
            else:
                last = select(func.max(panel_members.c.number)).where(panel_members.c.panel_id == panel_id)
                number = write.connection.execute(last).scalar_one()
                row |= {
                    "panel_id": panel_id,
                    "person_id": person,
                    "number": 0 if number is None else number + 1,
                }
                write.connection.execute(panel_members.insert().values(row))
            write.log(write.actor_for(by, person), "panel", f"panel:{panel_id}", {"member": row})
            return _panel(write.connection, panel_id)

    def add_tie(
        self, person: str, project_id: str, kind: str, note: str, *, by: str, until: date | None = None
    ) -> None:
        """Write down what ties an expert to a project; ``kind`` is what a rule looks at.

        Raises ``InputError``, ``UnknownIdError``.
        """
        typed = Typed()
        named, said = typed.name("person", person), typed.words("note", note, needed=True)
        sort = typed.line("kind", kind, needed=True)
        typed.done()
        with self._ledger.writing() as write:
            load_project(write.connection, project_id)
            own = people_rows.ensure_person(write.connection, named, write.at)
            day = None if until is None else until.isoformat()
            row = {"person_id": own, "project_id": project_id, "kind": sort, "note": said, "until": day}
            new = str(uuid.uuid4())
            write.connection.execute(ties.insert().values(id=new, at=write.at, **row))
            write.log(write.actor_for(by, own), "tie", f"tie:{new}", row)

    def ties(self) -> tuple[Tie, ...]:
        """Return all that ties experts to projects, oldest first."""
        with self._ledger.reading() as connection:
            return load_ties(connection)

    def proposals(self, panel_id: str, rules: ConflictRules, *, on: date) -> tuple[Proposal, ...]:
        """Return who should step aside by the rules and has not yet; raises ``UnknownIdError``."""
        with self._ledger.reading() as connection:
            panel = _panel(connection, panel_id)
            projects = {one: load_project(connection, one) for one in panel.projects}
            found = propose(rules, panel.members, projects, load_ties(connection), on)
        return tuple(one for one in found if one.person not in panel.aside(one.project_id))

    def step_aside(
        self, panel_id: str, person: str, project_id: str, *, rule: str, reason: str, by: str
    ) -> PanelRecord:
        """Write down that a member is out on a project; the same again changes nothing.

        Raises ``InputError`` for who is no member or a project that the panel does not judge.
        """
        typed = Typed()
        why, ground = typed.words("reason", reason, needed=True), typed.line("rule", rule, needed=True)
        typed.done()
        with self._ledger.writing() as write:
            panel = _panel(write.connection, panel_id)
            _refuse_stranger(panel, person, project_id)
            if person in panel.aside(project_id):
                return panel
            own = people_rows.ensure_person(write.connection, person, write.at)
            row = {
                "panel_id": panel_id,
                "person_id": own,
                "project_id": project_id,
                "rule": ground,
                "reason": why,
            }
            decided = people_rows.ensure_person(write.connection, by, write.at)
            write.connection.execute(step_asides.insert().values(decided_by=decided, at=write.at, **row))
            write.log(write.actor_for(by, own), "step-aside", f"panel:{panel_id}", row)
            return _panel(write.connection, panel_id)

    def replace(
        self, panel_id: str, person: str, project_id: str, *, replacement: str, by: str
    ) -> PanelRecord:
        """Write down who judges a project in the place of a member who stepped aside.

        Raises ``InputError`` where nobody stepped aside, or the replacement is no member, is out on the
        project too, or takes somebody's place there already.
        """
        with self._ledger.writing() as write:
            panel = _panel(write.connection, panel_id)
            _refuse_stranger(panel, replacement, project_id)
            _refuse_replacement(panel, person, project_id, replacement)
            own = people_rows.ensure_person(write.connection, person, write.at)
            other = people_rows.ensure_person(write.connection, replacement, write.at)
            write.connection.execute(
                update(step_asides)
                .where(
                    (step_asides.c.panel_id == panel_id)
                    & (step_asides.c.person_id == own)
                    & (step_asides.c.project_id == project_id)
                )
                .values(replaced_by=other, replaced_at=write.at)
            )
            said = {"person": own, "project": project_id, "replacement": other}
            write.log(write.actor_for(by, own), "replace", f"panel:{panel_id}", said)
            return _panel(write.connection, panel_id)


def _panel(connection: Connection, panel_id: str) -> PanelRecord:
    found = load_panels(connection, panels.c.id == panel_id)
    if not found:
        raise UnknownIdError(
            Fault(
                _("there is no panel {panel} in this workspace", panel=shown(panel_id)),
                _("choose one of the workspace's panels"),
            )
        )
    return found[0]


def _refuse_second_chair(panel: PanelRecord, member: Member) -> None:
    chair = next((one.name for one in panel.members if one.chair and one.name != member.name), None)
    if member.chair and chair is not None:
        raise InputError(
            Fault(
                _("the panel has a chair already: {person}", person=chair),
                _("make that one an ordinary member first"),
                place="chair",
            )
        )


def _refuse_stranger(panel: PanelRecord, person: str, project_id: str) -> None:
    faults = []
    if all(one.name != person for one in panel.members):
        what = _("{person} is no member of this panel", person=shown(person))
        faults.append(Fault(what, _("take the expert into the panel first"), place="person"))
    if project_id not in panel.projects:
        what = _("this panel does not judge the project {project}", project=shown(project_id))
        faults.append(Fault(what, _("choose one of its projects"), place="project"))
    if faults:
        raise InputError(*faults)


def _refuse_replacement(panel: PanelRecord, person: str, project_id: str, replacement: str) -> None:
    there = [one for one in panel.step_asides if one.project_id == project_id]
    if all(one.person != person for one in there):
        what = _("{person} has not stepped aside on {project}", person=shown(person), project=project_id)
        raise InputError(Fault(what, _("write down first who steps aside, and why"), place="person"))
    if replacement in panel.aside(project_id):
        what = _("{person} is out on {project} too", person=replacement, project=project_id)
        raise InputError(Fault(what, _("choose another expert"), place="replacement"))
    if any(one.replaced_by == replacement and one.person != person for one in there):
        what = _(
            "{person} takes somebody's place on {project} already", person=replacement, project=project_id
        )
        raise InputError(Fault(what, _("choose another expert"), place="replacement"))
