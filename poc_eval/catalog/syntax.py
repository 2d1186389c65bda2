"""What the YAML parser says when it stumbles, said again for the person who wrote the file.

The parser in C and the one in Python word the same stumble differently; both are recognised here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from yaml import MarkedYAMLError

from poc_eval.errors import Fault
from poc_eval.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from yaml import YAMLError

    from poc_eval.i18n import Message

_Said = tuple["Message", "Message"]


def _tab() -> _Said:
    return (
        _("the line is indented with a tab"),
        _("indent with spaces: YAML allows no tabs there"),
    )


def _second_colon() -> _Said:
    return (
        _("a colon followed by a space stands where no key can stand"),
        _('put a text that holds ": " in quotes, and give each key a line of its own'),
    )


def _unclosed_quote() -> _Said:
    return _("a quotation mark opens here and is not closed"), _("close it with the same mark")


def _unclosed_bracket() -> _Said:
    return (
        _("a bracket opens here, and a comma or its closing bracket is missing after it"),
        _("close it, and put commas between its items"),
    )


def _ends_in_bracket() -> _Said:
    return _("the file ends inside a bracket"), _("close it, and put commas between its items")


def _no_content() -> _Said:
    return _("a value is missing between two marks"), _("write the value or take one mark away")


def _indentation() -> _Said:
    return (
        _("the line does not stand under the lines that it belongs to"),
        _("indent keys of one level, and dashes of one list, by the same number of spaces"),
    )


def _colon_missing() -> _Said:
    return _("a key without a colon stands here"), _("write key: value, with a space after the colon")


def _full_width_colon() -> _Said:
    return _("a full-width colon (：) stands behind a key"), _("write a plain colon and a space after it")


def _escape() -> _Said:
    return (
        _("a backslash is followed by something that it cannot stand before"),
        _("write the character itself, or write a backslash in quotes as two"),
    )


def _special_character() -> _Said:
    return _("the line starts with a character that has a meaning in YAML"), _("put the text in quotes")


def _tag() -> _Said:
    return _("a tag (!name) stands here"), _("take it away; every value is plain text here")


def _directive() -> _Said:
    return _("a line that starts with % stands here"), _("take it away, or put the text in quotes")


def _anchor() -> _Said:
    return (
        _("a text that starts with & or * stands here"),
        _("put the text in quotes; anchors and aliases are not used here"),
    )


def _block_text() -> _Said:
    return (
        _("a text that starts with | or > is not written as YAML asks"),
        _("write | or > alone at the end of the line, and indent the text below it with spaces"),
    )


def _unknown() -> _Said:
    return _("this is not written as YAML"), _("compare it with a shipped file of the same kind")


# In this order: an earlier pattern is the more telling one.  Searched in "context | problem".
_STUMBLES: Final[tuple[tuple[re.Pattern[str], Callable[[], _Said]], ...]] = tuple(
    (re.compile(pattern), said)
    for pattern, said in (
        (r"found a tab character|'\\t' that cannot start", _tab),
        (r"mapping values are not allowed", _second_colon),
        (r"unknown escape|Unicode character escape|escape sequence", _escape),
        (r"scanning a quoted scalar", _unclosed_quote),
        (r"flow node .*(node content|did not find)", _no_content),
        (r"(parsing a|in a) flow (sequence|mapping)", _unclosed_bracket),
        (r"scanning (a|an) (anchor|alias)", _anchor),
        (r"scanning a tag|tag handle|tag URI|parsing a tag", _tag),
        (r"directive|incompatible YAML", _directive),
        (r"scanning a block scalar", _block_text),
        (r"scanning a simple key|could not find expected ':'", _colon_missing),
        (r"cannot start any token|block node|node content", _special_character),
        (
            r"parsing a block|sequence entries|keys are not|expected key|block end|document start",
            _indentation,
        ),
    )
)
_TOLD_WHERE_IT_BEGINS: Final = frozenset({_unclosed_quote, _unclosed_bracket, _colon_missing})


def fault_of_syntax(error: YAMLError, text: str, name: str) -> Fault:
    """Return the fault for a parser's error in ``text``; ``name`` is the file's name for the reader."""
    if not isinstance(error, MarkedYAMLError):
        what, remedy = _unknown()
        return Fault(what, remedy, file=name)
    words = f"{error.context or ''} | {error.problem or ''}"
    said = next((said for pattern, said in _STUMBLES if pattern.search(words)), _unknown)
    mark = error.problem_mark
    if said in _TOLD_WHERE_IT_BEGINS and error.context_mark is not None:
        mark = error.context_mark
    if mark is None:
        what, remedy = said()
        return Fault(what, remedy, file=name)
    lines = text.rstrip().split("\n")
    line = min(mark.line, len(lines) - 1)
    if said is _no_content and (mark.line > line or not lines[line][mark.column :]):
        said = _ends_in_bracket
    elif re.match(r" *\t", lines[line]):
        said = _tab
    elif said in {_colon_missing, _indentation} and re.match(r"[^:#]*：", lines[line]):
        said = _full_width_colon
    what, remedy = said()
    return Fault(what, remedy, file=name, line=line + 1)
