"""The kinds of definition files and their models: to check a file of any kind, and to publish the schemas.

``python -m poc_eval.commands.definition_kinds`` writes ``catalog/schemas/`` anew from the models.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from poc_eval.catalog.definitions import validated
from poc_eval.catalog.kinds import kind_of_document
from poc_eval.catalog.reader import read_yaml
from poc_eval.catalog.shipped import shipped_folder
from poc_eval.errors import DefinitionError
from poc_eval.i18n import _

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from poc_eval.catalog.definitions import Loaded
    from poc_eval.catalog.fields import Definition

HOMES: Final[Mapping[str, tuple[str, str]]] = {
    "rubric": ("poc_eval.scoring.rubric", "Rubric"),
    "scale": ("poc_eval.catalog.scale", "Scale"),
    "policy": ("poc_eval.finance.policy", "Policy"),
    "deal": ("poc_eval.finance.licence", "Deal"),
    "sharing": ("poc_eval.finance.sharing_rule", "SharingRule"),
    "programme": ("poc_eval.finance.programme.model", "Programme"),
    "sorting": ("poc_eval.scoring.sorting_rule", "SortingRule"),
    "conflicts": ("poc_eval.workspace.conflict_rules", "ConflictRules"),
    "checklist": ("poc_eval.workspace.checklist", "Checklist"),
    "projects": ("poc_eval.workspace.example_files", "ProjectFile"),
    "example-review": ("poc_eval.workspace.example_files", "ReviewFile"),
    "example-panel": ("poc_eval.workspace.example_panel", "PanelFile"),
    "example-paper": ("poc_eval.workspace.example_papers", "PaperFile"),
}


def model_of(kind: str) -> type[Definition]:
    """Return the model of a kind in HOMES."""
    module, name = HOMES[kind]
    model: type[Definition] = getattr(import_module(module), name)
    return model


def load_any(path: Path) -> Loaded[Any]:
    """Return the definition in a file of whichever kind; raises DefinitionError with every fault."""
    document = read_yaml(path)
    kind = kind_of_document(document)
    if kind not in HOMES:
        raise DefinitionError(
            document.fault(
                _("files of the kind {kind} are not known to this version", kind=kind),
                _("known are: {ids}", ids=", ".join(HOMES)),
            )
        )
    return validated(model_of(kind), document)


def publish_schemas() -> list[Path]:
    """Write the JSON Schema of every kind; return the files that changed."""
    from poc_eval.catalog.schema import publish  # noqa: PLC0415 only this needs it, and it reads sources

    return publish({kind: model_of(kind) for kind in HOMES}, shipped_folder("schemas"))


if __name__ == "__main__":
    sys.stdout.writelines(f"{file}\n" for file in publish_schemas())
