from urllib.parse import quote

import pytest

pytestmark = pytest.mark.slow
REPORTS = "/poc-eval/api/reports"


@pytest.fixture
def notebook(home):
    return min(path for path in (home.path / "notebooks").rglob("*.ipynb") if "半个" not in path.name)


@pytest.mark.parametrize("lang", ["zh", "en", "both"])
def test_a_report_is_written_into_the_workspace_and_told_with_its_code(lab, home, notebook, lang):
    path = notebook.relative_to(home.path).as_posix()
    made = lab.ask("POST", f"{REPORTS}?lang=zh", body={"path": path, "lang": lang})
    assert made.status == 201, made.json
    told = made.json
    file = home.path / told["path"]
    assert file.parent == home.path / "reports"
    assert file.name == told["name"]
    assert file.stat().st_size == told["size"]
    assert told["code"] in file.read_text("utf-8")


def test_a_report_can_be_looked_at_and_saved_but_never_acts_on_the_server(lab, home, notebook):
    path = notebook.relative_to(home.path).as_posix()
    name = lab.ask("POST", REPORTS, body={"path": path, "lang": "zh"}).json["name"]
    page = lab.ask("GET", f"/poc-eval/reports/{quote(name)}")
    assert page.body == (home.path / "reports" / name).read_bytes()
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"
    assert page.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert "allow-scripts" not in page.headers["Content-Security-Policy"]
    assert page.headers["X-Content-Type-Options"] == "nosniff"
    saved = lab.ask("GET", f"/poc-eval/reports/{quote(name)}?download=1")
    assert saved.headers["Content-Disposition"].startswith("attachment")
    assert saved.body == page.body


@pytest.mark.parametrize(
    "name",
    ["..%2Fpoc-eval.toml", "..%2Fsecret.html", "%2Fetc%2Fpasswd", "none.html", "a%00.html", "notes.txt"],
)
def test_nothing_but_reports_is_handed_out(lab, home, name):
    (home.path / "secret.html").write_text("secret", "utf-8")
    (home.path / "reports" / "notes.txt").write_text("notes", "utf-8")
    reply = lab.ask("GET", f"/poc-eval/reports/{name}?lang=zh")
    assert reply.status == 404
    assert b"secret" not in reply.body


def test_a_link_out_of_the_folder_of_reports_is_not_followed(lab, home, tmp_path):
    outside = tmp_path / "outside.html"
    outside.write_text("outside", "utf-8")
    (home.path / "reports" / "link.html").symlink_to(outside)
    assert lab.ask("GET", "/poc-eval/reports/link.html").status == 404


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 422),
        ({"path": 1, "lang": "zh"}, 422),
        ({"path": "notebooks/none.ipynb", "lang": "zh"}, 422),
        ({"path": "notebooks/none.ipynb", "lang": "fr"}, 422),
        ({"path": "../x.ipynb", "lang": "zh"}, 403),
    ],
)
def test_a_report_that_cannot_be_made_is_told_in_words(lab, body, status):
    reply = lab.ask("POST", f"{REPORTS}?lang=zh", body=body)
    assert reply.status == status
    assert reply.json["error"]["what"]
    assert "Traceback" not in reply.body.decode()
