from typing import Annotated, Literal, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import Field, model_validator
from pydantic_core.core_schema import ErrorType

from poc_eval.catalog.complaints import complaint
from poc_eval.catalog.definitions import parse_definition
from poc_eval.catalog.fields import Amount, Count, Definition, LocalText, LocalTextOrWord, Number, Part, YesNo
from poc_eval.catalog.refusal import Refusal, refused
from poc_eval.catalog.validation import where_in
from poc_eval.errors import DefinitionError
from poc_eval.i18n import _


class Fixed(Part):
    kind: Literal["fixed"]
    amount: Amount


class Royalty(Part):
    kind: Literal["royalty"]
    rate: Number


class Item(Part):
    title: LocalText
    weight: Annotated[Number, Field(gt=0, le=1)]
    from_: Count | None = Field(default=None, alias="from")
    unit: LocalTextOrWord | None = None
    on: YesNo = False
    children: tuple["Item", ...] = ()


class Sheet(Definition):
    mode: Literal["sum", "mean"] = "sum"
    items: Annotated[tuple[Item, ...], Field(min_length=1, max_length=3)]
    by_name: dict[str, Item] = Field(default_factory=dict)
    payments: list[Annotated[Fixed | Royalty, Field(discriminator="kind")]] = Field(default_factory=list)
    code: Annotated[str, Field(min_length=2, max_length=4, pattern="^[a-z]+$")] | None = None
    size: int | None = None

    @model_validator(mode="after")
    def _mean_needs_two(self):
        refusals = [
            Refusal(
                _('"{text}" does not fit here', text=item.title.en), _("delete it"), ("items", index, "title")
            )
            for index, item in enumerate(self.items)
            if item.title.en == "Bad"
        ]
        if refusals:
            raise refused(*refusals)
        if self.code == "oops":
            message = "said by a program"
            raise ValueError(message)
        return self


HEAD = "id: a\nversion: 1.0\ntitle: {zh: 名, en: Name}\nsource: {document: X}\n"
GOOD = HEAD + "items:\n  - title: {zh: 甲, en: One}\n    weight: 0.5\n"


def lines(text, model=Sheet, lang="en"):
    with pytest.raises(DefinitionError) as caught:
        parse_definition(model, text, "s.yaml")
    return caught.value.lines(lang)


def test_a_good_file_is_read():
    assert parse_definition(Sheet, GOOD, "s.yaml").definition.items[0].weight == 0.5


CASES = [
    ("mode: median", 's.yaml:8: mode: "median" stands here; write one of these: sum, mean'),
    (
        "colour: red",
        f's.yaml:8: colour: the key "colour" is not known here; known here: {", ".join(Sheet.model_fields)}',
    ),
    ("cod: ab", 's.yaml:8: cod: the key "cod" is not known here; did you mean "code"?'),
    ("code: a", 's.yaml:8: code: "a" stands here; write at least 2 characters'),
    ("code: abcde", "s.yaml:8: code: the text has 5 characters; keep it within 4"),
    ("code: A1", 's.yaml:8: code: "A1" stands here; write it in the form that this key asks for'),
    ("code: [a]", "s.yaml:8: code: a list stands here; write a text"),
    ("size: five", 's.yaml:8: size: "five" stands here; write a whole number such as 5'),
    ("payments: none", 's.yaml:8: payments: "none" stands here; write a list here, each item after a dash'),
    ("payments:\n  - none", 's.yaml:9: payments[1]: "none" stands here; write keys with values here'),
    ("payments:\n  - {amount: 1}", 's.yaml:9: payments[1]: the key "kind" is missing; add it'),
    ("payments:\n  - {kind: loan}",
     's.yaml:9: payments[1]: "loan" stands here; write one of these: fixed, royalty'),
    ("payments:\n  - kind: fixed", 's.yaml:9: payments[1]: the key "amount" is missing; add it'),
    ("payments:\n  - kind: fixed\n    amount: 1e5",
     's.yaml:10: payments[1].amount: "1e5" is not an amount; write it like 1000000, 1,000,000.00 or 100万元'),
    ("payments:\n  - kind: fixed\n    amount: 1\n    amuont: 2",
     's.yaml:11: payments[1].amuont: the key "amuont" is not known here; did you mean "amount"?'),
    ("by_name: [a]", "s.yaml:8: by_name: a list stands here; write keys with values here"),
    ("by_name:\n  one: {title: {zh: 甲, en: One}, weight: 1, titel: x}",
     's.yaml:9: by_name.one.titel: the key "titel" is not known here; did you mean "title"?'),
    ("code: oops", "s.yaml:1: said by a program; compare with the description of this kind of file"),
]  # fmt: skip


@pytest.mark.parametrize(("added", "expected"), CASES)
def test_a_fault_names_file_line_place_what_was_found_and_what_is_wanted(added, expected):
    assert lines(GOOD + added + "\n") == [expected]


COMMA = (
    'the key "b" is not known here; '
    "if it is part of a text: between brackets a comma ends the text, so put the text in quotes"
)
COLON = "a full-width colon (：) stands behind a key; write a plain colon and a space after it"
ITEM_CASES = [
    ("weight: 0", '"0" stands here; write a number above 0'),
    ("weight: 2", '"2" stands here; write a number of at most 1'),
    ("weight: 010", '"010" does not fit here; write a plain number such as 5, 0.5 or -2'),
    ("weight:", "nothing stands here; write a plain number such as 5, 0.5 or -2"),
    ("from: -1", '"-1" does not fit here; write a whole number such as 5'),
    ("form: 1", 'the key "form" is not known here; did you mean "from"?'),
    ("unit: {zh: 次}", 'the key "en" is missing; add it'),
    ("unit: [次]", "a list stands here; write it in both languages: {zh: …, en: …}"),
    ("on: maybe", '"maybe" does not fit here; write yes or no'),
    ("children: {}", "a group of keys stands here; write a list here, each item after a dash"),
    ("children: [x]", '"x" stands here; write keys with values here'),
    ("unit: {zh: 次, en: a, b}", COMMA),
    ("unit: {zh：次, en: a}", COLON),
]  # fmt: skip


@pytest.mark.parametrize(("added", "expected"), ITEM_CASES)
def test_a_fault_inside_an_item_of_an_item(added, expected):
    inner = "    children:\n      - title: {zh: 乙, en: Two}\n        " + added + "\n"
    found = lines(GOOD + inner)
    assert found[0].startswith(("s.yaml:10: items[1].children[1]", "s.yaml:9: items[1].children[1]"))
    assert any(line.endswith(f": {expected}") for line in found)


class Guessed(Definition):
    passed: Number
    rate: Number
    time: Number
    amount: Amount
    date: Number


def test_what_yaml_would_guess_is_a_fault_with_line_and_wanted_type():
    text = HEAD + "passed: no\nrate: 010\ntime: 12:30:45\namount: 1_000\ndate: 2024-01-01\n"
    number = "write a plain number such as 5, 0.5 or -2"
    assert lines(text, Guessed) == [
        f's.yaml:5: passed: "no" does not fit here; {number}',
        f's.yaml:6: rate: "010" does not fit here; {number}',
        f's.yaml:7: time: "12:30:45" does not fit here; {number}',
        's.yaml:8: amount: "1_000" is not an amount; write it like 1000000, 1,000,000.00 or 100万元',
        f's.yaml:9: date: "2024-01-01" does not fit here; {number}',
    ]


def test_a_list_that_is_too_short_or_too_long():
    assert lines(HEAD + "items: []\n") == ["s.yaml:5: items: the list has 0 items; give at least 1"]
    item = "  - title: {zh: 甲, en: One}\n    weight: 1\n"
    assert lines(HEAD + "items:\n" + item * 4) == ["s.yaml:5: items: the list has 4 items; give at most 3"]


def test_all_faults_at_once_in_the_order_of_the_file():
    text = "version: 1 0\nid: 1\ntitle: Name\nitems:\n  - {}\n  - title: {en: x}\n    wieght: 1\n"
    found = lines(text)
    assert [line.split(": ")[0] for line in found] == [
        f"s.yaml:{number}" for number in (1, 1, 2, 3, 5, 5, 6, 6, 7)
    ]


def test_a_file_full_of_faults_lists_the_first_and_counts_the_rest():
    found = lines(GOOD + "".join(f"x{number}: 1\n" for number in range(60)))
    assert len(found) == 51
    assert found[49].startswith("s.yaml:57: x49:")
    assert found[50] == "s.yaml: 10 more faults are not listed; mend these first"


def test_a_validator_can_name_several_places():
    text = HEAD + "items:\n" + "  - title: {zh: 坏, en: Bad}\n    weight: 1\n" * 2
    assert lines(text) == [
        's.yaml:6: items[1].title: "Bad" does not fit here; delete it',
        's.yaml:8: items[2].title: "Bad" does not fit here; delete it',
    ]


@pytest.mark.parametrize("text", ["", "a", "- a\n", "~\n"])
def test_a_file_that_is_no_group_of_keys(text):
    (line,) = lines(text)
    assert line.endswith("write keys with values here")


def test_a_recursion_of_a_model_stops_at_the_readers_limit():
    text = GOOD + "    children: " + "[{children: " * 200
    assert "nested more than" in lines(text)[0]


def test_names_of_union_branches_are_no_part_of_a_place():
    data = {"a": [{"b": "1"}]}
    assert where_in(data, ("a", 0, "tag", "b", "missing")) == ("a", 0, "b")
    assert where_in(data, ("a", 7)) == ("a",)
    assert where_in(data, ("a", -1)) == ("a",)


@pytest.mark.parametrize("kind", get_args(ErrorType))
def test_every_kind_of_complaint_has_words_in_both_languages(kind):
    refusal = complaint(kind, {}, "x")
    for message in (refusal.what, refusal.remedy):
        assert message.text("en")
        assert message.text("zh")


# Kinds that no file of text, lists and keys can bring about in these models: they need other types of field.
GENERAL = "compare with the description of this kind of file"
REACHABLE = {
    "missing", "extra_forbidden", "model_type", "dict_type", "list_type", "tuple_type", "string_type",
    "literal_error", "union_tag_not_found", "union_tag_invalid", "too_short", "too_long",
    "string_too_short", "string_too_long", "string_pattern_mismatch", "greater_than", "greater_than_equal",
    "less_than", "less_than_equal", "multiple_of", "int_parsing", "int_type", "bool_parsing", "bool_type",
    "decimal_parsing", "decimal_type", "date_parsing", "date_type", "enum", "none_required",
}  # fmt: skip


@pytest.mark.parametrize("kind", sorted(REACHABLE - {"missing", "extra_forbidden"}))
def test_a_complaint_that_a_file_can_bring_about_says_what_is_wanted(kind):
    assert complaint(kind, {"discriminator": "'kind'"}, "x").remedy.msgid != GENERAL


sheet = st.dictionaries(
    st.sampled_from(["id", "version", "title", "source", "items", "mode", "payments", "by_name", "x"]),
    st.recursive(
        st.none() | st.sampled_from(["a", "1.0", "sum", "", "fixed"]),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["title", "zh", "en", "kind", "children", "x"]), inner, max_size=3
            )
        ),
        max_leaves=10,
    ),
)


def as_text(data):
    if isinstance(data, dict):
        return "{" + ", ".join(f'"{key}": {as_text(value)}' for key, value in data.items()) + "}"
    if isinstance(data, list):
        return "[" + ", ".join(map(as_text, data)) + "]"
    return "null" if data is None else f'"{data}"'


@given(sheet)
def test_any_file_gives_a_definition_or_faults_that_say_where(data):
    try:
        parse_definition(Sheet, as_text(data), "s.yaml")
    except DefinitionError as error:
        for fault in error.faults:
            assert fault.file == "s.yaml"
            assert fault.line == 1
            assert fault.text("zh") != fault.text("en")
