import pytest
import yaml

from poc_eval.catalog import reader
from poc_eval.catalog.reader import read_yaml
from poc_eval.errors import DefinitionError

STUMBLES = [
    ("a:\n\tb: 1\n", 2, "the line is indented with a tab"),
    ("\ta: 1\n", 1, "the line is indented with a tab"),
    ("a: b: c\n", 1, "a colon followed by a space stands where no key can stand"),
    ("x: 1\na: 'b\n\nc\n", 2, "a quotation mark opens here and is not closed"),
    ("a: [1, 2\nb: 3\n", 1, "a bracket opens here, and a comma or its closing bracket is missing after it"),
    ("a:\n  {b: 1\n", 2, "a bracket opens here, and a comma or its closing bracket is missing after it"),
    ("a: [1, , 2]\n", 1, "a value is missing between two marks"),
    ("a:\n  - [1,\n", 2, "the file ends inside a bracket"),
    ("a: [", 1, "the file ends inside a bracket"),
    ("a:\n  - b\n c: d\n", 3, "the line does not stand under the lines that it belongs to"),
    ("- a\nb: c\n", 2, "the line does not stand under the lines that it belongs to"),
    ("a: 1\nb\n", 2, "a key without a colon stands here"),
    ("a: 1\nb：2\nc: 3\n", 2, "a full-width colon (：) stands behind a key"),
    ('a: "C:\\data"\n', 1, "a backslash is followed by something that it cannot stand before"),
    ("a: @x\n", 1, "the line starts with a character that has a meaning in YAML"),
    ("a: `x\n", 1, "the line starts with a character that has a meaning in YAML"),
    ("a: !e!x 1\n", 1, "a tag (!name) stands here"),
    ("a: !<\n", 1, "a tag (!name) stands here"),
    ("a: *\n", 1, "a text that starts with & or * stands here"),
    ("a: & b\n", 1, "a text that starts with & or * stands here"),
    ("a: |x\n", 1, "a text that starts with | or > is not written as YAML asks"),
    ("%YAML 3.0\n---\na: 1\n", 1, "a line that starts with % stands here"),
]


@pytest.mark.parametrize("loader", [yaml.CSafeLoader, yaml.SafeLoader], ids=["libyaml", "python"])
@pytest.mark.parametrize(("text", "line", "what"), STUMBLES)
def test_a_stumble_of_the_parser_is_told_in_words_with_its_line(monkeypatch, loader, text, line, what):
    monkeypatch.setattr(reader, "_PARSER", loader)
    with pytest.raises(DefinitionError) as caught:
        read_yaml(text, name="r.yaml")
    fault = caught.value.faults[-1]
    assert (fault.line, fault.what.text("en")) == (line, what)
    assert fault.what.text("zh") != what
    assert fault.remedy.text("zh") != fault.remedy.text("en")
