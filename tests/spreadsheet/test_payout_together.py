"""Groups, budgets and parts in the workbook of a settlement, recomputed by an engine that is not ours."""

from __future__ import annotations

import pytest
from openpyxl import load_workbook

GROUPED = {"a": "60", "b": "90.01", "c": "90.01"}


@pytest.mark.parametrize("rule", ["highest", "top_up", "exclusive"])
def test_groups_recompute(tmp_path, engine, rule, cases):
    policies = [
        cases.policy(
            name,
            cases.rate("0.5", caps=[{"amount": amount, "per": "year"}]),
            combine={"group": "g", "rule": rule},
        )
        for name, amount in GROUPED.items()
    ]
    after = {"group": "h", "rule": "top_up", "after": ["g", "a"]}
    policies.append(cases.policy("last", cases.rate("0.9"), combine=after))
    table = cases.claims(["a"], 6).drop(columns="policy")
    table["matter"] = [f"M{number // 3}" for number in range(len(table))]
    settlement, path = cases.made(policies, table, tmp_path)
    values = engine(path)
    cases.assert_recomputed(path, values)
    assert cases.paid(values, 4 * len(table)) == cases.due(settlement)
    assert "excluded_by" in set(settlement.frame(explain=False)["reason"])


@pytest.mark.parametrize("share", ["rank", "date", "prorata"])
@pytest.mark.parametrize("to", ["0.01", "100"])
def test_budgets_recompute(tmp_path, engine, share, to, cases):
    budget = {"amount": "320000", "share": share, "pool": "city"}
    keys = {"budget": budget, "rounding": cases.rounding("down", to)}
    policies = [
        cases.policy("a", cases.rate("0.3"), **keys),
        cases.policy("b", cases.rate("0.1", caps=cases.YEAR), **keys),
    ]
    table = cases.claims(["a", "b"], 5)
    settlement, path = cases.made(policies, table, tmp_path)
    values = engine(path)
    cases.assert_recomputed(path, values)
    assert cases.paid(values, len(table)) == cases.due(settlement)
    assert "budget" in set(settlement.frame(explain=False)["reason"])
    assert [cell for cell in load_workbook(path)["说明 Notes"]["A"] if "budget" in str(cell.value)] == []


def test_parts_of_a_payout_add_up_on_their_sheets(tmp_path, engine, cases):
    table = cases.claims(["parts"], 6)
    settlement, path = cases.made([cases.RULES["parts"]], table, tmp_path)
    values = engine(path)
    cases.assert_recomputed(path, values)
    for name, count in (("分期1 parts", 3), ("分担1 parts", 2)):
        page = load_workbook(path)[name]
        columns = [cell.column_letter for cell in page[4] if "yuan" in str(cell.value)]
        assert len(columns) == count
        sums = [
            sum(cases.fen_of(values[name, f"{column}{row}"]) for column in columns) for row in range(5, 11)
        ]
        assert sums == cases.due(settlement)
