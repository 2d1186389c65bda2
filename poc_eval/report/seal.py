"""The seal of a report: what it states, where it stands in the file, and how it is put there.

The seal is the last entry of the file's one data block, and the signature is the seal's last entry, in hex.
What is signed is every byte of the file but those digits, so no byte has a second spelling.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from poc_eval.report.frame import AFTER_DATA, Page
from poc_eval.report.seal_keys import current_key
from poc_eval.report.seal_methods import needed_method
from poc_eval.workspace.sealing import head_of, keyed_hash

if TYPE_CHECKING:
    from poc_eval.report.frame import PageLanguage
    from poc_eval.report.seal_keys import SealKey
    from poc_eval.workspace.workspace import Workspace

SERIES_DIGITS: Final = 32
_SLOT: Final = re.compile(rb'"signature":"((?:[0-9a-f]{2})*)"\}\}' + re.escape(AFTER_DATA.encode()) + rb"\Z")


@dataclass(frozen=True, slots=True)
class Sealing:
    """A key, and what a seal by it states of one report."""

    key: SealKey
    stated: dict[str, object]
    series: str
    log: int


def sealing_of(workspace: Workspace, lang: PageLanguage, series: object) -> Sealing:
    """Return what will seal a report; ``series`` tells the report apart from those on anything else.

    Reports of one series follow one another: the newest one holds. Raises ``SealError``, ``WorkspaceError``.
    """
    key, head = current_key(workspace), head_of(workspace.store)
    one = keyed_hash(workspace.store, "series", series)[:SERIES_DIGITS]
    stated: dict[str, object] = {
        "algorithm": key.algorithm,
        "key": key.public.hex(),
        "lang": lang,
        "log": {"seq": head.seq, "digest": head.digest},
        "made_in": workspace.id,
        "series": one,
        "signature": "",
    }
    return Sealing(key, stated, one, head.seq)


def sealed(page: Page, sealing: Sealing) -> Page:
    """Return the page, rendered with ``sealing.stated``, with its signature."""
    unsigned = page.html.encode("utf-8")
    slot = _SLOT.search(unsigned)
    if slot is None:
        msg = "the page has no place for a signature"
        raise ValueError(msg)
    signature = needed_method(sealing.key.algorithm).sign(sealing.key.private, unsigned)
    at = slot.start(1)
    whole = unsigned[:at] + signature.hex().encode() + unsigned[at:]
    return Page(whole.decode("utf-8"), page.code)


def taken_apart(data: bytes) -> tuple[bytes, bytes] | None:
    """Return a file without its signature, and the signature; None where none stands in its place."""
    slot = _SLOT.search(data)
    if slot is None:
        return None
    return data[: slot.start(1)] + data[slot.end(1) :], bytes.fromhex(slot[1].decode())
