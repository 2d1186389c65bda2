"""Words that a browser, a spreadsheet or a terminal would obey, by case; and papers filled with them."""

from __future__ import annotations

import json
from itertools import count, cycle
from pathlib import Path

from poc_eval.i18n import Text
from poc_eval.report.frame import DATA_ID
from poc_eval.workspace.records import Project, ProjectFact
from poc_eval.workspace.store import Change

PAYLOADS = json.loads(Path(__file__).with_suffix(".json").read_text(encoding="utf-8"))
UNSEEN = ("H11-cdata", "address-disguised", "signs", "signs-link", "turned-round", "unseen")
"""What holds characters that a page shows as something else, or not at all."""
TYPED = {
    "amount": "1000000.00",
    "share": "10%",
    "number": "5",
    "count": "2",
    "date": "2024-05-06",
    "yes_no": "yes",
    "credit_code": "91000000000000001N",
}


def hostile_project(project_id, words):
    """Return a project in which every text is ``words``."""
    text = Text(words, words)
    fact = ProjectFact(text, text, words)
    return Project(project_id, text, text, text, "project", text, text, (fact,), words)


def fill_with(papers, paper_id, words, given):
    """Fill every field of a paper and of a row of each grid: words before what is given, figures as given.

    Returns the words that stand in the paper. What is given twice gets the same words, so that rows still
    name each other; ``!`` before what is given keeps it as it is, and as a whole keeps a table empty.
    """
    turn, used = cycle(words), {}
    said, filled = count(), set()
    # The columns follow from what is chosen first.
    for _step in range(4):
        paper = papers.paper(paper_id)
        texts = {}
        for name, field in _places(papers.layout(paper), given):
            if name in filled:
                continue
            filled.add(name)
            old = given.get(name, "")
            if old.startswith("!"):
                texts[name] = old[1:]
            elif field.type in {"text", "long_text"}:
                texts[name] = used.setdefault(old or next(said), next(turn)) + old
            elif field.type == "choice":
                texts[name] = old or (field.options[0].value if field.options else "")
            else:
                texts[name] = old or TYPED.get(field.type, "")
        papers.save(paper_id, [Change(name, text, 0) for name, text in texts.items() if text])
    return list(used.values())


def _places(layout, given):
    """Yield the fields to fill with their names, a row for each grid that has none given."""
    for field in layout.fields:
        if field.type != "shown":
            yield field.name, field
    for grid in layout.grids:
        if given.get(f"rows/{grid.name}") == "!":
            continue
        rows = {name.split("/")[2] for name in given if name.startswith(f"rows/{grid.name}/")}
        for row in [one.id for one in grid.given] or sorted(rows) or ["r1"]:
            for column in grid.columns:
                if column.type != "shown":
                    yield f"rows/{grid.name}/{row}/{column.name}", column


def nothing_ran(page, file):
    """Open ``file``, touch everything in it, and return what it did that a page of text does not do."""
    done = []

    def asked(request):
        done.append(request.url)

    def spoke(dialog):
        done.append(dialog.message)
        dialog.dismiss()

    page.on("request", asked)
    page.on("dialog", spoke)
    page.goto(file.as_uri())
    page.evaluate(
        "document.querySelectorAll('body *').forEach(e => ['mouseover', 'focus', 'click', 'toggle']"
        ".forEach(name => e.dispatchEvent(new Event(name, {bubbles: true}))))"
    )
    if page.evaluate("window.__pwned") is not None:
        done.append("a script ran")
    page.remove_listener("request", asked)
    page.remove_listener("dialog", spoke)
    return [one for one in done if one != file.as_uri() and not one.startswith("data:image/")]


def what_is_there(page):
    """Count what a report has one of, and what it has none of."""
    acting = (
        "script:not([type='application/json']), iframe, form, input, button, select, textarea, dialog,"
        " object, embed, base, link, video, math, use, animate, foreignObject"
    )
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
