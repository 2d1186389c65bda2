"""A notebook read back without running it: which records it shows and what a person wrote in it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

from poc_eval.errors import Fault, NotebookError
from poc_eval.i18n import _
from poc_eval.workspace.ipynb import KEY, Cell, NotebookFile, mapping_or_empty, read_ipynb
from poc_eval.workspace.parameters import Parameters, paper_parameters_of, parameters_of
from poc_eval.workspace.sheet_parameters import SheetParameters, sheet_of, sheet_parameters_of
from poc_eval.workspace.templates import (
    PAPER,
    PARAMETERS_TAG,
    SCHEMA,
    all_templates,
    prompt_lines,
    template_hash,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from poc_eval.workspace.sheet_parameters import Sheet

VIEW_TYPE: Final = "application/vnd.poc-eval.view+json"
"""The media type of a view reference that code printed."""
_HEADING: Final = re.compile(r"\s{0,3}#{1,6}(\s|$)")


@dataclass(frozen=True, slots=True)
class ViewReference:
    """What a cell shows: a kind of view, the record it shows, and how."""

    kind: str
    id: str
    options: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TemplateRef:
    """The template that a notebook was made from."""

    id: str
    version: str
    hash: str


@dataclass(frozen=True, slots=True)
class DocumentCell:
    """One cell as a report needs it.

    ``text`` is the Markdown that a person wrote; empty for guidance and for paragraphs left as they were.
    """

    id: str
    kind: Literal["words", "view", "other"]
    text: str = ""
    view: ViewReference | None = None
    narrative: str | None = None
    """The name of the template's paragraph, such as ``overall``."""
    attachments: Mapping[str, object] = field(default_factory=dict)
    outputs: tuple[Mapping[str, object], ...] = ()
    """What code left behind in a cell that shows no view; never more than material to be judged."""


@dataclass(frozen=True, slots=True)
class NotebookDocument:
    """A notebook as read back; nothing in it was run."""

    path: Path
    ours: bool
    """False for a notebook that was not made from a template; it may still show views."""
    workspace: str | None
    project: str | None
    review: str | None
    template: TemplateRef | None
    lang: str | None
    parameters: Parameters | None
    """None in a notebook on a whole panel or a working paper, which has ``panel`` or ``paper`` instead."""
    panel: SheetParameters | None
    paper: str | None
    """The working paper that the notebook was made for; None for every other sheet."""
    locked_cells_unchanged: bool
    """True where every cell of the template is as it was shipped; False for a notebook that is not ours."""
    cells: tuple[DocumentCell, ...]

    @property
    def views(self) -> tuple[ViewReference, ...]:
        """The view references in order."""
        return tuple(cell.view for cell in self.cells if cell.view is not None)

    @property
    def narrative(self) -> tuple[DocumentCell, ...]:
        """The cells in which a person wrote something, in order."""
        return tuple(cell for cell in self.cells if cell.kind == "words" and cell.text)


def read_notebook(path: Path) -> NotebookDocument:
    """Return what the notebook at ``path`` refers to and what was written in it.

    Raises NotebookError for a file that is missing, broken, half written or too large, for one made by a
    newer version of this program, for a template itself, and for a parameters cell that holds more than its
    literals.
    """
    return document_of(read_ipynb(path))


def document_of(file: NotebookFile) -> NotebookDocument:
    """Return the same for a notebook whose file was read already; raises as ``read_notebook`` does."""
    path, head = file.path, file.ours
    if head:
        _check_head(file)
    sheet = sheet_of(head.get("sheet"))
    panel = None if sheet is None else _panel_parameters(file, sheet)
    of_paper = head.get("sheet") == PAPER
    parameters = None if sheet is not None or of_paper else _parameters(file)
    review = _text_or_none(head.get("review"))
    paper = _paper(file) if of_paper else None
    if head and parameters is not None and parameters.review != review:
        raise NotebookError(
            Fault(
                _("the parameters name another review than the one this notebook was made for"),
                _("undo the change in that cell, or make the notebook anew: the same review opens in it"),
                file=str(path),
                place="parameters",
            )
        )
    template = mapping_or_empty(head.get("template"))
    cells = tuple(_document_cell(cell, paper or review, panel) for cell in file.cells)
    return NotebookDocument(
        path=path,
        ours=bool(head),
        workspace=_text_or_none(head.get("workspace")),
        project=_text_or_none(head.get("project")),
        review=review,
        template=TemplateRef(str(template["id"]), str(template["version"]), str(template["hash"]))
        if head
        else None,
        lang=_text_or_none(head.get("lang")),
        parameters=parameters,
        panel=panel,
        paper=paper,
        locked_cells_unchanged=bool(head) and _unchanged(file, cells),
        cells=cells,
    )


def written_words(cell: Cell) -> str:
    """Return what a person wrote in ``cell``: its text without our prompts.

    Empty where only headings are left.
    """
    if cell.kind != "markdown":
        return ""
    prompts = prompt_lines(cell)
    text = cell.source
    for prompt in sorted(prompts, key=len, reverse=True):
        text = text.replace(prompt, "")
    if prompts and all(not line.strip() or _HEADING.match(line) for line in text.splitlines()):
        return ""
    return text.strip()


def _check_head(file: NotebookFile) -> None:
    head = file.ours
    schema = head.get("schema")
    template = mapping_or_empty(head.get("template"))
    if isinstance(schema, int) and schema > SCHEMA:
        what = _("the notebook was made by a newer version of this program")
        remedy = _("install the newer version, or make the notebook anew: the same review opens in it")
    elif "rubrics" in template:
        what = _("this is a template, not a reviewer's notebook")
        remedy = _("make a notebook from it for a project and a reviewer")
    elif (
        schema != SCHEMA
        or not all(isinstance(head.get(key), str) for key in _head_keys(head))
        or not all(isinstance(template.get(key), str) for key in ("id", "version", "hash"))
    ):
        what = _("what the notebook says of itself is incomplete")
        remedy = _("make the notebook anew: the same review opens in it")
    else:
        return
    raise NotebookError(Fault(what, remedy, file=str(file.path), place=f"metadata.{KEY}"))


def _head_keys(head: Mapping[str, object]) -> tuple[str, ...]:
    if head.get("sheet") == PAPER:
        return ("workspace", "paper", "lang")
    if sheet_of(head.get("sheet")) is None:
        return ("workspace", "project", "review", "lang")
    return ("workspace", "rubric", "lang")


def _paper(file: NotebookFile) -> str:
    """Return the working paper that the notebook was made for; raises where its parameters name another."""
    cell, made_for = _parameters_cell(file), str(file.ours["paper"])
    stated = None if cell is None else paper_parameters_of(cell.source, file=str(file.path)).paper
    if stated in {None, made_for}:
        return made_for
    raise NotebookError(
        Fault(
            _("the parameters name another working paper than the one this notebook was made for"),
            _("undo the change in that cell, or make the notebook anew: the same paper opens in it"),
            file=str(file.path),
            place="parameters",
        )
    )


def _parameters(file: NotebookFile) -> Parameters | None:
    cell = _parameters_cell(file)
    return None if cell is None else parameters_of(cell.source, file=str(file.path))


def _panel_parameters(file: NotebookFile, sheet: Sheet) -> SheetParameters:
    """Return what the parameters state; without the cell, what the notebook was made for."""
    cell, made_for = _parameters_cell(file), str(file.ours["rubric"])
    if cell is None:
        return SheetParameters(sheet, made_for, str(file.ours["lang"]))
    stated = sheet_parameters_of(cell.source, sheet, file=str(file.path))
    if stated.rubric != made_for:
        raise NotebookError(
            Fault(
                _("the parameters name another rubric than the one this notebook was made for"),
                _("undo that change, or make a notebook for the other rubric"),
                file=str(file.path),
                place="rubric",
            )
        )
    return stated


def _parameters_cell(file: NotebookFile) -> Cell | None:
    tagged = [cell for cell in file.cells if cell.kind == "code" and PARAMETERS_TAG in cell.tags]
    if len(tagged) > 1:
        raise NotebookError(
            Fault(
                _("there are several cells with parameters"),
                _("delete the ones that were added"),
                file=str(file.path),
                place="parameters",
            )
        )
    return tagged[0] if tagged else None


def _document_cell(cell: Cell, review: str | None, panel: SheetParameters | None) -> DocumentCell:
    view = _view_of(cell, review) if panel is None else _panel_view(cell, panel)
    if view is not None:
        return DocumentCell(id=cell.id, kind="view", view=view)
    if cell.kind != "markdown":
        return DocumentCell(id=cell.id, kind="other", outputs=cell.outputs)
    return DocumentCell(
        id=cell.id,
        kind="words",
        text=written_words(cell),
        narrative=_text_or_none(cell.ours.get("narrative")),
        attachments=cell.attachments,
    )


def _view_of(cell: Cell, review: str | None) -> ViewReference | None:
    """Return the reference in the cell's metadata, else the one that its code printed."""
    printed = (
        mapping_or_empty(mapping_or_empty(output.get("data")).get(VIEW_TYPE)) for output in cell.outputs
    )
    for stated in (mapping_or_empty(cell.ours.get("view")), *printed):
        kind, shown = stated.get("kind"), stated.get("id", review)
        if isinstance(kind, str) and isinstance(shown, str):
            return ViewReference(kind, shown, mapping_or_empty(stated.get("options")))
    return None


def _panel_view(cell: Cell, panel: SheetParameters) -> ViewReference | None:
    """Return what a cell of a panel's notebook shows: its kind and part, by what the parameters state now."""
    view = mapping_or_empty(cell.ours.get("view"))
    kind, part = view.get("kind"), mapping_or_empty(view.get("options")).get("part")
    if not isinstance(kind, str) or panel.rubric is None:
        return None
    return ViewReference(
        kind, panel.rubric, panel.options if part is None else {**panel.options, "part": part}
    )


def _unchanged(file: NotebookFile, cells: Iterable[DocumentCell]) -> bool:
    stated = mapping_or_empty(file.ours.get("template"))
    found = template_hash(file.cells)
    shipped = [
        one.hash
        for one in all_templates()
        if one.id == stated.get("id") and one.version == stated.get("version")
    ]
    shown = file.ours.get(_subject_key(file.ours))
    views_of_this = all(cell.view is None or cell.view.id == shown for cell in cells)
    return views_of_this and found == stated.get("hash") and all(found == known for known in shipped)


def _subject_key(head: Mapping[str, object]) -> str:
    """Return the key under which a notebook's head names the record that it is about."""
    if head.get("sheet") == PAPER:
        return "paper"
    return "review" if sheet_of(head.get("sheet")) is None else "rubric"


def _text_or_none(value: object) -> str | None:
    return value if isinstance(value, str) else None
