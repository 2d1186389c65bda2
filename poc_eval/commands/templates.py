"""``poc-eval templates``: which notebooks there are to start from."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from poc_eval.commands.options import json_option, language_option
from poc_eval.commands.table import aligned
from poc_eval.i18n import _

if TYPE_CHECKING:
    from argparse import Namespace

    from poc_eval.commands.parser import Parser
    from poc_eval.commands.terminal import Terminal


def arguments(parser: Parser) -> None:
    """Take where to copy the papers' templates, ``--json`` and ``--lang``."""
    parser.option(
        "--office",
        metavar="DIR",
        help=_("copy the Word templates of papers to a folder, to change them; lists them, too"),
    )
    json_option(parser)
    language_option(parser)


def run(call: Namespace, terminal: Terminal) -> int:
    """List the templates by id, with version, title and the rubrics they are for."""
    if call.office is not None:
        from poc_eval.report.office_template import copy_templates  # noqa: PLC0415 as below

        copied = copy_templates(Path(call.office).absolute())
        if call.json:
            terminal.document({"office": [str(path) for path in copied]})
        for path in () if call.json else copied:
            terminal.say(str(path))
        return 0
    from poc_eval.workspace.templates import all_templates  # noqa: PLC0415 the command line starts without it

    found = all_templates()
    if call.json:
        terminal.document(
            {
                "templates": [
                    {
                        "id": one.id,
                        "version": one.version,
                        "title": {"zh": one.title.zh, "en": one.title.en},
                        "description": {"zh": one.description.zh, "en": one.description.en},
                        "kind": one.kind,
                        "rubrics": list(one.rubrics),
                        "hash": one.hash,
                        "source": str(one.file),
                    }
                    for one in found
                ]
            }
        )
        return 0
    rows = [(one.id, one.version, one.title.text(terminal.lang), ", ".join(one.rubrics)) for one in found]
    for line in aligned(rows):
        terminal.say(line)
    return 0
