"""``poc-eval rubrics``: which score sheets there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poc_eval.commands.options import json_option, language_option
from poc_eval.commands.table import aligned
from poc_eval.i18n import _

if TYPE_CHECKING:
    from argparse import Namespace

    from poc_eval.catalog.definitions import Loaded
    from poc_eval.commands.parser import Parser
    from poc_eval.commands.terminal import Terminal
    from poc_eval.scoring.rubric import Rubric


def arguments(parser: Parser) -> None:
    """Take ``--json`` and ``--lang``."""
    json_option(parser)
    language_option(parser)


def run(call: Namespace, terminal: Terminal) -> int:
    """List the shipped rubrics by id, with version, title and source."""
    found = _shipped()
    if call.json:
        terminal.document({"rubrics": [_entry(one) for one in found]})
        return 0
    rows = [
        (one.definition.id, one.definition.version, one.definition.title.text(terminal.lang)) for one in found
    ]
    for line, one in zip(aligned(rows), found, strict=True):
        terminal.say(line)
        terminal.say(_("    source: {document}", document=one.definition.source.document))
    return 0


def _shipped() -> list[Loaded[Rubric]]:
    # The command line starts without these.
    from poc_eval.catalog.definitions import entries, load_definition  # noqa: PLC0415
    from poc_eval.catalog.shipped import shipped_folder  # noqa: PLC0415
    from poc_eval.scoring.rubric import Rubric  # noqa: PLC0415

    files = [entry.file for entry in entries(shipped_folder("rubrics"))]
    return [load_definition(Rubric, file, folders=()) for file in files]


def _entry(loaded: Loaded[Rubric]) -> dict[str, object]:
    rubric = loaded.definition
    return {
        "id": rubric.id,
        "version": rubric.version,
        "title": {"zh": rubric.title.zh, "en": rubric.title.en},
        "stage": rubric.stage,
        "historical": rubric.historical,
        "source": rubric.source.model_dump(),
        "hash": loaded.hash,
        "file": loaded.file,
    }
