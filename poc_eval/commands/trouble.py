"""What the system says when it cannot, and what nobody foresaw, each as one line."""

from __future__ import annotations

import errno
import os
import tempfile
import traceback
from typing import Final

from poc_eval.catalog.system_reasons import known_reason, reason_of
from poc_eval.errors import Fault
from poc_eval.i18n import _

_ASK: Final = _("ask for the right, or choose another folder")
_REMEDIES: Final = {
    errno.ENOENT: _("check the name and the folder you are in"),
    errno.EACCES: _ASK,
    errno.EPERM: _ASK,
    errno.EROFS: _("choose another folder"),
    errno.ENOSPC: _("make room, then do this again"),
    errno.EISDIR: _("name a file"),
    errno.ENOTDIR: _("name a folder"),
    errno.EEXIST: _("choose another name"),
    errno.ENAMETOOLONG: _("choose a shorter name"),
}


def system_fault(error: OSError) -> Fault:
    """Return what the system refused as a fault, in our words where we have some."""
    what = known_reason(error) or _("the system refused this ({reason})", reason=reason_of(error))
    remedy = _REMEDIES.get(error.errno or 0, _("mend that, then do this again"))
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
