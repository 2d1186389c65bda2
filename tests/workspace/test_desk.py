import json

import pytest

from poc_eval.i18n import catalogue
from poc_eval.workspace.desk import Desk
from poc_eval.workspace.local import FILE


@pytest.fixture
def desk(workspace):
    return Desk(workspace)


@pytest.fixture
def save(desk, draft):
    """Return a function that saves fields as a page would that saw nothing before."""

    def save(base=0, review=draft.id, **fields):
        changes = [{"field": name, "value": value, "base": base} for name, value in fields.items()]
        return desk.handle("PATCH", f"reviews/{review}", {"changes": changes}, "zh")

    return save


@pytest.fixture
def submitted(desk, draft, save, complete_answers):
    """Return the reply to submitting a complete review."""
    assert save(**complete_answers).status == 200
    return desk.handle("POST", f"reviews/{draft.id}/submit", {"revision": 1}, "zh")


def test_a_new_review_is_shown_with_everything_that_is_asked(desk, draft):
    reply = desk.handle("GET", f"reviews/{draft.id}")
    assert reply.status == 200
    assert set(reply.body) == {"review", "project", "sheet", "answers", "evaluation", "earlier"}
    assert reply.body["project"]["title"] == "颅内压平衡装置"
    assert reply.body["review"]["created_at"].endswith("+08:00")
    assert not reply.body["evaluation"]["complete"]
    json.dumps(reply.body)


def test_the_words_are_in_the_language_of_the_page(desk, draft):
    path = f"reviews/{draft.id}"
    assert desk.handle("GET", f"{path}?lang=en").body["project"]["title"].startswith("Intracranial")
    assert desk.handle("GET", path, {"lang": "en"}).body["sheet"]["stage"] == "Selection"
    assert desk.handle("GET", path, None, "en").body["sheet"]["stage"] == "Selection"
    assert desk.handle("GET", path, {"lang": "fr"}).body["sheet"]["stage"] == "立项评审"


def test_a_save_is_acknowledged_with_what_follows_from_it(save):
    reply = save(**{"criteria.need.score": "4.5", "opinion": "需求明确"})
    assert reply.status == 200
    assert reply.body["revision"] == 1
    assert reply.body["saved"] == [
        {"field": "criteria.need.score", "revision": 1},
        {"field": "opinion", "revision": 1},
    ]
    assert reply.body["conflicts"] == []
    assert reply.body["evaluation"]["running_total"] == "4.5"
    assert reply.body["saved_at"].endswith("+08:00")


def test_a_score_that_does_not_fit_is_saved_and_told(save, desk, draft):
    reply = save(**{"criteria.novelty.band": "0-6", "criteria.novelty.score": "7"})
    assert [note["field"] for note in reply.body["evaluation"]["faults"]] == ["criteria.novelty.score"]
    shown = desk.handle("GET", f"reviews/{draft.id}").body["answers"]
    assert shown["criteria.novelty.score"] == {"value": "7", "revision": 1}


def test_a_conflict_brings_both_texts_and_saves_the_rest(save):
    save(opinion="甲的意见")
    reply = save(opinion="乙的意见", recommendation="approve")
    (conflict,) = reply.body["conflicts"]
    assert (conflict["mine"], conflict["theirs"], conflict["revision"]) == ("乙的意见", "甲的意见", 1)
    assert conflict["at"].endswith("+08:00")
    assert reply.body["saved"] == [{"field": "recommendation", "revision": 2}]


def test_what_cannot_be_kept_is_told_at_once_and_nothing_is_saved(save, desk, draft):
    reply = save(**{"opinion": "长" * 20_001, "no.such": "x", "recommendation": "approve"})
    assert reply.status == 422
    assert len(reply.body["error"]["faults"]) == 2
    assert "20,001" in reply.body["error"]["what"]
    assert desk.handle("GET", f"reviews/{draft.id}").body["answers"] == {}


@pytest.mark.parametrize("value", ["a\x00b", "\ud83d"])
def test_half_characters_are_refused_and_not_stored(save, value):
    assert save(opinion=value).status == 422


@pytest.mark.parametrize(
    "changes",
    [
        None,
        "opinion",
        {},
        [1],
        [{}],
        [{"field": "opinion", "value": 3}],
        [{"field": "opinion", "value": "x", "base": -1}],
        [{"field": "opinion", "value": "x", "base": True}],
        [{"field": "opinion", "value": "x", "base": "1"}],
        [{"field": "opinion", "value": "x", "base": 10**30}],
        [{"field": ["opinion"], "value": "x"}],
    ],
)
def test_a_request_that_makes_no_sense_is_refused(desk, draft, changes):
    reply = desk.handle("PATCH", f"reviews/{draft.id}", {"changes": changes})
    assert reply.status == 422
    assert reply.body["error"]["remedy"]


def test_submitting_what_is_not_complete_brings_the_list_of_what_is_missing(
    desk, draft, save, complete_answers
):
    save(**complete_answers | {"opinion": "", "criteria.novelty.score": "2"})
    reply = desk.handle("POST", f"reviews/{draft.id}/submit", {"revision": 1}, "zh")
    assert reply.status == 422
    assert [note["field"] for note in reply.body["missing"]] == ["opinion"]
    assert [note["field"] for note in reply.body["faults"]] == ["criteria.novelty.score"]
    assert desk.handle("GET", f"reviews/{draft.id}").body["review"]["status"] == "draft"


def test_a_complete_review_is_submitted_sealed_and_locked(submitted, workspace, draft, save):
    assert submitted.status == 200
    assert submitted.body["review"]["status"] == "submitted"
    assert submitted.body["evaluation"]["total"] == "19.5"
    assert submitted.body["evaluation"]["decision"] == {"id": "pass", "title": "通过"}
    sealed = json.loads(workspace.store.submission(draft.id).snapshot)
    assert sealed["outcome"]["total"] == "19.50"
    assert sealed["outcome"]["decision"] == "pass"
    refused = save(opinion="改一下")
    assert refused.status == 423
    assert "第 2 版" in refused.body["error"]["remedy"]
    assert workspace.store.verify_log().intact


def test_submitting_again_is_harmless(submitted, desk, draft):
    again = desk.handle("POST", f"reviews/{draft.id}/submit", {"revision": 1}, "zh")
    assert again == submitted


def test_submitting_a_revision_that_is_out_of_date_is_refused(desk, draft, save, complete_answers):
    save(**complete_answers)
    reply = desk.handle("POST", f"reviews/{draft.id}/submit", {"revision": 0})
    assert reply.status == 409
    assert desk.handle("POST", f"reviews/{draft.id}/submit", {}).status == 422


def test_an_amendment_opens_a_new_version_that_shows_where_it_comes_from(submitted, desk, draft):
    assert submitted.status == 200
    reply = desk.handle("POST", f"reviews/{draft.id}/amend", {"reason": "得分录入有误"})
    assert reply.status == 200
    new = desk.handle("GET", f"reviews/{reply.body['review']}").body["review"]
    assert (new["version"], new["amends"], new["status"]) == (2, draft.id, "draft")
    assert new["amendment_reason"] == "得分录入有误"
    assert desk.handle("GET", f"reviews/{draft.id}").body["review"]["amended_by"] == new["id"]


def test_an_amendment_without_a_reason_is_refused(submitted, desk, draft):
    assert submitted.status == 200
    assert desk.handle("POST", f"reviews/{draft.id}/amend", {"reason": None}).status == 422


@pytest.mark.parametrize("character", ["\ud800", "\0"])
def test_half_a_character_is_told_wherever_it_stands(submitted, desk, draft, character):
    assert submitted.status == 200
    for reply in (
        desk.handle("POST", f"reviews/{draft.id}/amend", {"reason": f"{character}得分录入有误"}),
        desk.handle("GET", f"reviews/{character}"),
        desk.handle("POST", "notebooks", {"template": "clinical_review", "reviewer": character}),
    ):
        assert reply.status == 422
        assert "无法保存的字符" in reply.body["error"]["what"]


def test_a_review_that_is_not_there_is_said_in_the_language_of_the_page(desk):
    zh, en = (desk.handle("GET", "reviews/nobody", None, lang) for lang in ("zh", "en"))
    assert zh.status == en.status == 404
    assert "没有评审 nobody" in zh.body["error"]["what"]
    assert "no review nobody" in en.body["error"]["what"]


def test_a_store_that_is_gone_is_told_and_nothing_is_made_in_its_place(desk, draft, workspace):
    (workspace.path / FILE).unlink()
    reply = desk.handle("GET", f"reviews/{draft.id}")
    assert reply.status == 503
    assert reply.body["error"]["remedy"]
    assert not (workspace.path / FILE).exists()


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("DELETE", "reviews/x", 405),
        ("GET", "reviews/x/submit", 405),
        ("GET", "reviews", 404),
        ("GET", "", 404),
        ("GET", "../workspace", 404),
        ("GET", "reviews/%2e%2e%2f", 404),
    ],
)
def test_an_address_that_is_not_there_is_refused(desk, method, path, status):
    reply = desk.handle(method, path)
    assert reply.status == status
    assert reply.body["error"]["what"]


def test_an_error_that_nobody_foresaw_is_answered_and_goes_to_the_log(desk, draft, monkeypatch, caplog):
    def broken(review_id):
        raise RuntimeError(review_id, "secret detail")

    monkeypatch.setattr(desk.workspace.store, "review", broken)
    reply = desk.handle("GET", f"reviews/{draft.id}", None, "en")
    assert reply.status == 500
    assert "secret detail" not in json.dumps(reply.body)
    assert "secret detail" in caplog.text


def test_the_catalog_names_what_a_notebook_can_be_made_of(desk, draft):
    body = desk.handle("GET", "catalog").body
    assert [project["id"] for project in body["projects"]] == ["P1", "P2"]
    assert body["reviewers"] == [draft.reviewer]
    assert "poc-small" in [rubric["id"] for rubric in body["rubrics"]]
    assert "clinical_review" in [template["id"] for template in body["templates"]]
    assert (body["lang"], body["faults"]) == ("zh", [])


def test_a_rubric_file_with_faults_is_told_in_the_catalog_and_hides_no_other(desk, draft, workspace):
    (workspace.path / "definitions" / "broken.yaml").write_text("id: broken\n", encoding="utf-8")
    body = desk.handle("GET", "catalog").body
    assert any("broken.yaml" in line for line in body["faults"])
    assert draft.rubric.id in [rubric["id"] for rubric in body["rubrics"]]


def test_labels_hold_every_sentence_in_the_language_of_the_page(desk):
    assert desk.handle("GET", "labels", None, "zh").body == dict(catalogue("zh"))
    english = desk.handle("GET", "labels", None, "en").body
    assert all(sentence == shown for sentence, shown in english.items())
    assert desk.handle("GET", "labels?lang=pseudo").body["Selection"] == "⟦Selection⟧"


def test_the_workspace_says_who_it_is(desk, workspace):
    body = desk.handle("GET", "workspace").body
    assert body == {"id": workspace.id, "title": "评审工作区", "path": str(workspace.path)}
