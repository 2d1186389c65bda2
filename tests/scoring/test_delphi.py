import math

import pytest

from poc_eval.errors import InputError
from poc_eval.scoring.delphi import StopRule, changes, feedback, verdict

FIRST = [[1, 9], [5, 5], [9, 1]]
SECOND = [[4, 6], [5, 5], [9, 1]]
CLOSE = [[5, 6], [5, 5], [6, 5]]


def test_feedback_shows_the_middle_and_no_names():
    found = feedback([[1, 2], [2, math.nan], [3, 4], [4, 4]])
    assert (found[0].median, found[0].low, found[0].high, found[0].n) == (2.5, 1.75, 3.25, 4)
    assert found[1].n == 3


def test_who_moved_is_listed():
    assert [(c.reviewer, c.item, c.before, c.after) for c in changes(FIRST, SECOND)] == [
        (0, 0, 1, 4),
        (0, 1, 9, 6),
    ]


def test_rounds_end_when_the_quartiles_are_close():
    found = verdict([FIRST, CLOSE])
    assert found.stop
    assert "quartiles" in found.reason.text("en")


def test_rounds_end_when_nothing_moves_although_opinions_differ():
    found = verdict([FIRST, FIRST])
    assert found.stop
    assert "real disagreement" in found.reason.text("en")
    assert (found.cv_change, found.w_change) == (0, 0)


def test_rounds_go_on_while_opinions_move_and_end_with_the_last_one_agreed_on():
    assert not verdict([FIRST, SECOND]).stop
    assert not verdict([FIRST]).stop
    assert verdict([FIRST, SECOND], StopRule(most_rounds=2)).stop


def test_what_does_not_fit_is_told():
    with pytest.raises(InputError, match="different reviewers"):
        changes(FIRST, [[1, 2]])
    with pytest.raises(InputError, match="nobody rated item 2"):
        feedback([[1, math.nan], [2, math.nan]])
    with pytest.raises(InputError, match="there is no round"):
        verdict([])
