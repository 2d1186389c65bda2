"""From what a notebook says to a sealed page: gathered, without names where that is asked, drawn, sealed.

What only panels and working papers need is loaded for them alone: it takes longer than a hundred reviews.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from poc_eval.report.frame import made_here
from poc_eval.report.gathering import gathered
from poc_eval.report.made import Report, definition_without_names, template_id, told
from poc_eval.report.page import render_page
from poc_eval.report.redaction import without_names
from poc_eval.report.scrubbing import Scrubber, terms_of
from poc_eval.report.seal import sealed, sealing_of
from poc_eval.workspace.sealing import people_in

if TYPE_CHECKING:
    from poc_eval.errors import Fault
    from poc_eval.i18n import Language
    from poc_eval.report.frame import PageLanguage
    from poc_eval.report.made import ReportLanguage
    from poc_eval.report.paper import Paper
    from poc_eval.workspace.documents import NotebookDocument
    from poc_eval.workspace.records import ReviewRecord
    from poc_eval.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class _About:
    """The review that a report is on, as it stands in the workspace, and what was left out."""

    review: ReviewRecord
    left_out: tuple[Fault, ...]


def report_on(document: NotebookDocument, home: Workspace, lang: ReportLanguage | None) -> Report:
    """Return the report on a notebook: on a review, a panel or a working paper."""
    if document.panel is not None:
        from poc_eval.report.making_panel import panel_report  # noqa: PLC0415 loads pandas and scipy

        return panel_report(document, document.panel, home, lang)
    if document.paper is not None:
        from poc_eval.report.making_paper import working_paper_report  # noqa: PLC0415 loads every kind

        return working_paper_report(document, document.paper, home, lang)
    paper, left_out = gathered(document, home)
    about = _About(paper.dossier.review, left_out)
    return _report(document, home, paper, lang or paper.words_lang, about=about)


def report_without_names(document: NotebookDocument, home: Workspace, lang: ReportLanguage | None) -> Report:
    """Return the report on a notebook from redacted records; raises ``NotebookError`` where there is none."""
    if document.paper is not None:
        from poc_eval.report.making_paper import working_paper_report_without_names  # noqa: PLC0415 as above

        return working_paper_report_without_names(document, document.paper, home, lang)
    said: Language = "en" if document.lang == "en" else "zh"
    scrubber = Scrubber(terms_of(home, people_in(home.store)), said)
    if document.panel is not None:
        from poc_eval.report.making_panel import panel_report_without_names  # noqa: PLC0415 as above

        return panel_report_without_names(document, document.panel, home, lang, scrubber=scrubber)
    full_paper, _noted = gathered(document, home)
    paper = without_names(full_paper, home, scrubber)
    paper = replace(paper, rubric_text=definition_without_names(paper.rubric_text, scrubber))
    review = full_paper.dossier.review
    about = _About(review, told(document, scrubber))
    report = _report(document, home, paper, lang or said, about=about)
    number = paper.dossier.review.reviewer
    name = f"{review.project_id}-{template_id(document)}-expert-{number}-without-names"
    return replace(report, name=name)


def _report(
    document: NotebookDocument, home: Workspace, paper: Paper, lang: PageLanguage, *, about: _About
) -> Report:
    review, left_out = about.review, about.left_out
    series = ["review", _first_version(review, home), template_id(document), paper.dossier.named]
    sealing = sealing_of(home, lang, series)
    page = sealed(render_page(paper, lang, made_here(sealing.stated)), sealing)
    return Report(page, left_out, home, review.id, sealing)


def _first_version(review: ReviewRecord, home: Workspace) -> str:
    """Return the id of the review that this one is an amendment of, however often it was amended."""
    while review.amends is not None:
        review = home.store.review(review.amends)
    return review.id
