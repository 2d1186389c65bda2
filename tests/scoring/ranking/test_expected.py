import numpy as np
import pandas as pd
import pytest

from poc_eval.errors import InputError, NotDefinedError
from poc_eval.scoring.ranking import expected_rank

HEYARD_2022_PANEL_1 = [
    [6, 6, 6, 5, 2], [6, 6, 5, 5, 1], [6, 5, 6, 4, 2], [6, 4, 5, 6, 2], [6, 5, 5, 4, 2],
    [6, 4, 6, 3, 2], [6, 5, 4, 3, 2], [6, 2, 5, 5, 2], [6, 4, 3, 4, 2], [6, 3, 5, 2, 2],
    [5, 4, 3, 3, 2], [5, 3, 4, 2, 2], [5, 2, 3, 3, 1], [5, 4, 3, 1, 1], [5, 2, 2, 3, 1],
]  # fmt: skip
PRINTED_ER = [2.44, 4.06, 4.09, 4.12, 5.08, 6.19, 7.34, 7.26, 8.43, 9.42, 10.4, 11.4, 13.0, 13.0, 13.7]
PRINTED_SUCRA = [0.9, 0.78, 0.78, 0.78, 0.71, 0.63, 0.55, 0.55, 0.47, 0.4, 0.33, 0.25, 0.15, 0.14, 0.09]
PRINTED_PCER = [12.9, 23.7, 24.0, 24.2, 30.6, 37.9, 45.6, 45.1, 52.9, 59.4, 66.3, 73.0, 83.1, 83.6, 87.9]


def tidy(table):
    values = np.asarray(table, dtype=float)
    return pd.DataFrame(
        [
            (f"#{i + 1}", f"r{j + 1}", values[i, j])
            for i in range(values.shape[0])
            for j in range(values.shape[1])
        ],
        columns=["project", "reviewer", "score"],
    )


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_heyard_2022_panel_1(seed):
    found = expected_rank(tidy(HEYARD_2022_PANEL_1), fundable=5, seed=seed)
    assert found.er.to_numpy() == pytest.approx(PRINTED_ER, abs=0.12)
    assert found.sucra.to_numpy() == pytest.approx(PRINTED_SUCRA, abs=0.015)
    assert found.pcer.to_numpy() == pytest.approx(PRINTED_PCER, abs=0.8)
    assert found.accepted == ["#1"]
    assert found.lottery == [f"#{i}" for i in range(2, 9)]
    assert found.rejected == [f"#{i}" for i in range(9, 16)]


def test_a_scale_turned_round_turns_nothing_else():
    table = np.array(HEYARD_2022_PANEL_1, dtype=float)
    high = expected_rank(tidy(table), fundable=5)
    low = expected_rank(tidy(7 - table), best="low", fundable=5)
    pd.testing.assert_series_equal(high.er, low.er)
    pd.testing.assert_series_equal(high.severity, low.severity)


def test_the_harsher_reviewer_has_the_positive_severity():
    found = expected_rank(tidy(HEYARD_2022_PANEL_1))
    assert found.severity.idxmax() == "r5"
    assert found.severity["r5"] > 1
    assert found.severity.idxmin() == "r1"
    assert found.severity["r1"] < -1


def test_reviewers_who_share_no_project_are_told_apart_by_their_common_ones():
    generator = np.random.default_rng(4)
    quality, harsh = generator.normal(0, 0.8, 100), generator.normal(0, 0.5, 12)
    scores = 4 + quality[:, None] - harsh + generator.normal(0, 0.8, (100, 12))
    scores[generator.random(scores.shape) < 0.6] = np.nan
    found = expected_rank(tidy(scores))
    severity = found.severity[[f"r{j + 1}" for j in range(12)]].to_numpy()
    assert np.corrcoef(severity, harsh)[0, 1] > 0.9
    assert found.er.between(1, 100).all()
    assert found.er.sum() == pytest.approx(100 * 101 / 2)


def test_the_same_seed_gives_the_same_ranks():
    first, again, other = (expected_rank(tidy(HEYARD_2022_PANEL_1), seed=s, draws=500) for s in (3, 3, 4))
    pd.testing.assert_series_equal(first.er, again.er)
    assert not first.er.equals(other.er)


def test_points_out_of_a_hundred_are_brought_to_the_models_scale():
    percent = expected_rank(tidy(np.array(HEYARD_2022_PANEL_1) * 17.0), seed=0)
    assert (percent.er.diff().dropna() > -0.5).all()
    assert percent.severity.max() > 10


@pytest.mark.parametrize("table", [[[3, 3, 3], [3, 3, 3]], [[3], [4]]])
def test_equal_scores_and_single_reviewers_give_ranks_and_no_nan(table):
    found = expected_rank(tidy(table))
    assert np.isfinite(found.er).all()
    assert np.isfinite(found.severity).all()


def test_bad_tables_are_told():
    scores = tidy(HEYARD_2022_PANEL_1)
    with pytest.raises(InputError, match="no column score"):
        expected_rank(scores.drop(columns="score"))
    with pytest.raises(InputError, match="r1 scored #1 twice"):
        expected_rank(pd.concat([scores, scores.head(1)]))
    with pytest.raises(InputError, match="not a number"):
        expected_rank(scores.astype({"score": object}).replace(6.0, "six"))
    with pytest.raises(InputError, match="16 of 15 projects cannot be funded"):
        expected_rank(scores, fundable=16)
    with pytest.raises(InputError, match="highest is neither high nor low"):
        expected_rank(scores, best="highest")
    with pytest.raises(InputError, match="infinite value"):
        expected_rank(scores.replace(6.0, float("inf")))
    with pytest.raises(InputError, match="0 draws"):
        expected_rank(scores, draws=0)
    with pytest.raises(NotDefinedError, match="fewer than two projects"):
        expected_rank(scores[scores["project"] == "#1"])
