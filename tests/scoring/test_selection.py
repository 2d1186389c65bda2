from decimal import Decimal
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from poc_eval.errors import InputError
from poc_eval.scoring.selection import Candidate, Quota, next_step, select

MILLION = Decimal(1_000_000)
PROJECTS = [
    Candidate("P1", 90, 3 * MILLION, "device"),
    Candidate("P2", 80, 2 * MILLION, "device"),
    Candidate("P3", 70, 2 * MILLION, "drug"),
    Candidate("P4", 60, 1 * MILLION, "drug"),
]


def test_the_best_value_that_the_budget_buys():
    found = select(PROJECTS, 5 * MILLION)
    assert found.chosen == ("P2", "P3", "P4")
    assert (found.value, found.cost, found.left) == (210, 5 * MILLION, 0)


def test_a_quota_and_an_exclusion_change_the_choice():
    assert select(PROJECTS, 5 * MILLION, quotas={"drug": Quota(at_most=1)}).chosen == ("P1", "P2")
    assert select(PROJECTS, 5 * MILLION, exclusive=[["P2", "P3"]]).chosen == ("P1", "P2")
    assert select(PROJECTS, 3 * MILLION, quotas={"device": Quota(at_least=1)}).chosen == ("P2", "P4")


def test_the_next_million_tells_who_comes_in_and_who_makes_way():
    found = next_step(PROJECTS, 2 * MILLION, MILLION)
    assert found.selection.chosen == ("P2", "P4")
    assert (found.gained, found.comes_in, found.makes_way) == (60, ("P4",), ())
    found = next_step(PROJECTS, 1 * MILLION, MILLION)
    assert (found.comes_in, found.makes_way) == (("P2",), ("P4",))


def test_a_budget_that_buys_nothing_is_an_answer():
    assert select(PROJECTS, Decimal("999999.99")).chosen == ()
    assert select(PROJECTS, Decimal(0)).left == 0
    assert select([], MILLION).left == MILLION


def test_one_fen_too_few_is_too_few_and_the_exact_sum_is_enough():
    pair = [Candidate("A", 1, Decimal("33333333333333.33")), Candidate("B", 1, Decimal("66666666666666.66"))]
    assert select(pair, Decimal("99999999999999.99")).chosen == ("A", "B")
    assert select(pair, Decimal("99999999999999.98")).chosen == ("A",)


def test_of_equals_the_earlier_is_taken():
    assert select([Candidate(name, 5, MILLION) for name in "ABC"], 2 * MILLION).chosen == ("A", "B")


@settings(max_examples=60)
@given(
    st.lists(
        st.tuples(st.integers(0, 50), st.integers(0, 30), st.sampled_from("xy")), min_size=1, max_size=8
    ),
    st.integers(0, 100),
    st.integers(0, 2),
    st.sets(st.sampled_from(["P0", "P1", "P2"]), max_size=2),
)
def test_it_equals_trying_every_selection(rows, budget, most, required):
    candidates = [Candidate(f"P{i}", v, Decimal(c), f) for i, (v, c, f) in enumerate(rows)]
    required &= {one.project for one in candidates}
    possible = [
        sum(one.value for one in some)
        for size in range(len(candidates) + 1)
        for some in combinations(candidates, size)
        if sum(one.cost for one in some) <= budget
        and sum(one.field == "x" for one in some) <= most
        and required <= {one.project for one in some}
    ]
    if not possible:
        with pytest.raises(InputError):
            select(candidates, Decimal(budget), quotas={"x": Quota(at_most=most)}, required=required)
        return
    found = select(candidates, Decimal(budget), quotas={"x": Quota(at_most=most)}, required=required)
    assert found.value == max(possible)
    assert required <= set(found.chosen)
    assert found.cost + found.left == budget
    assert found.left >= 0


def test_all_faults_are_told_at_once():
    wrong = [Candidate("A", float("nan"), MILLION), Candidate("A", 1, -MILLION)]
    with pytest.raises(InputError) as caught:
        select(wrong, Decimal(-1), exclusive=[["B"]], quotas={"z": Quota(at_least=1)})
    assert len(caught.value.faults) == 6
    assert "A stands here twice" in str(caught.value)


def test_quotas_that_cannot_be_met_are_told():
    with pytest.raises(InputError, match="no selection within the budget meets all quotas"):
        select(PROJECTS, MILLION, quotas={"device": Quota(at_least=1)})
