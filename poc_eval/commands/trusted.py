"""The keys and the register that a call believes: those it names, else this account's own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from poc_eval.errors import Fault, InputError
from poc_eval.i18n import _
from poc_eval.report.seal_keys import keys_folder, known_keys, register_file
from poc_eval.report.seal_register import Register, read_register

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Mapping

    from poc_eval.report.seal_register import KnownKey


def trusted_keys(call: Namespace) -> tuple[Mapping[str, KnownKey], Register]:
    """Return the keys by their hex, and the register; raises ``InputError``, ``SealError``."""
    if call.keys is not None and not Path(call.keys).is_dir():
        raise InputError(
            Fault(_("there is no such folder"), _("name a folder that holds public keys"), file=call.keys)
        )
    keys = known_keys(Path(call.keys) if call.keys is not None else keys_folder())
    if call.register is not None:
        register = read_register(Path(call.register))
    else:
        register = read_register(register_file()) if register_file().is_file() else Register()
    return (keys if call.keys is not None else {**register.keys, **keys}), register
