"""Example files: projects with stated facts and their sources, and reviews that say they are examples."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal, TypeAlias

from pydantic import Field, WithJsonSchema, model_validator

from poc_eval.catalog.definitions import load_definition
from poc_eval.catalog.fields import Definition, Identifier, LocalText, Part, Words, YesNo
from poc_eval.catalog.refusal import Refusal, refused
from poc_eval.i18n import _
from poc_eval.workspace.records import Project, ProjectFact

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Self


Typed: TypeAlias = Annotated[
    Words,
    WithJsonSchema({"anyOf": [{"type": "string", "minLength": 1}, {"type": "number"}, {"type": "boolean"}]}),
]
"""A text as a reviewer would type it; an editor may see a number in it."""


class FactEntry(Part):
    """One stated fact; without a source of its own it stands where the project's facts stand."""

    label: LocalText
    value: LocalText
    source: Words | None = None


class ProjectEntry(Part):
    """One project or platform; what its source does not state is left out."""

    id: Identifier
    kind: Literal["project", "platform"] = "project"
    title: LocalText
    applicant: LocalText | None = None
    field: LocalText | None = None
    stage: LocalText | None = None
    summary: LocalText | None = None
    facts: tuple[FactEntry, ...] = ()
    source: Words

    def record(self, *, example: bool) -> Project:
        """Return the project as a workspace keeps it."""
        return Project(
            id=self.id,
            kind=self.kind,
            title=self.title,
            applicant=self.applicant,
            field=self.field,
            stage=self.stage,
            summary=self.summary,
            facts=tuple(
                ProjectFact(fact.label, fact.value, fact.source or self.source) for fact in self.facts
            ),
            source=self.source,
            example=example,
        )


class ProjectFile(Definition):
    """A list of projects, such as ``examples/demo/projects.yaml``."""

    example: YesNo = False
    projects: Annotated[tuple[ProjectEntry, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _ids_differ(self) -> Self:
        ids = [project.id for project in self.projects]
        twice = [number for number, one in enumerate(ids) if one in ids[:number]]
        if twice:
            raise refused(
                *(
                    Refusal(
                        _('another project has the id "{id}"', id=ids[number]),
                        _("give each project an id of its own"),
                        ("projects", number, "id"),
                    )
                    for number in twice
                )
            )
        return self


class ReviewFile(Definition):
    """One example review: answers by form field, and paragraphs of its notebook."""

    project: Identifier
    reviewer: Words
    template: Identifier
    rubric: Identifier
    lang: Literal["zh", "en"] = "zh"
    submitted: YesNo
    example: Literal["yes"]
    """An example review always says that it is one."""
    answers: dict[str, Typed]
    """By field of the form, such as ``criteria.clinical_need.score``."""
    narrative: dict[Identifier, Words] = Field(default_factory=dict)
    """By name of the template's paragraph, such as ``overall``; Markdown."""


def load_projects(file: Path) -> tuple[Project, ...]:
    """Return the projects in a YAML file; raises DefinitionError with every fault."""
    content = load_definition(ProjectFile, file, folders=()).definition
    return tuple(entry.record(example=content.example) for entry in content.projects)


def load_review_files(folder: Path) -> tuple[ReviewFile, ...]:
    """Return the reviews in a folder of YAML files, ordered by file name.

    Raises DefinitionError with the faults of the first file that has any.
    """
    return tuple(
        load_definition(ReviewFile, file, folders=()).definition for file in sorted(folder.glob("*.yaml"))
    )
