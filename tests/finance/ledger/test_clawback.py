from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poc_eval.errors import InputError
from poc_eval.finance.ledger.clawback import straight_line_clawback


def test_constructed_850000_paid_and_3_of_5_milestones_passed():
    found = straight_line_clawback(Decimal("1000000.00"), Decimal("850000.00"), passed=3, total=5)
    assert (str(found.entitled), str(found.clawback)) == ("600000.00", "250000.00")


@pytest.mark.parametrize(("passed", "total"), [(4, 3), (-1, 3), (0, 0)])
def test_counts_that_are_no_part_are_refused(passed, total):
    with pytest.raises(InputError, match="is no part"):
        straight_line_clawback(Decimal(1), Decimal(1), passed=passed, total=total)


@given(st.integers(0, 10**14), st.integers(0, 10**14), st.integers(0, 12), st.integers(1, 12))
def test_the_unit_keeps_what_it_is_entitled_to_and_no_more(grant, paid, passed, total):
    if passed > total:
        return
    found = straight_line_clawback(
        Decimal(grant).scaleb(-2), Decimal(paid).scaleb(-2), passed=passed, total=total
    )
    assert 0 <= found.entitled <= Decimal(grant).scaleb(-2)
    assert Decimal(paid).scaleb(-2) - found.clawback == min(Decimal(paid).scaleb(-2), found.entitled)
