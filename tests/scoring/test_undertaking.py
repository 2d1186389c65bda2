from __future__ import annotations

from poc_eval.scoring import undertaking


def test_the_undertaking_asks_for_conflict_confidentiality_and_integrity_in_this_order() -> None:
    assert [(item.field, item.kind, item.label.zh) for item in undertaking.UNDERTAKING] == [
        ("undertaking.conflict", "choice", "回避"),
        ("undertaking.confidentiality", "check", "保密"),
        ("undertaking.integrity", "check", "廉洁"),
    ]
    assert [choice.value for choice in undertaking.UNDERTAKING[0].options] == ["none", "step_aside"]


def test_every_item_is_written_in_both_languages() -> None:
    for item in undertaking.UNDERTAKING:
        for text in (item.label, item.help, *(choice.label for choice in item.options)):
            assert text.zh
            assert text.en.isascii()
