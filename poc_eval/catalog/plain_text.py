"""Bytes of a file become text that a person could have typed: UTF-8, no hidden characters, within limits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from poc_eval.catalog.system_reasons import reason_of
from poc_eval.errors import DefinitionError, Fault
from poc_eval.hidden import HIDDEN, spelled_out
from poc_eval.i18n import _

if TYPE_CHECKING:
    from pathlib import Path

    from poc_eval.i18n import Message

MAX_BYTES: Final = 1_000_000
MAX_FAULTS: Final = 50
SHOWN_LENGTH: Final = 60


def shown(value: str) -> str:
    """Return ``value`` fit for one line of a message: hidden characters spelled out, long text cut."""
    line = " ".join(value.split())
    if len(line) > SHOWN_LENGTH:
        line = line[: SHOWN_LENGTH - 1] + "…"
    return spelled_out(line)


def read_text(path: Path, name: str) -> str:
    """Return the text of ``path``.

    Raises DefinitionError: no such file, cannot be read, too large, not UTF-8, hidden characters.
    """
    try:
        with path.open("rb") as stream:
            content = stream.read(MAX_BYTES + 1)
    except FileNotFoundError:
        what = _("there is no such file")
        remedy = _("check the path")
    except IsADirectoryError:
        what = _("this is a folder, not a file")
        remedy = _("name one file in it")
    except (OSError, ValueError) as error:
        reason = reason_of(error) if isinstance(error, OSError) else str(error)
        what = _("the file cannot be read ({reason})", reason=reason)
        remedy = _("check the path and who may read it")
    else:
        return checked_text(content, name)
    raise DefinitionError(Fault(what, remedy, file=name))


def checked_text(content: bytes | str, name: str) -> str:
    """Return ``content`` as text without a byte order mark, its lines ended by line feeds alone.

    Raises DefinitionError with every hidden character, or the first byte that is not UTF-8.
    """
    if (len(content) if isinstance(content, bytes) else len(content.encode("utf-8", "replace"))) > MAX_BYTES:
        raise DefinitionError(
            Fault(
                _("the file is larger than {limit} bytes", limit=f"{MAX_BYTES:,}"),
                _("a definition is a few pages of text; check that this is the right file"),
                file=name,
            )
        )
    text = content if isinstance(content, str) else _decoded(content, name)
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    faults = [
        Fault(
            _("the hidden character {code} stands here", code=f"U+{ord(match[0]):04X}"),
            _("delete it"),
            file=name,
            line=text.count("\n", 0, match.start()) + 1,
        )
        for match, _count in zip(HIDDEN.finditer(text), range(MAX_FAULTS), strict=False)
    ]
    if faults:
        raise DefinitionError(*faults)
    return text


def _decoded(content: bytes, name: str) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise DefinitionError(Fault(_("the file is written in UTF-16"), _save_as_utf8(), file=name, line=1))
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise DefinitionError(
            Fault(_("the file is not written in UTF-8"), _save_as_utf8(), file=name, line=line)
        ) from None


def _save_as_utf8() -> Message:
    return _("open it in an editor and save it with the encoding UTF-8")
