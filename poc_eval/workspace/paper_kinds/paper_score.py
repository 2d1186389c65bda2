"""A score sheet on paper, read off by one person (代录) and by another (复核), as a working paper each.

Neither sees what the other typed before the own reading is concluded. The store keeps the two apart: the
same person cannot do both, and a review is made only where both readings say the same.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Final, cast

from poc_eval.errors import InputError
from poc_eval.i18n import Text, _
from poc_eval.scoring import form_fields, typed
from poc_eval.scoring.arithmetic import printed
from poc_eval.scoring.form_fields import OPINION, RECOMMENDATION
from poc_eval.scoring.review import evaluate
from poc_eval.workspace.panel_scores import rubric_of_panel, usual_rubric
from poc_eval.workspace.paper import OnPaper, PaperScores, clean_answers, same_person
from poc_eval.workspace.paper_entries import YES_NO
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
from poc_eval.workspace.pinning import rubric_of
from poc_eval.workspace.plain_records import plain, restored
from poc_eval.workspace.records import PaperScore
from poc_eval.workspace.scan_files import Scans, read_scan

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from poc_eval.i18n import Translatable
    from poc_eval.scoring.rubric import Rubric
    from poc_eval.workspace.paper_entries import Entries
    from poc_eval.workspace.paper_kinds import PaperContext
    from poc_eval.workspace.records import DefinitionRef, Project
    from poc_eval.workspace.workspace import Workspace
    from poc_eval.workspace.writing import Write

_GRID: Final = "answers"
"""What people write on paper for yes and no."""


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the sheet: what is asked, and the fields of the form that its answer and reason are."""

    title: Translatable
    help: Translatable
    field: str
    reason: str | None
    yes_no: bool = False


@dataclass(frozen=True, slots=True)
class PaperSheet:
    """What this reading says, and how it stands beside the other one once it is concluded."""

    said: OnPaper | None
    read_by: str
    scan: str
    titles: Mapping[str, Translatable]
    """By field of the form."""
    in_book: PaperScore | None
    """What the book holds of this paper; None before the first reading, and while this one is open."""


def layout(context: PaperContext) -> Layout:
    """Return whose paper it is, the sheet line by line, and the conclusion."""
    rubric = _rubric(context)
    head = (
        Field("expert", Text("评审专家（纸质评分表签名人）", "Expert who signed the paper"), required=True),
        Field(
            "read_by",
            Text("录入（复核）人", "Read off by"),
            required=True,
            help=Text(
                "先录入的为代录人，另一人另建一份作为复核；两次须为不同的人",
                "The first enters, another person makes a second one to check; never the same",
            ),
        ),
        Field(
            "scan",
            Text("扫描件", "Scan"),
            help=Text(
                "先把扫描件拖入左侧文件列表，再在此填写文件名；定稿时连同校验值存入工作区",
                "Drop the scan into the file list first, then write its name here; it is kept with its hash",
            ),
        ),
    )
    given = tuple(GivenRow(row, item.title, item.help) for row, item in _items(rubric).items())
    columns = (
        Field("value", Text("得分", "Score"), help=Text("是/否，或数值", "yes or no, or a figure")),
        Field("reason", Text("评语", "Words")),
    )
    grid = Grid(_GRID, rubric.title, columns, given=given, given_title=Text("指标", "Criterion"))
    options = tuple(Option(one.id, one.title) for one in rubric.recommendation)
    end: tuple[Field, ...] = (Field("opinion", Text("评审意见", "Opinion"), "long_text"),)
    if options:
        end = (Field("recommendation", Text("评审结论", "Recommendation"), "choice", options=options), *end)
    return Layout(
        (
            Part("head", Text("纸质评分表", "The paper"), head),
            Part("sheet", Text("逐项录入", "Line by line"), (grid,)),
            Part("end", Text("意见与结论", "Opinion and recommendation"), end),
        )
    )


def assess(entries: Entries, context: PaperContext) -> Assessment:
    """Tell what is off the scale or lacking, and the total; the other reading only when this one is done."""
    rubric, items = _rubric(context), _items(_rubric(context))
    answers, faults = {}, [*name_notes("expert", entries.text("expert"))]
    faults += name_notes("read_by", entries.text("read_by"))
    for row in entries.rows(_GRID):
        item, value = items[row.id], row.text("value")
        if value:
            answers[item.field] = YES_NO.get(value.strip().lower(), value) if item.yes_no else value
            answers |= _band(rubric, item.field, value)
        if item.reason is not None and row.text("reason"):
            answers[item.reason] = row.text("reason")
    if rubric.recommendation and entries.text("recommendation"):
        answers[RECOMMENDATION] = entries.text("recommendation")
    if entries.text("opinion"):
        answers[OPINION] = entries.text("opinion")
    faults += _refused(context, rubric, answers, entries)
    total = evaluate(rubric, answers).total
    said = None
    if context.project is not None:
        said = OnPaper(context.project.id, entries.text("expert"), _ref(context), answers)
    return Assessment(
        faults=tuple(faults),
        figures=(Figure(Text("总分", "Total"), "—" if total is None else printed(total)),),
        outcome={"total": None if total is None else f"{total:f}"},
        result=PaperSheet(
            said,
            entries.text("read_by"),
            entries.text("scan"),
            {item.field: item.title for item in items.values()},
            _in_book(context, said) if context.paper.status == "concluded" else None,
        ),
    )


def begin(workspace: Workspace, project: Project | None) -> Beginning:
    """Work by the sheet that the project's panel judges by, else the one that most use here."""
    of_panel = None if project is None else rubric_of_panel(workspace, project.id)
    rubric = of_panel or usual_rubric(workspace) or "poc-selection"
    return Beginning((WorkedBy("rubric", workspace.pin(rubric)),))


def concluded(write: Write, context: PaperContext, assessment: Assessment) -> None:
    """Take the reading into the book, and keep the scan with its hash."""
    sheet = cast("PaperSheet", assessment.result)
    book = PaperScores(context.workspace)
    kept = book.read_in(write, cast("OnPaper", sheet.said), by=sheet.read_by)
    file = _scan_file(context.workspace, sheet.scan)
    if file is not None:
        Scans(context.workspace).attach_in(write, f"paper:{kept.id}", read_scan(file), by=sheet.read_by)


def _ref(context: PaperContext) -> DefinitionRef:
    (worked,) = context.paper.definitions
    return worked.ref


def _rubric(context: PaperContext) -> Rubric:
    (pinned,) = context.definitions
    return rubric_of(replace(pinned, ref=_ref(context)))


def _items(rubric: Rubric) -> dict[str, Item]:
    """Return the lines of the sheet by the ids of their rows, in the order of the form."""
    yes_no = Text("是 / 否", "yes / no")
    found = [
        Item(
            one.ask,
            yes_no,
            form_fields.of_screening(one.id),
            form_fields.of_screening(one.id, "reason"),
            yes_no=True,
        )
        for one in rubric.screening
    ]
    found += [
        Item(
            asked.label,
            yes_no if asked.kind == "yes_no" else _("a figure"),
            form_fields.of_input(name),
            None,
            yes_no=asked.kind == "yes_no",
        )
        for name, asked in rubric.asked_inputs.items()
    ]
    for node in rubric.every_node:
        if "score" in form_fields.parts_of(node.criterion):
            score, reason = (form_fields.of_criterion(node.criterion.id, one) for one in ("score", "reason"))
            full = _("full mark {full}", full=printed(node.marks.full_mark))
            found.append(Item(node.criterion.title, full, score, reason))
    for kind, extras in (("bonuses", rubric.bonuses), ("deductions", rubric.deductions)):
        for extra in extras:
            points, reason = (form_fields.of_extra(kind, extra.id, one) for one in ("points", "reason"))
            found.append(Item(extra.title, _("up to {points}", points=printed(extra.up_to)), points, reason))
    return {f"r{number:03d}": item for number, item in enumerate(found, start=1)}


def _band(rubric: Rubric, field: str, value: str) -> dict[str, str]:
    """Return the band that a score lies in; on paper nobody ticks it."""
    kind, _dot, rest = field.partition(".")
    score = typed.number(value)
    if kind != "criteria" or score is None:
        return {}
    criterion = rubric.node(rest.partition(".")[0]).criterion
    band = next((one.value for one in criterion.bands if one.from_ <= score <= one.to), None)
    return {} if band is None else {form_fields.of_criterion(criterion.id, "band"): band}


def _refused(
    context: PaperContext, rubric: Rubric, answers: Mapping[str, str], entries: Entries
) -> Iterator[PaperNote]:
    if context.project is None:
        yield PaperNote("expert", _("a score sheet is of one project: make it for a project"))
    scan = entries.text("scan")
    if scan and context.paper.status == "draft" and not context.look("scan", partial(_is_scan, scan)):
        message = _("there is no PDF, OFD, PNG, JPEG or TIFF file of this name in the workspace")
        yield PaperNote("scan", message)
    rows = {
        field: row for row, item in _items(rubric).items() for field in (item.field, item.reason) if field
    }

    def place_of(place: str) -> str:
        row = rows.get(place) or rows.get(place.removesuffix(".band") + ".score")
        if row is None:
            return place if place in {RECOMMENDATION, OPINION} else "expert"
        return cell_name(_GRID, row, "reason" if place.endswith(".reason") else "value")

    try:
        clean_answers(rubric, answers)
    except InputError as error:
        yield from _once_where_empty(entries, fault_notes(error, place_of))


def _once_where_empty(entries: Entries, notes: Iterable[PaperNote]) -> Iterator[PaperNote]:
    """Yield the notes, but one only, and a short one, for a line of the sheet in which nothing stands yet."""
    told: set[str] = set()
    empty = {row.place("value") for row in entries.rows(_GRID) if not row.text("value")}
    for note in notes:
        if note.field not in empty:
            yield note
            continue
        if note.field in told:
            continue
        told.add(note.field)
        yield PaperNote(note.field, _("nothing is written here"))


def _scan_file(workspace: Workspace, name: str) -> Path | None:
    """Return the file of the workspace that a scan is named by; raises OSError for a way out of it."""
    if not name:
        return None
    root = workspace.path.resolve()
    path = (root / name.strip()).resolve()
    if not path.is_relative_to(root):
        raise FileNotFoundError(name)
    return path


def _is_scan(name: str, workspace: Workspace) -> bool:
    try:
        file = _scan_file(workspace, name)
        if file is not None:
            read_scan(file)
    except (InputError, OSError):
        return False
    return True


def _in_book(context: PaperContext, said: OnPaper | None) -> PaperScore | None:
    if said is None:
        return None

    def noted(workspace: Workspace) -> object:
        papers = PaperScores(workspace).papers(project_id=said.project_id)
        mine = (one for one in papers if one.rubric == said.rubric and same_person(one.expert, said.expert))
        return plain(next(mine, None))

    def restore(content: object) -> PaperScore | None:
        return None if content is None else restored(PaperScore, content)

    kept: PaperScore | None = context.look("book", noted, restore, lasting=False)
    return kept


KIND: Final = PaperKind(
    "paper_score",
    Text("纸质评分表录入与复核", "A score sheet on paper"),
    layout,
    assess,
    begin=begin,
    concluded=concluded,
)
