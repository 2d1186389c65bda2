"""The kernel's side of a view answers whatever comes."""

from __future__ import annotations

import pytest

from poc_eval.notebook.counter import Counter
from poc_eval.notebook.view import ReviewForm
from poc_eval.workspace.desk import Desk


@pytest.fixture
def counter(workspace):
    return Counter(Desk(workspace))


def test_a_question_is_answered_under_its_own_number(counter, review):
    answer = counter.answer({"ask": "7", "method": "GET", "path": f"reviews/{review}", "body": None}, "zh")
    assert (answer["answers"], answer["status"]) == ("7", 200)
    assert answer["body"]["review"]["id"] == review


def test_the_language_of_the_address_counts_before_the_view_s_own(counter, review):
    ask = {"ask": "1", "method": "GET", "path": f"views/review-summary/{review}?lang=en"}
    assert 'lang="en"' in counter.answer(ask, "zh")["body"]["html"]
    assert (
        'lang="zh-CN"'
        in counter.answer({**ask, "path": f"views/review-summary/{review}"}, "zh")["body"]["html"]
    )


@pytest.mark.parametrize(
    ("message", "status"),
    [
        ({"ask": "1"}, 404),
        ({"ask": "1", "method": 3, "path": ["x"], "body": "y"}, 404),
        ({"ask": "1", "method": "GET", "path": "views"}, 404),
        ({"ask": "1", "method": "GET", "path": "views/secrets/1"}, 404),
        ({"ask": "1", "method": "GET", "path": "views/review-summary/nobody"}, 404),
        ({"ask": "1", "method": "DELETE", "path": "catalog"}, 405),
        ({"ask": "1", "method": "PATCH", "path": "reviews/nobody", "body": {"changes": []}}, 404),
    ],
)
def test_a_question_that_cannot_be_answered_is_refused_in_words(counter, message, status):
    answer = counter.answer(message, "zh")
    assert answer["status"] == status
    assert answer["body"]["error"]["what"]


@pytest.mark.parametrize("message", [None, 3, "ask", [], {}, {"ask": 3}])
def test_what_asks_nothing_is_passed_over(counter, message):
    assert counter.answer(message, "zh") is None


def test_a_message_to_the_widget_is_answered_to_the_page(workspace, review, monkeypatch):
    form = ReviewForm(workspace, review, "zh")
    said = []
    monkeypatch.setattr(form, "send", said.append)
    for message in ({"ask": "1", "method": "GET", "path": "workspace"}, "nothing"):
        form._handle_custom_msg(message, [])  # noqa: SLF001 what the comm calls
    assert [(one["answers"], one["body"]["id"]) for one in said] == [("1", workspace.id)]
