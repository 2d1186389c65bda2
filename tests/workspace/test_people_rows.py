import sqlite3
from contextlib import closing

import pytest

from poc_eval.errors import InputError
from poc_eval.workspace.journal import person_actor
from poc_eval.workspace.local import FILE
from poc_eval.workspace.people_rows import clean_name
from poc_eval.workspace.store import Change

NAME = "欧阳修竹教授"
WORDS = "该装置与本人课题组成果同源"


def everything_in(folder):
    return b"".join(path.read_bytes() for path in folder.iterdir() if path.is_file())


def test_a_persons_data_can_be_deleted_and_the_log_still_holds(store, rubric, tmp_path):
    review = store.open_review("P1", NAME, rubric)
    store.save(review.id, [Change("opinion", WORDS, 0)])
    store.submit(review.id, revision=1, outcome={})
    amendment = store.amend(review.id, reason="补充说明")
    other = store.open_review("P1", "reviewer-2", rubric)
    entries = store.log()

    gone = store.forget_person(NAME)

    assert set(gone.reviews) == {review.id, amendment.id}
    assert store.reviews() == (other,)
    assert store.reviewers() == ("reviewer-2",)
    assert store.log()[:-1] == entries
    assert store.log()[-1].action == "forget"
    assert store.verify_log().intact
    left = everything_in(tmp_path)
    assert NAME.encode() not in left
    assert WORDS.encode() not in left


def test_the_log_holds_neither_names_nor_texts(store, rubric, tmp_path):
    review = store.open_review("P1", NAME, rubric)
    store.save(review.id, [Change("opinion", WORDS, 0)])
    with closing(sqlite3.connect(tmp_path / FILE)) as connection:
        rows = str(connection.execute("SELECT * FROM log").fetchall())
    assert NAME not in rows
    assert WORDS not in rows


def test_without_a_persons_own_key_a_guessed_name_does_not_lead_to_their_entries():
    secret = b"\x01" * 32
    one = person_actor(secret, NAME, "aa" * 32)
    other = person_actor(secret, NAME, "bb" * 32)
    assert one.hash != other.hash


def test_a_person_who_comes_back_is_a_new_person_to_the_log(store, rubric):
    store.open_review("P1", NAME, rubric)
    before = store.log()[-1].actor
    store.forget_person(NAME)
    store.open_review("P1", NAME, rubric)
    assert store.log()[-1].actor != before
    assert store.verify_log().intact


@pytest.mark.parametrize(
    ("name", "clean"), [(" 张 三 ", "张 三"), ("O'Neil-Ström", "O'Neil-Ström"), ("王" * 200, "王" * 200)]
)
def test_a_name_is_kept_as_it_is_written_without_outer_space(name, clean):
    assert clean_name(name) == clean


@pytest.mark.parametrize(
    "name", ["", "\t", "a\x00b", "张\n三", "王" * 201, "张\u200b三", "\u202e三张", "张\u2028三"]
)
def test_what_is_no_name_is_refused(name):
    with pytest.raises(InputError):
        clean_name(name)
