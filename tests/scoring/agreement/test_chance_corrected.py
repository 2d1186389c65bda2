import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from poc_eval.errors import InputError, NotDefinedError
from poc_eval.scoring.agreement import cohen_kappa, fleiss_kappa, gwet_ac1, krippendorff_alpha

_ = math.nan

GWET_2014_RAW4RATERS = np.array(
    [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, _, _, _],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, _, _],
        [_, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 3],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, _],
    ]
)
COHEN_1968 = [[44, 5, 1], [7, 20, 3], [9, 5, 6]]
FLEISS_1971 = [
    [0, 0, 0, 6, 0], [0, 3, 0, 0, 3], [0, 1, 4, 0, 1], [0, 0, 0, 0, 6], [0, 3, 0, 3, 0],
    [2, 0, 4, 0, 0], [0, 0, 4, 0, 2], [2, 0, 3, 1, 0], [2, 0, 0, 4, 0], [0, 0, 0, 0, 6],
    [1, 0, 0, 5, 0], [1, 1, 0, 4, 0], [0, 3, 3, 0, 0], [1, 0, 0, 5, 0], [0, 2, 0, 3, 1],
    [0, 0, 5, 0, 1], [3, 0, 0, 1, 2], [5, 1, 0, 0, 0], [0, 2, 0, 4, 0], [1, 0, 2, 0, 3],
    [0, 0, 0, 0, 6], [0, 1, 0, 5, 0], [0, 2, 0, 1, 3], [2, 0, 0, 4, 0], [1, 0, 0, 4, 1],
    [0, 5, 0, 1, 0], [4, 0, 0, 0, 2], [0, 2, 0, 4, 0], [1, 0, 5, 0, 0], [0, 0, 0, 0, 6],
]  # fmt: skip


def counts(ratings):
    return [[int((unit == category).sum()) for category in (1, 2, 3, 4, 5)] for unit in ratings.T]


def test_gwet_2014_ac1():
    assert gwet_ac1(GWET_2014_RAW4RATERS) == pytest.approx(0.77544, abs=1e-5)


def test_gwet_2014_fleiss_with_missing_ratings():
    assert fleiss_kappa(counts(GWET_2014_RAW4RATERS)) == pytest.approx(0.76117, abs=1e-5)


def test_gwet_2014_krippendorff_with_missing_ratings():
    assert krippendorff_alpha(GWET_2014_RAW4RATERS, "nominal") == pytest.approx(0.74342, abs=1e-5)


def test_fleiss_1971_psychiatric_diagnoses():
    assert fleiss_kappa(FLEISS_1971) == pytest.approx(0.430, abs=5e-4)


@pytest.mark.parametrize(
    ("weights", "value"),
    [
        (None, 0.491525),
        ("linear", 0.473684),
        ("quadratic", 0.454545),
        ([[0, 1, 3], [1, 0, 6], [3, 6, 0]], 0.347826),
    ],
)
def test_cohen_1968(weights, value):
    assert cohen_kappa(COHEN_1968, weights=weights) == pytest.approx(value, abs=1e-6)


def test_two_lists_of_ratings_give_what_their_table_gives():
    pairs = [(i, j) for i, row in enumerate(COHEN_1968) for j, n in enumerate(row) for _unit in range(n)]
    first, second = zip(*pairs, strict=True)
    assert cohen_kappa(first, second, weights="quadratic") == pytest.approx(0.454545, abs=1e-6)


def test_a_unit_that_one_of_two_did_not_rate_is_left_out():
    assert cohen_kappa([1, 2, 2, _, 1], [1, 2, 1, 2, _]) == cohen_kappa([1, 2, 2], [1, 2, 1])


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=2, max_size=30))
def test_kappa_is_one_only_where_the_raters_agree_on_everything(pairs):
    first, second = zip(*pairs, strict=True)
    try:
        kappa = cohen_kappa(first, second)
    except NotDefinedError:
        assert len(set(first) | set(second)) == 1
        return
    assert kappa <= 1
    assert (kappa == 1) == (first == second)


def test_one_category_gives_a_reason_and_no_number():
    with pytest.raises(NotDefinedError, match="fewer than two categories"):
        gwet_ac1([[1, 1], [1, 1]])
    with pytest.raises(NotDefinedError, match="all ratings are the same"):
        fleiss_kappa([[3, 0], [3, 0]])
    with pytest.raises(NotDefinedError, match="one and the same category"):
        cohen_kappa([1, 1], [1, 1])


def test_a_category_nobody_chose_still_counts_as_a_choice():
    assert gwet_ac1([[1, 1], [1, 1]], categories=[1, 2]) == 1


def test_what_cannot_be_read_is_told():
    with pytest.raises(InputError, match="whole numbers"):
        fleiss_kappa([[0.5, 0.5]])
    with pytest.raises(InputError, match="not square"):
        cohen_kappa([[1, 2, 3], [1, 2, 3]])
    with pytest.raises(InputError, match="rated 2 and 3 units"):
        cohen_kappa([1, 2], [1, 2, 3])
    with pytest.raises(InputError, match="no weights called cubic"):
        cohen_kappa(COHEN_1968, weights="cubic")
    with pytest.raises(InputError, match="none of the categories"):
        gwet_ac1([[1, 2], [1, 7]], categories=[1, 2])


def test_categories_may_be_words():
    first, second = ["yes", "no", "", "yes", "no"], ["yes", "no", "no", "no", "no"]
    numbers = [1, 0, _, 1, 0], [1, 0, 0, 0, 0]
    assert cohen_kappa(first, second) == cohen_kappa(*numbers)
    assert gwet_ac1([first, second]) == gwet_ac1(numbers)
    with pytest.raises(InputError, match="the rating no is none of the categories"):
        gwet_ac1([first, second], categories=["yes", "maybe"])


def test_words_in_their_order_weigh_disagreement_by_how_far_apart_they_are():
    order = ["low", "middle", "high"]
    first, second = ["low", "middle", "high", "high"], ["low", "high", "high", "low"]
    places = [order.index(word) for word in first], [order.index(word) for word in second]
    expected = cohen_kappa(*places, weights="quadratic", categories=[0, 1, 2])
    assert cohen_kappa(first, second, weights="quadratic", categories=order) == expected


FLEISS_TEN_BY_FOURTEEN = [
    [0, 0, 0, 0, 14], [0, 2, 6, 4, 2], [0, 0, 3, 5, 6], [0, 3, 9, 2, 0], [2, 2, 8, 1, 1],
    [7, 7, 0, 0, 0], [3, 2, 6, 3, 0], [2, 5, 3, 2, 2], [6, 5, 2, 1, 0], [0, 2, 2, 3, 7],
]  # fmt: skip


def test_fleiss_ten_subjects_by_fourteen_raters_as_wikipedia_works_it():
    assert fleiss_kappa(FLEISS_TEN_BY_FOURTEEN) == pytest.approx(0.210, abs=5e-4)


@pytest.mark.parametrize(
    ("table", "kappa"),
    [([[20, 5], [10, 15]], 0.4), ([[45, 15], [25, 15]], 0.1304), ([[25, 35], [5, 35]], 0.2593)],
)
def test_cohen_two_by_two_tables_as_wikipedia_works_them(table, kappa):
    assert cohen_kappa(table) == pytest.approx(kappa, abs=5e-5)
