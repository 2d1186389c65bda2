"""Experts by projects: everybody's total, what the rule leaves out, official total, rank and conclusion."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from poc_eval.i18n import _
from poc_eval.scoring.arithmetic import printed
from poc_eval.views.figures import DASH, number
from poc_eval.views.html import join, tag, typed
from poc_eval.views.panel_board import dropped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup

    from poc_eval.i18n import Language, Message, Translatable
    from poc_eval.scoring.panel_result import ProjectResult
    from poc_eval.scoring.structure import Node
    from poc_eval.views.panel_board import PanelBoard

T = TypeVar("T")

MOST_BESIDE: Final = 9
"""Columns beside one another on a sheet of A4, after rank and title; more go into a table below."""
RESULT_COLUMNS: Final = 2
"""The official total and the conclusion, in the last of the tables."""


def scores_table(board: PanelBoard, lang: Language) -> Markup:
    """Return the table of projects, best first, by experts; every denominator is said in words.

    More experts than a sheet of A4 holds stand in several tables, one below the other.
    """
    shown = board.reviewers if board.rubric.scores is not None else ()
    groups = side_by_side(shown, more=RESULT_COLUMNS)
    tables = [
        _block(board, group, lang, first=place == 0, last=place == len(groups) - 1)
        for place, group in enumerate(groups)
    ]
    return tag("div", *tables, class_="pe-scroll", tabindex=0)


def side_by_side(columns: Sequence[T], *, more: int = 0) -> list[Sequence[T]]:
    """Return the columns in groups of about one size that fit a sheet, ``more`` columns after the last."""
    whole = len(columns) + more
    size = max(1, -(-whole // max(1, -(-whole // MOST_BESIDE))))
    return [columns[start : start + size] for start in range(0, max(1, len(columns)), size)]


def _block(board: PanelBoard, reviewers: Sequence[str], lang: Language, *, first: bool, last: bool) -> Markup:
    scored = board.rubric.scores is not None
    columns = [(_("Rank"), "pe-number"), (_("Project"), None)]
    head = [tag("th", title.text(lang), scope="col", class_=class_) for title, class_ in columns]
    head += [tag("th", typed(board.expert(one, lang)), scope="col", class_="pe-number") for one in reviewers]
    if last and scored:
        head.append(tag("th", _("Official total").text(lang), scope="col", class_="pe-number"))
    if last:
        head.append(tag("th", _("Conclusion").text(lang), scope="col"))
    rows = [_row(board, one, reviewers, lang, first=first, last=last) for one in board.ordered]
    said = rule_in_words(board) if first else _("The same projects, the other experts")
    return tag(
        "table",
        tag("caption", said.text(lang)),
        tag("thead", tag("tr", *head)),
        tag("tbody", *rows),
        class_="pe-table pe-panel pe-scores",
    )


def rule_in_words(board: PanelBoard) -> Message:
    """Return the rubric's own way from everybody's totals to one."""
    rule = board.rule
    if rule.average == "median":
        return _("By the rubric's rule: the median of the totals.")
    if rule.average == "mean":
        return _("By the rubric's rule: the mean of the totals.")
    trim = rule.trim
    high, low, least = (1, 1, 3) if trim is None else (trim.high, trim.low, trim.from_ or 0)
    known = {"high": high, "low": low, "least": max(least, high + low + 1)}
    if trim is not None and trim.by == "criterion":
        return _(
            "By the rubric's rule: from {least} experts on, {high} highest and {low} lowest scores of each "
            "criterion are dropped, and the rest is averaged.",
            **known,
        )
    return _(
        "By the rubric's rule: from {least} experts on, {high} highest and {low} lowest totals are dropped, "
        "and the rest is averaged.",
        **known,
    )


def counted(project: ProjectResult) -> Message:
    """Return how many experts stand behind a project's total, and why not the others."""
    official, aside = project.official, len(project.conflicted)
    known = {"given": official.given, "counted": official.counted, "aside": aside}
    if official.counted < official.given:
        if aside:
            return _("{counted} counted of {given} experts, {aside} stepped aside", **known)
        return _("{counted} counted of {given} experts", counted=official.counted, given=official.given)
    present = official.given or len(project.reviewers)
    if aside:
        return _("{present} experts counted, {aside} stepped aside", present=present, aside=aside)
    return _("{present} experts counted", present=present)


def conclusion(project: ProjectResult) -> Translatable | None:
    """Return what the rule concludes, or why it concludes nothing; None where it has nothing to say."""
    if project.decision is not None:
        return project.decision.title
    return project.official.reason


def _row(
    board: PanelBoard,
    project: ProjectResult,
    reviewers: Sequence[str],
    lang: Language,
    *,
    first: bool,
    last: bool,
) -> Markup:
    official = project.official
    rank = DASH if official.rank is None else str(official.rank)
    title = typed(board.title(project.project, lang))
    if first:
        title = join([title, tag("span", counted(project).text(lang), class_="pe-anchor")])
    cells = [tag("td", rank, class_="pe-number pe-score"), tag("th", title, scope="row")]
    gone = dropped(board, project)
    cells += [_cell(board, project, one, gone.get(one), lang) for one in reviewers]
    if last and board.rubric.scores is not None:
        total = number(official.total, board.rule.decimals)
        cells.append(tag("td", total, class_="pe-number pe-score"))
    if last:
        said = conclusion(project)
        cells.append(tag("td", DASH if said is None else said.text(lang), class_="pe-outcome"))
    return tag("tr", *cells)


def _cell(
    board: PanelBoard, project: ProjectResult, reviewer: str, gone: Message | None, lang: Language
) -> Markup:
    total = project.totals.get(reviewer)
    if total is None:
        return tag("td", absence(project, reviewer).text(lang), class_="pe-number pe-quiet")
    shown = number(total, board.rule.decimals)
    if gone is None:
        return tag("td", shown, class_="pe-number")
    under = tag("span", gone.text(lang), class_="pe-anchor")
    return tag("td", join([tag("span", shown, class_="pe-dropped"), under]), class_="pe-number")


def absence(project: ProjectResult, reviewer: str) -> Message:
    """Return why there is no total of a reviewer."""
    if reviewer in project.conflicted:
        return _("stepped aside")
    return _("not complete") if reviewer in project.reviewers else _("not reviewed")


def criteria_means(board: PanelBoard, lang: Language) -> Markup:
    """Return the table of projects by criteria: the mean, and under it the standard deviation."""
    nodes = [node for node in board.rubric.every_node if not node.children]
    used = [node for node in nodes if any(node.criterion.id in one.criteria for one in board.result.projects)]
    if not used:
        return join([])
    tables = [_means(board, group, lang, first=place == 0) for place, group in enumerate(side_by_side(used))]
    return tag("div", *tables, class_="pe-scroll", tabindex=0)


def _means(board: PanelBoard, nodes: Sequence[Node], lang: Language, *, first: bool) -> Markup:
    head = [tag("th", _("Project").text(lang), scope="col")]
    for node in nodes:
        full = _("full mark {full}", full=printed(node.marks.full_mark)).text(lang)
        under = tag("span", full, class_="pe-anchor")
        title = node.criterion.title.text(lang)
        head.append(tag("th", join([title, under]), scope="col", class_="pe-number"))
    rows = []
    for one in board.ordered:
        cells = [tag("th", typed(board.title(one.project, lang)), scope="row")]
        cells += [_mean(one, node.criterion.id, lang) for node in nodes]
        rows.append(tag("tr", *cells))
    caption = (
        _("Mean of the experts who scored, under it the standard deviation and how many scored.")
        if first
        else _("The same projects, the other criteria")
    )
    return tag(
        "table",
        tag("caption", caption.text(lang)),
        tag("thead", tag("tr", *head)),
        tag("tbody", *rows),
        class_="pe-table pe-panel",
    )


def _mean(project: ProjectResult, criterion: str, lang: Language) -> Markup:
    found = project.criteria.get(criterion)
    if found is None:
        return tag("td", _("nobody scored").text(lang), class_="pe-number pe-quiet")
    under = _("1 expert") if found.sd is None else _spread(found.sd, found.n)
    shown = join([number(found.mean, 1), tag("span", under.text(lang), class_="pe-anchor")])
    return tag("td", shown, class_="pe-number")


def _spread(sd: float, n: int) -> Message:
    return _("± {sd}, {n} experts", sd=f"{sd:.1f}", n=n)
