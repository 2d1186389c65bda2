"""The form in a real page on a real desk, and a line between them that can be cut."""

from __future__ import annotations

import json
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode

import pytest
from playwright.sync_api import expect

from poc_eval.i18n import Text
from poc_eval.notebook.assets import form_module
from poc_eval.notebook.counter import Counter
from poc_eval.workspace.desk import Desk
from poc_eval.workspace.records import Project, ProjectFact
from poc_eval.workspace.store import Change
from poc_eval.workspace.workspace import Workspace

REASON = "神经外科重症常见需求，现有器械需二次手术。"
PAGE = """<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>评审</title><body {theme}>
<main><h1>评审</h1><div id="here"></div></main><script type="module">
import {{ mount, mountSummary }} from "/static/form.js";
const options = {options};
const summary = options.kind === "summary";
const shown = summary ? {{ ...options, kind: "review-summary" }} : options;
window.away = (summary ? mountSummary : mount)(document.getElementById("here"), shown);
</script></body></html>"""

WIDGET_PAGE = """<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>评审</title><body {theme}>
<main><h1>评审</h1><div id="here"></div></main><script type="module">
import widget from "/module.js";
const options = {options};
const view = {{ kind: options.kind ?? "review-form", id: options.review, options }};
const ears = new Set();
const model = {{
  get: () => view,
  on: (name, hear) => ears.add(hear),
  off: (name, hear) => ears.delete(hear),
  send: async (message) => {{
    const reply = await fetch("/kernel", {{ method: "POST", body: JSON.stringify(message) }});
    const said = await reply.json();
    for (const hear of [...ears]) hear(said);
  }},
}};
widget.render({{ model, el: document.getElementById("here") }});
</script></body></html>"""


@pytest.fixture
def workspace(tmp_path):
    """Two projects: the first is under review, the second was scored before by the same person."""
    workspace = Workspace.create(tmp_path / "评审工作区")
    applicant = Text("首都医科大学", "Capital Medical University")
    origin = ProjectFact(Text("来源案例", "Case"), Text("案例 18", "Case 18"), "典型案例汇编")
    for name, title in {
        "P1": Text("颅内压平衡装置", "Intracranial-pressure balancing device"),
        "P2": Text("神经阻滞穿刺针", "Nerve-block needle"),
    }.items():
        workspace.store.add_project(Project(name, title, applicant, facts=(origin,)))
    before = workspace.store.open_review("P2", "reviewer-1", workspace.pin("medical-poc"))
    given = {"criteria.clinical_need.band": "15-19.5", "criteria.clinical_need.score": "19"}
    workspace.store.save(before.id, [Change(name, value, 0) for name, value in given.items()])
    return workspace


@pytest.fixture
def review(workspace):
    """Return the id of an empty draft."""
    return workspace.store.open_review("P1", "reviewer-1", workspace.pin("medical-poc")).id


@pytest.fixture
def answers():
    """Return answers with which the medical rubric has nothing more to ask."""
    scored = {
        "clinical_need": ("20-25", "22"),
        "advancement": ("12-15.5", "15"),
        "innovation": ("16-20", "16.5"),
        "maturity": ("12-15.5", "12.5"),
        "benefit": ("12-15", "12.5"),
    }
    given = {
        "undertaking.conflict": "none",
        "undertaking.confidentiality": "yes",
        "undertaking.integrity": "yes",
        "screening.untrue_material": "no",
        "screening.title_disputed": "no",
    }
    for name, (band, score) in scored.items():
        given[f"criteria.{name}.band"] = band
        given[f"criteria.{name}.score"] = score
        given[f"criteria.{name}.reason"] = REASON
    return given | {
        "criteria.maturity.beside": "4",
        "recommendation": "revise",
        "opinion": "建议补充与现有分流装置的对比数据，明确动物实验方案与考核指标后立项。",
    }


@dataclass
class Line:
    """The ways to a desk, over HTTP and through a kernel.

    ``cut``: HTTP gets no answer; ``refusals``: what HTTP answers instead of the desk, by method;
    ``calls``: what was asked over HTTP; ``ways``: which way each request took.
    """

    desk: Desk
    static: object
    cut: bool = False
    refusals: dict[str, tuple[int, dict[str, object]]] = field(default_factory=dict)
    calls: list[tuple[str, str, dict[str, object]]] = field(default_factory=list)
    ways: list[str] = field(default_factory=list)
    address: str = ""

    def over_http(self, method, path, body):
        """Return status and body, as the server extension would."""
        self.calls.append((method, path, body))
        if method in self.refusals:
            return self.refusals[method]
        self.ways.append("rest")
        asked = {"ask": "", "method": method, "path": path, "body": body}
        answer = Counter(self.desk).answer(asked, "zh")
        return answer["status"], answer["body"]

    def through_the_kernel(self, message):
        """Return the kernel's message that answers one of a widget."""
        self.ways.append("kernel")
        return Counter(self.desk).answer(message, "zh")

    def values(self, review):
        """Return what the store holds of a review."""
        return self.desk.workspace.store.review(review).values()

    def write(self, review, **answers):
        """Write answers past the form, as another computer would; ``__`` stands for a point."""
        record = self.desk.workspace.store.review(review)
        revision = record.revision
        changes = [Change(name.replace("__", "."), value, revision) for name, value in answers.items()]
        return self.desk.workspace.store.save(review, changes)

    def page_for(self, review, *, theme="", **options):
        """Return the address of a page that shows a review."""
        said = {
            "review": review,
            "lang": "zh",
            "workspace": self.desk.workspace.id,
            "api": "/api/",
            **options,
        }
        return f"{self.address}/page?" + urlencode({"options": json.dumps(said), "theme": theme})


@pytest.fixture
def line(workspace, root):
    """Serve pages, the form's files and the desk on a port of this machine."""
    line = Line(Desk(workspace), root / "poc_eval" / "notebook" / "static")
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler_for(line))
    server.daemon_threads = False
    line.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield line
    server.shutdown()
    thread.join()
    server.server_close()


def handler_for(line):
    """Return the request handler of a line."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            path, _, query = self.path.partition("?")
            if path.startswith("/api/"):
                self.ask()
            elif path == "/module.js":
                self.send(200, form_module().encode(), "text/javascript")
            elif path.startswith("/static/"):
                kind = "text/css" if path.endswith(".css") else "text/javascript"
                self.send(200, (line.static / path.removeprefix("/static/")).read_bytes(), kind)
            else:
                self.send(200, page_of(query).encode(), "text/html; charset=utf-8")

        def ask(self):
            length = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(length)) if length else {}
            if self.path == "/kernel":
                status, said = 200, line.through_the_kernel(body)
            elif line.cut:
                self.close_connection = True
                return
            else:
                status, said = line.over_http(self.command, self.path.removeprefix("/api/"), body)
            self.send(status, json.dumps(said, ensure_ascii=False).encode(), "application/json")

        do_PATCH = do_POST = ask  # noqa: N815 the standard library's names

        def send(self, status, body, kind):
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_arguments):
            """Keep the test's output for the test."""

    return Handler


def page_of(query):
    """Return the page that an address asks for."""
    said = parse_qs(query)
    options = said["options"][0]
    page = WIDGET_PAGE if json.loads(options).get("widget") else PAGE
    return page.format(options=options, theme=said.get("theme", [""])[0])


class FormOnPage:
    """What a person does with the form and sees of it."""

    def __init__(self, page, line, review):
        self.page, self.line, self.review = page, line, review
        self.troubles = []
        page.on("pageerror", lambda error: self.troubles.append(str(error)))

    def open(self, **options):
        """Go to the page and wait for the form."""
        self.page.goto(self.line.page_for(self.review, **options))
        expect(self.page.locator(".head")).to_be_visible()
        return self

    def field(self, name):
        """Return the part of the page for one field."""
        return self.page.locator(f'[data-field="{name}"]').first

    def text(self, name):
        """Return the text box of a field."""
        return self.field(name).locator("input, textarea").first

    def choose(self, name, value):
        """Tick one of several."""
        self.field(name).locator(f'input[value="{value}"]').check()

    @property
    def standing(self):
        """Return the words that say how saving stands."""
        return self.page.locator(".head .meta > span:last-child")

    def expect_saved(self):
        """Wait until the form says that everything is in the store."""
        expect(self.standing).to_contain_text("已保存")
        expect(self.standing).to_have_attribute("data-waiting", "0")

    def outbox(self):
        """Return what waits in the browser's storage."""
        return self.page.evaluate(
            "Object.fromEntries(Object.entries(localStorage).filter(([key]) => key.startsWith('poc-eval:')))"
        )


@pytest.fixture
def form(page, line, review):
    """Return the form of the draft, not opened yet; a script error on its page fails the test."""
    form = FormOnPage(page, line, review)
    yield form
    assert form.troubles == []


@pytest.fixture
def another_form(context, line, review):
    """Open the same review in a second tab."""
    form = FormOnPage(context.new_page(), line, review)
    yield form
    assert form.troubles == []


@pytest.fixture
def eventually(context):
    """Return a function that waits, generously, while the pages go on."""

    def wait(true, seconds=20):
        end = time.monotonic() + seconds
        while not true():
            assert time.monotonic() < end, "it never came true"
            context.pages[-1].wait_for_timeout(30)

    return wait


@pytest.fixture
def filled(line, review, answers):
    """Write a complete set of answers and return them."""
    changes = [Change(name, value, 0) for name, value in answers.items()]
    line.desk.workspace.store.save(review, changes)
    return answers
