"""The report on a panel as a static page: the conclusion first, advice marked as such, places to sign."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poc_eval.i18n import _
from poc_eval.report.data import code_of, spelled
from poc_eval.report.frame import Frame, languages, made_here, whole_page
from poc_eval.report.panel_gathering import panel_content
from poc_eval.report.style import style
from poc_eval.views.figures import date
from poc_eval.views.html import join, tag, typed
from poc_eval.views.panel import panel_conclusion, panel_notices, panel_sections, panel_subject
from poc_eval.views.panel_decision import chair_signature, signatures
from poc_eval.views.panel_texts import TITLES, panel_text
from poc_eval.views.portfolio import portfolio_conclusion, portfolio_notices, portfolio_sections
from poc_eval.views.provenance import SEEN
from poc_eval.views.review import Section
from poc_eval.views.sheet import rubric_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup

    from poc_eval.i18n import Language, Message
    from poc_eval.report.frame import Making, Page, PageLanguage
    from poc_eval.report.paper import PanelPaper


def render_panel_page(paper: PanelPaper, lang: PageLanguage, made: Making | None = None) -> Page:
    """Return the report on a panel in one language, or in both, each in a section of its own."""
    made = made or made_here()
    langs = languages(lang)
    records = panel_content(paper)
    code = made.code or code_of(spelled(records))
    body = join(_PanelReport(paper, one, code).section(main=one == langs[0]) for one in langs)
    title = " / ".join(f"{_title(paper).text(one)} · {paper.board.rubric.title.text(one)}" for one in langs)
    rules = style(code, langs)
    return whole_page(langs, title=title, code=code, rules=rules, body=body, records=records, making=made)


def _title(paper: PanelPaper) -> Message:
    if paper.portfolio is not None:
        return _("Selection under a budget")
    return _("Panel evaluation report")


class _PanelReport(Frame):
    """One language's section of a page."""

    def __init__(self, paper: PanelPaper, lang: Language, code: str) -> None:
        super().__init__(lang, code)
        self.paper = paper
        self.board = paper.board

    def section(self, *, main: bool) -> Markup:
        sections = self.sections()
        lang, portfolio = self.lang, self.paper.portfolio
        if portfolio is None:
            head = [panel_notices(self.board, lang), panel_conclusion(self.board, lang)]
            places = signatures(self.board, lang)
        else:
            head = [portfolio_notices(portfolio, lang), portfolio_conclusion(portfolio, lang)]
            places = chair_signature(lang)
        parts = [self.masthead(), *head, self.contents(sections)]
        for index, one in enumerate(sections):
            if one.key == "rubric":
                parts.append(places)
            parts.append(self.block(index, one))
        parts.append(self.colophon())
        return self.sheet(parts, main=main)

    def masthead(self) -> Markup:
        ref = self.board.basis.rubric
        names = _("With names: confidential.") if self.board.basis.named else _("Names are left out.")
        meta = [
            self.say(_("Rubric {rubric}", rubric=f"{ref.id}@{ref.version}")),
            date(self.board.basis.latest, self.board.basis.zone, self.lang),
            self.say(names),
            self.say(_("Code {code}", code=self.code)),
        ]
        return self.headed(self.say(_title(self.paper)), panel_subject(self.board, self.lang), meta)

    def sections(self) -> list[Section]:
        portfolio = self.paper.portfolio
        sections = (
            panel_sections(self.board, self.lang)
            if portfolio is None
            else portfolio_sections(portfolio, self.lang)
        )
        sections += self.texts(sections)
        if self.paper.parts:
            words = self.narrative(self.paper.parts, self.paper.words_lang)
            sections.append(Section("narrative", _("Remarks"), words))
        sections.append(Section("rubric", _("The rubric as used"), rubric_text(self.board.rubric, self.lang)))
        sections.append(Section("origin", _("Sources, versions and dates"), self.origin()))
        return sections

    def texts(self, before: Sequence[Section]) -> list[Section]:
        """Return the papers around the meeting that the notebook shows; nothing stands in a report twice."""
        there = {one.key for one in before}
        result, basis = self.board.result, self.board.basis
        return [
            Section(f"text-{part}", TITLES[part], panel_text(result, basis, part, self.lang))
            for part in self.paper.texts
            if part not in there
        ]

    def origin(self) -> Markup:
        """Return by which rule, on how many reviews, with which seed."""
        basis, rubric = self.board.basis, self.board.rubric
        ref, source = basis.rubric, rubric.source
        sure = SEEN.get(source.seen or "")
        said = [one for one in (source.document, source.clause, source.quote, source.url) if one]
        how = "" if sure is None else self.say(_(" (how sure: {sure})", sure=sure))
        stated = ("，" if self.lang == "zh" else ", ").join(said)
        named = join([rubric.title.text(self.lang), tag("code", f"{ref.id}@{ref.version}")], by=" ")
        entries = [
            (_("Rubric"), named),
            (_("SHA-256 of the rubric"), tag("code", ref.hash)),
            (_("Source of the rubric"), join([typed(stated), how])),
            (_("Submitted reviews"), join([str(basis.reviews)])),
            (_("Drafts, not counted"), join([str(basis.drafts)])),
            (_("Seed of the advice"), join([str(self.board.result.seed)])),
        ]
        rows = [tag("div", tag("dt", self.say(label)), tag("dd", value)) for label, value in entries]
        template = self.template(self.paper.template, as_shipped=self.paper.as_shipped)
        return join([tag("dl", *rows, class_="pe-origin"), template])
