"""What was decided on a panel's projects (评审决定登记) as a working paper: outcome, reasons, amount, who."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

from poc_eval.errors import PocEvalError
from poc_eval.i18n import Text, _
from poc_eval.workspace.decision_book import Deciding, Decisions, outcomes
from poc_eval.workspace.local import utc_now
from poc_eval.workspace.panel_scores import panel_of, usual_rubric
from poc_eval.workspace.paper_kinds import Beginning, PaperKind
from poc_eval.workspace.paper_notes import name_notes
from poc_eval.workspace.paper_records import (
    Assessment,
    Field,
    Figure,
    Grid,
    Layout,
    Option,
    PaperNote,
    Part,
    cell_name,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from poc_eval.scoring.panel_result import ProjectResult
    from poc_eval.workspace.paper_entries import Entries, Row
    from poc_eval.workspace.paper_kinds import PaperContext
    from poc_eval.workspace.records import DefinitionRef, Project
    from poc_eval.workspace.workspace import Workspace
    from poc_eval.workspace.writing import Write

_DECISIONS: Final = Text("逐项决定", "Project by project")


@dataclass(frozen=True, slots=True)
class DecisionSheet:
    """What is written into the book: each decision by its project."""

    deciding: tuple[Deciding, ...]
    titles: Mapping[str, Text]
    """By project."""
    outcomes: Mapping[str, Text]
    entered_by: str
    decided_on: date | None
    """None while nobody has said it."""


def layout(context: PaperContext) -> Layout:
    """Return who decided when, and a row for each project with what the rule concludes beside it."""
    workspace = context.workspace
    projects = tuple(Option(one.id, one.title) for one in workspace.projects())
    refs = {f"{one.id}@{one.version}": one for one in _refs(workspace)}
    rubrics = tuple(Option(name, workspace.rubric(ref).title) for name, ref in refs.items())
    known = {name: title for ref in refs.values() for name, title in outcomes(workspace.rubric(ref)).items()}
    columns = (
        Field("project", Text("项目", "Project"), "choice", required=True, options=projects),
        Field("total", Text("正式总分", "Official total"), "shown"),
        Field("rank", Text("名次", "Rank"), "shown"),
        Field("rule", Text("规则结论", "By the rule"), "shown"),
        Field(
            "outcome",
            Text("决定", "Decision"),
            "choice",
            required=True,
            options=tuple(Option(name, title) for name, title in known.items()),
        ),
        Field("amount", Text("核准金额", "Amount granted"), "amount", unit=Text("元", "yuan")),
        Field("reasons", Text("理由", "Reasons"), "long_text", required=True),
    )
    head = (
        Field("rubric", Text("评分表", "Score sheet"), "choice", required=True, options=rubrics),
        Field(
            "body",
            Text("决定会议或机构", "Meeting or office"),
            help=Text("如：主任办公会", "Such as the board"),
        ),
        Field("decided_on", Text("决定日期", "Decided on"), "date", required=True),
        Field("decided_by", Text("决定人", "Who answers for it"), required=True),
        Field("entered_by", Text("经办人", "Entered by"), required=True),
    )
    help_ = Text(
        "定稿后写入决定簿；以后改变决定的，请更正本表并写明理由，原决定仍保留",
        "Concluding writes the decisions into the book; to change one later, amend this paper and say why",
    )
    return Layout(
        (
            Part("head", Text("决定", "The decision"), head),
            Part("decisions", _DECISIONS, (Grid("decisions", _DECISIONS, columns, at_least=1),), help_),
        )
    )


def assess(entries: Entries, context: PaperContext) -> Assessment:
    """Show what the rule concludes beside each row, and tell what the book would refuse."""
    workspace = context.workspace
    ref = next((one for one in _refs(workspace) if f"{one.id}@{one.version}" == entries.text("rubric")), None)
    results = {} if ref is None else _results(workspace, ref)
    rows = [row for row in entries.rows("decisions") if row.text("project")]
    shown = {
        cell_name("decisions", row.id, name): value
        for row in rows
        for name, value in _by_the_rule(results.get(row.text("project")), workspace).items()
    }
    known = {} if ref is None else outcomes(workspace.rubric(ref))
    deciding = [] if ref is None else [_deciding(entries, row, ref, results) for row in rows]
    amounts = [one.amount for one in deciding if one.amount is not None]
    granted = f"{sum(amounts):,.2f}" if amounts else "—"
    return Assessment(
        faults=tuple(_faults(entries, context, rows, known)),
        warnings=tuple(_departures(rows, results)),
        figures=(
            Figure(Text("已登记项目", "Projects"), str(len(rows))),
            Figure(Text("核准金额合计（元）", "Granted in all (yuan)"), granted),
        ),
        totals={"decisions": {"amount": granted}} if amounts else {},
        shown=shown,
        outcome={"decisions": [[one.project_id, one.outcome] for one in deciding]},
        result=DecisionSheet(
            tuple(deciding),
            {one.id: one.title for one in workspace.projects()},
            known,
            entries.text("entered_by"),
            entries.day("decided_on"),
        ),
    )


def begin(workspace: Workspace, _project: Project | None) -> Beginning:
    """Begin with the sheet that was reviewed by, and its projects in the order of their ranks."""
    used = usual_rubric(workspace)
    if used is None:
        return Beginning()
    fields = {"rubric": used}
    try:
        panel, _basis = panel_of(workspace, used)
    except PocEvalError:
        # Where the panel cannot be worked out yet, its secretary chooses the projects.
        return Beginning((), fields)
    ranks = panel.ranks()
    ordered = sorted(ranks, key=lambda one: (ranks[one] is None, ranks[one] or 0))
    for number, project in enumerate(ordered, start=1):
        fields[cell_name("decisions", f"d{number:04d}", "project")] = project
    return Beginning((), fields)


def concluded(write: Write, context: PaperContext, assessment: Assessment) -> None:
    """Write every decision into the book; one that stands there as it is stated is not written again."""
    sheet = cast("DecisionSheet", assessment.result)
    book = Decisions(context.workspace)
    for one in sheet.deciding:
        if not book.holds_in(write, one):
            book.record_in(write, one, by=sheet.entered_by)


def _refs(workspace: Workspace) -> list[DefinitionRef]:
    refs = dict.fromkeys(one.rubric for one in workspace.reviews() if one.status == "submitted")
    return list(refs)


def _results(workspace: Workspace, ref: DefinitionRef) -> dict[str, ProjectResult]:
    try:
        panel, _basis = panel_of(workspace, f"{ref.id}@{ref.version}")
        return {one.project: one for one in panel.result().projects}
    except PocEvalError:
        # Nothing to show beside the rows; the decision may still be written down.
        return {}


def _by_the_rule(result: ProjectResult | None, workspace: Workspace) -> dict[str, str]:
    if result is None:
        return {}
    official = result.official
    decided = result.decision
    return {
        "total": "—" if official.total is None else f"{official.total:f}",
        "rank": "—" if official.rank is None else str(official.rank),
        # A cell has one text, so it is in the language of the office.
        "rule": "—" if decided is None else decided.title.text(workspace.settings.language),
    }


def _deciding(
    entries: Entries, row: Row, ref: DefinitionRef, results: Mapping[str, ProjectResult]
) -> Deciding:
    result = results.get(row.text("project"))
    figures = {}
    if result is not None and result.official.total is not None:
        figures["total"] = f"{result.official.total:f}"
    if result is not None and result.official.rank is not None:
        figures["rank"] = str(result.official.rank)
    return Deciding(
        project_id=row.text("project"),
        rubric=ref,
        outcome=row.text("outcome"),
        reasons=row.text("reasons"),
        decided_by=entries.text("decided_by").strip(),
        decided_on=entries.day("decided_on") or utc_now().date(),
        body=entries.text("body"),
        amount=row.amount("amount"),
        figures=figures,
    )


def _faults(
    entries: Entries, context: PaperContext, rows: list[Row], known: Mapping[str, Text]
) -> Iterator[PaperNote]:
    for name in ("decided_by", "entered_by"):
        yield from name_notes(name, entries.text(name))
    on = entries.day("decided_on")
    if on is not None and on > context.workspace.local_time(utc_now()).date():
        yield PaperNote("decided_on", _("this day is still to come"))
    seen: set[str] = set()
    for row in rows:
        project, outcome = row.text("project"), row.text("outcome")
        if project in seen:
            yield PaperNote(row.place("project"), _("the project stands in the table twice"))
        seen.add(project)
        if outcome and known and outcome not in known:
            yield PaperNote(row.place("outcome"), _("the score sheet that was chosen has no such outcome"))


def _departures(rows: list[Row], results: Mapping[str, ProjectResult]) -> Iterator[PaperNote]:
    """Yield where what was decided is not what the rule concludes: it may be, with its reasons."""
    for row in rows:
        result, outcome = results.get(row.text("project")), row.text("outcome")
        decided = None if result is None else result.decision
        if outcome and decided is not None and decided.id != outcome:
            message = _(
                "the rule concludes “{conclusion}”; say in the reasons why not", conclusion=decided.title
            )
            yield PaperNote(row.place("outcome"), message)


KIND: Final = PaperKind(
    "panel_decisions",
    Text("评审决定登记表", "Decisions on a panel's projects"),
    layout,
    assess,
    begin=begin,
    concluded=concluded,
)
