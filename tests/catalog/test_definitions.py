import json

import pytest

from poc_eval.catalog.definitions import content_hash, entries, load_definition, parse_definition, version_key
from poc_eval.catalog.fields import Definition
from poc_eval.catalog.reader import read_yaml
from poc_eval.errors import DefinitionError, UnknownIdError


def text_of(definition_id="sheet", version="1.0", title="名"):
    title = f"title: {{zh: {title}, en: Name}}"
    return f"id: {definition_id}\nversion: {version}\n{title}\nsource: {{document: X}}\n"


@pytest.fixture
def folders(tmp_path):
    found = [tmp_path / "workspace", tmp_path / "shipped"]
    for folder in found:
        folder.mkdir()
    return found


def write(folder, name, text):
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def load(asked, folders):
    return load_definition(Definition, asked, folders=folders)


class TestById:
    def test_the_workspace_is_asked_before_the_shipped_files(self, folders):
        write(folders[0], "mine.yaml", text_of(version="2.0"))
        write(folders[1], "sheet.yaml", text_of(version="9.0"))
        assert load("sheet", folders).definition.version == "2.0"

    def test_the_shipped_file_serves_where_the_workspace_has_none(self, folders):
        file = write(folders[1], "sheet.yaml", text_of())
        loaded = load("sheet", folders)
        assert loaded.file == str(file)
        assert loaded.text == text_of()

    def test_the_highest_version_of_a_folder_is_taken(self, folders):
        for version in ("1.9", "1.10", "1.2"):
            write(folders[0], f"sheet@{version}.yaml", text_of(version=version))
        assert load("sheet", folders).definition.version == "1.10"

    def test_a_file_in_json_is_found_too(self, folders):
        data = {"id": "sheet", "version": "1", "title": {"zh": "名", "en": "N"}, "source": {"document": "X"}}
        write(folders[0], "sheet.json", json.dumps(data))
        assert load("sheet", folders).definition.id == "sheet"

    def test_the_same_id_and_version_with_another_content_names_both_files(self, folders):
        write(folders[0], "changed.yaml", text_of(title="改"))
        write(folders[1], "sheet.yaml", text_of())
        with pytest.raises(DefinitionError) as caught:
            load("sheet", folders)
        (line,) = caught.value.lines("en")
        assert line == (
            f"{folders[0] / 'changed.yaml'}: sheet version 1.0 says something else here than in "
            f"{folders[1] / 'sheet.yaml'}; give the changed file a version of its own"
        )

    def test_the_same_content_twice_is_no_trouble(self, folders):
        write(folders[0], "sheet@1.0.yaml", "# a copy\n" + text_of())
        write(folders[1], "sheet.yaml", text_of())
        assert load("sheet", folders).file == str(folders[0] / "sheet@1.0.yaml")

    def test_an_unknown_id_lists_near_ones(self, folders):
        write(folders[1], "poc-selection.yaml", text_of("poc-selection"))
        with pytest.raises(UnknownIdError) as caught:
            load("poc-selecton", folders)
        assert caught.value.lines("en") == [
            'there is no definition with the id "poc-selecton"; did you mean one of these: poc-selection?'
        ]

    def test_an_id_unlike_all_others_lists_what_there_is(self, folders):
        write(folders[1], "poc-selection.yaml", text_of("poc-selection"))
        with pytest.raises(UnknownIdError, match="known are: poc-selection"):
            load("xyz", folders)

    def test_where_there_is_nothing_an_id_is_asked_for(self, tmp_path):
        with pytest.raises(UnknownIdError, match="give an id that the list shows"):
            load("xyz", [tmp_path / "nowhere"])

    def test_a_broken_file_named_for_the_id_shows_its_faults_and_not_the_shipped_one(self, folders):
        write(folders[0], "sheet.yaml", "id: sheet\nid: sheet\n")
        write(folders[1], "sheet.yaml", text_of())
        with pytest.raises(DefinitionError, match="stands here again"):
            load("sheet", folders)

    def test_a_broken_file_of_another_name_stands_in_nobodys_way(self, folders):
        write(folders[0], "draft.yaml", "id: [\n")
        write(folders[0], "notes.txt", "id: sheet\n")
        write(folders[0], "list.yaml", "- sheet\n")
        write(folders[1], "sheet.yaml", text_of())
        assert load("sheet", folders).file == str(folders[1] / "sheet.yaml")
        assert [entry.id for folder in folders for entry in entries(folder)] == ["sheet"]

    @pytest.mark.parametrize("asked", ["", ".", "..", "a\0b", "x" * 5000, "*", "~", "sheet\n"])
    def test_odd_ids_are_unknown_and_nothing_worse(self, folders, asked):
        with pytest.raises(UnknownIdError):
            load(asked, folders)


class TestByPath:
    @pytest.mark.parametrize("name", ["a.yaml", "a.yml", "a.json", "A.YAML"])
    def test_a_name_with_the_suffix_of_a_definition_is_a_path(self, tmp_path, monkeypatch, name):
        monkeypatch.chdir(tmp_path)
        write(tmp_path, name, text_of())
        assert load(name, []).definition.id == "sheet"

    def test_a_path_object_is_a_path(self, tmp_path):
        assert load(write(tmp_path, "a.yaml", text_of()), []).definition.id == "sheet"

    def test_an_existing_file_without_a_suffix_is_read_where_no_id_fits(self, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)
        write(tmp_path, "sheet", text_of("other"))
        assert load("sheet", []).definition.id == "other"

    @pytest.mark.parametrize(
        "asked", ["nowhere.yaml", "no/sheet", "..\\sheet", "a\0b.yaml", f"{'x' * 5000}.yaml"]
    )
    def test_a_path_that_leads_nowhere_is_a_fault_of_the_definition(self, asked):
        with pytest.raises(DefinitionError):
            load(asked, [])

    def test_a_folder_named_like_a_file_stands_in_nobodys_way(self, folders):
        (folders[0] / "sheet.yaml").mkdir()
        write(folders[1], "sheet.yaml", text_of())
        assert load("sheet", folders).definition.id == "sheet"


class TestHash:
    def test_layout_comments_and_order_of_keys_do_not_count(self):
        one = read_yaml("a: 1\nb: [x, y]\n").data
        two = read_yaml('# c\n{"b": ["x", "y"],\n "a": 1}').data
        assert content_hash(one) == content_hash(two)

    @pytest.mark.parametrize("text", ["a: 1.0", "a: '1 '", "a: [1]", "a:", "b: 1"])
    def test_every_difference_in_content_counts(self, text):
        assert content_hash(read_yaml("a: 1").data) != content_hash(read_yaml(text).data)

    def test_is_the_sha_256_of_canonical_json(self):
        # printf '{"a":"名","b":[null,"0.30"]}' | sha256sum
        assert content_hash({"b": [None, "0.30"], "a": "名"}) == (
            "f72e0544c7c26fd13e879465b00ffe7961fc0b2f2d9c64a371542e663d6abd93"
        )

    def test_a_parsed_text_has_the_same_hash_as_its_file(self, tmp_path):
        file = write(tmp_path, "a.yaml", text_of())
        assert parse_definition(Definition, text_of(), "x").hash == load(str(file), []).hash


def test_versions_are_ordered_by_their_numbers():
    assert sorted(["2023.1", "1.10", "2", "1.9", "1.2"], key=version_key) == [
        "1.2",
        "1.9",
        "1.10",
        "2",
        "2023.1",
    ]
