"""The call of a working paper's notebook. What goes wrong is told in the cell, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poc_eval.errors import Fault, PocEvalError, UnknownIdError
from poc_eval.i18n import _
from poc_eval.notebook.cells import language_of, workspace_of
from poc_eval.notebook.notice import Notice
from poc_eval.notebook.view import WorkingPaper
from poc_eval.views.paper_parts import FORM, paper_view

if TYPE_CHECKING:
    import os

    from poc_eval.workspace.workspace import Workspace


def working_paper(
    paper: str | None,
    part: str = FORM,
    *,
    workspace: Workspace | str | os.PathLike[str] | None = None,
    lang: str | None = None,
) -> WorkingPaper | Notice:
    """Show a part of a working paper: ``form`` to fill it in, or one of its kind's results.

    Without ``workspace`` it is the one that the notebook lies in, without ``lang`` (zh or en) the workspace's
    language. Never raises for any of these: a ``Notice`` says in both languages what is wrong and what to do.
    """
    try:
        if not paper:
            raise UnknownIdError(
                Fault(
                    _("this notebook does not say which working paper it is about"),
                    _("make the notebook anew from its template; the same paper opens in it"),
                    place="paper",
                )
            )
        where = workspace_of(workspace)
        spoken = language_of(lang, where)
        paper_view(where.papers.page(where.papers.paper(paper)), part, spoken)
        return WorkingPaper(where, paper, spoken, {"part": part})
    except PocEvalError as error:
        return Notice(error)
