"""What people type into working papers and panel books: shown in their reports, kept as text in workbooks."""

from __future__ import annotations

import re
import zipfile
from datetime import date
from html import unescape
from io import BytesIO

import pytest
from axe_playwright_python.sync_playwright import Axe
from hostile_words import PAYLOADS, UNSEEN, fill_with, hostile_project, nothing_ran, what_is_there

from poc_eval.report.index import write_index
from poc_eval.report.office import office_papers
from poc_eval.report.write import write_report
from poc_eval.report.written import Written
from poc_eval.workspace.panel_notebooks import new_panel_notebook
from poc_eval.workspace.panels import Panels
from poc_eval.workspace.paper_notebooks import new_paper_notebook
from poc_eval.workspace.records import Member
from poc_eval.workspace.store import Change
from poc_eval.workspace.templates import all_templates
from poc_eval.workspace.workbooks import has_workbook, write_workbook

pytestmark = [pytest.mark.browser, pytest.mark.slow]

FORMULAS = (
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(1)",
    "\t=1+1",
    "\r=1",
    "＝1+1",
    '=HYPERLINK("//evil.example")',
)
WORDS = [*PAYLOADS.values(), *FORMULAS]
PLAIN = [word for name, word in PAYLOADS.items() if name not in UNSEEN] + list(FORMULAS)
"""What a form takes, so that something follows from it."""
KINDS = sorted(one.id for one in all_templates() if one.paper_kind is not None)
PROGRAMME = {
    "rows/stages/a/months": "12",
    "rows/stages/a/cost": "100万",
    "grant": "200万",
    "clawback": "50%",
    "rows/instalments/a/share": "60%",
    "rows/instalments/a/after": "0",
    "rows/instalments/b/share": "40%",
    "rows/instalments/b/after": "1",
    "rows/deposits/r1/stage": "1",
    "rows/deposits/r1/rate": "!",
}
PANELS = {"panel_summary": "panel_summary", "portfolio_before": "portfolio_selection"}
"""What a panel's notebooks are made from, by what their reports are called here."""
UNTRIED = [kind for kind in (*KINDS, *PANELS) if kind not in {"payment_ledger", "subsidy_payout"}]
GIVEN = {
    "subsidy_payout": {
        "rows/policies/a/policy": "hefei-pilot-operation@2023.1",
        "rows/claims/a/claim_id": "C1",
        "rows/claims/a/service_revenue_declared": "4000000",
        "rows/claims/a/service_revenue": "3800000",
        "rows/reductions/a/claim_id": "C1",
        "rows/reductions/a/amount": "200000",
        "rows/vouchers/a/claim_id": "C1",
        "rows/claims/a/payee": "U",
        "rows/claims/a/period": "!2023",
        "rows/accounts/a/payee": "U",
    },
    "licence_deal": {
        "years": "6",
        "rows/sales/a/year": "2",
        "rows/costs/a/year": "1",
        "rows/payments/b/year": "3",
        "rows/payments/a/structure": "S",
        "rows/payments/a/kind": "fixed",
        "rows/payments/b/structure": "T",
        "rows/payments/b/kind": "milestone",
        "rows/royalties/a/structure": "T",
        "rows/royalties/a/up_to": "!",
        "rows/guarantees": "!",
        "rows/bids": "!",
        "reserve": "!",
    },
    "milestone_plan": PROGRAMME,
    "milestone_cashflow": PROGRAMME,
    "payment_ledger": {},
    "income_sharing": {"way": "licence", "rule": "tsinghua-fuel-cell@2021", "post": "head"},
}


@pytest.fixture(scope="module")
def reports(copy_demo, tmp_path_factory, panel_templates):
    """Return the notebooks and reports of every kind, with the words that stand in each."""
    workspace = copy_demo(tmp_path_factory.mktemp("hostile") / "demo")
    names = [word for word in WORDS if word.isprintable()]
    workspace.store.add_project(hostile_project("hostile", PAYLOADS["H08"]))
    seat_a_panel(workspace, names)
    made = {}
    for number, kind in enumerate(KINDS):
        title = names[number]
        notebook = new_paper_notebook(
            workspace, template=kind, project="hostile", title=title, by=names[-number - 1], lang="zh"
        )
        (paper,) = [one for one in workspace.papers.papers(project="hostile") if one.title == title]
        words = PLAIN if kind in GIVEN else WORDS
        said = fill_with(workspace.papers, paper.id, words[number:] + words[:number], GIVEN.get(kind, {}))
        made[kind] = (notebook, write_report(notebook, lang="both").path, [title, *said], paper.id)
    for kind in PANELS:
        template = panel_templates[PANELS[kind]]
        notebook = new_panel_notebook(workspace, template=template, rubric="medical-poc", with_names=True)
        made[kind] = (notebook, write_report(notebook, lang="both").path, [PAYLOADS["H08"]], None)
    return workspace, made


def seat_a_panel(workspace, names):
    """Let experts of hostile names and units score a hostile project, and one of them step aside."""
    ref = workspace.pin("medical-poc")
    scored = (one for one in workspace.reviews() if one.rubric == ref and one.status == "submitted")
    answers = next(one.values() for one in scored if "opinion" in one.answers)
    panels = Panels(workspace.store)
    panel = panels.create(names[3], ["hostile"], by=names[4], held_on=date(2026, 11, 20), place=names[5])
    for turn in range(3):
        name, unit, title, field = names[turn * 4 : turn * 4 + 4]
        panels.put_member(panel.id, Member(name, unit, title, field, chair=not turn), by=names[4])
        review = workspace.store.open_review("hostile", name, ref)
        said = {
            key: names[turn] + value if key.endswith(("reason", "evidence", "opinion")) else value
            for key, value in answers.items()
        }
        saved = workspace.store.save(review.id, [Change(key, value, 0) for key, value in said.items()]).review
        workspace.submit(review.id, revision=saved.revision)
    panels.step_aside(panel.id, names[0], "hostile", rule="same_unit", reason=names[9], by=names[4])


@pytest.fixture(scope="module")
def page(browser, fresh_profile):
    """Open one page for all reports."""
    with fresh_profile(browser) as profile:
        yield profile.new_page()


@pytest.mark.parametrize("kind", [*KINDS, *PANELS])
def test_hostile_words_in_a_working_paper_are_shown_and_nothing_runs(reports, page, tmp_path, kind):
    _notebook, report, said, _paper = reports[1][kind]
    html = report.read_text(encoding="utf-8")
    bare, removed = re.subn(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", html)
    assert removed == 1
    for number, opened in enumerate((html, bare)):
        file = tmp_path / f"opened-{number}.html"
        file.write_text(opened, encoding="utf-8")
        assert nothing_ran(page, file) == []
        assert what_is_there(page) == {"data": 1, "acting": 0, "style": 1, "meta": 4 - number, "handlers": 0}
    shown = one_line(page.evaluate("document.body.textContent"))
    seen = [word for word in said if word not in {PAYLOADS[name] for name in UNSEEN}]
    assert len(seen) > len(said) / 2
    assert [word for word in seen if one_line(word) not in shown] == []


@pytest.mark.parametrize("kind", UNTRIED)
def test_axe_finds_nothing_in_either_language_on_screen_and_in_print(reports, page, kind):
    """Every table and every notice is there, in both languages; other kinds have this test of their own."""
    page.goto(reports[1][kind][1].as_uri())
    for media in ("screen", "print"):
        page.emulate_media(media=media)
        response = Axe().run(page).response
        assert len(response["passes"]) > 15
        wrong = response["violations"]
        found = [f"{one['id']}: {node['html'][:300]}" for one in wrong for node in one["nodes"]]
        assert (media, found) == (media, [])


def test_the_overview_of_a_batch_shows_hostile_titles_and_names_and_nothing_runs(reports, page, tmp_path):
    written = []
    for number, name in enumerate(
        ("</title><img src=x onerror=window.__pwned=1>", "javascript:1", "a?b#c&d")
    ):
        report = list(reports[1].values())[number][1]
        copy = tmp_path / f"{name.replace('/', '')}.html"
        copy.write_bytes(report.read_bytes())
        written.append(Written(copy, "7F3C-91A2-04BE-55D0", 1, ()))
    index = write_index(tmp_path, written, [(word, word) for word in PAYLOADS.values()], lang="zh")
    html = index.read_text(encoding="utf-8")
    index.write_text(re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", html), encoding="utf-8")
    assert nothing_ran(page, index) == []
    assert what_is_there(page) == {"data": 0, "acting": 0, "style": 1, "meta": 3, "handlers": 0}
    links = page.evaluate("[...document.querySelectorAll('a')].map(one => one.href)")
    assert links == [one.path.as_uri() for one in written]


def test_a_word_paper_holds_hostile_words_as_text_and_leads_nowhere(reports):
    workspace, made = reports
    outside = set()
    for kind in ("income_sharing", "panel_summary"):
        for paper in office_papers(made[kind][1].read_text(encoding="utf-8"), workspace.path):
            with zipfile.ZipFile(BytesIO(paper.content)) as parts:
                body = parts.read("word/document.xml").decode()
                links = "".join(
                    parts.read(name).decode() for name in parts.namelist() if name.endswith(".rels")
                )
            assert not re.search(r"<w:(instrText|fldSimple|hyperlink|object|altChunk)", body)
            outside |= set(re.findall(r'Target="([^"]*)" TargetMode="External"', links))
            words = one_line(unescape("".join(re.findall(r"<w:t[ >][^<]*|<w:t>[^<]*", body))))
            assert "window.__pwned=1" in words
    assert outside == set()


def one_line(words):
    return " ".join(words.split())


def test_no_formula_of_a_workbook_holds_a_word_that_was_typed(reports):
    """H23 and H25: what looks like a formula is a text, marked so that it stays one when it is edited."""
    workspace, made = reports
    written = 0
    for notebook, _report, said, paper in made.values():
        if paper is None or not has_workbook(workspace, paper):
            continue
        with zipfile.ZipFile(write_workbook(notebook)) as book:
            sheets = [name for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
            found = [re.findall(r"<f[^>]*>([^<]*)</f>", book.read(name).decode()) for name in sheets]
            formulas = [unescape(one) for sheet in found for one in sheet]
            assert not [name for name in book.namelist() if "externalLink" in name or "vba" in name.lower()]
        assert formulas
        assert not [one for one in formulas if any(word.strip()[1:] in one for word in said)]
        written += 1
    assert written == 6
