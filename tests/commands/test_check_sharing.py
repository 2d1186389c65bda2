"""Sharing rules through ``poc-eval check``: every fault with its file and line, all at once."""

from __future__ import annotations

import pytest

from poc_eval.catalog.shipped import shipped_folder
from poc_eval.cli import main

WRONG = """\
id: wrong
version: "1"
title: {zh: 分配, en: sharing}
source: {document: 办法}
institution: {zh: 某所, en: an institute}
base: net
cash:
  - {to: team, title: {zh: 团队, en: team}, share: 70%}
  - {to: office, title: {zh: 部门, en: office}, share: 40%}
equity:
  - {to: team, title: {zh: 团队, en: team}, at_least: 90%, at_most: 50%}
  - {to: team, title: {zh: 团队, en: team}, rest: 1}
approvals:
  by_amount:
    - {body: 甲}
    - {up_to: 5, body: 乙}
"""


def test_every_fault_of_a_rule_is_told_with_its_line(tmp_path, capsys):
    file = tmp_path / "wrong.yaml"
    file.write_text(WRONG, encoding="utf-8")
    assert main(["check", str(file), "--lang", "en"]) == 1
    lines = capsys.readouterr().err.splitlines()
    assert [int(line.split(": ", 2)[1].rpartition(":")[2]) for line in lines] == [6, 7, 11, 12, 15]
    assert "add up to 110%" in lines[1]


def test_a_share_above_the_whole_and_an_unknown_key_are_told(tmp_path, capsys):
    file = tmp_path / "wrong.yaml"
    text = WRONG.replace("share: 70%", "share: 170%").replace("share: 40%", "shere: 40%")
    file.write_text(text, encoding="utf-8")
    assert main(["check", str(file), "--lang", "zh"]) == 1
    said = capsys.readouterr().err
    assert f"{file}:8:" in said
    assert f"{file}:9:" in said
    assert "share" in said


@pytest.mark.parametrize("folder", ["sharing", "deals"])
def test_what_is_shipped_has_no_fault(folder, capsys):
    files = [str(file) for file in sorted(shipped_folder(folder).glob("*.yaml"))]
    assert main(["check", *files]) == 0
    assert capsys.readouterr().err == ""
