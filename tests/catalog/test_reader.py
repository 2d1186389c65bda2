import json

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from poc_eval.catalog import reader
from poc_eval.catalog.reader import MAX_DEPTH, MAX_NODES, place, read_yaml
from poc_eval.errors import DefinitionError

PARSERS = [yaml.CSafeLoader, yaml.SafeLoader]


@pytest.fixture(params=PARSERS, ids=["libyaml", "python"])
def parser(request, monkeypatch):
    monkeypatch.setattr(reader, "_PARSER", request.param)
    return request.param


def faults(source):
    with pytest.raises(DefinitionError) as caught:
        read_yaml(source, name="r.yaml")
    return [(fault.line, fault.place, fault.what.text("en")) for fault in caught.value.faults]


@pytest.mark.usefixtures("parser")
class TestWhatIsKept:
    def test_every_scalar_stays_text_and_only_plain_nothing_becomes_none(self):
        """H31; what a rubric takes for which is told in test_fields."""
        text = (
            "pass: no\nrate: 010\ntime: 12:30:45\namount: 1_000\ndate: 2024-01-01\n"
            "none: ~\nempty:\nnull_word: null\nquoted: ''\nquoted_null: 'null'\n"
        )
        assert read_yaml(text).data == {
            "pass": "no",
            "rate": "010",
            "time": "12:30:45",
            "amount": "1_000",
            "date": "2024-01-01",
            "none": None,
            "empty": None,
            "null_word": None,
            "quoted": "",
            "quoted_null": "null",
        }

    def test_lists_and_keys_nest(self):
        text = "a:\n  - {b: 1, c: [2, 3]}\n  - x\n"
        assert read_yaml(text).data == {"a": [{"b": "1", "c": ["2", "3"]}, "x"]}

    def test_long_texts_are_folded_as_yaml_says(self):
        assert read_yaml("a: >\n  one\n  two\nb: |\n  one\n  two\n").data == {
            "a": "one two\n",
            "b": "one\ntwo\n",
        }

    def test_a_byte_order_mark_and_windows_line_ends_are_no_part_of_the_text(self):
        document = read_yaml("\ufeffa: 1\r\nb: 2\r\n")
        assert document.data == {"a": "1", "b": "2"}
        assert document.text == "a: 1\nb: 2\n"

    def test_an_empty_file_is_nothing(self):
        assert read_yaml("# only a comment\n").data is None

    def test_json_is_read_by_the_same_rules(self):
        text = json.dumps({"id": "a", "rate": 0.30, "on": True, "none": None, "zh": "评分表"}, indent="\t")
        assert read_yaml(text).data == {"id": "a", "rate": "0.3", "on": "true", "none": None, "zh": "评分表"}


@pytest.mark.usefixtures("parser")
class TestWhatIsRefused:
    def test_equal_keys_with_both_lines(self):
        """H32."""
        assert faults("weight: 0.3\nweight: 0.7\n") == [
            (2, "weight", 'the key "weight" stands here again, first in line 1')
        ]

    def test_equal_keys_in_json(self):
        assert faults('{"a": {"x": 1,\n "x": 2}}') == [
            (2, "a.x", 'the key "x" stands here again, first in line 1')
        ]

    def test_a_tag_that_would_run_a_program(self, tmp_path):
        """H30."""
        trace = tmp_path / "pwned"
        assert faults(f'!!python/object/apply:os.system ["touch {trace}"]') == [
            (1, None, "the tag !!python/object/apply:os.system stands here")
        ]
        assert not trace.exists()

    def test_an_alias_bomb(self):
        """H29."""
        lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
        lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9)]
        found = faults("\n".join(lines))
        assert found[0] == (1, None, "an anchor (&a0) stands here")
        assert found[2] == (2, None, "an alias (*a0) stands here")
        assert len(found) == 51
        assert found[-1][2] == "reading stopped here"

    def test_a_merge_key(self):
        assert faults("a: 1\n<<: {b: 2}\n") == [(2, None, "a merge key (<<) stands here")]

    def test_a_quoted_merge_key_is_a_name_like_another(self):
        assert read_yaml("'<<': 1\n").data == {"<<": "1"}

    def test_two_documents(self):
        assert faults("a: 1\n---\nb: 2\n---\nc: 3\n") == [(2, None, "a second document starts here (---)")]

    def test_a_key_that_is_a_list_or_nothing(self):
        assert faults("? [a]\n: b\n") == [(1, None, "a key is not a text")]
        assert faults("? {a: 1}\n: b\n") == [(1, None, "a key is not a text")]
        assert faults("a: 1\n~: b\n") == [(2, None, "a key is not a text")]

    def test_every_fault_at_once_in_the_order_of_the_file(self):
        found = faults("a: &x 1\nb: *x\nc: !!int 3\nc: 4\n")
        assert [line for line, _place, _what in found] == [1, 2, 3, 4]

    def test_what_was_found_before_the_file_breaks_off(self):
        found = faults("a: 1\na: 2\nb: [1\n")
        assert [line for line, _place, _what in found] == [2, 3]

    def test_nesting_beyond_the_limit(self):
        assert faults("[" * 10_000)[0][2] == f"lists and keys are nested more than {MAX_DEPTH} deep"
        assert faults("{a: " * 10_000)[0][2] == f"lists and keys are nested more than {MAX_DEPTH} deep"
        assert faults("- " * 10_000)[0][2] == f"lists and keys are nested more than {MAX_DEPTH} deep"
        assert faults("? " * 10_000)[0][2] == f"lists and keys are nested more than {MAX_DEPTH} deep"

    def test_nesting_up_to_the_limit_is_read(self):
        assert read_yaml("[" * MAX_DEPTH + "]" * MAX_DEPTH).data

    def test_control_characters_written_with_a_backslash(self):
        assert faults('a: 1\nb: "x\\0y"\n') == [
            (2, None, "the hidden character U+0000 is written here with a backslash")
        ]
        assert faults('b: "\\u202e1"\n')[0][2] == (
            "the hidden character U+202E is written here with a backslash"
        )

    def test_half_a_character_written_with_a_backslash(self):
        assert len(faults('{"a": "\\ud83d\\ude00"}')) == 1

    def test_a_hidden_character_in_a_name_of_the_file_is_spelled_out(self):
        with pytest.raises(DefinitionError) as caught:
            read_yaml("a: [", name="r\u202e.yaml")
        assert caught.value.lines("en")[0].startswith("rU+202E.yaml:1: ")


def test_more_values_than_the_limit_are_refused_before_they_are_built():
    text = "".join(f"- {n}\n" for n in range(MAX_NODES + 10))
    assert faults(text) == [(MAX_NODES, None, f"the file holds more than {MAX_NODES:,} values")]


class TestLines:
    TEXT = (
        "# a comment\nid: a\n\ncriteria:\n  - id: one\n    weight: 0.5\n"
        "  - id: two\n    title:\n      zh: 甲\n"
    )

    @pytest.mark.parametrize(
        ("where", "line"),
        [
            ((), 2),
            (("id",), 2),
            (("criteria",), 4),
            (("criteria", 0), 5),
            (("criteria", 0, "weight"), 6),
            (("criteria", 1), 7),
            (("criteria", 1, "title", "zh"), 9),
            (("criteria", 1, "title", "en"), 8),
            (("criteria", 7, "title"), 4),
            (("nowhere",), 2),
        ],
    )
    def test_a_place_has_its_line_or_that_of_the_nearest_thing_around_it(self, where, line):
        assert read_yaml(self.TEXT).line_of(where) == line

    def test_places_are_written_as_people_count(self):
        assert place(("criteria", 1, "levels", 0, "text")) == "criteria[2].levels[1].text"
        assert place((0, "a")) == "[1].a"
        assert place(()) == ""


class TestFiles:
    def test_a_file_is_read_and_named(self, tmp_path):
        file = tmp_path / "评分表.yaml"
        file.write_text("id: a\n", encoding="utf-8")
        document = read_yaml(file)
        assert document.name == str(file)
        assert document.data == {"id": "a"}

    def test_faults_call_the_file_as_it_was_asked_to(self, tmp_path):
        file = tmp_path / "a.yaml"
        file.write_text("a: [\n", encoding="utf-8")
        with pytest.raises(DefinitionError) as caught:
            read_yaml(file, name="upload.yaml")
        assert caught.value.faults[0].file == "upload.yaml"


SNIPPETS = ["a: ", "- ", "{", "}", "[", "]", ",", "'", '"', "|", ">", "&x ", "*x", "!t ", "<<: ", "\n", "  "]
SNIPPETS += ["\t", "---", "...", "%", "@", "`", "? ", ": ", "#", "\\", "\\u0000", "0", "评", "\r\n", "\ufeff"]
SNIPPETS += ["\x00", "~"]


@pytest.mark.parametrize("loader", PARSERS, ids=["libyaml", "python"])
@given(text=st.text() | st.lists(st.sampled_from(SNIPPETS)).map("".join))
def test_any_text_gives_a_document_or_faults_in_both_languages(loader, text):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reader, "_PARSER", loader)
        try:
            document = read_yaml(text, name="x")
        except DefinitionError as error:
            assert all(error.lines("zh"))  # noqa: PT017 both outcomes are right
            assert all(error.lines("en"))  # noqa: PT017 both outcomes are right
        else:
            json.dumps(document.data)


def plain(data):
    """Return JSON data as the reader gives it."""
    if isinstance(data, dict):
        return {key: plain(value) for key, value in data.items()}
    if isinstance(data, list):
        return [plain(item) for item in data]
    return data


typed = st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Cs", "Cn", "Zl", "Zp", "Co"))
trees = st.recursive(
    st.none() | st.text(typed),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(typed), inner, max_size=4),
    max_leaves=20,
)


@pytest.mark.parametrize("loader", PARSERS, ids=["libyaml", "python"])
@given(tree=trees)
def test_json_of_texts_reads_back_as_it_was(loader, tree):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reader, "_PARSER", loader)
        assert read_yaml(json.dumps(tree, ensure_ascii=False)).data == tree
