"""What ``rubrics`` and ``policies`` have in common: the shipped definitions of one kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from poc_eval.commands.table import aligned

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable

    from poc_eval.catalog.definitions import Loaded
    from poc_eval.catalog.shipped_definition import ShippedDefinition
    from poc_eval.commands.terminal import Terminal
    from poc_eval.i18n import Message

Kind = TypeVar("Kind", bound="ShippedDefinition")


def list_shipped(
    call: Namespace,
    terminal: Terminal,
    model: type[Kind],
    *,
    entry: Callable[[Loaded[Kind]], dict[str, object]],
    source: Callable[[Loaded[Kind]], Message],
) -> int:
    """List a kind by id, version and title, with a line on the source; ``entry`` for ``--json``."""
    # The command line starts without these.
    from poc_eval.catalog.definitions import entries, load_definition  # noqa: PLC0415
    from poc_eval.catalog.shipped import shipped_folder  # noqa: PLC0415

    files = [one.file for one in entries(shipped_folder(model.folder))]
    found = [load_definition(model, file, folders=()) for file in files]
    if call.json:
        terminal.document(
            {model.folder: [entry(one) | {"hash": one.hash, "file": one.file} for one in found]}
        )
        return 0
    rows = [
        (one.definition.id, one.definition.version, one.definition.title.text(terminal.lang)) for one in found
    ]
    for line, one in zip(aligned(rows), found, strict=True):
        terminal.say(line)
        terminal.say(source(one))
    return 0
