"""The entries of one payout's line in the ledger, each with the day that stands on its paper."""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar, Final

from poc_eval.finance.ledger.plan import FundingRule, InstalmentRule
from poc_eval.i18n import Message, _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from poc_eval.finance.ledger.working_days import Counting

CHAIN: Final = ("handled", "checked", "division", "leader", "meeting")
"""Who signs, in order: 经办—复核—处室—分管领导—局长办公会."""
MEETING: Final = "meeting"
STEPS: Final[Mapping[str, Message]] = {
    "handled": _("handled by"),
    "checked": _("checked by"),
    "division": _("division"),
    "leader": _("leader in charge"),
    "meeting": _("director's meeting"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """What every entry has."""

    kind: ClassVar[str]
    title: ClassVar[Message]
    day: date


@dataclass(frozen=True, slots=True)
class Payout(Entry):
    """A verified payout (核定补助额): whose, for what, by which rule, how it is to be paid; in yuan."""

    kind: ClassVar[str] = "payout"
    title: ClassVar[Message] = _("payout verified")
    payee: str
    credit_code: str
    policy: str
    """``id@version#hash``."""
    period: str
    project: str
    claim_id: str
    amount: Decimal
    instalments: tuple[InstalmentRule, ...]
    funding: tuple[FundingRule, ...]
    notice_days: int | None
    counting: Counting
    chain: tuple[str, ...] = CHAIN
    example: bool = False


@dataclass(frozen=True, slots=True)
class Signature(Entry):
    """One step of the signing chain; a meeting has its number."""

    kind: ClassVar[str] = "signature"
    title: ClassVar[Message] = _("signed")
    step: str
    person: str
    meeting_number: str = ""
    opinion: str = ""


@dataclass(frozen=True, slots=True)
class Notice(Entry):
    """The public notice (公示): ``day`` is its first day, ``last`` its last, both included."""

    kind: ClassVar[str] = "notice"
    title: ClassVar[Message] = _("public notice")
    last: date
    place: str


@dataclass(frozen=True, slots=True)
class Objection(Entry):
    """An objection (异议) that came in during the notice."""

    kind: ClassVar[str] = "objection"
    title: ClassVar[Message] = _("objection")
    text: str


@dataclass(frozen=True, slots=True)
class Answer(Entry):
    """How an objection was settled; ``objection`` is the number of its entry."""

    kind: ClassVar[str] = "answer"
    title: ClassVar[Message] = _("objection settled")
    objection: int
    text: str


@dataclass(frozen=True, slots=True)
class FundDocument(Entry):
    """The document that makes the money available (资金下达文号); without a level, for all of them."""

    kind: ClassVar[str] = "fund_document"
    title: ClassVar[Message] = _("funds made available")
    number: str
    amount: Decimal
    level: str = ""


@dataclass(frozen=True, slots=True)
class Met(Entry):
    """What an instalment waits for has come about, and the paper that shows it."""

    kind: ClassVar[str] = "met"
    title: ClassVar[Message] = _("condition met")
    instalment: int
    evidence: str


@dataclass(frozen=True, slots=True)
class Payment(Entry):
    """Money paid out (拨付): by which order, out of which budget line, of which instalment and level."""

    kind: ClassVar[str] = "payment"
    title: ClassVar[Message] = _("paid")
    instalment: int
    amount: Decimal
    order: str
    level: str = ""
    budget_code: str = ""
    receipt: str = ""


@dataclass(frozen=True, slots=True)
class Returned(Entry):
    """A payment that came back (退回), in whole or part: it can be paid again."""

    kind: ClassVar[str] = "returned"
    title: ClassVar[Message] = _("payment returned")
    order: str
    amount: Decimal
    reason: str


@dataclass(frozen=True, slots=True)
class Demand(Entry):
    """The decision to claim money back (追回), by which document and why."""

    kind: ClassVar[str] = "demand"
    title: ClassVar[Message] = _("to be recovered")
    amount: Decimal
    reason: str
    document: str


@dataclass(frozen=True, slots=True)
class Recovered(Entry):
    """Money that was claimed back and has come in (追回到账): it is not paid again."""

    kind: ClassVar[str] = "recovered"
    title: ClassVar[Message] = _("recovered")
    amount: Decimal
    receipt: str


@dataclass(frozen=True, slots=True)
class Reversal(Entry):
    """The reversal (冲销) of an entry by its number; what was wrong is entered anew."""

    kind: ClassVar[str] = "reversal"
    title: ClassVar[Message] = _("entry reversed")
    entry: int
    reason: str


KINDS: Final[Mapping[str, type[Entry]]] = {
    one.kind: one
    for one in (
        Payout, Signature, Notice, Objection, Answer, FundDocument, Met, Payment, Returned, Demand, Recovered,
        Reversal,
    )
}  # fmt: skip
_RULES: Final[Mapping[str, type[InstalmentRule | FundingRule]]] = {
    "instalments": InstalmentRule,
    "funding": FundingRule,
}
_AMOUNTS: Final = frozenset({"amount", "share"})
_DAYS: Final = frozenset({"day", "last"})


def as_plain(entry: Entry) -> dict[str, Any]:
    """Return an entry as plain values that JSON knows, amounts and shares as text."""
    return {"kind": entry.kind, **_plain_fields(entry)}


def from_plain(stored: Mapping[str, Any]) -> Entry:
    """Return the entry that `as_plain` wrote; raises KeyError or ValueError for anything else."""
    values = {name: value for name, value in stored.items() if name != "kind"}
    return KINDS[stored["kind"]](**{name: _read(name, value) for name, value in values.items()})


def _plain_fields(item: Any) -> dict[str, Any]:  # noqa: ANN401 any of the records of this module
    return {one.name: _plain(getattr(item, one.name)) for one in fields(item)}


def _plain(value: object) -> Any:  # noqa: ANN401 JSON
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return _plain_fields(value) if is_dataclass(value) else value


def _read(name: str, value: Any) -> Any:  # noqa: ANN401 JSON
    if name in _RULES:
        return tuple(_RULES[name](**{key: _read(key, one) for key, one in row.items()}) for row in value)
    if name in _AMOUNTS:
        return Decimal(value)
    if name in _DAYS:
        return date.fromisoformat(value)
    return tuple(value) if isinstance(value, list) else value
