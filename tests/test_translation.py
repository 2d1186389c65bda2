"""Every sentence a person can see has its Chinese, and every Chinese sentence is still used."""

from __future__ import annotations

import ast
import json
import re
from collections import defaultdict
from dataclasses import dataclass
from string import Formatter

import pytest

QUOTED = r"\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`"
CALL_IN_A_PAGE = re.compile(rf"(?<![\w$])t\(\s*({QUOTED})?")
CALL_IN_THE_EXTENSION = re.compile(rf"\b_?trans\.(?:__|_n|_p)\(\s*({QUOTED})?")
DEFINES_T = re.compile(r"(?:function\s+|(?:const|let)\s+)t\b|\bt\s*=")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
HALF_WIDTH_AFTER_CHINESE = re.compile(r"[\u4e00-\u9fff][,;!?]")


@dataclass(frozen=True)
class Said:
    """A sentence where it stands in the sources."""

    msgid: str
    where: str


def placeholders(sentence):
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def calls_of_gettext(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_":
            yield node


def python_sentences(root):
    for file in sorted((root / "poc_eval").rglob("*.py")):
        for call in calls_of_gettext(ast.parse(file.read_text(encoding="utf-8"))):
            where = f"{file.relative_to(root)}:{call.lineno}"
            first = call.args[0] if len(call.args) == 1 else None
            assert isinstance(first, ast.Constant), f"{where}: _() takes one literal sentence and names"
            assert isinstance(first.value, str), where
            yield Said(first.value, where), {keyword.arg for keyword in call.keywords}


def page_sentences(root):
    for file in sorted((root / "poc_eval").rglob("*.js")):
        if "labextension" not in file.parts:
            yield from sentences_of(file, CALL_IN_A_PAGE, root)


def extension_sentences(root):
    for file in sorted((root / "extension" / "src").rglob("*.ts*")):
        yield from sentences_of(file, CALL_IN_THE_EXTENSION, root)


def sentences_of(file, pattern, root):
    source = file.read_text(encoding="utf-8")
    for call in pattern.finditer(source):
        where = f"{file.relative_to(root)}:{source.count(chr(10), 0, call.start()) + 1}"
        if call.group(1) is None:
            line = source[source.rfind("\n", 0, call.start()) + 1 : call.end()]
            assert DEFINES_T.search(line), f"{where}: a sentence to translate is a literal"
            continue
        literal = call.group(1)
        assert "${" not in literal, f"{where}: a sentence to translate has {{names}}, not ${{code}}"
        yield Said(unquoted(literal), where)


def unquoted(literal):
    inner = literal[1:-1].replace("\\'", "'").replace("\\`", "`").replace('\\"', '"')
    return json.loads('"' + inner.replace('"', '\\"') + '"')


@pytest.fixture(scope="module")
def said(root):
    return [said for said, _ in python_sentences(root)] + list(page_sentences(root))


@pytest.fixture(scope="module")
def entries(root):
    """Return every entry of the Chinese catalogue with the files it stands in."""
    found = defaultdict(dict)
    for file in sorted((root / "poc_eval" / "locale" / "zh").glob("*.json")):
        for msgid, chinese in json.loads(file.read_text(encoding="utf-8")).items():
            found[msgid][file.name] = chinese
    return found


def test_every_sentence_has_its_chinese(said, entries):
    lacking = [f"{one.where}: {one.msgid}" for one in said if one.msgid not in entries]
    assert not lacking, "\n" + "\n".join(lacking)


def test_no_chinese_sentence_has_lost_its_english(said, entries):
    used = {one.msgid for one in said}
    dead = [f"{', '.join(files)}: {msgid}" for msgid, files in entries.items() if msgid not in used]
    assert not dead, "\n" + "\n".join(dead)


def test_both_languages_fill_in_the_same_names(entries):
    wrong = [
        f"{file}: {msgid} -> {chinese}"
        for msgid, files in entries.items()
        for file, chinese in files.items()
        if placeholders(msgid) != placeholders(chinese)
    ]
    assert not wrong, "\n" + "\n".join(wrong)


def test_every_name_in_a_sentence_is_given_a_value_where_it_is_said(root):
    wrong = [
        f"{one.where}: {one.msgid} with {sorted(str(name) for name in given)}"
        for one, given in python_sentences(root)
        if None not in given and placeholders(one.msgid) != given
    ]
    assert not wrong, "\n" + "\n".join(wrong)


def test_one_english_sentence_has_one_chinese(entries):
    torn = [f"{msgid}: {files}" for msgid, files in entries.items() if len(set(files.values())) > 1]
    assert not torn, "\n" + "\n".join(torn)


def test_the_chinese_is_chinese_with_its_own_punctuation(entries):
    wrong = [
        f"{file}: {chinese}"
        for msgid, files in entries.items()
        for file, chinese in files.items()
        if (re.search(r"[a-z]{3}", re.sub(r"\{\w+\}", "", msgid)) and not CHINESE.search(chinese))
        or HALF_WIDTH_AFTER_CHINESE.search(chinese)
    ]
    assert not wrong, "\n" + "\n".join(wrong)


def test_each_catalogue_is_sorted_and_names_no_sentence_twice(root):
    for file in sorted((root / "poc_eval" / "locale" / "zh").glob("*.json")):
        pairs = json.loads(file.read_text(encoding="utf-8"), object_pairs_hook=list)
        names = [msgid for msgid, _ in pairs] if pairs else []
        assert names == sorted(set(names)), f"{file.name}: sort the entries, each once"


def test_the_extension_is_as_chinese_as_the_pages(root):
    catalogues = sorted((root / "poc_eval").rglob("zh_CN/**/*.json"))
    chinese = {}
    for file in catalogues:
        chinese |= json.loads(file.read_text(encoding="utf-8"))
    used = {one.msgid: one.where for one in extension_sentences(root)}
    assert not [f"{where}: {msgid}" for msgid, where in used.items() if not chinese.get(msgid)]
    assert not [msgid for msgid in chinese if msgid and msgid not in used]
