"""``poc-eval backup``: saves a workspace as one file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from poc_eval.commands.options import json_option, language_option, workspace_option
from poc_eval.errors import Fault, SealError
from poc_eval.i18n import _

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Mapping

    from poc_eval.commands.parser import Parser
    from poc_eval.commands.terminal import Terminal
    from poc_eval.workspace.backup_manifest import Signature
    from poc_eval.workspace.workspace import Workspace

FAILED = 1
SEALS = "seals"
"""The folder of a backup with the public keys and the register."""


def arguments(parser: Parser) -> None:
    """Take the file to write, the workspace, ``--json`` and ``--lang``."""
    parser.option("file", metavar="FILE", help=_("the backup to write; nothing is written over"))
    workspace_option(parser)
    json_option(parser)
    language_option(parser)


def run(call: Namespace, terminal: Terminal) -> int:
    """Save the workspace; 1 where it is saved but an audit of it finds something wrong."""
    # The command line starts without these.
    from poc_eval.commands.audit import tell  # noqa: PLC0415
    from poc_eval.workspace.auditing import audit  # noqa: PLC0415
    from poc_eval.workspace.backup import save  # noqa: PLC0415
    from poc_eval.workspace.workspace import Workspace  # noqa: PLC0415

    workspace = Workspace.find(Path.cwd(), chosen=call.workspace)
    target = Path(call.file).absolute()
    # The key first: where it is new, its public half comes along.
    sign, unsigned = _signer(workspace)
    saved = save(workspace, target, seals(workspace), sign)
    found = audit(workspace)
    if call.json:
        manifest = saved.manifest
        terminal.document(
            {
                "path": str(saved.path),
                "bytes": saved.bytes,
                "files": len(manifest.files),
                "code": manifest.code,
                "workspace": manifest.workspace,
                "log": {"entries": manifest.entries, "head": manifest.head},
                "holds": found.holds,
                "signed": sign is not None,
                "left_out": [{"zh": one.text("zh"), "en": one.text("en")} for one in saved.left_out],
            }
        )
    else:
        terminal.say(
            _(
                "{file}: {count} files, {size} MB, code {code}",
                file=saved.path,
                count=len(saved.manifest.files),
                size=f"{saved.bytes / 1024 / 1024:.1f}",
                code=saved.manifest.code,
            )
        )
    for note in saved.left_out:
        terminal.note(note)
    terminal.faults(*unsigned)
    if target.is_relative_to(workspace.path):
        terminal.note(_("The backup lies in the workspace itself; copy it to another disk."))
    terminal.note(
        _("The backup holds names and answers: keep it as safe as the workspace. Private keys are not in it.")
    )
    tell(found, terminal)
    return 0 if found.holds else FAILED


def _signer(workspace: Workspace) -> tuple[Callable[[bytes], Signature] | None, tuple[Fault, ...]]:
    """Return what signs the backup; where the key cannot be used, None and why: saved it is all the same."""
    from poc_eval.report.backup_seal import signer  # noqa: PLC0415 the command line starts without it

    try:
        return signer(workspace), ()
    except SealError as error:
        what = _("the backup is not signed, because its key cannot be used")
        return None, (Fault(what, _("mend what the next line says, then save again")), *error.faults)


def seals(workspace: Workspace) -> Mapping[str, bytes]:
    """Return the workspace's public keys and the register, by their paths in the backup."""
    from poc_eval.report.seal_keys import PUBLIC, keys_folder, register_file  # noqa: PLC0415 as above

    found = {f"{SEALS}/{one.name}": one for one in sorted((keys_folder() / workspace.id).glob(f"*{PUBLIC}"))}
    if register_file().is_file():
        found[f"{SEALS}/{register_file().name}"] = register_file()
    return {name: path.read_bytes() for name, path in found.items()}
