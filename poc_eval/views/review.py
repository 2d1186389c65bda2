"""A review as a page shows it: the sections in their order, and the short summary for a notebook."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from poc_eval.i18n import HTML_LANG, _
from poc_eval.views.chart_table import chart_table
from poc_eval.views.charts import bar_chart, figure
from poc_eval.views.criteria import bar_of, criteria_table
from poc_eval.views.gates import gates_table
from poc_eval.views.html import join, tag, typed
from poc_eval.views.inputs import inputs_table
from poc_eval.views.project import project_facts
from poc_eval.views.provenance import provenance
from poc_eval.views.sheet import rubric_text
from poc_eval.views.statement import opinion, undertaking
from poc_eval.views.summary import missing, notices, summary

if TYPE_CHECKING:
    from markupsafe import Markup

    from poc_eval.i18n import Language, Message
    from poc_eval.views.dossier import Dossier


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a page: ``key`` names it in addresses, ``title`` to people."""

    key: str
    title: Message
    body: Markup


def review_sections(dossier: Dossier, lang: Language) -> list[Section]:
    """Return the sections of a full review in the order of the paper form; empty ones are left out."""
    scored = not dossier.evaluation.stepped_aside
    sections = [Section("project", _("The project"), project_facts(dossier, lang))]
    sections.append(Section("undertaking", _("Reviewer's undertaking"), undertaking(dossier, lang)))
    if scored and dossier.evaluation.criteria:
        body = join([inputs_table(dossier, lang), criteria_table(dossier, lang)])
        sections.append(Section("scores", _("Scores"), body))
    if scored and dossier.evaluation.gates:
        sections.append(
            Section("gates", _("Minimum requirements and exclusions"), gates_table(dossier, lang))
        )
    sections.append(Section("opinion", _("Reviewer's opinion"), opinion(dossier, lang)))
    return sections


def rubric_section(dossier: Dossier, lang: Language) -> Section:
    """Return the section with the rubric as it was used."""
    return Section("rubric", _("The rubric as used"), rubric_text(dossier.rubric, lang))


def origin_section(dossier: Dossier, lang: Language) -> Section:
    """Return the section that says by which rule, by whom and when; it stands last on a page."""
    return Section("origin", _("Sources, versions and dates"), provenance(dossier, lang))


def review_page(dossier: Dossier, lang: Language) -> str:
    """Return the whole review as one fragment, for a page that cannot show the form."""
    parts = [notices(dossier, lang), summary(dossier, lang), missing(dossier, lang)]
    parts += [
        tag("section", tag("h3", section.title.text(lang)), section.body)
        for section in (*review_sections(dossier, lang), origin_section(dossier, lang))
    ]
    return _fragment(dossier, parts, lang)


def review_summary(dossier: Dossier, lang: Language) -> str:
    """Return conclusion, total, requirements and the chart of scores with its table, as one fragment."""
    parts = [
        notices(dossier, lang),
        summary(dossier, lang),
        missing(dossier, lang),
        score_chart(dossier, lang),
    ]
    return _fragment(dossier, parts, lang)


def score_chart(dossier: Dossier, lang: Language) -> Markup:
    """Return each scored criterion as a share of its full mark, with its table; empty without scores."""
    results = [result for result in dossier.evaluation.criteria if not result.is_group]
    if dossier.evaluation.stepped_aside or not any(result.score is not None for result in results):
        return join([])
    title = _("Scores as shares of their full marks: {project}", project=dossier.project.title)
    chart = bar_chart(title, [bar_of(result, lang) for result in results], lang)
    caption = (
        _("Scores as shares of the full marks; the upright mark is the required minimum")
        if any(result.required is not None for result in results)
        else _("Scores as shares of the full marks")
    )
    return figure(chart, caption.text(lang), chart_table(results, lang))


def _fragment(dossier: Dossier, parts: list[Markup], lang: Language) -> str:
    title = typed(dossier.project.title.text(lang))
    head = tag("p", join([title, dossier.title.text(lang)], by=" · "), class_="pe-head")
    return str(tag("div", head, *parts, class_="pe-view", lang=HTML_LANG[lang]))
