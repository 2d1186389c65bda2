"""The changes that a form sends, read strictly: what cannot be kept is told, never cut."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from poc_eval.catalog.plain_text import shown
from poc_eval.errors import Fault, InputError
from poc_eval.i18n import _
from poc_eval.workspace.store import Change

if TYPE_CHECKING:
    from collections.abc import Container

VALUE_AT_MOST: Final = 20_000
"""Characters of one field; the longest text that a form asks for is 1,000."""
REVISION_AT_MOST: Final = 2**53
"""The largest whole number that a browser knows exactly."""
# A lone surrogate is half a character and NUL ends a text in other databases: neither can be kept as typed.
_NOT_KEPT: Final = re.compile("[\x00\ud800-\udfff]")


def read_changes(sent: object, fields: Container[str] | None = None) -> list[Change]:
    """Return the changes of ``[{field, value, base}]``.

    ``fields`` are those that the form has; without them whoever keeps the changes looks whether they fit.
    Raises ``InputError`` with every fault; ``place`` is the field that it is about.
    """
    if not isinstance(sent, list):
        raise InputError(_unreadable("changes"))
    changes: list[Change] = []
    faults: list[Fault] = []
    for number, one in enumerate(sent):
        change = _read(one, f"changes[{number}]", fields)
        if isinstance(change, Fault):
            faults.append(change)
        else:
            changes.append(change)
    if faults:
        raise InputError(*faults)
    return changes


def refuse_unkept(place: str, text: object) -> None:
    """Raise ``InputError`` where ``text`` holds a character that no store can keep."""
    if isinstance(text, str) and _NOT_KEPT.search(text):
        raise InputError(
            Fault(
                _("this text holds a character that cannot be kept; it was not saved"),
                _("delete what was pasted last and type it again"),
                place=place,
            )
        )


def read_revision(sent: object, place: str) -> int:
    """Return a revision as a page states it; raises ``InputError``."""
    if _is_revision(sent):
        return int(str(sent))
    raise InputError(_unreadable(place))


def _read(one: object, place: str, fields: Container[str] | None) -> Change | Fault:
    if not isinstance(one, dict):
        return _unreadable(place)
    field, value, base = one.get("field"), one.get("value"), one.get("base", 0)
    if not isinstance(field, str) or not isinstance(value, str) or not _is_revision(base):
        return _unreadable(place)
    if fields is not None and field not in fields:
        return Fault(
            _("this form has no such field"),
            _("reload the page; what was saved before is safe"),
            place=shown(field),
        )
    if len(value) > VALUE_AT_MOST:
        return Fault(
            _(
                "this text has {count} characters, at most {most} can be saved; it was not saved",
                count=f"{len(value):,}",
                most=f"{VALUE_AT_MOST:,}",
            ),
            _("shorten it, or put it into an attachment and name that"),
            place=field,
        )
    if _NOT_KEPT.search(value):
        return Fault(
            _("this text holds a character that cannot be kept; it was not saved"),
            _("delete what was pasted last and type it again"),
            place=field,
        )
    return Change(field, value, int(base))


def _is_revision(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= REVISION_AT_MOST


def _unreadable(place: str) -> Fault:
    return Fault(
        _("the request cannot be read"),
        _("reload the page, or update poc_eval; what was saved before is safe"),
        place=place,
    )
