"""The paper on a panel without names: letters, and no name in any text."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from poc_eval.report.panel_gathering import bound_panel, unnamed
from poc_eval.report.paper import PanelPaper
from poc_eval.report.redaction import parts_without_names, project_without_names
from poc_eval.scoring.panel import Panel
from poc_eval.scoring.panel_scores import Ballot, PanelScores
from poc_eval.views.panel_board import board_of
from poc_eval.views.portfolio import portfolio_of
from poc_eval.workspace.sealing import COMMITMENT, keyed_hash

if TYPE_CHECKING:
    from poc_eval.report.scrubbing import Scrubber
    from poc_eval.workspace.panel_records import Roster
    from poc_eval.workspace.workspace import Workspace


def panel_without_names(
    paper: PanelPaper, full: PanelPaper, workspace: Workspace, scrubber: Scrubber
) -> PanelPaper:
    """Return the paper on a panel, gathered without names, as it may leave the house; ``full`` has all."""
    basis = unnamed(paper.board.basis)
    basis = replace(
        basis,
        projects=tuple(project_without_names(one, scrubber) for one in basis.projects),
        waiting=tuple(project_without_names(one, scrubber) for one in basis.waiting),
        roster=None if basis.roster is None else _roster(basis.roster, scrubber),
        decisions=tuple(
            replace(one, reasons=scrubber.text(one.reasons), body=scrubber.text(one.body), decided_by=None)
            for one in basis.decisions
        ),
    )
    order = {one.id: place for place, one in enumerate(basis.projects)}
    # In the order of their making, ballots would tell who was first.
    ballots = sorted(
        (_ballot(one, scrubber) for one in paper.ballots), key=lambda one: (order[one.project], one.reviewer)
    )
    scores = PanelScores(
        {(one.project, one.reviewer): one for one in ballots}, tuple(order), tuple(paper.board.reviewers)
    )
    panel = Panel(paper.board.rubric, scores, draw_seed=paper.board.draw_seed)
    panel.compare = paper.board.with_methods
    portfolio = None if paper.portfolio is None else portfolio_of(panel, basis, paper.portfolio.terms)
    return PanelPaper(
        board=board_of(panel, basis) if portfolio is None else portfolio.panel,
        portfolio=portfolio,
        ballots=tuple(ballots),
        rubric_text=paper.rubric_text,
        parts=parts_without_names(paper.parts, "", scrubber),
        words_lang=paper.words_lang,
        template=paper.template,
        as_shipped=paper.as_shipped,
        commitment=keyed_hash(workspace.store, COMMITMENT, bound_panel(full.board.basis, full.ballots)),
        texts=paper.texts,
    )


def _roster(roster: Roster, scrubber: Scrubber) -> Roster:
    """Return the roster, letters already, with no name in the titles of projects and meetings either."""
    return replace(
        roster,
        projects=tuple(project_without_names(one, scrubber) for one in roster.projects),
        meetings=tuple(
            replace(
                one,
                title=scrubber.text(one.title),
                place=None if one.place is None else scrubber.text(one.place),
            )
            for one in roster.meetings
        ),
    )


def _ballot(one: Ballot, scrubber: Scrubber) -> Ballot:
    return Ballot(
        project=one.project,
        reviewer=one.reviewer,
        conflicted=one.conflicted,
        scores=dict(one.scores),
        inputs=dict(one.inputs),
        screening=dict(one.screening),
        extras=dict(one.extras),
        recommendation=one.recommendation,
        comments={name: scrubber.text(words) for name, words in one.comments.items()},
    )
