import base64
import io
import json

import pytest
from openpyxl import Workbook

from poc_eval.workspace.desk import Desk

pytestmark = pytest.mark.usefixtures("paper_kind")


@pytest.fixture
def desk(workspace):
    return Desk(workspace)


@pytest.fixture
def paper(desk):
    reply = desk.handle("POST", "papers", {"kind": "cost_sheet", "project": "P1", "by": "李经办"}, "zh")
    assert reply.status == 200
    return reply.body["paper"]


@pytest.fixture
def save(desk, paper):
    """Return a function that saves fields as a page would that saw nothing before."""

    def save(lang="zh", **fields):
        changes = [
            {"field": name.replace("__", "/"), "value": value, "base": 0} for name, value in fields.items()
        ]
        return desk.handle("PATCH", f"papers/{paper}", {"changes": changes}, lang)

    return save


@pytest.fixture
def hand_over(desk, paper):
    """Return a function that hands a file over for the table of costs."""

    def hand_over(name, content, **more):
        said = {"grid": "costs", "name": name, "content": base64.b64encode(content).decode(), **more}
        return desk.handle("POST", f"papers/{paper}/import", said, "zh")

    return hand_over


def workbook(*rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def test_a_paper_is_shown_with_everything_that_it_asks(desk, paper):
    body = desk.handle("GET", f"papers/{paper}").body
    assert set(body) == {"paper", "project", "layout", "shape", "answers", "evaluation"}
    assert (body["paper"]["kind_title"], body["paper"]["author"]) == ("支出核对表", "李经办")
    head, costs, formal = body["layout"]["parts"]
    assert [item["field"] for item in head["items"]] == ["grant", "signed_on", "share", "remark"]
    assert [column["field"] for column in costs["items"][0]["columns"]][-1] == "of_grant"
    assert formal["items"][0]["given"][0] == {"id": "contract", "label": "合同", "help": None}
    english = desk.handle("GET", f"papers/{paper}?lang=en").body
    assert english["layout"]["parts"][1]["items"][0]["title"] == "Table of costs"
    json.dumps(body)


def test_a_save_is_acknowledged_with_what_follows_from_it(save):
    body = save(grant="1万元", rows__costs__a1__item="试剂", rows__costs__a1__amount="2500").body
    assert body["revision"] == 1
    assert len(body["saved"]) == 3
    assert body["evaluation"]["complete"]
    assert body["evaluation"]["figures"][0]["value"] == "2,500.00 元"
    assert body["evaluation"]["totals"] == {"costs": {"amount": "2,500.00"}}
    assert body["evaluation"]["shown"] == {"rows/costs/a1/of_grant": "25.0%"}
    assert body["saved_at"].endswith("+08:00")


def test_a_cell_that_cannot_be_read_is_saved_and_told(save, desk, paper):
    body = save(rows__costs__a1__amount="两千五").body
    (fault,) = body["evaluation"]["faults"]
    assert fault["field"] == "rows/costs/a1/amount"
    assert "两千五" in fault["text"]
    assert desk.handle("GET", f"papers/{paper}").body["answers"]["rows/costs/a1/amount"]["value"] == "两千五"


def test_an_unknown_field_or_text_that_cannot_be_kept_is_refused(save, desk, paper):
    assert save(nothing="1").status == 422
    assert save(remark="a\x00b").status == 422
    assert desk.handle("GET", f"papers/{paper}").body["answers"] == {}


def test_a_conflict_brings_both_texts(save):
    save(remark="甲")
    (conflict,) = save(remark="乙").body["conflicts"]
    assert (conflict["mine"], conflict["theirs"], conflict["revision"]) == ("乙", "甲", 1)


def test_concluding_tells_what_is_missing_then_locks(desk, paper, save):
    refused = desk.handle("POST", f"papers/{paper}/conclude", {"revision": 0}, "zh")
    assert refused.status == 422
    assert [note["field"] for note in refused.body["missing"]] == ["grant", "rows/costs"]
    save(grant="1万元", rows__costs__a1__item="试剂", rows__costs__a1__amount="2500")
    assert desk.handle("POST", f"papers/{paper}/conclude", {"revision": 0}, "zh").status == 409
    done = desk.handle("POST", f"papers/{paper}/conclude", {"revision": 1, "by": "王复核"}, "zh")
    assert (done.status, done.body["paper"]["status"]) == (200, "concluded")
    assert save(grant="2万元").status == 423
    amended = desk.handle("POST", f"papers/{paper}/amend", {"reason": "金额有误"}, "zh").body["paper"]
    assert desk.handle("GET", f"papers/{amended}").body["paper"]["amendment_reason"] == "金额有误"
    listed = desk.handle("GET", "papers?kind=cost_sheet").body["papers"]
    assert [(one["version"], one["status"]) for one in listed] == [(1, "concluded"), (2, "draft")]
    assert desk.handle("GET", "papers?project=P2").body["papers"] == []


def test_rows_come_in_from_a_workbook_behind_those_that_are_there(hand_over, save, desk, paper):
    save(rows__costs__00zz00__item="先有的")
    content = workbook(
        ["支出内容", "科目", "金额", "已核对", "占资助额"],
        ["试剂", "材料费", 2500.5, "是", "25%"],
        ["检测", "testing", "3万", "×", None],
    )
    reply = hand_over("支出.xlsx", content)
    assert (reply.status, reply.body["rows"]) == (200, 2)
    answers = desk.handle("GET", f"papers/{paper}").body["answers"]
    rows = sorted({name.split("/")[2] for name in answers})
    assert rows[0] == "00zz00"
    first, second = (
        {name.split("/")[3]: answers[name]["value"] for name in answers if row in name} for row in rows[1:]
    )
    assert first == {"item": "试剂", "kind": "material", "amount": "2500.5", "checked": "yes"}
    assert second == {"item": "检测", "kind": "testing", "amount": "3万", "checked": "no"}


def test_rows_come_in_from_csv_in_the_place_of_those_that_are_there(hand_over):
    assert hand_over("a.csv", "支出内容,金额\n甲,1\n乙,2\n".encode("gb18030")).body["rows"] == 2
    reply = hand_over("b.csv", "Item,Amount\n丙,3\n".encode(), replace=True)
    assert reply.body["evaluation"]["totals"] == {"costs": {"amount": "3.00"}}
    assert hand_over("c.csv", "item,amount\n丁,4\n".encode()).body["evaluation"]["totals"]["costs"] == {
        "amount": "7.00"
    }


def test_every_fault_of_a_file_is_told_at_once_and_nothing_is_written(hand_over, desk, paper):
    reply = hand_over("坏.csv", "支出内容,金额,科目\n甲,一百,材料费\n乙,2,旅游费\n".encode())
    assert reply.status == 422
    faults = reply.body["error"]["faults"]
    assert len(faults) == 2
    assert faults[0].startswith("坏.csv:2: 金额: ")
    assert faults[1].startswith("坏.csv:3: 科目: ")
    unknown = hand_over("坏.csv", "支出内容,密级\n甲,1\n".encode()).body["error"]["faults"]
    assert "密级" in unknown[0]
    assert desk.handle("GET", f"papers/{paper}").body["answers"] == {}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.xlsx", b"no workbook"),
        ("a.exe", b"x"),
        ("a.csv", b"\xff\xfe\x00"),
        ("a.csv", b""),
        ("../a.csv", b""),
    ],
)
def test_a_file_that_is_no_table_is_told(hand_over, name, content):
    reply = hand_over(name, content)
    assert reply.status == 422
    assert "table." not in json.dumps(reply.body)


def test_a_request_that_names_no_table_or_no_file_is_told(desk, paper, hand_over):
    assert hand_over("a.csv", b"x\n1\n", grid="items").status == 422
    said = {"grid": "costs", "name": "a.csv", "content": "not base64!"}
    assert desk.handle("POST", f"papers/{paper}/import", said, "zh").status == 422
    assert desk.handle("GET", "papers/nobody").status == 404
    assert desk.handle("POST", "papers", {"kind": "nothing"}, "zh").status == 404


def test_a_page_hears_when_what_it_sent_leads_to_other_columns(desk):
    paper = desk.handle("POST", "papers", {"kind": "subsidy_payout", "by": "李经办"}, "zh").body["paper"]
    before = desk.handle("GET", f"papers/{paper}").body["shape"]

    def save(field, value):
        changes = [{"field": field, "value": value, "base": 0}]
        return desk.handle("PATCH", f"papers/{paper}", {"changes": changes}, "zh").body["shape"]

    assert save("budget", "300万元") == before
    after = save("rows/policies/p1/policy", "hefei-pilot-operation@2023.1")
    assert after != before
    assert desk.handle("GET", f"papers/{paper}", None, "zh").body["shape"] == after
