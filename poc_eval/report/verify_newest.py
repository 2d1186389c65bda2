"""Whether a genuine report is still the newest on its records, by the workspace's log and by the register."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from poc_eval.dossiers import dossier_of
from poc_eval.errors import PocEvalError, UnknownIdError
from poc_eval.i18n import _
from poc_eval.report.data import bound_content
from poc_eval.report.panel_gathering import bound_panel
from poc_eval.report.paper_redaction import bound_paper
from poc_eval.report.verify_difference import first_difference, looked_up_entry
from poc_eval.workspace.looking_up import TODAY, LookedUp, without_people
from poc_eval.workspace.panel_request import PanelRequest
from poc_eval.workspace.paper_kinds import find_paper_kind
from poc_eval.workspace.sealing import COMMITMENT, LogHead, head_of, head_stands, keyed_hash, noted_reports

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from poc_eval.i18n import Message
    from poc_eval.report.seal_register import Register
    from poc_eval.workspace.paper_records import PaperRecord
    from poc_eval.workspace.workspace import Workspace

_TAKE_NEWER = _("take the newer report; keep this one only to show what was said before")
_ASK = _("compare with a backup of the workspace, and ask those who keep it")


def newest_findings(
    carried: Mapping[str, Any], register: Register, workspace: Workspace | None, notes: list[Message]
) -> Iterator[tuple[Message, Message]]:
    """Yield what is wrong, with what to do; what can be said beside that goes to ``notes``."""
    yield from _by_register(carried, register)
    if workspace is None:
        return
    try:
        yield from _by_workspace(carried, workspace, notes)
    except Exception:  # noqa: BLE001 a file may state anything in the place of records; that is found elsewhere
        notes.append(_("the workspace could not be asked, so its log and records were not compared"))


def _by_register(carried: Mapping[str, Any], register: Register) -> Iterator[tuple[Message, Message]]:
    entered = register.reports.get(carried["seal"]["series"], ())
    if entered and entered[-1].code != carried["code"]:
        newest = entered[-1]
        yield (
            _(
                "this is an older report: {code} took its place on {day}",
                code=newest.code,
                day=newest.at[:10],
            ),
            _TAKE_NEWER,
        )


def _by_workspace(
    carried: Mapping[str, Any], workspace: Workspace, notes: list[Message]
) -> Iterator[tuple[Message, Message]]:
    head = LogHead(carried["seal"]["log"]["seq"], carried["seal"]["log"]["digest"])
    if not head_stands(workspace.store, head):
        yield (
            _(
                "entry {seq} of the workspace's log is not the one that the report was made from",
                seq=head.seq,
            ),
            _ASK,
        )
    review = carried.get("review")
    if isinstance(review, dict) and isinstance(review.get("id"), str) and carried.get("named") is True:
        yield from _record(carried, review, workspace, notes)
    if carried["kind"] == "working_paper" and isinstance(carried.get("paper"), dict):
        if carried.get("named") is False and isinstance(carried.get("commitment"), dict):
            yield from _bound_paper(carried["commitment"], workspace)
        else:
            yield from _paper_record(carried, carried["paper"], workspace, notes)
    elif carried["kind"] in {"panel", "portfolio"} and isinstance(carried.get("commitment"), dict):
        yield from _bound_panel(carried, head, workspace, notes)
    elif carried.get("named") is False and isinstance(carried.get("commitment"), dict):
        yield from _bound(carried["commitment"], workspace)
    noted = noted_reports(workspace.store, carried["seal"]["series"], carried["code"])
    if noted and not noted[-1].mine and any(one.mine for one in noted):
        yield (
            _("this is an older report: the workspace's log has a newer one of {day}", day=noted[-1].at[:10]),
            _TAKE_NEWER,
        )
    elif not any(one.mine for one in noted):
        notes.append(_("the workspace's log knows of no report with this code"))


def _paper_record(
    carried: Mapping[str, Any], said: Mapping[str, Any], workspace: Workspace, notes: list[Message]
) -> Iterator[tuple[Message, Message]]:
    """Compare with the paper in the workspace, and its outcome with the one that was sealed."""
    try:
        kept = workspace.papers.paper(str(said.get("id")))
    except UnknownIdError:
        notes.append(_("the workspace has no such working paper any more, so the record was not compared"))
        return
    seal = workspace.papers.seal(kept.id)
    fields = {name: one.get("value") for name, one in said["fields"].items()}
    if said["status"] != "concluded":
        if kept.status != said["status"] or kept.values() != fields:
            yield _("this is an older report: the working paper was changed since"), _TAKE_NEWER
            return
    elif (
        seal is None
        or seal.sha256 != carried["sealed"]
        or kept.values() != fields
        or json.loads(seal.snapshot)["outcome"] != carried["outcome"]
    ):
        yield _("the working paper in the workspace is not the one that the report carries"), _ASK
        return
    if isinstance(carried.get("looked_up"), dict):
        yield from _looked_up(carried["looked_up"], kept, workspace, notes)


def _looked_up(
    carried: Mapping[str, Any], paper: PaperRecord, workspace: Workspace, notes: list[Message]
) -> Iterator[tuple[Message, Message]]:
    """Compare what the paper rests on beside its fields with what the workspace has of it."""
    looked_up = LookedUp(every=False)
    workspace.papers.page(paper, looked_up)
    here = {key: without_people(found) for key, found in looked_up.found.items() if key != TODAY}
    there = {key: without_people(found) for key, found in carried.items() if key != TODAY}
    for key in sorted({*here, *there}):
        difference = first_difference(there.get(key), here.get(key), place=key)
        if difference is None:
            continue
        entry = looked_up_entry(difference.place)
        if paper.status == "draft":
            yield (
                _(
                    "this is an older report: what the working paper rests on has changed: {entry}",
                    entry=entry,
                ),
                _TAKE_NEWER,
            )
        elif key in looked_up.passing:
            notes.append(
                _("in the workspace this has changed since the paper was concluded: {entry}", entry=entry)
            )
        else:
            yield _("what the report carries is not what the workspace has: {entry}", entry=entry), _ASK


def _bound(commitment: Mapping[str, Any], workspace: Workspace) -> Iterator[tuple[Message, Message]]:
    """Look for the record whose keyed hash a report without names carries."""
    for review in workspace.store.reviews():
        whole = bound_content(dossier_of(review, workspace))
        if keyed_hash(workspace.store, COMMITMENT, whole) == commitment.get("value"):
            return
    yield _("no review in the workspace is the one that this report is bound to"), _ASK


def _bound_panel(
    carried: Mapping[str, Any], head: LogHead, workspace: Workspace, notes: list[Message]
) -> Iterator[tuple[Message, Message]]:
    """Look for the panel whose keyed hash a report without names carries: all its projects, or these."""
    rubric = f"{carried['rubric']['id']}@{carried['rubric']['version']}"
    for projects in (None, tuple(one["id"] for one in carried["projects"])):
        try:
            panel, basis = PanelRequest(rubric, projects, with_names=True).panel(workspace)
        except PocEvalError:
            continue
        whole = bound_panel(basis, panel.scores.ballots.values())
        if keyed_hash(workspace.store, COMMITMENT, whole) == carried["commitment"].get("value"):
            return
    if head_of(workspace.store) == head:
        yield _("no panel in the workspace is the one that this report is bound to"), _ASK
    else:
        # A review, a decision or a draft more is another panel, and in order.
        notes.append(
            _("the workspace was changed since, so the panel that this report is bound to was not compared")
        )


def _bound_paper(commitment: Mapping[str, Any], workspace: Workspace) -> Iterator[tuple[Message, Message]]:
    """Look for the working paper whose keyed hash a report without names carries."""
    papers = workspace.papers
    for paper in papers.papers():
        if find_paper_kind(paper.kind).nameless:
            whole = bound_paper(papers.page(paper))
            if keyed_hash(workspace.store, COMMITMENT, whole) == commitment.get("value"):
                return
    yield _("no working paper in the workspace is the one that this report is bound to"), _ASK


def _record(
    carried: Mapping[str, Any], review: Mapping[str, Any], workspace: Workspace, notes: list[Message]
) -> Iterator[tuple[Message, Message]]:
    try:
        kept = workspace.store.review(review["id"])
    except UnknownIdError:
        notes.append(_("the workspace has no such review any more, so the record was not compared"))
        return
    submission = workspace.store.submission(kept.id)
    said = {name: answer.get("value") for name, answer in review["answers"].items()}
    if review["status"] == "submitted" and (
        submission is None or submission.sha256 != carried["sealed"] or kept.values() != said
    ):
        yield _("the review in the workspace is not the one that the report carries"), _ASK
    elif review["status"] != kept.status or kept.values() != said:
        yield _("this is an older report: the review was changed since"), _TAKE_NEWER
    newer = workspace.store.newer_version(kept.id)
    if (
        newer is not None
        and carried["amended_by"] is None
        and workspace.store.review(newer).status == "submitted"
    ):
        yield (
            _("this is an older report: the review was amended since, by {review}", review=newer),
            _TAKE_NEWER,
        )
