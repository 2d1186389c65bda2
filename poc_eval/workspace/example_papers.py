"""Example working papers: what would be typed into them, grid by grid, and whether they are concluded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from pydantic import Field

from poc_eval.catalog.definitions import load_definition
from poc_eval.catalog.fields import Definition, Identifier, Words, YesNo
from poc_eval.workspace.example_files import Typed
from poc_eval.workspace.paper_notebooks import new_paper_notebook
from poc_eval.workspace.paper_records import cell_name
from poc_eval.workspace.payouts.sources import sealed_payouts
from poc_eval.workspace.store import Change
from poc_eval.workspace.templates import find_template

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from poc_eval.workspace.example_panel import PanelFile
    from poc_eval.workspace.paper_records import PaperRecord
    from poc_eval.workspace.workspace import Workspace

_PAYOUT: Final = "payout:"
"""Begins what stands for a claim of an earlier paper."""


class PaperFile(Definition):
    """One example working paper, such as ``examples/demo/papers/1-payouts-2023.yaml``."""

    template: Identifier
    by: Words
    lang: Literal["zh", "en"] = "zh"
    concluded: YesNo
    example: Literal["yes"]
    """An example paper always says that it is one."""
    fields: dict[Identifier, Typed] = Field(default_factory=dict)
    grids: dict[Identifier, tuple[dict[Identifier, Typed], ...]]
    """Rows by grid, in the order in which they would be typed: what later columns follow from comes first."""

    def steps(self, names: Mapping[str, str]) -> list[dict[str, str]]:
        """Return the fields to write, a step a grid; ``names``: what ``payout:C1`` and the like stand for."""
        steps: list[dict[str, str]] = []
        for grid, rows in self.grids.items():
            cells = {
                cell_name(grid, f"r{number:03}", column): names.get(value, value)
                for number, row in enumerate(rows, start=1)
                for column, value in row.items()
            }
            steps.append(cells)
        return [*steps, dict(self.fields)]


def load_paper_files(folder: Path) -> tuple[PaperFile, ...]:
    """Return the papers in a folder of YAML files, ordered by file name; raises DefinitionError."""
    return tuple(
        load_definition(PaperFile, file, folders=()).definition for file in sorted(folder.glob("*.yaml"))
    )


def fill_paper(workspace: Workspace, example: PaperFile) -> Path:
    """Return the notebook of an example paper; make and fill the paper where it is not there yet.

    What people have written in it since stays as they left it.
    """
    template = find_template(example.template)
    title = example.title.zh
    paper = workspace.papers.open(str(template.paper_kind), title=title, by=example.by, example=True)
    if paper.status == "draft" and not paper.fields:
        names = {f"{_PAYOUT}{one.claim_id}": one.key for one in sealed_payouts(workspace) if one.example}
        for step in example.steps(names):
            workspace.papers.save(paper.id, [Change(name, value, 0) for name, value in step.items()])
        _conclude(workspace, workspace.papers.paper(paper.id), example)
    return new_paper_notebook(workspace, template=template, title=title, by=example.by, lang=example.lang)


def fill_selection(workspace: Workspace, panel: PanelFile) -> Path:
    """Return the notebook of the example of a selection under a budget; fill in the money where none is.

    The paper begins with the projects that the example's panel scored, so that only the money is missing.
    """
    template = find_template("portfolio_selection")
    paper = workspace.papers.open(str(template.paper_kind), title=template.title.zh, example=True)
    if panel.money is not None and paper.status == "draft" and "budget" not in paper.fields:
        said = {"budget": panel.money.budget, "step": panel.money.step}
        rows = {row: paper.fields[cell_name("projects", row, "project")].value for row in _rows_of(paper)}
        amounts = panel.money.amounts
        said |= {
            cell_name("projects", row, "amount"): amounts[one] for row, one in rows.items() if one in amounts
        }
        there = {name: answer.revision for name, answer in paper.fields.items()}
        changes = [Change(name, value, there.get(name, 0)) for name, value in said.items()]
        workspace.papers.save(paper.id, changes)
    return new_paper_notebook(workspace, template=template, lang=workspace.settings.language)


def _rows_of(paper: PaperRecord) -> list[str]:
    """Return the ids of the rows of projects that the paper began with."""
    parts = [name.split("/") for name in paper.fields if name.startswith("rows/projects/")]
    return [row for _rows, _grid, row, column in parts if column == "project"]


def _conclude(workspace: Workspace, paper: PaperRecord, example: PaperFile) -> None:
    if example.concluded:
        workspace.papers.conclude(paper.id, revision=paper.revision, by=example.by)
