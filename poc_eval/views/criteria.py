"""The score sheet as filled in: full mark, score, where it stands, why, and on what evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poc_eval.i18n import _
from poc_eval.scoring.gating import with_unit
from poc_eval.views.charts import Bar, position_bar
from poc_eval.views.figures import decimals_of, number
from poc_eval.views.html import join, tag, typed
from poc_eval.views.sheet import total_method

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from markupsafe import Markup

    from poc_eval.i18n import Language
    from poc_eval.scoring.evaluation import Adjustment, CriterionResult
    from poc_eval.views.dossier import Dossier


def criteria_table(dossier: Dossier, lang: Language) -> Markup:
    """Return the table of criteria, bonuses, deductions and the total; groups stand before their children."""
    return _Sheet(dossier, lang).table()


def bar_of(result: CriterionResult, lang: Language) -> Bar:
    """Return a criterion's score on its own scale."""
    return Bar(
        result.title.text(lang),
        result.minimum,
        result.full_mark,
        result.score,
        result.required,
        result.best_low,
    )


class _Sheet:
    """One table: which columns it needs, and with how many decimals all of its scores are printed."""

    def __init__(self, dossier: Dossier, lang: Language) -> None:
        self.evaluation = dossier.evaluation
        self.rubric = dossier.rubric
        self.lang = lang
        criteria, adjustments = self.evaluation.criteria, self.evaluation.adjustments
        measured = (node.criterion for node in dossier.rubric.every_node if node.criterion.measured)
        self.inputs = {one.id: one.measured.input for one in measured if one.measured}
        self.aside = {node.criterion.id for node in dossier.rubric.every_node if not node.criterion.counts}
        self.weighted = any(result.weight is not None for result in criteria)
        self.shown_total = self.evaluation.total
        if self.shown_total is None:
            self.shown_total = self.evaluation.running_total
        points = [
            *(result.score for result in criteria),
            *(item.points for item in adjustments),
            self.shown_total,
        ]
        self.decimals = decimals_of(points)
        self.full_decimals = decimals_of(
            [*(result.full_mark for result in criteria), self.evaluation.full_mark]
        )

    def table(self) -> Markup:
        rows = [self.criterion(result) for result in self.evaluation.criteria]
        rows += [self.adjustment(item) for item in self.evaluation.adjustments]
        if self.evaluation.full_mark is not None:
            rows.append(self.total())
        marked = any(result.required is not None for result in self.evaluation.criteria)
        caption = (
            _("The upright mark is the required minimum; in brackets, what the score stands for.")
            if marked
            else _("In brackets, what the score stands for.")
        )
        return tag(
            "table",
            tag("caption", caption.text(self.lang)),
            tag("thead", self.head()),
            tag("tbody", *rows),
            class_="pe-table pe-criteria",
        )

    def head(self) -> Markup:
        cells = [self.column(_("Criterion").text(self.lang))]
        if self.weighted:
            cells.append(self.column(_("Weight").text(self.lang), "pe-number"))
        cells += [
            self.column(_("Full mark").text(self.lang), "pe-number"),
            self.column(_("Score").text(self.lang), "pe-number"),
            self.column(_("Position").text(self.lang)),
            self.column(_("Reasons and evidence").text(self.lang)),
        ]
        return tag("tr", *cells)

    def column(self, title: str, class_: str | None = None) -> Markup:
        return tag("th", title, scope="col", class_=class_)

    def criterion(self, result: CriterionResult) -> Markup:
        lang = self.lang
        name = tag("th", result.title.text(lang), scope="row", class_=f"pe-depth-{min(result.depth, 3)}")
        cells = [name]
        if self.weighted:
            cells.append(
                tag("td", number(result.weight) if result.weight is not None else "", class_="pe-number")
            )
        cells += [
            tag("td", number(result.full_mark, self.full_decimals), class_="pe-number"),
            tag("td", self.score(result.score), class_="pe-number pe-score"),
            tag("td", self.place(result), class_="pe-position"),
            tag("td", self.why(result), class_="pe-why"),
        ]
        return tag("tr", *cells, class_="pe-group" if result.is_group else None)

    def score(self, score: Decimal | None) -> str:
        return number(score, self.decimals)

    def place(self, result: CriterionResult) -> Markup:
        """Return the bar, and under it the band that was chosen."""
        said: list[str] = []
        if result.band is not None:
            said.append(_("band {band}", band=result.band.replace("-", "–")).text(self.lang))
        if result.best_low:
            said.append(_("the lowest score is the best").text(self.lang))
        if result.id in self.aside:
            said.append(_("not counted in the total").text(self.lang))
        under = [tag("span", line, class_="pe-anchor") for line in said]
        return join([position_bar(bar_of(result, self.lang), self.lang), *under])

    def why(self, result: CriterionResult) -> Markup:
        """Return what the score stands for in brackets, the reason, and the evidence behind its label."""
        parts = [tag("span", said, class_="pe-anchor") for said in self.stands_for(result)]
        parts.append(typed(result.reason))
        if result.evidence.strip():
            label = tag("span", _("Evidence: ").text(self.lang), class_="pe-evidence-label")
            parts.append(tag("span", label, typed(result.evidence), class_="pe-evidence"))
        return join(parts, by=" ")

    def stands_for(self, result: CriterionResult) -> Iterator[str]:
        lang = self.lang
        if result.measured_value is not None:
            said = _("measured {value}", value=self.measured(result, result.measured_value)).text(lang)
            yield _("({parts})", parts=said).text(lang)
        if result.anchor is not None:
            yield _("({parts})", parts=result.anchor).text(lang)
        if result.beside is not None:
            level, words = result.beside
            beside = _("{level}: {words}", level=level, words=words)
            yield _("({parts})", parts=beside).text(lang)

    def measured(self, result: CriterionResult, value: Decimal) -> str:
        """Return a measured figure as people write it: a share in per cent, others with their unit."""
        asked = self.rubric.asked_inputs.get(self.inputs.get(result.id, ""))
        if asked is not None and asked.kind == "share":
            return with_unit(value, asked).text(self.lang)
        unit = result.unit.text(self.lang) if result.unit is not None else ""
        return f"{number(value)} {unit}".strip()

    def adjustment(self, item: Adjustment) -> Markup:
        limit = _("up to {limit}", limit=number(item.limit)).text(self.lang)
        points = number(item.points, self.decimals) if item.points is not None else number(None)
        cells = [tag("th", item.title.text(self.lang), scope="row")]
        if self.weighted:
            cells.append(tag("td"))
        cells += [
            tag("td", limit, class_="pe-number pe-quiet"),
            tag("td", points, class_="pe-number pe-score"),
            tag("td"),
            tag("td", typed(item.reason), class_="pe-why"),
        ]
        return tag("tr", *cells, class_="pe-adjustment")

    def total(self) -> Markup:
        known = self.evaluation.total is not None
        label = _("Total") if known else _("Total so far")
        cells = [tag("th", label.text(self.lang), scope="row")]
        if self.weighted:
            cells.append(tag("td"))
        note = total_method(self.rubric) if known else _("Not all scores are given yet.")
        cells += [
            tag("td", number(self.evaluation.full_mark, self.full_decimals), class_="pe-number"),
            tag("td", number(self.shown_total, self.decimals), class_="pe-number pe-score"),
            tag("td"),
            tag("td", note.text(self.lang), class_="pe-quiet"),
        ]
        return tag("tr", *cells, class_="pe-total")
