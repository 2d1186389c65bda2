"""argparse that speaks both languages and complains in one line."""

from __future__ import annotations

import argparse
import re
import sys
import unicodedata
from typing import TYPE_CHECKING, Final, NoReturn, TextIO, cast

from poc_eval.commands.terminal import put
from poc_eval.errors import Fault, InputError
from poc_eval.i18n import Message, _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from _typeshed import SupportsWrite

    from poc_eval.i18n import Language

_COMPLAINTS: Final[tuple[tuple[str, Callable[..., Message]], ...]] = (
    (
        r"the following arguments are required: (?P<names>.+)",
        lambda **found: _("{names} is missing", **found),
    ),
    (r"unrecognized arguments: (?P<names>.+)", lambda **found: _("{names} is not known here", **found)),
    (
        r"argument (?P<name>.+?): invalid choice: (?P<value>.+?) \(choose from (?P<choices>.+)\)",
        lambda **found: _("{name} cannot be {value}; it is one of {choices}", **found),
    ),
    (
        r"argument (?P<name>.+?): expected (one|at least one|\d+) arguments?",
        lambda **found: _("{name} needs a value", **found),
    ),
    (
        r"argument (?P<name>.+?): ignored explicit argument (?P<value>.+)",
        lambda **found: _("{name} takes no value, but {value} was given", **found),
    ),
)
"""What argparse of Python 3.11 to 3.14 complains about, as far as this program's calls can cause it."""


_CLOSING: Final = "，。；：、）！？"
_PIECES: Final = re.compile(
    rf"[^\s\u2e80-\u9fff{_CLOSING}]+[{_CLOSING}]*\s*|[\u2e80-\u9fff][{_CLOSING}]*\s*|[{_CLOSING}\s]+"
)


class Parser(argparse.ArgumentParser):
    """A parser whose help is in ``lang`` and whose complaint is an ``InputError``."""

    def __init__(self, *, lang: Language, about: Message, prog: str) -> None:
        super().__init__(
            prog=prog,
            description=about.text(lang),
            formatter_class=HelpLayout,
            add_help=False,
            allow_abbrev=False,
        )
        self.lang = lang
        self._positionals.title = _("What it works on").text(lang)
        self._optionals.title = _("Options").text(lang)
        self.option("-h", "--help", help=_("show this help and stop"), action="help")

    def option(self, *names: str, help: Message, **how: object) -> None:  # noqa: A002 argparse's own word
        """Add an argument whose help is translated; everything else is argparse's ``add_argument``."""
        self.add_argument(*names, help=help.text(self.lang).replace("%", "%%"), **how)  # type: ignore[arg-type]  # passed on as it comes

    def format_usage(self) -> str:
        """Return the one-line usage under its translated heading."""
        return self._translate_heading(super().format_usage())

    def format_help(self) -> str:
        """Return the help under its translated headings."""
        return self._translate_heading(super().format_help())

    def _translate_heading(self, text: str) -> str:
        text = text.replace("usage: ", _("Call: {rest}", rest="").text(self.lang), 1)
        titles = [group.title for group in self._action_groups if group.title]
        colon = "：" if self.lang == "zh" else ":"
        for title in titles:
            text = text.replace(f"\n{title}:\n", f"\n{title}{colon}\n")
        return text

    def _print_message(self, message: str, file: SupportsWrite[str] | None = None) -> None:
        put(cast("TextIO", file or sys.stderr), message.rstrip())

    def error(self, message: str) -> NoReturn:
        """Raise what argparse complains about as an ``InputError`` in our words."""
        remedy = _("see {command}", command=f"{self.prog} --help")
        raise InputError(Fault(what=_in_our_words(message), remedy=remedy))


def _in_our_words(complaint: str) -> Message:
    for pattern, said in _COMPLAINTS:
        found = re.fullmatch(pattern, complaint)
        if found:
            return said(**{name: value.replace("'", "") for name, value in found.groupdict().items()})
    return _("this call cannot be understood ({complaint})", complaint=complaint)


class HelpLayout(argparse.HelpFormatter):
    """Wraps help by columns on the screen, where a Chinese character takes two."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=30, width=100)

    def _split_lines(self, text: str, width: int) -> list[str]:
        return wrap(text, width)

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        return "\n".join(indent + line for line in wrap(text, width - len(indent)))


def wrap(text: str, width: int) -> list[str]:
    """Return ``text`` in lines of at most ``width`` columns, broken at spaces or Chinese characters."""
    lines = [""]
    for piece in _pieces(" ".join(text.split())):
        if columns(lines[-1] + piece.rstrip()) > width and lines[-1]:
            lines[-1] = lines[-1].rstrip()
            lines.append("")
        lines[-1] += piece if lines[-1] else piece.lstrip()
    return [line.rstrip() for line in lines]


def _pieces(text: str) -> Iterable[str]:
    """Yield what must stay on one line: a word with its space, a Chinese character with its punctuation."""
    return _PIECES.findall(text)


def columns(text: str) -> int:
    """Return how many columns ``text`` takes on a terminal."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
