"""The rubric itself, as it was used: what each criterion means and what each score stands for."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from poc_eval.i18n import _
from poc_eval.scoring.arithmetic import printed
from poc_eval.scoring.gating import with_unit
from poc_eval.views.figures import number
from poc_eval.views.html import join, tag

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markupsafe import Markup

    from poc_eval.i18n import Language, Message
    from poc_eval.scoring.criterion import Band, Criterion, Level, Measured
    from poc_eval.scoring.rubric import Rubric
    from poc_eval.scoring.rules import Extra
    from poc_eval.scoring.structure import Node


def rubric_text(rubric: Rubric, lang: Language) -> Markup:
    """Return the rubric's criteria with definitions, levels, bands and tables, and how the total is made."""
    columns = ((_("Criterion"), None), (_("Full mark"), "pe-number"), (_("Meaning, levels and bands"), None))
    head = [tag("th", title.text(lang), scope="col", class_=name) for title, name in columns]
    total = tag("p", total_method(rubric).text(lang), class_="pe-quiet")
    if not rubric.criteria:
        return total
    rows = [_criterion(node, rubric, lang) for node in rubric.every_node]
    rows += [_extra(extra, _("Bonus"), lang) for extra in rubric.bonuses]
    rows += [_extra(extra, _("Deduction"), lang) for extra in rubric.deductions]
    table = tag(
        "table",
        tag("caption", rubric.title.text(lang)),
        tag("thead", tag("tr", *head)),
        tag("tbody", *rows),
        class_="pe-table pe-sheet",
    )
    return join([table, total])


def _criterion(node: Node, rubric: Rubric, lang: Language) -> Markup:
    criterion = node.criterion
    full = number(Decimal(printed(node.marks.full_mark)))
    weight = tag("span", _("weight {weight}", weight=number(criterion.weight)).text(lang), class_="pe-anchor")
    return tag(
        "tr",
        tag("th", criterion.title.text(lang), scope="row", class_=f"pe-depth-{min(node.depth, 3)}"),
        tag("td", full, weight if criterion.weight is not None else None, class_="pe-number"),
        tag("td", *_meaning(criterion, rubric, lang)),
        class_="pe-group" if node.children else None,
    )


def _meaning(criterion: Criterion, rubric: Rubric, lang: Language) -> Iterator[Markup]:
    if criterion.definition is not None:
        yield tag("p", criterion.definition.text(lang))
    lines = [_band(band, lang) for band in criterion.bands] or [_level(one, lang) for one in criterion.levels]
    if lines:
        yield tag("ul", *(tag("li", line) for line in lines))
    if criterion.measured is not None:
        yield tag("p", _measured(criterion.measured, rubric, lang))
    if not criterion.counts:
        yield tag("p", _("Asked, but not counted in the total.").text(lang), class_="pe-quiet")


def _band(band: Band, lang: Language) -> str:
    span = f"{printed(band.from_)}–{printed(band.to)}"
    if band.text is None:
        return span
    return _("{score}: {words}", score=span, words=band.text).text(lang)


def _level(level: Level, lang: Language) -> str:
    said = _("{score}: {words}", score=printed(level.score), words=level.text).text(lang)
    if not level.evidence:
        return said
    shown = ("、" if lang == "zh" else ", ").join(one.text(lang) for one in level.evidence)
    return said + _(" (evidence: {shown})", shown=shown).text(lang)


def _measured(measured: Measured, rubric: Rubric, lang: Language) -> str:
    asked = rubric.asked_inputs[measured.input]
    if measured.unit is not None:
        asked = asked.model_copy(update={"unit": measured.unit})
    rows = [
        _("from {value}: {score}", value=with_unit(row.from_, asked), score=printed(row.score)).text(lang)
        for row in measured.table
    ]
    how = _("in steps") if measured.between == "step" else _("in straight lines between them")
    steps = ("；" if lang == "zh" else "; ").join(rows)
    return _("Measured by {label}, {how}: {steps}", label=asked.label, how=how, steps=steps).text(lang)


def _extra(extra: Extra, kind: Message, lang: Language) -> Markup:
    return tag(
        "tr",
        tag("th", extra.title.text(lang), scope="row"),
        tag("td", _("up to {limit}", limit=number(extra.up_to)).text(lang), class_="pe-number pe-quiet"),
        tag("td", kind.text(lang)),
    )


def total_method(rubric: Rubric) -> Message:
    """Return how the total follows from the scores, and its full mark."""
    if rubric.total_marks is None:
        return _("A checklist without scores.")
    full = printed(rubric.total_marks.full_mark)
    if rubric.total.method == "weighted_mean":
        return _("Mean of the scores by their weights, full mark {full}.", full=full)
    if rubric.total.method == "weighted_sum":
        return _("Sum of the scores times their weights, full mark {full}.", full=full)
    return _("Sum of the scores, full mark {full}.", full=full)
