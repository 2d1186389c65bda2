"""A workspace's own copies of the definitions that it uses: made on first use, never changed after."""

from __future__ import annotations

import os
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from poc_eval.catalog.definitions import entries, load_definition, parse_definition
from poc_eval.catalog.plain_text import shown
from poc_eval.catalog.shipped import shipped_folder
from poc_eval.errors import DefinitionError, Fault, UnknownIdError, WorkspaceError
from poc_eval.i18n import _
from poc_eval.scoring.rubric import Rubric
from poc_eval.workspace.filenames import safe_name, write_inside
from poc_eval.workspace.local import utc_now
from poc_eval.workspace.records import DefinitionRef, PinnedDefinition

if TYPE_CHECKING:
    from poc_eval.catalog.definitions import Loaded
    from poc_eval.workspace.store import Store

FOLDER: Final = "definitions"
_HASH_DIGITS: Final = 12


def rubric_folders(workspace: Path) -> tuple[Path, Path]:
    """Return where rubrics are looked up: the workspace's own before the shipped ones.

    A workspace goes on with the version that it began with; a newer one is asked for by ``id@version``.
    """
    return workspace / FOLDER, shipped_folder("rubrics")


def load_rubric(workspace: Path, asked: str | os.PathLike[str]) -> Loaded[Rubric]:
    """Return the rubric with this id, this ``id@version``, or in this file.

    Raises ``UnknownIdError``, ``DefinitionError``.
    """
    name = os.fspath(asked)
    folders = rubric_folders(workspace)
    wanted, at, version = name.rpartition("@")
    if not at or Path(name).is_file():
        return load_definition(Rubric, name, folders=folders)
    found = [entry for folder in folders for entry in entries(folder) if entry.id == wanted]
    for entry in found:
        if entry.version == version:
            return load_definition(Rubric, entry.file, folders=folders)
    known = ", ".join(dict.fromkeys(f"{entry.id}@{entry.version}" for entry in found))
    if not known:
        return load_definition(Rubric, wanted, folders=folders)
    raise UnknownIdError(
        Fault(
            _("there is no version {version} of {id}", version=shown(version), id=wanted),
            _("choose one of: {known}", known=known),
        )
    )


def pin_rubric(
    store: Store, workspace: Path, asked: str | os.PathLike[str], *, by: str | None
) -> DefinitionRef:
    """Keep the rubric in the store and, to be read by people, under ``definitions/``; return its reference.

    Raises what ``load_rubric`` does, ``DefinitionError`` where its id and version stand for another content
    in this workspace, and ``WorkspaceError``.
    """
    loaded = load_rubric(workspace, asked)
    ref = DefinitionRef(loaded.definition.id, loaded.definition.version, loaded.hash)
    store.pin(PinnedDefinition("rubric", ref, loaded.file, loaded.text, utc_now()), by=by)
    if not any(workspace.joinpath(FOLDER).glob(f"*-{ref.hash[:_HASH_DIGITS]}.*")):
        suffix = Path(loaded.file).suffix or ".yaml"
        name = f"{safe_name(ref.id)}-{safe_name(ref.version)}-{ref.hash[:_HASH_DIGITS]}{suffix}"
        write_inside(workspace, FOLDER, name, text=loaded.text)
    return ref


def pinned_rubric(store: Store, ref: DefinitionRef) -> Rubric:
    """Return the rubric as it was pinned; raises ``WorkspaceError`` where the store has another text."""
    pinned = store.definition("rubric", ref.id, ref.version)
    return rubric_of(replace(pinned, ref=ref))


def rubric_of(pinned: PinnedDefinition) -> Rubric:
    """Return a pinned rubric; raises ``WorkspaceError`` where its text is not the one that was pinned."""
    loaded = _parsed(pinned.text, pinned.file)
    if loaded.hash != pinned.ref.hash:
        raise WorkspaceError(
            Fault(
                _("the copy of {ref} in the store is not the text that was pinned", ref=pinned.ref),
                _("bring back the workspace's file from a backup; the file that is there was left as it is"),
            )
        )
    return loaded.definition


@lru_cache(maxsize=32)
def _parsed(text: str, file: str) -> Loaded[Rubric]:
    """Return the rubric that a text is: the same text is the same rubric, in whichever workspace."""
    return parse_definition(Rubric, text, file)


def known_rubrics(workspace: Path) -> tuple[list[Rubric], list[Fault]]:
    """Return one rubric an id, as a new review would use it, and the faults of those that cannot be used."""
    ids = dict.fromkeys(entry.id for folder in rubric_folders(workspace) for entry in entries(folder))
    known: list[Rubric] = []
    faults: list[Fault] = []
    for rubric_id in ids:
        try:
            known.append(load_rubric(workspace, rubric_id).definition)
        except DefinitionError as error:
            faults.extend(error.faults)
    return known, faults
