import json

from poc_eval.workspace.catalog_document import catalog_document
from poc_eval.workspace.pinning import known_rubrics


def test_what_a_notebook_can_be_made_of_is_named_in_the_language_of_the_page(workspace):
    zh, en = (catalog_document(workspace, lang) for lang in ("zh", "en"))
    assert [one["id"] for one in zh["templates"]] == [one["id"] for one in en["templates"]]
    assert zh["templates"][0]["title"] != en["templates"][0]["title"]
    assert zh["projects"][0] == {"id": "P1", "title": "颅内压平衡装置", "kind": "project"}
    json.dumps([zh, en])


def test_every_rubric_that_a_template_names_is_there(workspace):
    known = {rubric["id"] for rubric in catalog_document(workspace, "zh")["rubrics"]}
    named = {rubric for one in catalog_document(workspace, "zh")["templates"] for rubric in one["rubrics"]}
    assert named <= known
    assert known == {rubric.id for rubric in known_rubrics(workspace.path)[0]}


def test_people_who_reviewed_are_offered_again(workspace, draft):
    assert catalog_document(workspace, "zh")["reviewers"] == [draft.reviewer]
