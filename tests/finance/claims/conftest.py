from __future__ import annotations

from decimal import Decimal

import pytest

from poc_eval.finance.claims.form import ClaimForm, Figure, Reduction

CODES = ("91350100M000100Y43", "91110000600037341L", "914403001922038216")


@pytest.fixture
def three_claims():
    """Claims for the operation of a pilot base in 2023: one at the cap, one by rate, one too small."""

    def claim(number, payee, declared, verified, reason):
        off = Decimal(declared) - Decimal(verified)
        items = [Reduction(off, reason, "合同 HT-1")] if off else []
        figure = Figure("service_revenue", Decimal(declared), Decimal(verified), items)
        return ClaimForm(
            f"C{number}",
            payee,
            "hefei-pilot-operation",
            "2023",
            credit_code=CODES[number - 1],
            figures=[figure],
            facts={"filing_valid": "yes"},
        )

    return (
        claim(1, "示例单位甲", "4200000.00", "4000000.00", "纯检测收入"),
        claim(2, "示例单位乙", "2806667.67", "2806667.67", ""),
        claim(3, "示例单位丙", "900000.00", "30000.00", "无回单"),
    )
