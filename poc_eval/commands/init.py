"""``poc-eval init``: make a workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poc_eval.commands.options import json_option
from poc_eval.i18n import _

if TYPE_CHECKING:
    from argparse import Namespace

    from poc_eval.commands.parser import Parser
    from poc_eval.commands.terminal import Terminal


def arguments(parser: Parser) -> None:
    """Take the folder, ``--json`` and ``--lang``."""
    parser.option("folder", metavar="DIR", help=_("the folder to make the workspace in; made if missing"))
    parser.option("--demo", action="store_true", help=_("fill a new workspace with the shipped example"))
    json_option(parser)
    parser.option(
        "--lang",
        choices=("zh", "en"),
        help=_("the language of the workspace and of what is shown here: zh or en"),
    )


def run(call: Namespace, terminal: Terminal) -> int:
    """Make the workspace and print where it stands."""
    # The command line starts without these.
    from poc_eval.workspace.demo import fill_demo  # noqa: PLC0415
    from poc_eval.workspace.workspace import Workspace  # noqa: PLC0415

    workspace = Workspace.create(call.folder, lang="en" if terminal.lang == "en" else "zh")
    notebooks = fill_demo(workspace) if call.demo else ()
    if call.json:
        made = {"id": workspace.id, "path": str(workspace.path), "language": workspace.settings.language}
        terminal.document({"workspace": made, "notebooks": [str(path) for path in notebooks]})
    else:
        terminal.say(str(workspace.path))
    return 0
