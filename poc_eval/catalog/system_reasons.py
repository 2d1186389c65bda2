"""Why the system refused something, in the reader's language where we have the words."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING, Final

from poc_eval.i18n import _

if TYPE_CHECKING:
    from poc_eval.i18n import Message

_NOT_ALLOWED: Final = _("this may not be read or written by you")
_REASONS: Final = {
    errno.ENOENT: _("there is no such file or folder"),
    errno.EACCES: _NOT_ALLOWED,
    errno.EPERM: _NOT_ALLOWED,
    errno.EROFS: _("this place is read-only"),
    errno.ENOSPC: _("the disk is full"),
    errno.EISDIR: _("this is a folder, not a file"),
    errno.ENOTDIR: _("this is a file, not a folder"),
    errno.EEXIST: _("this is already there"),
    errno.ENAMETOOLONG: _("this name is too long"),
}


def known_reason(error: OSError) -> Message | None:
    """Return why the system refused, where it is one of the usual reasons."""
    return _REASONS.get(error.errno or 0)


def reason_of(error: OSError) -> Message | str:
    """Return why the system refused: in our words, or else in its own."""
    return known_reason(error) or error.strerror or type(error).__name__
