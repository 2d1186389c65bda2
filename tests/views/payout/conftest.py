from __future__ import annotations

from decimal import Decimal

import pytest

from poc_eval.finance import Policy
from poc_eval.finance.claims.form import ClaimForm, Figure, Reduction
from poc_eval.finance.claims.payout import Payouts
from poc_eval.finance.claims.reckoning import reckon

OPERATION = Policy.load("hefei-pilot-operation")
CODES = ("91350100M000100Y43", "91110000600037341L", "914403001922038216")
FIGURES = (("4200000.00", "4000000.00"), ("2806667.67", "2806667.67"), ("900000.00", "30000.00"))


def claim(number, payee="示例单位", **others):
    declared, verified = map(Decimal, FIGURES[number - 1])
    items = [Reduction(declared - verified, "纯检测收入", "合同 HT-1")] if declared != verified else []
    said = {
        "credit_code": CODES[number - 1],
        "figures": [Figure("service_revenue", declared, verified, items)],
        "facts": {"filing_valid": "yes"},
    }
    return ClaimForm(f"C{number}", payee + str(number), OPERATION.id, "2023", **{**said, **others})


@pytest.fixture
def build():
    """Return what makes claims C1 (at the cap), C2 (by rate) and C3 (too small), and what they come to."""

    class Build:
        policy = OPERATION
        claim = staticmethod(claim)

        @staticmethod
        def payouts(*forms, policies=(OPERATION,), **others):
            return Payouts(reckon(policies, forms or [claim(1), claim(2), claim(3)]), **others)

    return Build
