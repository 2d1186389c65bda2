"""Rounds of a Delphi questionnaire as people write them down: read strictly, then fed back and compared.

Source of the statistics: von der Gracht (2012), Technol. Forecast. Soc. Change 79:1525.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from poc_eval.catalog.plain_text import shown
from poc_eval.errors import Fault, InputError
from poc_eval.i18n import _
from poc_eval.scoring import typed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from poc_eval.i18n import Message
    from poc_eval.scoring.delphi import Change, Feedback, StopRule, Verdict

MOST_ROUNDS: Final = 20
_DECIMALS: Final = 6


@dataclass(frozen=True, slots=True)
class Stated:
    """One row as it stands: what one reviewer gave one item in one round, and why."""

    round: str
    item: str
    reviewer: str
    score: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong with a row (by its place among the rows) in one of its columns."""

    row: int
    column: str
    what: Message
    remedy: Message


@dataclass(frozen=True, slots=True)
class Moved:
    """Who changed what from one round to the next."""

    round: int
    """The later of the two."""
    item: str
    reviewer: str
    before: float
    after: float
    reason: str


@dataclass(frozen=True, slots=True)
class ItemRound:
    """What one round gave on one item; ``reasons`` are without names, lowest score first."""

    item: str
    feedback: Feedback
    scores: tuple[float, ...]
    reasons: tuple[tuple[float, str], ...]


@dataclass(frozen=True, slots=True)
class DelphiResult:
    """All rounds worked out: ``rounds[k]`` has each item of round k + 1, in the order of the table."""

    reviewers: tuple[str, ...]
    items: tuple[str, ...]
    rounds: tuple[tuple[ItemRound, ...], ...]
    moved: tuple[Moved, ...]
    rule: StopRule
    verdict: Verdict | None
    why_none: Message | None
    """Why there is no verdict: too few reviewers on an item."""
    answered: tuple[int, ...] = field(default=())
    """How many reviewers took part in each round."""

    def letters(self) -> dict[str, str]:
        """Return a letter for each reviewer, in the order in which they first stand in the table."""
        return {name: letter(place) for place, name in enumerate(self.reviewers)}

    def to_dict(self, *, with_names: bool = False) -> dict[str, Any]:
        """Return plain values for JSON; reviewers are letters unless ``with_names``."""
        called = {name: name for name in self.reviewers} if with_names else self.letters()
        verdict = self.verdict
        return {
            "reviewers": [called[name] for name in self.reviewers],
            "rounds": [
                {
                    "round": number,
                    "reviewers": self.answered[number - 1],
                    "items": [_plain(one) for one in items],
                }
                for number, items in enumerate(self.rounds, start=1)
            ],
            "changes": [
                {
                    "round": one.round,
                    "item": one.item,
                    "reviewer": called[one.reviewer],
                    "before": one.before,
                    "after": one.after,
                }
                for one in self.moved
            ],
            "rule": {
                "iqr": self.rule.iqr,
                "cv": self.rule.cv,
                "w": self.rule.w,
                "most_rounds": self.rule.most_rounds,
            },
            "verdict": None
            if verdict is None
            else {
                "stop": verdict.stop,
                "reason": _both(verdict.reason),
                "largest_iqr": round(verdict.largest_iqr, _DECIMALS),
                "cv_change": _rounded(verdict.cv_change),
                "w_change": _rounded(verdict.w_change),
            },
            "not_defined": {} if self.why_none is None else {"verdict": _both(self.why_none)},
        }


def letter(place: int) -> str:
    """Return A for 0, Z for 25, AA for 26."""
    found = ""
    while place >= 0:
        place, digit = divmod(place, 26)
        found = chr(ord("A") + digit) + found
        place -= 1
    return found


def stop_rule(most_rounds: int, iqr: float, cv: float, w: float) -> StopRule:
    """Return a rule; raises InputError for limits below 0 or no number, or for less than one round."""
    from poc_eval.scoring.delphi import StopRule  # noqa: PLC0415 it loads NumPy and SciPy

    named = {"iqr": iqr, "cv": cv, "w": w}
    faults = [
        Fault(_("this limit is below 0 or no number"), _("write a number from 0 up"), place=name)
        for name, limit in named.items()
        if not (math.isfinite(limit) and limit >= 0)
    ]
    if not 1 <= most_rounds <= MOST_ROUNDS:
        what = _("a questionnaire has 1 to {most} rounds", most=MOST_ROUNDS)
        faults.append(Fault(what, _("write a whole number within that"), place="most_rounds"))
    if faults:
        raise InputError(*faults)
    return StopRule(iqr=iqr, cv=cv, w=w, most_rounds=most_rounds)


def troubles(rows: Sequence[Stated], scale: tuple[float, float] | None = None) -> list[Trouble]:
    """Return everything that keeps the rows from being used; empty where they can be."""
    found: list[Trouble] = []
    for place, row in enumerate(rows):
        number = _round_of(row)
        if number is None:
            wanted = _("write 1, 2, 3 … up to {most}", most=MOST_ROUNDS)
            found.append(Trouble(place, "round", _('"{text}" is no round', text=shown(row.round)), wanted))
        found += [
            Trouble(place, name, _("nothing is written here"), _("fill it in"))
            for name in ("item", "reviewer")
            if not getattr(row, name).strip()
        ]
        found += _score_troubles(place, row, scale)
    found += _twice(rows)
    numbers = {number for row in rows if (number := _round_of(row)) is not None}
    gap = next((number for number in range(1, max(numbers, default=0)) if number not in numbers), None)
    if gap is not None:
        first = next(place for place, row in enumerate(rows) if (_round_of(row) or 0) > gap)
        what = _("there is no round {number}, but a later one", number=gap)
        found.append(Trouble(first, "round", what, _("count the rounds from 1 without a gap")))
    return found


def work_out(rows: Sequence[Stated], rule: StopRule) -> DelphiResult:
    """Return the rounds worked out from rows in which ``troubles`` finds nothing.

    An item that a round did not ask about is left out of that round. Raises InputError without a row.
    """
    if not rows:
        raise InputError(Fault(_("there is no round"), _("give the scores of at least one round")))
    reviewers = tuple(dict.fromkeys(row.reviewer.strip() for row in rows))
    items = tuple(dict.fromkeys(row.item.strip() for row in rows))
    by_round: dict[int, list[Stated]] = {}
    for row in rows:
        by_round.setdefault(_round_of(row) or 0, []).append(row)
    ordered = [by_round[number] for number in sorted(by_round)]
    verdict, why = _verdict(ordered, reviewers, items, rule)
    return DelphiResult(
        reviewers,
        items,
        tuple(_items_of(one, items) for one in ordered),
        tuple(_moves(ordered, reviewers, items)),
        rule,
        verdict,
        why,
        tuple(len({row.reviewer.strip() for row in one}) for one in ordered),
    )


def _round_of(row: Stated) -> int | None:
    text = typed.plain(row.round).removeprefix("第").removesuffix("轮").strip()
    number = typed.number(text)
    if number is None or number != number.to_integral_value() or not 1 <= number <= MOST_ROUNDS:
        return None
    return int(number)


def _score_of(row: Stated) -> float:
    return float(typed.number(row.score) or 0)


def _score_troubles(place: int, row: Stated, scale: tuple[float, float] | None) -> list[Trouble]:
    number = typed.number(row.score)
    if number is None:
        what = (
            _('"{text}" is no score', text=shown(row.score))
            if row.score.strip()
            else _("no score stands here")
        )
        return [Trouble(place, "score", what, _("write a number, or delete the row"))]
    if scale is not None and not scale[0] <= number <= scale[1]:
        what = _("{score} is off the scale", score=f"{number}")
        wanted = _("write a number from {low} to {high}", low=f"{scale[0]:g}", high=f"{scale[1]:g}")
        return [Trouble(place, "score", what, wanted)]
    return []


def _twice(rows: Sequence[Stated]) -> list[Trouble]:
    seen: set[tuple[int | None, str, str]] = set()
    found = []
    for place, row in enumerate(rows):
        key = (_round_of(row), row.item.strip(), row.reviewer.strip())
        if key in seen and all(key):
            what = _("this reviewer scored this item in this round already")
            found.append(Trouble(place, "score", what, _("keep one of the two rows")))
        seen.add(key)
    return found


def _items_of(rows: Sequence[Stated], items: Sequence[str]) -> tuple[ItemRound, ...]:
    from poc_eval.scoring.delphi import feedback  # noqa: PLC0415 it loads NumPy and SciPy

    found = []
    for item in items:
        own = sorted(
            (row for row in rows if row.item.strip() == item), key=lambda row: (_score_of(row), row.reason)
        )
        if own:
            scores = tuple(_score_of(row) for row in own)
            said = tuple((_score_of(row), row.reason.strip()) for row in own if row.reason.strip())
            (shown_to_all,) = feedback([[score] for score in scores])
            found.append(ItemRound(item, shown_to_all, scores, said))
    return tuple(found)


def _table(rows: Sequence[Stated], reviewers: Sequence[str], items: Sequence[str]) -> list[list[float]]:
    given = {(row.reviewer.strip(), row.item.strip()): _score_of(row) for row in rows}
    return [[given.get((reviewer, item), math.nan) for item in items] for reviewer in reviewers]


def _moves(rounds: Sequence[Sequence[Stated]], reviewers: Sequence[str], items: Sequence[str]) -> list[Moved]:
    from poc_eval.scoring.delphi import changes  # noqa: PLC0415 it loads NumPy and SciPy

    found = []
    for number, (before, after) in enumerate(pairwise(rounds), start=2):
        why = {(row.reviewer.strip(), row.item.strip()): row.reason.strip() for row in after}

        def named(change: Change, why: Mapping[tuple[str, str], str] = why, number: int = number) -> Moved:
            reviewer, item = reviewers[change.reviewer], items[change.item]
            return Moved(number, item, reviewer, change.before, change.after, why[reviewer, item])

        tables = (_table(one, reviewers, items) for one in (before, after))
        found += [named(change) for change in changes(*tables)]
    return sorted(found, key=lambda one: (one.round, items.index(one.item)))


def _verdict(
    rounds: Sequence[Sequence[Stated]], reviewers: Sequence[str], items: Sequence[str], rule: StopRule
) -> tuple[Verdict | None, Message | None]:
    """Return the verdict on the last round's items, or why there is none."""
    from poc_eval.scoring.delphi import verdict  # noqa: PLC0415 it loads NumPy and SciPy

    counts = Counter(row.item.strip() for row in rounds[-1])
    alone = next((item for item in items if counts.get(item) == 1), None)
    if alone is not None:
        return None, _("not defined, because only one reviewer scored {item} in the last round", item=alone)
    asked = [item for item in items if item in counts]
    tables = [_table(rounds[-1], reviewers, asked)]
    if len(rounds) > 1 and all(any(row.item.strip() == item for row in rounds[-2]) for item in asked):
        tables = [_table(one, reviewers, asked) for one in rounds[-2:]]
    # The rule counts the rounds that were held; the statistics look at the last two only.
    return verdict(tables, rule, held=len(rounds)), None


def _plain(one: ItemRound) -> dict[str, Any]:
    seen = one.feedback
    return {
        "item": one.item,
        "median": seen.median,
        "q1": seen.low,
        "q3": seen.high,
        "n": seen.n,
        "scores": list(one.scores),
        "reasons": [{"score": score, "reason": words} for score, words in one.reasons],
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, _DECIMALS)


def _both(message: Message) -> dict[str, str]:
    return {"zh": message.text("zh"), "en": message.text("en")}
