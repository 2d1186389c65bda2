from datetime import date
from decimal import Decimal
from typing import Annotated

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import Field, TypeAdapter, ValidationError

from poc_eval.catalog.fields import (
    Amount,
    Count,
    Definition,
    Identifier,
    IsoDate,
    LocalText,
    LocalTextOrWord,
    Number,
    Ratio,
    Share,
    Source,
    Version,
    WebAddress,
    Words,
    YesNo,
)
from poc_eval.i18n import Text


def read(field, value):
    return TypeAdapter(field).validate_python(value)


def refusal(field, value):
    with pytest.raises(ValidationError) as caught:
        read(field, value)
    (first,) = caught.value.errors()[0]["ctx"]["refusals"]
    return f"{first.what.text('en')}; {first.remedy.text('en')}"


class TestNumber:
    @pytest.mark.parametrize(
        "text", ["0", "5", "-2", "0.30", "1000000", "-0.5", "123456789012345.123456789012"]
    )
    def test_is_exactly_what_is_written(self, text):
        assert str(read(Number, text)) == text

    def test_minus_nothing_is_nothing(self):
        assert str(read(Number, "-0.0")) == "0.0"

    @pytest.mark.parametrize(
        "text",
        ["010", "1_000", "1e5", "NaN", "Infinity", ".5", "5.", "+5", "１２", "٣", "", " 5", "5\n", "0x10"],
    )
    def test_anything_else_is_refused(self, text):
        assert refusal(Number, text).endswith("write a plain number such as 5, 0.5 or -2")

    @pytest.mark.parametrize("value", [None, [], {}, ["5"], {"a": "5"}])
    def test_what_is_no_text_is_named(self, value):
        kinds = {type(None): "nothing", list: "a list", dict: "a group of keys"}
        assert refusal(Number, value).startswith(f"{kinds[type(value)]} stands here")

    def test_a_program_may_give_a_number_but_not_a_float_or_a_truth(self):
        assert read(Number, Decimal("1.50")) == Decimal("1.50")
        assert read(Number, 3) == Decimal(3)
        for value in (0.1, True, Decimal("NaN"), Decimal("1E+999999999"), Decimal("1E-999999999")):
            refusal(Number, value)

    def test_a_limit_can_be_set_on_it(self):
        positive = Annotated[Number, Field(gt=0)]
        assert read(positive, "0.1") == Decimal("0.1")
        with pytest.raises(ValidationError, match="greater than 0"):
            read(positive, "0")


class TestShare:
    @pytest.mark.parametrize(
        ("text", "share"),
        [("0.30", "0.30"), ("30%", "0.30"), ("12.5%", "0.125"), ("0", "0"), ("100%", "1.00")],
    )
    def test_the_same_share_written_two_ways_is_the_same(self, text, share):
        assert read(Share, text) == Decimal(share)

    @pytest.mark.parametrize("text", ["-0.1", "30 %", "30％", "1/3", "%", "030%", "3e-1"])
    def test_anything_else_is_refused(self, text):
        assert refusal(Share, text).endswith("write a share such as 0.30 or 30%")

    def test_more_than_the_whole_is_a_ratio_only(self):
        assert refusal(Share, "30") == (
            '"30" is more than the whole; write a share from 0 to 1, or from 0% to 100%'
        )
        assert read(Ratio, "150%") == Decimal("1.5")


class TestAmount:
    @pytest.mark.parametrize("text", ["1000000", "100万", "1000000.00", "1,000,000", "100万元"])
    def test_the_same_amount_written_in_many_ways(self, text):
        assert str(read(Amount, text)) == "1000000.00"

    @pytest.mark.parametrize("text", ["１００", "(100)", "CNY 100", " 100"])
    def test_what_only_a_person_at_a_form_may_type_is_refused_in_a_file(self, text):
        assert refusal(Amount, text).endswith("write an amount such as 1000000, 1000000.00 or 100万")

    def test_the_refusal_is_that_of_the_grammar_of_money(self):
        assert refusal(Amount, "0.001") == (
            "0.001 yuan is more exact than one fen; give at most two decimals of a yuan"
        )


@pytest.mark.parametrize("text", ["a", "A1", "clinical_need", "hefei-pilot-operation"])
def test_an_identifier(text):
    assert read(Identifier, text) == text


@pytest.mark.parametrize("text", ["", "1a", "a b", "a.b", "../x", "临床", "a" * 65, "a\n", "a/b"])
def test_what_is_no_identifier(text):
    assert "write an id" in refusal(Identifier, text)


def test_a_version_keeps_its_digits():
    assert read(Version, "1.10") == "1.10"
    assert read(Version, "2023.1") == "2023.1"
    for text in ("", "a b", "../1", "v" * 33):
        assert "write a version" in refusal(Version, text)


def test_a_count():
    assert read(Count, "0") == 0
    assert read(Count, 12) == 12
    for text in ("-1", "1.0", "01", "five"):
        assert "write a whole number" in refusal(Count, text)


def test_yes_and_no():
    assert [read(YesNo, text) for text in ("yes", "true", True)] == [True] * 3
    assert [read(YesNo, text) for text in ("no", "false", False)] == [False] * 3
    for text in ("on", "off", "Y", "是", "1", ""):
        assert "write yes or no" in refusal(YesNo, text)


def test_a_date():
    assert read(IsoDate, "2024-02-29") == date(2024, 2, 29)
    assert read(IsoDate, date(2024, 2, 29)) == date(2024, 2, 29)
    assert refusal(IsoDate, "2023-02-29").endswith("write a day that the calendar has, as 2026-11-20")
    for text in ("20240229", "2024-W09-4", "2024-2-9", "2024/02/09", "12:30:45", "２０２４-01-01"):
        assert refusal(IsoDate, text).endswith("write a date as 2026-11-20")


def test_words_are_not_empty_and_lose_the_blanks_around_them():
    assert read(Words, " 评分表\n") == "评分表"
    assert refusal(Words, "  ") == "the text is empty; write a text, or take the key away"
    assert refusal(Words, "x" * 4001) == "the text has 4001 characters; keep it within 4000"


def test_a_web_address_is_http_or_https():
    assert read(WebAddress, "https://example.org/a") == "https://example.org/a"
    for text in ("javascript:alert(1)", "ftp://x", "https://a b", 'https://x"'):
        with pytest.raises(ValidationError):
            read(WebAddress, text)


class TestLocalText:
    def test_both_languages_are_wanted(self):
        assert read(LocalText, {"zh": "名", "en": "Name"}) == Text("名", "Name")
        with pytest.raises(ValidationError) as caught:
            read(LocalText, {"zh": "名", "de": "Name"})
        assert {(error["type"], error["loc"]) for error in caught.value.errors()} == {
            ("missing", ("en",)),
            ("extra_forbidden", ("de",)),
        }

    def test_one_language_alone_is_answered_with_the_form(self):
        assert refusal(LocalText, "Name").endswith("write it in both languages: {zh: …, en: …}")

    def test_an_empty_side_is_refused(self):
        assert refusal(LocalText, {"zh": "", "en": "Name"}).startswith("the text is empty")

    def test_a_unit_may_be_one_word_for_both(self):
        assert read(LocalTextOrWord, "次") == Text("次", "次")
        assert read(LocalTextOrWord, {"zh": "次", "en": "times"}) == Text("次", "times")

    def test_a_program_may_give_a_text(self):
        assert read(LocalText, Text("名", "Name")) == Text("名", "Name")


BASE = {"id": "a", "version": "1.0", "title": {"zh": "名", "en": "Name"}, "source": {"document": "文件"}}


class TestDefinition:
    def test_needs_id_version_title_and_a_document(self):
        definition = Definition.model_validate(BASE)
        assert definition.source == Source(document="文件")
        assert definition.source.seen is None
        for key in BASE:
            with pytest.raises(ValidationError):
                Definition.model_validate({name: value for name, value in BASE.items() if name != key})

    def test_a_source_without_its_document_is_refused(self):
        with pytest.raises(ValidationError, match=r"source\.document"):
            Definition.model_validate({**BASE, "source": {"seen": "official"}})

    def test_cannot_be_changed_and_knows_no_other_key(self):
        definition = Definition.model_validate(BASE)
        with pytest.raises(ValidationError, match="frozen"):
            definition.id = "b"
        with pytest.raises(ValidationError, match="Extra inputs"):
            Definition.model_validate({**BASE, "colour": "red"})


FIELDS = [
    Amount,
    Count,
    Identifier,
    IsoDate,
    LocalText,
    LocalTextOrWord,
    Number,
    Ratio,
    Share,
    Version,
    Words,
]
anything = st.recursive(
    st.none() | st.text() | st.booleans() | st.integers() | st.floats() | st.decimals(),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=4,
)


@given(st.sampled_from([*FIELDS, YesNo]), anything)
def test_any_value_is_read_or_refused_as_a_validation_error(field, value):
    try:
        read(field, value)
    except ValidationError as error:
        assert error.errors()  # noqa: PT017 both outcomes are right
