"""The desk's requests about working papers."""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING, Any

from poc_eval.errors import Fault, InputError
from poc_eval.i18n import _
from poc_eval.workspace.changes import read_changes, read_revision
from poc_eval.workspace.paper_document import paper_document, paper_line, saved_document
from poc_eval.workspace.paper_import import GridFile, import_rows

if TYPE_CHECKING:
    from poc_eval.workspace.desk import Body, Call


def list_papers(call: Call) -> Body:
    """``GET papers?kind=&project=``: the papers there are, oldest first, without their fields."""
    found = call.workspace.papers.papers(kind=_said(call, "kind"), project=_said(call, "project"))
    return {"papers": [paper_line(call.workspace, paper) for paper in found]}


def open_paper(call: Call) -> Body:
    """``POST papers`` ``{kind, title?, project?, by?}``: the id of the paper, which may have been there."""
    paper = call.workspace.papers.open(
        _said(call, "kind") or "",
        title=_said(call, "title"),
        project=_said(call, "project"),
        by=_said(call, "by"),
    )
    return {"paper": paper.id}


def read_paper(call: Call) -> Body:
    """``GET papers/{id}``: the document of a working paper."""
    return paper_document(call.workspace, call.named[0], call.lang)


def save_paper(call: Call) -> Body:
    """``PATCH papers/{id}`` ``{changes: [{field, value, base}]}``: what was saved and what conflicts."""
    changes = read_changes(call.said.get("changes"))
    result = call.workspace.papers.save(call.named[0], changes)
    return saved_document(call.workspace, result, call.lang)


def conclude_paper(call: Call) -> Body:
    """``POST papers/{id}/conclude`` ``{revision, by?}``: the document of the locked paper."""
    revision = read_revision(call.said.get("revision"), "revision")
    call.workspace.papers.conclude(call.named[0], revision=revision, by=_said(call, "by"))
    return paper_document(call.workspace, call.named[0], call.lang)


def amend_paper(call: Call) -> Body:
    """``POST papers/{id}/amend`` ``{reason, by?}``: the id of the new version."""
    reason = call.said.get("reason")
    amended = call.workspace.papers.amend(
        call.named[0], reason=reason if isinstance(reason, str) else "", by=_said(call, "by")
    )
    return {"paper": amended.id}


def import_into_paper(call: Call) -> Body:
    """``POST papers/{id}/import`` ``{grid, name, content, replace?}``: what was saved, and how many ``rows``.

    ``content`` is the file, CSV or XLSX, in base64.
    """
    file = GridFile(
        grid=_said(call, "grid") or "",
        name=_said(call, "name") or "",
        content=_content(call.said.get("content")),
        replace=call.said.get("replace") is True,
    )
    result, rows = import_rows(call.workspace.papers, call.named[0], file)
    return {**saved_document(call.workspace, result, call.lang), "rows": rows}


def _said(call: Call, name: str) -> str | None:
    said: Any = call.said.get(name)
    return said if isinstance(said, str) and said else None


def _content(sent: object) -> bytes:
    try:
        return base64.b64decode(sent if isinstance(sent, str) else "-", validate=True)
    except (binascii.Error, ValueError):
        raise InputError(
            Fault(_("the file did not arrive whole"), _("choose it once more"), place="content")
        ) from None
