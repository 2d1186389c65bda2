"""The two calls that a notebook's cells make. What goes wrong is told in the cell, in both languages."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast, get_args

from poc_eval.errors import Fault, InputError, PocEvalError, UnknownIdError
from poc_eval.i18n import Language, _
from poc_eval.notebook.notice import Notice
from poc_eval.notebook.view import ReviewForm, ReviewSummary
from poc_eval.workspace.workspace import Workspace

if TYPE_CHECKING:
    import os

V = TypeVar("V", ReviewForm, ReviewSummary)


def review_form(
    review: str | None = None,
    *,
    workspace: Workspace | str | os.PathLike[str] | None = None,
    lang: str | None = None,
) -> ReviewForm | Notice:
    """Show the form of a review: edited and saved as a draft, read-only once it is submitted.

    Without ``review`` it is the one that the notebook's parameters name; without ``workspace`` the one that
    the notebook lies in; without ``lang`` (zh or en) the workspace's language. Never raises for any of these:
    a ``Notice`` says in both languages what is wrong and what to do.
    """
    return _shown(ReviewForm, review, workspace, lang)


def review_summary(
    review: str | None = None,
    *,
    workspace: Workspace | str | os.PathLike[str] | None = None,
    lang: str | None = None,
) -> ReviewSummary | Notice:
    """Show what a review comes to so far: conclusion, total, requirements, chart; see ``review_form``."""
    return _shown(ReviewSummary, review, workspace, lang)


def _shown(
    kind: type[V],
    review: str | None,
    workspace: Workspace | str | os.PathLike[str] | None,
    lang: str | None,
) -> V | Notice:
    try:
        where = workspace_of(workspace)
        name = review if review is not None else _named_by_the_notebook()
        where.store.review(name)
        return kind(where, name, language_of(lang, where))
    except PocEvalError as error:
        return Notice(error)


def workspace_of(said: Workspace | str | os.PathLike[str] | None) -> Workspace:
    """Return the workspace that is meant, by default the one that the notebook lies in."""
    if isinstance(said, Workspace):
        return said
    # A kernel works in its notebook's folder.
    return Workspace.find(Path.cwd(), chosen=said)


def language_of(said: str | None, workspace: Workspace) -> Language:
    """Return the language that is meant; raises InputError for one that is not known."""
    if said is None:
        return workspace.settings.language
    if said not in get_args(Language):
        raise InputError(
            Fault(_("there is no language {lang}", lang=said), _("write zh or en"), place="lang"),
        )
    return cast("Language", said)


def _named_by_the_notebook() -> str:
    """Return the review that the notebook's parameters name; raises ``UnknownIdError``."""
    from IPython import get_ipython  # noqa: PLC0415 outside of a kernel nobody needs it

    shell = get_ipython()
    name = None if shell is None else shell.user_ns.get("review")
    if isinstance(name, str) and name:
        return name
    raise UnknownIdError(
        Fault(
            _("this notebook does not say which review it is about"),
            _("make a notebook for a project from a template, or write the review's id into the parameters"),
            place="review",
        )
    )
