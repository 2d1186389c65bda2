"""The sharing rules that a workspace can choose from, and the copy that it keeps of one in use."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from poc_eval.catalog.definitions import entries, load_definition, parse_definition
from poc_eval.catalog.shipped import shipped_folder
from poc_eval.errors import PocEvalError, UnknownIdError
from poc_eval.finance.sharing_rule import SharingRule
from poc_eval.workspace.looking_up import definition_content, definition_from
from poc_eval.workspace.pinning import FOLDER
from poc_eval.workspace.records import DefinitionRef

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from poc_eval.catalog.definitions import Loaded
    from poc_eval.finance.sharing_rule import Portion
    from poc_eval.workspace.paper_kinds import PaperContext
    from poc_eval.workspace.workspace import Workspace

KIND: Final = "sharing"


def sharing_rules(workspace: Workspace) -> list[Loaded[SharingRule]]:
    """Return the rules to choose from, the workspace's own first."""
    found = {(one.definition.id, one.definition.version): one for one in _shipped()}
    own = {(one.definition.id, one.definition.version): one for one in _in(workspace.path / FOLDER)}
    return list((own | {key: one for key, one in found.items() if key not in own}).values())


@cache
def _shipped() -> tuple[Loaded[SharingRule], ...]:
    return tuple(_in(shipped_folder("sharing")))


def _in(folder: Path) -> Iterator[Loaded[SharingRule]]:
    """Yield the rules of a folder; other files, and those with faults, which `check` tells, are left out."""
    for entry in entries(folder):
        try:
            yield load_definition(SharingRule, entry.file, folders=())
        except PocEvalError:
            continue


def sharing_rule(workspace: Workspace, asked: str) -> Loaded[SharingRule]:
    """Return a rule as this workspace keeps it, else as its file has it; raises ``UnknownIdError``."""
    name, _at, version = asked.rpartition("@")
    try:
        kept = workspace.store.definition(KIND, name, version)
    except UnknownIdError:
        for one in sharing_rules(workspace):
            if (one.definition.id, one.definition.version) == (name, version):
                return one
        raise
    return parse_definition(SharingRule, kept.text, kept.file)


def rule_asked(context: PaperContext, asked: str) -> Loaded[SharingRule] | None:
    """Return the rule that a paper asks for, noted with the paper; None where nobody has it."""

    def noted(workspace: Workspace) -> dict[str, str] | None:
        try:
            found = sharing_rule(workspace, asked)
        except UnknownIdError:
            return None
        ref = DefinitionRef(found.definition.id, found.definition.version, found.hash)
        return definition_content(ref, found.text)

    def restore(content: dict[str, str] | None) -> Loaded[SharingRule] | None:
        return None if content is None else definition_from(SharingRule, asked, content)[0]

    rule: Loaded[SharingRule] | None = context.look(f"sharing {asked}", noted, restore) if asked else None
    return rule


def chosen_parts(rule: SharingRule) -> Iterator[Portion]:
    """Yield the parts whose share the parties choose, whatever is divided."""
    for kind in (rule.cash, rule.equity, rule.own_use):
        yield from ranges(kind)


def ranges(portions: tuple[Portion, ...]) -> Iterator[Portion]:
    """Yield those of ``portions``, and of what they are divided into, whose share the parties choose."""
    for one in portions:
        if one.chosen:
            yield one
        yield from ranges(one.inside)
