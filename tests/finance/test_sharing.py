from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poc_eval.catalog.shipped import shipped_folder
from poc_eval.errors import InputError, UnknownIdError
from poc_eval.finance.least_reward import least_reward
from poc_eval.finance.sharing import share_income
from poc_eval.finance.sharing_people import Person, share_among
from poc_eval.finance.sharing_rule import SharingRule

FILES = sorted(shipped_folder("sharing").glob("*.yaml"))
CHOSEN = {
    "bjtu": {"team": "0.97"},
    "imm-cams": {"institution": "0.10", "project_money": "0.4"},
    "chaoyang": {"team": "0.95"},
    "national-minimum": {"team": "0.5"},
}
FEN = st.integers(0, 10**13).map(lambda fen: Decimal(fen).scaleb(-2))


def amounts(shared):
    return {part.to: str(part.amount) for part in shared.every_part()}


def test_pku_font_transfer():
    """19.98 million, 70% to the team: printed as 13.99 million, which is 13,986,000 rounded."""
    shared = share_income("pku", "19980000")
    assert amounts(shared) == {"team": "13986000.00", "university": "5994000.00"}
    assert round(shared.amount("team") / 10**6, 2) == Decimal("13.99")
    assert [one.text("zh") for one in shared.approvals] == ["党委常委会"]


def test_chaoyang():
    """Net income of 297,000, 95% to the team: 282,150 and 14,850, as printed."""
    shared = share_income("chaoyang", "300000", costs={"costs": "3000"}, chosen={"team": "95%"})
    assert shared.base == Decimal("297000.00")
    assert amounts(shared) == {"team": "282150.00", "hospital": "14850.00"}
    assert [step.text("zh") for step in shared.rule.procedure] == [
        "备案", "协议定价", "委员会审议", "院办公会审议", "党委会审议", "医院公示", "中技所公示",
        "签订转化合同",
    ]  # fmt: skip


def test_puh3():
    """70, 15 and 15 percent of the income received; 35% at least for the main contributors."""
    shared = share_income("puh3", "1000000.01")
    assert amounts(shared) == {"team": "700000.01", "department": "150000.00", "hospital": "150000.00"}
    assert shared.parts[0].least_for_main == Decimal("350000.01")
    (ambiguity, other) = shared.others[0]
    assert ambiguity.id == "main-share"
    assert other.parts[0].least_for_main == Decimal("245000.01")  # 35% of 700,000.01, rounded up


def test_bjtu_brake():
    """Know-how worth 12.5 million became shares: 90% to the team, 10% to the school."""
    shared = share_income(
        "bjtu", "12500000", way="contribution_in_kind", chosen={"team": "0.90"}, holding="0.40"
    )
    assert amounts(shared) == {"team": "11250000.00", "university": "1250000.00"}
    assert [part.share * shared.holding for part in shared.parts] == [Fraction(36, 100), Fraction(4, 100)]
    with pytest.raises(InputError, match="choose a share from 0% to 90%"):
        share_income("bjtu", "12500000", way="contribution_in_kind", chosen={"team": "0.97"})
    assert share_income("bjtu", "100", chosen={"team": "0.97"}).amount("team") == Decimal("97.00")


def test_tsinghua_fuel_cell_in_both_readings():
    shared = share_income("tsinghua-fuel-cell", "1000000", post="head", way="licence")
    assert amounts(shared) == {
        "team": "700000.00",
        "head": "147000.00",  # 21% of the 70%
        "other_members": "553000.00",
        "university": "300000.00",
    }
    ambiguity, other = shared.others[0]
    assert ambiguity.id == "head-share"
    assert amounts(other) == {
        "team": "700000.00",
        "head": "210000.00",  # 21% of the whole
        "other_members": "490000.00",
        "university": "300000.00",
    }
    assert other.reading == "head-share"
    assert amounts(share_income("tsinghua-fuel-cell", "1000000", reading="head-share")) == amounts(other)


def test_tsinghua_approval_goes_by_post_and_not_by_amount():
    assert len(share_income("tsinghua-fuel-cell", "1", post="head").approvals) == 2
    filing = share_income("tsinghua-fuel-cell", "99999999", post="other").approvals
    assert [one.text("zh") for one in filing] == ["审批机构（名称未见材料）", "备案"]
    asked = share_income("tsinghua-fuel-cell", "1")
    assert asked.approvals == ()
    assert any("post" in note.text("en") for note in asked.notes)


@pytest.mark.parametrize(
    ("price", "body"),
    [
        ("4000000", "科技开发部"),
        ("4000000.01", "科技成果转化领导小组"),
        ("8000000", "科技成果转化领导小组"),
        ("8000000.01", "党委常委会"),
    ],
)
def test_pku_approval_goes_by_amount(price, body):
    assert [one.text("zh") for one in share_income("pku", price).approvals] == [body]


def test_beijing_2011_decides_below_eight_million():
    def who(amount):
        return share_income("beijing-approval-2011", amount).approvals[0].text("en")

    assert who("7999999.99") == "the institution itself"
    assert who("8000000") != "the institution itself"


def test_youyi_before_and_after():
    assert amounts(share_income("youyi-before", "1000")) == {
        "team": "700.00",
        "transfer_office": "200.00",
        "hospital": "100.00",
    }
    after = share_income("youyi", "1000")
    assert amounts(after) == {"team": "700.00", "transfer_office": "300.00"}
    assert after.approvals[0].text("en") == "three reviews of the contract"
    assert "outside law firm" in share_income("youyi", "30000.01").approvals[0].text("en")


@pytest.mark.parametrize(
    ("rule", "way", "wanted"),
    [
        ("jishuitan", "transfer", {"team": "700.00", "hospital": "300.00"}),
        (
            "imm-cams",
            "transfer",
            {
                "institution": "100.00",
                "transfer_fund": "10.00",
                "team": "890.00",
                "project_money": "356.00",
                "personal_reward": "534.00",
            },
        ),
        ("bit", "transfer", {"transfer_office": "100.00", "others": "900.00"}),
        ("bit", "contribution_in_kind", {"transfer_office": "100.00", "others": "900.00"}),
        ("nankai", "transfer", {"team": "800.00", "university": "200.00"}),
        # 150 for technology development, then 850 in three: the fen left over goes to the first
        ("mit", "licence", {"inventor": "283.34", "department": "283.33", "school": "283.33"}),
        ("hawaii", "transfer", {"inventor": "666.70", "university": "333.30"}),
        ("national-minimum", "transfer", {"team": "500.00", "institution": "500.00"}),
    ],
)
def test_1000_yuan_by_every_other_rule(rule, way, wanted):
    assert amounts(share_income(rule, "1000", way=way, chosen=CHOSEN.get(rule))) == wanted


def test_own_use_is_five_percent_of_the_operating_profit():
    shared = share_income("national-minimum", "1000000", way="own_use", chosen={"team": "5%"})
    assert amounts(shared) == {"team": "50000.00", "institution": "950000.00"}
    assert shared.least.standing == "met"


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
@given(amount=FEN)
def test_no_fen_is_lost_by_any_shipped_rule_or_reading(file, amount):
    rule = SharingRule.load(file)
    shared = share_income(rule, amount, chosen=CHOSEN.get(rule.id))
    for one in (shared, *(other for _, other in shared.others)):
        taken = sum(deducted.amount for deducted in one.deductions)
        assert taken + one.base == amount
        assert not one.parts or sum(part.amount for part in one.parts) == one.base
        for part in one.every_part():
            assert part.amount >= 0
            assert not part.inside or sum(inner.amount for inner in part.inside) == part.amount


def test_costs_come_off_in_the_order_of_the_file():
    rule = SharingRule.model_validate(
        {
            "id": "order",
            "version": "1",
            "title": {"zh": "次序", "en": "order"},
            "source": {"document": "测试"},
            "institution": {"zh": "某所", "en": "an institute"},
            "base": "net",
            "deductions": [
                {"id": "costs", "title": {"zh": "成本", "en": "costs"}},
                {"id": "office", "title": {"zh": "转化部门", "en": "office"}, "share": "10%"},
                {"id": "fund", "title": {"zh": "基金", "en": "fund"}, "share": "1%", "of": "received"},
            ],
            "cash": [{"to": "team", "title": {"zh": "团队", "en": "team"}, "rest": "1", "reward": "yes"}],
        }
    )
    shared = share_income(rule, "1000", costs={"costs": "200"})
    assert [str(one.amount) for one in shared.deductions] == ["200.00", "80.00", "10.00"]
    assert shared.base == Decimal("710.00")
    lost = share_income(rule, "1000", costs={"costs": "1200"})
    assert lost.base == 0
    assert any("nothing to share" in note.text("en") for note in lost.notes)


def test_inventor_share_below_floor():
    """Art. 45: a state institution may not agree 40% of a licence's net income."""
    found = least_reward("1000000.00", "licence", costs="120000.00", agreed="0.40")
    assert (found.standing, str(found.least), str(found.reward)) == ("violation", "440000.00", "352000.00")
    other = least_reward("1000000", "licence", costs="120000", agreed="0.40", state_institution=False)
    assert other.standing == "agreed_otherwise"
    assert least_reward("1000000", "licence", costs="120000", agreed="50%").standing == "met"
    assert least_reward("1000000", "licence").standing == "not_known"
    assert "第四十五条" in found.source.clause


def test_the_least_reward_is_never_rounded_below_the_law():
    assert least_reward("0.01", "transfer", reward="0.00").standing == "violation"


def test_split_conserves_fen():
    team = share_among("1000000.00", [Person(name, "1") for name in "甲乙丙"])
    assert [str(one.amount) for one in team.people] == ["333333.34", "333333.33", "333333.33"]


def test_the_people_of_a_team_with_their_tax_and_the_main_contributors():
    shared = share_income("puh3", "1000000")
    people = [Person("甲", "50", main=True, salary="240000"), Person("乙", "50")]
    team = share_among(shared.amount("team"), people, least_for_main=shared.parts[0].least_for_main)
    first, second = team.people
    assert (str(first.amount), str(second.amount)) == ("350000.00", "350000.00")
    assert team.enough_for_main is True
    # 355,000 taxable: 56,830; without the award 180,000: 19,080
    assert (str(first.tax.tax), str(first.award_tax), str(first.left)) == (
        "56830.00",
        "37750.00",
        "312250.00",
    )
    assert second.tax is second.left is None
    less = share_among(shared.amount("team"), [Person("甲", 49, main=True), Person("乙", 51)],
                       least_for_main=shared.parts[0].least_for_main)  # fmt: skip
    assert less.enough_for_main is False


@pytest.mark.parametrize(
    ("people", "said"),
    [
        ([], "nobody to share with"),
        ([Person("甲", 1), Person("甲", 1)], "stands here twice"),
        ([Person(" ", 1)], "has no name"),
        ([Person("甲", "x")], "is not a weight"),
        ([Person("甲", 0)], "add up to 0"),
    ],
)
def test_a_team_that_cannot_be_divided_says_why(people, said):
    with pytest.raises(InputError, match=said):
        share_among("100", people)


@pytest.mark.parametrize(
    ("rule", "given", "said"),
    [
        ("pku", {"received": "-1"}, "is negative"),
        ("pku", {"received": "1.001"}, "more exact than one fen"),
        ("pku", {"way": "gift"}, 'no way of transfer "gift"'),
        ("pku", {"chosen": {"team": "0.8"}}, 'nothing is to be chosen for "team"'),
        ("pku", {"reading": "x"}, 'no ambiguity with the id "x"'),
        ("chaoyang", {}, "the share of team is to be chosen; choose a share from 70% to 95%"),
        ("chaoyang", {"chosen": {"team": "0.96"}}, "96% is outside the range"),
        ("chaoyang", {"chosen": {"team": "200%"}}, "is not a share"),
        (
            "chaoyang",
            {"chosen": {"team": "0.9"}, "costs": {"lawyer": 5}},
            'nothing away that is called "lawyer"',
        ),
        ("tsinghua-fuel-cell", {"post": "dean"}, 'no post "dean"'),
        ("imm-cams", {"chosen": {"institution": "1", "project_money": "0"}}, "more than the whole"),
    ],
)
def test_what_does_not_fit_the_rule_is_said(rule, given, said):
    with pytest.raises(InputError, match=said):
        share_income(rule, given.pop("received", "1000"), **given)


def test_a_rule_that_nobody_has_names_those_that_there_are():
    with pytest.raises(UnknownIdError):
        share_income("nowhere", "1")


def rule_with(**keys):
    frame = {
        "id": "rule",
        "version": "1",
        "title": {"zh": "分配", "en": "sharing"},
        "source": {"document": "测试"},
        "institution": {"zh": "某所", "en": "an institute"},
    }
    return SharingRule.model_validate({**frame, **keys})


def part(to, **keys):
    return {"to": to, "title": {"zh": to, "en": to}, **keys}


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ({"cash": [part("a", share="70%"), part("b", share="40%")]}, "add up to 110%, more than the whole"),
        ({"cash": [part("a", share="70%"), part("b", share="20%")]}, "add up to 90%, and nobody takes"),
        ({"cash": [part("a", share="70%", rest="1")]}, "one of share, at_least and at_most, or rest"),
        ({"cash": [part("a", at_least="90%", at_most="50%"), part("b", rest="1")]}, "the range goes from"),
        ({"cash": [part("a", share="50%"), part("a", share="50%")]}, "stands here twice"),
        ({"cash": [part("a", share="1", of="whole")]}, "only inside another part"),
        ({"cash": [part("a", share="120%")]}, "more than the whole"),
        ({}, "neither who gets what nor who approves"),
        ({"base": "net", "cash": [part("a", rest="1")]}, "nothing is named that is taken away"),
        ({"approvals": {"by_amount": [{"body": "a"}, {"body": "b"}]}}, "only the last one has neither"),
        (
            {"approvals": {"by_amount": [{"body": "a", "up_to": "8"}, {"body": "b", "up_to": "8"}]}},
            "order the lines",
        ),
    ],
)
def test_a_rule_that_does_not_hold_together_is_refused(keys, said):
    with pytest.raises(ValueError, match=said):
        rule_with(**keys)
