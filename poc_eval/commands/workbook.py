"""``poc-eval workbook``: what a working paper's notebook comes to, as XLSX with live formulas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poc_eval.commands.options import language_option, workspace_option
from poc_eval.i18n import _

if TYPE_CHECKING:
    from argparse import Namespace

    from poc_eval.commands.parser import Parser
    from poc_eval.commands.terminal import Terminal


def arguments(parser: Parser) -> None:
    """Take the notebook, where to, and the workspace."""
    parser.option("notebook", metavar="NOTEBOOK", help=_("a notebook about a working paper"))
    parser.option(
        "-o",
        "--output",
        metavar="FILE",
        help=_("the workbook, ending in .xlsx; without it, the notebook's name in the workspace's reports"),
    )
    workspace_option(parser)
    language_option(parser)


def run(call: Namespace, terminal: Terminal) -> int:
    """Write the workbook and print where it is."""
    from poc_eval.workspace.workbooks import write_workbook  # noqa: PLC0415 few ask for it

    terminal.say(str(write_workbook(call.notebook, output=call.output, workspace=call.workspace)))
    return 0
