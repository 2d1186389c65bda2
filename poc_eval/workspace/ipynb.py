"""Notebook files as plain values, read with limits and written so that a reader never sees half of one.

Only the JSON of nbformat 4 is used here, without nbformat itself, so that listing templates stays quick.
"""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NoReturn
from uuid import uuid4

from poc_eval.catalog.system_reasons import reason_of
from poc_eval.errors import Fault, NotebookError
from poc_eval.i18n import _

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from poc_eval.i18n import Message

LARGEST: Final = 20 * 1024 * 1024
"""Bytes of a notebook that are read; ours have some thousands, pasted pictures make them grow."""
KEY: Final = "poc_eval"
"""Where our own metadata stands, in a notebook and in a cell."""
_HALF_SPELLED: Final = re.compile(rb"\\u[dD][89a-fA-F]")
_HALF: Final = re.compile("[\ud800-\udfff]")
CELL_TYPES: Final = frozenset({"markdown", "code", "raw"})


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a notebook file; ``source`` is one text whichever way the file keeps it."""

    id: str
    kind: str
    """``markdown``, ``code`` or ``raw``."""
    source: str
    metadata: Mapping[str, object] = field(default_factory=dict)
    outputs: tuple[Mapping[str, object], ...] = ()
    attachments: Mapping[str, object] = field(default_factory=dict)

    @property
    def ours(self) -> Mapping[str, object]:
        """What ``metadata.poc_eval`` says; empty where a person made the cell."""
        return mapping_or_empty(self.metadata.get(KEY))

    @property
    def tags(self) -> frozenset[str]:
        """The cell's tags."""
        found = self.metadata.get("tags")
        return (
            frozenset(tag for tag in found if isinstance(tag, str))
            if isinstance(found, list)
            else frozenset()
        )

    @property
    def locked(self) -> bool:
        """True for a cell that belongs to the template and is part of its hash."""
        return self.ours.get("locked") is True

    @property
    def lang(self) -> str | None:
        """The language that the cell is for; None for a cell that every language shows."""
        found = self.ours.get("lang")
        return found if isinstance(found, str) else None


@dataclass(frozen=True, slots=True)
class NotebookFile:
    """A notebook as its file has it."""

    path: Path
    metadata: Mapping[str, object]
    cells: tuple[Cell, ...]

    @property
    def ours(self) -> Mapping[str, object]:
        """What ``metadata.poc_eval`` says; empty for a notebook that is not ours."""
        return mapping_or_empty(self.metadata.get(KEY))


def mapping_or_empty(value: object) -> Mapping[str, object]:
    """Return ``value`` where it is a JSON object, else an empty mapping."""
    return value if isinstance(value, dict) else {}


def read_ipynb(path: Path) -> NotebookFile:
    """Return the notebook at ``path``.

    Raises NotebookError where the file is missing, too large, not JSON, half written, or not nbformat 4.
    """
    content = _bytes_within_limit(path)
    document = _json_object(path, content)
    return notebook_file(path, whole_characters(document) if _HALF_SPELLED.search(content) else document)


def whole_characters(document: Mapping[str, object]) -> Mapping[str, object]:
    """Return a notebook with U+FFFD for each half of a surrogate pair, which nothing can store or print."""
    text = json.dumps(document, ensure_ascii=False)
    whole: Mapping[str, object] = json.loads(_HALF.sub("\ufffd", text))
    return whole


def notebook_file(path: Path, document: Mapping[str, object]) -> NotebookFile:
    """Return the notebook that stands at ``path`` and was read already, as the JSON of nbformat 4.

    Raises NotebookError where it is not that.
    """
    if document.get("nbformat") != 4:  # noqa: PLR2004 the number of the format
        _refuse(
            path,
            _("this is not a notebook of format 4"),
            _("open it in JupyterLab and save it again; that brings it to the present format"),
        )
    cells = document.get("cells")
    if not isinstance(cells, list):
        _refuse(path, _("the notebook has no list of cells"), _A_NEW_ONE)
    return NotebookFile(
        path=path,
        metadata=mapping_or_empty(document.get("metadata")),
        cells=tuple(_cell(path, number, value) for number, value in enumerate(cells)),
    )


def write_new_ipynb(path: Path, document: Mapping[str, object]) -> None:
    """Write ``document`` to ``path``, whole or not at all, where no file stands yet.

    Raises FileExistsError where somebody's file stands there, OSError where the folder cannot be written.
    """
    temporary = path.parent / f".{uuid4().hex}.part"
    try:
        with temporary.open("x", encoding="utf-8", newline="\n") as file:
            file.write(json.dumps(document, ensure_ascii=False, indent=1) + "\n")
            file.flush()
            os.fsync(file.fileno())
        _give_name(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


def _give_name(temporary: Path, path: Path) -> None:
    """Name the finished file ``path``; of two programs that want the name only one gets it."""
    try:
        path.hardlink_to(temporary)
    except FileExistsError:
        raise
    except OSError:
        # A disk without hard links, such as a memory stick: the name is taken first, then filled.
        path.touch(exist_ok=False)
        temporary.replace(path)


_A_NEW_ONE: Final = _(
    "what was scored is safe in the workspace; make the notebook anew: the same review opens in it"
)


def _refuse(path: Path, what: Message, remedy: Message, *, line: int | None = None) -> NoReturn:
    raise NotebookError(Fault(what, remedy, file=str(path), line=line))


def _bytes_within_limit(path: Path) -> bytes:
    try:
        if not path.is_file():
            _refuse(
                path,
                _("there is no notebook here"),
                _("check the path, or make the notebook from a template"),
            )
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        _refuse(
            path,
            _("the notebook cannot be read: {reason}", reason=reason_of(error)),
            _("check that the file may be read and that its disk is connected"),
        )
    if len(content) > LARGEST:
        _refuse(
            path,
            _("the notebook is larger than {limit} MB", limit=LARGEST // 1024 // 1024),
            _("remove large pictures and outputs from it, then save it again"),
        )
    return content


def _json_object(path: Path, content: bytes) -> Mapping[str, object]:
    try:
        document = json.loads(content.decode("utf-8-sig"), parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        what = (
            _("the notebook is empty")
            if not content.strip()
            else _("the notebook is only half written or damaged")
        )
        _refuse(path, what, _A_NEW_ONE, line=error.lineno)
    except (ValueError, RecursionError):
        _refuse(path, _("the notebook is damaged"), _A_NEW_ONE)
    if not isinstance(document, dict):
        _refuse(path, _("this file is not a notebook"), _("choose a file made from a template"))
    return document


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _cell(path: Path, number: int, value: object) -> Cell:
    found = mapping_or_empty(value)
    source = found.get("source")
    if isinstance(source, list) and all(isinstance(line, str) for line in source):
        source = "".join(source)
    outputs, kind = found.get("outputs", []), found.get("cell_type")
    if (
        not isinstance(kind, str)
        or kind not in CELL_TYPES
        or not isinstance(source, str)
        or not isinstance(outputs, list)
    ):
        _refuse(path, _("cell {number} is not as the format says", number=number + 1), _A_NEW_ONE)
    return Cell(
        id=str(found.get("id", "")),
        kind=kind,
        source=source,
        metadata=mapping_or_empty(found.get("metadata")),
        outputs=tuple(mapping_or_empty(output) for output in outputs),
        attachments=mapping_or_empty(found.get("attachments")),
    )


def notebooks_in(folder: Path) -> list[Path]:
    """Return the notebooks in a folder, sorted, without what JupyterLab keeps of them in hidden files."""
    paths = (path for path in folder.rglob("*.ipynb") if path.is_file())
    return sorted(
        path for path in paths if not any(part.startswith(".") for part in path.relative_to(folder).parts)
    )
