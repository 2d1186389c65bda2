import io
from urllib.parse import quote

import openpyxl
import pytest

pytestmark = pytest.mark.slow
WORKBOOKS = "/poc-eval/api/workbooks"


@pytest.fixture
def notebook(home):
    """Return the example's notebook of claims, below the workspace."""
    path = next(path for path in (home.path / "notebooks").rglob("*核定*.ipynb"))
    return path.relative_to(home.path).as_posix()


def test_a_workbook_is_written_beside_the_reports_and_handed_out_to_be_saved(lab, home, notebook):
    made = lab.ask("POST", f"{WORKBOOKS}?lang=zh", body={"path": notebook})
    assert made.status == 201, made.json
    file = home.path / made.json["path"]
    assert (file.parent.name, file.suffix, file.stat().st_size) == ("reports", ".xlsx", made.json["size"])
    saved = lab.ask("GET", f"/poc-eval/reports/{quote(made.json['name'])}")
    assert saved.headers["Content-Disposition"].startswith("attachment")
    assert saved.headers["X-Content-Type-Options"] == "nosniff"
    assert openpyxl.load_workbook(io.BytesIO(saved.body)).sheetnames[0] == "测算表 Payouts"


def test_the_page_hears_which_papers_have_one(lab, home):
    (claims,) = home.papers.papers(kind="subsidy_payout")
    check = home.papers.open("formal_check", project=home.projects()[0].id, by="经办甲")
    for paper, has in ((claims, True), (check, False)):
        assert lab.ask("GET", f"{WORKBOOKS}?paper={paper.id}").json == {"workbook": has}
    assert lab.ask("GET", f"{WORKBOOKS}?paper=none").status == 404


@pytest.mark.parametrize(
    ("body", "status"), [({}, 422), ({"path": "notebooks/none.ipynb"}, 422), ({"path": "../x.ipynb"}, 403)]
)
def test_a_workbook_that_cannot_be_made_is_told_in_words(lab, body, status):
    reply = lab.ask("POST", f"{WORKBOOKS}?lang=zh", body=body)
    assert reply.status == status
    assert reply.json["error"]["what"]
    assert "Traceback" not in reply.body.decode()
