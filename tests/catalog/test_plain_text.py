import pytest

from poc_eval.catalog.plain_text import MAX_BYTES, checked_text, read_text, shown
from poc_eval.errors import DefinitionError


def lines(content):
    with pytest.raises(DefinitionError) as caught:
        checked_text(content, "r.yaml")
    return caught.value.lines("en")


def test_bytes_that_are_not_utf_8_have_their_line():
    content = "id: a\ntitle: 评分表\n".encode("gb18030")
    assert lines(content) == [
        "r.yaml:2: the file is not written in UTF-8; open it in an editor and save it with the encoding UTF-8"
    ]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_named_where_it_says_so_itself(encoding):
    content = "\ufeffid: a\n".encode(encoding) if encoding != "utf-16" else "id: a\n".encode(encoding)
    assert "UTF-16" in lines(content)[0]


def test_every_hidden_character_has_its_line():
    assert [line.split(";")[0] for line in lines("a: \x00\nb: 1\nc: \u202e\x1b\n")] == [
        "r.yaml:1: the hidden character U+0000 stands here",
        "r.yaml:3: the hidden character U+202E stands here",
        "r.yaml:3: the hidden character U+001B stands here",
    ]


@pytest.mark.parametrize("char", ["\x85", "\u2028", "\u2029", "\ufeff", "\x7f", "\u2066", "\ud800", "\uffff"])
def test_characters_that_a_person_does_not_type_are_refused(char):
    assert f"U+{ord(char):04X}" in lines(f"a{char}b")[0]


@pytest.mark.parametrize("text", ["\ta\n", "a　b", "𠮷", "é", "😀", "\u200b"])
def test_characters_that_a_person_types_are_kept(text):
    assert checked_text(text, "x") == text


def test_a_large_file_is_refused_with_the_limit():
    assert "1,000,000 bytes" in lines(b"a" * (MAX_BYTES + 1))[0]
    assert "1,000,000 bytes" in lines("评" * (MAX_BYTES // 3 + 1))[0]


def test_no_more_than_the_limit_is_read_of_an_endless_file(tmp_path):
    file = tmp_path / "large.yaml"
    with file.open("wb") as stream:
        stream.truncate(50 * MAX_BYTES)
    with pytest.raises(DefinitionError, match="larger than"):
        read_text(file, "large.yaml")


def test_a_missing_file_a_folder_and_an_unreadable_path(tmp_path):
    with pytest.raises(DefinitionError, match="there is no such file"):
        read_text(tmp_path / "nowhere.yaml", "x")
    with pytest.raises(DefinitionError, match="this is a folder"):
        read_text(tmp_path, "x")
    with pytest.raises(DefinitionError, match="cannot be read"):
        read_text(tmp_path / ("long" * 2000), "x")
    with pytest.raises(DefinitionError, match="cannot be read"):
        read_text(tmp_path / "a\0b", "x")


def test_a_value_is_shown_on_one_line_cut_and_without_hidden_characters():
    assert shown("a\n  b\x1b[31m") == "a bU+001B[31m"
    assert shown("x" * 100) == "x" * 59 + "…"
