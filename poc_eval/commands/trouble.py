"""What the system says when it cannot, and what nobody foresaw, each as one line."""

from __future__ import annotations

import errno
import os
import tempfile
import traceback
from typing import Final

from poc_eval.errors import Fault
from poc_eval.i18n import Message, _

_NOT_ALLOWED: Final = (
    _("this may not be read or written by you"),
    _("ask for the right, or choose another folder"),
)
_SYSTEM: Final[dict[int, tuple[Message, Message]]] = {
    errno.ENOENT: (_("there is no such file or folder"), _("check the name and the folder you are in")),
    errno.EACCES: _NOT_ALLOWED,
    errno.EPERM: _NOT_ALLOWED,
    errno.EROFS: (_("this place is read-only"), _("choose another folder")),
    errno.ENOSPC: (_("the disk is full"), _("make room, then do this again")),
    errno.EISDIR: (_("this is a folder, not a file"), _("name a file")),
    errno.ENOTDIR: (_("this is a file, not a folder"), _("name a folder")),
    errno.EEXIST: (_("this is already there"), _("choose another name")),
    errno.ENAMETOOLONG: (_("this name is too long"), _("choose a shorter name")),
}


def system_fault(error: OSError) -> Fault:
    """Return what the system refused as a fault, in our words where we have some."""
    what, remedy = _SYSTEM.get(
        error.errno or 0,
        (
            _("the system refused this ({reason})", reason=error.strerror or type(error).__name__),
            _("mend that, then do this again"),
        ),
    )
    return Fault(what=what, remedy=remedy, file=os.fsdecode(error.filename) if error.filename else None)


def unforeseen_fault(error: Exception) -> Fault:
    """Write the details of an unforeseen error to a file for this user alone; return the line to show."""
    with tempfile.NamedTemporaryFile(
        "w",
        prefix="poc-eval-error-",
        suffix=".txt",
        encoding="utf-8",
        errors="backslashreplace",
        delete=False,
    ) as report:
        report.write("".join(traceback.format_exception(error)))
    return Fault(
        what=_("the program stopped at something nobody foresaw ({kind})", kind=type(error).__name__),
        remedy=_("send the file {file} to those who look after it", file=report.name),
    )
