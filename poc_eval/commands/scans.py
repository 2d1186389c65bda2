"""``poc-eval scans``: scans of signed papers, attached to records, looked at, and tidied."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from poc_eval.commands.options import account, json_option, language_option, workspace_option
from poc_eval.commands.table import aligned
from poc_eval.commands.trouble import system_fault
from poc_eval.errors import Fault, InputError
from poc_eval.i18n import _

if TYPE_CHECKING:
    from argparse import Namespace

    from poc_eval.commands.parser import Parser
    from poc_eval.commands.terminal import Terminal
    from poc_eval.workspace.records import PaperScore, Scan
    from poc_eval.workspace.scan_files import Scans
    from poc_eval.workspace.workspace import Workspace

_DIGITS = 12


def arguments(parser: Parser) -> None:
    """Take what is to be attached or tidied; without anything, the scans are listed."""
    parser.option("--attach", metavar="FILE", help=_("keep a PDF, OFD, PNG, JPEG or TIFF file as a scan"))
    parser.option(
        "--to",
        metavar="RECORD",
        help=_("the record that the scan is of, such as paper:ID; the list below names those on paper"),
    )
    parser.option("--project", metavar="ID", help=_("instead of --to: the project of a score sheet on paper"))
    parser.option("--expert", metavar="NAME", help=_("and the expert who signed it"))
    parser.option(
        "--by", metavar="NAME", help=_("who attaches; without it, the name of this computer's account")
    )
    parser.option("--tidy", action="store_true", help=_("delete the files in scans/ that no record names"))
    workspace_option(parser)
    json_option(parser)
    language_option(parser)


def run(call: Namespace, terminal: Terminal) -> int:
    """Do it, then list the scans; return 1 where one is gone or is not what was attached."""
    # The command line starts without these.
    from poc_eval.workspace.paper import PaperScores  # noqa: PLC0415
    from poc_eval.workspace.scan_files import Scans  # noqa: PLC0415
    from poc_eval.workspace.workspace import Workspace  # noqa: PLC0415

    _refuse_half(call)
    workspace = Workspace.find(Path.cwd(), chosen=call.workspace)
    scans, papers = Scans(workspace), PaperScores(workspace).papers()
    if call.attach is not None:
        _attach(call, scans, papers)
    deleted = scans.tidy() if call.tidy else ()
    faults = scans.verify()
    if call.json:
        document = _document(workspace, scans, papers)
        terminal.document({**document, "deleted": list(deleted), "faults": len(faults)})
    else:
        _print(scans, papers, deleted, terminal)
    terminal.faults(*faults)
    return 1 if faults else 0


def _refuse_half(call: Namespace) -> None:
    """Raise InputError where a file has no record to go to, or a record no file."""
    named = call.to is not None or (call.project is not None and call.expert is not None)
    told = [one for one in (call.to, call.project, call.expert) if one is not None]
    if call.attach is not None and not named:
        remedy = _("name it with --to RECORD, or with --project ID --expert NAME")
        raise InputError(Fault(_("it is not said what the scan is of"), remedy, place="--attach"))
    if call.attach is None and told:
        raise InputError(Fault(_("no file is named"), _("name it with --attach FILE"), place="--attach"))


def _attach(call: Namespace, scans: Scans, papers: tuple[PaperScore, ...]) -> None:
    nobody = Fault(_("nobody can tell who attaches the scan"), _("say so with --by NAME"))
    by = call.by or account(nobody)
    subject = call.to or _on_paper(call.project, call.expert, papers)
    try:
        scans.attach(subject, Path(call.attach), by=by)
    except OSError as error:
        raise InputError(system_fault(error)) from error


def _on_paper(project: str, expert: str, papers: tuple[PaperScore, ...]) -> str:
    from poc_eval.workspace.paper import same_person  # noqa: PLC0415 only an expert's paper needs it

    found = [one for one in papers if one.project_id == project and same_person(one.expert, expert)]
    if len(found) == 1:
        return f"paper:{found[0].id}"
    if found:
        what, remedy = _("this expert has several score sheets on it"), _("choose one with --to RECORD")
    else:
        what = _("no score sheet on paper of this expert and project is entered")
        remedy = _("enter it first, in a notebook of the template paper_score")
    raise InputError(Fault(what, remedy, place="--expert"))


def _document(workspace: Workspace, scans: Scans, papers: tuple[PaperScore, ...]) -> dict[str, Any]:
    return {
        "scans": [
            {
                "of": one.subject,
                "file": one.file,
                "name": one.name,
                "sha256": one.sha256,
                "size": one.size,
                "attached_at": workspace.local_time(one.at).isoformat(timespec="seconds"),
            }
            for one in scans.every()
        ],
        "papers": [
            {
                "record": f"paper:{one.id}",
                "project": one.project_id,
                "expert": one.expert,
                "status": one.status,
            }
            for one in papers
        ],
        "orphans": list(scans.orphans()),
    }


def _print(
    scans: Scans, papers: tuple[PaperScore, ...], deleted: tuple[str, ...], terminal: Terminal
) -> None:
    lang = terminal.lang
    every = scans.every()
    heading = (_("scan of"), _("file"), _("SHA-256"))
    rows = [_row(one) for one in every]
    for line in aligned([tuple(cell.text(lang) for cell in heading), *rows]) if rows else ():
        terminal.say(line)
    with_scan = {one.subject for one in every}
    without = [one for one in papers if f"paper:{one.id}" not in with_scan]
    for one in without:
        said = _(
            "no scan yet: {project}, {expert} (paper:{id})",
            project=one.project_id,
            expert=one.expert,
            id=one.id,
        )
        terminal.say(said)
    for file in deleted:
        terminal.say(_("deleted: {file}", file=file))
    orphans = scans.orphans()
    for file in orphans:
        terminal.say(_("no record names this file: {file}", file=file))
    if orphans:
        terminal.note(_("--tidy deletes them."))
    if not rows and not without and not orphans:
        terminal.note(_("There is no scan in this workspace."))


def _row(one: Scan) -> tuple[str, ...]:
    return one.subject, one.file, one.sha256[:_DIGITS]
