"""Whom and what the review is about, each fact with where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poc_eval.i18n import _
from poc_eval.views.figures import instant
from poc_eval.views.html import join, tag, typed

if TYPE_CHECKING:
    from markupsafe import Markup

    from poc_eval.i18n import Language, Message, Text
    from poc_eval.views.dossier import Dossier


def project_facts(dossier: Dossier, lang: Language) -> Markup:
    """Return the head of the sheet, the project's summary, and its stated facts with their sources."""
    return join([_head(dossier, lang), _summary(dossier, lang), _facts(dossier, lang)])


def _head(dossier: Dossier, lang: Language) -> Markup:
    project = dossier.project
    platform = project.kind == "platform"
    pairs = [
        (_("Platform") if platform else _("Project"), typed(project.title.text(lang))),
        (_("Operator") if platform else _("Applicant"), _stated(project.applicant, lang)),
        (_("Field of technology"), _stated(project.field, lang)),
        (_("Stage"), _stated(project.stage, lang)),
        (_("Reviewer"), typed(dossier.reviewer.text(lang))),
        (_("Submitted at"), _submitted(dossier, lang)),
    ]
    entries = [tag("div", tag("dt", label.text(lang)), tag("dd", value)) for label, value in pairs]
    return tag("dl", *entries, class_="pe-facts")


def _submitted(dossier: Dossier, lang: Language) -> str:
    at = dossier.review.submitted_at
    return _("Not submitted").text(lang) if at is None else instant(at, dossier.zone)


def _stated(words: Text | None, lang: Language) -> Markup:
    return (
        typed(words.text(lang))
        if words is not None
        else tag("span", _("Not stated").text(lang), class_="pe-quiet")
    )


def _summary(dossier: Dossier, lang: Language) -> Markup:
    words = dossier.project.summary
    return typed(words.text(lang), block=True) if words is not None else join([])


def _facts(dossier: Dossier, lang: Language) -> Markup:
    """Return the stated facts; a source that they all share stands above them once."""
    facts, common = dossier.project.stated, dossier.project.source
    if not facts:
        return join([])
    shared = all(fact.source in {None, common} for fact in facts)
    columns = [_("Stated fact"), _("Content"), *(() if shared else (_("Source"),))]
    head = [tag("th", column.text(lang), scope="col") for column in columns]
    rows = [
        tag(
            "tr",
            tag("th", typed(fact.label.text(lang)), scope="row"),
            tag("td", typed(fact.value.text(lang))),
            None if shared else tag("td", typed(fact.source or common), class_="pe-quiet"),
        )
        for fact in facts
    ]
    return tag(
        "table",
        tag("caption", _caption(common if shared else None).text(lang)),
        tag("thead", tag("tr", *head)),
        tag("tbody", *rows),
        class_="pe-table pe-fact-table",
    )


def _caption(source: str | None) -> Message:
    if source is None:
        return _("Facts of the project as its documents state them")
    return _("Facts of the project as its documents state them (source: {source})", source=source)
