"""Notebook templates: where they are found, what each is for, and whether it is fit to be used.

A template is a notebook without outputs. Its own metadata says what it is for; its cells carry
``metadata.poc_eval``: ``lang`` for words in one language, ``locked`` for what belongs to the template,
``view`` for what a cell shows, ``prompt`` for lines that are ours and not the writer's.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from functools import cache
from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, get_args

from poc_eval.catalog.plain_text import shown
from poc_eval.catalog.shipped import shipped_folder
from poc_eval.errors import Fault, NotebookError, UnknownIdError
from poc_eval.i18n import LANGUAGES, Text, _
from poc_eval.workspace.ipynb import Cell, mapping_or_empty, read_ipynb
from poc_eval.workspace.parameters import paper_parameters_of, parameters_of
from poc_eval.workspace.sheet_parameters import OPTIONS, sheet_of, sheet_parameters_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from poc_eval.i18n import Message
    from poc_eval.workspace.ipynb import NotebookFile

SCHEMA: Final = 1
GROUP: Final = "poc_eval.templates"
PARAMETERS_TAG: Final = "parameters"
PANEL_VIEWS: Final = frozenset({"panel-summary", "panel-text", "portfolio"})
PAPER: Final = "paper"
"""The sheet of a template whose notebooks are each about one working paper."""
PAPER_VIEW: Final = "working-paper"
VIEW_KINDS: Final = frozenset({"review-form", "review-summary", PAPER_VIEW}) | PANEL_VIEWS
SHEETS: Final = ("review", *OPTIONS, PAPER)
Audience = Literal["reviewer", "secretary", "finance_officer"]
AUDIENCES: Final[tuple[Audience, ...]] = get_args(Audience)
About = Literal["project", "none", "either"]
ABOUTS: Final[tuple[About, ...]] = get_args(About)
_ID: Final = re.compile(r"[a-z][a-z0-9_]{0,63}")
_CELL_ID: Final = re.compile(r"[a-zA-Z0-9_-]{1,64}")
_RUBRIC: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_VERSION: Final = re.compile(r"[0-9]+(\.[0-9]+){0,3}")


@dataclass(frozen=True, slots=True)
class Template:
    """One notebook template as its file states it."""

    id: str
    version: str
    title: Text
    description: Text
    kind: Literal["project", "platform"]
    """What is under evaluation."""
    order: int
    """Its place in a list of templates, from 1."""
    sheet: str
    """What it is about: one ``review``, a ``panel``, the ``portfolio`` it recommends, a working ``paper``."""
    rubrics: tuple[str, ...]
    """Ids of the rubrics that it is meant for; the first is taken where none is named."""
    paper_kind: str | None
    """The kind of working paper that it is for; None for every other sheet."""
    audience: Audience
    """Who fills it in; in a list its card stands with theirs."""
    about: About
    """Of a working paper: whether it is about one project, about none, or about either."""
    hash: str
    """SHA-256 over the locked cells' sources in order, hex."""
    cells: tuple[Cell, ...]
    file: Path

    def cells_in(self, lang: str) -> tuple[Cell, ...]:
        """Return the cells for ``lang``: its own and those for every language, in order."""
        return tuple(cell for cell in self.cells if cell.lang in {None, lang})


def template_hash(cells: Iterable[Cell]) -> str:
    """Return the SHA-256 over the sources of the locked cells in order, hex.

    The sources are hashed as one JSON list, so that text moved from one cell to the next changes the hash.
    """
    sources = [cell.source for cell in cells if cell.locked]
    canonical = json.dumps(sources, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def all_templates(folder: Path | None = None) -> tuple[Template, ...]:
    """Return the templates in ``folder``, by default those installed, in their order.

    Another package names its templates in the entry-point group ``poc_eval.templates``: the id on the left,
    on the right the module beside which the notebook lies.

    Raises NotebookError with every fault of every file.
    """
    return _shipped() if folder is None else _in(folder)


@cache
def _shipped() -> tuple[Template, ...]:
    # A list of many notebooks compares each with its template, and installed files do not change.
    return _ordered([*_in(shipped_folder("templates/notebooks")), *_brought()])


def _brought() -> Iterator[Template]:
    for point in entry_points(group=GROUP):
        spec = find_spec(point.value)
        if spec is not None and spec.origin is not None:
            yield load_template(Path(spec.origin).with_name(f"{point.name}.ipynb"))


def _in(folder: Path) -> tuple[Template, ...]:
    found: list[Template] = []
    faults: list[Fault] = []
    for path in sorted(folder.glob("*.ipynb")):
        try:
            found.append(load_template(path))
        except NotebookError as error:
            faults.extend(error.faults)
    if faults:
        raise NotebookError(*faults)
    return _ordered(found)


def _ordered(found: Iterable[Template]) -> tuple[Template, ...]:
    return tuple(sorted(found, key=lambda template: (template.order, template.id)))


def find_template(template_id: str, folder: Path | None = None) -> Template:
    """Return the template ``template_id``.

    Raises UnknownIdError that names what there is, NotebookError where a template's file is not fit.
    """
    known = all_templates(folder)
    for template in known:
        if template.id == template_id:
            return template
    raise UnknownIdError(
        Fault(
            _('there is no template "{id}"', id=shown(template_id)),
            _("choose one of: {known}", known=", ".join(template.id for template in known)),
        )
    )


def load_template(path: Path) -> Template:
    """Return the template in the file ``path``.

    Raises NotebookError with everything that is not as it must be.
    """
    file = read_ipynb(path)
    faults = [*_heading_faults(file), *_cell_faults(file), *_parameter_faults(file), *_language_faults(file)]
    if faults:
        raise NotebookError(*faults)
    head = mapping_or_empty(file.ours["template"])
    rubrics = head["rubrics"]
    return Template(
        id=str(head["id"]),
        version=str(head["version"]),
        title=_words(head["title"]),
        description=_words(head["description"]),
        kind="platform" if head["kind"] == "platform" else "project",
        order=int(str(head["order"])),
        sheet=str(head["sheet"]),
        rubrics=tuple(str(rubric) for rubric in rubrics) if isinstance(rubrics, list) else (),
        paper_kind=str(head["paper_kind"]) if head["sheet"] == PAPER else None,
        audience=_audience(head),
        about=next((one for one in ABOUTS if one == head.get("about")), "either"),
        hash=template_hash(file.cells),
        cells=file.cells,
        file=path,
    )


def _audience(head: Mapping[str, object]) -> Audience:
    """Return whose the template is, where it does not say so by what it is about."""
    usual: Audience = "secretary" if head["sheet"] in OPTIONS else "reviewer"
    return next((one for one in AUDIENCES if one == head.get("audience")), usual)


def _words(value: object) -> Text:
    words = mapping_or_empty(value)
    return Text(zh=str(words["zh"]), en=str(words["en"]))


def _heading_faults(file: NotebookFile) -> Iterator[Fault]:
    head = mapping_or_empty(file.ours.get("template"))
    if file.ours.get("schema") != SCHEMA or not head:
        yield _fault(
            file,
            _("the notebook does not say which template it is"),
            _("state schema 1 and the template's id, version, titles, kind, sheet and rubrics"),
            "metadata.poc_eval",
        )
        return
    for name, fits in {
        "id": _matches(_ID, head.get("id")) and head.get("id") == file.path.stem,
        "version": _matches(_VERSION, head.get("version")),
        "title": _in_both_languages(head.get("title")),
        "description": _in_both_languages(head.get("description")),
        "kind": head.get("kind") in {"project", "platform"},
        "order": type(head.get("order")) is int,
        "sheet": head.get("sheet") in SHEETS,
        "rubrics": _rubric_ids(head.get("rubrics"), none=head.get("sheet") == PAPER),
        "paper_kind": (head.get("sheet") == PAPER) == _matches(_ID, head.get("paper_kind")),
        "audience": head.get("audience", AUDIENCES[0]) in AUDIENCES,
        "about": head.get("about", ABOUTS[0]) in ABOUTS,
    }.items():
        if not fits:
            yield _fault(
                file,
                _("this entry is missing or does not fit"),
                _WANTED[name],
                f"metadata.poc_eval.template.{name}",
            )


_WANTED: Final[Mapping[str, Message]] = {
    "id": _("give the id that is also the name of the file: small letters, digits and _"),
    "version": _("give a version such as 1.0"),
    "title": _("give the title in both languages, zh and en"),
    "description": _("give the description in both languages, zh and en"),
    "kind": _("say project or platform"),
    "order": _("give its place in the list of templates, a whole number"),
    "sheet": _("choose one of: {known}", known=", ".join(SHEETS)),
    "rubrics": _("list the ids of one or more rubrics, the usual one first"),
    "paper_kind": _("name the kind of working paper where the sheet is paper, and nowhere else"),
    "audience": _("choose one of: {known}", known=", ".join(AUDIENCES)),
    "about": _("choose one of: {known}", known=", ".join(ABOUTS)),
}


def _cell_faults(file: NotebookFile) -> Iterator[Fault]:
    seen: set[str] = set()
    for number, cell in enumerate(file.cells):
        place = f"cells[{number}]"
        if not _CELL_ID.fullmatch(cell.id) or cell.id in seen:
            yield _fault(file, _("the cell has no id of its own"), _("give every cell another id"), place)
        seen.add(cell.id)
        if cell.outputs:
            yield _fault(file, _("a template holds no outputs"), _("clear all outputs and save"), place)
        if cell.lang is not None and (cell.lang not in LANGUAGES or cell.locked):
            yield _fault(
                file,
                _("a cell in one language is zh or en and is not locked"),
                _("lock only cells that every language shares, so that the template has one hash"),
                place,
            )
        if cell.kind == "code" and not (cell.locked or PARAMETERS_TAG in cell.tags):
            yield _fault(
                file, _("a code cell is not locked"), _("set locked in its metadata.poc_eval"), place
            )
        if (
            cell.kind == "code"
            and not _typed_in(file, cell)
            and mapping_or_empty(cell.metadata.get("jupyter")).get("source_hidden") is not True
        ):
            yield _fault(
                file, _("the code is not folded away"), _("set jupyter.source_hidden in its metadata"), place
            )
        view = cell.ours.get("view")
        if view is not None and mapping_or_empty(view).get("kind") not in VIEW_KINDS:
            known = ", ".join(sorted(VIEW_KINDS))
            yield _fault(
                file,
                _("the cell shows a view that is not known"),
                _("choose one of: {known}", known=known),
                place,
            )
        if not set(prompt_lines(cell)) <= set(cell.source.splitlines()):
            yield _fault(
                file, _("a line of the prompt does not stand in the cell"), _("make both the same"), place
            )


def _typed_in(file: NotebookFile, cell: Cell) -> bool:
    """Return whether people type into the cell's code: the amounts of a portfolio."""
    sheet = mapping_or_empty(file.ours.get("template")).get("sheet")
    return sheet == "portfolio" and PARAMETERS_TAG in cell.tags


def _parameter_faults(file: NotebookFile) -> Iterator[Fault]:
    tagged = [cell for cell in file.cells if PARAMETERS_TAG in cell.tags]
    if len(tagged) != 1 or tagged[0].locked or tagged[0].lang is not None:
        yield _fault(
            file,
            _("a template has one cell tagged parameters, neither locked nor in one language"),
            _("tag the cell that sets review and lang"),
            "cells",
        )
        return
    try:
        stated = mapping_or_empty(file.ours.get("template")).get("sheet")
        sheet = sheet_of(stated)
        if stated == PAPER:
            paper_parameters_of(tagged[0].source, file=str(file.path))
        elif sheet is None:
            parameters_of(tagged[0].source, file=str(file.path))
        else:
            sheet_parameters_of(tagged[0].source, sheet, file=str(file.path))
    except NotebookError as error:
        yield from error.faults


def _language_faults(file: NotebookFile) -> Iterator[Fault]:
    shapes = {
        lang: [(cell.kind, cell.ours.get("narrative")) for cell in file.cells if cell.lang == lang]
        for lang in LANGUAGES
    }
    if not shapes["zh"] or shapes["zh"] != shapes["en"]:
        yield _fault(
            file,
            _("the template does not say the same in both languages"),
            _("write every cell of words once with lang zh and once with lang en, in the same order"),
            "cells",
        )
    if not any(cell.ours.get("view") is not None for cell in file.cells):
        yield _fault(file, _("no cell shows a view"), _("add the cell with the form"), "cells")


def prompt_lines(cell: Cell) -> tuple[str, ...]:
    """Return the lines of ``cell`` that were put there for the writer and are not the writer's words."""
    lines = cell.ours.get("prompt")
    return tuple(line for line in lines if isinstance(line, str)) if isinstance(lines, list) else ()


def _fault(file: NotebookFile, what: Message, remedy: Message, place: str) -> Fault:
    return Fault(what, remedy, file=str(file.path), place=place)


def _matches(pattern: re.Pattern[str], value: object) -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None


def _in_both_languages(value: object) -> bool:
    words = mapping_or_empty(value)
    return words.keys() == set(LANGUAGES) and all(
        isinstance(text, str) and text.strip() for text in words.values()
    )


def _rubric_ids(value: object, *, none: bool) -> bool:
    """Return whether these are ids of rubrics; a working paper needs none."""
    return isinstance(value, list) and (none or bool(value)) and all(_matches(_RUBRIC, one) for one in value)
