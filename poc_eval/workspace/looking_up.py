"""What a kind of working paper finds in its workspace: written down under keys, so that a report carries it.

What is found is plain JSON, and a kind works with what that JSON gives, in the workspace as from a report:
whoever has the report works out the same.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, TypeVar

from poc_eval.catalog.definitions import parse_definition
from poc_eval.catalog.fields import Definition
from poc_eval.i18n import Text
from poc_eval.workspace.canonical import canonical_json
from poc_eval.workspace.paper_records import Option
from poc_eval.workspace.records import DefinitionRef

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from poc_eval.catalog.definitions import Loaded
    from poc_eval.workspace.workspace import Workspace

Model = TypeVar("Model", bound=Definition)
DEFINITION: Final = frozenset({"id", "version", "hash", "text"})
"""What is written down of a definition: its reference and its whole text."""


PEOPLE: Final = frozenset({"by", "person"})
"""The names of entries that say who acted."""
TODAY: Final = "today"
"""The key of the day on which a draft was looked at."""


class NotCarriedError(Exception):
    """A report does not carry what its figures rest on; ``key`` says what."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


class DamagedError(Exception):
    """What a report carries under ``key`` is not what this program writes there."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


class LookedUp:
    """What was looked up for one paper, each key once; it is then the same for everybody who asks.

    ``every`` is False where choices that nobody made are left out: a report carries none. ``clean`` is put
    between the workspace and the paper where names must stay behind.
    """

    def __init__(self, *, every: bool = True, clean: Callable[[Any], Any] | None = None) -> None:
        self.found: dict[str, Any] = {}
        """By key what was asked for, as plain JSON."""
        self.passing: set[str] = set()
        """The keys of what may change after a paper was concluded."""
        self.every = every
        self._clean = clean
        self._made: dict[str, Any] = {}
        self._offered: dict[str, tuple[Option, ...]] = {}

    def get(
        self,
        key: str,
        read: Callable[[Workspace], object],
        restore: Callable[[Any], Any],
        workspace: Workspace,
    ) -> Any:  # noqa: ANN401 what ``restore`` makes
        """Return what ``restore`` makes of the JSON under ``key``; it is read when first asked for."""
        if key not in self._made:
            found = json.loads(canonical_json(read(workspace)))
            self.found[key] = found if self._clean is None else self._clean(found)
            self._made[key] = restore(self.found[key])
        return self._made[key]

    def choices(
        self,
        key: str,
        chosen: Iterable[str],
        read: Callable[[Workspace], Iterable[Option]],
        workspace: Workspace,
    ) -> tuple[Option, ...]:
        """Return what can be chosen; only what was chosen is written down."""
        wanted = frozenset(chosen)

        def titles(home: Workspace) -> dict[str, dict[str, str]]:
            self._offered[key] = tuple(read(home))
            return {
                one.value: {"zh": one.label.text("zh"), "en": one.label.text("en")}
                for one in self._offered[key]
                if one.value in wanted
            }

        named = f"choices {key}"
        self.passing.add(named)
        kept: tuple[Option, ...] = self.get(named, titles, _options, workspace)
        return self._offered.get(key, kept) if self.every else kept


class Carried(LookedUp):
    """What a report carries; nothing else is looked up. ``None`` stands for a report that carries nothing."""

    def __init__(self, carried: Mapping[str, Any] | None) -> None:
        super().__init__(every=False)
        self._carried = {} if carried is None else carried

    def get(
        self,
        key: str,
        read: Callable[[Workspace], object],
        restore: Callable[[Any], Any],
        workspace: Workspace,
    ) -> Any:  # noqa: ANN401 what ``restore`` makes
        """Return what ``restore`` makes of the JSON under ``key``.

        Raises ``NotCarriedError`` where it is not there, ``DamagedError`` where nothing can be made of it.
        """
        del read, workspace
        if key not in self._made:
            if key not in self._carried:
                raise NotCarriedError(key)
            self.found[key] = self._carried[key]
            try:
                self._made[key] = restore(self.found[key])
            except Exception as error:
                raise DamagedError(key) from error
        return self._made[key]


def definition_content(ref: DefinitionRef, text: str) -> dict[str, str]:
    """Return a definition as it is written down."""
    return {"id": ref.id, "version": ref.version, "hash": ref.hash, "text": text}


def definition_from(
    model: type[Model], asked: str, content: Mapping[str, Any]
) -> tuple[Loaded[Model], DefinitionRef]:
    """Return the definition ``asked`` for by ``id@version`` that was written down, with its reference.

    Raises ``ValueError`` where the text is not the one that the reference names, and as ``parse_definition``.
    """
    ref = DefinitionRef(**{name: content[name] for name in ("id", "version", "hash")})
    loaded: Loaded[Model] = _parsed(model, content["text"], asked)
    found: Any = loaded.definition
    stated = DefinitionRef(found.id, found.version, loaded.hash)
    if asked != f"{ref.id}@{ref.version}" or stated != ref or content.keys() != DEFINITION:
        raise ValueError(ref)
    return loaded, ref


def without_people(found: Any) -> Any:  # noqa: ANN401 JSON
    """Return what was looked up without those who acted: their names may be deleted later."""
    if isinstance(found, dict):
        return {name: without_people(one) for name, one in found.items() if name not in PEOPLE}
    return [without_people(one) for one in found] if isinstance(found, list) else found


@lru_cache(maxsize=256)
def _parsed(model: type[Model], text: str, name: str) -> Loaded[Model]:
    return parse_definition(model, text, name)


def _options(titles: Mapping[str, Mapping[str, object]]) -> tuple[Option, ...]:
    return tuple(Option(value, _title(title)) for value, title in titles.items())


def _title(title: Mapping[str, object]) -> Text:
    zh, en = title["zh"], title["en"]
    if not isinstance(zh, str) or not isinstance(en, str):
        raise TypeError(title)
    return Text(zh, en)
