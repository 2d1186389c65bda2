"""Small policies and claims for the tests of this room."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd
import pytest

from poc_eval.finance.licence import Deal
from poc_eval.finance.policy import Policy


class Build:
    """Makes policies and claims with as few words as a test needs."""

    @staticmethod
    def both(words):
        return {"zh": words, "en": words}

    def amount(self, **keys):
        return {"kind": "amount", "label": self.both("收入"), **keys}

    def policy(self, payout=None, **keys):
        frame = {
            "id": "rule",
            "version": "1",
            "title": self.both("补贴"),
            "source": {"document": "测试用政策", "clause": "第一条", "seen": "seed"},
            "in_force": {"from": None, "to": None, "open_ended": "yes"},
            "payee": "unit",
            "inputs": {"income": self.amount()},
            "payout": payout
            or {"base": "income", "rate": "0.30", "caps": [{"amount": "1000000", "per": "year"}]},
            "rounding": {"to": "0.01", "mode": "half_up"},
        }
        return Policy.model_validate({**frame, **keys})

    @staticmethod
    def claims(income=(), **columns):
        size = len(income) or len(next(iter(columns.values())))
        table = {
            "claim_id": [f"C{number}" for number in range(1, size + 1)],
            "payee": [f"单位{number}" for number in range(1, size + 1)],
            "period": ["2023"] * size,
        }
        if len(income):
            table["income"] = list(income)
        return pd.DataFrame({**table, **columns})

    def paid(self, policy, *income, **columns):
        """Return the amounts in yuan, as texts."""
        result = policy.pay(self.claims(income, **columns), explain=False)
        return [f"{Decimal(int(fen)).scaleb(-2):.2f}" for fen in result["amount_fen"]]


@pytest.fixture(scope="session")
def build():
    return Build()


@pytest.fixture(scope="session")
def deal():
    """Return a function that makes a deal of eight years at 10%."""

    def made(**keys):
        frame = {
            "id": "deal",
            "title": {"zh": "方案", "en": "deal"},
            "source": {"document": "测试"},
            "discount": {"rate": "0.10"},
            "years": "8",
        }
        return Deal.model_validate({**frame, **keys})

    return made
