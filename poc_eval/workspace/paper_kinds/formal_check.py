"""The formal check of a project's papers (形式审查) as a working paper: items, pages, result, deadline."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias, cast

from poc_eval.catalog.definitions import parse_definition
from poc_eval.errors import InputError
from poc_eval.i18n import Text, _
from poc_eval.workspace.checklist import Checklist, load_checklist
from poc_eval.workspace.formal import FormalChecks, Round, look_at_round
from poc_eval.workspace.local import utc_now
from poc_eval.workspace.paper_kinds import Beginning, PaperKind
from poc_eval.workspace.paper_notes import fault_notes, name_notes
from poc_eval.workspace.paper_records import (
    Assessment,
    Field,
    Figure,
    GivenRow,
    Grid,
    Layout,
    Option,
    PaperNote,
    Part,
    WorkedBy,
    cell_name,
)
from poc_eval.workspace.pinning import FOLDER
from poc_eval.workspace.plain_records import plain, restored
from poc_eval.workspace.records import CheckedItem, DefinitionRef, FormalCheck, PinnedDefinition

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from poc_eval.catalog.definitions import Loaded
    from poc_eval.workspace.checklist import CheckItem
    from poc_eval.workspace.formal import Result
    from poc_eval.workspace.paper_entries import Entries
    from poc_eval.workspace.paper_kinds import PaperContext
    from poc_eval.workspace.records import Project
    from poc_eval.workspace.workspace import Workspace
    from poc_eval.workspace.writing import Write

Answer: TypeAlias = Literal["yes", "no", "not_applicable"]
ANSWERS: Final = (
    Option("yes", Text("是", "Yes")),
    Option("no", Text("否", "No")),
    Option("not_applicable", Text("不适用", "Not applicable")),
)
RESULTS: Final = (
    Option("passed", Text("通过", "Passed")),
    Option("to_complete", Text("补正后再审", "To be completed")),
    Option("refused", Text("不通过", "Refused")),
)
_COLUMNS: Final = (
    Field("answer", Text("审查结果", "Answer"), "choice", required=True, options=ANSWERS),
    Field("pages", Text("所在页码", "Pages")),
    Field("note", Text("说明", "Note")),
)
_END: Final = Part(
    "result",
    Text("审查结论", "Result"),
    (
        Field("result", Text("结论", "Result"), "choice", required=True, options=RESULTS),
        Field(
            "deadline",
            Text("补正期限", "To be completed by"),
            "date",
            help=Text("仅在“补正后再审”时填写", "Only where something is to be completed"),
        ),
        Field("note", Text("需补正的内容或其他说明", "What to complete, or other remarks"), "long_text"),
        Field("checker", Text("审查人", "Checked by"), required=True, personal=True),
    ),
)


@dataclass(frozen=True, slots=True)
class FormalSheet:
    """What the views draw: the list, what was found, and the rounds before."""

    checklist: Checklist
    said: Round | None
    """None while an item or the result is open."""
    checker: str
    earlier: tuple[FormalCheck, ...]


def layout(context: PaperContext) -> Layout:
    """Return the list's items as rows, and the result below them."""
    checklist = _checklist(context).definition
    given = tuple(
        GivenRow(row, item.ask, None if item.required else Text("视情况提供", "Where it applies"))
        for row, item in _rows(checklist).items()
    )
    items = Grid("items", checklist.title, _COLUMNS, given=given, given_title=Text("审查事项", "Item"))
    return Layout((Part("items", Text("逐项审查", "Item by item"), (items,), checklist.note), _END))


def assess(entries: Entries, context: PaperContext) -> Assessment:
    """Tell what does not agree: a pass although something is missing, a deadline that is lacking or past."""
    checklist = _checklist(context).definition
    rows = _rows(checklist)
    items = {
        rows[row.id].id: CheckedItem(cast("Answer", row.text("answer")), row.text("pages"), row.text("note"))
        for row in entries.rows("items")
        if row.text("answer")
    }
    result, faults = entries.text("result"), [*name_notes("checker", entries.text("checker"))]
    if context.project is None:
        faults.append(PaperNote("result", _("a formal check is of one project: make it for a project")))
    said = None
    if result and len(items) == len(rows):
        said = Round(items, cast("Result", result), entries.day("deadline"), entries.text("note"))
        faults += _faults(context, checklist, said)
    lacking = [one.id for one in checklist.items if one.required and _answer(items, one.id) == "no"]
    return Assessment(
        faults=tuple(faults),
        figures=(
            Figure(Text("已审事项", "Items checked"), f"{len(items)} / {len(rows)}"),
            Figure(
                Text("必备项不齐", "Required and not there"),
                str(len(lacking)),
                standing="bad" if lacking else "plain",
            ),
        ),
        outcome={"result": result or None, "lacking": lacking},
        result=FormalSheet(checklist, said, entries.text("checker"), _rounds(context)),
    )


def begin(workspace: Workspace, _project: Project | None) -> Beginning:
    """Pin the workspace's own list where it has one, else the shipped one."""
    loaded = load_checklist(folders=(workspace.path / FOLDER,))
    ref = DefinitionRef(loaded.definition.id, loaded.definition.version, loaded.hash)
    workspace.store.pin(PinnedDefinition("checklist", ref, loaded.file, loaded.text, utc_now()))
    return Beginning((WorkedBy("checklist", ref),))


def concluded(write: Write, context: PaperContext, assessment: Assessment) -> None:
    """Write the round into the book of formal checks."""
    sheet = cast("FormalSheet", assessment.result)
    project, said = cast("Project", context.project), cast("Round", sheet.said)
    book = FormalChecks(context.workspace)
    book.record_in(write, project.id, _checklist(context), said, by=sheet.checker)


def _checklist(context: PaperContext) -> Loaded[Checklist]:
    (pinned,) = context.definitions
    return parse_definition(Checklist, pinned.text, pinned.file)


def _rounds(context: PaperContext) -> tuple[FormalCheck, ...]:
    """Return the rounds that stand in the book."""
    project = context.project
    if project is None:
        return ()
    rounds: tuple[FormalCheck, ...] = context.look(
        "rounds",
        lambda workspace: plain(FormalChecks(workspace).of(project.id)),
        lambda found: tuple(restored(FormalCheck, one) for one in found),
        lasting=False,
    )
    return rounds


def _rows(checklist: Checklist) -> dict[str, CheckItem]:
    """Return the items by the ids of their rows, which have no ``_``."""
    return {f"i{number:03d}": item for number, item in enumerate(checklist.items, start=1)}


def _answer(items: Mapping[str, CheckedItem], item: str) -> str | None:
    return items[item].answer if item in items else None


def _faults(context: PaperContext, checklist: Checklist, said: Round) -> Iterator[PaperNote]:
    rows = {item.id: row for row, item in _rows(checklist).items()}

    def place_of(place: str) -> str:
        kind, _dot, rest = place.partition(".")
        item, _dot, column = rest.partition(".")
        return cell_name("items", rows[item], column or "answer") if kind == "items" else place

    try:
        look_at_round(checklist, said, context.day())
    except InputError as error:
        yield from fault_notes(error, place_of)


KIND: Final = PaperKind(
    "formal_check",
    Text("形式审查表", "Formal check"),
    layout,
    assess,
    begin=begin,
    concluded=concluded,
    nameless=True,
)
