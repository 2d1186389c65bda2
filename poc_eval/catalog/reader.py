"""Read a definition file strictly: every scalar stays text, and what YAML would guess or share is a fault.

JSON is read by the same rules, since it is YAML.  The limits act on the parser's events, before anything is
built from them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias, cast

import yaml

from poc_eval.catalog.plain_text import MAX_FAULTS, checked_text, read_text, shown
from poc_eval.catalog.syntax import fault_of_syntax
from poc_eval.errors import DefinitionError, Fault
from poc_eval.hidden import HIDDEN, spelled_out
from poc_eval.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from poc_eval.i18n import Message

Data: TypeAlias = "str | list[Data] | dict[str, Data] | None"
Where: TypeAlias = tuple[str | int, ...]
"""A path into the data: ``("criteria", 2, "weight")``."""

MAX_DEPTH: Final = 32
MAX_NODES: Final = 50_000

# libyaml where it is there: ten times faster, and the same events.
_PARSER: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NULLS: Final = frozenset({"", "~", "null"})
_FLOW_DOCUMENT: Final = re.compile(r"\s*[\[{]")
_LEADING_TABS: Final = re.compile(r"^[ \t]*\t[ \t]*", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Document:
    """A file as read: nested lists and dicts of text, and the line of everything in it."""

    name: str
    text: str
    data: Data
    lines: Mapping[Where, int] = field(repr=False)

    def line_of(self, where: Where) -> int:
        """Return the line (from 1) where ``where`` stands, or the nearest thing around it that exists."""
        while where and where not in self.lines:
            where = where[:-1]
        return self.lines.get(where, 1)

    def fault(self, what: Message, remedy: Message, where: Where = ()) -> Fault:
        """Return a fault that names this file, the line and the place."""
        return Fault(what, remedy, file=self.name, line=self.line_of(where), place=place(where) or None)


def place(where: Where) -> str:
    """Return ``where`` as people write it: ``criteria[2].weight``; list items count from 1."""
    parts = (f"[{step + 1}]" if isinstance(step, int) else f".{shown(step)}" for step in where)
    return "".join(parts).removeprefix(".")


def read_yaml(source: Path | str, *, name: str | None = None) -> Document:
    """Read a file (a Path) or a text (a str) as one YAML or JSON document.

    ``name`` is what faults call it; a file's own path by default.  Plain ``null``, ``~`` and nothing become
    None, every other scalar stays text.  Raises DefinitionError with every fault found.
    """
    if isinstance(source, Path):
        called = spelled_out(name or str(source))
        text = read_text(source, called)
    else:
        called = spelled_out(name or "-")
        text = checked_text(source, called)
    # JSON indented with tabs is good JSON; between brackets leading blanks mean nothing.
    parsed = _LEADING_TABS.sub(" ", text) if _FLOW_DOCUMENT.match(text) else text
    builder = _Builder(called)
    try:
        data = builder.document(yaml.parse(parsed, Loader=_PARSER))
    except yaml.YAMLError as error:
        builder.faults.append(fault_of_syntax(error, parsed, called))
    except _LimitError:
        pass
    if builder.faults:
        raise DefinitionError(*builder.faults)
    return Document(called, text, data, builder.lines)


def _line(event: yaml.Event) -> int:
    return 1 if event.start_mark is None else event.start_mark.line + 1


def _node(event: yaml.Event) -> yaml.NodeEvent:
    """Return ``event``, which the grammar of the events makes a node here."""
    return cast("yaml.NodeEvent", event)


class _LimitError(Exception):
    """A limit was passed; its fault is noted, nothing more is read."""


class _Builder:
    """Makes data from the parser's events and notes every fault on the way."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.faults: list[Fault] = []
        self.lines: dict[Where, int] = {}
        self._nodes = 0

    def document(self, events: Iterator[yaml.Event]) -> Data:
        data: Data = None
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._stop(
                        event,
                        _("a second document starts here (---)"),
                        _("keep one document in a file"),
                    )
            elif isinstance(event, yaml.NodeEvent):
                data = self._node(event, events, ())
        return data

    def _node(self, event: yaml.NodeEvent, events: Iterator[yaml.Event], where: Where) -> Data:
        self._count(event, where)
        self.lines.setdefault(where, _line(event))
        if isinstance(event, yaml.AliasEvent):
            self._fault(
                event,
                _("an alias (*{name}) stands here", name=shown(event.anchor or "")),
                _("write the value out; put a text that starts with * in quotes"),
            )
            return None
        self._check_marks(event)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(events, where)
        return self._mapping(events, where)

    def _scalar(self, event: yaml.ScalarEvent) -> str | None:
        if event.implicit[0] and event.value in _NULLS:
            return None
        hidden = HIDDEN.search(event.value)
        if hidden:
            self._fault(
                event,
                _(
                    "the hidden character {code} is written here with a backslash",
                    code=f"U+{ord(hidden[0]):04X}",
                ),
                _("take it away; write other characters as themselves"),
            )
        return event.value

    def _sequence(self, events: Iterator[yaml.Event], where: Where) -> list[Data]:
        items: list[Data] = []
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            items.append(self._node(_node(event), events, (*where, len(items))))
        return items

    def _mapping(self, events: Iterator[yaml.Event], where: Where) -> dict[str, Data]:
        found: dict[str, Data] = {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key = self._key(_node(event), events, where)
            inner = where if key is None else (*where, key)
            first_line = self.lines.get(inner)
            if key is not None and key in found:
                self._fault(
                    event,
                    _(
                        'the key "{key}" stands here again, first in line {line}',
                        key=shown(key),
                        line=first_line,
                    ),
                    _("keep one of the two"),
                    where=inner,
                )
            elif key is not None:
                self.lines[inner] = _line(event)
            value = self._node(_node(next(events)), events, inner)
            if key is not None:
                found.setdefault(key, value)
        return found

    def _key(self, event: yaml.NodeEvent, events: Iterator[yaml.Event], where: Where) -> str | None:
        if isinstance(event, yaml.ScalarEvent) and event.implicit[0] and event.value == "<<":
            self._fault(
                event,
                _("a merge key (<<) stands here"),
                _("write the keys out; nothing is taken over from elsewhere"),
            )
            return None
        faults = len(self.faults)
        key = self._node(event, events, (*where, "?"))
        if isinstance(key, str):
            return key
        if len(self.faults) == faults:
            self._fault(event, _("a key is not a text"), _("write a name, a colon and the value"))
        return None

    def _check_marks(self, event: yaml.NodeEvent) -> None:
        if event.anchor is not None:
            self._fault(
                event,
                _("an anchor (&{name}) stands here", name=shown(event.anchor)),
                _("take it away; put a text that starts with & in quotes"),
            )
        tag = getattr(event, "tag", None)
        if tag is not None:
            written = tag.replace("tag:yaml.org,2002:", "!!")
            self._fault(
                event,
                _("the tag {tag} stands here", tag=shown(written)),
                _("take it away; every value is plain text here"),
            )

    def _count(self, event: yaml.Event, where: Where) -> None:
        self._nodes += 1
        if self._nodes > MAX_NODES:
            self._stop(
                event,
                _("the file holds more than {limit} values", limit=f"{MAX_NODES:,}"),
                _("split it; a definition is a few pages of text"),
            )
        if len(where) > MAX_DEPTH:
            self._stop(
                event,
                _("lists and keys are nested more than {limit} deep", limit=MAX_DEPTH),
                _("write it flatter; check the brackets"),
            )

    def _fault(self, event: yaml.Event, what: Message, remedy: Message, *, where: Where = ()) -> None:
        line = _line(event)
        self.faults.append(Fault(what, remedy, file=self.name, line=line, place=place(where) or None))
        if len(self.faults) >= MAX_FAULTS:
            self.faults.append(
                Fault(
                    _("reading stopped here"),
                    _("mend the faults so far first"),
                    file=self.name,
                    line=line,
                )
            )
            raise _LimitError

    def _stop(self, event: yaml.Event, what: Message, remedy: Message) -> None:
        self._fault(event, what, remedy)
        raise _LimitError
