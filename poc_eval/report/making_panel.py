"""The sealed report on a panel, or on what a budget would buy of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from poc_eval.report.frame import made_here
from poc_eval.report.made import Report, definition_without_names, template_id, told
from poc_eval.report.panel_gathering import panel_gathered
from poc_eval.report.panel_page import render_panel_page
from poc_eval.report.panel_redaction import panel_without_names
from poc_eval.report.seal import sealed, sealing_of
from poc_eval.workspace.panel_request import panel_request

if TYPE_CHECKING:
    from poc_eval.errors import Fault
    from poc_eval.i18n import Language
    from poc_eval.report.frame import PageLanguage
    from poc_eval.report.made import ReportLanguage
    from poc_eval.report.paper import PanelPaper
    from poc_eval.report.scrubbing import Scrubber
    from poc_eval.workspace.documents import NotebookDocument
    from poc_eval.workspace.sheet_parameters import SheetParameters
    from poc_eval.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a panel's notebook asks for, and what was left out."""

    parameters: SheetParameters
    left_out: tuple[Fault, ...]


def panel_report(
    document: NotebookDocument, parameters: SheetParameters, home: Workspace, lang: ReportLanguage | None
) -> Report:
    """Return the report on a panel; raises as ``panel_gathered`` does."""
    panel, left_out = panel_gathered(document, parameters, home)
    return _report(document, home, panel, lang or panel.words_lang, asked=_Asked(parameters, left_out))


def panel_report_without_names(
    document: NotebookDocument,
    parameters: SheetParameters,
    home: Workspace,
    lang: ReportLanguage | None,
    *,
    scrubber: Scrubber,
) -> Report:
    """Return the report on a panel from redacted records; raises as ``panel_gathered`` does."""
    bare, full = (_with_names(parameters, named=named) for named in (False, True))
    lettered, _noted = panel_gathered(document, bare, home)
    whole, _noted = panel_gathered(document, full, home)
    panel = panel_without_names(lettered, whole, home, scrubber)
    panel = replace(panel, rubric_text=definition_without_names(panel.rubric_text, scrubber))
    said: Language = "en" if document.lang == "en" else "zh"
    asked = _Asked(bare, told(document, scrubber))
    report = _report(document, home, panel, lang or said, asked=asked)
    return replace(report, name=f"{panel.board.basis.rubric.id}-{template_id(document)}-without-names")


def _report(
    document: NotebookDocument, home: Workspace, panel: PanelPaper, lang: PageLanguage, *, asked: _Asked
) -> Report:
    basis = panel.board.basis
    kind = "panel" if panel.portfolio is None else "portfolio"
    projects = panel_request(asked.parameters.rubric, asked.parameters.options).projects
    how = basis.named if panel.commitment is None else "without names"
    series = [kind, str(basis.rubric), template_id(document), how, list(projects or ())]
    sealing = sealing_of(home, lang, series)
    page = sealed(render_panel_page(panel, lang, made_here(sealing.stated)), sealing)
    return Report(page, asked.left_out, home, str(basis.rubric), sealing)


def _with_names(asked: SheetParameters, *, named: bool) -> SheetParameters:
    return replace(asked, options={**asked.options, "with_names": named})
