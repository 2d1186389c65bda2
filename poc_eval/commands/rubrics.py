"""``poc-eval rubrics``: which score sheets there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poc_eval.commands.options import json_option, language_option
from poc_eval.commands.shipped import list_shipped
from poc_eval.i18n import Message, _

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
    from poc_eval.scoring.rubric import Rubric  # noqa: PLC0415 the command line starts without it

    return list_shipped(call, terminal, Rubric, entry=_entry, source=_source)


def _source(loaded: Loaded[Rubric]) -> Message:
    return _("    source: {document}", document=loaded.definition.source.document)


def _entry(loaded: Loaded[Rubric]) -> dict[str, object]:
    rubric = loaded.definition
    return {
        "id": rubric.id,
        "version": rubric.version,
        "title": {"zh": rubric.title.zh, "en": rubric.title.en},
        "stage": rubric.stage,
        "historical": rubric.historical,
        "source": rubric.source.model_dump(),
    }
