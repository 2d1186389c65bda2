"""The calls of a panel's notebook. What goes wrong is told in the cell, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poc_eval.errors import PocEvalError
from poc_eval.notebook.cells import language_of, workspace_of
from poc_eval.notebook.notice import Notice
from poc_eval.notebook.view import PanelSummary, PanelText, Portfolio
from poc_eval.workspace.panel_request import panel_request, portfolio_request, text_part

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping, Sequence

    from poc_eval.workspace.workspace import Workspace


def panel_summary(
    rubric: str | None,
    *,
    projects: Sequence[str] | None = None,
    with_names: bool = False,
    draw_seed: str | None = None,
    methods: bool = False,
    workspace: Workspace | str | os.PathLike[str] | None = None,
    lang: str | None = None,
) -> PanelSummary | Notice:
    """Show what the submitted reviews by ``rubric`` (``id`` or ``id@version``) come to.

    ``projects`` are ids, None for all; without names experts are letters. ``draw_seed`` is for a draw that
    the rubric's rule calls for; ``methods`` shows other methods of ranking beside. Never raises for any of
    these: a ``Notice`` says in both languages what is wrong and what to do.
    """
    options = {"projects": projects, "with_names": with_names, "draw_seed": draw_seed, "methods": methods}
    try:
        where = workspace_of(workspace)
        asked = panel_request(rubric, options)
        asked.panel(where)
        return PanelSummary(where, asked.rubric, language_of(lang, where), options)
    except PocEvalError as error:
        return Notice(error)


def panel_text(
    rubric: str | None,
    part: str,
    *,
    projects: Sequence[str] | None = None,
    with_names: bool = False,
    workspace: Workspace | str | os.PathLike[str] | None = None,
    lang: str | None = None,
) -> PanelText | Notice:
    """Show one of the papers around a panel: minutes, opinion, notice, sign_in or experts.

    Sign-in sheet and list of experts need no review. Never raises for any of these, as ``panel_summary``.
    """
    options = {"projects": projects, "with_names": with_names, "part": part}
    try:
        where = workspace_of(workspace)
        asked = panel_request(rubric, options)
        text_part(options)
        return PanelText(where, asked.rubric, language_of(lang, where), options)
    except PocEvalError as error:
        return Notice(error)


def portfolio(
    rubric: str | None,
    *,
    projects: Sequence[str] | None = None,
    with_names: bool = False,
    budget: str | int | None = None,
    step: str | int | None = None,
    amounts: Mapping[str, str | int] | None = None,
    fields: Mapping[str, str] | None = None,
    quotas: Mapping[str, Sequence[int | None]] | None = None,
    exclusive: Sequence[Sequence[str]] = (),
    workspace: Workspace | str | os.PathLike[str] | None = None,
    lang: str | None = None,
) -> Portfolio | Notice:
    """Show which of a panel's projects ``budget`` would buy, and what ``step`` more would change.

    ``amounts`` (``"80万"``) and ``fields`` by project id, ``quotas`` (least, most) by field, ``exclusive``
    groups of which one at most is supported. Never raises for any of these, as ``panel_summary``.
    """
    options = {
        "projects": projects,
        "with_names": with_names,
        "budget": budget,
        "step": step,
        "amounts": amounts,
        "fields": fields,
        "quotas": quotas,
        "exclusive": exclusive,
    }
    try:
        where = workspace_of(workspace)
        asked = portfolio_request(rubric, options)
        asked.panel.panel(where)
        return Portfolio(where, asked.panel.rubric, language_of(lang, where), options)
    except PocEvalError as error:
        return Notice(error)
