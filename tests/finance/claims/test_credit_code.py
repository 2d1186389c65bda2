from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poc_eval.errors import InputError
from poc_eval.finance.claims.credit_code import check_character, parse_credit_code

CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"

# Codes that their owners print: licences, annual reports, budgets.
PUBLISHED = {
    "the example of many checkers": "91350100M000100Y43",
    "python-stdnum's doctest": "91110000600037341L",
    "Tsinghua University": "12100000400000624D",
    "Peking University": "12100000400002259P",
    "Huawei Technologies": "914403001922038216",
    "Tencent Computer Systems": "9144030071526726XG",
    "ICBC": "91100000100003962T",
}


@pytest.mark.parametrize("code", PUBLISHED.values(), ids=PUBLISHED)
def test_codes_that_their_owners_print_are_read(code):
    assert parse_credit_code(code) == code
    assert check_character(code[:-1]) == code[-1]


def test_the_code_that_python_stdnum_refuses_is_refused():
    with pytest.raises(InputError, match="fails its own check character"):
        parse_credit_code("A1110000600037341L")


@pytest.mark.parametrize(
    "text", ["91 1100-0060 0037341l", "９１１１００００６０００３７３４１Ｌ", " 91110000600037341L\t"]
)
def test_what_people_type_is_read_as_it_is_printed(text):
    assert parse_credit_code(text) == "91110000600037341L"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("9111000060003734", "has 16 characters"),
        ("", "has 0 characters"),
        ("9111OO0060003734IL", "look whether it is 0"),
        ("91A10000600037341L", "the region"),
        ("9111000060003734项L", "digits and capital letters only"),
        ("91110000600037341M", "fails its own check character"),
    ],
)
def test_a_code_that_is_wrong_says_what_to_look_at(text, says):
    with pytest.raises(InputError, match=says):
        parse_credit_code(text)


@given(
    st.text("123456789", min_size=2, max_size=2),
    st.text("0123456789", min_size=6, max_size=6),
    st.text(CHARACTERS, min_size=9, max_size=9),
    st.integers(0, 17),
    st.sampled_from(CHARACTERS),
)
def test_one_wrong_character_is_always_found(kind, region, organisation, place, other):
    first = kind + region + organisation
    code = first + check_character(first)
    assert parse_credit_code(code) == code
    if code[place] != other:
        with pytest.raises(InputError):
            parse_credit_code(code[:place] + other + code[place + 1 :])
