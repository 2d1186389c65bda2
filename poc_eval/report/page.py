"""The report on one review as a static HTML page: same paper in, same bytes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poc_eval.i18n import _
from poc_eval.report.data import code_of, content, spelled
from poc_eval.report.frame import Frame, languages, made_here, whole_page
from poc_eval.report.style import style
from poc_eval.views.figures import date
from poc_eval.views.html import join, tag
from poc_eval.views.review import Section, origin_section, review_sections, rubric_section, score_chart
from poc_eval.views.summary import missing, notices, summary

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup

    from poc_eval.i18n import Language
    from poc_eval.report.frame import Making, Page, PageLanguage
    from poc_eval.report.paper import Paper


def render_page(paper: Paper, lang: PageLanguage, made: Making | None = None) -> Page:
    """Return the report on ``paper`` in one language, or in both, each in a section of its own."""
    made = made or made_here()
    langs = languages(lang)
    records = content(paper)
    code = made.code or code_of(spelled(records))
    body = join(_Report(paper, one, code).section(main=one == langs[0]) for one in langs)
    rules = style(code, langs, head=_("Draft, not submitted") if paper.dossier.draft else None)
    title = _title(paper, langs)
    return whole_page(langs, title=title, code=code, rules=rules, body=body, records=records, making=made)


def _title(paper: Paper, langs: Sequence[Language]) -> str:
    names = [f"{paper.dossier.project.title.text(lang)} · {paper.dossier.title.text(lang)}" for lang in langs]
    return " / ".join(names)


class _Report(Frame):
    """One language's section of a page."""

    def __init__(self, paper: Paper, lang: Language, code: str) -> None:
        super().__init__(lang, code)
        self.paper = paper
        self.dossier = paper.dossier

    def section(self, *, main: bool) -> Markup:
        sections = self.sections()
        parts = [
            self.masthead(),
            notices(self.dossier, self.lang),
            summary(self.dossier, self.lang),
            missing(self.dossier, self.lang),
            self.contents(sections),
        ]
        for index, one in enumerate(sections):
            if one.key == "rubric" and not self.dossier.draft and self.dossier.named:
                parts.append(self.signatures())
            parts.append(self.block(index, one))
        parts.append(self.colophon())
        return self.sheet(parts, main=main)

    def sections(self) -> list[Section]:
        sections = []
        for one in review_sections(self.dossier, self.lang):
            if one.key == "scores" and self.paper.chart:
                sections.append(Section(one.key, one.title, one.body + score_chart(self.dossier, self.lang)))
            else:
                sections.append(one)
        if self.paper.parts:
            words = self.narrative(self.paper.parts, self.paper.words_lang)
            sections.append(Section("narrative", _("Reviewer's notes"), words))
        origin = origin_section(self.dossier, self.lang)
        template = self.template(self.paper.template, as_shipped=self.paper.as_shipped)
        whole = Section(origin.key, origin.title, origin.body + template)
        return [*sections, rubric_section(self.dossier, self.lang), whole]

    def masthead(self) -> Markup:
        dossier, review = self.dossier, self.dossier.review
        day = date(review.submitted_at or review.updated_at, dossier.zone, self.lang)
        meta = [
            self.say(_("Rubric {rubric}", rubric=f"{review.rubric.id}@{review.rubric.version}")),
            day,
            self.say(_("Code {code}", code=self.code)),
        ]
        return self.headed(self.say(dossier.title), dossier.project.title.text(self.lang), meta)

    def signatures(self) -> Markup:
        places = (_("Reviewer (signature)"), _("Chair of the panel (signature)"), _("Date"))
        return tag("ul", *(tag("li", self.say(place)) for place in places), class_="pe-signatures")
