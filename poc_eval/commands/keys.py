"""``poc-eval keys``: the keys that seal reports, and the register of them."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from poc_eval.commands.options import json_option, language_option, workspace_option
from poc_eval.commands.trouble import system_fault
from poc_eval.errors import Fault, InputError
from poc_eval.i18n import _

if TYPE_CHECKING:
    from argparse import Namespace

    from poc_eval.commands.parser import Parser
    from poc_eval.commands.terminal import Terminal
    from poc_eval.report.seal_register import KnownKey

DIGITS = 16


def arguments(parser: Parser) -> None:
    """Take what is to be done; without anything, the keys are listed."""
    parser.option(
        "--renew", action="store_true", help=_("make the workspace's next key; the one before is retired")
    )
    parser.option(
        "--method",
        metavar="NAME",
        default="Ed25519",
        help=_("the kind of seal of the new key; Ed25519 without it"),
    )
    parser.option("--revoke", metavar="KEY", help=_("revoke a key, named by the beginning of its digits"))
    parser.option("--reason", metavar="WORDS", help=_("why the key is revoked"))
    parser.option(
        "--export",
        metavar="DIR",
        help=_("copy the public keys and the register to a folder, to hand them out"),
    )
    workspace_option(parser)
    json_option(parser)
    language_option(parser)


def run(call: Namespace, terminal: Terminal) -> int:
    """Do it, then list the keys."""
    # The command line starts without these.
    from poc_eval.report import seal_keys  # noqa: PLC0415
    from poc_eval.report.seal_register import Register, read_register  # noqa: PLC0415
    from poc_eval.workspace.workspace import Workspace  # noqa: PLC0415

    if call.revoke is not None:
        if not (call.reason or "").strip():
            raise InputError(Fault(_("a key is revoked for a reason"), _("say why with --reason")))
        seal_keys.revoke_key(call.revoke, reason=call.reason.strip())
    if call.renew:
        seal_keys.new_key(Workspace.find(Path.cwd(), chosen=call.workspace), method=call.method)
    if call.export is not None:
        _export(seal_keys.keys_folder(), Path(call.export))
    register = read_register(seal_keys.register_file()) if seal_keys.register_file().is_file() else Register()
    keys = {**seal_keys.known_keys(seal_keys.keys_folder()), **register.keys}
    if call.json:
        terminal.document(
            {"keys": [_entry(key) for key in keys.values()], "folder": str(seal_keys.keys_folder())}
        )
        return 0
    for key in keys.values():
        terminal.say(_line(key, terminal))
    if not keys:
        terminal.note(_("There is no key yet: the first report makes one."))
    return 0


def _export(folder: Path, to: Path) -> None:
    """Copy what is public: never a private key."""
    try:
        for path in [*sorted(folder.glob("*/*.pub")), folder / "register.jsonl"]:
            place = to / path.relative_to(folder)
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, place)
    except OSError as error:
        raise InputError(system_fault(error)) from error


def _entry(key: KnownKey) -> dict[str, object]:
    return {
        "key": key.public,
        "algorithm": key.algorithm,
        "workspace": key.workspace,
        "retired": key.retired,
        "revoked": None if key.revoked is None else {"at": key.revoked[0], "reason": key.revoked[1]},
    }


def _line(key: KnownKey, terminal: Terminal) -> str:
    if key.revoked is not None:
        state = _("revoked on {day}: {reason}", day=key.revoked[0][:10], reason=key.revoked[1])
    elif key.retired is not None:
        state = _("retired on {day}", day=key.retired[:10])
    else:
        state = _("seals")
    return f"{key.public[:DIGITS]}  {key.algorithm}  {key.workspace}  {state.text(terminal.lang)}"
