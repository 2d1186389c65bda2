"""Where the ledger's payouts come from: the newest concluded papers of claims, as they were sealed."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, TypeVar

from poc_eval.errors import InputError
from poc_eval.finance.ledger.plan import FundingRule, InstalmentRule, funding_of, instalments_of
from poc_eval.i18n import Text
from poc_eval.money import format_money, whole_fen
from poc_eval.workspace.canonical import canonical_json, sha256
from poc_eval.workspace.payouts.policies import rule_named

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from poc_eval.finance.policy import Policy
    from poc_eval.i18n import Translatable
    from poc_eval.workspace.paper_records import PaperRecord
    from poc_eval.workspace.payouts.policies import Rule
    from poc_eval.workspace.workspace import Workspace

Share = TypeVar("Share", InstalmentRule, FundingRule)
SOURCE: Final = "subsidy_payout"
_KEY_DIGITS: Final = 32
_SHARE: Final = re.compile(r"[01](\.\d{1,40})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class SealedPayout:
    """A payout above 0 as a paper of claims sealed it."""

    key: str
    """The same for the same claim of the same paper, whoever asks."""
    label: Translatable
    payee: str
    credit_code: str
    policy: str
    """``id@version#hash``."""
    period: str
    project: str
    claim_id: str
    amount: Decimal
    instalments: tuple[InstalmentRule, ...]
    """Empty where the rule leaves the shares open; so is ``funding``."""
    funding: tuple[FundingRule, ...]
    notice_days: int | None
    example: bool


def sealed_payouts(workspace: Workspace, *, amended: bool = False) -> tuple[SealedPayout, ...]:
    """Return the payouts of all concluded papers of claims; of each the newest, with ``amended`` all."""
    papers = workspace.papers.papers(kind=SOURCE)
    passed = set() if amended else {one.amends for one in papers if one.status == "concluded"}
    found: list[SealedPayout] = []
    for paper in papers:
        if paper.status == "concluded" and paper.id not in passed:
            found += _of(workspace, paper)
    return tuple(found)


def sealed_content(one: SealedPayout) -> dict[str, Any]:
    """Return a payout as a paper of the ledger notes it."""
    plain = {item.name: getattr(one, item.name) for item in fields(one)}
    return plain | {
        "label": {"zh": one.label.text("zh"), "en": one.label.text("en")},
        "amount": f"{one.amount:f}",
        "instalments": [{"when": rule.when, "share": f"{rule.share:f}"} for rule in one.instalments],
        "funding": [
            {"level": rule.level, "share": f"{rule.share:f}", "budget_code": rule.budget_code}
            for rule in one.funding
        ],
    }


def sealed_from(content: Mapping[str, Any]) -> SealedPayout:
    """Return the payout that was noted; may raise anything for what was noted by others."""
    return SealedPayout(
        **dict(content)
        | {
            "label": Text(**content["label"]),
            "amount": whole_fen(Decimal(content["amount"])),
            "instalments": tuple(
                InstalmentRule(one["when"], share_from(one["share"])) for one in content["instalments"]
            ),
            "funding": tuple(
                FundingRule(one["level"], share_from(one["share"]), one["budget_code"])
                for one in content["funding"]
            ),
        }
    )


def share_from(text: str) -> Decimal:
    """Return a share between 0 and 1; raises ``ValueError``."""
    if not _SHARE.fullmatch(text) or Decimal(text) > 1:
        raise ValueError(text)
    return Decimal(text)


def _of(workspace: Workspace, paper: PaperRecord) -> Iterator[SealedPayout]:
    seal = workspace.papers.seal(paper.id)
    outcome: dict[str, Any] = {} if seal is None else json.loads(seal.snapshot)["outcome"]
    rules: dict[str, str] = outcome.get("rules", {})
    found = {name: rule_named(workspace, rule.partition("#")[0]) for name, rule in rules.items()}
    for claim in outcome.get("claims", ()):
        if Decimal(claim["amount"]) > 0:
            yield _payout(paper, claim, rules[claim["policy"]], found[claim["policy"]])


def _payout(paper: PaperRecord, claim: dict[str, Any], rule: str, found: Rule | None) -> SealedPayout:
    amount = Decimal(claim["amount"])
    said = f"{claim['claim_id']} {claim['payee']} {claim['period']} {format_money(amount)}"
    key = sha256(canonical_json([paper.id, claim["claim_id"], claim["policy"]]))[:_KEY_DIGITS]
    return SealedPayout(
        key=key,
        label=Text(f"{said}（{paper.title}）", f"{said} ({paper.title})"),
        payee=claim["payee"],
        credit_code=claim["credit_code"],
        policy=rule,
        period=claim["period"],
        project=claim["project"],
        claim_id=claim["claim_id"],
        amount=amount,
        instalments=_known(found, instalments_of),
        funding=_known(found, funding_of),
        notice_days=None if found is None else found.policy.notice_days,
        example=paper.example,
    )


def _known(rule: Rule | None, shares_of: Callable[[Policy], tuple[Share, ...]]) -> tuple[Share, ...]:
    """Return the shares that a rule states; none where it leaves one open."""
    if rule is None:
        return ()
    try:
        return shares_of(rule.policy)
    except InputError:
        return ()
