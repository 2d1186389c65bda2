"""What the TypeScript sources must keep to, read as text: no Node is needed for it."""

import json
import re

import pytest

import poc_eval

IMPORTED = re.compile(r"""from '(@(?:jupyterlab|lumino)/[^'/]+)'""")


@pytest.fixture(scope="module")
def sources(root):
    return {path.name: path.read_text("utf-8") for path in sorted((root / "extension/src").glob("*.ts"))}


@pytest.fixture(scope="module")
def package(root):
    return json.loads((root / "extension/package.json").read_text("utf-8"))


def test_the_chinese_of_the_extension_says_what_it_is_in_the_words_that_lab_looks_for(root):
    catalogue = root / "poc_eval/lab/locale/zh_CN/LC_MESSAGES/poc_eval.json"
    head = json.loads(catalogue.read_text("utf-8"))[""]
    assert (head["domain"], head["language"]) == ("poc_eval", "zh-CN")
    assert head["plural_forms"]


def test_every_imported_part_of_lab_is_declared(sources, package):
    imported = {name for text in sources.values() for name in IMPORTED.findall(text)}
    assert imported == set(package["dependencies"])


def test_the_extension_and_the_package_have_one_version(root, package):
    project = (root / "pyproject.toml").read_text("utf-8")
    assert f'version = "{package["version"]}"' in project
    assert poc_eval.__version__ == package["version"]
    catalogue = root / "poc_eval/lab/locale/zh_CN/LC_MESSAGES/poc_eval.json"
    assert json.loads(catalogue.read_text("utf-8"))[""]["version"] == package["version"]


def test_the_lock_file_pins_content_and_names_no_place_to_fetch_it_from(root):
    lock = json.loads((root / "extension/package-lock.json").read_text("utf-8"))
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert len(packages) > 100
    assert not [name for name, entry in packages.items() if "resolved" in entry]
    assert not [
        name for name, entry in packages.items() if not entry.get("integrity", "").startswith("sha512-")
    ]


def test_the_toolbar_places_of_the_buttons_are_those_that_the_code_fills(root, sources):
    schema = json.loads((root / "extension/schema/plugin.json").read_text("utf-8"))
    report, workbook = schema["jupyter.lab.toolbars"]["Notebook"]
    assert f"'{report['name']}'" in sources["reports.ts"]
    assert f"'{workbook['name']}'" in sources["workbooks.ts"]
    assert "id: 'poc-eval:plugin'" in sources["reports.ts"]


def test_no_source_file_of_the_extension_grows_beyond_reading(sources):
    assert max(text.count("\n") for text in sources.values()) < 250
