import json

import pytest

from poc_eval.scoring.review import evaluate, field_names
from poc_eval.scoring.rubric import Rubric
from poc_eval.workspace.pinning import known_rubrics
from poc_eval.workspace.records import DefinitionRef
from poc_eval.workspace.sheet_document import STAGES, sheet_document

REF = DefinitionRef("poc-small", "1.0", "ab" * 32)


def sheet(rubric, lang="zh"):
    required = dict.fromkeys((node.criterion.id for node in rubric.every_node), None)
    return sheet_document(rubric, REF, required, lang)


def fields_in(value):
    if isinstance(value, dict):
        for key, inner in value.items():
            if isinstance(inner, str) and (
                key in {"field", "reason", "points", "band", "score", "evidence", "beside"}
            ):
                yield inner
            yield from fields_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from fields_in(inner)


@pytest.fixture
def rubric(small_rubric):
    return Rubric.load(small_rubric)


def test_every_field_that_is_asked_stands_on_the_sheet_and_no_other(rubric, tmp_path):
    for one in (rubric, *known_rubrics(tmp_path)[0]):
        named = {
            name for name in fields_in(sheet(one)) if "." in name or name in {"recommendation", "opinion"}
        }
        plain = {name for name in named if not name.replace(".", "").isdigit()}
        assert plain == set(field_names(one))


def test_a_sheet_is_plain_json_with_figures_as_text(rubric):
    need = json.loads(json.dumps(sheet(rubric)))["criteria"][0]
    assert (need["full_mark"], need["step"], need["way"]) == ("5", "0.5", "levels")
    assert need["levels"][0] == {"score": "5", "text": "需求明确且普遍", "evidence": ["附件"]}


def test_a_value_that_the_sheet_offers_is_one_that_fits(rubric):
    shown = sheet(rubric)
    by_id = {criterion["id"]: criterion for criterion in shown["criteria"]}
    answers = {
        "criteria.need.score": by_id["need"]["levels"][0]["score"],
        "criteria.novelty.band": by_id["novelty"]["bands"][0]["value"],
        "criteria.novelty.score": by_id["novelty"]["bands"][0]["from"],
        "criteria.maturity.beside": by_id["maturity"]["beside"]["levels"][3]["value"],
        "recommendation": shown["recommendation"]["options"][0]["value"],
        "undertaking.conflict": shown["undertaking"][0]["options"][0]["value"],
    }
    assert evaluate(rubric, answers).faults == ()


def test_the_reason_for_stepping_aside_stands_right_after_the_question(rubric):
    kinds = [(item["field"].split(".")[1], item["kind"]) for item in sheet(rubric)["undertaking"]]
    assert kinds == [
        ("conflict", "choice"),
        ("conflict_reason", "text"),
        ("confidentiality", "check"),
        ("integrity", "check"),
    ]


def test_every_stage_has_its_words_in_both_languages():
    assert set(STAGES) == {"selection", "plan", "acceptance", "review", "performance"}
    assert all(words.text("zh") != words.text("en") for words in STAGES.values())


def test_where_a_sheet_comes_from_stands_with_how_sure_that_is(rubric):
    assert sheet(rubric, "en")["source"] == "测试 第一条 (from this project's source documents)"


def test_nothing_on_a_sheet_escapes_translation(rubric):
    def words(value, key=""):
        if isinstance(value, dict):
            for name, inner in value.items():
                yield from words(inner, name)
        elif isinstance(value, list):
            for inner in value:
                yield from words(inner, key)
        elif isinstance(value, str) and key in {
            "title",
            "label",
            "help",
            "ask",
            "text",
            "definition",
            "stage",
            "note",
        }:
            yield value

    assert all("⟦" in shown for shown in words(sheet(rubric, "pseudo")) if shown)
