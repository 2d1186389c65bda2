"""Who sits on a panel and when it meets, as a page shows it; without names nothing here tells who is who."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from poc_eval.i18n import Text

if TYPE_CHECKING:
    from datetime import date

    from poc_eval.workspace.records import Project

TextPart: TypeAlias = Literal["minutes", "opinion", "notice", "sign_in", "experts"]
"""The papers around a meeting: 纪要、专家组意见、公示、签到表、专家名单."""
BOOK_OF_MEMBERS: Final = Text("评审专家组组成及回避登记表", "Members of a panel and who steps aside")
"""What the paper is called on which a panel is written down, where nobody gave it the meeting's name."""


@dataclass(frozen=True, slots=True)
class Seat:
    """One expert; projects are given by id."""

    who: str
    """The name, or a letter where names are left out; then unit, title, field and chair are left out too."""
    unit: str = ""
    title: str = ""
    field: str = ""
    chair: bool = False
    listed: bool = False
    """True for a member by the book of panels; False for who only handed in a review."""
    aside: tuple[str, ...] = ()
    """Where this expert steps aside."""
    stands_in: tuple[str, ...] = ()
    """Where this expert takes the place of one who steps aside."""
    waiting: tuple[str, ...] = ()
    """What this member judges and has not handed in."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """A panel's meeting by the book of panels."""

    title: str
    held_on: date | None
    place: str | None


@dataclass(frozen=True, slots=True)
class Roster:
    """The experts of one rubric's panel on some projects."""

    projects: tuple[Project, ...]
    """Those under review, in the order in which they came, also those without a review yet."""
    seats: tuple[Seat, ...]
    meetings: tuple[Meeting, ...]
    """Usually one; none while nobody wrote the panel down."""
    named: bool
