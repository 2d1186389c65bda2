"""The sealed report on a working paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poc_eval.report.frame import made_here
from poc_eval.report.made import Report, template_id
from poc_eval.report.seal import sealed, sealing_of
from poc_eval.report.working_paper import paper_gathered, render_paper_page

if TYPE_CHECKING:
    from poc_eval.report.made import ReportLanguage
    from poc_eval.workspace.documents import NotebookDocument
    from poc_eval.workspace.workspace import Workspace


def working_paper_report(
    document: NotebookDocument, paper_id: str, home: Workspace, lang: ReportLanguage | None
) -> Report:
    """Return the report on a working paper; raises as ``paper_gathered`` does."""
    worked, left_out = paper_gathered(document, paper_id, home)
    said, paper = lang or worked.words_lang, worked.page.paper
    first = paper
    while first.amends is not None:
        first = home.papers.paper(first.amends)
    sealing = sealing_of(home, said, ["working_paper", first.id, template_id(document)])
    page = sealed(render_paper_page(worked, said, made_here(sealing.stated)), sealing)
    return Report(page, left_out, home, paper.id, sealing)
