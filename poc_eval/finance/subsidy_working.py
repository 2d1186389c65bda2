"""What is found out about the claims of one rule while they are worked out; explanations read it."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias, get_args

import numpy as np

from poc_eval.money import to_fen

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from numpy.typing import NDArray

    from poc_eval.finance.policy import Policy
    from poc_eval.finance.policy_parts import Cap, Way
    from poc_eval.finance.subsidy_claims import Part

Reason: TypeAlias = Literal[
    "rate", "fixed", "bracket", "cap", "below_minimum", "ineligible", "not_in_force", "rule_incomplete",
    "matching", "excluded_by", "budget",
]  # fmt: skip
REASONS: Final[tuple[Reason, ...]] = get_args(Reason)
CODE: Final[dict[str, int]] = {name: index for index, name in enumerate(REASONS)}
NONE: Final = -1


@dataclass(frozen=True, slots=True)
class Branch:
    """One way of a rule: the claims that go it, and the caps that hold for each of them alone."""

    way: Way
    caps: Sequence[Cap]
    mask: NDArray[np.bool_]


@dataclass(slots=True)
class Working:
    """The claims of one rule, an entry a claim: money in fen, NONE where a claim has none."""

    policy: Policy
    part: Part
    branches: Sequence[Branch]
    base: NDArray[np.int64]
    uncapped: NDArray[np.int64]
    """Rounded to fen."""
    cap: NDArray[np.int64]
    """The cap that holds for the claim, rounded to fen."""
    amount: NDArray[np.int64]
    capped: NDArray[np.bool_]
    reason: NDArray[np.uint8]
    failed: NDArray[np.int16]
    """Which condition is not met; -2 where the term is over."""
    entitled: NDArray[np.int64]
    """What the rule alone would pay, before groups and budget."""
    own_limit: NDArray[np.int64] | None = None
    """What own funds allow, where they fall short; None under a rule that asks for none."""
    taken_by: list[str] = field(default_factory=list)
    """The other rules that paid for the same matter."""
    elsewhere: NDArray[np.int64] | None = None
    """What was paid for the matter by other rules."""

    @property
    def size(self) -> int:
        """How many claims there are."""
        return len(self.amount)

    def writable(self, name: Literal["base", "cap"]) -> NDArray[np.int64]:
        """Return the array of that name, made one of its own where it still is the shared nothing."""
        array: NDArray[np.int64] = getattr(self, name)
        if not array.flags.writeable:
            array = array.copy()
            setattr(self, name, array)
        return array

    def set_reason(self, mask: NDArray[Any] | slice, reason: Reason) -> None:
        """Give the claims in ``mask``, or at its places, this reason."""
        self.reason[mask] = CODE[reason]

    def branch_of(self, row: int) -> Branch | None:
        """Return the way that a claim goes."""
        return next((one for one in self.branches if one.mask[row]), None)


def begin(policy: Policy, part: Part, branches: Sequence[Branch]) -> Working:
    """Return an empty working: nothing is paid yet."""
    size = len(part.rows)

    def nothing() -> NDArray[np.int64]:
        return np.zeros(size, dtype=np.int64)

    # One number seen as an array: it costs nothing until `writable` is asked for it.
    none = np.broadcast_to(np.int64(NONE), size)
    return Working(
        policy=policy,
        part=part,
        branches=branches,
        base=none,
        uncapped=nothing(),
        cap=none,
        amount=nothing(),
        capped=np.zeros(size, dtype=bool),
        reason=np.full(size, CODE["rule_incomplete"], dtype=np.uint8),
        failed=np.full(size, NONE, dtype=np.int16),
        entitled=np.zeros(0, dtype=np.int64),
    )


def fen(amount: Decimal | None) -> int:
    """Return a figure of a rule in fen; it must be known."""
    if amount is None:
        message = "a figure that is not known was to be used"
        raise ValueError(message)
    return to_fen(amount)


def exact(ratio: Decimal | None) -> Fraction:
    """Return a rate of a rule; it must be known."""
    if ratio is None:
        message = "a figure that is not known was to be used"
        raise ValueError(message)
    return Fraction(ratio)
