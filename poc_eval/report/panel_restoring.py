"""From the data that a panel's report carries back to the paper that it was rendered from."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from poc_eval.report.floats import with_floats
from poc_eval.report.paper import PanelPaper
from poc_eval.report.restoring import commitment_from, parts_from, reference_from, rubric_from, template_from
from poc_eval.scoring.panel import Panel
from poc_eval.scoring.panel_scores import PanelScores
from poc_eval.scoring.portfolio import PortfolioTerms
from poc_eval.views.panel_board import board_of
from poc_eval.views.portfolio import portfolio_of
from poc_eval.workspace.ballot_content import ballot_from
from poc_eval.workspace.panel_request import text_part
from poc_eval.workspace.plain_records import restored
from poc_eval.workspace.records import PanelBasis

if TYPE_CHECKING:
    from collections.abc import Mapping

    from poc_eval.report.pictures import Picture

_NOBODY_ASKED: Final[Mapping[str, Any]] = {"required": [], "barred": []}
"""What the report on a selection by a notebook's parameters cannot state."""
ROUGH: Final = 0.00015
"""How far advice that is carried with four decimals may lie off."""
FINE: Final = 1e-6
"""How far a float may lie off, as a share of itself: processors differ in the last bits of exp and log."""
_ADVICE: Final = re.compile(
    r"panel\.result\.(projects\[\d+\]\.(expected_rank|rank_interval|criteria\.[^.]+\.sd)"
    r"|agreement\b|reviewers\[\d+\]\.severity)"
)


def panel_paper_from(data: Mapping[str, Any], pictures: Mapping[str, Picture]) -> PanelPaper:
    """Return the paper on a panel or a selection, worked out anew; may raise anything."""
    said, rubric = data["panel"], rubric_from(data["rubric"]["text"])[0]
    basis = replace(restored(PanelBasis, said["basis"]), rubric=reference_from(data["rubric"]))
    ballots = {(one["project"], one["reviewer"]): ballot_from(one) for one in said["ballots"]}
    scores = PanelScores(ballots, tuple(one.id for one in basis.projects), tuple(said["reviewers"]))
    # Reports of earlier versions could state neither.
    panel = Panel(rubric, scores, draw_seed=said.get("draw_seed"))
    panel.compare = said.get("methods", False)
    if data["terms"] is None:
        portfolio, board = None, board_of(panel, basis)
    else:
        portfolio = portfolio_of(panel, basis, restored(PortfolioTerms, {**_NOBODY_ASKED, **data["terms"]}))
        board = portfolio.panel
    return PanelPaper(
        board=board,
        portfolio=portfolio,
        ballots=tuple(ballots.values()),
        rubric_text=data["rubric"]["text"],
        parts=parts_from(data["narrative"], pictures),
        words_lang=data["narrative"]["lang"],
        template=template_from(data["template"]),
        as_shipped=data["template"] is None or data["template"]["as_shipped"],
        commitment=commitment_from(data["commitment"]),
        texts=tuple(text_part({"part": one}) for one in said["texts"]),
    )


def as_worked_out(paper: PanelPaper, data: Mapping[str, Any]) -> PanelPaper:
    """Return the paper with the floats that the report carries: the page was printed from those."""
    given = iter([float(one) for one in data["panel"]["floats"]])
    if paper.portfolio is None:
        return replace(paper, board=with_floats(paper.board, given))
    portfolio = with_floats(paper.portfolio, given)
    return replace(paper, portfolio=portfolio, board=portfolio.panel)


def tolerance(place: str) -> float:
    """Return how far the figure at a place may lie off; 0 for all that is official, and for money."""
    if place.startswith("panel.floats["):
        return FINE
    return ROUGH if _ADVICE.match(place) else 0.0
