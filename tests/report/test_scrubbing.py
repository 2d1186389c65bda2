from __future__ import annotations

import subprocess
import sys

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


@pytest.mark.parametrize("name", ["__a__b", "*Li*", "a_b"])
def test_marks_in_a_name_are_none_of_its_letters(name):
    clean = Scrubber([name], "en").text(f"据{name}称 ab ——")
    assert "[name left out]" in clean
    assert name not in clean
    assert Scrubber(["_", "__"], "en").text("_ a __") == "_ a [name left out]"


def test_a_name_of_marks_does_not_stop_the_program_at_a_row_of_marks():
    """Every way to divide the row would be tried; the process is ended after ten seconds of work."""
    code = (
        "import resource; resource.setrlimit(resource.RLIMIT_CPU, (10, 10));"
        "from poc_eval.report.scrubbing import Scrubber;"
        "print(len(Scrubber(['_' * 12 + 'a', '*`' * 9 + 'b'], 'en').markdown('_*`~' * 5000)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, timeout=120)
    assert (done.returncode, done.stdout) == (0, b"20000\n")
