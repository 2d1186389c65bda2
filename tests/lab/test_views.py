import pytest

pytestmark = pytest.mark.slow
VIEWS = "/poc-eval/api/views"


@pytest.mark.parametrize(
    ("kind", "lang"), [("review-form", "zh"), ("review-summary", "zh"), ("review-summary", "en")]
)
def test_a_view_is_rendered_from_the_record_in_the_language_of_the_page(lab, home, draft, kind, lang):
    reply = lab.ask("GET", f"{VIEWS}/{kind}/{draft.id}?lang={lang}")
    assert reply.status == 200
    assert home.store.project(draft.project_id).title.text(lang) in reply.json["html"]
    assert f'lang="{"zh-CN" if lang == "zh" else "en"}"' in reply.json["html"]
    assert ".pe-view" in reply.json["style"]
    assert "<script" not in reply.json["html"]


def test_a_view_shows_what_was_saved_a_moment_ago(lab, draft):
    fields = lab.ask("GET", f"/poc-eval/api/reviews/{draft.id}?lang=zh").json
    base = fields["answers"].get("opinion", {"revision": 0})["revision"]
    said = "刚刚写下的意见 <b>不是标记</b>，请核对。"
    saved = lab.ask(
        "PATCH",
        f"/poc-eval/api/reviews/{draft.id}",
        body={"changes": [{"field": "opinion", "value": said, "base": base}]},
    )
    assert saved.status == 200
    html = lab.ask("GET", f"{VIEWS}/review-form/{draft.id}?lang=zh").json["html"]
    assert "刚刚写下的意见 &lt;b&gt;不是标记&lt;/b&gt;，请核对。" in html


def test_a_view_that_nobody_knows_and_a_review_that_is_not_there_are_told(lab, draft):
    unknown = lab.ask("GET", f"{VIEWS}/ranking/{draft.id}?lang=zh")
    assert unknown.status == 404
    assert unknown.json["error"]["what"] == "当前版本的程序不能显示该笔记本要求的内容"
    assert lab.ask("GET", f"{VIEWS}/review-summary/nobody?lang=zh").status == 404
