"""A working paper's report that leaves the house: nobody who stands in the paper is in it."""

from __future__ import annotations

import json

import pytest
from leaving import carried, refuse_traces
from resealing import resealed, said, verified

from poc_eval.errors import NotebookError
from poc_eval.report.write import write_report
from poc_eval.workspace.checklist import load_checklist
from poc_eval.workspace.paper_notebooks import new_paper_notebook
from poc_eval.workspace.store import Change

PEOPLE = ("张三", "李 四光")
ACCOUNT = "6222020200112233445"
CLERK = "王经办"
SHARING = {
    "way": "licence",
    "received": "100万元",
    "rule": "tsinghua-fuel-cell@2021",
    "post": "head",
    "remark": "张　三与李四光已签字确认，王经办复核。",
    **{f"rows/people/{row}/name": name for row, name in zip("ab", PEOPLE, strict=True)},
    **dict.fromkeys(("rows/people/a/weight", "rows/people/b/weight"), "1"),
    **dict.fromkeys(("rows/people/a/salary", "rows/people/b/salary"), "24万元"),
}
PAYOUT = {
    "rows/policies/a/policy": "hefei-pilot-operation@2023.1",
    "rows/claims/a/claim_id": "C1",
    "rows/claims/a/payee": "示例单位甲",
    "rows/claims/a/period": "2023",
    "rows/accounts/a/payee": "示例单位甲",
    "rows/accounts/a/holder": PEOPLE[0],
    "rows/accounts/a/bank": "示例银行",
    "rows/accounts/a/number": ACCOUNT,
}


@pytest.fixture
def written(case):
    """Return what fills in a paper and writes its report without names."""

    def write(kind, fields, *, conclude=False):
        papers = case.workspace.papers
        notebook = new_paper_notebook(
            case.workspace, template=kind, project=case.project.id, title=f"{kind} 张三", by=CLERK
        )
        (paper,) = papers.papers(kind=kind)
        first = {name: text for name, text in fields.items() if "policies" in name}
        for step in (first, {name: text for name, text in fields.items() if name not in first}):
            papers.save(paper.id, [Change(name, text, 0) for name, text in step.items()])
        if conclude:
            papers.conclude(paper.id, revision=papers.paper(paper.id).revision, by=CLERK)
        case.notebook = notebook
        case.edit(lambda document: document["metadata"].update(authors=[{"name": CLERK}]))
        case.write(f"经与张**三**核对。![{PEOPLE[0]}](../{PEOPLE[0]}.png)")
        return write_report(notebook, lang="both", without_names=True)

    return write


def test_a_division_names_nobody_and_its_figures_stay(written, case):
    report = written("income_sharing", SHARING, conclude=True)
    page = report.path.read_text(encoding="utf-8")
    (paper,) = case.workspace.papers.papers()
    refuse_traces(page, case.workspace, *PEOPLE, "李四光", case.notebook.stem, paper.id)
    assert "张三" not in report.path.name
    data = carried(page)
    assert data["paper"]["fields"]["rows/people/a/name"]["value"] == "（略去1）"
    assert data["paper"]["fields"]["rows/people/b/name"]["value"] == "（略去2）"
    assert (data["paper"]["id"], data["paper"]["author"], data["sealed"]) == ("", None, None)
    full = carried(write_report(case.notebook).path.read_text(encoding="utf-8"))
    assert "147,000.00" in page
    assert json.dumps(full["outcome"], ensure_ascii=False).replace(PEOPLE[0], "（略去1）").replace(
        PEOPLE[1], "（略去2）"
    ) == json.dumps(data["outcome"], ensure_ascii=False)


def test_it_is_verified_and_bound_to_the_paper(written, case):
    page = written("income_sharing", SHARING, conclude=True).path.read_text(encoding="utf-8")
    found = verified(page.encode(), case.workspace)
    assert said(found) == []
    assert set(found.checks.values()) == {"passed"}

    def change(data):
        data["commitment"]["value"] = "0" * 64

    found = said(verified(resealed(case.workspace, page, change), case.workspace))
    assert "no working paper in the workspace is the one that this report is bound to" in found


def test_accounts_stay_behind_too(written, case):
    # A draft may hold a name where none belongs: in a choice, among amounts.
    misplaced = {"rows/policies/b/policy": PEOPLE[0], "budget": f"{PEOPLE[0]} 10万元"}
    page = written("subsidy_payout", PAYOUT | misplaced).path.read_text(encoding="utf-8")
    refuse_traces(page, case.workspace, PEOPLE[0], ACCOUNT)
    assert "示例单位甲" in page
    found = verified(page.encode())
    assert (found.checks["figures"], found.checks["rendering"]) == ("passed", "passed")


FORMAL = {"result": "to_complete", "deadline": "2027-01-15", "checker": PEOPLE[1], "note": "请李四光补正"}
SCORES = (("张三", "1", "7"), ("李四光", "1", "9"), ("张三", "2", "8"), ("李四光", "2", "8"))
DELPHI = {
    f"rows/scores/r{number}/{name}": text
    for number, (expert, turn, score) in enumerate(SCORES)
    for name, text in {
        "round": turn,
        "item": "临床需求",
        "reviewer": expert,
        "score": score,
        "reason": f"{expert}认为可行",
    }.items()
}


def test_a_formal_check_names_nobody_in_its_rounds_either(written, case):
    many = len(load_checklist().definition.items)
    rows = {f"rows/items/i{number:03d}/answer": "yes" for number in range(2, many + 1)}
    report = written("formal_check", FORMAL | rows | {"rows/items/i001/answer": "no"}, conclude=True)
    page = report.path.read_text(encoding="utf-8")
    refuse_traces(page, case.workspace, PEOPLE[1], "李四光", case.notebook.stem)
    data = carried(page)
    assert data["paper"]["fields"]["checker"]["value"] == "（略去1）"
    assert data["outcome"]["result"] == "to_complete"
    [seen] = data["looked_up"]["rounds"]
    assert (seen["checked_by"], seen["at"][11:]) == ("（略去1）", "16:00:00.000000Z")
    found = verified(page.encode(), case.workspace)
    assert (said(found), set(found.checks.values())) == ([], {"passed"})


def test_rounds_of_scoring_name_nobody_and_who_changed_what_stays(written, case):
    page = written("delphi", DELPHI).path.read_text(encoding="utf-8")
    refuse_traces(page, case.workspace, *PEOPLE, "李四光", case.notebook.stem)
    data = carried(page)
    fields = data["paper"]["fields"]
    assert [fields[f"rows/scores/r{number}/reviewer"]["value"] for number in range(4)] == [
        "（略去1）",
        "（略去2）",
    ] * 2
    assert data["outcome"]["rounds"] == 2
    found = verified(page.encode(), case.workspace)
    assert (said(found), set(found.checks.values())) == ([], {"passed"})


@pytest.mark.parametrize("kind", ["panel_members", "panel_decisions", "paper_score"])
def test_a_paper_about_persons_is_refused_with_the_way_out(written, kind):
    with pytest.raises(NotebookError, match="about persons"):
        written(kind, {})
