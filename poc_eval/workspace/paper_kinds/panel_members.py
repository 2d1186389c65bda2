"""The members of a panel and who steps aside (评审专家组组成及回避) as a working paper."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, cast

from poc_eval.catalog.definitions import parse_definition
from poc_eval.i18n import Text, _
from poc_eval.workspace.conflict_rules import ConflictRules, load_rules, propose
from poc_eval.workspace.local import utc_now
from poc_eval.workspace.panel_composition import Composition, StatedAside, StatedTie, compose
from poc_eval.workspace.panel_records import BOOK_OF_MEMBERS, Meeting, Roster, Seat
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
    WorkedBy,
    cell_name,
)
from poc_eval.workspace.pinning import FOLDER, known_rubrics
from poc_eval.workspace.project_rows import project_content, project_from
from poc_eval.workspace.records import DefinitionRef, Member, PinnedDefinition, Tie

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from poc_eval.workspace.paper_entries import Entries, Row
    from poc_eval.workspace.paper_kinds import PaperContext
    from poc_eval.workspace.records import Project
    from poc_eval.workspace.workspace import Workspace
    from poc_eval.workspace.writing import Write

OTHER: Final = "other"
"""The reason to step aside that no rule names."""


@dataclass(frozen=True, slots=True)
class PanelSheet:
    """What the views draw and the book takes over."""

    stated: Composition
    roster: Roster
    entered_by: str


PERSON: Final = Field("person", Text("专家姓名", "Expert"), required=True)
MEMBERS: Final = Part(
    "members",
    Text("专家组成员", "Members"),
    (
        Grid(
            "members",
            Text("专家组成员", "Members"),
            (
                Field("name", Text("姓名", "Name"), required=True),
                Field("unit", Text("工作单位", "Unit"), required=True),
                Field("title", Text("职称（职务）", "Professional title")),
                Field("field", Text("专业领域", "Field")),
                Field("chair", Text("组长", "Chair"), "yes_no"),
            ),
            at_least=1,
        ),
    ),
    Text(
        "可从 Excel 整块粘贴：姓名、工作单位、职称、专业领域、组长",
        "Paste a block from Excel: name, unit, title, field, chair",
    ),
)
_RUBRIC: Final = Text("评分表", "Score sheet")
_RUBRIC_HELP: Final = Text("本专家组按哪张评分表评审", "The sheet that this panel judges by")


def layout(context: PaperContext) -> Layout:
    """Return meeting, projects, members, known ties and who steps aside."""
    projects = context.choices("projects", _chosen_projects(context), _projects)
    rubrics = context.choices("rubrics", context.paper.chosen("rubric"), _rubrics)
    project = Field("project", Text("项目", "Project"), "choice", required=True, options=projects)
    meeting = (
        Field("rubric", _RUBRIC, "choice", required=True, help=_RUBRIC_HELP, options=rubrics),
        Field("held_on", Text("会议日期", "Date of the meeting"), "date"),
        Field("place", Text("会议地点", "Place of the meeting")),
        Field("entered_by", Text("经办人", "Entered by"), required=True),
    )
    under_review = Text("评审项目", "Projects")
    return Layout(
        (
            Part("meeting", Text("评审会", "The meeting"), meeting),
            Part("projects", under_review, (Grid("projects", under_review, (project,), at_least=1),)),
            MEMBERS,
            _conflicts(_rules(context), project),
        )
    )


def _projects(workspace: Workspace) -> Iterator[Option]:
    return (Option(one.id, one.title) for one in workspace.projects())


def _rubrics(workspace: Workspace) -> Iterator[Option]:
    return (Option(one.id, one.title) for one in known_rubrics(workspace.path)[0])


def _chosen_projects(context: PaperContext) -> tuple[str, ...]:
    return context.paper.chosen("projects/project", "ties/project", "asides/project")


def _known_projects(context: PaperContext) -> dict[str, Project]:
    """Return the projects that the paper names, by their ids, in the order of the workspace."""
    named = frozenset(_chosen_projects(context))
    known: dict[str, Project] = context.look(
        "projects",
        # Who applied and what it is called; what a project states of itself is not about the panel.
        lambda workspace: [
            project_content(replace(one, facts=(), summary=None))
            for one in workspace.projects()
            if one.id in named
        ],
        lambda found: {one.id: one for one in map(project_from, found)},
    )
    return known


def _conflicts(rules: ConflictRules, project: Field) -> Part:
    kinds = tuple(Option(one.tie, one.title) for one in rules.rules if one.tie is not None)
    grounds = (*(Option(one.id, one.title) for one in rules.rules), Option(OTHER, Text("其他", "Other")))
    ties = (
        PERSON,
        project,
        Field("kind", Text("关系", "Tie"), "choice", required=True, options=kinds),
        Field("note", Text("具体情形", "What ties them"), required=True),
        Field("until", Text("终止日期", "Ended on"), "date"),
    )
    asides = (
        PERSON,
        project,
        Field("rule", Text("回避依据", "Ground"), "choice", required=True, options=grounds),
        Field("reason", Text("理由", "Reason"), required=True),
        Field("replacement", Text("递补专家", "Replaced by")),
    )
    return Part(
        "conflicts",
        Text("回避", "Stepping aside"),
        (
            Grid("ties", Text("已知关系", "Known ties"), ties),
            Grid("asides", Text("回避登记", "Who steps aside"), asides),
        ),
        Text(
            "系统按回避规则提示应核对的专家；是否回避由人决定，并写明理由",
            "The rules propose whom to look at; a person decides and writes the reason",
        ),
    )


def assess(entries: Entries, context: PaperContext) -> Assessment:
    """Tell what cannot be: two chairs, who is no member, a replacement that is out; propose by the rules."""
    projects = tuple(
        dict.fromkeys(row.text("project") for row in entries.rows("projects") if row.text("project"))
    )
    stated = Composition(
        title=context.paper.title,
        rubric=entries.text("rubric") or None,
        held_on=entries.day("held_on"),
        place=entries.text("place"),
        projects=projects,
        members=tuple(_member(row) for row in entries.rows("members") if row.text("name")),
        ties=tuple(_tie(row) for row in entries.rows("ties") if row.text("person")),
        asides=tuple(_aside(row) for row in entries.rows("asides") if row.text("person")),
    )
    known = _known_projects(context)
    seated = [one for one in stated.asides if one.project_id in known]
    fewest = min(
        (len(stated.members) - sum(one.project_id == project for one in seated) for project in projects),
        default=0,
    )
    return Assessment(
        faults=tuple(_faults(entries, stated)),
        warnings=tuple(_proposals(entries, context, stated)),
        figures=(
            Figure(Text("专家组成员", "Members"), str(len(stated.members))),
            Figure(Text("回避（人次）", "Times stepped aside"), str(len(stated.asides))),
            Figure(Text("单个项目最少评审人数", "Fewest experts on a project"), str(fewest)),
        ),
        outcome={"members": len(stated.members), "asides": len(stated.asides)},
        result=PanelSheet(
            stated,
            _roster(stated, tuple(known[one] for one in projects if one in known)),
            entries.text("entered_by"),
        ),
    )


def begin(workspace: Workspace, _project: Project | None) -> Beginning:
    """Pin the rules on stepping aside, and begin with all projects of the workspace."""
    loaded = load_rules(folders=(workspace.path / FOLDER,))
    ref = DefinitionRef(loaded.definition.id, loaded.definition.version, loaded.hash)
    workspace.store.pin(PinnedDefinition("conflicts", ref, loaded.file, loaded.text, utc_now()))
    fields = {
        cell_name("projects", f"p{number:04d}", "project"): project.id
        for number, project in enumerate(workspace.projects(), start=1)
    }
    return Beginning((WorkedBy("conflicts", ref),), fields)


def concluded(write: Write, _context: PaperContext, assessment: Assessment) -> None:
    """Make the book of panels say what the paper says."""
    sheet = cast("PanelSheet", assessment.result)
    compose(write, sheet.stated, by=sheet.entered_by)


def _rules(context: PaperContext) -> ConflictRules:
    (pinned,) = context.definitions
    return parse_definition(ConflictRules, pinned.text, pinned.file).definition


def _member(row: Row) -> Member:
    chair = row.yes_no("chair") is True
    return Member(row.text("name").strip(), row.text("unit"), row.text("title"), row.text("field"), chair)


def _tie(row: Row) -> StatedTie:
    return StatedTie(
        row.text("person").strip(), row.text("project"), row.text("kind"), row.text("note"), row.day("until")
    )


def _aside(row: Row) -> StatedAside:
    return StatedAside(
        row.text("person").strip(),
        row.text("project"),
        row.text("rule"),
        row.text("reason"),
        row.text("replacement").strip() or None,
    )


def _faults(entries: Entries, stated: Composition) -> Iterator[PaperNote]:
    yield from name_notes("entered_by", entries.text("entered_by"))
    seen: set[str] = set()
    chairs = [one.name for one in stated.members if one.chair]
    for row in entries.rows("members"):
        name = row.text("name").strip()
        yield from name_notes(row.place("name"), name)
        if name and name in seen:
            yield PaperNote(row.place("name"), _("{person} stands in the table twice", person=name))
        seen.add(name)
        if row.yes_no("chair") and len(chairs) > 1:
            yield PaperNote(
                row.place("chair"), _("a panel has one chair; {count} are marked", count=len(chairs))
            )
    for row in entries.rows("ties"):
        yield from name_notes(row.place("person"), row.text("person").strip())
    places: set[tuple[str, str]] = set()
    for row in entries.rows("asides"):
        yield from _aside_faults(row, stated, places)


def _aside_faults(row: Row, stated: Composition, places: set[tuple[str, str]]) -> Iterator[PaperNote]:
    one, members = _aside(row), {member.name for member in stated.members}
    out = [other.person for other in stated.asides if other.project_id == one.project_id]
    if one.person and one.person not in members:
        yield PaperNote(row.place("person"), _("{person} is no member of this panel", person=one.person))
    if one.project_id and one.project_id not in stated.projects:
        yield PaperNote(row.place("project"), _("this panel does not judge the project"))
    if one.person and out.count(one.person) > 1:
        yield PaperNote(row.place("person"), _("{person} stands in the table twice", person=one.person))
    if one.replaced_by is None:
        return
    if one.replaced_by not in members:
        message = _("{person} is no member of this panel", person=one.replaced_by)
        yield PaperNote(row.place("replacement"), message)
    elif one.replaced_by in out:
        message = _("{person} steps aside on this project too", person=one.replaced_by)
        yield PaperNote(row.place("replacement"), message)
    elif (one.replaced_by, one.project_id) in places:
        message = _("{person} stands in for somebody else on this project", person=one.replaced_by)
        yield PaperNote(row.place("replacement"), message)
    places.add((one.replaced_by, one.project_id))


def _proposals(entries: Entries, context: PaperContext, stated: Composition) -> Iterator[PaperNote]:
    """Yield whom the rules would have step aside and who does not, beside the member."""
    projects = {name: one for name, one in _known_projects(context).items() if name in stated.projects}
    written = {(one.person, one.project_id) for one in stated.asides}
    ties = [Tie("", one.person, one.project_id, one.kind, one.note, one.until) for one in stated.ties]
    on = stated.held_on or context.day()
    rows = {row.text("name").strip(): row for row in entries.rows("members")}
    for one in propose(_rules(context), stated.members, projects, ties, on):
        if (one.person, one.project_id) not in written:
            yield PaperNote(
                rows[one.person].place("name"),
                _(
                    "{project}: {rule}? {reason}; write down who steps aside, or leave it where it is not so",
                    project=projects[one.project_id].title,
                    rule=one.title,
                    reason=one.reason,
                ),
            )


def _roster(stated: Composition, projects: Sequence[Project]) -> Roster:
    """Return the panel with names, for the lists that are printed from the paper."""
    seats = tuple(
        Seat(
            one.name,
            one.unit,
            one.title,
            one.field,
            one.chair,
            listed=True,
            aside=tuple(aside.project_id for aside in stated.asides if aside.person == one.name),
            stands_in=tuple(aside.project_id for aside in stated.asides if aside.replaced_by == one.name),
        )
        for one in stated.members
    )
    return Roster(
        tuple(projects), seats, (Meeting(stated.title, stated.held_on, stated.place or None),), named=True
    )


KIND: Final = PaperKind(
    "panel_members",
    BOOK_OF_MEMBERS,
    layout,
    assess,
    begin=begin,
    concluded=concluded,
)
