"""What the working paper of a selection under a budget asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from poc_eval.i18n import Text
from poc_eval.workspace.panel_scores import rubrics_reviewed
from poc_eval.workspace.paper_records import Field, Grid, Layout, Option, Part

if TYPE_CHECKING:
    from collections.abc import Iterator

    from poc_eval.workspace.paper_kinds import PaperContext
    from poc_eval.workspace.workspace import Workspace

NORMAL: Final = "normal"
MUST_IN: Final = "in"
MUST_OUT: Final = "out"
_YUAN: Final = Text("元", "yuan")
_PROJECT: Final = Text("项目", "Project")
_FIELD: Final = Text("领域", "Field")
_PROJECTS: Final = Text("参评项目", "Projects")
_QUOTAS: Final = Text("领域名额（可选）", "Quotas by field (if wanted)")
_EXCLUSIVE: Final = Text("只能支持其一的项目（可选）", "Projects that exclude each other (if wanted)")
_CHOICES: Final = (
    Option(NORMAL, Text("正常", "as computed")),
    Option(MUST_IN, Text("必选", "must be in")),
    Option(MUST_OUT, Text("不选", "must stay out")),
)
_MARKS: Final = Text(
    "测算：✓ 入选，– 未入选，× 不参与测算（原因见该行和下方结果）。领域只在有领域名额时填写。",
    "Computed: ✓ selected, – not selected, × no candidate (why is told in the row and below). "
    "A field is needed for quotas only.",
)
_NO_REVIEWS: Final = Text(
    "尚无已提交的评审；评审提交后，此处列出所用的评分表",
    "No review is submitted yet; once one is, its score sheet stands here",
)


def layout(context: PaperContext) -> Layout:
    """Return the budget, a row for each project that was scored, the quotas and the exclusions."""
    chosen = ("projects/project", "exclusive/first", "exclusive/second")
    projects = context.choices("projects", context.paper.chosen(*chosen), _projects)
    return Layout(
        (
            _budget(context),
            Part("projects", _PROJECTS, (_table(projects),)),
            Part("quotas", _QUOTAS, (_quotas(),)),
            Part("exclusive", _EXCLUSIVE, (_exclusive(projects),)),
        )
    )


def _budget(context: PaperContext) -> Part:
    rubrics = context.choices("rubrics", context.paper.chosen("rubric"), _rubrics)
    help_ = None if rubrics else _NO_REVIEWS
    fields = (
        Field("rubric", Text("评分表", "Score sheet"), "choice", required=True, options=rubrics, help=help_),
        Field(
            "budget",
            Text("预算总额", "Budget"),
            "amount",
            required=True,
            unit=_YUAN,
            help=Text("可写 150万 或 1500000", "Such as 1500000 or 150万"),
        ),
        Field(
            "step",
            Text("试算增加额", "More to try out"),
            "amount",
            required=True,
            unit=_YUAN,
            help=Text(
                "测算预算再增加这么多时，能多支持哪些项目", "What this much more would buy is told below"
            ),
        ),
    )
    return Part("budget", Text("评分表和预算", "Score sheet and budget"), fields)


def _table(projects: tuple[Option, ...]) -> Grid:
    columns = (
        Field("project", _PROJECT, "choice", required=True, options=projects),
        Field("total", Text("正式总分", "Official total"), "shown"),
        Field("verdict", Text("测算", "Computed"), "shown"),
        Field("amount", Text("申请经费", "Asked for"), "amount", unit=_YUAN),
        Field("field", _FIELD),
        Field("choice", Text("指定", "Stated"), "choice", options=_CHOICES),
    )
    return Grid("projects", _PROJECTS, columns, _MARKS, at_least=1)


def _quotas() -> Grid:
    columns = (
        Field("field", _FIELD, required=True),
        Field("least", Text("最少（项）", "At least"), "count"),
        Field("most", Text("最多（项）", "At most"), "count"),
    )
    return Grid("quotas", _QUOTAS, columns)


def _exclusive(projects: tuple[Option, ...]) -> Grid:
    columns = (
        Field("first", Text("项目一", "One project"), "choice", required=True, options=projects),
        Field("second", Text("项目二", "The other"), "choice", required=True, options=projects),
    )
    return Grid("exclusive", _EXCLUSIVE, columns)


def _projects(workspace: Workspace) -> Iterator[Option]:
    return (Option(one.id, one.title) for one in workspace.projects())


def _rubrics(workspace: Workspace) -> Iterator[Option]:
    for asked in rubrics_reviewed(workspace):
        ref = next(
            one.rubric for one in workspace.reviews() if f"{one.rubric.id}@{one.rubric.version}" == asked
        )
        yield Option(asked, workspace.rubric(ref).title)
