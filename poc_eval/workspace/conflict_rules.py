"""When an expert must step aside: rules as data, and what they propose for the people of a panel.

A rule proposes; a person decides. Nothing here reads more than what was stated.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Final

from pydantic import Field, model_validator

from poc_eval.catalog.definitions import load_definition
from poc_eval.catalog.fields import Count, Definition, Identifier, LocalText, Part, YesNo
from poc_eval.catalog.refusal import Refusal, refused
from poc_eval.catalog.shipped import shipped_folder
from poc_eval.i18n import _

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path
    from typing import Self

    from poc_eval.catalog.definitions import Loaded
    from poc_eval.i18n import Message, Text
    from poc_eval.workspace.records import Member, Project, Tie

STANDARD: Final = "conflict-standard"
_BETWEEN_UNITS: Final = re.compile(r"[、，,；;/]")
_NOT_SAID: Final = re.compile(r"[\s()（）·.]+")
_SHORTEST_PART: Final = 4
"""Characters of a unit's name that may stand for a part of another; shorter ones say too little."""


class ConflictRule(Part):
    """One reason to step aside: the same unit, or a stated tie of one kind."""

    id: Identifier
    title: LocalText
    same_unit: YesNo = False
    """The expert's unit is the applicant."""
    tie: Identifier | None = None
    """The kind of tie, as it is stated in the records."""
    within_years: Count | None = None
    """A tie that ended longer ago does not count; without it, every one counts."""

    @model_validator(mode="after")
    def _looks_at_one_thing(self) -> Self:
        if self.same_unit == (self.tie is not None):
            raise refused(
                Refusal(
                    _("a rule looks at the unit or at one kind of tie"),
                    _("write same_unit: yes, or tie: with the kind"),
                )
            )
        return self


class ConflictRules(Definition):
    """A list of rules on stepping aside (回避规则)."""

    rules: Annotated[tuple[ConflictRule, ...], Field(min_length=1, max_length=100)]


@dataclass(frozen=True, slots=True)
class Proposal:
    """Who should step aside on what, by which rule, why; ``certain`` is False where a person must look."""

    person: str
    project_id: str
    rule: str
    title: Text
    reason: Message
    certain: bool


def load_rules(
    id_or_path: str | os.PathLike[str] = STANDARD, *, folders: Sequence[Path] = ()
) -> Loaded[ConflictRules]:
    """Return rules by id, from ``folders`` or the shipped ones, or by path.

    Raises ``UnknownIdError``, ``DefinitionError``.
    """
    return load_definition(ConflictRules, id_or_path, folders=(*folders, shipped_folder("conflicts")))


def propose(
    rules: ConflictRules,
    members: Sequence[Member],
    projects: Mapping[str, Project],
    ties: Sequence[Tie],
    on: date,
) -> tuple[Proposal, ...]:
    """Return who should step aside on ``on``, by project, member and rule, each at most once a rule."""
    found: dict[tuple[str, str, str], Proposal] = {}
    for project in projects.values():
        for member in members:
            for rule in rules.rules:
                proposals = (
                    _same_unit(rule, member, project)
                    if rule.same_unit
                    else _tied(rule, member, project, ties, on)
                )
                for one in proposals:
                    found.setdefault((one.project_id, one.person, one.rule), one)
    return tuple(found.values())


def _same_unit(rule: ConflictRule, member: Member, project: Project) -> Iterator[Proposal]:
    if project.applicant is None:
        return
    own = _even(member.unit)
    for unit in _BETWEEN_UNITS.split(f"{project.applicant.zh}、{project.applicant.en}"):
        other = _even(unit)
        if not own or not other:
            continue
        if own == other:
            reason = _("{person} works at {unit}, the applicant", person=member.name, unit=unit.strip())
            yield Proposal(member.name, project.id, rule.id, rule.title, reason, certain=True)
            return
        if min(len(own), len(other)) >= _SHORTEST_PART and (own.startswith(other) or other.startswith(own)):
            reason = _(
                "{person} works at {unit}, the applicant is {applicant}: one may be a part of the other",
                person=member.name,
                unit=member.unit,
                applicant=unit.strip(),
            )
            yield Proposal(member.name, project.id, rule.id, rule.title, reason, certain=False)
            return


def _tied(
    rule: ConflictRule, member: Member, project: Project, ties: Sequence[Tie], on: date
) -> Iterator[Proposal]:
    for tie in ties:
        if (tie.person, tie.project_id, tie.kind) != (member.name, project.id, rule.tie):
            continue
        if (
            tie.until is not None
            and rule.within_years is not None
            and years_on(tie.until, rule.within_years) < on
        ):
            continue
        reason = _("{person}: {note}", person=member.name, note=tie.note)
        yield Proposal(member.name, project.id, rule.id, rule.title, reason, certain=True)


def years_on(day: date, years: int) -> date:
    """Return the same day ``years`` later; the 28th where that year has no 29 February."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def _even(unit: str) -> str:
    return _NOT_SAID.sub("", unicodedata.normalize("NFKC", unit)).casefold()
