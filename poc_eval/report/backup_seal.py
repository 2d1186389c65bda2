"""The signature of a backup's table of contents, by the key that seals the workspace's reports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from poc_eval.errors import Fault, InputError
from poc_eval.i18n import _
from poc_eval.report.seal_keys import current_key
from poc_eval.report.seal_methods import method_named, needed_method
from poc_eval.report.verify_difference import shown
from poc_eval.workspace.backup_manifest import Signature

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from poc_eval.i18n import Message
    from poc_eval.report.seal_register import KnownKey, Register
    from poc_eval.workspace.backup_manifest import Signed
    from poc_eval.workspace.workspace import Workspace

State: TypeAlias = Literal["holds", "none", "unknown key", "revoked key", "not checked"]
_PURPOSE: Final = b"poc_eval backup\n"
"""Before what is signed, so that no signature of a report is one of a backup."""
_REMEDY: Final = _("compare the code of the backup with the one that was noted when it was made")


@dataclass(frozen=True, slots=True)
class Judgement:
    """What came of looking at a signature; ``said`` is what to tell, None where it holds."""

    state: State
    said: Fault | None = None


def signer(workspace: Workspace) -> Callable[[bytes], Signature]:
    """Return what signs a table of contents with the workspace's key, made on first use.

    Raises ``SealError`` where the key cannot be read or made.
    """
    key = current_key(workspace)
    method = needed_method(key.algorithm)

    def sign(text: bytes) -> Signature:
        return Signature(key.algorithm, key.public.hex(), method.sign(key.private, _PURPOSE + text).hex())

    return sign


def judged(signed: Signed, keys: Mapping[str, KnownKey], register: Register, *, file: str) -> Judgement:
    """Return what is to be said of who signed a backup; ``file`` is its name, for messages.

    Raises ``InputError`` where the signature does not hold: somebody changed the table of contents.
    """
    signature = signed.signature
    if signature is None:
        return _told("none", _("the backup carries no signature, so nobody vouches for who made it"), file)
    method = method_named(signature.algorithm)
    if method is None:
        what = _(
            "the backup is signed by {name}, which is not installed here", name=shown(signature.algorithm)
        )
        return _told("not checked", what, file)
    if not method.holds(
        bytes.fromhex(signature.key), _PURPOSE + signed.text, bytes.fromhex(signature.signature)
    ):
        raise InputError(
            Fault(
                _("the signature does not hold: the backup was changed after it was made"),
                _("take another copy of the backup; nothing was written"),
                file=file,
            )
        )
    known, entered = keys.get(signature.key), register.keys.get(signature.key)
    if entered is not None and entered.revoked is not None:
        day, reason = entered.revoked
        what = _(
            "the key that signed this backup was revoked on {day}: {reason}", day=day[:10], reason=reason
        )
        return _told("revoked key", what, file)
    if (
        known is None
        or known.algorithm != method.name
        or known.workspace not in {"", signed.manifest.workspace}
    ):
        what = _(
            "the backup is signed by a key that is not known here for this workspace: {key}",
            key=shown(signature.key[:16]),
        )
        return _told("unknown key", what, file)
    return Judgement("holds")


def _told(state: State, what: Message, file: str) -> Judgement:
    return Judgement(state, Fault(what, _REMEDY, file=file))
