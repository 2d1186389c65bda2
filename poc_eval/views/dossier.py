"""All that one review's views are made of, and what follows for every one of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from poc_eval.i18n import Text, _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from poc_eval.i18n import Message, Translatable
    from poc_eval.scoring.evaluation import Evaluation
    from poc_eval.scoring.rubric import Rubric
    from poc_eval.workspace.records import Project, ReviewRecord


@dataclass(frozen=True, slots=True)
class Dossier:
    """One review with its project, its rubric and what follows from its answers."""

    project: Project
    review: ReviewRecord
    rubric: Rubric
    evaluation: Evaluation
    zone: str = "Asia/Shanghai"
    """The time zone that instants are printed in."""
    sealed: str | None = None
    """SHA-256 of the text that was sealed when the review was submitted, hex."""
    amended_by: str | None = None
    """The id of the version that follows this one."""
    named: bool = True
    """False where the reviewer is a number that is local to the panel, and the record's history is out."""

    @property
    def draft(self) -> bool:
        """True while the review is not submitted."""
        return self.review.status != "submitted"

    @property
    def example(self) -> bool:
        """True where the project or the scores are the shipped example."""
        return self.review.example or self.project.example

    @property
    def reviewer(self) -> Translatable:
        """How the reviewer is called on a page."""
        name = self.review.reviewer
        return Text(name, name) if self.named else _("Expert {letter}", letter=name)

    @property
    def title(self) -> Message:
        """What the paper is called, by the stage of the rubric and the kind of the project."""
        of_kind = _PLATFORM_TITLES if self.project.kind == "platform" else _PROJECT_TITLES
        return of_kind.get(self.rubric.stage or "", _("Evaluation opinion"))


_PROJECT_TITLES: Final[Mapping[str, Message]] = {
    "selection": _("Evaluation opinion on a proof-of-concept project"),
    "plan": _("Opinion on a verification plan"),
    "acceptance": _("Acceptance opinion"),
    "review": _("Review opinion"),
    "performance": _("Performance evaluation opinion"),
}
_PLATFORM_TITLES: Final[Mapping[str, Message]] = {
    "selection": _("Evaluation opinion on a pilot platform"),
    "plan": _("Opinion on a pilot platform's plan"),
    "acceptance": _("Acceptance opinion on a pilot platform"),
    "review": _("Review opinion on a pilot platform"),
    "performance": _("Performance evaluation opinion on a pilot platform"),
}
