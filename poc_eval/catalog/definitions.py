"""Load a definition by id or by path; the folders are asked in order, a workspace's before the shipped."""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass
from difflib import get_close_matches
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from poc_eval.catalog.complaints import complaint
from poc_eval.catalog.plain_text import shown
from poc_eval.catalog.reader import read_yaml
from poc_eval.catalog.validation import faults_of
from poc_eval.errors import DefinitionError, Fault, UnknownIdError
from poc_eval.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from poc_eval.catalog.reader import Data, Document

MAX_LISTED: Final = 30
SUFFIXES: Final = (".yaml", ".yml", ".json")

Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Loaded(Generic[Model]):
    """A definition with what ties it to its file."""

    definition: Model
    hash: str
    """SHA-256 of the content, hex; comments, order of keys and layout do not count."""
    file: str
    """Path or name of the file."""
    text: str
    """The file as it was read."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A definition file known by its id, version and content; whether it fits its model was not looked at."""

    id: str
    version: str
    hash: str
    """SHA-256 of the content, hex."""
    file: Path


def parse_definition(model: type[Model], text: str, name: str) -> Loaded[Model]:
    """Return the definition written in ``text``; raises DefinitionError with every fault."""
    return validated(model, read_yaml(text, name=name))


def validated(model: type[Model], document: Document) -> Loaded[Model]:
    """Return the definition that was read; raises DefinitionError with every fault of the file."""
    if not isinstance(document.data, dict):
        refusal = complaint("model_type", {}, document.data)
        raise DefinitionError(document.fault(refusal.what, refusal.remedy))
    try:
        definition = model.model_validate(document.data)
    except ValidationError as error:
        raise DefinitionError(*faults_of(error, document, model)) from None
    return Loaded(definition, content_hash(document.data), document.name, document.text)


def load_definition(
    model: type[Model], id_or_path: str | os.PathLike[str], *, folders: Sequence[Path]
) -> Loaded[Model]:
    """Return the definition with this id from the first of ``folders`` that has it, or from a path.

    What ends in .yaml, .yml or .json or holds a path separator is a path; so is the name of an existing file
    where no id fits.  Of several versions in one folder the highest is taken.
    Raises UnknownIdError, which lists near ids; DefinitionError for a file that is not as it should be, and
    where two files give the same id and version another content.
    """
    asked = os.fspath(id_or_path)
    if _looks_like_path(asked):
        return validated(model, read_yaml(Path(asked)))
    found = [entry for folder in folders for entry in _asked_for(asked, folder)]
    if found:
        first = found[0].file.parent
        best = max(
            (entry for entry in found if entry.file.parent == first),
            key=lambda entry: version_key(entry.version),
        )
        check_same_content(best, *found)
        return validated(model, read_yaml(best.file))
    if os.path.isfile(asked):  # noqa: PTH113 unlike Path, it takes any text
        return validated(model, read_yaml(Path(asked)))
    raise _unknown_id(asked, folders)


def entries(folder: Path) -> Iterator[Entry]:
    """Yield the definition files in ``folder``, by name; one without a readable id is left out.

    Such a file shows its faults when it is checked or loaded by path.
    """
    for file in _files(folder):
        try:
            entry = _entry(file)
        except DefinitionError:
            continue
        if entry is not None:
            yield entry


def check_same_content(entry: Entry, *others: Entry) -> None:
    """Raise DefinitionError, naming both files, where another of this id and version differs."""
    for other in others:
        if (other.id, other.version) == (entry.id, entry.version) and other.hash != entry.hash:
            raise DefinitionError(
                Fault(
                    _(
                        "{id} version {version} says something else here than in {other}",
                        id=shown(entry.id),
                        version=shown(entry.version),
                        other=other.file,
                    ),
                    _("give the changed file a version of its own"),
                    file=str(entry.file),
                )
            )


def content_hash(data: Data) -> str:
    """Return the SHA-256 (hex) of the canonical JSON of what a file says: keys sorted, no layout."""
    canonical = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return sha256(canonical.encode("utf-8")).hexdigest()


def version_key(version: str) -> tuple[tuple[int, int | str], ...]:
    """Return a sort key in which 1.10 comes after 1.9."""
    return tuple(
        (0, int(part)) if part.isdecimal() else (1, part) for part in re.findall(r"\d+|[^\d.]+", version)
    )


def _files(folder: Path) -> list[Path]:
    files = sorted(folder.iterdir()) if folder.is_dir() else []
    return [file for file in files if file.suffix.lower() in SUFFIXES and file.is_file()]


def _entry(file: Path) -> Entry | None:
    data = read_yaml(file).data
    if not isinstance(data, dict) or not isinstance(data.get("id"), str):
        return None
    return Entry(str(data["id"]), str(data.get("version") or ""), content_hash(data), file)


def _asked_for(asked: str, folder: Path) -> Iterator[Entry]:
    """Yield the entries with this id; a file that is named for it shows its faults instead of hiding."""
    for file in _files(folder):
        try:
            entry = _entry(file)
        except DefinitionError:
            if file.stem.split("@", 1)[0] == asked:
                raise
            continue
        if entry is not None and entry.id == asked:
            yield entry


def _looks_like_path(asked: str) -> bool:
    return asked.lower().endswith(SUFFIXES) or "/" in asked or "\\" in asked


def _unknown_id(asked: str, folders: Sequence[Path]) -> UnknownIdError:
    known = list(dict.fromkeys(entry.id for folder in folders for entry in entries(folder)))
    near = get_close_matches(asked, known, n=3, cutoff=0.5)
    what = _('there is no definition with the id "{id}"', id=shown(asked))
    if near:
        return UnknownIdError(Fault(what, _("did you mean one of these: {ids}?", ids=", ".join(near))))
    if known:
        return UnknownIdError(Fault(what, _("known are: {ids}", ids=", ".join(sorted(known)[:MAX_LISTED]))))
    return UnknownIdError(Fault(what, _("give an id that the list shows, or the path of a file")))
