"""From what a notebook says to a sealed page: gathered, without names where that is asked, drawn, sealed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, TypeAlias

from poc_eval.errors import DefinitionError, Fault, NotebookError
from poc_eval.i18n import _
from poc_eval.report.frame import made_here
from poc_eval.report.gathering import gathered
from poc_eval.report.page import render_page
from poc_eval.report.panel_gathering import panel_gathered
from poc_eval.report.panel_page import render_panel_page
from poc_eval.report.redaction import panel_without_names, without_names
from poc_eval.report.restoring import rubric_from
from poc_eval.report.scrubbing import Scrubber, terms_of
from poc_eval.report.seal import sealed, sealing_of
from poc_eval.report.working_paper import paper_gathered, render_paper_page
from poc_eval.workspace.panel_request import panel_request
from poc_eval.workspace.sealing import people_in

if TYPE_CHECKING:
    from poc_eval.i18n import Language
    from poc_eval.report.frame import Page, PageLanguage
    from poc_eval.report.paper import PanelPaper, Paper
    from poc_eval.report.seal import Sealing
    from poc_eval.workspace.documents import NotebookDocument
    from poc_eval.workspace.records import ReviewRecord
    from poc_eval.workspace.sheet_parameters import SheetParameters
    from poc_eval.workspace.workspace import Workspace

ReportLanguage: TypeAlias = Literal["zh", "en", "both"]


@dataclass(frozen=True, slots=True)
class Report:
    """A report before it is written: the page, and what of the notebook was left out and why."""

    page: Page
    left_out: tuple[Fault, ...]
    workspace: Workspace
    subject: str
    """The review's id, for a panel the rubric's, for a working paper the paper's."""
    sealing: Sealing
    name: str | None = None
    """What the file is called where the notebook's name must not be."""


@dataclass(frozen=True, slots=True)
class _About:
    """The review that a report is on, as it stands in the workspace, and what was left out."""

    review: ReviewRecord
    left_out: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a panel's notebook asks for, and what was left out."""

    parameters: SheetParameters
    left_out: tuple[Fault, ...]


def report_on(document: NotebookDocument, home: Workspace, lang: ReportLanguage | None) -> Report:
    """Return the report on a notebook: on a review, a panel or a working paper."""
    if document.panel is not None:
        panel, left_out = panel_gathered(document, document.panel, home)
        asked = _Asked(document.panel, left_out)
        return _panel_report(document, home, panel, lang or panel.words_lang, asked=asked)
    if document.paper is not None:
        return _working_paper_report(document, document.paper, home, lang)
    paper, left_out = gathered(document, home)
    about = _About(paper.dossier.review, left_out)
    return _report(document, home, paper, lang or paper.words_lang, about=about)


def report_without_names(document: NotebookDocument, home: Workspace, lang: ReportLanguage | None) -> Report:
    """Return the report on a review or a panel from redacted records; raises ``NotebookError`` for others."""
    said: Language = "en" if document.lang == "en" else "zh"
    scrubber = Scrubber(terms_of(home, people_in(home.store)), said)
    if document.panel is not None:
        bare, full = (_with_names(document.panel, named=named) for named in (False, True))
        lettered, _noted = panel_gathered(document, bare, home)
        whole, _noted = panel_gathered(document, full, home)
        panel = panel_without_names(lettered, whole, home, scrubber)
        panel = replace(panel, rubric_text=_rubric_text(panel.rubric_text, scrubber))
        asked = _Asked(bare, _told(document, scrubber))
        report = _panel_report(document, home, panel, lang or said, asked=asked)
        return replace(report, name=f"{panel.board.basis.rubric.id}-{_template_id(document)}-without-names")
    if document.paper is not None:
        what = _("a working paper cannot be reported on without names")
        raise NotebookError(
            Fault(what, _("report on it with names, or on the panel"), file=str(document.path))
        )
    full_paper, _noted = gathered(document, home)
    paper = without_names(full_paper, home, scrubber)
    paper = replace(paper, rubric_text=_rubric_text(paper.rubric_text, scrubber))
    review = full_paper.dossier.review
    about = _About(review, _told(document, scrubber))
    report = _report(document, home, paper, lang or said, about=about)
    number = paper.dossier.review.reviewer
    name = f"{review.project_id}-{_template_id(document)}-expert-{number}-without-names"
    return replace(report, name=name)


def _report(
    document: NotebookDocument, home: Workspace, paper: Paper, lang: PageLanguage, *, about: _About
) -> Report:
    review, left_out = about.review, about.left_out
    series = ["review", _first_version(review, home), _template_id(document), paper.dossier.named]
    sealing = sealing_of(home, lang, series)
    page = sealed(render_page(paper, lang, made_here(sealing.stated)), sealing)
    return Report(page, left_out, home, review.id, sealing)


def _panel_report(
    document: NotebookDocument, home: Workspace, panel: PanelPaper, lang: PageLanguage, *, asked: _Asked
) -> Report:
    basis = panel.board.basis
    kind = "panel" if panel.portfolio is None else "portfolio"
    projects = panel_request(asked.parameters.rubric, asked.parameters.options).projects
    how = basis.named if panel.commitment is None else "without names"
    series = [kind, str(basis.rubric), _template_id(document), how, list(projects or ())]
    sealing = sealing_of(home, lang, series)
    page = sealed(render_panel_page(panel, lang, made_here(sealing.stated)), sealing)
    return Report(page, asked.left_out, home, str(basis.rubric), sealing)


def _working_paper_report(
    document: NotebookDocument, paper_id: str, home: Workspace, lang: ReportLanguage | None
) -> Report:
    worked, left_out = paper_gathered(document, paper_id, home)
    said, paper = lang or worked.words_lang, worked.page.paper
    first = paper
    while first.amends is not None:
        first = home.papers.paper(first.amends)
    sealing = sealing_of(home, said, ["working_paper", first.id, _template_id(document)])
    page = sealed(render_paper_page(worked, said, made_here(sealing.stated)), sealing)
    return Report(page, left_out, home, paper.id, sealing)


def _with_names(asked: SheetParameters, *, named: bool) -> SheetParameters:
    return replace(asked, options={**asked.options, "with_names": named})


def _rubric_text(text: str, scrubber: Scrubber) -> str:
    """Return the rubric's text without names in its comments; what it says stays as it was published."""
    clean = scrubber.text(text)
    try:
        same = rubric_from(clean)[1] == rubric_from(text)[1]
    except DefinitionError:
        same = False
    return clean if same else text


def _told(document: NotebookDocument, scrubber: Scrubber) -> tuple[Fault, ...]:
    if not scrubber.replaced:
        return ()
    what = _("{count} names, places or pictures were left out of the texts", count=scrubber.replaced)
    remedy = _("read the report before it leaves the house: nicknames and hints are for a person to find")
    return (Fault(what, remedy, file=str(document.path)),)


def _template_id(document: NotebookDocument) -> str | None:
    return None if document.template is None else document.template.id


def _first_version(review: ReviewRecord, home: Workspace) -> str:
    """Return the id of the review that this one is an amendment of, however often it was amended."""
    while review.amends is not None:
        review = home.store.review(review.amends)
    return review.id
