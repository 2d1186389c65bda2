"""``poc-eval audit``: whether everything in a workspace is still as it was written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from poc_eval.commands.options import json_option, language_option, workspace_option
from poc_eval.i18n import _

if TYPE_CHECKING:
    from argparse import Namespace

    from poc_eval.commands.parser import Parser
    from poc_eval.commands.terminal import Terminal
    from poc_eval.i18n import Message
    from poc_eval.report.pack import Pack
    from poc_eval.workspace.auditing import Audit
    from poc_eval.workspace.workspace import Workspace

FAILED = 1


def arguments(parser: Parser) -> None:
    """Take the workspace, where to write an audit pack and of what, ``--json`` and ``--lang``."""
    parser.option(
        "--pack",
        metavar="DIR",
        help=_("also write an audit pack into a new folder: decisions, reports, rules, scans, log, contents"),
    )
    parser.option(
        "--sample",
        metavar="N",
        type=_whole,
        help=_("how many decisions are drawn for the pack; all of them without it"),
    )
    parser.option(
        "--seed",
        metavar="N",
        type=_whole,
        default=0,
        help=_("the number that repeats the draw; 0 without it"),
    )
    workspace_option(parser)
    json_option(parser)
    language_option(parser)


def run(call: Namespace, terminal: Terminal) -> int:
    """Look at everything and say what is wrong; 1 where anything is."""
    # The command line starts without these.
    from poc_eval.workspace.auditing import audit  # noqa: PLC0415
    from poc_eval.workspace.workspace import Workspace  # noqa: PLC0415

    workspace = Workspace.find(Path.cwd(), chosen=call.workspace)
    pack = None if call.pack is None else _pack(call, workspace, terminal)
    found = audit(workspace) if pack is None else pack.audit
    if call.json:
        said = {} if pack is None else {"pack": _pack_document(pack)}
        terminal.document({**document(workspace, found), **said})
    elif found.holds:
        terminal.say(
            _(
                "{folder}: all is as it was written: {entries} entries of the log, "
                "{definitions} definitions, {scans} scans; head {head}",
                folder=workspace.path,
                entries=found.entries,
                definitions=found.definitions,
                scans=found.scans,
                head=found.head[:32],
            )
        )
    if pack is not None:
        terminal.faults(*pack.notes, *pack.damaged)
        terminal.note(
            _(
                "{folder}: {files} files on {count} of {all} decisions, drawn with the seed {seed}",
                folder=pack.path,
                files=len(pack.items),
                count=len(pack.sampled),
                all=pack.decisions,
                seed=pack.seed,
            )
        )
    tell(found, terminal)
    return 0 if found.holds and (pack is None or not pack.damaged) else FAILED


def _whole(text: str) -> int:
    """Return a whole number that is not negative; raises ``ValueError``."""
    if not (text.isascii() and text.isdigit()):
        raise ValueError(text)
    return int(text)


def _pack(call: Namespace, workspace: Workspace, terminal: Terminal) -> Pack:
    from poc_eval.commands.backup import seals  # noqa: PLC0415 the command line starts without these
    from poc_eval.report.pack import make_pack  # noqa: PLC0415

    return make_pack(
        workspace,
        Path(call.pack).absolute(),
        many=call.sample,
        seed=call.seed,
        lang="en" if terminal.lang == "en" else "zh",
        seals=seals(workspace),
    )


def _pack_document(pack: Pack) -> dict[str, object]:
    return {
        "path": str(pack.path),
        "decisions": pack.decisions,
        "seed": pack.seed,
        "sampled": [one.project_id for one in pack.sampled],
        "files": [{"path": one.path, "kind": one.kind, "sha256": one.sha256} for one in pack.items],
        "notes": [
            {"what": _both(one.what), "remedy": _both(one.remedy), "file": one.file, "place": one.place}
            for one in (*pack.notes, *pack.damaged)
        ],
    }


def tell(found: Audit, terminal: Terminal) -> None:
    """Print what was found and what else to know, a line each."""
    terminal.faults(*(one.fault for one in found.findings))
    for note in found.notes:
        terminal.note(note)


def document(workspace: Workspace, found: Audit) -> dict[str, object]:
    """Return what an audit says as it is printed with ``--json``."""
    from poc_eval.workspace.auditing import CHECKS  # noqa: PLC0415 the command line starts without it

    failed = {one.check for one in found.findings}
    return {
        "workspace": workspace.id,
        "path": str(workspace.path),
        "holds": found.holds,
        "checks": {check: "failed" if check in failed else "passed" for check in CHECKS},
        "log": {"entries": found.entries, "head": found.head},
        "definitions": found.definitions,
        "scans": found.scans,
        "findings": [
            {
                "check": one.check,
                "what": _both(one.fault.what),
                "remedy": _both(one.fault.remedy),
                "file": one.fault.file,
                "place": one.fault.place,
            }
            for one in found.findings
        ],
        "notes": [_both(note) for note in found.notes],
    }


def _both(message: Message) -> dict[str, str]:
    return {"zh": message.text("zh"), "en": message.text("en")}
