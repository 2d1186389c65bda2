"""Two versions of one thing, and the first place in which they differ, in words."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from itertools import zip_longest
from math import isfinite
from typing import TYPE_CHECKING, Final

from poc_eval.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from poc_eval.i18n import Message, Translatable
    from poc_eval.scoring.rubric import Rubric

_HEADING: Final = re.compile(r"<h[1-6][^>]*>(.*?)</h[1-6]>", re.DOTALL)
_TAG: Final = re.compile(r"<[^>]*>?")
_SHOWN: Final = 60
_BEFORE: Final = 20
"""Characters of a long text that stand before the first one that differs."""
_NOTHING: Final = object()
LOOKED_UP: Final[Mapping[str, Message]] = {
    "policy": _("the policy"),
    "sharing": _("the sharing rule"),
    "rubric": _("the score sheet"),
    "choices": _("the chosen"),
    "ledger": _("the ledger's entries"),
    "payouts": _("the sealed payouts"),
    "first": _("the paper's first version"),
    "today": _("the day of the draft"),
    "rounds": _("the rounds of the formal check"),
    "projects": _("the projects"),
    "results": _("the official results"),
    "panel": _("the panel's submitted reviews"),
    "scan": _("the scan"),
    "book": _("the book of scores on paper"),
}
"""What working papers look up, by the first word of its key."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Where two documents part: ``place`` in the notation of their keys, and what stands there in each."""

    place: str
    stated: object
    found: object


def first_difference(
    stated: object, found: object, *, tolerance: Callable[[str], float] = lambda _place: 0.0, place: str = ""
) -> Difference | None:
    """Return the first difference, the figures before everything else; None where there is none.

    ``tolerance`` says of a place how far its numbers, written as text, may lie apart, as a share from 1 up.
    """
    if isinstance(stated, dict) and isinstance(found, dict):
        for name in sorted({*stated, *found}, key=lambda name: (name != "figures", name)):
            at = f"{place}.{name}" if place else name
            inner = first_difference(
                stated.get(name, _NOTHING), found.get(name, _NOTHING), tolerance=tolerance, place=at
            )
            if inner is not None:
                return inner
        return None
    if isinstance(stated, list) and isinstance(found, list):
        pairs = enumerate(zip_longest(stated, found, fillvalue=_NOTHING))
        inner_ones = (
            first_difference(one, two, tolerance=tolerance, place=f"{place}[{at}]")
            for at, (one, two) in pairs
        )
        return next((one for one in inner_ones if one is not None), None)
    # In Python True is 1.
    if type(stated) is type(found) and stated == found:
        return None
    return None if _near(stated, found, tolerance(place)) else Difference(place, stated, found)


def in_words(difference: Difference, rubric: Rubric | None) -> Message:
    """Return what the file states and what its own records give; of long texts from where they part."""
    stated, found = difference.stated, difference.found
    if isinstance(stated, str) and isinstance(found, str) and max(len(stated), len(found)) > _SHOWN:
        start = max(_parting(stated, found) - _BEFORE, 0)
        cut = "…" if start else ""
        stated, found = f"{cut}{stated[start:]}", f"{cut}{found[start:]}"
    return _(
        "{thing}: the file states {stated}, the records in it give {found}",
        thing=_thing(difference.place, rubric),
        stated=shown(stated),
        found=shown(found),
    )


def page_difference(stated: str, found: str) -> Message:
    """Return in which section the page first differs from its records, and what stands there in each."""
    at = _parting(stated, found)
    before = stated[:at]
    ours, theirs = (_words_around(page, at) for page in (found, stated))
    headings = [words for words in map(_plain, _HEADING.findall(before)) if words]
    if "</style>" not in before:
        return _("the head of the page (title, policy or style) is not the one that its records give")
    section = headings[-1] if headings else _("the beginning of the page")
    return _(
        "the page differs from its records in “{section}”: it shows “{stated}”, the records give “{found}”",
        section=section,
        stated=theirs,
        found=ours,
    )


def shown(value: object) -> str:
    """Return a value for a sentence: cut where it is long, a dash where there is none."""
    if value is None or value is _NOTHING:
        return "—"
    words = " ".join(str(value).split())
    return words if len(words) <= _SHOWN else f"{words[:_SHOWN]}…"


def looked_up_entry(place: str) -> Translatable:
    """Return what was looked up, by its key or a place inside of it, in words."""
    kind, _space, rest = place.partition(" ")
    kind, dot, inside = kind.partition(".")
    kind, bracket, index = kind.partition("[")
    word = LOOKED_UP.get(kind)
    name = f"{bracket}{index}{dot}{inside} {rest}".strip(". ")
    if word is None or not name:
        return word or _("the entry {place}", place=shown(place))
    return _("{word} {name}", word=word, name=shown(name))


def _parting(stated: str, found: str) -> int:
    """Return where two texts part."""
    pairs = enumerate(zip(stated, found, strict=False))
    return next((at for at, (one, two) in pairs if one != two), min(len(stated), len(found)))


def _thing(place: str, rubric: Rubric | None) -> Translatable:
    last = place.rpartition(".")[2]
    if place == "figures.total" or place.endswith((".figures.total", ".official.total")):
        return _("the total")
    if ".criteria." in f".{place}" and rubric is not None and "figures" in place:
        for node in rubric.every_node:
            if node.criterion.id == last:
                return _("the score of {criterion}", criterion=node.criterion.title)
    if "figures.gates" in place:
        return _("a requirement")
    if place.endswith(("figures.decision", ".decision")):
        return _("the conclusion")
    if place.endswith("rubric.hash"):
        return _("the hash of the rubric's text")
    return _("the entry {place}", place=place)


def _near(stated: object, found: object, share: float) -> bool:
    if not share or not isinstance(stated, str) or not isinstance(found, str):
        return False
    try:
        one, two = float(stated), float(found)
    except ValueError:
        return False
    return isfinite(one) and isfinite(two) and abs(one - two) <= share * max(1.0, abs(two))


def _words_around(page: str, at: int) -> str:
    """Return the text that a reader sees at a place of a page, from the beginning of its element on."""
    start = max(page.rfind(">", 0, at) + 1, at - _SHOWN)
    pieces = (_plain(piece) for piece in _TAG.split(page[start : at + 400]))
    words = next((piece for piece in pieces if piece), "")
    return shown(words or page[max(at - 10, 0) : at + 30])


def _plain(markup: str) -> str:
    return " ".join(html.unescape(_TAG.sub(" ", markup)).split())
