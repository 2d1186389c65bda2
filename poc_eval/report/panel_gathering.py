"""From a panel's notebook and its workspace to the paper: the reviews as they are submitted now."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from poc_eval.report.data import SCHEMA, commitment_content, part_content, template_content
from poc_eval.report.floats import floats_in
from poc_eval.report.gathering import narrative_of
from poc_eval.report.paper import PanelPaper
from poc_eval.views.panel_board import board_of
from poc_eval.views.portfolio import portfolio_of
from poc_eval.workspace.ballot_content import ballot_content
from poc_eval.workspace.panel_request import panel_request, portfolio_request, text_part
from poc_eval.workspace.plain_records import plain
from poc_eval.workspace.project_rows import project_content
from poc_eval.workspace.records import PanelBasis, SteppedAside
from poc_eval.workspace.tables import instant_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from poc_eval.errors import Fault
    from poc_eval.scoring.panel_scores import Ballot
    from poc_eval.scoring.portfolio import PortfolioTerms
    from poc_eval.workspace.documents import NotebookDocument
    from poc_eval.workspace.sheet_parameters import SheetParameters
    from poc_eval.workspace.workspace import Workspace

DIGITS: Final = 4
"""Decimals with which a report carries what was worked out in floats."""


def panel_gathered(
    document: NotebookDocument, asked: SheetParameters, workspace: Workspace
) -> tuple[PanelPaper, tuple[Fault, ...]]:
    """Return the paper that a panel's notebook makes, and what of the notebook was left out and why.

    Raises ``InputError`` for parameters that do not fit, ``UnknownIdError`` and ``NotDefinedError`` where
    there is no panel to report on.
    """
    if asked.sheet == "portfolio":
        request = portfolio_request(asked.rubric, asked.options)
        panel, basis = request.panel.panel(workspace)
        portfolio = portfolio_of(panel, basis, request.terms)
        board = portfolio.panel
    else:
        panel, basis = panel_request(asked.rubric, asked.options).panel(workspace)
        portfolio, board = None, board_of(panel, basis)
    parts, left_out = narrative_of(document, workspace)
    ref = basis.rubric
    paper = PanelPaper(
        board=board,
        portfolio=portfolio,
        ballots=tuple(panel.scores.ballots.values()),
        rubric_text=workspace.store.definition("rubric", ref.id, ref.version).text,
        parts=parts,
        words_lang="en" if document.lang == "en" else "zh",
        template=document.template,
        as_shipped=document.locked_cells_unchanged,
        texts=tuple(
            dict.fromkeys(text_part(view.options) for view in document.views if view.kind == "panel-text")
        ),
    )
    return paper, left_out


def panel_content(paper: PanelPaper) -> dict[str, object]:
    """Return everything that the report says as JSON knows it; without names there are letters only."""
    basis, ref = paper.board.basis, paper.board.basis.rubric
    return {
        "schema": SCHEMA,
        "kind": "panel" if paper.portfolio is None else "portfolio",
        "panel": {
            "named": basis.named,
            "reviews": basis.reviews,
            "drafts": basis.drafts,
            "latest": instant_text(basis.latest),
            "aside": [
                {
                    "project": one.project_id,
                    "reviewer": one.reviewer,
                    "reason": one.reason if basis.named else None,
                    "replaced_by": one.replaced_by,
                }
                for one in basis.aside
            ],
            "basis": plain(basis if basis.named else _without_reasons(basis)),
            "reviewers": list(paper.board.reviewers),
            "texts": list(paper.texts),
            "draw_seed": paper.board.draw_seed,
            "methods": paper.board.with_methods,
            "ballots": [ballot_content(one) for one in paper.ballots],
            "result": _in_digits(paper.board.result.to_dict()),
            "floats": [repr(one) for one in floats_in(paper.portfolio or paper.board)],
        },
        "projects": [project_content(one) for one in basis.projects],
        "terms": None if paper.portfolio is None else _terms(paper.portfolio.terms),
        "rubric": {"id": ref.id, "version": ref.version, "hash": ref.hash, "text": paper.rubric_text},
        "zone": basis.zone,
        "narrative": {"lang": paper.words_lang, "parts": [part_content(part) for part in paper.parts]},
        "template": template_content(paper.template, as_shipped=paper.as_shipped),
        "commitment": commitment_content(paper.commitment),
    }


def bound_panel(basis: PanelBasis, ballots: Iterable[Ballot]) -> dict[str, object]:
    """Return the full records, with names, that a report without names is bound to."""
    return {"basis": plain(basis), "ballots": [ballot_content(one) for one in ballots]}


def unnamed(basis: PanelBasis) -> PanelBasis:
    """Return what a report without names may carry: what is listed here, and nothing that comes later.

    The roster and the decisions of a panel that was gathered without names hold none.
    """
    return PanelBasis(
        rubric=basis.rubric,
        projects=basis.projects,
        reviews=basis.reviews,
        drafts=basis.drafts,
        waiting=basis.waiting,
        aside=tuple(SteppedAside(one.project_id, one.reviewer, "", one.replaced_by) for one in basis.aside),
        latest=basis.latest,
        example=basis.example,
        named=False,
        zone=basis.zone,
        roster=basis.roster,
        decisions=basis.decisions,
    )


def _without_reasons(basis: PanelBasis) -> PanelBasis:
    return replace(basis, aside=tuple(replace(one, reason="") for one in basis.aside))


def _in_digits(value: object) -> object:
    """Return plain values with every float as text of four decimals, so that they have one spelling."""
    if isinstance(value, float):
        return f"{value:.{DIGITS}f}"
    if isinstance(value, dict):
        return {name: _in_digits(inner) for name, inner in value.items()}
    return [_in_digits(inner) for inner in value] if isinstance(value, list) else value


def _terms(terms: PortfolioTerms) -> dict[str, Any]:
    return {
        "budget": None if terms.budget is None else f"{terms.budget:f}",
        "step": f"{terms.step:f}",
        "amounts": {name: f"{amount:f}" for name, amount in terms.amounts.items()},
        "fields": dict(terms.fields),
        "quotas": {name: list(quota) for name, quota in terms.quotas.items()},
        "exclusive": [list(group) for group in terms.exclusive],
    }
