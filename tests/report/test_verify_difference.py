from __future__ import annotations

import pytest

from poc_eval.report.verify_difference import first_difference, in_words, looked_up_entry


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("policy city-grant@1", "政策 city-grant@1"),
        ("ledger[2].entries[0].amount", "台账记录 [2].entries[0].amount"),
        ("results.P1.total", "正式评审结果 P1.total"),
        ("today", "草稿日期"),
        ("a key of another package", "数据项 a key of another package"),
    ],
)
def test_what_was_looked_up_is_named_in_words(key, words):
    assert looked_up_entry(key).text("zh") == words


def test_of_lists_the_first_entry_that_differs_or_is_missing_is_named():
    assert first_difference([1, 2, 3], [1, 5]).place == "[1]"
    missing = first_difference({"a": [1, 2]}, {"a": [1]})
    assert in_words(missing, None).text("en").endswith("the file states 2, the records in it give —")
    assert first_difference([], []) is None


def test_of_long_texts_the_words_around_the_place_where_they_part_are_shown():
    same = "1. yearly service revenue " * 8
    found = first_difference(f"{same}× 30% = 1", f"{same}× 40% = 1")
    words = in_words(found, None).text("en")
    assert "× 30% = 1" in words
    assert "× 40% = 1" in words
    assert words.count("…") == 2
