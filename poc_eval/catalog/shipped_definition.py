"""Kinds of definition that come with the program and are read by id or by path."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from poc_eval.catalog.definitions import load_definition
from poc_eval.catalog.fields import Definition
from poc_eval.catalog.shipped import shipped_folder

if TYPE_CHECKING:
    import os
    from collections.abc import Sequence
    from pathlib import Path


class ShippedDefinition(Definition):
    """A definition whose kind has a folder of files that come with the program."""

    folder: ClassVar[str]
    """One of `poc_eval.catalog.shipped.DEFINITION_KINDS`."""

    @classmethod
    def load(cls, id_or_path: str | os.PathLike[str], *, folders: Sequence[Path] = ()) -> Self:
        """Return the definition with this id, from ``folders`` or the shipped ones, or from a path.

        Raises UnknownIdError, and DefinitionError with every fault of the file.
        """
        everywhere = (*folders, shipped_folder(cls.folder))
        return load_definition(cls, id_or_path, folders=everywhere).definition
