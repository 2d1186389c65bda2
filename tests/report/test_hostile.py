"""What people type, paste or draw: a browser shows it and does nothing else, with the policy and without."""

from __future__ import annotations

import json
import re

import pytest
from hostile_words import PAYLOADS, hostile_project, nothing_ran, what_is_there
from pypdf import PdfReader
from pypdf.generic import IndirectObject, NameObject
from resealing import verified

from poc_eval.errors import InputError
from poc_eval.hidden import HIDDEN
from poc_eval.report.chromium import print_pdf
from poc_eval.report.frame import DATA_ID
from poc_eval.report.write import write_report
from poc_eval.workspace.people_rows import clean_name

pytestmark = pytest.mark.browser


def reports_to_make():
    """Return the words of each report: every case alone, the variants of its class together."""
    made = {}
    for name, words in PAYLOADS.items():
        case, variant, _rest = name.partition("-")
        key = f"{case}-variants" if variant else case
        made[key] = f"{made[key]}\n{words}" if key in made else words
    return made


REPORTS = reports_to_make()
DRAWING = (
    "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9' onload='window.__pwned=1'>"
    "<script>window.__pwned=1</script><image href='https://evil.example/x.png'/></svg>"
)
PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
NEVER_SHOWN = (
    *("text/html", "text/markdown", "text/latex", "text/plain", "application/javascript", "application/json"),
    *("application/vnd.jupyter.widget-view+json", "application/vnd.plotly.v1+json", "application/pdf"),
    *("application/vnd.jupyter.error", "image/gif", "image/jpeg", "text/vnd.mermaid", "video/mp4"),
)
ANSWERS = {
    "undertaking.conflict": "none",
    "undertaking.confidentiality": "yes",
    "undertaking.integrity": "yes",
    "screening.untrue": "no",
    "criteria.need.band": "50-97",
    "criteria.need.score": "77",
    "recommendation": "approve",
}
RUBRIC = """\
id: hostile-NUMBER
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


def hostile_report(home, payload, code_cell):
    """Write the report on a review in which everything that a person can fill holds ``payload``."""
    number = len(home.workspace.projects())
    home.project = hostile_project(f"hostile-{number}", payload)
    home.workspace.store.add_project(home.project)
    file = home.folder / f"hostile-{number}.yaml"
    # What YAML itself cannot hold never gets as far as a page.
    words = json.dumps(HIDDEN.sub("", payload), ensure_ascii=False)
    file.write_text(RUBRIC.replace("WORDS", words).replace("NUMBER", str(number)), encoding="utf-8")
    home.notebook = home.new(rubric=str(file), reviewer=payload if is_name(payload) else "专家")
    home.review = next(one for one in home.workspace.reviews() if one.project_id == home.project.id)
    long = f"{payload} 这是一条足够长的理由，说明评分的依据和考虑。"
    answers = {"screening.untrue.reason": payload, "criteria.need.evidence": payload}
    home.submit(ANSWERS | answers | {"criteria.need.reason": long, "opinion": long})
    home.write(*cells(payload, code_cell))
    home.edit(lambda document: poison(document, payload))
    return write_report(home.notebook, lang="both").path


def is_name(words):
    try:
        clean_name(words)
    except InputError:
        return False
    return True


def cells(payload, code_cell):
    """Return cells of every kind that hold a payload, H13's and H15's pictures among them."""
    sized = {"image/png": {"width": "1 onerror=window.__pwned=1", "alt": payload}}
    return (
        payload + "\ud800",
        f"# {payload}\n\n- {payload}\n\n`{payload}`\n\n    {payload}",
        f"| {payload} | b |\n|--|--|\n| c | d |",
        f"![{payload}](attachment:a.png)",
        code_cell({"image/png": PIXEL}, metadata=sized),
        code_cell({"image/svg+xml": DRAWING}),
        code_cell(dict.fromkeys(NEVER_SHOWN, payload), metadata=dict.fromkeys(NEVER_SHOWN, payload)),
    )


def poison(document, payload):
    """Put a payload wherever a notebook keeps words of its own."""
    document["metadata"]["title"] = payload
    document["metadata"]["authors"] = [{"name": payload}]
    document["metadata"]["widgets"] = {"state": {"description": payload, "description_allow_html": True}}
    document["metadata"]["kernelspec"] = {"name": payload, "display_name": payload}
    document["cells"][-1]["metadata"] = {"tags": [payload], "slideshow": payload, "name": payload}
    document["cells"][-4]["attachments"] = {"a.png": {"image/png": PIXEL, "text/html": payload}}


@pytest.fixture(scope="module")
def home(review_case, tmp_path_factory):
    """Return one workspace, for a hostile project, rubric and notebook of every report."""
    return review_case(tmp_path_factory.mktemp("hostile") / "home")


@pytest.fixture(scope="module")
def page(browser, fresh_profile):
    """Open one page for all reports."""
    with fresh_profile(browser) as profile:
        yield profile.new_page()


@pytest.mark.parametrize("name", REPORTS)
def test_hostile_words_are_shown_and_nothing_runs(home, page, code_cell, tmp_path, name):
    payload = REPORTS[name]
    html = hostile_report(home, payload, code_cell).read_text(encoding="utf-8")
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
        if not HIDDEN.search(payload):
            shown = " ".join(page.evaluate("document.body.innerText").split())
            assert shown.count(" ".join(payload.split())) >= 15
    assert verified(html.encode(), home.workspace).verified


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


def test_a_print_holds_hostile_words_as_words_and_leads_nowhere(home, code_cell, tmp_path):
    """Also where an escape had failed: the page's policy holds for the browser that prints."""
    words = "\n".join(PAYLOADS[name] for name in ("H01", "H02", "H05", "H07", "H08", "H09-inline", "address"))
    html = hostile_report(home, words, code_cell).read_text(encoding="utf-8")
    secret = tmp_path / "secret.txt"
    secret.write_text("not for the print", encoding="ascii")
    broken = f"<iframe src='{secret.as_uri()}'></iframe><script>document.body.textContent='changed'</script>"
    page = tmp_path / "page.html"
    page.write_text(html.replace("</main>", f"{broken}</main>"), encoding="utf-8")
    print_pdf(page, tmp_path / "page.pdf")
    reader = PdfReader(tmp_path / "page.pdf")
    shown = "".join("".join(sheet.extract_text() for sheet in reader.pages).split())
    assert [line for line in words.splitlines() if "".join(line.split()) not in shown] == []
    assert "notfortheprint" not in shown
    assert "changed" not in shown
    acting = {"/JS", "/JavaScript", "/Launch", "/URI", "/AA", "/OpenAction", "/EmbeddedFiles", "/AcroForm"}
    known = {name for number in range(1, len(reader.xref[0])) for name in keys_of(reader.get_object(number))}
    assert acting & known == set()
    assert "/Page" in known


def keys_of(value):
    """Yield the names in a PDF's object, not following its references."""
    if isinstance(value, NameObject):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from () if isinstance(inner, IndirectObject) else keys_of(inner)
    yield from value if isinstance(value, dict) else ()
