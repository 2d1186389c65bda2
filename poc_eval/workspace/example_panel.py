"""The example of a panel: the scores of several reviewers in one file, each with its reason by band."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from poc_eval.catalog.definitions import load_definition
from poc_eval.catalog.fields import Definition, Identifier, Number, Part, Words
from poc_eval.scoring.form_fields import OPINION, RECOMMENDATION, of_criterion, of_screening

if TYPE_CHECKING:
    from pathlib import Path

    from poc_eval.scoring.rubric import Rubric


class BallotEntry(Part):
    """What one reviewer says on one project: either that they step aside, or scores."""

    project: Identifier
    reviewer: Words
    steps_aside: Words | None = None
    """Why; then nothing else is said."""
    scores: dict[Identifier, Number] = Field(default_factory=dict)
    beside: dict[Identifier, Words] = Field(default_factory=dict)
    """The level of a second scale, by criterion."""
    reasons: dict[Identifier, Words] = Field(default_factory=dict)
    """Where this reviewer gives another reason than that of the band."""
    recommendation: Identifier | None = None
    opinion: Words | None = None


class MoneyEntry(Part):
    """The amounts of an example selection, as they would be typed."""

    budget: Words
    step: Words = "100万"
    amounts: dict[Identifier, Words]


class PanelFile(Definition):
    """A panel's reviews by one rubric with bands, such as ``examples/demo/panel.yaml``."""

    rubric: Identifier
    example: Literal["yes"]
    """An example panel always says that it is one."""
    screening: dict[Identifier, Words] = Field(default_factory=dict)
    """What everybody answers to the items before the scores."""
    reasons: dict[Identifier, dict[Words, Words]]
    """By criterion and band."""
    opinions: dict[Identifier, Words]
    """By recommendation."""
    money: MoneyEntry | None = None
    """What the example of a selection begins with: a budget and the amounts asked for."""
    ballots: Annotated[tuple[BallotEntry, ...], Field(min_length=1)]

    def answers(self, ballot: BallotEntry, rubric: Rubric) -> dict[str, str]:
        """Return the fields of the form as ``ballot`` fills them in."""
        said = {
            "undertaking.conflict": "step_aside" if ballot.steps_aside else "none",
            "undertaking.confidentiality": "yes",
            "undertaking.integrity": "yes",
        }
        if ballot.steps_aside is not None:
            return said | {"undertaking.conflict_reason": ballot.steps_aside}
        said |= {of_screening(item): answer for item, answer in self.screening.items()}
        for criterion, score in ballot.scores.items():
            band = next(
                one.value for one in rubric.node(criterion).criterion.bands if one.from_ <= score <= one.to
            )
            reason = ballot.reasons.get(criterion) or self.reasons[criterion][band]
            said |= {
                of_criterion(criterion, "band"): band,
                of_criterion(criterion, "score"): f"{score:f}",
                of_criterion(criterion, "reason"): reason,
            }
        said |= {of_criterion(criterion, "beside"): level for criterion, level in ballot.beside.items()}
        if ballot.recommendation is not None:
            said |= {
                RECOMMENDATION: ballot.recommendation,
                OPINION: ballot.opinion or self.opinions[ballot.recommendation],
            }
        return said


def load_panel(file: Path) -> PanelFile:
    """Return the panel in a YAML file; raises DefinitionError with every fault."""
    return load_definition(PanelFile, file, folders=()).definition
