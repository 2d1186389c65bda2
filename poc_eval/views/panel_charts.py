"""Charts of a panel: the heat map of totals, and expected ranks with their intervals; each beside a table."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from poc_eval.i18n import _
from poc_eval.views.charts import wrapped
from poc_eval.views.figures import number
from poc_eval.views.html import join, tag
from poc_eval.views.panel_table import absence, side_by_side

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from markupsafe import Markup

    from poc_eval.i18n import Language, Message
    from poc_eval.scoring.panel_result import ProjectResult
    from poc_eval.views.panel_board import PanelBoard

_LABELS: Final = 190
_CELL: Final = 74
_ROW: Final = 38
_LINE: Final = 17
_SHADES: Final = 5
_RANKS_WIDTH: Final = 390
_RANKS_FROM: Final = 210


def heat_map(board: PanelBoard, lang: Language) -> Markup:
    """Return everybody's total on every project, its number in the cell; the shade only supports it.

    More experts than fit side by side stand in several charts of one scale, one below the other.
    """
    totals = [total for one in board.result.projects for total in one.totals.values() if total is not None]
    if not totals:
        return join([])
    ends = (min(totals), max(totals))
    return join(_heat(board, group, ends, lang) for group in side_by_side(board.reviewers))


def _heat(
    board: PanelBoard, reviewers: Sequence[str], ends: tuple[Decimal, Decimal], lang: Language
) -> Markup:
    ordered = board.ordered
    parts = [_head(board, reviewers, lang)]
    for place, project in enumerate(ordered):
        top = _ROW * (place + 1)
        parts.append(_label(board.title(project.project, lang), top, _ROW))
        for column, reviewer in enumerate(reviewers):
            box = {"x": _LABELS + _CELL * column, "y": top, "width": _CELL, "height": _ROW}
            total = project.totals.get(reviewer)
            if total is None:
                parts.append(_cell(box, absence(project, reviewer).text(lang), "pe-tick", None))
            else:
                shown = number(total, board.rule.decimals)
                parts.append(_cell(box, shown, None, _shade(total, *ends)))
    width = _LABELS + _CELL * len(reviewers)
    said = _(
        "Totals of {reviewers} experts on {projects} projects; the table above says the same.",
        reviewers=len(reviewers),
        projects=len(ordered),
    )
    return tag(
        "svg",
        tag("title", _("Heat map of the experts' totals").text(lang)),
        tag("desc", said.text(lang)),
        *parts,
        class_="pe-chart pe-heat",
        viewBox=f"0 0 {width} {_ROW * (len(ordered) + 1) + 4}",
        role="img",
    )


def rank_chart(board: PanelBoard, lang: Language) -> Markup:
    """Return each project's expected rank with its inner 50%, and the official rank as a square."""
    shown = [one for one in board.ordered if one.expected_rank is not None]
    if not shown:
        return join([])
    most = len(shown)
    bottom = _ROW * most + 8
    parts = [_tick(rank, most, bottom) for rank in _ranks(most)]
    said = []
    for place, project in enumerate(shown):
        top = _ROW * place + 4
        title = board.title(project.project, lang)
        parts += [_label(title, top, _ROW), _interval(project, most, top)]
        said.append(f"{title}: {_in_words(project).text(lang)}")
    return tag(
        "svg",
        tag("title", _("Expected ranks with their inner 50%").text(lang)),
        tag("desc", "; ".join(said)),
        *parts,
        class_="pe-chart pe-ranks",
        viewBox=f"0 0 640 {bottom + 24}",
        role="img",
    )


def _in_words(project: ProjectResult) -> Message:
    low, high = project.interval or (project.expected_rank or 0, project.expected_rank or 0)
    return _(
        "expected rank {rank}, half of the draws from {low} to {high}",
        rank=f"{project.expected_rank or 0:.1f}",
        low=f"{low:g}",
        high=f"{high:g}",
    )


def _head(board: PanelBoard, reviewers: Sequence[str], lang: Language) -> Markup:
    names = []
    for column, reviewer in enumerate(reviewers):
        middle = _LABELS + _CELL * column + _CELL // 2
        lines = wrapped(board.expert(reviewer, lang), columns=11)
        names += [
            tag("text", line, x=middle, y=_ROW - 6 - 15 * (len(lines) - 1 - at), text_anchor="middle")
            for at, line in enumerate(lines)
        ]
    return tag("g", *names)


def _label(title: str, top: int, height: int) -> Markup:
    lines = wrapped(title)
    first = top + height / 2 + 5 - (len(lines) - 1) * _LINE / 2
    return tag(
        "g",
        *(
            tag("text", line, x=_LABELS - 14, y=f"{first + _LINE * at:.1f}", text_anchor="end")
            for at, line in enumerate(lines)
        ),
    )


def _shade(total: Decimal, low: Decimal, high: Decimal) -> int:
    share = (total - low) / (high - low) if high > low else Decimal(0)
    return min(int(share * _SHADES), _SHADES - 1)


def _cell(box: Mapping[str, int], words: str, class_: str | None, shade: int | None) -> Markup:
    middle, base = box["x"] + _CELL // 2, box["y"] + _ROW // 2 + 5
    ground = "pe-cell" if shade is None else f"pe-cell pe-shade-{shade}"
    return tag(
        "g",
        tag("rect", class_=ground, **box),
        tag("text", words, class_=class_, x=middle, y=base, text_anchor="middle"),
    )


def _ranks(most: int) -> Sequence[int]:
    step = max(1, -(-most // 10))
    return [*range(1, most + 1, step)]


def _across(rank: float, most: int) -> str:
    share = (rank - 1) / (most - 1) if most > 1 else 0.5
    return f"{_RANKS_FROM + share * _RANKS_WIDTH:.2f}"


def _tick(rank: int, most: int, bottom: int) -> Markup:
    x = _across(rank, most)
    return tag(
        "g",
        tag("line", class_="pe-grid", x1=x, y1=2, x2=x, y2=bottom),
        tag("text", str(rank), class_="pe-tick", x=x, y=bottom + 16, text_anchor="middle"),
    )


def _interval(project: ProjectResult, most: int, top: int) -> Markup:
    middle = top + _ROW // 2
    low, high = project.interval or (project.expected_rank or 1, project.expected_rank or 1)
    parts = [
        tag(
            "line",
            class_="pe-range",
            x1=_across(low, most),
            y1=middle,
            x2=_across(high, most),
            y2=middle,
        ),
        tag("circle", class_="pe-fill", cx=_across(project.expected_rank or 1, most), cy=middle, r=6),
    ]
    if project.official.rank is not None:
        x = float(_across(project.official.rank, most))
        parts.append(tag("rect", class_="pe-official", x=f"{x - 9:.2f}", y=middle - 9, width=18, height=18))
    return tag("g", *parts)
