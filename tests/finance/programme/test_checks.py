"""Wrong programmes beside the exact message each must get; the first lines of each file say it."""

from __future__ import annotations

from pathlib import Path

import pytest

from poc_eval.errors import DefinitionError
from poc_eval.finance.programme import Programme

BAD = sorted((Path(__file__).parent / "bad").glob("*.yaml"))


@pytest.mark.parametrize("file", BAD, ids=lambda file: file.stem)
def test_a_wrong_programme_gets_every_message_with_its_line(file):
    wanted = [
        line.removeprefix("# en: ")
        for line in file.read_text(encoding="utf-8").splitlines()
        if line.startswith("# en: ")
    ]
    with pytest.raises(DefinitionError) as caught:
        Programme.load(file)
    assert [line.removeprefix(f"{file}:") for line in caught.value.lines("en")] == wanted
    assert all("⟦" not in line and line for line in caught.value.lines("zh"))


def test_there_are_wrong_programmes():
    assert len(BAD) >= 8
