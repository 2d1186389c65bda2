"""What of a selection's terms cannot be, told beside its field before anything is computed."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING

from poc_eval.i18n import _
from poc_eval.money import format_money
from poc_eval.workspace.paper_records import PaperNote
from poc_eval.workspace.selection_layout import MUST_IN

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from poc_eval.i18n import Message
    from poc_eval.workspace.paper_entries import Entries, Row


def selection_faults(
    entries: Entries, left_out: Mapping[str, Message], scored: frozenset[str]
) -> Iterator[PaperNote]:
    """Yield what contradicts itself; ``left_out`` are projects that cannot be selected, ``scored`` all."""
    yield from _rows_twice(entries.rows("projects"), "project", _("the project stands in the table twice"))
    for row in _rows(entries):
        project = row.text("project")
        if project not in scored:
            yield PaperNote(row.place("project"), _("no review of it by this score sheet is submitted"))
        elif row.text("choice") == MUST_IN and project in left_out:
            yield _impossible(row.place("choice"), left_out[project])
    yield from _budget(entries)
    yield from _quotas(entries, left_out)
    yield from _exclusive(entries)


def _rows(entries: Entries) -> list[Row]:
    return [row for row in entries.rows("projects") if row.text("project")]


def required_rows(entries: Entries) -> list[Row]:
    """Return the rows of projects that must be in."""
    return [row for row in _rows(entries) if row.text("choice") == MUST_IN]


def _impossible(place: str, why: Message) -> PaperNote:
    return PaperNote(place, _("not possible, because {why}", why=why))


def _rows_twice(rows: tuple[Row, ...], column: str, said: Message) -> Iterator[PaperNote]:
    seen: set[str] = set()
    for row in rows:
        if row.text(column) in seen:
            yield PaperNote(row.place(column), said)
        seen.update(filter(None, [row.text(column)]))


def _budget(entries: Entries) -> Iterator[PaperNote]:
    budget = entries.amount("budget")
    asked = sum((row.amount("amount") or Decimal(0) for row in required_rows(entries)), start=Decimal(0))
    if budget is not None and asked > budget:
        amount = format_money(asked)
        why = _("the projects that must be in ask for {amount}, more than the budget", amount=amount)
        yield _impossible("budget", why)


def _quotas(entries: Entries, left_out: Mapping[str, Message]) -> Iterator[PaperNote]:
    quotas = entries.rows("quotas")
    yield from _rows_twice(quotas, "field", _("the field stands in the table twice"))
    known = {row.text("field") for row in _rows(entries)}
    able = Counter(row.text("field") for row in _rows(entries) if row.text("project") not in left_out)
    must = Counter(row.text("field") for row in required_rows(entries))
    for row in quotas:
        name, least, most = row.text("field"), row.count("least"), row.count("most")
        if not name:
            continue
        if name not in known:
            yield PaperNote(row.place("field"), _("no project in the table above is of this field"))
        elif least is not None and least > able[name]:
            why = _("only {count} projects of this field can be selected", count=able[name])
            yield _impossible(row.place("least"), why)
        if least is not None and most is not None and least > most:
            yield _impossible(row.place("most"), _("the most are fewer than the least"))
        elif most is not None and must[name] > most:
            why = _("{count} projects of this field must be in", count=must[name])
            yield _impossible(row.place("most"), why)


def _exclusive(entries: Entries) -> Iterator[PaperNote]:
    there = {row.text("project") for row in _rows(entries)}
    must = {row.text("project") for row in required_rows(entries)}
    for row in entries.rows("exclusive"):
        first, second = row.text("first"), row.text("second")
        for column, project in (("first", first), ("second", second)):
            if project and project not in there:
                yield PaperNote(row.place(column), _("the project does not stand in the table above"))
        if first and first == second:
            yield PaperNote(row.place("second"), _("choose two different projects"))
        elif {first, second} <= must:
            yield _impossible(row.place("second"), _("both projects must be in"))
