from __future__ import annotations

import csv
import json
import re
import sqlite3
from contextlib import closing
from datetime import date
from hashlib import sha256
from io import StringIO
from types import SimpleNamespace

import pytest
from axe_playwright_python.sync_playwright import Axe
from hostile_words import PAYLOADS, hostile_project, nothing_ran, what_is_there

from poc_eval.errors import DefinitionError, InputError
from poc_eval.i18n import Text
from poc_eval.report.pack import make_pack, sample
from poc_eval.report.seal_keys import keys_folder, known_keys
from poc_eval.report.seal_register import Register
from poc_eval.report.verify import Trust, verify
from poc_eval.report.write import write_report
from poc_eval.workspace.decision_book import Deciding, Decisions
from poc_eval.workspace.records import Project
from poc_eval.workspace.scan_files import Scans


@pytest.fixture
def decided(submitted, tmp_path):
    """Return a case in which two projects were decided on, one of them with a review and a scan."""
    workspace = submitted.workspace
    workspace.store.add_project(Project("other", Text("=另一项目", "Another")))
    for project in (submitted.project.id, "other"):
        deciding = Deciding(
            project,
            submitted.review.rubric,
            "approve",
            "=1+1",
            "李主任",
            date(2026, 11, 20),
            body="主任办公会",
        )
        Decisions(workspace).record(deciding, by="张秘书")
    paper = tmp_path / "会议纪要.pdf"
    paper.write_bytes(b"%PDF-1.7\n")
    for project in (submitted.project.id, "other"):
        Scans(workspace).attach(f"project:{project}", paper, by="张秘书")
    return submitted


def packed(case, folder, *, many=None, seed=0):
    return make_pack(case.workspace, folder, many=many, seed=seed, lang="zh", seals={"seals/0001.pub": b"{}"})


def test_the_list_names_every_file_with_its_hash_and_its_period(decided, tmp_path):
    pack = packed(decided, tmp_path / "pack")
    there = {path.relative_to(pack.path).as_posix(): path for path in pack.path.rglob("*") if path.is_file()}
    assert set(there) == {one.path for one in pack.items} | {"卷内目录.html", "卷内目录.csv"}
    rows = list(csv.reader(there["卷内目录.csv"].read_text(encoding="utf-8-sig").splitlines()))
    for row, item in zip(rows[1:], pack.items, strict=True):
        assert row[-1] == item.sha256 == sha256(there[item.path].read_bytes()).hexdigest()
        assert row[-2] == "30年"
    assert not any(cell.startswith("=") for row in rows for cell in row)
    assert {one.kind for one in pack.items} == {"decision", "report", "rule", "scan", "log", "seal"}
    said = json.loads(there["decisions/other.json"].read_text(encoding="utf-8"))["decision"]
    assert (said["outcome"], said["reasons"], said["decided_by"]) == ("approve", "=1+1", "李主任")
    assert json.loads(there["log/audit.json"].read_text(encoding="utf-8"))["holds"]
    entries = there["log/log.csv"].read_text(encoding="utf-8")
    assert decided.workspace.store.log()[-1].digest in entries
    assert "李主任" not in entries
    [report] = [there[one.path] for one in pack.items if one.kind == "report"]
    trust = Trust(known_keys(keys_folder()), Register(), decided.workspace)
    assert verify(report.read_bytes(), report.name, trust).verified


def test_only_what_the_drawn_decisions_rest_on_is_in_the_pack(decided, tmp_path):
    for seed in range(20):
        [one] = sample(Decisions(decided.workspace).in_force(), 1, seed)
        if one.project_id == "other":
            break
    pack = packed(decided, tmp_path / "pack", many=1, seed=seed)
    assert ([found.project_id for found in pack.sampled], pack.decisions) == (["other"], 2)
    kinds = [one.kind for one in pack.items]
    assert (kinds.count("decision"), kinds.count("report"), kinds.count("scan")) == (1, 0, 1)


def test_a_draw_is_repeated_by_its_seed_whatever_else_was_decided():
    every = tuple(SimpleNamespace(id=f"d{number}", project_id=f"P{number}") for number in range(50))
    drawn = sample(every, 5, 7)
    # Worked out by hand: the five smallest of SHA-256("7:P0") to SHA-256("7:P49").
    digests = {one.project_id: sha256(f"7:{one.project_id}".encode()).hexdigest() for one in every}
    assert max(digests[one.project_id] for one in drawn) < min(
        digest for project, digest in digests.items() if project not in {one.project_id for one in drawn}
    )
    rest = tuple(one for one in every if one in drawn or one.id > "d3")
    assert sample(rest, 5, 7) == drawn
    assert sample(every, None, 7) == every


def test_a_folder_with_anything_in_it_and_periods_that_lack_a_kind_are_refused(decided, tmp_path):
    folder = tmp_path / "pack"
    folder.mkdir()
    (folder / "mine.txt").write_text("mine", encoding="ascii")
    with pytest.raises(InputError, match="new or empty folder"):
        packed(decided, folder)
    (decided.folder / "retention.yaml").write_text(
        "source: {document: 本单位保管期限表}\nperiods: {report: {zh: 永久, en: for good}}\n",
        encoding="utf-8",
    )
    with pytest.raises(DefinitionError, match="decision, rule, scan, log, seal"):
        packed(decided, tmp_path / "new")
    assert not (tmp_path / "new").exists()
    assert not list(tmp_path.glob(".*.part"))


@pytest.mark.browser
def test_the_page_of_contents_leads_to_every_file(decided, page, tmp_path):
    periods = ", ".join(
        f"{kind}: {{zh: 永久, en: for good}}"
        for kind in ("decision", "report", "rule", "scan", "log", "seal")
    )
    (decided.folder / "retention.yaml").write_text(
        f"source: {{document: 本单位保管期限表}}\nperiods: {{{periods}}}\n", encoding="utf-8"
    )
    pack = packed(decided, tmp_path / "pack")
    page.goto((pack.path / "卷内目录.html").as_uri())
    assert Axe().run(page).response["violations"] == []
    links = page.locator("tbody a").evaluate_all(
        "all => all.map(one => decodeURI(new URL(one.href).pathname))"
    )
    assert links == [str(pack.path / one.path) for one in pack.items]
    shown = page.locator("main").inner_text()
    assert "本单位保管期限表" in shown
    assert "建议值" not in shown


def told(pack, lang="en"):
    return [one.text(lang) for one in (*pack.notes, *pack.damaged)]


def test_a_pack_without_a_decision_says_so_on_its_first_page(submitted, tmp_path):
    pack = packed(submitted, tmp_path / "none")
    assert (pack.sampled, pack.audit.holds) == ((), True)
    assert "no decision is recorded" in told(pack)[0]
    assert {one.kind for one in pack.items} == {"rule", "log", "seal"}
    assert "本工作区尚未登记任何决定" in (pack.path / "卷内目录.html").read_text(encoding="utf-8")
    paper = submitted.workspace.papers.open("panel_decisions", title="11月决定", by="张秘书")
    assert paper.status == "draft"
    [said] = told(packed(submitted, tmp_path / "draft"), "zh")
    assert said.startswith("决定登记“11月决定”尚未定稿")


def test_a_report_on_a_draft_is_listed_as_one(decided, tmp_path):
    decided.new(reviewer="另一专家")
    titles = [one.title for one in packed(decided, tmp_path / "pack").items if one.kind == "report"]
    assert sorted("未定稿" in title for title in titles) == [False, True]


def test_scans_that_are_gone_or_changed_or_lie_elsewhere_are_told_and_stay_out(decided, tmp_path):
    first, second = Scans(decided.workspace).every()
    (decided.folder / first.file).write_bytes(b"%PDF-1.7\nchanged")
    assert first.file == second.file  # the same paper, attached twice
    changed = packed(decided, tmp_path / "changed")
    assert [one.kind for one in changed.items].count("scan") == 0
    assert sum("is not the file that was attached" in one for one in told(changed)) == 2
    (decided.folder / first.file).unlink()
    gone = packed(decided, tmp_path / "gone")
    assert "会议纪要.pdf is not where it was kept" in told(gone)[0]
    assert "会议纪要.pdf 已不在原存放处" in (gone.path / "卷内目录.html").read_text(encoding="utf-8")
    (tmp_path / "secret.pdf").write_bytes(b"%PDF-1.7\n")  # the very content, but not of this workspace
    with closing(sqlite3.connect(decided.folder / "poc-eval.sqlite")) as connection, connection:
        connection.execute("DROP TRIGGER IF EXISTS scans_refuses_update")
        connection.execute("UPDATE scans SET file = '../secret.pdf'")
    away = packed(decided, tmp_path / "away")
    assert [one.kind for one in away.items].count("scan") == 0
    assert not away.audit.holds


def test_a_report_in_the_workspace_that_does_not_verify_is_named(decided, tmp_path):
    written = write_report(decided.notebook).path
    assert packed(decided, tmp_path / "fine").damaged == ()
    written.write_bytes(written.read_bytes().replace(b"</main>", b"<p>9,999,999</p></main>"))
    pack = packed(decided, tmp_path / "pack")
    [fault] = pack.damaged
    assert fault.file == f"reports/{written.name}"
    assert "does not verify: the seal does not hold" in told(pack)[-1]
    assert written.name in (pack.path / "卷内目录.html").read_text(encoding="utf-8")


@pytest.mark.browser
def test_hostile_titles_and_names_stay_words_in_the_list_and_lead_nowhere_on_the_disk(
    decided, page, tmp_path
):
    workspace, words = decided.workspace, PAYLOADS["H08"]
    project = hostile_project("../../outside/CON", f"=cmd|'/C calc'!A0 {words}")
    workspace.store.add_project(project)
    day = date(2026, 11, 20)
    deciding = Deciding(project.id, decided.review.rubric, "approve", words, "@SUM(1)<b>", day, body=words)
    Decisions(workspace).record(deciding, by="张秘书")
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(b"%PDF-1.7\n1")
    for name in (
        f"{PAYLOADS['H02'].replace('/', '')}.pdf",
        "\u202efdp.exe.pdf",
        "=1+1\t\n.pdf",
        f"{'长' * 300}.pdf",
    ):
        scan.write_bytes(b"%PDF-1.7\n" + name.encode())
        Scans(workspace).attach(f"project:{project.id}", scan, by="张秘书", name=name)
    (decided.folder / Scans(workspace).every()[-1].file).unlink()
    pack = packed(decided, tmp_path / "in" / "pack")
    there = {path.relative_to(pack.path).as_posix() for path in pack.path.rglob("*") if path.is_file()}
    assert there == {one.path for one in pack.items} | {"卷内目录.html", "卷内目录.csv"}
    assert [path.name for path in (tmp_path / "in").iterdir()] == ["pack"]
    assert all(len(part.encode()) < 200 and part.isprintable() for one in there for part in one.split("/"))
    contents = pack.path / "卷内目录.html"
    html = re.sub(
        r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", contents.read_text(encoding="utf-8")
    )
    contents.write_text(html, encoding="utf-8")
    assert nothing_ran(page, contents) == []
    assert what_is_there(page) == {"data": 0, "acting": 0, "style": 1, "meta": 3, "handlers": 0}
    assert words in page.locator("main").inner_text()
    assert "已不在原存放处" in page.locator("main li").first.inner_text()
    assert Axe().run(page).response["violations"] == []
    table = (pack.path / "卷内目录.csv").read_text(encoding="utf-8-sig")
    cells = [cell for row in csv.reader(StringIO(table, newline="")) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))]
    assert "'@SUM(1)<b>" in cells


def test_names_that_differ_by_their_capitals_alone_are_two_files_everywhere(decided, tmp_path):
    decided.workspace.store.add_project(Project("OTHER", Text("大写", "Capitals")))
    rubric = decided.review.rubric
    deciding = Deciding("OTHER", rubric, "approve", "同意", "李主任", date(2026, 11, 20), body="办公会")
    Decisions(decided.workspace).record(deciding, by="张秘书")
    pack = packed(decided, tmp_path / "pack")
    names = [one.path for one in pack.items]
    assert len({one.casefold() for one in names}) == len(names)
    assert {"decisions/other.json", "decisions/OTHER-2.json"} <= set(names)
