"""The kinds of working papers there are, one module each: this folder's, and those that other packages bring.

A module here is called as its kind and holds ``KIND``. Another package names its kinds in the entry-point
group ``poc_eval.paper_kinds``: the id on the left, the ``PaperKind`` on the right.
"""

from __future__ import annotations

import pkgutil
import re
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from poc_eval.catalog.plain_text import shown
from poc_eval.errors import Fault, UnknownIdError
from poc_eval.i18n import _
from poc_eval.workspace.looking_up import TODAY, LookedUp

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from poc_eval.i18n import Text
    from poc_eval.spreadsheet.writing import Book
    from poc_eval.workspace.paper_entries import Entries
    from poc_eval.workspace.paper_records import Assessment, Layout, Option, PaperRecord, WorkedBy
    from poc_eval.workspace.records import PinnedDefinition, Project
    from poc_eval.workspace.workspace import Workspace
    from poc_eval.workspace.writing import Write

GROUP: Final = "poc_eval.paper_kinds"
_ID: Final = re.compile(r"[a-z][a-z0-9_]{0,63}")


@dataclass(frozen=True, slots=True)
class PaperContext:
    """What a kind may look at beside the fields: by ``look``, ``choices`` and ``day``, so that it is noted.

    A report carries what was noted, and whoever verifies it works out the same without the workspace. What a
    kind reads from ``workspace`` itself cannot be worked out again elsewhere; it is for ``concluded``.
    """

    paper: PaperRecord
    project: Project | None
    definitions: tuple[PinnedDefinition, ...]
    """Those that the paper is worked by, in their order."""
    workspace: Workspace
    zone: str = "Asia/Shanghai"
    """Where days begin and instants are printed."""
    looked_up: LookedUp = field(default_factory=LookedUp, compare=False)

    def look(
        self,
        key: str,
        read: Callable[[Workspace], object],
        restore: Callable[[Any], Any] = lambda found: found,
        *,
        lasting: bool = True,
    ) -> Any:  # noqa: ANN401 what ``restore`` makes
        """Return what ``restore`` makes of what ``read`` finds in the workspace, noted under ``key``.

        ``read`` is called once and returns plain JSON without floats, amounts and scores as text; ``restore``
        may get what a stranger wrote, and may raise anything for it. ``lasting`` is False for what may still
        change in the workspace when the paper is concluded.
        """
        if not lasting:
            self.looked_up.passing.add(key)
        return self.looked_up.get(key, read, restore, self.workspace)

    def choices(
        self, key: str, chosen: Iterable[str], read: Callable[[Workspace], Iterable[Option]]
    ) -> tuple[Option, ...]:
        """Return what a field can be chosen from; of the choices only those in ``chosen`` are noted."""
        return self.looked_up.choices(key, chosen, read, self.workspace)

    def day(self) -> date:
        """Return the day on which the paper was concluded; of a draft today."""
        at = self.paper.concluded_at
        if at is not None:
            return at.astimezone(ZoneInfo(self.zone)).date()
        today: date = self.look(TODAY, lambda _home: self._today(), date.fromisoformat)
        return today

    def _today(self) -> str:
        return datetime.now(ZoneInfo(self.zone)).date().isoformat()


@dataclass(frozen=True, slots=True)
class Beginning:
    """What a new paper begins with."""

    definitions: tuple[WorkedBy, ...] = ()
    """Pinned already."""
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PaperKind:
    """What a kind of working paper asks for and what follows from it.

    ``assess`` gets the fields read by the layout; what is missing or unreadable there is told without it.
    ``begin`` says what a new paper begins with. ``concluded`` writes what concluding leads to, in the very
    transaction that locks the paper: what it raises keeps the paper open.  ``workbook`` makes a workbook of
    what was assessed, and raises ``InputError`` where nothing could be worked out yet; None where the kind
    has none.
    """

    id: str
    title: Text
    layout: Callable[[PaperContext], Layout]
    assess: Callable[[Entries, PaperContext], Assessment]
    begin: Callable[[Workspace, Project | None], Beginning] | None = None
    concluded: Callable[[Write, PaperContext, Assessment], None] | None = None
    workbook: Callable[[Assessment], Book] | None = None
    nameless: bool = False
    """True where every name stands in a field that says so, so that there can be a report without names."""


def find_paper_kind(kind: str) -> PaperKind:
    """Return the kind of this id; raises ``UnknownIdError`` naming what there is."""
    if kind in _shipped():
        return _loaded(kind)
    if _ID.fullmatch(kind):
        for point in entry_points(group=GROUP, name=kind):
            brought: PaperKind = point.load()
            return brought
    raise UnknownIdError(
        Fault(
            _('there is no kind of working paper called "{kind}"', kind=shown(kind)),
            _("update poc_eval, or choose one of: {known}", known=", ".join(paper_kind_ids()) or "-"),
        )
    )


def paper_kind_ids() -> tuple[str, ...]:
    """Return the ids of all kinds; none is loaded for this."""
    return tuple(sorted({*_shipped(), *(point.name for point in entry_points(group=GROUP))}))


@cache
def _shipped() -> frozenset[str]:
    return frozenset(module.name for module in pkgutil.iter_modules(__path__))


@cache
def _loaded(kind: str) -> PaperKind:
    found: PaperKind = import_module(f"{__name__}.{kind}").KIND
    return found
