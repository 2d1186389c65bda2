"""A draw for the last places, where the published rules call for one; anybody can repeat it.

Who takes part follows from the rule: projects with one and the same official rank across the funding line
(``ties``), or projects whose inner 50% interval of the rank crosses the provisional line (``zone``: Heyard et
al. 2022, Statistics and Public Policy 9:110). The order of the draw is that of the SHA-256 of
``SEED|PROJECT`` in UTF-8, as hexadecimal text, smallest first. The seed is made public before anybody can
know the outcome, such as the winning numbers of a named state lottery on a named day.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from poc_eval.catalog.plain_text import shown
from poc_eval.errors import Fault, InputError, PocEvalError
from poc_eval.i18n import _
from poc_eval.scoring.ranking.expected import expected_rank

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from poc_eval.i18n import Message
    from poc_eval.scoring.rules import Lottery

ALGORITHM: Final = "sha256(seed|project), hexadecimal, ascending"
_LONGEST_SEED: Final = 200


@dataclass(frozen=True, slots=True)
class Lots:
    """Who takes part in a draw for ``places``, and what it gave.

    ``keys`` are what the order comes from and ``drawn`` are those who have a place; both are empty while no
    seed is stated. ``reason`` says why there is no draw although the rules know one.
    """

    rule: Lottery
    accepted: tuple[str, ...] = ()
    in_draw: tuple[str, ...] = ()
    rejected: tuple[str, ...] = ()
    places: int = 0
    seed: str | None = None
    keys: Mapping[str, str] = field(default_factory=dict)
    drawn: tuple[str, ...] = ()
    reason: Message | None = None

    @property
    def order(self) -> tuple[str, ...]:
        """Return those who take part in the order in which they were drawn."""
        return tuple(self.keys)


def checked_seed(text: object) -> str | None:
    """Return the seed of a draw without the space around it, None where there is none; raises InputError."""
    if text is None or text == "":
        return None
    if isinstance(text, str) and 0 < len(text.strip()) <= _LONGEST_SEED and text.isprintable():
        return text.strip()
    raise InputError(
        Fault(
            _("this is no seed of a draw: {text}", text=shown(str(text))),
            _(
                "write one line of at most {count} characters that was made public beforehand",
                count=_LONGEST_SEED,
            ),
            place="draw_seed",
        )
    )


def draw_lots(entrants: Sequence[str], seed: str) -> dict[str, str]:
    """Return the entrants in the order in which ``seed`` draws them, each with the key of its place."""
    keys = {one: sha256(f"{seed}|{one}".encode()).hexdigest() for one in entrants}
    return dict(sorted(keys.items(), key=lambda pair: (pair[1], pair[0])))


def lottery_of(
    rule: Lottery,
    ranks: Mapping[str, int],
    scores: pd.DataFrame,
    *,
    seed: str | None,
    advice_seed: int = 0,
    best_low: bool = False,
    width: float | None = None,
) -> Lots:
    """Return the draw that ``rule`` calls for among projects with an official rank.

    ``scores`` has the columns ``project, reviewer, score`` of those projects; they make the zone.
    """
    if len(ranks) <= rule.fundable:
        return Lots(
            rule,
            accepted=tuple(ranks),
            reason=_("there is no draw: the places are enough for all projects in the ranking"),
        )
    if rule.among == "ties":
        accepted, in_draw, rejected = _ties(rule, ranks)
    else:
        try:
            zone = expected_rank(
                scores,
                best="low" if best_low else "high",
                fundable=rule.fundable,
                seed=advice_seed,
                width=width,
            )
        except PocEvalError as error:
            return Lots(rule, reason=error.faults[0].what)
        accepted, in_draw, rejected = zone.accepted or [], zone.lottery or [], zone.rejected or []
    return _drawn(rule, list(accepted), list(in_draw), list(rejected), seed)


def _drawn(
    rule: Lottery, accepted: list[str], in_draw: list[str], rejected: list[str], seed: str | None
) -> Lots:
    """Return the draw for what places the accepted leave; none where those in it all have one."""
    places = max(0, rule.fundable - len(accepted))
    if len(in_draw) <= places:
        return Lots(
            rule,
            accepted=(*accepted, *in_draw),
            rejected=tuple(rejected),
            reason=_("there is no draw: the funding line divides no equals"),
        )
    keys = {} if seed is None else draw_lots(in_draw, seed)
    return Lots(
        rule,
        tuple(accepted),
        tuple(in_draw),
        tuple(rejected),
        places,
        seed,
        keys,
        tuple(keys)[:places],
        None
        if seed is not None
        else _("the draw is not made yet: state the seed that was made public beforehand"),
    )


def _ties(rule: Lottery, ranks: Mapping[str, int]) -> tuple[list[str], list[str], list[str]]:
    """Return who is clear above the line, who shares the rank that the line cuts, and who is below it."""
    last = sorted(ranks.values())[rule.fundable - 1]
    return (
        [name for name, rank in ranks.items() if rank < last],
        [name for name, rank in ranks.items() if rank == last],
        [name for name, rank in ranks.items() if rank > last],
    )
