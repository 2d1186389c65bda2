from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poc_eval.commands.parser import Parser, columns, wrap
from poc_eval.errors import InputError
from poc_eval.i18n import _

SENTENCES = st.text(
    st.sampled_from("评价指标体系，。；（）abc -_%{}") | st.characters(codec="utf-8"), max_size=80
)


@pytest.fixture
def parser():
    parser = Parser(lang="zh", about=_("Commands"), prog="poc-eval new")
    parser.option("what", metavar="TEMPLATE", help=_("Options"))
    parser.option("--lang", choices=("zh", "en"), help=_("Options"))
    parser.option("--json", action="store_true", help=_("Options"))
    return parser


@pytest.mark.parametrize(
    ("call", "said"),
    [
        ([], "缺少 TEMPLATE；用法请看 poc-eval new --help"),
        (["a", "b"], "此处不能使用 b；"),
        (["a", "--lang", "fr"], "--lang 不能为 fr，可选值为 zh, en；"),
        (["a", "--lang"], "--lang 后面应填写取值；"),
        (["a", "--json=1"], "--json 不带取值，却填写了 1；"),
        (["a", "--js"], "此处不能使用 --js；"),
    ],
)
def test_a_wrong_call_is_answered_in_one_chinese_line(parser, call, said):
    with pytest.raises(InputError) as refused:
        parser.parse_args(call)
    (line,) = refused.value.lines("zh")
    assert line.startswith(said)
    assert "argument" not in line


def test_help_has_no_word_of_argparse_left_in_it(parser):
    shown = parser.format_help()
    assert shown.startswith("用法：poc-eval new")
    for english in ("usage", "options", "positional", "show this help"):
        assert english not in shown


def test_help_may_hold_a_percent_sign(parser):
    parser.option("--share", help=_("{name} needs a value", name="30%"))
    assert "30% 后面应填写取值" in parser.format_help()


@given(SENTENCES, st.integers(4, 60))
def test_wrapping_loses_nothing_but_spaces(text, width):
    assert "".join("".join(wrap(text, width)).split()) == "".join(text.split())


@given(st.text(st.sampled_from("评价指标体系 "), max_size=80), st.integers(8, 60))
def test_chinese_stays_within_the_columns(text, width):
    assert all(columns(line) <= width for line in wrap(text, width))


def test_a_line_never_starts_with_a_closing_mark():
    lines = wrap("概念验证项目与中试平台评价工具，含评分表、评审、评价意见。" * 3, 20)
    assert not [line for line in lines if line[0] in "，。；、"]
