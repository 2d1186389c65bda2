"""Under the pseudo language every translated text stands in ⟦ ⟧; what stands outside was forgotten."""

from __future__ import annotations

import html
import json
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import get_args

import pytest

from poc_eval.cli import COMMANDS, main
from poc_eval.dossiers import dossier_of
from poc_eval.rendering import rendered
from poc_eval.report.gathering import gathered
from poc_eval.report.page import render_page
from poc_eval.views.review import review_page, review_summary
from poc_eval.workspace.decision_book import Deciding, Decisions
from poc_eval.workspace.demo import fill_demo
from poc_eval.workspace.desk import Desk
from poc_eval.workspace.documents import read_notebook
from poc_eval.workspace.panel_records import TextPart
from poc_eval.workspace.panels import Panels
from poc_eval.workspace.records import Member
from poc_eval.workspace.workspace import Workspace

PLACE = re.compile(r"^[a-z_.]+: ")
"""Where a fault stands, in the notation of its file or form."""


@pytest.fixture(scope="module")
def forgotten(pseudo_words):
    return pseudo_words.forgotten


def names_of_calls(shown):
    """Return what a person types: program, commands, options, names of arguments, choices."""
    return {
        "poc-eval",
        *COMMANDS,
        *re.findall(r"--?[a-z-]+", shown),
        *re.findall(r"\b[A-Z]{2,}(?:\.[a-z|]+)?\b", shown),
        *re.findall(r"\{[a-z,]+\}", shown),
    }


@pytest.fixture(autouse=True)
def pseudo(monkeypatch):
    monkeypatch.setenv("POC_EVAL_LANG", "pseudo")


def test_a_forgotten_word_is_found(forgotten):
    assert forgotten("⟦Total ⟦7⟧⟧ 评分 7") == ["评分"]


@pytest.mark.parametrize("call", [[], *([name] for name in COMMANDS)], ids=lambda call: " ".join(call) or "-")
def test_help_is_translated_to_the_last_word(capsys, call, forgotten):
    assert main([*call, "--help"]) == 0
    shown = capsys.readouterr().out
    assert forgotten(shown, names_of_calls(shown)) == []


@pytest.mark.parametrize(
    "call",
    [
        ["subsidize"],
        ["init"],
        ["init", "a", "b"],
        ["init", "a", "--json=1"],
        ["templates", "--lang", "fr"],
        ["templates", "--lang"],
    ],
    ids=" ".join,
)
def test_what_is_said_of_a_wrong_call_is_translated(capsys, call, forgotten):
    assert main(call) == 2
    said = capsys.readouterr().err
    assert forgotten(said, names_of_calls(said)) == []


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """Return the example workspace with the paths of its notebooks."""
    workspace = Workspace.create(tmp_path_factory.mktemp("demo") / "demo")
    return workspace, fill_demo(workspace)


def typed_in(workspace):
    """Return what people and files said in one language only: names, ids, answers, sources."""
    for review in workspace.reviews():
        yield from (review.id, review.reviewer, review.rubric.id, review.rubric.version, review.rubric.hash)
        yield str(review.rubric)
        yield from review.values().values()
        rubric = workspace.rubric(review.rubric)
        yield from (str(value) for value in rubric.source.model_dump().values() if value)
    for project in workspace.projects():
        yield project.id
        yield from (source for source in (project.source, *(fact.source for fact in project.facts)) if source)


def strings_in(document, key=""):
    """Yield every text of a JSON document with the key that it stands under."""
    if isinstance(document, dict):
        for name, value in document.items():
            yield from strings_in(value, name)
    elif isinstance(document, list):
        for value in document:
            yield from strings_in(value, key)
    elif isinstance(document, str):
        yield key, document


CODES = {
    "field",
    "id",
    "kind",
    "status",
    "value",
    "way",
    "hash",
    "scale",
    "project",
    "reviewer",
    "review",
    "path",
}
"""Keys of the form document whose values are for the program."""
ANSWERS = {"band", "score", "reason", "evidence", "beside", "points"}
"""Keys that name the field of an answer."""


def test_the_form_is_translated_to_the_last_word(demo, forgotten):
    workspace, _ = demo
    known = set(typed_in(workspace))
    for review in workspace.reviews():
        reply = Desk(workspace).handle("GET", f"reviews/{review.id}", lang="pseudo")
        assert reply.status == 200
        words = {
            (key, text)
            for key, text in strings_in(reply.body)
            if key not in CODES | ANSWERS and forgotten(text, known)
        }
        assert words == set()


def test_what_the_desk_refuses_is_translated(demo, forgotten):
    workspace, _ = demo
    desk = Desk(workspace)
    review = next(one for one in workspace.reviews() if one.status == "submitted")
    draft = next(one for one in workspace.reviews() if one.status == "draft")
    for method, path, body in (
        ("GET", "reviews/nobody", None),
        ("GET", "nowhere", None),
        ("DELETE", f"reviews/{draft.id}", None),
        ("PATCH", f"reviews/{review.id}", {"changes": [{"field": "opinion", "value": "x", "base": 0}]}),
        ("PATCH", f"reviews/{draft.id}", {"changes": [{"field": "lunch", "value": "x", "base": 0}]}),
        ("PATCH", f"reviews/{draft.id}", {"changes": "x"}),
        ("POST", f"reviews/{draft.id}/submit", {"revision": draft.revision}),
        ("POST", f"reviews/{draft.id}/submit", {"revision": 0}),
        ("POST", f"reviews/{draft.id}/amend", {"reason": ""}),
    ):
        reply = desk.handle(method, path, body, lang="pseudo")
        assert reply.status >= 400, path
        for key, text in strings_in(reply.body):
            assert key in CODES or forgotten(PLACE.sub("", text), set(typed_in(workspace))) == [], (
                path,
                key,
                text,
            )


TAG = re.compile(r"<(style|script)\b.*?</\1>|<[^>]+>", re.DOTALL)
ATTRIBUTE = re.compile(r"\b(?:aria-label|alt|title|placeholder)=\"([^\"]*)\"")


def words_of(page):
    """Return what a person reads or hears of a page, piece by piece."""
    pieces = [*TAG.sub("\n", page).split("\n"), *ATTRIBUTE.findall(page)]
    return [html.unescape(piece) for piece in pieces]


def test_a_report_is_translated_to_the_last_word(demo, forgotten):
    workspace, notebooks = demo
    of_reviews = [document for document in map(read_notebook, notebooks) if document.review is not None]
    assert of_reviews
    for document in of_reviews:
        paper, _ = gathered(document, workspace)
        page = render_page(paper, "pseudo")
        written = "\n".join(cell.text for cell in document.cells)
        narrative = {line.strip("#- 0123456789.") for line in written.split("\n") if line}
        known = {*typed_in(workspace), page.code, paper.template.id, *narrative}
        texts = words_of(page.html[page.html.index("<body") :])
        assert {text: forgotten(text, known) for text in texts if forgotten(text, known)} == {}


def test_what_a_notebook_shows_without_a_widget_is_translated_to_the_last_word(demo, forgotten):
    workspace, _ = demo
    known = set(typed_in(workspace))
    for review in workspace.reviews():
        for view in (review_page, review_summary):
            texts = words_of(view(dossier_of(review, workspace), "pseudo"))
            assert {text: forgotten(text, known) for text in texts if forgotten(text, known)} == {}


@pytest.fixture(scope="module")
def panel_home(demo):
    """The example workspace with a panel in its books."""
    workspace, _ = demo
    panels = Panels(workspace.store)
    ids = [project.id for project in workspace.projects()]
    panel = panels.create("秋季评审会", ids, by="秘书", held_on=date(2026, 11, 20), place="三楼会议室")
    for member in (
        Member("示例专家甲", "某医院", "主任医师", "麻醉", chair=True),
        Member("示例专家乙", "某大学", "教授", "神经外科"),
        Member("未到专家", "某研究所", "研究员", "器械"),
    ):
        panels.put_member(panel.id, member, by="秘书")
    panels.step_aside(panel.id, "示例专家乙", ids[0], rule="same_unit", reason="同一单位任职", by="秘书")
    panels.replace(panel.id, "示例专家乙", ids[0], replacement="未到专家", by="秘书")
    ref = workspace.pin("medical-poc")
    decided = Deciding(ids[0], ref, "revise", "补充对照数据", "王主任", date(2026, 11, 20), body="主任办公会")
    Decisions(workspace).record(replace(decided, amount=Decimal(800000)), by="秘书")
    return workspace


@pytest.mark.parametrize("with_names", [True, False])
@pytest.mark.parametrize(
    ("kind", "part"), [("panel-summary", None), *(("panel-text", part) for part in get_args(TextPart))]
)
def test_a_panels_pages_are_translated_to_the_last_word(panel_home, forgotten, kind, part, with_names):
    options = json.dumps({"with_names": with_names, "part": part})
    page = rendered(panel_home, kind, "medical-poc", "pseudo", options)
    names = (
        "秋季评审会",
        "三楼会议室",
        "某医院",
        "主任医师",
        "麻醉",
        "某大学",
        "教授",
        "神经外科",
        "未到专家",
    )
    said = ("某研究所", "研究员", "器械", "同一单位任职", "补充对照数据", "王主任", "主任办公会")
    methods = ("ICC", "Krippendorff", "Kendall")
    known = {*typed_in(panel_home), *names, *said, *methods}
    # A label in a chart is cut to its place; the table beside it has the same words in full.
    texts = words_of(re.sub(r"<text\b.*?</text>", "", page))
    assert {text: forgotten(text, known) for text in texts if forgotten(text, known)} == {}
