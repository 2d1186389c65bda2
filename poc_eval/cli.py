"""``poc-eval COMMAND ...``: a thin face on the same calls that a notebook or a script makes."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from keyword import iskeyword
from typing import TYPE_CHECKING, Final, Protocol, cast

from poc_eval import __version__
from poc_eval.commands.language import speaks
from poc_eval.commands.options import language_option
from poc_eval.commands.parser import Parser
from poc_eval.commands.terminal import PROGRAM, Terminal
from poc_eval.errors import PocEvalError
from poc_eval.i18n import Message, _

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Mapping, Sequence

    from poc_eval.errors import Fault

UNUSABLE: Final = 2
INTERRUPTED: Final = 130

ABOUT: Final = _("Evaluates proof-of-concept projects and pilot platforms: score sheets, reviews, reports.")
COMMANDS: Final[Mapping[str, Message]] = {
    "lab": _("open JupyterLab on a workspace"),
    "init": _("make a workspace"),
    "new": _("make a reviewer's notebook from a template"),
    "templates": _("list the notebook templates"),
    "rubrics": _("list the score sheets that come with the program"),
    "policies": _("list the policies that come with the program"),
    "check": _("check definition files; every fault with its line"),
    "import": _("take projects or scores from a table into the workspace"),
    "scans": _("attach scans of signed papers to records, list and tidy them"),
    "panel": _("work out a panel's result from its scores"),
    "weights": _("work out weights of criteria from judgements or figures"),
    "content-validity": _("tell whether experts find a score sheet's criteria relevant"),
    "delphi": _("compare rounds of anonymous scoring and tell when to stop"),
    "sort": _("sort measured results into promote, let go and unclear"),
    "subsidy": _("work out what each claim is paid, and why"),
    "deal": _("compare the structures of a licence or transfer"),
    "cashflow": _("work out a milestone programme's value, risk and payment calendar"),
    "sharing": _("divide a transfer's income by a sharing rule"),
    "workbook": _("write the workbook of a working paper"),
    "report": _("write the report on a notebook"),
    "verify": _("recompute a report and name what was changed"),
    "audit": _("look whether everything in a workspace is as it was written"),
    "backup": _("save a workspace as one file"),
    "restore": _("bring a workspace back from its backup"),
    "keys": _("list, renew, revoke or hand out the keys that seal reports"),
}
"""Each command with what it does; its module is ``module_of`` its name."""


class Command(Protocol):
    """What a module in ``poc_eval.commands`` that is a command offers."""

    def arguments(self, parser: Parser) -> None:
        """Say what the command takes."""

    def run(self, call: Namespace, terminal: Terminal) -> int:
        """Do it; return 0, or 1 where a check failed."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one call and return its exit code: 0 done, 1 a check failed, 2 the input or the call was wrong."""
    asked = list(sys.argv[1:] if arguments is None else arguments)
    terminal = Terminal(speaks(asked, os.environ))
    try:
        return _run(asked, terminal)
    except PocEvalError as error:
        terminal.faults(*error.faults)
        return error.exit_code
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001 nobody should be shown a traceback; the details go to a file
        terminal.faults(_fault_of(error))
        return UNUSABLE


def _run(asked: list[str], terminal: Terminal) -> int:
    parser = Parser(lang=terminal.lang, about=ABOUT, prog=PROGRAM)
    version = f"{PROGRAM} {__version__}"
    parser.option("--version", action="version", version=version, help=_("show the version and stop"))
    language_option(parser)
    modules = _commands(parser, asked)
    if not asked:
        parser.print_help(sys.stderr)
        return UNUSABLE
    try:
        call = parser.parse_args(asked)
    except SystemExit:  # how argparse ends after --help and --version
        return 0
    return modules[call.command].run(call, terminal)


def _commands(parser: Parser, asked: list[str]) -> dict[str, Command]:
    """Tell the parser of every command, and load those that the call may mean."""
    title = _("Commands").text(parser.lang)
    choices = parser.add_subparsers(dest="command", metavar="COMMAND", required=True, title=title)
    modules: dict[str, Command] = {}
    for name, about in COMMANDS.items():
        inner = choices.add_parser(name, help=about.text(parser.lang), lang=parser.lang, about=about)
        if name in asked:
            modules[name] = cast("Command", import_module(module_of(name)))
            modules[name].arguments(inner)
    return modules


def module_of(name: str) -> str:
    """Return the module of a command; one that is a word of Python's own has ``_`` behind it."""
    module = name.replace("-", "_")
    return f"poc_eval.commands.{module}_" if iskeyword(name) else f"poc_eval.commands.{module}"


def _fault_of(error: Exception) -> Fault:
    from poc_eval.commands.trouble import system_fault, unforeseen_fault  # noqa: PLC0415 only in trouble

    return system_fault(error) if isinstance(error, OSError) else unforeseen_fault(error)
