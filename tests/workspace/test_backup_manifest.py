import pytest

from poc_eval.workspace.backup_manifest import Manifest, SavedFile, is_safe, manifest_from

FILE = SavedFile("notebooks/评审.ipynb", 3, "ab" * 32)
MANIFEST = Manifest("id", "2026-11-21T10:00:00+00:00", "0.1.0", 4, 1, "cd" * 32, (FILE,))


def test_a_manifest_comes_back_as_it_was_and_has_the_code_of_what_it_says():
    again = manifest_from(MANIFEST.text.encode(), "b.zip")
    assert again == MANIFEST
    assert again.code == MANIFEST.code
    assert len(MANIFEST.code.replace("-", "")) == 16


@pytest.mark.parametrize("path", ["notebooks/评审 1.ipynb", "a/b/c.txt", "..a", "a..b/…"])
def test_names_as_people_give_them_are_taken(path):
    assert is_safe(path)


@pytest.mark.parametrize("path", ["", "/a", "a/", "../a", "a/./b", "a\\b", "c:a", "a\nb", "a" * 3000])
def test_names_that_lead_elsewhere_are_not(path):
    assert not is_safe(path)
