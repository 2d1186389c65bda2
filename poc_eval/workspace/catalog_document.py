"""What a new notebook can be made of: templates, rubrics, projects, reviewers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from poc_eval.workspace.pinning import known_rubrics
from poc_eval.workspace.sheet_document import stage_text
from poc_eval.workspace.templates import all_templates

if TYPE_CHECKING:
    from poc_eval.i18n import Language
    from poc_eval.workspace.workspace import Workspace


def catalog_document(workspace: Workspace, lang: Language) -> dict[str, Any]:
    """Return what there is to choose from; ``faults`` are those of rubric files that cannot be used."""
    rubrics, faults = known_rubrics(workspace.path)
    return {
        "templates": [
            {
                "id": template.id,
                "version": template.version,
                "title": template.title.text(lang),
                "description": template.description.text(lang),
                "kind": template.kind,
                "sheet": template.sheet,
                "audience": template.audience,
                "about": template.about,
                "rubrics": list(template.rubrics),
                "paper_kind": template.paper_kind,
            }
            for template in all_templates()
        ],
        "rubrics": [
            {
                "id": rubric.id,
                "version": rubric.version,
                "title": rubric.title.text(lang),
                "stage": stage_text(rubric, lang),
                "historical": rubric.historical,
            }
            for rubric in rubrics
        ],
        "projects": [
            {"id": project.id, "title": project.title.text(lang), "kind": project.kind}
            for project in workspace.projects()
        ],
        "reviewers": list(workspace.store.reviewers()),
        "lang": workspace.settings.language,
        "faults": [fault.text(lang) for fault in faults],
    }
