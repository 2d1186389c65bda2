"""What must be in no file that leaves the house."""

from __future__ import annotations

import getpass
import json
import re
from pathlib import Path

from poc_eval.report.frame import AFTER_DATA, BEFORE_DATA
from poc_eval.workspace.sealing import people_in


def strings_in(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield name
            yield from strings_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings_in(inner)


def carried(page):
    return json.loads(page.split(BEFORE_DATA)[1].removesuffix(AFTER_DATA))


def refuse_traces(page, workspace, *more):
    """Search the file and its decoded data for every name, place and account of the workspace."""
    terms = {
        *people_in(workspace.store),
        str(workspace.path),
        str(Path.home()),
        workspace.path.as_uri(),
        *more,
    }
    # The account may be called as a word of the style is.
    everything = [re.sub(r"<style>.*?</style>", "", page), *strings_in(carried(page))]
    for term in terms:
        spellings = {term, json.dumps(term)[1:-1], term.replace(" ", "")}
        for words in everything:
            assert not any(one and one.casefold() in words.casefold() for one in spellings), term
    account = re.compile(rf"(?<![A-Za-z0-9]){re.escape(getpass.getuser())}(?![A-Za-z0-9])", re.IGNORECASE)
    assert not any(account.search(words) for words in everything)
