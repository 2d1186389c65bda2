"""A working paper (工作底稿) as plain values: what it asks for, what stands in it, what follows.

Every field is text with a revision of its own. A cell of a grid is the field ``rows/<grid>/<row>/<column>``;
a row is there while one of its cells is not empty, and rows stand in the order of their ids.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from poc_eval.i18n import Message, Translatable
    from poc_eval.workspace.records import Answer, DefinitionRef, Project

PaperStatus: TypeAlias = Literal["draft", "concluded"]
FieldType: TypeAlias = Literal[
    "text",
    "long_text",
    "amount",
    "share",
    "number",
    "count",
    "date",
    "yes_no",
    "choice",
    "credit_code",
    "shown",
]
"""``shown`` is worked out by the assessment and not typed; the others are what a person may type."""
DefinitionKind: TypeAlias = Literal[
    "rubric", "scale", "policy", "programme", "deal", "sharing", "conflicts", "checklist"
]


_ROW: Final = re.compile(r"rows/([^/]*)/[^/]*/([^/]*)")


@dataclass(frozen=True, slots=True)
class WorkedBy:
    """A pinned definition that a paper is worked by."""

    kind: DefinitionKind
    ref: DefinitionRef


@dataclass(frozen=True, slots=True)
class PaperRecord:
    """One working paper; an amendment is a new version and both stay."""

    id: str
    kind: str
    title: str
    project_id: str | None
    author: str | None
    """Who opened it; None after their name was deleted."""
    definitions: tuple[WorkedBy, ...]
    version: int
    status: PaperStatus
    revision: int
    created_at: datetime
    updated_at: datetime
    concluded_at: datetime | None
    amends: str | None
    """The id of the version before."""
    amendment_reason: str | None
    example: bool
    fields: Mapping[str, Answer] = field(default_factory=dict)

    def values(self) -> dict[str, str]:
        """Return the fields alone: name to text."""
        return {name: answer.value for name, answer in self.fields.items()}

    def chosen(self, *names: str) -> tuple[str, ...]:
        """Return what stands in fields of these names, or in columns ``grid/column``, each once."""
        found = (
            answer.value.strip()
            for name, answer in self.fields.items()
            if name in names or _ROW.sub(r"\1/\2", name) in names
        )
        return tuple(dict.fromkeys(one for one in found if one))


@dataclass(frozen=True, slots=True)
class PaperSeal:
    """A paper as it was concluded: its text and the hash of that text."""

    paper_id: str
    snapshot: str
    """Canonical JSON of the paper, the project as it stood, the definitions, the fields and the outcome."""
    sha256: str
    concluded_at: datetime


@dataclass(frozen=True, slots=True)
class Option:
    """One of the choices of a field; ``value`` is what is kept."""

    value: str
    label: Translatable


@dataclass(frozen=True, slots=True)
class Field:
    """One thing to fill in: a field of the paper, or a column of a grid."""

    name: str
    """Small letters, digits and ``_``, a letter first."""
    label: Translatable
    type: FieldType = "text"
    required: bool = False
    help: Translatable | None = None
    unit: Translatable | None = None
    """What a figure is counted in; an amount is in yuan without it."""
    options: tuple[Option, ...] = ()
    negative: bool = False
    """True where an amount or a number may be below 0."""
    personal: bool = False
    """True where the name of a person stands, or what leads to one: a report without names carries none."""


@dataclass(frozen=True, slots=True)
class GivenRow:
    """A row that the layout brings along and nobody adds or takes away."""

    id: str
    """Small letters and digits, as every row's."""
    label: Translatable
    help: Translatable | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """A table to fill in row by row; with ``given`` rows, those and no others."""

    name: str
    title: Translatable
    columns: tuple[Field, ...]
    help: Translatable | None = None
    given: tuple[GivenRow, ...] = ()
    given_title: Translatable | None = None
    """What stands over the given rows' labels."""
    at_least: int = 0
    """Rows that must be there before the paper can be concluded."""
    at_most: int = 500


@dataclass(frozen=True, slots=True)
class Part:
    """A section of a paper, with its fields and grids in order."""

    name: str
    title: Translatable
    items: tuple[Field | Grid, ...]
    help: Translatable | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """Everything that a paper asks for."""

    parts: tuple[Part, ...]

    @property
    def fields(self) -> tuple[Field, ...]:
        """The fields that stand outside of grids."""
        return tuple(item for part in self.parts for item in part.items if isinstance(item, Field))

    @property
    def grids(self) -> tuple[Grid, ...]:
        """The grids."""
        return tuple(item for part in self.parts for item in part.items if isinstance(item, Grid))


@dataclass(frozen=True, slots=True)
class PaperNote:
    """Something to tell beside one field, cell or grid (by its name)."""

    field: str
    message: Message


@dataclass(frozen=True, slots=True)
class Figure:
    """One result that is shown live above the paper."""

    label: Translatable
    value: str | Translatable
    note: Translatable | None = None
    standing: Literal["plain", "good", "bad"] = "plain"


@dataclass(frozen=True, slots=True)
class Assessment:
    """What follows from a paper's fields; with nothing missing and nothing wrong it can be concluded."""

    missing: tuple[PaperNote, ...] = ()
    faults: tuple[PaperNote, ...] = ()
    warnings: tuple[PaperNote, ...] = ()
    """Told beside the field; they hinder nothing."""
    figures: tuple[Figure, ...] = ()
    totals: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """By grid and column, as printed."""
    shown: Mapping[str, str] = field(default_factory=dict)
    """What stands in fields and cells of the type ``shown``, by their full names."""
    outcome: Mapping[str, object] = field(default_factory=dict)
    """What is sealed with the paper: plain JSON, amounts and scores as text."""
    result: object = None
    """What the kind's views draw; never stored."""

    @property
    def complete(self) -> bool:
        """True where the paper can be concluded."""
        return not self.missing and not self.faults


@dataclass(frozen=True, slots=True)
class PaperPage:
    """All that a view of one working paper is made of."""

    paper: PaperRecord
    kind_title: Translatable
    project: Project | None
    layout: Layout
    assessment: Assessment
    zone: str = "Asia/Shanghai"
    sealed: str | None = None
    """SHA-256 of the text that was sealed when the paper was concluded, hex."""


def cell_name(grid: str, row: str, column: str) -> str:
    """Return the name of a cell's field."""
    return f"rows/{grid}/{row}/{column}"


def rows_of(grid: Grid, values: Mapping[str, str]) -> tuple[str, ...]:
    """Return the ids of a grid's rows in order: the given ones, or those with a cell that is not empty."""
    if grid.given:
        return tuple(row.id for row in grid.given)
    start = f"rows/{grid.name}/"
    named = (name.split("/") for name, value in values.items() if value.strip() and name.startswith(start))
    return tuple(sorted({parts[2] for parts in named if len(parts) == 4}))  # noqa: PLR2004 rows/grid/row/column
