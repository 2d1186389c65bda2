import pytest
from hypothesis import given
from hypothesis import strategies as st

from poc_eval.errors import InputError
from poc_eval.scoring.delphi_rounds import Stated, letter, stop_rule, troubles, work_out

RULE = stop_rule(4, 1.0, 0.05, 0.05)


def rows(*rounds):
    """Return rows of rounds given as reviewer to (item to score)."""
    return [
        Stated(str(number), item, reviewer, str(score), f"因为 {score}")
        for number, one in enumerate(rounds, start=1)
        for reviewer, scores in one.items()
        for item, score in scores.items()
    ]


FIRST = {"张": {"x": 1, "y": 9}, "李": {"x": 5, "y": 5}, "王": {"x": 9, "y": 1}}
SECOND = {"张": {"x": 4, "y": 6}, "李": {"x": 5, "y": 5}, "王": {"x": 9, "y": 1}}


def test_the_feedback_has_scores_and_reasons_in_order_and_nobody_in_it():
    found = work_out(rows(FIRST, SECOND), RULE)
    x, _y = found.rounds[1]
    assert (x.feedback.median, x.feedback.low, x.feedback.high, x.feedback.n) == (5, 4.5, 7, 3)
    assert x.reasons == ((4, "因为 4"), (5, "因为 5"), (9, "因为 9"))
    said = str(found.to_dict())
    assert not any(name in said for name in "张李王")
    assert found.to_dict(with_names=True)["reviewers"] == ["张", "李", "王"]


def test_who_moved_is_told_by_round_item_and_reviewer():
    found = work_out(rows(FIRST, SECOND), RULE)
    assert [(one.round, one.item, one.reviewer, one.before, one.after) for one in found.moved] == [
        (2, "x", "张", 1, 4),
        (2, "y", "张", 9, 6),
    ]
    assert not found.verdict.stop


def test_one_reviewer_is_no_consensus():
    found = work_out(rows({"张": {"x": 5}}), RULE)
    assert found.verdict is None
    assert "only one reviewer" in found.to_dict()["not_defined"]["verdict"]["en"]


def test_all_scores_equal_is_consensus_without_a_w():
    same = {"张": {"x": 5, "y": 5}, "李": {"x": 5, "y": 5}}
    found = work_out(rows(same, same), RULE).to_dict()
    assert found["verdict"]["stop"] is True
    assert found["verdict"]["w_change"] is None


def test_an_item_that_came_in_with_the_last_round_is_not_taken_for_settled():
    before = {"张": {"x": 1}, "李": {"x": 9}}
    after = {"张": {"x": 1, "z": 1}, "李": {"x": 9, "z": 9}}
    found = work_out(rows(before, after), RULE)
    assert found.verdict.cv_change is None
    assert not found.verdict.stop
    assert work_out(rows(before, after), stop_rule(2, 1.0, 0.05, 0.05)).verdict.stop


@pytest.mark.parametrize(
    ("row", "column", "said"),
    [
        (Stated("一", "x", "赵", "3"), "round", "is no round"),
        (Stated("1", " ", "赵", "3"), "item", "nothing is written"),
        (Stated("1", "x", "赵", "高"), "score", "is no score"),
        (Stated("1", "x", "赵", ""), "score", "no score stands here"),
        (Stated("1", "x", "赵", "11"), "score", "11 is off the scale"),
        (Stated("第1轮", "x", "张", "3"), "score", "already"),
        (Stated("3", "x", "张", "3"), "round", "no round 2"),
    ],
)
def test_a_row_that_cannot_be_used_is_told_with_its_column(row, column, said):
    (found,) = troubles([*rows(FIRST), row], (1, 10))
    assert (found.row, found.column) == (6, column)
    assert said in found.what.text("en")


def test_limits_that_are_none_are_refused_all_at_once():
    with pytest.raises(InputError) as refused:
        stop_rule(0, -1.0, float("nan"), 0.05)
    assert {fault.place for fault in refused.value.faults} == {"iqr", "cv", "most_rounds"}


@given(
    st.lists(st.lists(st.integers(0, 9), min_size=3, max_size=3), min_size=2, max_size=5),
    st.randoms(use_true_random=False),
)
def test_the_order_of_rows_changes_nothing_that_is_fed_back(scores, random):
    stated = rows({f"r{place}": dict(zip("xyz", one, strict=True)) for place, one in enumerate(scores)})
    mixed = random.sample(stated, len(stated))
    in_order, in_any = ({one.item: one for one in work_out(one, RULE).rounds[0]} for one in (stated, mixed))
    assert in_order == in_any


def test_letters_go_on_after_z():
    assert [letter(place) for place in (0, 25, 26, 27, 701, 702)] == ["A", "Z", "AA", "AB", "ZZ", "AAA"]
