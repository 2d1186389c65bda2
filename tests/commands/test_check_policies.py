from __future__ import annotations

from poc_eval.cli import main

POLICY = """id: rule
version: "{version}"
title: {{zh: 补贴, en: Subsidy}}
source: {{document: 测试用政策}}
in_force: {{from: {start}, to: {end}}}
payee: unit
inputs: {{income: {{kind: amount, label: {{zh: 收入, en: income}}}}}}
payout: {{base: income, rate: 0.30}}
rounding: {{to: 0.01, mode: half_up}}
"""


def test_versions_are_checked_against_each_other(tmp_path, capsys):
    one, two = tmp_path / "2022.yaml", tmp_path / "2024.yaml"
    one.write_text(POLICY.format(version="2022", start="2022-01-01", end="2022-12-31"), encoding="utf-8")
    two.write_text(POLICY.format(version="2024", start="2024-01-01", end="2024-12-31"), encoding="utf-8")
    assert main(["check", str(one), "--lang", "zh"]) == 0
    assert "政策 rule" in capsys.readouterr().out
    assert main(["check", str(one), str(two), "--lang", "en"]) == 1
    said = capsys.readouterr()
    assert said.err.startswith(f"poc-eval: {two}:5: in_force.from: rule: no version holds from 2023-01-01")
    assert str(one) in said.out
