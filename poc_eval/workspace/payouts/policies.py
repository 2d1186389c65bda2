"""The policies that a paper can be worked by: those used before as they were then, and those at hand."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from poc_eval.catalog.definitions import load_definition, parse_definition
from poc_eval.catalog.shipped import shipped_folder
from poc_eval.errors import DefinitionError, UnknownIdError
from poc_eval.finance.policy import Policy
from poc_eval.workspace.looking_up import definition_content, definition_from
from poc_eval.workspace.pinning import FOLDER
from poc_eval.workspace.records import DefinitionRef

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path
    from typing import Any

    from poc_eval.catalog.definitions import Loaded
    from poc_eval.workspace.workspace import Workspace

_MOST_FILES: Final = 256


@dataclass(frozen=True, slots=True)
class Rule:
    """A policy with its reference, and the text that is pinned when it has decided something."""

    policy: Policy
    ref: DefinitionRef
    text: str
    file: str
    """Its path or name; of one that was looked up ``id@version``."""

    @property
    def name(self) -> str:
        """How a paper's fields name it: ``id@version``."""
        return f"{self.ref.id}@{self.ref.version}"


def rules_at_hand(workspace: Workspace) -> tuple[Rule, ...]:
    """Return the policies of the workspace's own folder and the shipped ones, examples last.

    Files with faults are left out; ``poc-eval check`` names them.
    """
    found: dict[str, Rule] = {}
    for folder in (workspace.path / FOLDER, shipped_folder("policies")):
        for rule in _in(folder):
            found.setdefault(rule.name, rule)
    return tuple(sorted(found.values(), key=lambda one: one.ref.id.startswith("example-")))


def rule_named(workspace: Workspace, name: str) -> Rule | None:
    """Return the policy ``id@version`` as it was pinned, else as it is at hand; None where nobody has it."""
    wanted, _at, version = name.partition("@")
    try:
        pinned = workspace.store.definition("policy", wanted, version)
    except UnknownIdError:
        return next((one for one in rules_at_hand(workspace) if one.name == name), None)
    loaded = _parsed(pinned.text, pinned.file)
    return Rule(loaded.definition, pinned.ref, pinned.text, pinned.file)


def rule_content(rule: Rule | None) -> dict[str, str] | None:
    """Return a policy as a paper notes it: reference and text."""
    return None if rule is None else definition_content(rule.ref, rule.text)


def rule_from(name: str, content: Mapping[str, Any] | None) -> Rule | None:
    """Return the policy ``name`` that was noted; may raise anything for what was noted by others."""
    if content is None:
        return None
    loaded, ref = definition_from(Policy, name, content)
    return Rule(loaded.definition, ref, loaded.text, loaded.file)


def _in(folder: Path) -> Iterator[Rule]:
    if not folder.is_dir():
        return
    for file in sorted(folder.iterdir()):
        if file.is_file():
            stamp = file.stat()
            rule = _read(file, stamp.st_mtime_ns, stamp.st_size)
            if rule is not None:
                yield rule


@lru_cache(maxsize=_MOST_FILES)
def _read(file: Path, _changed_at: int, _size: int) -> Rule | None:
    """Return the policy in a file; None where there is none without faults."""
    try:
        loaded = load_definition(Policy, str(file), folders=())
    except (DefinitionError, UnknownIdError, OSError):
        return None
    policy = loaded.definition
    return Rule(policy, DefinitionRef(policy.id, policy.version, loaded.hash), loaded.text, loaded.file)


@lru_cache(maxsize=_MOST_FILES)
def _parsed(text: str, file: str) -> Loaded[Policy]:
    return parse_definition(Policy, text, file)
