import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from poc_eval.errors import InputError, NotDefinedError
from poc_eval.scoring.weighting import (
    aggregate_judgements,
    ahp,
    content_validity,
    critic_weights,
    entropy_weights,
)

DIAKOULAKI_1995 = [
    [61, 1.08, 4.33], [20.7, 0.26, 4.34], [16.3, 1.98, 2.53], [9, 3.29, 1.65],
    [5.4, 2.77, 2.33], [4, 4.12, 1.21], [-6.1, 3.52, 2.1], [-34.6, 3.31, 0.98],
]  # fmt: skip
SAATY_1980_WEALTH_OF_NATIONS = [
    [1, 4, 9, 6, 6, 5, 5], [1 / 4, 1, 7, 5, 5, 3, 4], [1 / 9, 1 / 7, 1, 1 / 5, 1 / 5, 1 / 7, 1 / 5],
    [1 / 6, 1 / 5, 5, 1, 1, 1 / 3, 1 / 3], [1 / 6, 1 / 5, 5, 1, 1, 1 / 3, 1 / 3],
    [1 / 5, 1 / 3, 7, 3, 3, 1, 2], [1 / 5, 1 / 4, 5, 3, 3, 1 / 2, 1],
]  # fmt: skip


@pytest.mark.parametrize(
    ("correlation", "weights"),
    [
        ("pearson", [0.20222554, 0.48090173, 0.31687273]),
        ("spearman", [0.21454645, 0.4898563, 0.29559726]),
    ],
)
def test_critic_diakoulaki_1995(correlation, weights):
    assert critic_weights(DIAKOULAKI_1995, correlation=correlation) == pytest.approx(weights, abs=1e-8)


def test_ahp_saaty_1980_wealth_of_nations():
    found = ahp(SAATY_1980_WEALTH_OF_NATIONS)
    assert found.weights == pytest.approx([0.427, 0.230, 0.021, 0.052, 0.052, 0.123, 0.094], abs=2e-3)
    assert found.lambda_max == pytest.approx(7.608, abs=2e-3)
    assert found.ci == pytest.approx(0.10, abs=2e-3)
    assert found.consistent


@given(st.lists(st.floats(0.1, 10), min_size=2, max_size=8))
def test_judgements_made_from_weights_give_those_weights_and_no_contradiction(raw):
    weights = np.array(raw) / sum(raw)
    found = ahp(weights[:, None] / weights[None, :])
    assert found.weights == pytest.approx(weights, abs=1e-9)
    assert found.cr == pytest.approx(0, abs=1e-9)


def test_the_judgement_to_mend_is_the_one_that_was_spoilt():
    weights = np.array([0.4, 0.3, 0.2, 0.1])
    spoilt = weights[:, None] / weights[None, :]
    spoilt[1, 3], spoilt[3, 1] = 1 / 5, 5
    found = ahp(spoilt)
    assert not found.consistent
    assert (found.mend.row, found.mend.column) == (1, 3)
    assert found.mend.implied == pytest.approx(3)


def test_the_groups_judgement_is_the_geometric_mean_and_stays_reciprocal():
    group = aggregate_judgements([[[1, 4], [1 / 4, 1]], [[1, 1 / 9], [9, 1]]])
    assert group == pytest.approx(np.array([[1, 2 / 3], [3 / 2, 1]]))


@pytest.mark.parametrize(
    ("matrix", "message"),
    [
        ([[1, 2]], "not a square"),
        ([[1, 3], [3, 1]], "row 1, column 2 holds 3, the other way round stands 3"),
        ([[1, -3], [-1 / 3, 1]], "row 1, column 2 holds -3"),
        ([[1, float("nan")], [2, 1]], "row 1, column 2 holds nan"),
    ],
)
def test_judgements_that_are_none_are_told_with_row_and_column(matrix, message):
    with pytest.raises(InputError, match=message):
        ahp(matrix)


def test_entropy_of_a_table_worked_by_hand():
    # shares 1/4, 3/4 and 1/2, 1/2: diversity 1 - 0.8112781 and 0
    assert entropy_weights([[1, 2], [3, 2]]) == pytest.approx([1, 0])
    assert entropy_weights([[1, 1], [3, 7]]) == pytest.approx(
        np.array([0.1887219, 0.4564356]) / (0.1887219 + 0.4564356), abs=1e-6
    )


@given(st.lists(st.tuples(*[st.floats(0, 100)] * 3), min_size=2, max_size=9))
def test_data_weights_are_shares_of_one_or_say_why_not(rows):
    for method in (entropy_weights, critic_weights):
        try:
            weights = method(rows)
        except NotDefinedError:
            continue
        assert weights.sum() == pytest.approx(1)
        assert (weights >= -1e-12).all()


def test_a_criterion_on_which_all_are_equal_weighs_nothing():
    assert critic_weights([[1, 5, 2], [2, 5, 9], [3, 5, 4]])[1] == 0
    assert critic_weights([[1, 5], [2, 5]]) == pytest.approx([1, 0])
    with pytest.raises(NotDefinedError, match="equal on every criterion"):
        entropy_weights([[1, 1], [1, 1]])


@pytest.mark.parametrize(
    ("experts", "agreeing", "i_cvi", "kappa"),
    [
        (3, 3, 1.00, 1.00),
        (3, 2, 0.67, 0.47),
        (4, 4, 1.00, 1.00),
        (4, 3, 0.75, 0.67),
        (5, 5, 1.00, 1.00),
        (5, 4, 0.80, 0.76),
        (6, 6, 1.00, 1.00),
        (6, 5, 0.83, 0.81),
        (6, 4, 0.67, 0.57),
        (7, 7, 1.00, 1.00),
        (7, 6, 0.86, 0.85),
        (7, 5, 0.71, 0.65),
        (8, 8, 1.00, 1.00),
        (8, 7, 0.88, 0.88),
        (8, 6, 0.75, 0.72),
        (9, 9, 1.00, 1.00),
        (9, 8, 0.89, 0.89),
        (9, 7, 0.78, 0.76),
    ],
)
def test_content_validity_polit_beck_owen_2007_table_4(experts, agreeing, i_cvi, kappa):
    found = content_validity([4] * agreeing + [1] * (experts - agreeing))
    assert found.i_cvi == pytest.approx(i_cvi, abs=0.0051)
    assert found.modified_kappa == pytest.approx(kappa, abs=0.0095)  # theirs are worked from rounded shares


def test_a_relevance_off_the_scale_is_told():
    with pytest.raises(InputError, match="5 is off the scale"):
        content_validity([4, 5, 3])


SAATY_HOUSE = [
    [1, 5, 3, 7, 6, 6, "1/3", "1/4"], ["1/5", 1, "1/3", 5, 3, 3, "1/5", "1/7"],
    ["1/3", 3, 1, 6, 3, 4, 6, "1/5"], ["1/7", "1/5", "1/6", 1, "1/3", "1/4", "1/7", "1/8"],
    ["1/6", "1/3", "1/3", 3, 1, "1/2", "1/5", "1/6"], ["1/6", "1/3", "1/4", 4, 2, 1, "1/5", "1/6"],
    [3, 5, "1/6", 7, 5, 5, 1, "1/2"], [4, 7, 5, 8, 6, 6, 2, 1],
]  # fmt: skip


def test_ahp_saaty_1990_buying_a_house():
    found = ahp(SAATY_HOUSE)
    assert found.weights == pytest.approx([0.173, 0.054, 0.188, 0.018, 0.031, 0.036, 0.167, 0.333], abs=1e-3)
    assert found.lambda_max == pytest.approx(9.669, abs=1e-3)
    assert found.cr == pytest.approx(0.17, abs=5e-3)
    assert not found.consistent
    assert (found.mend.row, found.mend.column, found.mend.given) == (2, 6, 6.0)


def test_judgements_rounded_to_two_places_are_judgements():
    rounded = ahp([[1, 3, 8], [0.33, 1, 3], [0.13, 0.33, 1]])
    exact = ahp([[1, 3, 8], ["1/3", 1, 3], ["1/8", "1/3", 1]])
    assert rounded.weights == pytest.approx(exact.weights, abs=5e-3)


def test_of_judgements_that_mend_as_much_the_first_is_named():
    assert (ahp([[1, 3, 5], ["1/3", 1, 3], ["1/5", "1/3", 1]]).mend.column) == 1


@pytest.mark.parametrize(
    "cell", ["three", None, "1/0", "1/2/3", "1e999999999", "1/1e999999999", "0", "nan", [1]]
)
def test_a_cell_that_is_no_judgement_is_told_with_row_and_column(cell):
    with pytest.raises(InputError, match="which is no judgement"):
        ahp([[1, cell], [1, 1]])


def test_nobodys_judgements_and_a_direction_too_few_are_told():
    with pytest.raises(InputError, match="nobody judged"):
        aggregate_judgements([])
    with pytest.raises(InputError, match="same criteria"):
        critic_weights([[1, 2], [2, 1]], [True])


SAATY_2008_DRINKS = [
    [1, 9, 5, 2, 1, 1, "1/2"], ["1/9", 1, "1/3", "1/9", "1/9", "1/9", "1/9"],
    ["1/5", 3, 1, "1/3", "1/4", "1/3", "1/9"], ["1/2", 9, 3, 1, "1/2", 1, "1/3"],
    [1, 9, 4, 2, 1, 2, "1/2"], [1, 9, 3, 1, "1/2", 1, "1/3"], [2, 9, 9, 3, 2, 3, 1],
]  # fmt: skip


def test_ahp_saaty_2008_drinks_in_the_united_states():
    found = ahp(SAATY_2008_DRINKS)
    assert found.weights == pytest.approx([0.177, 0.019, 0.042, 0.116, 0.190, 0.129, 0.327], abs=5e-4)
    assert found.cr == pytest.approx(0.022, abs=5e-4)


@pytest.mark.parametrize(
    ("judgements", "weights", "cr"),
    [
        (
            [[1, 4, 3, 7], ["1/4", 1, "1/3", 3], ["1/3", 3, 1, 5], ["1/7", "1/3", "1/5", 1]],
            [0.548, 0.127, 0.270, 0.056],
            0.044,
        ),
        ([[1, "1/4", 4], [4, 1, 9], ["1/4", "1/9", 1]], [0.217, 0.717, 0.066], None),
    ],
)
def test_ahp_choosing_a_leader_as_ahpy_prints_it(judgements, weights, cr):
    found = ahp(judgements)
    assert found.weights == pytest.approx(weights, abs=1e-3)
    assert cr is None or found.cr == pytest.approx(cr, abs=5e-4)


def test_entropy_of_scikit_criteria():
    assert entropy_weights([[1, 2], [4, 16]]) == pytest.approx([0.358889, 0.641111], abs=1e-6)


@pytest.mark.parametrize("method", [entropy_weights, critic_weights])
@pytest.mark.parametrize("unit", [1e300, 1e-300, 1e-318])
def test_no_unit_of_a_criterion_changes_its_weight(method, unit):
    table = np.array([[1.0, 5.0], [2.0, 7.0], [3.0, 4.0]])
    assert method(table * [unit, 1]) == pytest.approx(method(table), rel=1e-3)


def test_judgements_beyond_all_bounds_are_told_and_give_no_infinity():
    with pytest.raises(InputError, match="row 1, column 2 holds 1e\\+308"):
        ahp([[1, 1e308, 5], [1e-308, 1, 3], [0.2, 1 / 3, 1]])
