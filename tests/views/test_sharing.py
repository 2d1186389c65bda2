from __future__ import annotations

import re

import pytest

from poc_eval.finance.sharing import share_income
from poc_eval.finance.sharing_people import Person, share_among
from poc_eval.views.sharing import sharing_readings, sharing_rule, sharing_split, team_with_tax


def text(markup):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", str(markup)))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_waterfall_and_its_table_go_from_the_income_to_each_party(lang):
    shared = share_income("chaoyang", "300000", costs={"costs": "3000"}, chosen={"team": "95%"})
    chart, table = str(sharing_split(shared, lang)).split("</svg>")
    for figure in ("300,000.00", "-3,000.00", "297,000.00", "282,150.00", "14,850.00"):
        assert figure in text(chart)
        assert figure in text(table)
    assert "95%" in table


def test_two_readings_stand_side_by_side():
    shared = share_income("tsinghua-fuel-cell", "1000000", post="head")
    shown = text(sharing_readings(shared, "zh"))
    assert "147,000.00 210,000.00" in shown
    assert "553,000.00 490,000.00" in shown
    assert str(sharing_readings(share_income("pku", "1"), "zh")) == ""


def test_the_rule_its_source_the_law_and_who_approves_are_named():
    shown = text(sharing_rule(share_income("pku", "19980000"), "zh"))
    assert "pku@2021" in shown
    assert "案例2" in shown
    assert "✓ 第四十五条" in shown
    assert "党委常委会" in shown


def test_a_reward_below_the_law_is_marked_in_words():
    rule = share_income("pku", "1").rule
    team, school = rule.cash
    swapped = (
        team.model_copy(update={"share": school.share}),
        school.model_copy(update={"share": team.share}),
    )
    low = rule.model_copy(update={"cash": swapped})
    shown = text(sharing_rule(share_income(low, "1000"), "zh"))
    assert "✗ 第四十五条" in shown
    assert "低于法定标准" in shown


def test_shares_of_a_company_are_shown_beside_their_value():
    shared = share_income(
        "bjtu", "12500000", way="contribution_in_kind", chosen={"team": "0.9"}, holding="0.4"
    )
    shown = text(sharing_split(shared, "zh"))
    assert "36%" in shown
    assert "11,250,000.00" in shown


def test_people_stand_with_their_tax_and_what_is_not_known_is_a_dash():
    shared = share_income("puh3", "1000000")
    people = [Person("<b>甲</b>", 1, main=True, salary="240000"), Person("乙", 1)]
    team = share_among(shared.amount("team"), people, least_for_main=shared.parts[0].least_for_main)
    shown = str(team_with_tax(team, "zh"))
    assert "<b>" not in shown
    assert "37,750.00" in shown
    assert "312,250.00" in shown
    assert "—" in shown
    assert "✓ 主要贡献人员获得 350,000.00 元" in text(shown)
    assert "视同满足" in shown
