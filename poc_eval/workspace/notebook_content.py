"""What stands in a new notebook: the template's cells in one language, turned to one review."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

from poc_eval.workspace.ipynb import KEY, Cell, mapping_or_empty
from poc_eval.workspace.parameters import PaperParameters, Parameters
from poc_eval.workspace.templates import PAPER, PARAMETERS_TAG, SCHEMA, prompt_lines

if TYPE_CHECKING:
    from collections.abc import Mapping

    from poc_eval.workspace.paper_records import PaperRecord
    from poc_eval.workspace.records import ReviewRecord
    from poc_eval.workspace.sheet_parameters import SheetParameters
    from poc_eval.workspace.templates import Template

NotebookLanguage: TypeAlias = Literal["zh", "en"]


def notebook_content(
    template: Template,
    *,
    review: ReviewRecord,
    workspace_id: str,
    lang: NotebookLanguage,
    narrative: Mapping[str, str] | None = None,
) -> dict[str, object]:
    """Return the notebook of ``review`` from ``template`` as the JSON of nbformat 4.5, without outputs.

    ``narrative`` holds paragraphs to begin with, Markdown by name; they stand where the prompts would.
    """
    about = {"project": review.project_id, "review": review.id}
    parameters = Parameters(review=review.id, lang=lang).source()
    return _document(template, workspace_id, lang, narrative or {}, _Filled(review.id, parameters, about))


def panel_notebook_content(
    template: Template,
    *,
    parameters: SheetParameters,
    titles: Mapping[str, str],
    workspace_id: str,
    lang: NotebookLanguage,
) -> dict[str, object]:
    """Return the notebook of a panel, whose views follow its parameters."""
    rubric = parameters.rubric or ""
    head = {"sheet": parameters.sheet, "rubric": rubric}
    filled = _Filled(rubric, parameters.source(titles), head, parameters.options)
    return _document(template, workspace_id, lang, {}, filled)


def paper_notebook_content(
    template: Template, *, paper: PaperRecord, workspace_id: str, lang: NotebookLanguage
) -> dict[str, object]:
    """Return the notebook of a working paper, as above."""
    head = {"sheet": PAPER, "paper": paper.id}
    if paper.project_id is not None:
        head["project"] = paper.project_id
    filled = _Filled(paper.id, PaperParameters(paper=paper.id, lang=lang).source(), head)
    return _document(template, workspace_id, lang, {}, filled)


@dataclass(frozen=True, slots=True)
class _Filled:
    """What a notebook is about: the id that its views show, its parameters, and what its head says of it."""

    id: str
    parameters: str
    head: Mapping[str, str]
    options: Mapping[str, object] = field(default_factory=dict)
    """What the views are shown with until the notebook is run."""


def _document(
    template: Template,
    workspace_id: str,
    lang: NotebookLanguage,
    written: Mapping[str, str],
    filled: _Filled,
) -> dict[str, object]:
    return {
        "cells": [_cell_json(cell, filled, written) for cell in template.cells_in(lang)],
        "metadata": {
            "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
            KEY: {
                "schema": SCHEMA,
                "workspace": workspace_id,
                **filled.head,
                "template": {"id": template.id, "version": template.version, "hash": template.hash},
                "lang": lang,
            },
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def _cell_json(cell: Cell, filled: _Filled, written: Mapping[str, str]) -> dict[str, object]:
    metadata = dict(cell.metadata)
    source = _with_words(cell, written)
    view = cell.ours.get("view")
    if view is not None:
        shown = {
            "kind": mapping_or_empty(view)["kind"],
            "id": filled.id,
            "options": {**mapping_or_empty(mapping_or_empty(view).get("options")), **filled.options},
        }
        metadata[KEY] = {**cell.ours, "view": shown}
    if PARAMETERS_TAG in cell.tags:
        source = filled.parameters
    document: dict[str, object] = {"cell_type": cell.kind, "id": cell.id, "metadata": metadata}
    if cell.kind == "code":
        document |= {"execution_count": None, "outputs": []}
    return document | {"source": source.splitlines(keepends=True)}


def _with_words(cell: Cell, written: Mapping[str, str]) -> str:
    words = written.get(str(cell.ours.get("narrative")))
    if words is None:
        return cell.source
    return f"{heading_of(cell)}\n\n{words}"


def heading_of(cell: Cell) -> str:
    """Return what stands in a template's paragraph beside its prompt."""
    prompts = prompt_lines(cell)
    return "\n".join(line for line in cell.source.splitlines() if line not in prompts).strip()
