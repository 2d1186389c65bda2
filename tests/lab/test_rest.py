import json
import sqlite3
import threading
from urllib.parse import quote

import pytest

from poc_eval.lab.base import PocEvalHandler

pytestmark = pytest.mark.slow
API = "/poc-eval/api"


def field_of(lab, review):
    """Return the form's opinion as it stands, with its revision."""
    return (
        lab.ask("GET", f"{API}/reviews/{review.id}?lang=zh")
        .json["answers"]
        .get("opinion", {"value": "", "revision": 0})
    )


def change(lab, review, value):
    base = field_of(lab, review)["revision"]
    return {"changes": [{"field": "opinion", "value": value, "base": base}]}


def test_the_desk_answers_over_http_in_the_language_of_the_address(lab, home):
    assert lab.ask("GET", f"{API}/workspace").json["id"] == home.id
    chinese = lab.ask("GET", f"{API}/catalog?lang=zh").json
    english = lab.ask("GET", f"{API}/catalog?lang=en").json
    assert "医学成果概念验证评审" in {template["title"] for template in chinese["templates"]}
    assert {template["id"] for template in chinese["templates"]} == {
        template["id"] for template in english["templates"]
    }
    assert chinese["templates"] != english["templates"]


def test_what_is_patched_stands_in_the_store_when_the_answer_comes(lab, home, draft):
    reply = lab.ask(
        "PATCH", f"{API}/reviews/{draft.id}", body=change(lab, draft, "同意立项，但应补充验证数据。")
    )
    assert reply.status == 200
    assert [saved["field"] for saved in reply.json["saved"]] == ["opinion"]
    assert home.store.review(draft.id).values()["opinion"] == "同意立项，但应补充验证数据。"


def test_answers_are_never_kept_by_a_cache(lab, draft):
    assert lab.ask("GET", f"{API}/reviews/{draft.id}").headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("method", ["GET", "POST", "PATCH"])
@pytest.mark.parametrize(
    "path", ["catalog", "reviews/any", "notebooks", "reports", "views/review-form/any", "nothing"]
)
def test_nobody_is_answered_without_a_login(lab, method, path):
    reply = lab.ask(method, f"{API}/{path}?lang=zh", body=None if method == "GET" else {}, token=False)
    assert reply.status in {403, 405}
    assert "Traceback" not in reply.body.decode()
    if reply.status == 403:
        assert reply.json["error"]["what"] == "本页面尚未登录，或登录已失效"


def test_a_report_and_the_form_need_a_login_too(lab):
    assert lab.ask("GET", "/poc-eval/reports/any.html", token=False).status == 403
    assert lab.ask("GET", "/poc-eval/static/form.js", token=False).status in {302, 403}


def test_a_page_that_is_logged_in_by_cookie_cannot_write_without_the_token_against_forgery(lab, home, draft):
    cookies = lab.log_in()
    cookie = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}
    body = change(lab, draft, "伪造的意见，不应写入。")
    forged = lab.ask("PATCH", f"{API}/reviews/{draft.id}?lang=en", body=body, token=False, headers=cookie)
    assert forged.status == 403
    assert forged.json["error"]["what"].startswith("this page is not logged in")
    assert home.store.review(draft.id).values().get("opinion") != "伪造的意见，不应写入。"
    honest = lab.ask(
        "PATCH",
        f"{API}/reviews/{draft.id}",
        body=change(lab, draft, "本页面写入的意见，应当保存。"),
        token=False,
        headers={**cookie, "X-XSRFToken": cookies["_xsrf"]},
    )
    assert honest.status == 200


def test_a_page_of_another_site_is_not_answered(lab, draft):
    cookies = lab.log_in()
    cookie = "; ".join(f"{name}={value}" for name, value in cookies.items())
    reply = lab.ask(
        "PATCH",
        f"{API}/reviews/{draft.id}",
        body=change(lab, draft, "来自别处的意见。"),
        token=False,
        headers={"Cookie": cookie, "X-XSRFToken": cookies["_xsrf"], "Origin": "http://elsewhere.example"},
    )
    assert reply.status in {403, 404}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b'"text"',
        b"null",
        b"\xff\xfe{}",
        b'{"changes": NaN}',
        b'{"reason": "\\ud800"}',
        b"[" * 100_000,
        b'{"a": ' * 50_000,
    ],
)
def test_a_body_that_is_no_json_object_is_refused_in_words(lab, draft, body):
    reply = lab.ask("POST", f"{API}/reviews/{draft.id}/submit?lang=zh", body=body)
    assert reply.status in {400, 422}
    assert reply.json["error"]["what"]
    assert "Traceback" not in reply.body.decode()


def test_a_body_beyond_the_limit_is_refused_before_it_is_read(lab, draft):
    reply = lab.ask(
        "PATCH",
        f"{API}/reviews/{draft.id}?lang=zh",
        headers={"Content-Length": str(PocEvalHandler.body_limit + 1)},
    )
    assert reply.status == 413
    assert reply.json["error"]["what"] == "一次提交的内容过多"


def test_a_whole_form_at_its_own_limits_is_taken(lab, draft):
    many = [{"field": "opinion", "value": "评" * 20_000, "base": 0}] * 100
    reply = lab.ask("PATCH", f"{API}/reviews/{draft.id}?lang=zh", body={"changes": many})
    assert reply.status in {200, 422}


@pytest.mark.parametrize(
    "path", ["nothing", "reviews", "reviews/a/b/c/d", "views/review-form", "../../api", ""]
)
def test_an_address_that_means_nothing_is_told_so(lab, path):
    reply = lab.ask("GET", f"{API}/{path}?lang=zh")
    assert reply.status == 404
    assert reply.json["error"]["remedy"] == "请刷新页面，或升级 poc_eval"


def test_an_unknown_review_is_told_in_the_language_of_the_page(lab):
    reply = lab.ask("GET", f"{API}/reviews/{quote('没有/这个?')}?lang=zh")
    assert reply.status == 404
    assert reply.json["error"]["what"]


@pytest.mark.parametrize("preferred", ["en-US,en;q=0.9", "zh-CN,zh;q=0.9", ""])
def test_without_a_stated_language_the_browser_decides(lab, preferred):
    reply = lab.ask("GET", f"{API}/views/no-such-view/any", headers={"Accept-Language": preferred})
    assert reply.json["error"]["what"].isascii() == preferred.startswith("en")


def test_a_store_that_is_busy_keeps_nobody_else_waiting(lab, home, draft):
    body = change(lab, draft, "等候写入的意见，最终应当保存。")
    with sqlite3.connect(home.path / "poc-eval.sqlite", isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        replies = []
        waiting = threading.Thread(
            target=lambda: replies.append(lab.ask("PATCH", f"{API}/reviews/{draft.id}", body=body))
        )
        waiting.start()
        for _ in range(5):
            assert lab.ask("GET", "/api/status").status == 200
            assert lab.ask("GET", f"{API}/catalog").status == 200
        assert waiting.is_alive()
        other.execute("ROLLBACK")
    waiting.join(60)
    assert replies[0].status == 200


def test_another_workspace_than_the_page_states_is_refused(lab, home):
    assert lab.ask("GET", f"{API}/workspace?workspace={home.id}").status == 200
    other = lab.ask("GET", f"{API}/workspace?workspace=00000000-0000-0000-0000-000000000000&lang=zh")
    assert other.status == 409
    assert "另一个工作区" in other.json["error"]["what"]


@pytest.mark.parametrize("path", ["../secret.ipynb", "/../../etc/passwd", "notebooks/../../x.ipynb"])
def test_a_path_that_leads_out_of_the_open_folder_is_refused(lab, path):
    for address in (f"notebooks?path={quote(path, safe='')}", f"catalog?notebook={quote(path, safe='')}"):
        reply = lab.ask("GET", f"{API}/{address}&lang=zh")
        assert reply.status == 403
        assert "超出了当前打开的文件夹" in reply.json["error"]["what"]


def test_a_notebook_is_made_where_lab_can_open_it_and_found_again(lab, home):
    catalog = lab.ask("GET", f"{API}/catalog?lang=zh").json
    project = next(project["id"] for project in catalog["projects"] if project["kind"] == "platform")
    order = {
        "template": "platform_review",
        "project": project,
        "reviewer": "王某",
        "rubric": "",
        "lang": "zh",
    }
    made = lab.ask("POST", f"{API}/notebooks?lang=zh", body=order)
    assert made.status == 200, made.json
    path = made.json["path"]
    assert (home.path / path).is_file()
    assert lab.ask("GET", f"/api/contents/{quote(path)}?content=0").status == 200
    seen = lab.ask("GET", f"{API}/notebooks?path={quote(path)}&workspace={home.id}").json
    assert (seen["ours"], seen["locked_cells_unchanged"], seen["workspace"]) == (True, True, home.id)


def test_a_notebook_that_cannot_be_made_is_told_with_every_fault(lab):
    reply = lab.ask(
        "POST", f"{API}/notebooks?lang=zh", body={"template": "none", "project": "none", "reviewer": "甲"}
    )
    assert reply.status == 404
    assert len(reply.json["error"]["faults"]) == 2


def test_the_form_itself_is_served_and_asked_for_anew_each_time(lab):
    form = lab.ask("GET", "/poc-eval/static/form.js")
    assert form.status == 200
    assert form.headers["Content-Type"].startswith("text/javascript")
    assert form.headers["Cache-Control"] == "no-cache"
    assert lab.ask("GET", "/poc-eval/static/../__init__.py").status in {403, 404}
    assert lab.ask("GET", "/poc-eval/static/..%2F__init__.py").status in {403, 404}


def test_nothing_of_the_programs_insides_leaves_the_server(lab, home):
    (home.path / "notebooks" / "半个.ipynb").write_text(json.dumps({"cells": 1})[:7], "utf-8")
    reply = lab.ask("GET", f"{API}/notebooks?path={quote('notebooks/半个.ipynb')}&lang=zh")
    assert reply.status == 422
    assert set(reply.json) == {"error"}
    assert "Traceback" not in reply.body.decode()
