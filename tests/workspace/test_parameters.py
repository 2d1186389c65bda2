"""The parameters cell holds values and nothing that runs."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poc_eval.errors import NotebookError
from poc_eval.workspace.parameters import Parameters, parameters_of


def test_review_and_language_are_read():
    assert parameters_of('review = "r-1"\nlang = "en"') == Parameters(review="r-1", lang="en")


def test_comments_and_order_do_not_matter():
    assert parameters_of("# 由程序填写\nlang = 'zh'\n\nreview = None  # template\n") == Parameters(None, "zh")


@given(st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,127}", fullmatch=True), st.sampled_from(["zh", "en"]))
def test_what_is_written_is_read_back(review, lang):
    assert parameters_of(Parameters(review, lang).source()) == Parameters(review, lang)


@pytest.mark.parametrize(
    "source",
    [
        'review = __import__("os").system("true")\nlang = "zh"',
        'review = "a" if print(1) else "b"\nlang = "zh"',
        'review = f"{open(1)}"\nlang = "zh"',
        'review = "a" + "b"\nlang = "zh"',
        'review: str = "a"\nlang = "zh"',
        'review = lang = "zh"',
        'review, lang = "a", "zh"',
        'review = "a"\nlang = "zh"\nimport os',
        'review = "a"\nlang = "zh"\nextra = "b"',
        'review = "a"\nreview = "b"\nlang = "zh"',
        'review = ["a"]\nlang = "zh"',
        'review = -1\nlang = "zh"',
        'review = "../../etc/passwd"\nlang = "zh"',
        'review = "<script>"\nlang = "zh"',
        'review = ""\nlang = "zh"',
        'review = b"a"\nlang = "zh"',
        'review = "a"\nlang = "fr"',
        'review = "a"\nlang = True',
        'review = "a"',
        'lang = "zh"; (lambda: 1)()',
        '"""words"""\nreview = "a"\nlang = "zh"',
        'review = "a\nlang = "zh"',
        'review = "a\x00"\nlang = "zh"',
        "(" * 500,
        "#" * 2001,
        "",
    ],
)
def test_anything_else_is_refused_with_a_way_out(source):
    with pytest.raises(NotebookError) as caught:
        parameters_of(source, file="a.ipynb")
    (line,) = caught.value.lines("zh")
    assert line.startswith("a.ipynb: ")
    assert "；" in line
    assert "review opens" not in line


@given(st.text(max_size=300))
def test_no_text_makes_it_stumble(source):
    with contextlib.suppress(NotebookError):
        assert parameters_of(source).lang in {"zh", "en"}
