from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from poc_eval.errors import NewerStoreError, WorkspaceError
from poc_eval.workspace.settings import FILE, Settings, read_settings, standard_zone, write_settings

GOOD = """
schema = 1
id = "5f0c2c1e-6f5e-4f43-9e0b-8a8d2d0f7c11"
language = "zh"
timezone = "Asia/Shanghai"
created = "2026-11-20T15:41:07+08:00"
"""


def write(folder, text):
    (folder / FILE).write_text(text, encoding="utf-8")


def test_what_is_written_is_read_back(tmp_path):
    said = Settings(
        "5f0c2c1e-6f5e-4f43-9e0b-8a8d2d0f7c11",
        "en",
        ZoneInfo("Europe/Berlin"),
        datetime(2026, 11, 20, 7, 41, 7, tzinfo=UTC),
        'A "name"\\ with\n\x7f 中文',
    )
    write_settings(tmp_path, said)
    assert read_settings(tmp_path) == said


def test_moments_are_printed_in_shanghais_zone_unless_said_otherwise():
    assert standard_zone().key == "Asia/Shanghai"


def test_a_date_of_tomls_own_and_a_byte_order_mark_are_taken(tmp_path):
    write(tmp_path, "\ufeff" + GOOD.replace('"2026-11-20T15:41:07+08:00"', "2026-11-20T15:41:07+08:00"))
    assert read_settings(tmp_path).created == datetime(2026, 11, 20, 7, 41, 7, tzinfo=UTC)


def test_every_fault_is_told_at_once(tmp_path):
    write(
        tmp_path, 'schema = "1"\nid = "x"\nlanguage = "fr"\ntimezone = "Mars/Base"\ncreated = 3\ntitle = 4\n'
    )
    with pytest.raises(WorkspaceError) as told:
        read_settings(tmp_path)
    places = [fault.place for fault in told.value.faults]
    assert places == ["schema", "id", "language", "timezone", "created", "title"]
    assert all(fault.file == str(tmp_path / FILE) for fault in told.value.faults)


@pytest.mark.parametrize("key", ["schema", "id", "language", "timezone", "created"])
def test_a_missing_value_is_told_once(tmp_path, key):
    write(tmp_path, "\n".join(line for line in GOOD.splitlines() if not line.startswith(key)))
    with pytest.raises(WorkspaceError) as told:
        read_settings(tmp_path)
    assert [fault.place for fault in told.value.faults] == [key]


@pytest.mark.parametrize("zone", ["../../etc/passwd", "/etc/passwd", "Asia", "x" * 5000, "a\\u0000b"])
def test_a_hostile_zone_is_told(tmp_path, zone):
    write(tmp_path, GOOD.replace("Asia/Shanghai", zone))
    with pytest.raises(WorkspaceError) as told:
        read_settings(tmp_path)
    assert [fault.place for fault in told.value.faults] == ["timezone"]


def test_a_moment_without_a_zone_is_told(tmp_path):
    write(tmp_path, GOOD.replace("+08:00", ""))
    with pytest.raises(WorkspaceError, match="created"):
        read_settings(tmp_path)


def test_a_line_that_is_no_toml_is_named(tmp_path):
    write(tmp_path, "schema = 1\nid = x\n")
    with pytest.raises(WorkspaceError) as told:
        read_settings(tmp_path)
    assert told.value.faults[0].line == 2


def test_a_file_that_is_no_text_is_told(tmp_path):
    (tmp_path / FILE).write_bytes(b"\xff\xfe\x00")
    with pytest.raises(WorkspaceError, match="cannot be read"):
        read_settings(tmp_path)


def test_a_folder_without_the_file_is_no_workspace(tmp_path):
    with pytest.raises(WorkspaceError, match="not a workspace"):
        read_settings(tmp_path)


def test_a_newer_layout_is_refused_with_both_numbers(tmp_path):
    write(tmp_path, GOOD.replace("schema = 1", "schema = 7"))
    with pytest.raises(NewerStoreError, match="layout is 7, this program knows 1"):
        read_settings(tmp_path)
