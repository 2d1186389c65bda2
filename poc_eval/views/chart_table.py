"""The table beside the chart of scores: the same figures, to read and to copy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poc_eval.i18n import _
from poc_eval.views.criteria import bar_of
from poc_eval.views.figures import decimals_of, number
from poc_eval.views.html import tag

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup

    from poc_eval.i18n import Language
    from poc_eval.scoring.evaluation import CriterionResult


def chart_table(results: Sequence[CriterionResult], lang: Language) -> Markup:
    """Return full mark, score, share of the full mark and, where any is asked for, the required minimum."""
    scores = decimals_of([result.score for result in results])
    fulls = decimals_of([result.full_mark for result in results])
    required = any(result.required is not None for result in results)
    columns = [_("Full mark"), _("Score"), _("Share"), *([_("Required minimum")] if required else [])]
    head = [tag("th", column.text(lang), scope="col", class_="pe-number") for column in columns]
    rows = []
    for result in results:
        figures = [number(result.full_mark, fulls), number(result.score, scores), _share(result, lang)]
        if required:
            figures.append(number(result.required))
        cells = [tag("td", shown, class_="pe-number") for shown in figures]
        rows.append(tag("tr", tag("th", result.title.text(lang), scope="row"), *cells))
    return tag(
        "table",
        tag("caption", _("The chart in figures").text(lang)),
        tag("thead", tag("tr", tag("th", _("Criterion").text(lang), scope="col"), *head)),
        tag("tbody", *rows),
        class_="pe-table pe-narrow",
    )


def _share(result: CriterionResult, lang: Language) -> str:
    if result.score is None:
        return number(None)
    return f"{number(bar_of(result, lang).share(result.score) * 100, 0)}%"
