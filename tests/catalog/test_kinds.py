import pytest

from poc_eval.catalog.kinds import kind_of_document
from poc_eval.catalog.reader import read_yaml
from poc_eval.errors import DefinitionError


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("criteria: []", "rubric"),
        ("screening: []", "rubric"),
        ("short: TRL\nlevels: []", "scale"),
        ("payee: pilot_base\npayout: {}", "policy"),
        ("stages: []", "programme"),
        ("structures: {}", "deal"),
        ("criteria: []\nlevels: []\ngates: []\npanel: {}", "rubric"),
    ],
)
def test_the_keys_of_a_file_tell_what_it_is(text, kind):
    assert kind_of_document(read_yaml(text)) == kind


@pytest.mark.parametrize("text", ["", "a", "- criteria", "id: a\nversion: 1\n"])
def test_a_file_that_could_be_anything_is_refused_with_what_to_write(text):
    with pytest.raises(DefinitionError, match="a rubric has criteria"):
        kind_of_document(read_yaml(text, name="x.yaml"))
