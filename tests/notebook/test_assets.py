"""The form's modules travel beside each other, or as one."""

from __future__ import annotations

import re

import pytest

from poc_eval.notebook import assets


@pytest.fixture
def modules(root):
    folder = root / "poc_eval" / "notebook" / "static"
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in folder.rglob("*.js")
    }


def test_the_one_module_needs_no_other_and_holds_all_of_them(modules):
    whole = assets.form_module()
    assert not re.search(r"^import ", whole, re.MULTILINE)
    assert "import.meta" not in whole
    for path in modules:
        if path != "form/stylesheet.js":
            assert f"const ${path.removesuffix('.js').replace('/', '_')} =" in whole or path == "form.js"


def test_the_same_files_give_the_same_module():
    first = assets.form_module()
    assets.form_module.cache_clear()
    assert assets.form_module() == first


def test_the_style_stands_inside_the_one_module():
    assert ":host { display: block; }" in assets.form_module()


def test_every_import_and_export_is_written_the_way_that_is_understood(modules):
    for path, source in modules.items():
        imports = re.findall(r"^import .*?;$", source, re.MULTILINE | re.DOTALL)
        assert all(re.fullmatch(r'import \{[^}]*\} from "\.(/[\w-]+)+\.js";', one) for one in imports), path
        assert " as " not in "".join(imports), path
        for exported in re.findall(r"^export .*", source, re.MULTILINE):
            assert re.match(
                r"export ((async )?function|const|class) \w+|export default \{ render \};", exported
            ), path


def test_no_module_is_longer_than_a_person_reads_at_once(modules):
    assert {
        path: len(source.splitlines()) for path, source in modules.items() if source.count("\n") > 400
    } == {}


def test_modules_that_import_each_other_are_refused(monkeypatch):
    sources = {
        "form.js": 'import { a } from "./form/a.js";\n',
        "form/a.js": 'import { b } from "./b.js";\nexport const a = b;\n',
        "form/b.js": 'import { a } from "./a.js";\nexport const b = a;\n',
    }
    monkeypatch.setattr(assets, "_read", sources.__getitem__)
    assets.form_module.cache_clear()
    with pytest.raises(ValueError, match="circle"):
        assets.form_module()
    assets.form_module.cache_clear()


def test_no_text_becomes_markup_but_what_the_views_drew(modules):
    writes = [
        path
        for path, source in modules.items()
        if re.search(r"innerHTML|insertAdjacentHTML|outerHTML", source)
    ]
    assert writes == ["form/summary.js"]
