from __future__ import annotations

import subprocess
import sys
from datetime import date
from decimal import Decimal
from hashlib import sha256

import pytest

from poc_eval.catalog.definitions import parse_definition
from poc_eval.errors import InputError, UnknownIdError
from poc_eval.finance.policy import Policy
from poc_eval.finance.policy_family import family_faults, order_of_groups

WHOLE = """
id: operation
version: "2023.1"
title: {zh: 中试基地运营补贴, en: Operating subsidy for pilot bases}
source: {document: 若干政策, clause: 中试平台（基地）运营, quote: null, seen: seed}
in_force: {from: null, to: null, open_ended: true}
payee: pilot_base
period: {from: 10-01}
inputs:
  service_revenue:
    kind: amount
    label: {zh: 年度服务性收入, en: yearly service revenue}
    definition: {zh: 对外服务, en: services to others}
    evidence: [合同, 发票, 银行回单]
  filing_valid: {kind: yes_no, label: {zh: 备案有效, en: filing valid}}
  own_funds: {kind: amount, label: {zh: 自筹资金, en: own funds}}
  agreed: {kind: date, label: {zh: 协议日期, en: date of the agreement}}
eligible:
  - {input: filing_valid, is: yes, label: {zh: 备案有效且复审合格, en: filed and reviewed}}
payout:
  base: service_revenue
  rate: 30%
  caps: [{amount: 100万, per: year}, {share: 0.5, of: own_funds}]
  minimum: {amount: 10000, test: before_rounding}
  prorate: {base: false, caps: false}
term: {periods: 3, year: agreement, from: agreed}
matching: {input: own_funds, ratio: 1, if_short: prorate}
rounding: {to: 0.01, mode: half_up, order: sum_then_round}
combine: {group: pilot, rule: sum}
budget: {amount: 20000000, share: rank}
instalments: [{share: 0.6, when: approved}, {share: 0.4, when: accepted}]
funding: [{level: 市级, share: 0.5, budget_code: null}, {level: 区级, share: 0.5, budget_code: null}]
notice_days: 5
ambiguities:
  - id: cap-scope
    question: {zh: 上限按项目还是按单位, en: is the cap for a project or for a unit}
    taken: project
    other: {caps: [{amount: 5000000, per: payee}]}
"""


def loaded(identifier, span, **more):
    keys = "".join(f"{key}: {value}\n" for key, value in more.items())
    version = sha256((span + keys).encode()).hexdigest()[:8]
    text = (
        f'id: {identifier}\nversion: "{version}"\ntitle: {{zh: a, en: a}}\n'
        f"source: {{document: a}}\nin_force: {span}\n"
        "payee: unit\ninputs: {income: {kind: amount, label: {zh: a, en: a}}}\n"
        f"payout: {{base: income, rate: 0.3}}\nrounding: {{to: 0.01, mode: half_up}}\n{keys}"
    )
    return parse_definition(Policy, text, f"{identifier}.yaml")


def test_the_whole_format_is_read():
    policy = parse_definition(Policy, WHOLE, "x.yaml").definition
    assert policy.payout.rate == Decimal("0.30")
    assert policy.payout.caps[0].amount == 1_000_000
    assert policy.period.from_ == (10, 1)
    assert policy.rounding.to == Decimal("0.01")
    assert policy.funding[0].level == "市级"
    assert policy.unknown == ()
    assert not policy.dates_known


def test_the_other_reading_is_a_policy_again():
    policy = parse_definition(Policy, WHOLE, "x.yaml").definition
    other = policy.reading("cap-scope")
    assert other.payout.caps[0].per == "payee"
    assert policy.payout.caps[0].per == "year"
    with pytest.raises(InputError, match="cap-scope"):
        policy.reading("nothing")


@pytest.mark.parametrize(
    ("payout", "place"),
    [
        ({"base": "income", "rate": None}, "payout.rate"),
        ({"fixed": None}, "payout.fixed"),
        (
            {"base": "income", "rate": "0.3", "caps": [{"amount": None, "per": "year"}]},
            "payout.caps[1].amount",
        ),
        (
            {"base": "income", "rate": "0.3", "minimum": {"amount": None, "test": "before_rounding"}},
            "payout.minimum.amount",
        ),
    ],
)
def test_a_figure_that_is_not_known_loads_and_is_named(build, payout, place):
    assert build.policy(payout).unknown == (place,)


def test_versions_with_a_day_between_them_or_in_both_are_found():
    first = loaded("a", "{from: 2022-01-01, to: 2022-12-31}")
    follows = loaded("a", "{from: 2023-01-01, to: 2023-12-31}")
    assert family_faults([follows, first]) == ()
    late = loaded("a", "{from: 2023-01-02, to: 2023-12-31}")
    (gap,) = family_faults([first, late])
    assert "no version holds from 2023-01-01 to 2023-01-01" in gap.text("en")
    assert gap.line == 5
    early = loaded("a", "{from: 2022-12-31, to: null, open_ended: yes}")
    (overlap,) = family_faults([first, early])
    assert "overlap in time" in overlap.text("en")


def test_one_rule_known_at_two_times_is_no_overlap():
    span = "{from: 2023-01-01, to: 2023-12-31}"
    versions = [loaded("a", span, known_from=day) for day in ("2023-01-01", "2024-05-01")]
    assert family_faults(versions) == ()


def test_groups_that_disagree_and_circles_are_found():
    span = "{from: 2023-01-01, to: 2023-12-31}"
    one = loaded("a", span, combine="{group: g, rule: sum}")
    other = loaded("b", span, combine="{group: g, rule: highest}")
    (fault,) = family_faults([one, other])
    assert "the group g is combined by highest here and by sum in a" in fault.text("en")
    city = loaded("city", span, combine="{group: city-group, rule: top_up, after: [district]}")
    district = loaded("district", span, combine="{group: district-group, rule: top_up, after: [city-group]}")
    circles = family_faults([city, district])
    assert [fault.place for fault in circles] == ["combine.after", "combine.after"]


def test_a_rule_comes_after_those_that_it_names():
    span = "{from: 2023-01-01, to: 2023-12-31}"
    late = loaded("late", span, combine="{group: g, rule: top_up, after: [early]}").definition
    early = loaded("early", span).definition
    assert [one.id for one in order_of_groups([late, early])] == ["early", "late"]


def test_an_unknown_policy_is_answered_with_near_ones():
    with pytest.raises(UnknownIdError):
        Policy.load("hefei-pilot-operatoin")


def test_the_package_is_cheap_to_import():
    code = "import sys, poc_eval.finance; print({'numpy', 'pandas', 'pydantic'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_dates_are_days():
    policy = parse_definition(
        Policy, WHOLE.replace("from: null, to: null", "from: 2023-01-01, to: null"), "x.yaml"
    )
    assert policy.definition.in_force.from_ == date(2023, 1, 1)
