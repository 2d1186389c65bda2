"""A working paper as a page shows it: what it asks for, what stands in it, and what follows; plain JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from poc_eval.workspace.canonical import canonical_json, sha256
from poc_eval.workspace.form_document import printed_moment
from poc_eval.workspace.paper_records import Field

if TYPE_CHECKING:
    from collections.abc import Iterable

    from poc_eval.i18n import Language, Translatable
    from poc_eval.workspace.paper_records import Assessment, Grid, Layout, PaperNote, PaperPage, PaperRecord
    from poc_eval.workspace.working_papers import PaperSaved
    from poc_eval.workspace.workspace import Workspace

_SHAPE_DIGITS: Final = 16


def paper_document(workspace: Workspace, paper_id: str, lang: Language) -> dict[str, Any]:
    """Return the document of a working paper; words in ``lang``.

    Raises ``UnknownIdError``, ``WorkspaceError``.
    """
    page = workspace.papers.page(workspace.papers.paper(paper_id))
    project = page.project
    layout = layout_document(page.layout, lang)
    return {
        "paper": _head(workspace, page, lang),
        "project": None
        if project is None
        else {"id": project.id, "title": project.title.text(lang), "example": project.example},
        "layout": layout,
        "shape": shape_of(layout),
        "answers": {
            name: {"value": answer.value, "revision": answer.revision}
            for name, answer in page.paper.fields.items()
        },
        "evaluation": assessment_document(page.assessment, lang),
    }


def paper_line(workspace: Workspace, paper: PaperRecord) -> dict[str, Any]:
    """Return one paper for a list, without its fields."""
    return {
        "id": paper.id,
        "kind": paper.kind,
        "title": paper.title,
        "project": paper.project_id,
        "author": paper.author,
        "version": paper.version,
        "status": paper.status,
        "revision": paper.revision,
        "amends": paper.amends,
        "saved_at": printed_moment(workspace, paper.updated_at) if paper.revision else None,
        "concluded_at": printed_moment(workspace, paper.concluded_at),
        "example": paper.example,
    }


def saved_document(workspace: Workspace, result: PaperSaved, lang: Language) -> dict[str, Any]:
    """Return what a page hears after it sent changes.

    Another ``shape`` than that of the page's document says that by what was sent other fields are asked for.
    """
    page = workspace.papers.page(result.paper)
    return {
        "shape": shape_of(layout_document(page.layout, lang)),
        "revision": result.paper.revision,
        "saved": [{"field": one.field, "revision": one.revision} for one in result.saved],
        "conflicts": [
            {
                "field": one.field,
                "mine": one.mine,
                "theirs": one.theirs,
                "revision": one.revision,
                "at": printed_moment(workspace, one.at),
            }
            for one in result.conflicts
        ],
        "evaluation": assessment_document(page.assessment, lang),
        "saved_at": printed_moment(workspace, result.at),
    }


def shape_of(layout: dict[str, Any]) -> str:
    """Return a short mark of a layout's document: the same for the same fields in the same words."""
    return sha256(canonical_json(layout))[:_SHAPE_DIGITS]


def assessment_document(assessment: Assessment, lang: Language) -> dict[str, Any]:
    """Return what follows from the fields, as a page shows it."""
    return {
        "complete": assessment.complete,
        "missing": notes_of(assessment.missing, lang),
        "faults": notes_of(assessment.faults, lang),
        "warnings": notes_of(assessment.warnings, lang),
        "figures": [
            {
                "label": figure.label.text(lang),
                "value": figure.value if isinstance(figure.value, str) else figure.value.text(lang),
                "note": _words(figure.note, lang),
                "standing": figure.standing,
            }
            for figure in assessment.figures
        ],
        "totals": {grid: dict(totals) for grid, totals in assessment.totals.items()},
        "shown": dict(assessment.shown),
    }


def notes_of(notes: Iterable[PaperNote], lang: Language) -> list[dict[str, str]]:
    """Return notes beside fields as a page shows them."""
    return [{"field": note.field, "text": note.message.text(lang)} for note in notes]


def layout_document(layout: Layout, lang: Language) -> dict[str, Any]:
    """Return what a paper asks for."""
    return {
        "parts": [
            {
                "name": part.name,
                "title": part.title.text(lang),
                "help": _words(part.help, lang),
                "items": [
                    _field(item, lang) if isinstance(item, Field) else _grid(item, lang)
                    for item in part.items
                ],
            }
            for part in layout.parts
        ]
    }


def _head(workspace: Workspace, page: PaperPage, lang: Language) -> dict[str, Any]:
    paper = page.paper
    return {
        **paper_line(workspace, paper),
        "kind_title": page.kind_title.text(lang),
        "created_at": printed_moment(workspace, paper.created_at),
        "amendment_reason": paper.amendment_reason,
        "amended_by": workspace.papers.newer_version(paper.id),
        "definitions": [{"kind": one.kind, "ref": str(one.ref)} for one in paper.definitions],
    }


def _field(field: Field, lang: Language) -> dict[str, Any]:
    return {
        "item": "field",
        "field": field.name,
        "label": field.label.text(lang),
        "type": field.type,
        "required": field.required,
        "help": _words(field.help, lang),
        "unit": _words(field.unit, lang),
        "options": [{"value": one.value, "label": one.label.text(lang)} for one in field.options],
    }


def _grid(grid: Grid, lang: Language) -> dict[str, Any]:
    return {
        "item": "grid",
        "grid": grid.name,
        "title": grid.title.text(lang),
        "help": _words(grid.help, lang),
        "columns": [_field(column, lang) for column in grid.columns],
        "given": [
            {"id": row.id, "label": row.label.text(lang), "help": _words(row.help, lang)}
            for row in grid.given
        ],
        "given_title": _words(grid.given_title, lang),
        "at_most": grid.at_most,
    }


def _words(text: Translatable | None, lang: Language) -> str | None:
    return None if text is None else text.text(lang)
