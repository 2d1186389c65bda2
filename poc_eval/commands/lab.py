"""``poc-eval lab``: JupyterLab on a workspace."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from poc_eval.i18n import _

if TYPE_CHECKING:
    from argparse import Namespace

    from poc_eval.commands.parser import Parser
    from poc_eval.commands.terminal import Terminal
    from poc_eval.workspace.workspace import Workspace


def arguments(parser: Parser) -> None:
    """Take the folder, ``--demo``, ``--no-browser`` and ``--lang``."""
    parser.option(
        "folder",
        metavar="DIR",
        nargs="?",
        help=_("the workspace; made if missing; without it, the one that the current folder lies in"),
    )
    parser.option("--demo", action="store_true", help=_("fill a new workspace with the shipped example"))
    parser.option("--no-browser", action="store_true", help=_("only print the address to open"))
    parser.option(
        "--lang",
        choices=("zh", "en"),
        help=_("the language of JupyterLab; without it, the workspace's"),
    )


def run(call: Namespace, terminal: Terminal) -> int:
    """Start JupyterLab on the workspace and stay until it ends."""
    from poc_eval.lab.launch import run_lab  # noqa: PLC0415 the command line starts without it

    workspace = _workspace(call, terminal)
    return run_lab(
        workspace.path,
        lang=call.lang or workspace.settings.language,
        browser=not call.no_browser,
        say=terminal.say,
    )


def _workspace(call: Namespace, terminal: Terminal) -> Workspace:
    # The command line starts without these.
    from poc_eval.workspace.demo import fill_demo  # noqa: PLC0415
    from poc_eval.workspace.settings import FILE  # noqa: PLC0415
    from poc_eval.workspace.workspace import Workspace  # noqa: PLC0415

    asked = Path(call.folder or ".").absolute()
    homes = [asked] if call.folder else [asked, *asked.parents]
    home = next((folder for folder in homes if (folder / FILE).is_file()), None)
    if home is None:
        workspace = Workspace.create(asked, lang="en" if terminal.lang == "en" else "zh")
    else:
        workspace = Workspace.open(home)
    # The example is finished where it was interrupted; beside projects of people's own it has no place.
    if call.demo and all(project.example for project in workspace.projects()):
        fill_demo(workspace)
    return workspace
