"""The one interface to a workspace's work, whoever carries the messages: an HTTP server or a kernel.

A request has a method, a path below the workspace, a JSON object and a language; ``Desk.handle`` always
answers with a ``Reply``, and a refusal says what happened and what to do.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final, TypeAlias, cast, get_args
from urllib.parse import parse_qsl, unquote, urlsplit

from poc_eval.errors import PocEvalError
from poc_eval.i18n import Language, catalogue, translated
from poc_eval.scoring.review import field_names
from poc_eval.workspace.catalog_document import catalog_document
from poc_eval.workspace.changes import read_changes, read_revision, refuse_unkept
from poc_eval.workspace.form_document import (
    evaluation_document,
    form_document,
    notes_document,
    printed_moment,
)
from poc_eval.workspace.notebook_requests import made_notebook, seen_notebook
from poc_eval.workspace.outcome import ReviewIncompleteError
from poc_eval.workspace.paper_document import notes_of
from poc_eval.workspace.paper_requests import (
    amend_paper,
    conclude_paper,
    import_into_paper,
    list_papers,
    open_paper,
    read_paper,
    save_paper,
)
from poc_eval.workspace.replies import Reply, no_such_address, not_done_here, refusal, unforeseen
from poc_eval.workspace.working_papers import PaperIncompleteError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from poc_eval.workspace.workspace import Workspace

_logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Call:
    """One request as the routes see it; ``named`` are the parts of the path that stand for something."""

    workspace: Workspace
    named: tuple[str, ...]
    said: Mapping[str, object]
    lang: Language


Body: TypeAlias = dict[str, Any]
Route: TypeAlias = "Callable[[Call], Body]"


class Desk:
    """Answers for one workspace; usable from any thread."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace

    def handle(
        self, method: str, path: str, body: Mapping[str, object] | None = None, lang: Language | None = None
    ) -> Reply:
        """Return the reply to a request; never raises.

        ``path`` may carry a query; what it says counts before ``body``. The language is the one named there,
        else ``lang``, else the workspace's own.
        """
        address = urlsplit(path)
        said = {**(body or {}), **dict(parse_qsl(address.query))}
        spoken = _language(said.get("lang"), lang or self.workspace.settings.language)
        try:
            for place, text in (("path", address.path), *said.items()):
                refuse_unkept(place, text)
            route, named = _route(method, [unquote(part) for part in address.path.strip("/").split("/")])
            return Reply(int(HTTPStatus.OK), route(Call(self.workspace, named, said, spoken)))
        except ReviewIncompleteError as error:
            told = refusal(error, spoken)
            missing = notes_document(error.evaluation.missing, spoken)
            faults = notes_document(error.evaluation.faults, spoken)
            return Reply(told.status, {**told.body, "missing": missing, "faults": faults})
        except PaperIncompleteError as error:
            told = refusal(error, spoken)
            missing = notes_of(error.assessment.missing, spoken)
            faults = notes_of(error.assessment.faults, spoken)
            return Reply(told.status, {**told.body, "missing": missing, "faults": faults})
        except PocEvalError as error:
            return refusal(error, spoken)
        except Exception:  # whoever carries the message must get an answer; the log gets the rest
            _logger.exception("%s %s failed", method, address.path)
            return refusal(unforeseen(), spoken)


def _language(said: object, otherwise: Language) -> Language:
    return cast("Language", said) if said in get_args(Language) else otherwise


def read_review(call: Call) -> Body:
    """``GET reviews/{id}``: the form document."""
    return form_document(call.workspace, call.named[0], call.lang)


def save_review(call: Call) -> Body:
    """``PATCH reviews/{id}`` ``{changes: [{field, value, base}]}``: what was saved and what conflicts."""
    workspace, review_id = call.workspace, call.named[0]
    rubric = workspace.rubric(workspace.store.review(review_id).rubric)
    changes = read_changes(call.said.get("changes"), frozenset(field_names(rubric)))
    result = workspace.store.save(review_id, changes)
    return {
        "revision": result.review.revision,
        "saved": [{"field": one.field, "revision": one.revision} for one in result.saved],
        "conflicts": [
            {
                "field": one.field,
                "mine": one.mine,
                "theirs": one.theirs,
                "revision": one.revision,
                "at": printed_moment(workspace, one.at),
            }
            for one in result.conflicts
        ],
        "evaluation": evaluation_document(rubric, workspace.evaluation(result.review), call.lang),
        "saved_at": printed_moment(workspace, result.at),
    }


def submit_review(call: Call) -> Body:
    """``POST reviews/{id}/submit`` ``{revision}``: the form document of the locked review."""
    revision = read_revision(call.said.get("revision"), "revision")
    call.workspace.submit(call.named[0], revision=revision)
    return form_document(call.workspace, call.named[0], call.lang)


def amend_review(call: Call) -> Body:
    """``POST reviews/{id}/amend`` ``{reason}``: the id of the new version."""
    reason = call.said.get("reason")
    amendment = call.workspace.store.amend(call.named[0], reason=reason if isinstance(reason, str) else "")
    return {"review": amendment.id}


def read_catalog(call: Call) -> Body:
    """``GET catalog``: templates, rubrics, projects and reviewers to choose from."""
    return catalog_document(call.workspace, call.lang)


def make_notebook(call: Call) -> Body:
    """``POST notebooks`` ``{template, project, reviewer, rubric, lang}``: where the notebook lies."""
    return made_notebook(call.workspace, call.said, call.lang)


def see_notebook(call: Call) -> Body:
    """``GET notebooks?path=``: what a notebook refers to and what was written in it."""
    return seen_notebook(call.workspace, call.said)


def read_labels(call: Call) -> Body:
    """``GET labels``: every sentence of the program in the language of the page, by its English form."""
    return {sentence: translated(sentence, call.lang) for sentence in catalogue("zh")}


def read_workspace(call: Call) -> Body:
    """``GET workspace``: what it is called and where it lies."""
    workspace = call.workspace
    return {"id": workspace.id, "title": workspace.title, "path": str(workspace.path)}


_ANY: Final = "{}"
ROUTES: Final[Mapping[tuple[str, ...], Mapping[str, Route]]] = {
    ("reviews", _ANY): {"GET": read_review, "PATCH": save_review},
    ("reviews", _ANY, "submit"): {"POST": submit_review},
    ("reviews", _ANY, "amend"): {"POST": amend_review},
    ("papers",): {"GET": list_papers, "POST": open_paper},
    ("papers", _ANY): {"GET": read_paper, "PATCH": save_paper},
    ("papers", _ANY, "conclude"): {"POST": conclude_paper},
    ("papers", _ANY, "amend"): {"POST": amend_paper},
    ("papers", _ANY, "import"): {"POST": import_into_paper},
    ("catalog",): {"GET": read_catalog},
    ("notebooks",): {"GET": see_notebook, "POST": make_notebook},
    ("labels",): {"GET": read_labels},
    ("workspace",): {"GET": read_workspace},
}


def _route(method: str, parts: list[str]) -> tuple[Route, tuple[str, ...]]:
    for pattern, methods in ROUTES.items():
        if len(pattern) == len(parts) and all(
            want in {_ANY, part} for want, part in zip(pattern, parts, strict=True)
        ):
            if method not in methods:
                raise not_done_here()
            named = tuple(part for want, part in zip(pattern, parts, strict=True) if want == _ANY)
            return methods[method], named
    raise no_such_address()
