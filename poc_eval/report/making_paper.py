"""The sealed report on a working paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poc_eval.errors import Fault, NotebookError
from poc_eval.i18n import _
from poc_eval.report.frame import made_here
from poc_eval.report.made import Report, template_id, told
from poc_eval.report.paper_redaction import paper_without_names, personal_values
from poc_eval.report.scrubbing import Scrubber, terms_of
from poc_eval.report.seal import sealed, sealing_of
from poc_eval.report.working_paper import paper_gathered, render_paper_page
from poc_eval.workspace.paper_kinds import find_paper_kind
from poc_eval.workspace.sealing import people_in

if TYPE_CHECKING:
    from poc_eval.report.made import ReportLanguage
    from poc_eval.workspace.documents import NotebookDocument
    from poc_eval.workspace.paper_records import PaperRecord
    from poc_eval.workspace.workspace import Workspace


def working_paper_report(
    document: NotebookDocument, paper_id: str, home: Workspace, lang: ReportLanguage | None
) -> Report:
    """Return the report on a working paper; raises as ``paper_gathered`` does."""
    worked, left_out = paper_gathered(document, paper_id, home)
    series: list[object] = ["working_paper", _first(worked.page.paper, home).id, template_id(document)]
    sealing = sealing_of(home, lang or worked.words_lang, series)
    page = sealed(render_paper_page(worked, lang or worked.words_lang, made_here(sealing.stated)), sealing)
    return Report(page, left_out, home, paper_id, sealing)


def working_paper_report_without_names(
    document: NotebookDocument, paper_id: str, home: Workspace, lang: ReportLanguage | None
) -> Report:
    """Return the report on a working paper from a redacted record.

    Raises ``NotebookError`` for a kind that has names elsewhere than in fields for them, and as
    ``paper_gathered`` does.
    """
    if not find_paper_kind(home.papers.paper(paper_id).kind).nameless:
        what = _("this kind of working paper is about persons and cannot be reported on without names")
        raise NotebookError(
            Fault(what, _("report on it with names, or on the panel"), file=str(document.path))
        )
    full, _left_out = paper_gathered(document, paper_id, home)
    people = (*people_in(home.store), *personal_values(full.page))
    scrubber = Scrubber(terms_of(home, people), full.words_lang)
    worked = paper_without_names(full, home, scrubber)
    first = _first(full.page.paper, home)
    sealing = sealing_of(
        home,
        lang or worked.words_lang,
        ["working_paper", first.id, template_id(document), "without names"],
    )
    page = sealed(render_paper_page(worked, lang or worked.words_lang, made_here(sealing.stated)), sealing)
    name = f"{worked.page.paper.title}-{template_id(document)}-without-names"
    return Report(page, told(document, scrubber), home, paper_id, sealing, name)


def _first(paper: PaperRecord, home: Workspace) -> PaperRecord:
    """Return the paper that this one is an amendment of, however often it was amended."""
    while paper.amends is not None:
        paper = home.papers.paper(paper.amends)
    return paper
