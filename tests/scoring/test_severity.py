import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from poc_eval.errors import NotDefinedError
from poc_eval.scoring.severity import fitted_to_range, harshness, rescaled, severity_views, z_scores

SHROUT_FLEISS_1979 = np.array(
    [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]], dtype=float
)


def test_severity_of_shrout_fleiss_1979_with_the_harsher_positive():
    expected = [-2.375, 2.791667, 0.958333, -1.375]
    assert harshness(SHROUT_FLEISS_1979) == pytest.approx(expected, abs=1e-6)
    assert severity_views(SHROUT_FLEISS_1979).additive.severity == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize(
    ("method", "means"),
    [
        (z_scores, [0.397942, -1.263643, 0.731275, -0.826048, 1.342751, -0.382277]),
        (rescaled, [6.347521, 1.93886, 7.231949, 3.099925, 8.85437, 4.277375]),
        (fitted_to_range, [5.868765, 3.0, 6.444273, 3.755518, 7.5, 4.521698]),
    ],
)
def test_normalised_means_of_shrout_fleiss_1979(method, means):
    found = method(SHROUT_FLEISS_1979)
    assert (found if found.ndim == 1 else found.mean(axis=1)) == pytest.approx(means, abs=1e-5)


def test_a_project_seen_only_by_the_harsh_is_lifted_by_the_views_that_know_it():
    table = np.array(
        [[8, 7, np.nan], [6, 5, np.nan], [7, np.nan, 3], [9, np.nan, 5], [np.nan, 6, 3], [np.nan, np.nan, 4]]
    )
    views = severity_views(table, width=9)
    assert views.additive.severity[2] == max(views.additive.severity)
    assert views.additive.rank[5] < views.raw.rank[5]
    assert views.hierarchical.severity[2] == max(views.hierarchical.severity)


def test_a_reviewer_with_equal_scores_or_none_gives_no_nan():
    table = np.array([[5, 5, np.nan], [7, 5, np.nan], [3, 5, np.nan]])
    for view in (v := severity_views(table),) and (v.raw, v.z_score, v.additive, v.hierarchical):
        assert np.isfinite(view.value).all()
        assert view.severity[2] is None


def test_a_project_without_scores_gives_a_reason():
    with pytest.raises(NotDefinedError, match="a project has no score"):
        severity_views([[1.0, 2.0], [np.nan, np.nan]])


def test_equal_scores_give_equal_places_in_every_view():
    views = severity_views([[5.0, 5.0], [5.0, 5.0], [5.0, 5.0]])
    for view in (views.raw, views.z_score, views.additive, views.hierarchical):
        assert view.rank.tolist() == [1, 1, 1]
        assert view.severity == pytest.approx((0, 0), abs=1e-9)


@settings(max_examples=25)  # each fits the hierarchical model twice
@given(st.lists(st.lists(st.integers(0, 10), min_size=3, max_size=3), min_size=2, max_size=7), st.data())
def test_turning_a_reviewers_points_up_makes_that_reviewer_milder_and_moves_no_other_rank(rows, data):
    table = np.array(rows, dtype=float)
    who = data.draw(st.integers(0, 2))
    milder = table.copy()
    milder[:, who] += 4
    before, after = severity_views(table), severity_views(milder)
    assert after.additive.rank.tolist() == before.additive.rank.tolist()
    assert after.additive.severity[who] < before.additive.severity[who]
    assert after.raw.severity[who] < before.raw.severity[who]
