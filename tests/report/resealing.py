"""What somebody who has the right key could do to a report, and what a verifier says of it."""

from __future__ import annotations

import json
import re

from poc_eval.report.data import code_of, in_script, spelled
from poc_eval.report.frame import AFTER_DATA, AROUND_RECORDS, BEFORE_DATA
from poc_eval.report.seal import taken_apart
from poc_eval.report.seal_keys import current_key, keys_folder, known_keys, register_file
from poc_eval.report.seal_methods import needed_method
from poc_eval.report.seal_register import read_register
from poc_eval.report.style import policy
from poc_eval.report.verify import Trust, verify


def trust(workspace=None):
    """Return what this account knows."""
    return Trust(known_keys(keys_folder()), read_register(register_file()), workspace)


def verified(data, workspace=None):
    """Return what is said of a file's bytes."""
    return verify(data, "report.html", trust(workspace))


def elsewhere(data):
    """Return what is said of a file where only the keys are known: no workspace, no register."""
    return verify(data, "report.html", Trust(known_keys(keys_folder())))


def said(verification):
    """Return the findings in English, the first one first."""
    return [fault.what.text("en") for _check, fault in verification.findings]


def resealed(workspace, page, change=None, *, code=True):
    """Return the bytes of ``page`` sealed anew with the right key, its data put through ``change``."""
    at, end = page.index(BEFORE_DATA) + len(BEFORE_DATA), -len(AFTER_DATA)
    body, data = page[:at], json.loads(page[at:end])
    if change is not None:
        change(data)
    old = data["code"]
    if code:
        data["code"] = code_of(spelled({key: data[key] for key in data.keys() - {*AROUND_RECORDS}}))
    seal = data.pop("seal") | {"signature": ""}
    block = f'{spelled(data)[:-1]},"seal":{spelled(seal)}}}'
    body = body.replace(old, data["code"])
    rules = body.partition("<style>")[2].partition("</style>")[0]
    body = re.sub(r"default-src 'none'[^\"]*", policy(rules), body, count=1)
    unsigned = (body + in_script(block) + AFTER_DATA).encode()
    key = current_key(workspace)
    signature = needed_method(key.algorithm).sign(key.private, unsigned).hex().encode()
    tail = b'"}}' + AFTER_DATA.encode()
    whole = unsigned.removesuffix(tail) + signature + tail
    assert taken_apart(whole) == (unsigned, bytes.fromhex(signature.decode()))
    return whole


def leaves(value, *place):
    """Yield every place inside of what was looked up."""
    if place:
        yield place
    if isinstance(value, dict | list):
        for name, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from leaves(inner, *place, name)


ODD = (None, True, -1, 10**40, "", "x", "-1", "NaN", "1e999999999", "9999-99-99", "\ud800", [], {}, [None])
"""What nobody writes, in the place of something that was looked up."""
