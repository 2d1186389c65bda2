"""What a payout paper comes to: the claims reckoned up, the year's budget, another rate or cap to try."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from poc_eval.finance.claims.what_if import under
from poc_eval.i18n import _

if TYPE_CHECKING:
    from decimal import Decimal

    from poc_eval.finance.claims.reckoning import Reckoning
    from poc_eval.finance.claims.what_if import Scenario
    from poc_eval.finance.policy import Policy


@dataclass(frozen=True, slots=True)
class Payouts:
    """Claims with what stands beside them; amounts in yuan.

    ``budget`` is the money of the year as the office states it: it is compared with the total and shared out
    by no rule.  ``policy`` is the one that ``rate`` and ``cap`` are tried on.
    """

    reckoning: Reckoning
    budget: Decimal | None = None
    policy: Policy | None = None
    rate: Decimal | None = None
    cap: Decimal | None = None

    def tried(self) -> Scenario | None:
        """Return what the other rate and cap would change; None where none is stated or nothing is paid.

        Raises InputError where they do not fit the rule.
        """
        policy = self.policy
        if self.reckoning.settlement is None or policy is None or (self.rate is None and self.cap is None):
            return None
        changes: dict[str, object] = {}
        if self.rate is not None:
            changes["rate"] = str(self.rate)
        if self.cap is not None:
            scope = next((one.per for one in policy.payout.caps if one.amount is not None), None) or "year"
            changes["caps"] = [{"amount": f"{self.cap:f}", "per": scope}]
        title = _(
            "{policy}: rate {rate}, cap {cap}",
            policy=policy.title,
            rate=_("as it is") if self.rate is None else f"{self.rate * 100:f}".rstrip("0").rstrip(".") + "%",
            cap=_("as it is") if self.cap is None else f"{self.cap:,.2f}",
        )
        return under(self.reckoning, policy, changes, title)
