import sqlite3
from contextlib import closing

import pytest

from poc_eval.workspace.local import FILE, HEADS
from poc_eval.workspace.store import Change


@pytest.fixture
def used(store, review):
    """Return a store with ten entries in its log and one sealed review."""
    for number in range(5):
        store.save(review.id, [Change("a", str(number), number)])
    store.submit(review.id, revision=5, outcome={"total": "66.0"})
    return store


def tamper(folder, *statements):
    with closing(sqlite3.connect(folder / FILE)) as connection, connection:
        for statement in statements:
            connection.execute(statement)


def test_an_untouched_log_holds(used):
    check = used.verify_log()
    assert (check.entries, check.first_bad, check.faults) == (10, None, ())
    assert check.intact


@pytest.mark.parametrize("statement", ["UPDATE log SET action = 'open' WHERE seq = 5", "DELETE FROM log"])
def test_the_log_refuses_to_be_changed(used, tmp_path, statement):
    with pytest.raises(sqlite3.IntegrityError, match="refused"):
        tamper(tmp_path, statement)
    assert used.verify_log().intact


def test_a_row_changed_behind_a_dropped_trigger_is_named(used, tmp_path):
    """H40; that the last rows are gone is told by the heads kept outside, below."""
    tamper(tmp_path, "DROP TRIGGER log_refuses_update", "UPDATE log SET content = actor WHERE seq = 5")
    check = used.verify_log()
    assert check.first_bad == 5
    text = "\n".join(fault.text("en") for fault in check.faults)
    assert "entry 5 of the log" in text
    assert "log_refuses_update" in text


def test_rows_cut_off_the_end_are_missed(used, tmp_path):
    tamper(tmp_path, "DROP TRIGGER log_refuses_delete", "DELETE FROM log WHERE seq > 7")
    check = used.verify_log()
    assert check.first_bad == 8
    assert "the log ends before entry 8" in check.faults[0].text("en")


def test_a_log_that_goes_on_after_it_was_cut_short_is_still_found_out(used, tmp_path):
    tamper(tmp_path, "DROP TRIGGER log_refuses_delete", "DELETE FROM log WHERE seq > 7")
    used.note("export", "project:P1", {}, by=None)
    assert used.verify_log().first_bad == 8


def test_a_row_taken_out_of_the_middle_is_named(used, tmp_path):
    tamper(tmp_path, "DROP TRIGGER log_refuses_delete", "DELETE FROM log WHERE seq = 3")
    assert used.verify_log().first_bad == 3


def test_a_row_that_holds_what_no_entry_holds_is_named_and_raises_nothing(used, tmp_path):
    tamper(
        tmp_path,
        "DROP TRIGGER log_refuses_update",
        "UPDATE log SET at = x'00ff', content = 1.5 WHERE seq = 2",
    )
    assert used.verify_log().first_bad == 2


def test_a_missing_record_of_heads_is_told(used, tmp_path):
    (tmp_path / HEADS).unlink()
    (fault,) = used.verify_log().faults
    assert fault.file == str(tmp_path / HEADS)


def test_a_log_ahead_of_its_heads_holds(used, tmp_path):
    heads = tmp_path / HEADS
    heads.write_bytes(b"".join(heads.read_bytes().splitlines(keepends=True)[:-2]))
    assert used.verify_log().intact


@pytest.mark.parametrize(
    ("statements", "said"),
    [
        (["UPDATE answers SET value = '99'"], "are not those that were sealed"),
        (
            ["DROP TRIGGER submissions_refuses_update", "UPDATE submissions SET snapshot = '{}'"],
            "was changed or is gone",
        ),
        (["DELETE FROM submissions"], "was changed or is gone"),
        (["UPDATE reviews SET status = 'draft', submitted_at = NULL"], "is open again"),
    ],
)
def test_a_submitted_review_that_was_changed_behind_the_program_is_named(used, tmp_path, statements, said):
    tamper(tmp_path, *statements)
    check = used.verify_log()
    assert not check.intact
    assert any(said in fault.text("en") for fault in check.faults)


def test_a_snapshot_with_a_new_hash_does_not_fit_the_log(used, tmp_path):
    tamper(
        tmp_path,
        "DROP TRIGGER submissions_refuses_update",
        # The SHA-256 of "{}".
        "UPDATE submissions SET snapshot = '{}',"
        " sha256 = '44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a'",
    )
    assert any("sealed text" in fault.text("en") for fault in used.verify_log().faults)
