from __future__ import annotations

import pytest

from poc_eval.report.scrubbing import Scrubber


@pytest.mark.parametrize(
    "words",
    [
        "张三",
        "张 三",
        "张\u3000三",
        "张\n三",
        "张\u200b三",
        "张\u2060\u00ad三",
        "张**三**",
        "&#24352;三",
        "&#x5F20;&#19977;",
        "Li Wei",
        "LI  WEI",
        "L\u200bi Wei",
        "Ｌｉ　Ｗｅｉ",
        "LiWei",
        "L&#105; Wei",
    ],
)
def test_a_name_is_found_however_it_is_set(words):
    clean = Scrubber(["张三", "Li Wei"], "en").markdown(f"据{words}称")
    assert clean.replace("*", "") == "据[name left out]称"


@pytest.mark.parametrize("words", ["张力", "三张表", "Li Weiss", "Ali Wei", "a &lt; b &amp; c", "张——三"])
def test_what_is_no_name_stays_as_it_was_written(words):
    scrubber = Scrubber(["张三", "Li Wei"], "en")
    assert scrubber.markdown(words) == words
    assert scrubber.replaced == 0
