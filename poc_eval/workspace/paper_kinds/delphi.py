"""Rounds of anonymous scoring (德尔菲法) as a working paper: who gave what, and when to stop."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from poc_eval.errors import InputError
from poc_eval.i18n import Text, _
from poc_eval.scoring.delphi_rounds import DelphiResult, Stated, stop_rule, troubles, work_out
from poc_eval.workspace.paper_kinds import Beginning, PaperKind
from poc_eval.workspace.paper_notes import fault_notes
from poc_eval.workspace.paper_records import (
    Assessment,
    Field,
    Figure,
    Grid,
    Layout,
    PaperNote,
    Part,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from poc_eval.workspace.paper_entries import Entries, Row
    from poc_eval.workspace.paper_kinds import PaperContext
    from poc_eval.workspace.records import Project
    from poc_eval.workspace.workspace import Workspace

_LIMITS: Final = {"iqr": "1", "cv": "0.05", "w": "0.05", "most_rounds": "4"}
_MOST_ROWS: Final = 2000
_COLUMNS: Final = (
    Field("round", Text("轮次", "Round"), required=True, help=Text("1、2、3……", "1, 2, 3 …")),
    Field("item", Text("事项", "Item"), required=True),
    Field("reviewer", Text("评审专家", "Expert"), required=True, personal=True),
    Field("score", Text("评分", "Score"), required=True),
    Field("reason", Text("理由", "Reason"), "long_text"),
)
_SCORES: Final = Grid(
    "scores",
    Text("各轮评分", "Scores of each round"),
    _COLUMNS,
    Text(
        "一位专家对一个事项的一次评分占一行；可从 Excel 整块粘贴，或导入表格",
        "A row for each expert's score of an item in a round; paste a block from Excel, or import a table",
    ),
    at_least=1,
    at_most=_MOST_ROWS,
)
_RULE: Final = Part(
    "rule",
    Text("停止规则", "When to stop"),
    (
        Field("lowest", Text("最低分", "Lowest score"), "number", negative=True),
        Field("highest", Text("最高分", "Highest score"), "number", negative=True),
        Field(
            "iqr",
            Text("各事项四分位距不超过", "No quartile range wider than"),
            "number",
            required=True,
            help=Text("中间一半专家的评分相差多少", "How far apart the middle half of the scores lies"),
        ),
        Field(
            "cv",
            Text("或：变异系数变化不超过", "Or: no CV changes by more than"),
            "number",
            required=True,
            help=Text("变异系数：标准差除以平均分", "CV: the standard deviation divided by the mean"),
        ),
        Field(
            "w",
            Text("且肯德尔 W 变化不超过", "And Kendall's W by no more than"),
            "number",
            required=True,
            help=Text(
                "肯德尔 W：各专家排序一致的程度，0 为不一致，1 为完全一致",
                "Kendall's W: how far the experts rank alike, from 0 (not) to 1 (wholly)",
            ),
        ),
        Field("most_rounds", Text("最多轮数", "At most so many rounds"), "count", required=True),
    ),
    Text(
        "评分开始前议定，中途不要更改；填写最低分和最高分后，超出范围的评分会被提示",
        "Agree on it before the first round and leave it; with lowest and highest, a score outside is told",
    ),
)


def layout(_context: PaperContext) -> Layout:
    """Return the stop rule and a table of scores."""
    return Layout((_RULE, Part("scores", Text("评分", "Scores"), (_SCORES,))))


def assess(entries: Entries, _context: PaperContext) -> Assessment:
    """Tell what cannot be used, and work out the rounds once everything can."""
    rows = [
        row for row in entries.rows("scores") if all(row.text(one.name) for one in _COLUMNS if one.required)
    ]
    faults = [*_scale_faults(entries), *_row_faults(entries, rows)]
    found: DelphiResult | None = None
    try:
        if rows and not faults and all(_limit(entries, name) is not None for name in _LIMITS):
            rule = stop_rule(
                entries.count("most_rounds") or 0,
                *(float(cast("Decimal", entries.number(name))) for name in ("iqr", "cv", "w")),
            )
            found = work_out([_stated(row) for row in rows], rule)
    except InputError as error:
        faults += fault_notes(error, lambda place: place)
    return Assessment(
        faults=tuple(faults),
        figures=_figures(found),
        outcome={} if found is None else {"rounds": len(found.rounds), "stop": _stops(found)},
        result=found,
    )


def begin(_workspace: Workspace, _project: Project | None) -> Beginning:
    """Begin with the usual limits."""
    return Beginning(fields=_LIMITS)


def _limit(entries: Entries, name: str) -> Decimal | int | None:
    return entries.count(name) if name == "most_rounds" else entries.number(name)


def _scale(entries: Entries) -> tuple[float, float] | None:
    low, high = entries.number("lowest"), entries.number("highest")
    return None if low is None or high is None or low >= high else (float(low), float(high))


def _scale_faults(entries: Entries) -> Iterator[PaperNote]:
    low, high = entries.number("lowest"), entries.number("highest")
    if low is not None and high is not None and low >= high:
        yield PaperNote("highest", _("the highest score must be above the lowest"))


def _row_faults(entries: Entries, rows: Sequence[Row]) -> Iterator[PaperNote]:
    for one in troubles([_stated(row) for row in rows], _scale(entries)):
        message = _("{what} ({remedy})", what=one.what, remedy=one.remedy)
        yield PaperNote(rows[one.row].place(one.column), message)


def _stated(row: Row) -> Stated:
    return Stated(*(row.text(name) for name in ("round", "item", "reviewer", "score", "reason")))


def _stops(found: DelphiResult) -> bool | None:
    return None if found.verdict is None else found.verdict.stop


def _figures(found: DelphiResult | None) -> tuple[Figure, ...]:
    rounds = 0 if found is None else len(found.rounds)
    figures = [Figure(Text("已完成轮数", "Rounds held"), str(rounds))]
    if found is not None:
        stop = {
            True: Text("可以停止", "Stop"),
            False: Text("继续下一轮", "Go on"),
            None: Text("尚不能判断", "Not defined"),
        }
        why = found.why_none if found.verdict is None else found.verdict.reason
        figures.append(Figure(Text("是否停止", "Stop or go on"), stop[_stops(found)], why))
        figures.append(Figure(Text("改变评分的次数", "Scores changed"), str(len(found.moved))))
    return tuple(figures)


KIND: Final = PaperKind(
    "delphi", Text("德尔菲法评分记录", "Delphi rounds"), layout, assess, begin=begin, nameless=True
)
