"""Who judges what: the reviews that were handed in joined with the book of panels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from poc_eval.scoring.undertaking import CONFLICT_REASON
from poc_eval.workspace.panel_records import Meeting, Roster, Seat
from poc_eval.workspace.panels import Panels

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from poc_eval.workspace.records import Member, PanelRecord, Project, ReviewRecord
    from poc_eval.workspace.workspace import Workspace

_ALPHABET: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class Aside:
    """Why somebody is out on a project, and who takes the place; real names."""

    reason: str
    replaced_by: str | None = None


@dataclass(frozen=True, slots=True)
class People:
    """Everybody of a panel by their real names, how a page calls them, and the panel as it shows it."""

    names: Mapping[str, str]
    """Everybody who scored or is a member, and what they are called, in the order of the page."""
    aside: Mapping[tuple[str, str], Aside]
    """By project and real name."""
    roster: Roster

    def called(self, name: str | None) -> str | None:
        """Return what a person is called on the page; None for nobody and for a stranger without a name."""
        if name is None:
            return None
        return self.names.get(name, name if self.roster.named else None)


def people_of(
    workspace: Workspace,
    rubric_id: str,
    reviews: Sequence[ReviewRecord],
    *,
    projects: Sequence[str] | None,
    with_names: bool,
) -> People:
    """Return the people behind ``reviews``, the newest submitted ones by a rubric, and of its panels.

    ``projects`` are the ids asked for, None for all. Without names everybody is a letter, in the order of
    random ids that are printed nowhere.
    """
    books = _books(workspace, rubric_id, reviews, projects)
    members = {member.name: member for book in books for member in book.members}
    reviewers = dict.fromkeys(review.reviewer for review in reviews)
    everybody = [*members, *(name for name in reviewers if name not in members)]
    if with_names:
        names = {name: name for name in everybody}
    else:
        names = _letters(everybody, reviews, Panels(workspace.store).member_keys([one.id for one in books]))
    aside = _asides(workspace, books, reviews)
    shown = _projects(workspace, books, reviews, projects)
    known = _Known(books, members, aside, frozenset((one.project_id, one.reviewer) for one in reviews))
    roster = Roster(
        projects=shown,
        seats=tuple(known.seat(name, names[name], shown, named=with_names) for name in names),
        meetings=tuple(Meeting(one.title, one.held_on, one.place) for one in books),
        named=with_names,
    )
    return People(names, aside, roster)


@dataclass(frozen=True, slots=True)
class _Known:
    books: Sequence[PanelRecord]
    members: Mapping[str, Member]
    aside: Mapping[tuple[str, str], Aside]
    handed_in: frozenset[tuple[str, str]]

    def seat(self, name: str, called: str, projects: Iterable[Project], *, named: bool) -> Seat:
        ids = [project.id for project in projects]
        judged = {
            one for book in self.books if any(m.name == name for m in book.members) for one in book.projects
        }
        out = [one for one in ids if (one, name) in self.aside]
        places = [
            one
            for one in ids
            if any(at == one and why.replaced_by == name for (at, _who), why in self.aside.items())
        ]
        open_ = [one for one in ids if one in judged and one not in out and (one, name) not in self.handed_in]
        member = self.members.get(name)
        shown = member if named else None
        return Seat(
            called,
            unit="" if shown is None else shown.unit,
            title="" if shown is None else shown.title,
            field="" if shown is None else shown.field,
            chair=shown is not None and shown.chair,
            listed=member is not None,
            aside=tuple(out),
            stands_in=tuple(places),
            waiting=tuple(open_),
        )


def _books(
    workspace: Workspace,
    rubric_id: str,
    reviews: Iterable[ReviewRecord],
    projects: Sequence[str] | None,
) -> tuple[PanelRecord, ...]:
    """Return the panels that judge by the rubric; one that names none judges where its projects say so."""
    about = set(projects) if projects is not None else {one.project_id for one in reviews}
    found = []
    for one in Panels(workspace.store).panels():
        meets = not about or not about.isdisjoint(one.projects)
        if (one.rubric == rubric_id and (projects is None or meets)) or (one.rubric is None and meets):
            found.append(one)
    return tuple(found)


def _projects(
    workspace: Workspace,
    books: Iterable[PanelRecord],
    reviews: Iterable[ReviewRecord],
    projects: Sequence[str] | None,
) -> tuple[Project, ...]:
    about = {one.project_id for one in reviews} | {project for one in books for project in one.projects}
    if projects is not None:
        about &= set(projects)
    return tuple(project for project in workspace.projects() if project.id in about)


def _asides(
    workspace: Workspace, books: Iterable[PanelRecord], reviews: Iterable[ReviewRecord]
) -> dict[tuple[str, str], Aside]:
    """Return who is out on what and why: an expert's own word before the books'."""
    said = {
        (one.project_id, one.person): Aside(one.reason, one.replaced_by)
        for book in books
        for one in book.step_asides
    }
    for review in reviews:
        if workspace.evaluation(review).stepped_aside:
            key = (review.project_id, review.reviewer)
            written = said.get(key)
            own = review.values().get(CONFLICT_REASON, "")
            said[key] = Aside(own, None if written is None else written.replaced_by)
    return said


def _letters(
    everybody: Iterable[str], reviews: Iterable[ReviewRecord], keys: Mapping[str, str]
) -> dict[str, str]:
    """Return a letter for each; the random ids that they are ordered by stand nowhere beside the letters."""
    first: dict[str, str] = {}
    for one in reviews:
        first[one.reviewer] = min(one.id, first.get(one.reviewer, one.id))
    in_order = sorted(everybody, key=lambda name: first.get(name) or keys[name])
    return {name: _letter(place) for place, name in enumerate(in_order)}


def _letter(place: int) -> str:
    whole, rest = divmod(place, len(_ALPHABET))
    return (_letter(whole - 1) if whole else "") + _ALPHABET[rest]
