import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from poc_eval.errors import InputError, NotDefinedError
from poc_eval.scoring.agreement import krippendorff, krippendorff_alpha

_ = math.nan

FOUR_BY_TWELVE = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, _, _, _],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, _, 3],
    [_, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, _],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, _],
]
THREE_BY_FIFTEEN = [
    [_, _, _, _, _, 3, 4, 1, 2, 1, 1, 3, 3, _, 3],
    [1, _, 2, 1, 3, 3, 4, 3, _, _, _, _, _, _, _],
    [_, _, 2, 1, 3, 4, 4, _, 2, 1, 1, 3, 3, _, 4],
]


@pytest.mark.parametrize(
    ("level", "printed"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)]
)
def test_krippendorff_2011_sections_c_and_d(level, printed):
    assert krippendorff_alpha(FOUR_BY_TWELVE, level) == pytest.approx(printed, abs=5e-4)


@pytest.mark.parametrize(
    ("level", "value"),
    [("nominal", 0.743421), ("ordinal", 0.815388), ("interval", 0.849107), ("ratio", 0.797403)],
)
def test_krippendorff_2011_to_six_digits(level, value):
    assert krippendorff_alpha(FOUR_BY_TWELVE, level) == pytest.approx(value, abs=1e-6)


KRIPPENDORFF_2011_A = [[0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]]
KRIPPENDORFF_2011_B = [
    ["a", "a", "b", "b", "d", "c", "c", "c", "e", "d", "d", "a"],
    ["b", "a", "b", "b", "b", "c", "c", "c", "e", "d", "d", "d"],
]


def test_krippendorff_2011_section_a_two_observers_binary_data():
    assert krippendorff_alpha(KRIPPENDORFF_2011_A, "nominal") == pytest.approx(0.095, abs=5e-4)


def test_krippendorff_2011_section_b_two_observers_nominal_data_in_words():
    assert krippendorff_alpha(KRIPPENDORFF_2011_B, "nominal") == pytest.approx(0.692, abs=5e-4)


@pytest.mark.parametrize(("level", "value"), [("nominal", 0.691358), ("interval", 0.810845)])
def test_units_with_one_rating_are_left_out_as_in_the_three_by_fifteen_example(level, value):
    assert krippendorff_alpha(THREE_BY_FIFTEEN, level) == pytest.approx(value, abs=1e-6)


def by_definition(table, level):
    """Alpha from its definition: pair after pair, with the metric spelled out."""
    units = [[x for x in column if not math.isnan(x)] for column in zip(*table, strict=True)]
    units = [unit for unit in units if len(unit) > 1]
    pool = sorted(x for unit in units for x in unit)

    def metric(a, b):
        if a == b:
            return 0.0
        if level == "nominal":
            return 1.0
        if level == "interval":
            return (a - b) ** 2
        if level == "ratio":
            return ((a - b) / (a + b)) ** 2
        low, high = min(a, b), max(a, b)
        between = sum(low <= x <= high for x in pool)
        return (between - (pool.count(a) + pool.count(b)) / 2) ** 2

    observed = sum(
        metric(a, b) / (len(unit) - 1)
        for unit in units
        for i, a in enumerate(unit)
        for j, b in enumerate(unit)
        if i != j
    ) / len(pool)
    expected = sum(metric(a, b) for i, a in enumerate(pool) for j, b in enumerate(pool) if i != j)
    return 1 - observed * len(pool) * (len(pool) - 1) / expected


@given(
    st.lists(
        st.lists(st.sampled_from([_, 0.0, 0.1, 0.3, 0.5, 1.0, 2.0, 5.0, 80.0]), min_size=3, max_size=3),
        min_size=2,
        max_size=8,
    ),
    st.sampled_from(["nominal", "ordinal", "interval", "ratio"]),
)
def test_it_equals_its_definition_pair_by_pair(units, level):
    table = np.array(units).T
    try:
        found = krippendorff_alpha(table, level)
    except NotDefinedError:
        paired = [x for column in table.T for x in column[~np.isnan(column)] if (~np.isnan(column)).sum() > 1]
        assert len(set(paired)) < 2
        return
    assert found == pytest.approx(by_definition(table.tolist(), level), abs=1e-9)


@given(st.floats(-1e6, 1e6), st.floats(0.001, 1e6))
def test_interval_alpha_does_not_change_when_the_scale_is_moved_or_stretched(shift, factor):
    moved = np.array(FOUR_BY_TWELVE) * factor + shift
    assert krippendorff_alpha(moved) == pytest.approx(0.849107, abs=1e-4)


@pytest.mark.parametrize("level", ["nominal", "ordinal", "interval", "ratio"])
def test_many_values_take_another_way_to_the_same_figure(level):
    table = np.random.default_rng(5).integers(0, 60, (4, 40)).astype(float)
    assert krippendorff_alpha(table, level) == pytest.approx(by_definition(table.tolist(), level), abs=1e-9)
    assert krippendorff_alpha(table + 0.25, level) == pytest.approx(
        by_definition((table + 0.25).tolist(), level), abs=1e-9
    )


def test_the_quadrature_for_many_values_equals_the_sum_over_all_pairs():
    generator = np.random.default_rng(7)
    distinct = np.unique(np.concatenate(([0.0], 10 ** generator.uniform(-3, 6, 700))))
    weight = generator.integers(1, 9, distinct.size).astype(float)
    direct = krippendorff._ratio_expected_by_pairs(distinct, weight)  # noqa: SLF001 two ways to one figure
    assert krippendorff._ratio_expected_by_quadrature(distinct, weight) == pytest.approx(direct, rel=1e-12)  # noqa: SLF001


@pytest.mark.parametrize("factor", [2.0**900, 2.0**-900])
@pytest.mark.parametrize("level", ["nominal", "ordinal", "interval", "ratio"])
def test_no_unit_of_measurement_is_too_large_or_too_small(level, factor):
    table = np.array(FOUR_BY_TWELVE) * factor
    assert krippendorff_alpha(table, level) == pytest.approx(krippendorff_alpha(FOUR_BY_TWELVE, level))


@pytest.mark.parametrize("level", ["nominal", "ordinal", "interval", "ratio"])
@pytest.mark.parametrize("steps", [1, 2, 4, 10, 7])
def test_marks_in_steps_of_a_point_are_the_same_as_their_values(level, steps):
    table = np.random.default_rng(steps).integers(0, 6 * steps, (5, 30)) / steps
    table[0, :7] = math.nan
    assert krippendorff_alpha(table, level) == pytest.approx(by_definition(table.tolist(), level), abs=1e-9)


def test_equal_ratings_give_a_reason_and_no_number():
    with pytest.raises(NotDefinedError) as caught:
        krippendorff_alpha([[3, 3, 3], [3, 3, 3]])
    assert caught.value.lines("en")[0].startswith("not defined, because all ratings are the same;")
    assert caught.value.lines("zh")[0].startswith("无法计算，原因是所有评分都相同；")


def test_a_single_reviewer_gives_a_reason_and_no_number():
    with pytest.raises(NotDefinedError, match="no unit has two ratings"):
        krippendorff_alpha([[1, 2, 3]])


@pytest.mark.parametrize(
    ("ratings", "level", "message"),
    [
        ([[1, 2], [1, 2]], "metric", "no level of measurement metric"),
        ([[-1, 2], [1, 2]], "ratio", "no negative values"),
        ([1, 2, 3], "interval", "1 dimensions"),
        ([[1, math.inf], [1, 2]], "interval", "infinite"),
        ([["a", "b"], ["c", "d"]], "interval", "not a number"),
    ],
)
def test_what_cannot_be_read_is_told(ratings, level, message):
    with pytest.raises(InputError, match=message):
        krippendorff_alpha(ratings, level)
