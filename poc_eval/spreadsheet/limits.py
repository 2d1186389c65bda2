"""How large a table may be, and the look into an XLSX file before anything parses it.

A workbook is a zip of XML: a few kilobytes can name a cell a million rows down or unpack to gigabytes. The
look is a streaming one, stops at the first limit passed, and needs no memory worth speaking of.
"""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from xml.parsers import expat

from poc_eval.errors import Fault, InputError
from poc_eval.i18n import _

if TYPE_CHECKING:
    from pathlib import Path
    from typing import IO

    from poc_eval.i18n import Message

MOST_BYTES: Final = 20 * 1024 * 1024
MOST_UNPACKED: Final = 64 * 1024 * 1024
MOST_MEMBERS: Final = 500
MOST_ROWS: Final = 100_000
MOST_COLUMNS: Final = 200
MOST_CELLS: Final = 2_000_000
LONGEST_TEXT: Final = 32_767
"""What one cell of a spreadsheet program can hold."""

_BLOCK: Final = 256 * 1024
_CELL: Final = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_LETTERS: Final = 26


@dataclass(slots=True)
class _Look:
    """What was seen of one sheet so far."""

    name: str
    cells: int = 0
    text: int = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        plain = tag.rpartition(":")[2]
        if plain == "c":
            self.cells += 1
            self.text = 0
            self._place(attributes.get("r", ""))
        elif plain == "row":
            self._row(int(attributes["r"]) if attributes.get("r", "").isdecimal() else 0)
        if self.cells > MOST_CELLS:
            raise _too_large(self.name, _("more than {most} cells", most=f"{MOST_CELLS:,}"))

    def data(self, text: str) -> None:
        self.text += len(text)
        if self.text > LONGEST_TEXT:
            raise _too_large(self.name, _("a text of more than {most} characters", most=f"{LONGEST_TEXT:,}"))

    def entity(self, *_declared: object) -> None:
        raise _too_large(self.name, _("XML entities, which no spreadsheet program writes"))

    def _place(self, reference: str) -> None:
        found = _CELL.fullmatch(reference)
        if found is None:
            return
        self._row(int(found[2]))
        column = 0
        for letter in found[1]:
            column = column * _LETTERS + ord(letter) - ord("A") + 1
        if column > MOST_COLUMNS:
            raise _too_large(
                self.name, _("the cell {cell}, right of column {most}", cell=reference, most=MOST_COLUMNS)
            )

    def _row(self, row: int) -> None:
        if row > MOST_ROWS:
            raise _too_large(self.name, _("row {row}, below row {most}", row=row, most=f"{MOST_ROWS:,}"))


def check_size(path: Path) -> None:
    """Raise InputError where the file is larger than MOST_BYTES; OSError passes through."""
    size = path.stat().st_size
    if size > MOST_BYTES:
        raise _too_large(
            str(path), _("{size} bytes, more than {most}", size=f"{size:,}", most=f"{MOST_BYTES:,}")
        )


def check_workbook(path: Path) -> None:
    """Raise InputError where the workbook passes a limit or is no workbook."""
    check_size(path)
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            unpacked = sum(member.file_size for member in members)
            if len(members) > MOST_MEMBERS:
                raise _too_large(
                    str(path), _("{count} parts, more than {most}", count=len(members), most=MOST_MEMBERS)
                )
            if unpacked > MOST_UNPACKED:
                raise _too_large(
                    str(path),
                    _(
                        "{size} bytes unpacked, more than {most}",
                        size=f"{unpacked:,}",
                        most=f"{MOST_UNPACKED:,}",
                    ),
                )
            for member in members:
                if member.filename.lower().endswith((".xml", ".rels")):
                    with archive.open(member) as part:
                        _look_at(part, str(path), member.filename)
    except (zipfile.BadZipFile, expat.ExpatError, NotImplementedError, RuntimeError, EOFError) as error:
        raise not_a_workbook(str(path)) from error


def not_a_workbook(name: str) -> InputError:
    """Return the error for a file that says it is XLSX and is not."""
    return InputError(
        Fault(
            _("this is not a workbook that can be read"),
            _("open it in Excel or WPS and save it as .xlsx, without a password"),
            file=name,
        )
    )


def _look_at(part: IO[bytes], name: str, member: str) -> None:
    look = _Look(name)
    parser = expat.ParserCreate()
    parser.EntityDeclHandler = look.entity
    if "worksheets/" in member:
        parser.StartElementHandler = look.start
    # Shared strings hold text as well; each string item starts anew.
    elif member.endswith("sharedStrings.xml"):
        parser.StartElementHandler = lambda tag, _attributes: (
            setattr(look, "text", 0) if tag.endswith("si") else None
        )
    if "worksheets/" in member or member.endswith("sharedStrings.xml"):
        parser.CharacterDataHandler = look.data
    seen = 0
    while block := part.read(_BLOCK):
        seen += len(block)
        if seen > MOST_UNPACKED:
            raise _too_large(name, _("more than {most} bytes unpacked", most=f"{MOST_UNPACKED:,}"))
        parser.Parse(block, False)  # noqa: FBT003 expat takes it by place
    parser.Parse(b"", True)  # noqa: FBT003 the same


def _too_large(name: str, what: Message) -> InputError:
    return InputError(
        Fault(
            _("the file holds {what}", what=what),
            _("delete what does not belong to the table and save it again, or split it"),
            file=name,
        )
    )
