"""Guard rails: where a deal passes what guides and the law call usual or ask for; warnings, never errors."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from poc_eval.catalog.fields import Source
from poc_eval.finance.amounts import yuan
from poc_eval.finance.least_reward import share_of
from poc_eval.finance.licence_parts import Deferred, Fixed, Milestone, Royalty
from poc_eval.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from poc_eval.finance.licence import Deal
    from poc_eval.finance.licence_parts import PublicNotice, RoyaltyBase
    from poc_eval.finance.policy import Policy
    from poc_eval.i18n import Message
    from poc_eval.money import Exact

Verdict: TypeAlias = Literal["ok", "flag"]

LONG_TERM_YEARS: Final = 10
"""What a long-term right of use (长期使用权) lasts at least."""
LEAST_NOTICE_DAYS: Final = 15
"""How long the intended price of an agreement stands in public at least."""
_NOTICE: Final = Source(
    document="实施《中华人民共和国促进科技成果转化法》若干规定（国发〔2016〕16号）",
    clause="一（一）",
    seen="named",
)
_LONG_TERM: Final = Source(document="北京市科技成果资本化研究", clause="3.1", seen="seed")


@dataclass(frozen=True, slots=True)
class Warn:
    """One guard rail that a deal touches."""

    id: str
    structure: str | None
    text: Message
    source: Source


def guard_rails(
    *,
    fixed_fee: Exact | None = None,
    royalty_net_sales: Exact | None = None,
    royalty_profit: Exact | None = None,
) -> dict[str, Verdict]:
    """Return for each figure given whether it is above what the open-licence guide calls usual.

    The lines stand in the policy ``open-licence-guide``; "generally": above is a warning, not an error.
    Raises InputError for what is no amount or share.
    """
    found: dict[str, Verdict] = {}
    if fixed_fee is not None:
        found["fixed_fee"] = "flag" if yuan(fixed_fee, "fixed_fee") > _most_fixed() else "ok"
    for name, given, base in (
        ("royalty_net_sales", royalty_net_sales, "net_sales"),
        ("royalty_profit", royalty_profit, "profit"),
    ):
        if given is not None:
            found[name] = "flag" if share_of(given, name) > _most_royalty(base) else "ok"
    return found


def warnings_of(deal: Deal) -> Iterator[Warn]:
    """Yield every guard rail that ``deal`` touches, with its source."""
    for name in deal.structures:
        yield from _fees(deal, name)
    yield from _bases(deal)
    yield from _prices(deal)
    licence = deal.licence
    if licence is not None and licence.kind == "long_term_use" and (licence.years or 0) < LONG_TERM_YEARS:
        said = _("a long-term right of use lasts at least {years} years", years=LONG_TERM_YEARS)
        yield Warn("long_term_use", None, said, _LONG_TERM)


def _fees(deal: Deal, name: str) -> Iterator[Warn]:
    guide = _guide().source
    payments = deal.structures[name]
    fixed = sum(
        (Fraction(one.amount) for one in payments if isinstance(one, Fixed | Milestone | Deferred)),
        start=Fraction(0),
    )
    if fixed > _most_fixed():
        text = _("fixed fees of {amount} yuan in all; generally at most {most}",
                 amount=f"{int(fixed):,d}", most=f"{_most_fixed():,f}")  # fmt: skip
        yield Warn("fixed_fee", name, text, guide)
    for one in payments:
        if isinstance(one, Royalty) and one.of != "gross_sales":
            highest = max([one.rate or 0, *(tier.rate for tier in one.tiers or ())])
            if Fraction(highest) > _most_royalty(one.of):
                yield Warn(f"royalty_{one.of}", name, _too_high(one.of, Fraction(highest)), guide)


def _too_high(of: RoyaltyBase, rate: Fraction) -> Message:
    shown, most = _percent(rate), _percent(_most_royalty(of))
    if of == "profit":
        return _("a royalty of {rate}% of profit; generally at most {most}%", rate=shown, most=most)
    return _("a royalty of {rate}% of net sales; generally at most {most}%", rate=shown, most=most)


def _bases(deal: Deal) -> Iterator[Warn]:
    """Yield royalties on gross sales whose gross sales nobody stated."""
    for name, payments in deal.structures.items():
        gross = any(isinstance(one, Royalty) and one.of == "gross_sales" for one in payments)
        if gross and any(sale.gross is None for sale in deal.sales):
            text = _("the royalty is on gross sales, and they are not stated: net sales are taken")
            yield Warn("gross_sales", name, text, deal.source)


def _prices(deal: Deal) -> Iterator[Warn]:
    law = _law().source
    pricing = deal.pricing
    if pricing is None:
        yield Warn(
            "pricing", None, _("how the price is found is not stated: by agreement, listing or auction"), law
        )
        return
    if pricing.by == "agreement" and pricing.notice is None:
        text = _("a price by agreement needs a public notice of the result's name and the intended price")
        yield Warn("notice", None, text, law)
    if pricing.by != "agreement" and pricing.venue is None:
        yield Warn(
            "venue", None, _("the technology market where it is listed or auctioned is not named"), law
        )
    if pricing.notice is not None:
        yield from _notice(pricing.notice, agreed=pricing.by == "agreement")


def _notice(notice: PublicNotice, *, agreed: bool) -> Iterator[Warn]:
    """Yield what is wrong with the notice; the longer of 15 days and the institution's own holds."""
    stands = (notice.to - notice.from_).days + 1
    own = notice.days or 0
    needed = max(own, LEAST_NOTICE_DAYS) if agreed else own
    if not needed:
        yield Warn(
            "notice_length", None, _("how long the public notice has to stand is not stated"), _law().source
        )
    elif stands < needed:
        text = _("the public notice stands {days} days; {needed} are asked for", days=stands, needed=needed)
        yield Warn(
            "notice_length", None, text, _NOTICE if agreed and own <= LEAST_NOTICE_DAYS else _law().source
        )
    if notice.objections:
        text = _("there are objections to the public notice; decide on them before the contract")
        yield Warn("objections", None, text, _law().source)


def _percent(share: Fraction) -> str:
    return f"{float(share * 100):.4f}".rstrip("0").rstrip(".")


@cache
def _guide() -> Policy:
    from poc_eval.finance.policy import Policy  # noqa: PLC0415 importing this module stays cheap

    return Policy.load("open-licence-guide")


@cache
def _law() -> Policy:
    from poc_eval.finance.policy import Policy  # noqa: PLC0415 the same

    return Policy.load("law-art-18")


def _most_fixed() -> Decimal:
    cases = _guide().payout.cases or {}
    return next((cap.amount for cap in cases["fixed_fee"].caps or () if cap.amount), Decimal(0))


def _most_royalty(base: str) -> Fraction:
    cases = _guide().payout.cases or {}
    return Fraction(cases[base].rate or 0)
