"""Scores on paper: entered for an expert by one person (代录), checked by another (复核)."""

from __future__ import annotations

import json
import unicodedata
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select, update

from poc_eval.catalog.plain_text import shown
from poc_eval.errors import Fault, InputError, LockedError, UnknownIdError
from poc_eval.i18n import _
from poc_eval.scoring.review import evaluate, field_names
from poc_eval.spreadsheet.ballot_answers import finished, too_short
from poc_eval.workspace import people_rows
from poc_eval.workspace.bringing import bring_in
from poc_eval.workspace.canonical import canonical_json
from poc_eval.workspace.changes import read_changes
from poc_eval.workspace.origin_rows import Provenance
from poc_eval.workspace.panel_tables import paper_scores
from poc_eval.workspace.project_rows import load_project
from poc_eval.workspace.records import DefinitionRef, PaperScore
from poc_eval.workspace.review_rows import Line, newest_review
from poc_eval.workspace.tables import definitions

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.engine import Connection
    from sqlalchemy.sql import ColumnElement

    from poc_eval.scoring.rubric import Rubric
    from poc_eval.workspace.workspace import Workspace
    from poc_eval.workspace.writing import Write


@dataclass(frozen=True, slots=True)
class OnPaper:
    """A score sheet on paper as one person reads it; ``answers`` by field of the form."""

    project_id: str
    expert: str
    rubric: DefinitionRef
    answers: Mapping[str, str]


class PaperScores:
    """The score sheets on paper of one workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._ledger = workspace.store

    def enter(
        self, project_id: str, expert: str, rubric: DefinitionRef, answers: Mapping[str, str], *, by: str
    ) -> PaperScore:
        """Write down what an expert's paper says, by field of the form; before the check it may be corrected.

        Raises ``InputError`` for answers that do not fit or lack scores, and where the expert has a review
        already; ``LockedError`` where the paper was confirmed; ``UnknownIdError``.
        """
        with self._ledger.writing() as write:
            return self.enter_in(write, OnPaper(project_id, expert, rubric, answers), by=by)

    def enter_in(self, write: Write, said: OnPaper, *, by: str) -> PaperScore:
        """Do the same in a transaction that is under way."""
        project_id, rubric = said.project_id, said.rubric
        sheet = self._workspace.rubric(rubric)
        clean = clean_answers(sheet, said.answers)
        name = people_rows.clean_name(said.expert)
        load_project(write.connection, project_id)
        person = people_rows.ensure_person(write.connection, name, write.at)
        line = Line(project_id, person, rubric)
        kept = _newest(write.connection, line)
        if kept is not None and kept.status == "confirmed":
            raise LockedError(_confirmed(name, project_id))
        _refuse_own_review(write.connection, line, name)
        if kept is not None and kept.checked_by is not None:
            _refuse_same_person(by, kept.checked_by)
        entered = people_rows.ensure_person(write.connection, by, write.at)
        row = {"entered_by": entered, "entered_at": write.at, "entered": canonical_json(clean)}
        if kept is None:
            paper_id = str(uuid.uuid4())
            fixed = {"project_id": project_id, "person_id": person, "rubric_kind": "rubric"}
            fixed |= {"rubric_id": rubric.id, "rubric_version": rubric.version, "status": "entered"}
            write.connection.execute(paper_scores.insert().values(id=paper_id, **fixed, **row))
        else:
            paper_id = kept.id
            own = paper_scores.c.id == paper_id
            write.connection.execute(update(paper_scores).where(own).values(row))
        write.log(
            write.actor_for(by, person), "enter", f"paper:{paper_id}", {"answers": clean, "by": entered}
        )
        return self._settled(write, paper_id, sheet)

    def check(self, paper_id: str, answers: Mapping[str, str], *, by: str) -> PaperScore:
        """Write down what a second person reads off the same paper.

        Where both say the same, the review is made and submitted under the expert's name. Where they differ,
        ``differences`` shows both, and either of them corrects their own. Raises ``InputError`` where the one
        who checks is the one who entered, ``LockedError`` where the paper was confirmed, ``UnknownIdError``.
        """
        with self._ledger.writing() as write:
            return self.check_in(write, paper_id, answers, by=by)

    def check_in(self, write: Write, paper_id: str, answers: Mapping[str, str], *, by: str) -> PaperScore:
        """Do the same in a transaction that is under way."""
        kept = _paper(write.connection, paper_id)
        sheet = self._workspace.rubric(kept.rubric)
        clean = clean_answers(sheet, answers)
        if kept.status == "confirmed":
            raise LockedError(_confirmed(kept.expert, kept.project_id))
        _refuse_same_person(by, kept.entered_by)
        checked = people_rows.ensure_person(write.connection, by, write.at)
        row = {"checked_by": checked, "checked_at": write.at, "checked": canonical_json(clean)}
        own = paper_scores.c.id == paper_id
        write.connection.execute(update(paper_scores).where(own).values(row))
        person = people_rows.ensure_person(write.connection, kept.expert, write.at)
        write.log(
            write.actor_for(by, person), "check", f"paper:{paper_id}", {"answers": clean, "by": checked}
        )
        return self._settled(write, paper_id, sheet)

    def read_in(self, write: Write, said: OnPaper, *, by: str) -> PaperScore:
        """Take what one person read off a paper: the first enters it, another one checks it.

        Who entered it corrects it by this as long as it is not confirmed. Raises as ``enter`` and ``check``.
        """
        name = people_rows.clean_name(said.expert)
        person = people_rows.ensure_person(write.connection, name, write.at)
        kept = _newest(write.connection, Line(said.project_id, person, said.rubric))
        if kept is None or kept.entered_by is None or same_person(by, kept.entered_by):
            return self.enter_in(write, said, by=by)
        return self.check_in(write, kept.id, said.answers, by=by)

    def paper(self, paper_id: str) -> PaperScore:
        """Return one sheet; raises ``UnknownIdError``."""
        with self._ledger.reading() as connection:
            return _paper(connection, paper_id)

    def papers(self, *, project_id: str | None = None) -> tuple[PaperScore, ...]:
        """Return the sheets, oldest first."""
        where = [] if project_id is None else [paper_scores.c.project_id == project_id]
        with self._ledger.reading() as connection:
            return _load(connection, *where)

    @staticmethod
    def _settled(write: Write, paper_id: str, sheet: Rubric) -> PaperScore:
        """Return the sheet with its status; where both read the same, with the review that it became."""
        own = paper_scores.c.id == paper_id
        paper = _paper(write.connection, paper_id)
        if paper.checked is None:
            return paper
        if paper.differences:
            write.connection.execute(update(paper_scores).where(own).values(status="differs"))
            return _paper(write.connection, paper_id)
        person = people_rows.ensure_person(write.connection, paper.expert, write.at)
        line = Line(paper.project_id, person, paper.rubric)
        _refuse_own_review(write.connection, line, paper.expert)
        evaluation = evaluate(sheet, paper.entered)
        unstated = [*(note.field for note in evaluation.missing), *too_short(evaluation)]
        came = Provenance(
            "paper",
            paper.entered_by,
            checked_by=paper.checked_by,
            detail={"paper": paper_id, "unstated": unstated},
        )
        review = bring_in(write, line, paper.entered, came, evaluation)
        write.connection.execute(update(paper_scores).where(own).values(status="confirmed", review_id=review))
        return _paper(write.connection, paper_id)


def clean_answers(rubric: Rubric, answers: Mapping[str, str]) -> dict[str, str]:
    """Return what a paper says without empty fields; raises ``InputError`` with all that does not do."""
    sent = [{"field": field, "value": value} for field, value in answers.items()]
    changes = read_changes(sent, field_names(rubric))
    clean = {change.field: change.value.strip() for change in changes if change.value.strip()}
    evaluation = evaluate(rubric, clean)
    short = too_short(evaluation)
    faults = [
        Fault(note.message, _("look at the paper again"), place=note.field)
        for note in evaluation.faults
        if note.field not in short
    ]
    if not faults and not finished(rubric, evaluation):
        faults = [
            Fault(note.message, _("enter the whole sheet"), place=note.field)
            for note in evaluation.missing
            if note.field.startswith(("criteria.", "inputs.", "screening."))
            and not note.field.endswith((".reason", ".beside"))
        ]
    if faults:
        raise InputError(*faults)
    return clean


def _refuse_own_review(connection: Connection, line: Line, expert: str) -> None:
    kept = newest_review(connection, line)
    if kept is not None and kept.revision:
        raise InputError(
            Fault(
                _("{person} has a review of {project} already", person=expert, project=line.project_id),
                _("let the expert submit or amend it; a paper cannot take its place"),
            )
        )


def _refuse_same_person(by: str, other: str | None) -> None:
    if other is not None and same_person(by, other):
        raise InputError(
            Fault(
                _("{person} cannot both enter and check the same paper", person=shown(by)),
                _("let a second person do it"),
                place="by",
            )
        )


def same_person(one: str, other: str) -> bool:
    """Return whether two names are one person's, however they were spaced."""
    return _even(one) == _even(other)


def _even(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).split()).casefold()


def _confirmed(expert: str, project_id: str) -> Fault:
    return Fault(
        _(
            "the paper of {person} on {project} was confirmed and is locked",
            person=expert,
            project=project_id,
        ),
        _("amend the review that it became, with a reason"),
    )


def _newest(connection: Connection, line: Line) -> PaperScore | None:
    found = _load(
        connection,
        paper_scores.c.project_id == line.project_id,
        paper_scores.c.person_id == line.person_id,
        paper_scores.c.rubric_id == line.rubric.id,
        paper_scores.c.rubric_version == line.rubric.version,
    )
    return found[-1] if found else None


def _paper(connection: Connection, paper_id: str) -> PaperScore:
    found = _load(connection, paper_scores.c.id == paper_id)
    if not found:
        raise UnknownIdError(
            Fault(
                _("there is no paper {paper} in this workspace", paper=shown(paper_id)),
                _("choose one of the papers that were entered"),
            )
        )
    return found[0]


def _load(connection: Connection, *where: ColumnElement[bool]) -> tuple[PaperScore, ...]:
    rows = connection.execute(
        select(paper_scores, definitions.c.hash)
        .join(
            definitions,
            (definitions.c.kind == paper_scores.c.rubric_kind)
            & (definitions.c.id == paper_scores.c.rubric_id)
            & (definitions.c.version == paper_scores.c.rubric_version),
        )
        .where(*where)
        .order_by(paper_scores.c.entered_at, paper_scores.c.id)
    ).all()
    ids = {one for row in rows for one in (row.person_id, row.entered_by, row.checked_by)}
    names = people_rows.names_of(connection, ids)
    return tuple(
        PaperScore(
            id=row.id,
            project_id=row.project_id,
            expert=names[row.person_id],
            rubric=DefinitionRef(row.rubric_id, row.rubric_version, row.hash),
            status=row.status,
            entered=json.loads(row.entered),
            entered_by=names.get(row.entered_by),
            entered_at=row.entered_at,
            checked=None if row.checked is None else json.loads(row.checked),
            checked_by=names.get(row.checked_by),
            checked_at=row.checked_at,
            review_id=row.review_id,
        )
        for row in rows
    )
