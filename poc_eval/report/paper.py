"""All that a report is made of: a review or a panel, the rubric's text, and what the notebook adds."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

    from poc_eval.i18n import Language
    from poc_eval.report.pictures import Picture
    from poc_eval.scoring.panel_scores import Ballot
    from poc_eval.views.dossier import Dossier
    from poc_eval.views.panel_board import PanelBoard
    from poc_eval.views.portfolio import PortfolioBoard
    from poc_eval.workspace.documents import TemplateRef
    from poc_eval.workspace.panel_records import TextPart


@dataclass(frozen=True, slots=True)
class Passage:
    """What a person wrote in one cell; ``pictures`` by the addresses under which the text asks for them."""

    text: str
    pictures: Mapping[str, Picture] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Plate:
    """A picture that a person's own code drew."""

    picture: Picture


@dataclass(frozen=True, slots=True)
class Enclosed:
    """Another review by the same reviewer that the notebook shows beside its own."""

    dossier: Dossier
    rubric_text: str


Part: TypeAlias = Passage | Plate | Enclosed


@dataclass(frozen=True, slots=True)
class Paper:
    """One report before it is rendered; ``parts`` stand in the notebook's order."""

    dossier: Dossier
    rubric_text: str
    """The rubric file as it was pinned."""
    parts: tuple[Part, ...] = ()
    words_lang: Language = "zh"
    """The language that the notebook was made in."""
    template: TemplateRef | None = None
    as_shipped: bool = True
    """False where a cell of the template was changed."""
    chart: bool = True
    """True where the notebook shows the chart of scores."""
    commitment: str | None = None
    """In a report without names: the keyed hash of the full record, hex."""


@dataclass(frozen=True, slots=True)
class PanelPaper:
    """The report on a panel, or on what a budget would buy of it, before it is rendered."""

    board: PanelBoard
    portfolio: PortfolioBoard | None
    """None where the report is on the panel itself."""
    ballots: tuple[Ballot, ...]
    rubric_text: str
    parts: tuple[Part, ...]
    words_lang: Language
    template: TemplateRef | None
    as_shipped: bool
    commitment: str | None = None
    """In a report without names: the keyed hash of the full record, hex."""
    texts: tuple[TextPart, ...] = ()
    """The papers around the meeting that the notebook shows, in its order."""
