from __future__ import annotations

import sys

import pytest

from poc_eval.commands.language import speaks


@pytest.mark.parametrize(
    ("arguments", "environment", "lang"),
    [
        ([], {}, "zh"),
        ([], {"LANG": "C.UTF-8"}, "zh"),
        ([], {"LANG": "de_DE.UTF-8"}, "zh"),
        ([], {"LANG": "zh_CN.UTF-8"}, "zh"),
        ([], {"LANG": "en_GB.UTF-8"}, "en"),
        ([], {"LC_ALL": "zh_CN.UTF-8", "LANG": "en_GB.UTF-8"}, "zh"),
        ([], {"POC_EVAL_LANG": "zh", "LANG": "en_GB.UTF-8"}, "zh"),
        ([], {"POC_EVAL_LANG": "en"}, "en"),
        ([], {"POC_EVAL_LANG": "pseudo"}, "pseudo"),
        (["new", "--lang", "en"], {"POC_EVAL_LANG": "zh"}, "en"),
        (["new", "--lang=zh"], {"POC_EVAL_LANG": "en"}, "zh"),
        (["report", "--lang", "both"], {"POC_EVAL_LANG": "en"}, "en"),
        (["report", "--lang"], {}, "zh"),
    ],
)
def test_the_call_decides_then_the_setting_then_an_english_system(monkeypatch, arguments, environment, lang):
    monkeypatch.setattr(sys, "platform", "linux")
    assert speaks(arguments, environment) == lang
