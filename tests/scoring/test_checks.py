"""Wrong rubrics beside the right ones: each file in ``bad`` begins with the faults that it must get.

A line of its head is ``# LANGUAGE: LINE: PLACE: what is wrong; what to do``; a file gets all of them at once.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from poc_eval.errors import DefinitionError
from poc_eval.scoring.rubric import Rubric

if TYPE_CHECKING:
    from poc_eval.i18n import Language

FILES = sorted((Path(__file__).parent / "bad").glob("*.yaml"))


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_wrong_rubric_is_refused_with_every_fault_its_line_and_the_way_out(
    file: Path, lang: Language
) -> None:
    wanted = re.findall(rf"^# {lang}: (.*)$", file.read_text(encoding="utf-8"), re.MULTILINE)
    with pytest.raises(DefinitionError) as refused:
        Rubric.load(file)
    found = [
        f"{fault.line}: {replace(fault, file=None, line=None).text(lang)}" for fault in refused.value.faults
    ]
    assert found == wanted


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_fault_names_its_file(file: Path) -> None:
    with pytest.raises(DefinitionError) as refused:
        Rubric.load(file)
    assert {fault.file for fault in refused.value.faults} == {str(file)}
