"""What was decided on each project: the outcome, the reasons, who decided, and the figures as they stood."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy import select

from poc_eval.catalog.plain_text import shown
from poc_eval.errors import InputError
from poc_eval.i18n import Text, _
from poc_eval.money import whole_fen
from poc_eval.scoring.decision import gate_failed, screened_out
from poc_eval.workspace import people_rows
from poc_eval.workspace.canonical import canonical_json
from poc_eval.workspace.panel_rows import load_panels
from poc_eval.workspace.panel_tables import decisions, panels
from poc_eval.workspace.project_rows import load_project
from poc_eval.workspace.records import Decision, DefinitionRef
from poc_eval.workspace.typed_text import Typed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.engine import Connection

    from poc_eval.scoring.rubric import Rubric
    from poc_eval.workspace.workspace import Workspace
    from poc_eval.workspace.writing import Write


@dataclass(frozen=True, slots=True)
class Deciding:
    """A decision as it is to be written down."""

    project_id: str
    rubric: DefinitionRef
    outcome: str
    """An id of the rubric's decisions or recommendations, or ``screened_out`` or ``gate``."""
    reasons: str
    decided_by: str
    """Who answers for it."""
    decided_on: date
    body: str = ""
    """The meeting or office."""
    panel_id: str | None = None
    amount: Decimal | None = None
    """What is granted, in yuan."""
    figures: Mapping[str, str] = field(default_factory=dict)
    """The official figures, as exact text."""


class Decisions:
    """The decisions of one workspace; none is rewritten, a later one takes the place of an earlier."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def record(self, deciding: Deciding, *, by: str) -> Decision:
        """Write a decision down; ``by`` is who writes.

        Raises ``InputError`` with everything that does not do: an outcome that the rubric does not know, no
        reasons, a day to come, an amount that is none; ``UnknownIdError``.
        """
        with self._workspace.store.writing() as write:
            return self.record_in(write, deciding, by=by)

    def record_in(self, write: Write, deciding: Deciding, *, by: str) -> Decision:
        """Write a decision down in a transaction that is under way; raises as ``record`` does."""
        load_project(write.connection, deciding.project_id)
        content = self._content(deciding, self._workspace.local_time(write.at).date())
        if deciding.panel_id is not None:
            self._look_at_panel(write, deciding)
        decided = people_rows.ensure_person(write.connection, deciding.decided_by, write.at)
        recorded = people_rows.ensure_person(write.connection, by, write.at)
        row = {"project_id": deciding.project_id, "panel_id": deciding.panel_id}
        text = canonical_json(content)
        number = len(_load(write.connection, deciding.project_id)) + 1
        new = str(uuid.uuid4())
        made = {"number": number, "content": text, "decided_by": decided}
        write.connection.execute(
            decisions.insert().values(id=new, recorded_by=recorded, at=write.at, **row, **made)
        )
        write.log(write.actor(by), "decide", f"decision:{new}", row | made)
        return _load(write.connection, deciding.project_id)[-1]

    def holds_in(self, write: Write, deciding: Deciding) -> bool:
        """Return whether the last decision on the project says this already; figures do not count."""
        last = next(reversed(_load(write.connection, deciding.project_id)), None)
        if last is None:
            return False
        said = (last.outcome, last.reasons, last.amount, last.decided_on, last.decided_by, last.body)
        return (last.rubric, *said) == (
            deciding.rubric,
            deciding.outcome,
            deciding.reasons,
            deciding.amount,
            deciding.decided_on,
            deciding.decided_by,
            deciding.body,
        )

    def of(self, project_id: str) -> tuple[Decision, ...]:
        """Return the decisions on a project, first to last; the last one holds."""
        with self._workspace.store.reading() as connection:
            load_project(connection, project_id)
            return _load(connection, project_id)

    def in_force(self) -> tuple[Decision, ...]:
        """Return the decision that holds for each project that has one, in the order of the projects."""
        with self._workspace.store.reading() as connection:
            ids = [project.id for project in self._workspace.projects()]
            found = [_load(connection, project_id) for project_id in ids]
        return tuple(one[-1] for one in found if one)

    def _content(self, deciding: Deciding, today: date) -> dict[str, object]:
        typed = Typed()
        known = outcomes(self._workspace.rubric(deciding.rubric))
        if deciding.outcome not in known:
            typed.refuse(
                "outcome",
                _('the rubric has no outcome "{text}"', text=shown(deciding.outcome)),
                _("choose one of {ids}", ids=", ".join(known)),
            )
        title = known.get(deciding.outcome, Text("", ""))
        if deciding.decided_on > today:
            typed.refuse("decided_on", _("this day is still to come"), _("give the day of the decision"))
        amount = None if deciding.amount is None else _granted(deciding.amount, typed)
        typed.name("decided_by", deciding.decided_by)
        content: dict[str, object] = {
            "outcome": deciding.outcome,
            "title": {"zh": title.zh, "en": title.en},
            "reasons": typed.words("reasons", deciding.reasons, needed=True),
            "decided_on": deciding.decided_on.isoformat(),
            "body": typed.line("body", deciding.body),
            "amount": None if amount is None else f"{amount:f}",
            "rubric": {
                "id": deciding.rubric.id,
                "version": deciding.rubric.version,
                "hash": deciding.rubric.hash,
            },
            "figures": {
                typed.line("figures", name): typed.line(f"figures.{shown(name)}", value)
                for name, value in deciding.figures.items()
            },
        }
        typed.done()
        return content

    @staticmethod
    def _look_at_panel(write: Write, deciding: Deciding) -> None:
        typed = Typed()
        found = load_panels(write.connection, panels.c.id == deciding.panel_id)
        if not found:
            what = _("there is no panel {panel} in this workspace", panel=shown(str(deciding.panel_id)))
            typed.refuse("panel", what, _("choose one of the workspace's panels"))
        elif deciding.project_id not in found[0].projects:
            what = _("this panel does not judge the project {project}", project=deciding.project_id)
            typed.refuse("panel", what, _("choose one of its projects"))
        typed.done()


def outcomes(rubric: Rubric) -> dict[str, Text]:
    """Return what can be decided by a rubric: its decisions, its recommendations, and the two failures."""
    failed = (screened_out(rubric), gate_failed(rubric))
    return {
        **{one.id: one.title for one in rubric.decisions},
        **{one.id: one.title for one in rubric.recommendation},
        **{one.id: Text(one.title.text("zh"), one.title.text("en")) for one in failed},
    }


def _granted(amount: Decimal, typed: Typed) -> Decimal:
    try:
        exact = whole_fen(amount)
    except InputError as error:
        for fault in error.faults:
            typed.refuse("amount", fault.what, fault.remedy)
        return Decimal(0)
    if exact < 0:
        typed.refuse("amount", _("an amount that is granted is not negative"), _("correct the amount"))
    return exact


def _load(connection: Connection, project_id: str) -> tuple[Decision, ...]:
    rows = connection.execute(
        select(decisions).where(decisions.c.project_id == project_id).order_by(decisions.c.number)
    ).all()
    names = people_rows.names_of(
        connection, {one for row in rows for one in (row.decided_by, row.recorded_by)}
    )
    found = []
    for row in rows:
        content = json.loads(row.content)
        found.append(
            Decision(
                id=row.id,
                project_id=row.project_id,
                number=row.number,
                panel_id=row.panel_id,
                outcome=content["outcome"],
                title=Text(**content["title"]),
                reasons=content["reasons"],
                decided_on=date.fromisoformat(content["decided_on"]),
                decided_by=names.get(row.decided_by),
                body=content["body"],
                amount=None if content["amount"] is None else Decimal(content["amount"]),
                rubric=DefinitionRef(**content["rubric"]),
                figures=content["figures"],
                recorded_by=names.get(row.recorded_by),
                at=row.at,
            )
        )
    return tuple(found)
