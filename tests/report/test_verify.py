from __future__ import annotations

import json
import random
import re

import pytest
from resealing import resealed, said, trust, verified

from poc_eval.report import frame
from poc_eval.report.seal_keys import current_key, new_key, revoke_key
from poc_eval.report.verify import Trust, verify
from poc_eval.report.write import write_report
from poc_eval.workspace.store import Change

LONGER = "同意立项；请补充与现有分流装置的对比数据，并明确动物实验方案。"
PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


@pytest.fixture
def page(submitted):
    """Return a sealed report as text."""
    return write_report(submitted.notebook).path.read_text(encoding="utf-8")


@pytest.mark.parametrize("lang", ["zh", "en", "both"])
def test_a_report_as_it_was_written_is_verified(submitted, lang):
    written = write_report(submitted.notebook, lang=lang)
    found = verified(written.path.read_bytes(), submitted.workspace)
    assert said(found) == []
    assert set(found.checks.values()) == {"passed"}
    assert found.notes == []


def test_a_draft_is_verified_too(case):
    written = write_report(case.notebook)
    assert verified(written.path.read_bytes(), case.workspace).verified


def test_narrative_pictures_and_enclosed_reviews_are_drawn_again(submitted, code_cell):
    other = submitted.workspace.store.open_review(
        submitted.project.id, "reviewer-1", submitted.workspace.pin("poc-selection")
    )
    view = {"kind": "review-summary", "id": other.id, "options": {}}
    beside = {**code_cell({}), "id": "beside", "metadata": {"poc_eval": {"view": view}}, "outputs": []}
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"><rect width="4" height="4"/></svg>'
    )
    submitted.write(
        "## 说明\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n<b>x</b> https://example.org",
        code_cell({"image/png": PIXEL}),
        {**code_cell({"image/svg+xml": drawing}), "id": "drawn-2"},
        beside,
    )
    written = write_report(submitted.notebook, lang="both")
    assert b"data:image/svg+xml" in written.path.read_bytes()
    found = verified(written.path.read_bytes(), submitted.workspace)
    assert said(found) == []
    assert found.checks["rendering"] == "passed"


def test_a_changed_word_is_named_with_its_section(page):
    found = verified(page.replace("缺少头对头比较", "完成头对头比较", 1).encode())
    assert re.search(r"the page differs from its records in “.*评.*”: it shows “.*完成头对头", said(found)[0])
    assert said(found)[-1] == "the seal does not hold: the file was changed after it was sealed"


def test_a_changed_total_in_the_data_is_named_with_both_figures(page):
    total = json.loads(page.split(frame.BEFORE_DATA)[1].removesuffix(frame.AFTER_DATA))["figures"]["total"]
    found = verified(page.replace(f'"total":"{total}"', '"total":"99.5"').encode())
    assert said(found)[0] == f"the total: the file states 99.5, the records in it give {total}"


def test_a_wrong_total_with_its_rendering_sealed_by_the_right_key_is_refused_and_named(submitted, page):
    shown = re.search(r"<dd[^>]*>(\d+(?:\.\d+)?)", page)[1]

    def change(data):
        data["figures"]["total"] = "99.5"

    data = resealed(submitted.workspace, page.replace(f">{shown}<", ">99.5<"), change)
    found = verified(data, submitted.workspace)
    assert said(found)[0].startswith("the total: the file states 99.5")
    assert found.checks["seal"] == "passed"
    assert found.checks["figures"] == found.checks["rendering"] == "failed"


def test_a_changed_rendering_alone_sealed_by_the_right_key_is_refused_and_named(submitted, page):
    """H39."""
    data = resealed(submitted.workspace, page.replace("缺少头对头比较", "完成头对头比较", 1))
    found = verified(data, submitted.workspace)
    assert len(said(found)) == 1
    assert "完成头对头比较" in said(found)[0]
    assert found.checks["seal"] == found.checks["figures"] == "passed"


def test_an_answer_changed_with_all_that_follows_differs_from_the_workspaces_record(submitted, page):
    def change(data):
        data["review"]["answers"]["opinion"]["value"] = "同意。"

    found = verified(resealed(submitted.workspace, page, change), submitted.workspace)
    assert "the review in the workspace is not the one that the report carries" in said(found)


def test_a_changed_style_is_found_in_the_head(submitted, page):
    found = verified(resealed(submitted.workspace, page.replace("font-size", "font-sizf", 1)))
    assert said(found) == [
        "the head of the page (title, policy or style) is not the one that its records give"
    ]


def test_another_spelling_of_the_data_is_found(page):
    at = page.index(frame.BEFORE_DATA) + len(frame.BEFORE_DATA)
    spaced = page[:at] + page[at:].replace('"as_shipped":true', '"as_shipped": true', 1)
    assert spaced != page
    assert not verified(spaced.encode()).verified


@pytest.mark.parametrize("kept", [0.999, 0.98, 0.6, 0.1])
def test_a_truncated_file_is_named(page, kept):
    data = page.encode()
    found = verified(data[: int(len(data) * kept)].decode("utf-8", "ignore").encode())
    assert said(found) == ["the file is cut off, or something was added behind its end"]


def test_what_was_added_behind_the_end_is_named(page):
    found = verified((page + "<!-- -->").encode())
    assert said(found) == ["the file is cut off, or something was added behind its end"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "this is no report of poc_eval"),
        (b"%PDF-1.7", "this is no report of poc_eval"),
        (b"\xff\xfe", "the file is no text from byte 0 on"),
        (b"<html>pe-report" + frame.AFTER_DATA.encode(), "the report's own data was taken out of the file"),
    ],
)
def test_what_is_no_report_is_told_apart(data, words):
    assert said(verified(data)) == [words]


@pytest.mark.parametrize("block", ["", "{", "[]", "[" * 100_000, '{"a":1,"a":1}', '{"a":NaN}', '{"a":1.5}'])
def test_damaged_data_is_named(block):
    data = f"<!DOCTYPE html>{frame.BEFORE_DATA}{block}{frame.AFTER_DATA}".encode()
    assert said(verified(data)) == ["the report's own data is damaged and cannot be read"]


def test_a_report_of_the_format_before_seals_is_named(page):
    block = page.split(frame.BEFORE_DATA)[1].removesuffix(frame.AFTER_DATA)
    old = json.loads(block)
    del old["seal"]
    old["schema"] = 1
    found = verified(page.replace(block, json.dumps(old)).encode())
    assert said(found) == ["the report is of the earlier format 1, which carries no seal"]


def test_a_report_of_a_newer_program_is_named(page):
    found = verified(page.replace('"schema":2', '"schema":9').encode())
    assert said(found) == ["the report was made by a newer version: its format is 9, this program knows 2"]


def test_another_key_is_named_and_nothing_else_is_wrong(submitted, page):
    """H38."""
    found = verify(page.encode(), "report.html", Trust({}))
    key = current_key(submitted.workspace).public.hex()
    assert said(found) == [f"the report is sealed by a key that is not known here: {key[:16]}"]


def test_a_renewed_key_leaves_earlier_reports_as_they_are(submitted, page):
    new_key(submitted.workspace)
    assert verified(page.encode()).verified
    again = write_report(submitted.notebook).path.read_bytes()
    assert again != page.encode()
    assert verified(again).verified


def test_a_revoked_key_is_named_with_the_reason(submitted, page):
    revoke_key(current_key(submitted.workspace).public.hex(), reason="the laptop was stolen")
    assert said(verified(page.encode())) == [
        f"the key that sealed this report was revoked on {trust_day()}: the laptop was stolen"
    ]


def trust_day():
    return next(key.revoked[0][:10] for key in trust().register.keys.values() if key.revoked)


def test_other_pins_leave_the_rendering_out_and_pass(submitted, page):
    def change(data):
        data["made_by"]["nh3"] = "0.0.1"

    found = verified(resealed(submitted.workspace, page, change))
    assert found.verified
    assert found.checks["rendering"] == "not checked"
    assert "made by" in found.notes[0].text("en")
    assert "nh3 0.0.1" in found.notes[0].text("zh")


def test_another_version_of_this_package_with_the_same_renderer_is_drawn_again(submitted, page):
    def change(data):
        data["made_by"]["poc_eval"] = "0.0.9"

    assert verified(resealed(submitted.workspace, page, change)).checks["rendering"] == "passed"


def test_a_kind_that_is_not_known_is_left_out_and_said(submitted, page):
    def change(data):
        data["kind"] = "horoscope"

    found = verified(resealed(submitted.workspace, page, change))
    assert found.checks["figures"] == "not checked"
    assert "horoscope" in found.notes[0].text("en")


def test_an_older_genuine_report_in_the_place_of_a_newer_one_is_told_by_register_and_workspace(case):
    """H41."""
    old = write_report(case.notebook).path.read_bytes()
    case.answer({"opinion": "同意。"})
    new = write_report(case.notebook)
    assert verified(new.path.read_bytes(), case.workspace).verified
    by_register = said(verified(old))
    assert by_register[0].startswith(f"this is an older report: {new.code} took its place on ")
    bare = Trust(trust().keys, workspace=case.workspace)
    by_workspace = said(verify(old, "old.html", bare))
    assert by_workspace[0] == "this is an older report: the review was changed since"
    assert by_workspace[1].startswith("this is an older report: the workspace's log has a newer one of ")


def test_a_report_on_an_amended_review_is_told(submitted):
    old = write_report(submitted.notebook).path.read_bytes()
    newer = submitted.workspace.store.amend(submitted.review.id, reason="计分有误")
    saved = submitted.workspace.store.save(newer.id, [Change("opinion", LONGER, newer.revision)]).review
    submitted.workspace.submit(newer.id, revision=saved.revision)
    found = verify(old, "old.html", Trust(trust().keys, workspace=submitted.workspace))
    assert said(found) == [f"this is an older report: the review was amended since, by {newer.id}"]


def test_notebooks_on_the_same_review_from_other_templates_do_not_replace_one_another(submitted):
    first = write_report(submitted.notebook).path.read_bytes()
    other = submitted.new(template="project_review")
    write_report(other)
    assert verified(first, submitted.workspace).verified


def test_a_log_that_is_not_the_one_is_told(submitted, page):
    def change(data):
        data["seal"]["log"]["digest"] = "0" * 32

    found = verified(resealed(submitted.workspace, page, change), submitted.workspace)
    assert re.search(r"entry \d+ of the workspace's log is not the one", said(found)[0])


def test_no_single_byte_can_be_changed(page):
    """H37."""
    data = page.encode()
    source = random.Random(20261121)  # noqa: S311 the same changes in every run
    knows = trust()
    tail = range(len(data) - 900, len(data))
    places = [*source.sample(range(len(data)), 60), *source.sample(tail, 60)]
    for place in places:
        changed = bytearray(data)
        changed[place] ^= source.randrange(1, 256)
        assert not verify(bytes(changed), "report.html", knows).verified, place


def test_the_signature_has_one_spelling(page):
    signature = re.search(r'"signature":"([0-9a-f]{128})"', page)[1]
    for other in (signature.upper(), signature + "00", signature[:-2], "", signature[::-1]):
        assert not verified(page.replace(signature, other).encode()).verified


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("zone", "../../etc"),
        ("zone", 7),
        ("narrative", {"lang": "zh", "parts": [{"kind": "words", "text": "x", "pictures": [{}]}]}),
        ("narrative", {"lang": "xx", "parts": []}),
        ("narrative", None),
        ("review", {}),
        ("project", "x"),
        ("rubric", {"id": "medical-poc", "version": "1.0", "hash": "0", "text": "- &a [*a"}),
        ("figures", []),
        ("sealed", 5),
        ("chart", "yes"),
        ("schema", True),
        ("template", {"id": 1}),
    ],
)
def test_hostile_data_under_the_right_seal_is_a_finding(submitted, page, name, value):
    def change(data):
        data[name] = value

    assert not verified(resealed(submitted.workspace, page, change), submitted.workspace).verified
