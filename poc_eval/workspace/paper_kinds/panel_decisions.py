"""What was decided on a panel's projects (评审决定登记) as a working paper: outcome, reasons, amount, who."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

from poc_eval.errors import PocEvalError
from poc_eval.i18n import Text, _
from poc_eval.scoring.rubric import Rubric
from poc_eval.workspace.decision_book import Deciding, Decisions, outcomes
from poc_eval.workspace.looking_up import definition_content, definition_from
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
from poc_eval.workspace.plain_records import plain, restored

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date, datetime

    from poc_eval.i18n import Language, Translatable
    from poc_eval.scoring.panel_result import ProjectResult
    from poc_eval.workspace.paper_entries import Entries, Row
    from poc_eval.workspace.paper_kinds import PaperContext
    from poc_eval.workspace.records import Decision, DefinitionRef, Project
    from poc_eval.workspace.workspace import Workspace
    from poc_eval.workspace.writing import Write

_DECISIONS: Final = Text("逐项决定", "Project by project")
_RULE: Final = "rule"
"""Names the rule's own conclusion among the figures that the book keeps of a decision."""


@dataclass(frozen=True, slots=True)
class DecisionSheet:
    """What is written into the book: each decision by its project."""

    deciding: tuple[Deciding, ...]
    titles: Mapping[str, Translatable]
    """By project."""
    outcomes: Mapping[str, Text]
    entered_by: str
    decided_on: date | None
    """None while nobody has said it."""


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The score sheet that was reviewed by."""

    rubric: Rubric
    ref: DefinitionRef


@dataclass(frozen=True, slots=True)
class _Result:
    """What the rule concludes on one project; figures as exact text, None where there is none."""

    total: str | None
    rank: str | None
    decision: str | None
    title: Text | None
    shown: str
    """The conclusion in the language of the office, for a cell has one text."""


_NO_REVIEWS: Final = Text(
    "尚无已提交的评审；评审提交后，此处列出所用的评分表",
    "No review is submitted yet; once one is, its score sheet stands here",
)


def layout(context: PaperContext) -> Layout:
    """Return who decided when, and a row for each project with what the rule concludes beside it."""
    projects = _projects(context)
    rubrics = context.choices("rubrics", context.paper.chosen("rubric"), _rubrics)
    known = context.choices("outcomes", context.paper.chosen("decisions/outcome"), _outcomes)
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
            options=known,
        ),
        Field("amount", Text("核准金额", "Amount granted"), "amount", unit=Text("元", "yuan")),
        Field("reasons", Text("理由", "Reasons"), "long_text", required=True),
    )
    head = (
        Field(
            "rubric",
            Text("评分表", "Score sheet"),
            "choice",
            required=True,
            options=rubrics,
            help=None if rubrics else _NO_REVIEWS,
        ),
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
    sheet = _sheet(context, entries.text("rubric"))
    results = {} if sheet is None else _results(context, sheet)
    rows = [row for row in entries.rows("decisions") if row.text("project")]
    shown = {
        cell_name("decisions", row.id, name): value
        for row in rows
        for name, value in _by_the_rule(results.get(row.text("project"))).items()
    }
    known = {} if sheet is None else outcomes(sheet.rubric)
    day = entries.day("decided_on") or context.day()
    deciding = [] if sheet is None else [_deciding(entries, row, sheet.ref, day, results) for row in rows]
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
            {one.value: one.label for one in _projects(context)},
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


def _projects(context: PaperContext) -> tuple[Option, ...]:
    return context.choices(
        "projects",
        context.paper.chosen("decisions/project"),
        lambda workspace: (Option(one.id, one.title) for one in workspace.projects()),
    )


def _rubrics(workspace: Workspace) -> Iterator[Option]:
    return (Option(f"{one.id}@{one.version}", workspace.rubric(one).title) for one in _refs(workspace))


def _outcomes(workspace: Workspace) -> list[Option]:
    found = [outcomes(workspace.rubric(ref)) for ref in _refs(workspace)]
    known = {name: title for one in found for name, title in one.items()}
    return [Option(name, title) for name, title in known.items()]


def _sheet(context: PaperContext, asked: str) -> _Sheet | None:
    """Return the score sheet that the paper names, if reviews were made by it."""

    def noted(workspace: Workspace) -> dict[str, str] | None:
        ref = next((one for one in _refs(workspace) if f"{one.id}@{one.version}" == asked), None)
        if ref is None:
            return None
        return definition_content(ref, workspace.store.definition("rubric", ref.id, ref.version).text)

    def restore(content: dict[str, str] | None) -> _Sheet | None:
        if content is None:
            return None
        loaded, ref = definition_from(Rubric, asked, content)
        return _Sheet(loaded.definition, ref)

    sheet: _Sheet | None = context.look(f"rubric {asked}", noted, restore) if asked else None
    return sheet


def _results(context: PaperContext, sheet: _Sheet) -> dict[str, _Result]:
    """Return what the rule concludes on the paper's projects; once concluded, as the book has it."""
    named = frozenset(context.paper.chosen("decisions/project"))
    ref, concluded_at = sheet.ref, context.paper.concluded_at

    def booked(workspace: Workspace, until: datetime) -> Iterator[Decision]:
        for project in sorted(named):
            known = Decisions(workspace).of(project)
            yield from [one for one in known if one.rubric == ref and one.at <= until][-1:]

    def noted(workspace: Workspace) -> dict[str, dict[str, str | None]]:
        if concluded_at is not None:
            return {
                one.project_id: plain(_decided(one, sheet.rubric, workspace.settings.language))
                for one in booked(workspace, concluded_at)
            }
        try:
            panel, _basis = panel_of(workspace, f"{ref.id}@{ref.version}")
            found = [one for one in panel.result().projects if one.project in named]
        except PocEvalError:
            # Nothing to show beside the rows; the decision may still be written down.
            return {}
        return {one.project: plain(_result(one, workspace.settings.language)) for one in found}

    results: dict[str, _Result] = context.look(
        "results",
        noted,
        lambda found: {name: restored(_Result, one) for name, one in found.items()},
        lasting=concluded_at is not None,
    )
    return results


def _result(found: ProjectResult, lang: Language) -> _Result:
    total, rank, decided = found.official.total, found.official.rank, found.decision
    return _Result(
        total=None if total is None else f"{total:f}",
        rank=None if rank is None else str(rank),
        decision=None if decided is None else decided.id,
        title=None if decided is None else Text(decided.title.text("zh"), decided.title.text("en")),
        shown="—" if decided is None else decided.title.text(lang),
    )


def _decided(one: Decision, rubric: Rubric, lang: Language) -> _Result:
    """Return what the rule concluded when the decision was made."""
    rule = one.figures.get(_RULE)
    title = outcomes(rubric).get(rule or "")
    shown = "—" if title is None else title.text(lang)
    return _Result(one.figures.get("total"), one.figures.get("rank"), rule, title, shown)


def _by_the_rule(result: _Result | None) -> dict[str, str]:
    if result is None:
        return {}
    return {"total": result.total or "—", "rank": result.rank or "—", "rule": result.shown}


def _deciding(
    entries: Entries, row: Row, ref: DefinitionRef, day: date, results: Mapping[str, _Result]
) -> Deciding:
    result = results.get(row.text("project"))
    figures = {}
    if result is not None and result.total is not None:
        figures["total"] = result.total
    if result is not None and result.rank is not None:
        figures["rank"] = result.rank
    if result is not None and result.decision is not None:
        figures[_RULE] = result.decision
    return Deciding(
        project_id=row.text("project"),
        rubric=ref,
        outcome=row.text("outcome"),
        reasons=row.text("reasons"),
        decided_by=entries.text("decided_by").strip(),
        decided_on=day,
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
    if on is not None and on > context.day():
        yield PaperNote("decided_on", _("this day is still to come"))
    seen: set[str] = set()
    for row in rows:
        project, outcome = row.text("project"), row.text("outcome")
        if project in seen:
            yield PaperNote(row.place("project"), _("the project stands in the table twice"))
        seen.add(project)
        if outcome and known and outcome not in known:
            yield PaperNote(row.place("outcome"), _("the score sheet that was chosen has no such outcome"))


def _departures(rows: list[Row], results: Mapping[str, _Result]) -> Iterator[PaperNote]:
    """Yield where what was decided is not what the rule concludes: it may be, with its reasons."""
    for row in rows:
        result, outcome = results.get(row.text("project")), row.text("outcome")
        if outcome and result is not None and result.title is not None and result.decision != outcome:
            message = _(
                "the rule concludes “{conclusion}”; say in the reasons why not", conclusion=result.title
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
