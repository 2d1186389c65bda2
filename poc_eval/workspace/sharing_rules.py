"""The sharing rules that a workspace can choose from, and the copy that it keeps of one in use."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from poc_eval.catalog.definitions import entries, load_definition, parse_definition
from poc_eval.catalog.shipped import shipped_folder
from poc_eval.errors import PocEvalError, UnknownIdError
from poc_eval.finance.sharing_rule import SharingRule
from poc_eval.workspace.pinning import FOLDER

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from poc_eval.catalog.definitions import Loaded
    from poc_eval.finance.sharing_rule import Portion
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
    """Return a rule as this workspace keeps it, else as its file has it."""
    name, _at, version = asked.rpartition("@")
    try:
        kept = workspace.store.definition(KIND, name, version)
    except UnknownIdError:
        wanted = (
            one
            for one in sharing_rules(workspace)
            if (one.definition.id, one.definition.version) == (name, version)
        )
        return next(wanted)
    return parse_definition(SharingRule, kept.text, kept.file)


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
