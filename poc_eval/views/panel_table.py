"""Experts by projects: everybody's total, what the rule leaves out, official total, rank and conclusion."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from poc_eval.i18n import _
from poc_eval.scoring.arithmetic import printed
from poc_eval.views.figures import DASH, number
from poc_eval.views.html import join, tag, typed
from poc_eval.views.panel_board import dropped

if TYPE_CHECKING:
    from markupsafe import Markup

    from poc_eval.i18n import Language, Message, Translatable
    from poc_eval.scoring.panel_result import ProjectResult
    from poc_eval.views.panel_board import PanelBoard


_MANY: Final = 8
"""Experts from whose number on a sheet of A4 takes smaller print."""


def scores_table(board: PanelBoard, lang: Language) -> Markup:
    """Return the table of projects, best first, by experts; every denominator is said in words."""
    scored = board.rubric.scores is not None
    columns = [(_("Rank"), "pe-number"), (_("Project"), None)]
    head = [tag("th", title.text(lang), scope="col", class_=class_) for title, class_ in columns]
    if scored:
        head += [
            tag("th", typed(board.expert(one, lang)), scope="col", class_="pe-number")
            for one in board.reviewers
        ]
        head.append(tag("th", _("Official total").text(lang), scope="col", class_="pe-number"))
    head.append(tag("th", _("Conclusion").text(lang), scope="col"))
    rows = [_row(board, one, lang, scored=scored) for one in board.ordered]
    table = tag(
        "table",
        tag("caption", rule_in_words(board).text(lang)),
        tag("thead", tag("tr", *head)),
        tag("tbody", *rows),
        class_="pe-table pe-panel" if len(board.reviewers) <= _MANY else "pe-table pe-panel pe-many",
    )
    return tag("div", table, class_="pe-scroll")


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


def _row(board: PanelBoard, project: ProjectResult, lang: Language, *, scored: bool) -> Markup:
    official = project.official
    rank = DASH if official.rank is None else str(official.rank)
    behind = tag("span", counted(project).text(lang), class_="pe-anchor")
    title = join([typed(board.title(project.project, lang)), behind])
    cells = [tag("td", rank, class_="pe-number pe-score"), tag("th", title, scope="row")]
    if scored:
        gone = dropped(board, project)
        cells += [_cell(board, project, one, gone.get(one), lang) for one in board.reviewers]
        total = number(official.total, board.rule.decimals)
        cells.append(tag("td", total, class_="pe-number pe-score"))
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
    head = [tag("th", _("Project").text(lang), scope="col")]
    for node in used:
        full = _("full mark {full}", full=printed(node.marks.full_mark)).text(lang)
        under = tag("span", full, class_="pe-anchor")
        title = node.criterion.title.text(lang)
        head.append(tag("th", join([title, under]), scope="col", class_="pe-number"))
    rows = []
    for one in board.ordered:
        cells = [tag("th", typed(board.title(one.project, lang)), scope="row")]
        cells += [_mean(one, node.criterion.id, lang) for node in used]
        rows.append(tag("tr", *cells))
    caption = _("Mean of the experts who scored, under it the standard deviation and how many scored.")
    table = tag(
        "table",
        tag("caption", caption.text(lang)),
        tag("thead", tag("tr", *head)),
        tag("tbody", *rows),
        class_="pe-table pe-panel",
    )
    return tag("div", table, class_="pe-scroll")


def _mean(project: ProjectResult, criterion: str, lang: Language) -> Markup:
    found = project.criteria.get(criterion)
    if found is None:
        return tag("td", _("nobody scored").text(lang), class_="pe-number pe-quiet")
    under = _("1 expert") if found.sd is None else _spread(found.sd, found.n)
    shown = join([number(found.mean, 1), tag("span", under.text(lang), class_="pe-anchor")])
    return tag("td", shown, class_="pe-number")


def _spread(sd: float, n: int) -> Message:
    return _("± {sd}, {n} experts", sd=f"{sd:.1f}", n=n)
