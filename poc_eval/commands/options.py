"""Options that mean the same in every command that has them."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import TYPE_CHECKING

from poc_eval.commands.trouble import system_fault
from poc_eval.errors import Fault, InputError
from poc_eval.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from poc_eval.commands.parser import Parser


def json_option(parser: Parser) -> None:
    """Add ``--json``."""
    parser.option("--json", action="store_true", help=_("print one JSON document instead of words"))


def language_option(parser: Parser) -> None:
    """Add ``--lang`` to a command that makes nothing in a language of its own."""
    parser.option("--lang", choices=("zh", "en"), help=_("the language of what is shown here: zh or en"))


def account(nobody: Fault) -> str:
    """Return the name of this computer's account; raises ``InputError`` with ``nobody`` where it has none."""
    try:
        return getpass.getuser()
    except (ImportError, KeyError, OSError):
        raise InputError(nobody) from None


def workspace_option(parser: Parser) -> None:
    """Add ``-w``."""
    parser.option(
        "-w",
        "--workspace",
        metavar="DIR",
        help=_("the workspace's folder; without it, the workspace that the current folder lies in"),
    )


def page_option(parser: Parser) -> None:
    """Add ``-o FILE.html``."""
    parser.option("-o", "--output", metavar="FILE.html", help=_("also write a page to FILE.html, to print"))


def write_page(output: str | None, page: Callable[[], str]) -> None:
    """Write the page where one is asked for; raises ``InputError`` where it cannot be."""
    if output is None:
        return
    target = Path(output)
    if target.suffix.lower() != ".html":
        what = _("{file} is no page", file=output)
        raise InputError(Fault(what, _("end its name with {suffixes}", suffixes=".html"), place="-o"))
    try:
        target.write_text(page(), encoding="utf-8")
    except OSError as error:
        raise InputError(system_fault(error)) from error


def trust_options(parser: Parser) -> None:
    """Take which keys to believe, and which register."""
    parser.option(
        "--keys",
        metavar="DIR",
        help=_("the folder with the public keys to believe; without it, this account's own keys"),
    )
    parser.option(
        "--register",
        metavar="FILE",
        help=_("the register of keys and reports; without it, the one beside this account's keys"),
    )
