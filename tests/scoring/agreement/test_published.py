"""Published figures of agreement: textbooks, and the tests and manuals of other packages."""

from __future__ import annotations

import math

import numpy as np
import pytest

from poc_eval.errors import InputError
from poc_eval.scoring.agreement import (
    cohen_kappa,
    fleiss_kappa,
    gwet_ac1,
    icc,
    kendall_w,
    krippendorff_alpha,
)

# Raters x subjects of Gwet's Handbook of Inter-Rater Reliability as the package irrCAC ships them; a dot is
# missing. AC1, Fleiss' kappa and nominal alpha as irrCAC's tests print them.
GWET_IRRCAC = {
    "five observers": (
        "112.001122.0131 1130000.2110231 203000222100221 .13....0.10022. 2..0001.2....31",
        (0.497, 0.458, 0.481),
    ),
    "two groups": ("abccbadab...bb abccbbdabe..ba .cccbcdbbeaccc abccbddabea.bb", (0.685, 0.657, 0.632)),
    "gender": ("aaaaabbbcaaaaab aaaababccaaaaba abbcaabbcabbcaa ccccaabbcccccaa", (0.208, 0.129, 0.143)),
    "Ben and Gerry": ("aabbdcccedda babbbccce.dd", (0.661, 0.649, 0.665)),
}
# Irr's anxiety: 20 people judged by three raters from 1 to 6.
ANXIETY = ["33345523522615221243", "36462424332333221334", "21443216111233113322"]
# SAS's printout that statsmodels' tests quote, and the two tables of irrCAC.
SAS = [[0, 4, 1], [0, 8, 0], [0, 1, 5]]
ABSTRACTORS = [[13, 0, 0], [0, 20, 7], [0, 4, 56]]
DIAGNOSIS = [[40, 4, 4, 17], [6, 25, 2, 13], [4, 1, 21, 12], [15, 5, 9, 45]]
NEWS_TONE = [
    "112.001122.01311211000201001111223222221",
    "1130000.21102311121000302102111122222221",
    "203000222100221123001.30.1012202.2232.21",
    ".13....0.10022...31.103021122..122...12.",
    "2..0001.2....3112..0.0..2.0..20.2.2222.1",
]
# Eight wines by four judges: pingouin's data set icc.
WINE = [
    [1, 2, 0, 1],
    [1, 3, 3, 2],
    [3, 8, 1, 4],
    [6, 4, 3, 3],
    [6, 5, 5, 6],
    [7, 5, 6, 2],
    [8, 7, 7, 9],
    [9, 9, 9, 8],
]


def numbers(rows):
    return np.array([[math.nan if mark == "." else float(mark) for mark in row] for row in rows])


def words(rows):
    return [["" if mark == "." else mark for mark in row] for row in rows]


@pytest.mark.parametrize("name", GWET_IRRCAC)
def test_gwet_irrcac_raw_ratings(name):
    rows, printed = GWET_IRRCAC[name]
    table = words(rows.split())
    categories = sorted({mark for row in table for mark in row if mark})
    counts = [[unit.count(one) for one in categories] for unit in zip(*table, strict=True)]
    found = (gwet_ac1(table), fleiss_kappa(counts), krippendorff_alpha(table, "nominal"))
    assert found == pytest.approx(printed, abs=5e-4)


@pytest.mark.parametrize(("level", "printed"), [("nominal", 0.477), ("ordinal", 0.7598), ("interval", 0.757)])
def test_hayes_krippendorff_2007_news_tone(level, printed):
    assert krippendorff_alpha(numbers(NEWS_TONE), level) == pytest.approx(printed, abs=5e-4)


@pytest.mark.parametrize(
    ("table", "weights", "printed"),
    [
        (SAS, None, 0.4842),
        (SAS, "linear", 0.4701),
        (ABSTRACTORS, None, 0.7964),
        (ABSTRACTORS, "linear", 0.843),
        (ABSTRACTORS, "quadratic", 0.892),
        (DIAGNOSIS, None, 0.432),
        (DIAGNOSIS, "linear", 0.407),
        (DIAGNOSIS, "quadratic", 0.383),
    ],
)
def test_cohen_tables_of_sas_and_irrcac(table, weights, printed):
    assert cohen_kappa(table, weights=weights) == pytest.approx(printed, abs=5e-4)


@pytest.mark.parametrize(
    ("raters", "weights", "printed"),
    [
        ((1, 2), None, -0.006289308),
        ((1, 2), "linear", 0.1459075),
        ((1, 2), "quadratic", 0.2520325),
        ((1, 2), [0, 0, 1, 1, 2], 0.2391304),
        ((0, 1), [0, 0, 0, 1, 1, 1], 0.1891892),
        ((0, 1), [0, 0, 1, 1, 2, 2], 0.2820513),
    ],
)
def test_irr_kappa2_on_anxiety(raters, weights, printed):
    if isinstance(weights, list):  # irr's weights by how far apart two categories are
        steps = np.arange(len(weights))
        weights = np.array(weights)[np.abs(np.subtract.outer(steps, steps))]
    first, second = numbers(ANXIETY)[list(raters)]
    assert cohen_kappa(first, second, weights=weights) == pytest.approx(printed, abs=5e-7)


def test_irr_and_psych_intraclass_correlation_on_anxiety():
    found = icc(numbers(ANXIETY).T)
    assert list(found.values()) == pytest.approx([0.18, 0.20, 0.22, 0.39, 0.43, 0.45], abs=5.1e-3)
    assert found["ICC1"] == pytest.approx(0.1750224, abs=5e-8)
    assert found.intervals["ICC1"] == pytest.approx((-0.077, 0.484), abs=5e-4)


def test_pingouin_intraclass_correlation_of_four_judges_of_wine():
    found = icc(WINE)
    assert list(found.values()) == pytest.approx([0.728, 0.728, 0.729, 0.914, 0.914, 0.915], abs=5.1e-4)
    for form, interval in found.intervals.items():
        assert interval == pytest.approx((0.75, 0.98) if form.endswith("k") else (0.43, 0.93), abs=5.1e-3)


@pytest.mark.parametrize(
    ("counts", "printed"),
    [([[7, 1], [3, 5]], 0.161905), ([[7, 0], [0, 7]], 1), ([[6, 1, 0], [0, 7, 0]], 0.708333)],
)
def test_fleiss_fixed_marginals_of_randolphs_calculator(counts, printed):
    assert fleiss_kappa(counts) == pytest.approx(printed, abs=6e-7)


@pytest.mark.parametrize(
    ("first", "second", "weights", "printed"),
    [
        ((40, 60), [(20, 20), (10, 50)], None, 0.348),
        ((46, 44, 10), [(46,), (6, 32, 6), (0, 0, 10)], None, 0.8013),
        ((46, 44, 10), [(46,), (4, 40), (0, 0, 10)], None, 0.9315),
        ((46, 44, 10), [(46,), (4, 40), (0, 0, 10)], "linear", 0.9412),
        ((46, 44, 10), [(46,), (4, 40), (0, 0, 10)], "quadratic", 0.9541),
    ],
)
def test_artstein_poesio_2008_and_scikit_learn(first, second, weights, printed):
    one = np.repeat(np.arange(len(first)), first)
    other = [category for row in second for category, times in enumerate(row) for _unit in range(times)]
    assert cohen_kappa(one, other, weights=weights) == pytest.approx(
        printed, abs=5e-4 if printed < 0.4 else 5e-5
    )


def test_kendall_zar_example_20_5_birds():
    wing = [10.4, 10.8, 11.1, 10.2, 10.3, 10.2, 10.7, 10.5, 10.8, 11.2, 10.6, 11.4]
    tail = [7.4, 7.6, 7.9, 7.2, 7.4, 7.1, 7.4, 7.2, 7.8, 7.7, 7.8, 8.3]
    bill = [17, 17, 20, 14.5, 15.5, 13, 19.5, 16, 21, 20, 18, 22]
    # From the sums of ranks that Unistat's manual prints (14.5, 21, 30.5, ... 36), six pairs of ties and one
    # triple: 12 (2351/2) / (9 (12^3 - 12) - 3 60), in fractions.
    assert kendall_w([wing, tail, bill]).w == pytest.approx(2351 / 2544, abs=1e-12)


@pytest.mark.parametrize("made", [list, np.array])
def test_fast_krippendorff_words_with_one_missing(made):
    table = [["pos", "neg", "neu", math.nan], ["pos", "neg", "neu", "pos"], ["pos", "neg", "pos", "pos"]]
    assert krippendorff_alpha(made(table), "nominal") == pytest.approx(0.722222, abs=5e-7)
    assert gwet_ac1(made(table)) == gwet_ac1(
        [[one if isinstance(one, str) else None for one in row] for row in table]
    )


@pytest.mark.parametrize("figure", [lambda table: krippendorff_alpha(table, "nominal"), gwet_ac1])
@pytest.mark.parametrize("table", [[[1, 2], [3]], [["a", "b"], ["c"]]])
def test_rows_of_unequal_length_are_told(figure, table):
    with pytest.raises(InputError, match="rows of unequal length"):
        figure(table)
