"""``poc-eval restore``: brings a workspace back from its backup."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from poc_eval.commands.options import json_option, language_option, trust_options
from poc_eval.i18n import _

if TYPE_CHECKING:
    from argparse import Namespace

    from poc_eval.commands.parser import Parser
    from poc_eval.commands.terminal import Terminal

FAILED = 1


def arguments(parser: Parser) -> None:
    """Take the backup, the folder for it, which keys to believe, ``--json`` and ``--lang``."""
    parser.option("file", metavar="FILE", help=_("a backup that poc-eval backup wrote"))
    parser.option(
        "-w",
        "--workspace",
        metavar="DIR",
        help=_("a new or empty folder; without it, a new one here that is called like the backup"),
    )
    trust_options(parser)
    json_option(parser)
    language_option(parser)


def run(call: Namespace, terminal: Terminal) -> int:
    """Bring it back; 1 where it is back but an audit, or who signed it, says that it is not right."""
    # The command line starts without these.
    from poc_eval.commands.audit import document, tell  # noqa: PLC0415
    from poc_eval.commands.trusted import trusted_keys  # noqa: PLC0415
    from poc_eval.report.backup_seal import Judgement, judged  # noqa: PLC0415
    from poc_eval.workspace.restoring import restore  # noqa: PLC0415

    backup = Path(call.file).absolute()
    folder = Path(call.workspace).absolute() if call.workspace else Path.cwd() / (backup.stem or "workspace")
    keys, register = trusted_keys(call)
    found: list[Judgement] = []
    done = restore(
        backup, folder, judge=lambda signed: found.append(judged(signed, keys, register, file=str(backup)))
    )
    (judgement,) = found
    if call.json:
        made = {
            "code": done.manifest.code,
            "made_at": done.manifest.made_at,
            "made_by": done.manifest.made_by,
            "signature": judgement.state,
        }
        terminal.document({**document(done.workspace, done.audit), "backup": made})
    else:
        terminal.say(
            _(
                "{folder}: {count} files brought back, as they were on {moment}, code {code}",
                folder=done.workspace.path,
                count=len(done.manifest.files),
                moment=done.workspace.local_time(done.moment).strftime("%Y-%m-%d %H:%M"),
                code=done.manifest.code,
            )
        )
    if judgement.said is not None:
        terminal.faults(judgement.said)
    elif not call.json:
        terminal.note(_("The signature of the backup holds, by a key that is known here."))
    if done.older:
        terminal.note(_("An older version made the backup; its store was brought up to date."))
    tell(done.audit, terminal)
    return 0 if done.audit.holds and judgement.state != "revoked key" else FAILED
