import random
import subprocess
import sys
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from poc_eval.errors import InputError
from poc_eval.money import (
    LIMIT,
    allocate,
    fen_array,
    format_money,
    from_fen,
    parse_money,
    round_money,
    times_rate,
    to_fen,
    whole_fen,
)

MODES = ("half_up", "half_even", "down", "up")
HIGHEST_FEN = 10**18 - 1
fens = st.integers(-HIGHEST_FEN, HIGHEST_FEN)
rates = st.decimals(0, 2, places=4)


class TestParseMoney:
    @pytest.mark.parametrize(
        ("text", "yuan"),
        [
            ("333.3333万元", "3333333.00"),
            ("100万", "1000000.00"),
            ("1000000", "1000000.00"),
            ("1,000,000.00", "1000000.00"),
            ("¥1,000.50", "1000.50"),
            ("￥１，０００．５０", "1000.50"),
            ("人民币 5 千元", "5000.00"),
            ("CNY 3百万元", "3000000.00"),
            ("1.5亿元", "150000000.00"),
            ("2千万元", "20000000.00"),
            ("1万亿", "1000000000000.00"),
            ("(1,000.00)", "-1000.00"),
            ("（３）", "-3.00"),
            ("-12.3", "-12.30"),
            ("−12", "-12.00"),
            ("-¥12", "-12.00"),
            ("¥-12", "-12.00"),
            ("负3元", "-3.00"),
            ("\u3000７\u3000", "7.00"),
            ("1.000", "1.00"),
            ("9999999999999999.99", "9999999999999999.99"),
        ],
    )
    def test_reads_what_people_write(self, text, yuan):
        assert str(parse_money(text)) == yuan

    @pytest.mark.parametrize(
        "text",
        ["NaN", "Infinity", "1E+1000000000", "1e999999", "0x10", "1_000", "٣", "", "1,00", "¥1,000.005"],
    )
    def test_hostile_number_is_refused(self, text):
        """H35."""
        with pytest.raises(InputError):
            parse_money(text)

    @pytest.mark.parametrize(("text", "yuan"), [("-0", "0.00"), ("１２３", "123.00"), (" 12 ", "12.00")])
    def test_odd_but_clear_number_is_read(self, text, yuan):
        assert str(parse_money(text)) == yuan

    @pytest.mark.parametrize(
        "text",
        [
            "010",
            "+5",
            ".5",
            "5.",
            "1 000",
            "1,0000",
            "1000,000",
            ",100",
            "1.2.3",
            "--1",
            "(-1)",
            "(¥-1)",
            "-¥-1",
            "(1",
            "1)",
            "5%",
            "5百元",
            "壹佰万元整",
            "5 USD",
            "万",
            "¥",
            "1\x00",
            "0.001",
            "0.0000001万",
            "10000000000000000",
            "1" * 65,
            "9" * 10**6,
        ],
    )
    def test_what_the_grammar_does_not_name_is_refused_in_a_short_line(self, text):
        with pytest.raises(InputError) as caught:
            parse_money(text)
        assert all(len(line) < 250 for line in caught.value.lines("zh"))

    def test_what_is_no_text_is_refused_too(self):
        for given_value in (None, 1.5, [], True):
            with pytest.raises(InputError):
                parse_money(given_value)

    @given(st.text())
    def test_any_text_is_an_amount_in_whole_fen_or_an_input_error(self, text):
        try:
            amount = parse_money(text)
        except InputError:
            return
        assert amount.is_finite()
        assert amount.as_tuple().exponent == -2

    @given(fens, st.sampled_from(["plain", "bare", "wan"]))
    def test_reads_back_what_was_printed(self, fen, style):
        assert to_fen(parse_money(format_money(from_fen(fen), style))) == fen


class TestFormatMoney:
    @pytest.mark.parametrize(
        ("yuan", "capitals"),
        [
            ("1409.50", "壹仟肆佰零玖元伍角"),
            ("6007.14", "陆仟零柒元壹角肆分"),
            ("1680.32", "壹仟陆佰捌拾元零叁角贰分"),
            ("107000.53", "壹拾万柒仟元零伍角叁分"),
            ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
            ("325.04", "叁佰贰拾伍元零肆分"),
        ],
    )
    def test_capitals_as_in_the_samples_of_the_payment_rules(self, yuan, capitals):
        assert format_money(Decimal(yuan), "capitals") == capitals

    @pytest.mark.parametrize(
        ("yuan", "capitals"),
        [
            ("1000000", "壹佰万元整"),
            ("0", "零元整"),
            ("10", "壹拾元整"),
            ("0.05", "伍分"),
            ("0.50", "伍角"),
            ("0.55", "伍角伍分"),
            ("10.05", "壹拾元零伍分"),
            ("10.50", "壹拾元零伍角"),
            ("-100.01", "负壹佰元零壹分"),
            ("100000001", "壹亿零壹元整"),
            ("100010000", "壹亿零壹万元整"),
            ("20000500", "贰仟万零伍佰元整"),
            ("1000000000000", "壹万亿元整"),
            ("1000000000001", "壹万亿零壹元整"),
            ("1000100000000", "壹万零壹亿元整"),
            (
                "1234567890123456.78",
                "壹仟贰佰叁拾肆万伍仟陆佰柒拾捌亿玖仟零壹拾贰万叁仟肆佰伍拾陆元柒角捌分",
            ),
        ],
    )
    def test_capitals(self, yuan, capitals):
        assert format_money(Decimal(yuan), "capitals") == capitals

    @given(fens)
    def test_capitals_name_the_amount_and_never_two_zeros(self, fen):
        words = format_money(from_fen(fen), "capitals")
        assert _read_capitals(words) == fen
        assert "零零" not in words
        assert words.endswith("整") == (fen % 100 == 0)

    @pytest.mark.parametrize(
        ("yuan", "plain", "wan"),
        [
            ("3333333", "3,333,333.00", "333.3333万元"),
            ("1000000", "1,000,000.00", "100万元"),
            ("-1234567.89", "-1,234,567.89", "-123.456789万元"),
            ("0", "0.00", "0万元"),
            ("100000000", "100,000,000.00", "10,000万元"),
        ],
    )
    def test_plain_and_wan(self, yuan, plain, wan):
        assert format_money(Decimal(yuan)) == plain
        assert format_money(Decimal(yuan), "wan") == wan

    @pytest.mark.parametrize("amount", ["0.001", "NaN", "Infinity", "-Infinity", "1E+16", "1E-999999"])
    def test_prints_only_whole_fen(self, amount):
        for style in ("plain", "bare", "wan", "capitals"):
            with pytest.raises(InputError):
                format_money(Decimal(amount), style)

    def test_refuses_floats(self):
        with pytest.raises(InputError):
            format_money(0.1)


def _read_capitals(words: str) -> int:
    """Return the fen that the words name, by adding up places as one reads them aloud."""
    sign = -1 if words.startswith("负") else 1
    total = section = digit = 0
    for char in words.removeprefix("负").removesuffix("整"):
        if char in "零壹贰叁肆伍陆柒捌玖":
            digit = "零壹贰叁肆伍陆柒捌玖".index(char)
        elif char in "拾佰仟":
            section += digit * {"拾": 10, "佰": 100, "仟": 1000}[char]
            digit = 0
        elif char == "万":
            total, section, digit = total + (section + digit) * 10**4, 0, 0
        elif char == "亿":
            total, section, digit = (total + section + digit) * 10**8, 0, 0
        elif char == "元":
            total, section, digit = (total + section + digit) * 100, 0, 0
        else:
            total, digit = total + digit * {"角": 10, "分": 1}[char], 0
    return sign * total


class TestAllocate:
    def test_split_conserves_fen(self):
        parts = allocate(Decimal("1000000.00"), [Decimal(1), Decimal(1), Decimal(1)])
        assert [str(part) for part in parts] == ["333333.34", "333333.33", "333333.33"]

    def test_takes_numbers_as_text(self):
        assert [str(part) for part in allocate("1000000.00", ["1", "1", "1"])] == [
            "333333.34",
            "333333.33",
            "333333.33",
        ]

    def test_the_largest_remainder_gets_the_fen_before_the_first(self):
        assert allocate(Decimal("0.10"), ["0.14", "0.56", "0.30"]) == [
            Decimal("0.01"),
            Decimal("0.06"),
            Decimal("0.03"),
        ]

    def test_a_negative_total_is_the_positive_one_turned_round(self):
        assert allocate(Decimal("-0.05"), [1, 1, 1]) == [Decimal("-0.02"), Decimal("-0.02"), Decimal("-0.01")]

    def test_a_weight_of_zero_gets_nothing(self):
        assert allocate(Decimal("0.05"), [0, 1, 0]) == [Decimal("0.00"), Decimal("0.05"), Decimal("0.00")]

    @pytest.mark.parametrize(
        "weights",
        [[], [0, 0], ["0"], [-1, 2], [Decimal("NaN")], [Decimal("Infinity")], ["1e5"], [0.5, 0.5], [True]],
    )
    def test_weights_that_say_nothing_are_refused(self, weights):
        with pytest.raises(InputError):
            allocate(Decimal("1.00"), weights)

    @given(fens, st.lists(st.decimals(0, 10**6, places=6), min_size=1, max_size=12).filter(any))
    def test_parts_add_up_and_stay_within_a_fen_of_their_share(self, fen, weights):
        parts = allocate(from_fen(fen), weights)
        assert sum(to_fen(part) for part in parts) == fen
        whole = sum(map(Fraction, weights))
        for part, weight in zip(parts, weights, strict=True):
            assert abs(to_fen(part) - fen * Fraction(weight) / whole) < 1

    @given(st.integers(0, 10**12), st.lists(st.integers(1, 100), min_size=2, max_size=6))
    def test_equal_weights_never_give_a_later_one_more(self, fen, weights):
        parts = allocate(from_fen(fen), weights)
        for earlier in range(len(parts)):
            for later in range(earlier + 1, len(parts)):
                if weights[earlier] == weights[later]:
                    assert parts[earlier] >= parts[later]


class TestRounding:
    @pytest.mark.parametrize(
        ("amount", "rounded"),
        [
            ("0.015", ("0.02", "0.02", "0.01", "0.02")),
            ("0.045", ("0.05", "0.04", "0.04", "0.05")),
            ("-0.045", ("-0.05", "-0.04", "-0.04", "-0.05")),
            ("10.005", ("10.01", "10.00", "10.00", "10.01")),
            ("0.011", ("0.01", "0.01", "0.01", "0.02")),
            ("1E-999999", ("0.00", "0.00", "0.00", "0.01")),
            ("-1E-999999", ("0.00", "0.00", "0.00", "-0.01")),
        ],
    )
    def test_modes(self, amount, rounded):
        assert tuple(str(round_money(Decimal(amount), mode=mode)) for mode in MODES) == rounded

    def test_to_whole_yuan_and_to_ten_thousands(self):
        assert str(round_money(Decimal("2.5"), to=Decimal(1), mode="half_even")) == "2.00"
        assert str(round_money(Decimal(15000), to=Decimal(10000))) == "20000.00"

    def test_a_third_is_rounded_from_its_exact_value(self):
        assert str(round_money(Fraction(10, 3))) == "3.33"

    @pytest.mark.parametrize("amount", ["NaN", "Infinity", "1E+16", "1E+999999"])
    def test_what_is_no_amount_is_refused(self, amount):
        with pytest.raises(InputError):
            round_money(Decimal(amount))

    @pytest.mark.parametrize("step", ["0", "-1", "0.001", "NaN"])
    def test_a_step_is_a_positive_amount(self, step):
        with pytest.raises(InputError):
            round_money(Decimal(1), to=Decimal(step))


class TestFen:
    def test_there_and_back(self):
        assert to_fen(Decimal("68212208.07")) == 6821220807
        assert str(from_fen(-5)) == "-0.05"
        assert str(whole_fen(12)) == "12.00"

    @pytest.mark.parametrize("fen", [10**18, -(10**18), 10**40])
    def test_too_many_fen_are_refused(self, fen):
        with pytest.raises(InputError):
            from_fen(fen)

    def test_an_array_of_amounts(self):
        fen = fen_array([Decimal("0.01"), Decimal(-3), 5])
        assert fen.dtype == np.int64
        assert fen.tolist() == [1, -300, 500]

    @given(st.lists(st.integers(-(10**15), 10**15), max_size=8), rates, st.sampled_from(MODES))
    def test_an_array_times_a_rate_is_what_each_amount_alone_gives(self, fen, rate, mode):
        together = times_rate(np.array(fen, dtype=np.int64), rate, mode=mode)
        assert together.tolist() == [to_fen(round_money(from_fen(one) * rate, mode=mode)) for one in fen]

    @given(st.lists(st.integers(-(10**15), 10**15), max_size=4), st.decimals(0, 2, places=15))
    def test_a_rate_with_many_digits_stays_exact(self, fen, rate):
        together = times_rate(np.array(fen, dtype=np.int64), rate)
        assert together.tolist() == [to_fen(round_money(Fraction(one, 100) * Fraction(rate))) for one in fen]

    def test_keeps_the_shape(self):
        fen = np.arange(6, dtype=np.int64).reshape(2, 3)
        assert times_rate(fen, Decimal(2)).tolist() == [[0, 2, 4], [6, 8, 10]]
        assert times_rate(fen[:0], Decimal(2)).shape == (0, 3)

    @pytest.mark.parametrize("fen", [2**62, -(2**62), -(2**63)])
    def test_a_product_beyond_int64_is_refused(self, fen):
        with pytest.raises(InputError):
            times_rate(np.array([0, fen], dtype=np.int64), Decimal("2.01"))

    @pytest.mark.parametrize("fen", [2**63 - 1, -(2**63 - 1)])
    def test_the_largest_fen_times_one_is_itself(self, fen):
        assert times_rate(np.array([fen], dtype=np.int64), Decimal("1.00")).tolist() == [fen]

    @pytest.mark.parametrize("rate", ["NaN", "Infinity", "-0.1", "1E+1000", "1E-1000"])
    def test_what_is_no_rate_is_refused(self, rate):
        with pytest.raises(InputError):
            times_rate(np.array([1], dtype=np.int64), Decimal(rate))

    def test_many_claims_equal_exact_arithmetic(self):
        fen = np.array(random.Random(0).choices(range(10**12), k=100_000), dtype=np.int64)  # noqa: S311 data, not a secret
        exact = [(3 * one + 5) // 10 for one in fen.tolist()]
        assert times_rate(fen, Decimal("0.30")).tolist() == exact


def test_importing_money_loads_no_array_library():
    code = "import sys, poc_eval.money; print('numpy' in sys.modules or 'pydantic' in sys.modules)"
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "False"


def test_the_limit_in_fen_fits_int64():
    assert LIMIT * 100 < 2**63
