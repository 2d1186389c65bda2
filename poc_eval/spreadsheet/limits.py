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

from poc_eval.catalog.plain_text import shown
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
MOST_OTHERS: Final = 100_000
"""Elements of a part that are not cells or texts: styles, names of sheets, lists of parts."""
MOST_UNREAD: Final = 1_000_000
"""The same of a part that nothing here reads: shapes, records of a pivot table, cells of other files."""
LONGEST_TEXT: Final = 32_767
"""What one cell of a spreadsheet program can hold."""
LONGEST_TAG: Final = 1024 * 1024
"""Bytes of one tag with its attributes, or of one comment."""

_BLOCK: Final = 256 * 1024
_CELL: Final = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_LETTERS: Final = 26
_UNREAD: Final = ("xl/pivotcache/", "xl/externallinks/", "xl/drawings/")
_LONG: Final = {
    "xl/worksheets/": "worksheet",
    "xl/sharedstrings.xml": "sharedstrings",
    "xl/calcchain.xml": "calcchain",
    "xl/pivotcache/": "pivotcache",
    "xl/externallinks/": "externallink",
    "xl/drawings/": "drawing",
}
"""The parts that may be long, and a word of the type that is stated for each."""


@dataclass(slots=True)
class _Look:
    """What was seen of one part so far; cells are cells whatever the part is called."""

    name: str
    part: str
    cells: int = 0
    rows: int = 0
    others: int = 0
    column: int = 0
    inside: bool = False
    """Whether a cell, or an item of the shared strings, is open; it holds ``text`` characters so far."""
    text: int = 0
    within: int = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        plain = tag.rpartition(":")[2]
        if plain == "c":
            self._cell(attributes.get("r", ""))
        elif plain == "si":
            self._count()
        elif plain == "row":
            self.rows += 1
            self.column = 0
            self._row(max(self.rows, int(attributes["r"]) if attributes.get("r", "").isdecimal() else 0))
        elif self.inside:
            self.within += 1
            self._refuse_longer()
        else:
            self._other(plain, attributes)

    def end(self, tag: str) -> None:
        if tag.rpartition(":")[2] in {"c", "si"}:
            self.inside = False

    def data(self, text: str) -> None:
        if self.inside:
            self.text += len(text)
            self._refuse_longer()

    def entity(self, *_declared: object) -> None:
        raise _too_large(self.name, _("XML entities, which no spreadsheet program writes"))

    def _refuse_longer(self) -> None:
        """Refuse a cell with too many characters, or with more elements than it can have characters."""
        if max(self.text, self.within) > LONGEST_TEXT:
            raise _too_large(self.name, _("a text of more than {most} characters", most=f"{LONGEST_TEXT:,}"))

    def _count(self) -> None:
        self.cells += 1
        self.text = self.within = 0
        self.inside = True
        if self.cells > MOST_CELLS:
            raise _too_large(self.name, _("more than {most} cells", most=f"{MOST_CELLS:,}"))

    def _cell(self, reference: str) -> None:
        self._count()
        self.column += 1
        found = _CELL.fullmatch(reference)
        if found is not None:
            self._row(int(found[2]))
            self.column = 0
            for letter in found[1]:
                self.column = self.column * _LETTERS + ord(letter) - ord("A") + 1
        if self.column > MOST_COLUMNS and "calcchain" not in self.part.lower():
            where = reference or str(self.column)
            raise _too_large(
                self.name, _("the cell {cell}, right of column {most}", cell=where, most=MOST_COLUMNS)
            )

    def _row(self, row: int) -> None:
        if row > MOST_ROWS:
            raise _too_large(self.name, _("row {row}, below row {most}", row=row, most=f"{MOST_ROWS:,}"))

    def _other(self, tag: str, attributes: dict[str, str]) -> None:
        """Count an element; a part that may be long must be what parts in its place are."""
        self.others += 1
        most = MOST_UNREAD if self.part.lower().startswith(_UNREAD) else MOST_OTHERS
        if self.others > most:
            raise _too_large(
                self.name,
                _(
                    "more than {most} elements in the part {part}",
                    most=f"{most:,}",
                    part=shown(self.part),
                ),
            )
        if tag == "Override":
            place = attributes.get("PartName", "").lstrip("/").lower()
            kind = next((kind for start, kind in _LONG.items() if place.startswith(start)), "")
            if kind not in attributes.get("ContentType", "").lower():
                raise not_a_workbook(self.name)


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
            # Whatever it is called: the workbook itself says which of its parts is a sheet.
            for member in members:
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
    look = _Look(name, member)
    parser = expat.ParserCreate()
    parser.EntityDeclHandler = look.entity
    parser.StartElementHandler = look.start
    parser.EndElementHandler = look.end
    parser.CharacterDataHandler = look.data
    seen = 0
    try:
        while block := part.read(_BLOCK):
            seen += len(block)
            if seen > MOST_UNPACKED:
                raise _too_large(name, _("more than {most} bytes unpacked", most=f"{MOST_UNPACKED:,}"))
            parser.Parse(block, False)  # noqa: FBT003 expat takes it by place
            # What is not yet ended is read again with every block.
            if seen - parser.CurrentByteIndex > LONGEST_TAG:
                raise _too_large(
                    name, _("a tag or a comment of more than {most} bytes", most=f"{LONGEST_TAG:,}")
                )
        parser.Parse(b"", True)  # noqa: FBT003 the same
    except expat.ExpatError:
        # A picture, which is no XML; what calls itself XML must be some.
        if member.lower().endswith((".xml", ".rels")):
            raise


def _too_large(name: str, what: Message) -> InputError:
    return InputError(
        Fault(
            _("the file holds {what}", what=what),
            _("delete what does not belong to the table and save it again, or split it"),
            file=name,
        )
    )
