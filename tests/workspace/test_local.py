import threading

import pytest

from poc_eval.errors import DefinitionError, InputError, LockedError, StaleRevisionError, UnknownIdError
from poc_eval.i18n import Text
from poc_eval.workspace.local import LocalStore
from poc_eval.workspace.records import DefinitionRef, PinnedDefinition, Project
from poc_eval.workspace.store import Change, SavedField


def test_what_was_saved_is_there_after_opening_the_store_again(store, review, tmp_path):
    store.save(review.id, [Change("opinion", "临床需求明确。\n建议立项。", 0)])
    again = LocalStore.open(tmp_path).review(review.id)
    assert again.values() == {"opinion": "临床需求明确。\n建议立项。"}
    assert (again.revision, again.status, again.reviewer) == (1, "draft", "reviewer-1")
    assert again.answers["opinion"].at.utcoffset().total_seconds() == 0


def test_creating_a_store_twice_keeps_the_first(review, store, tmp_path):
    again = LocalStore.create(tmp_path, "another id")
    assert again.workspace_id == store.workspace_id
    assert again.review(review.id) == review


def test_a_field_has_the_revision_of_the_save_that_last_wrote_it(store, review):
    store.save(review.id, [Change("a", "1", 0), Change("b", "1", 0)])
    result = store.save(review.id, [Change("a", "2", 1)])
    assert result.saved == (SavedField("a", 2),)
    assert {name: answer.revision for name, answer in result.review.answers.items()} == {"a": 2, "b": 1}


def test_two_tabs_that_edit_different_fields_merge(store, review):
    store.save(review.id, [Change("a", "mine", 0)])
    result = store.save(review.id, [Change("b", "theirs", 0)])
    assert result.conflicts == ()
    assert result.review.values() == {"a": "mine", "b": "theirs"}


def test_two_tabs_that_edit_one_field_get_both_texts_and_the_rest_is_saved(store, review):
    store.save(review.id, [Change("a", "first", 0)])
    result = store.save(review.id, [Change("a", "second", 0), Change("b", "new", 0)])
    (conflict,) = result.conflicts
    assert (conflict.field, conflict.mine, conflict.theirs, conflict.revision) == ("a", "second", "first", 1)
    assert conflict.at == result.review.answers["a"].at
    assert result.review.values() == {"a": "first", "b": "new"}


def test_after_a_conflict_the_chosen_text_is_written_on_the_revision_shown(store, review):
    store.save(review.id, [Change("a", "first", 0)])
    (conflict,) = store.save(review.id, [Change("a", "second", 0)]).conflicts
    result = store.save(review.id, [Change("a", "second", conflict.revision)])
    assert result.conflicts == ()
    assert result.review.values() == {"a": "second"}


def test_sending_a_save_again_changes_nothing_and_is_acknowledged(store, review):
    changes = [Change("a", "1", 0)]
    first = store.save(review.id, changes)
    again = store.save(review.id, changes)
    assert again.saved == first.saved
    assert again.review == first.review
    assert len(store.log()) == 5  # create, project, pin, open, one save


def test_an_empty_text_in_a_field_never_filled_is_no_change(store, review):
    result = store.save(review.id, [Change("a", "", 0)])
    assert result.saved == (SavedField("a", 0),)
    assert result.review.revision == 0


def test_a_text_can_be_taken_away_again(store, review):
    store.save(review.id, [Change("a", "x", 0)])
    assert store.save(review.id, [Change("a", "", 1)]).review.values() == {"a": ""}


def test_of_two_changes_of_one_field_the_last_counts(store, review):
    result = store.save(review.id, [Change("a", "1", 0), Change("a", "2", 0)])
    assert result.review.values() == {"a": "2"}


def test_a_submitted_review_is_locked_and_sealed(store, review):
    store.save(review.id, [Change("a", "1", 0)])
    done = store.submit(review.id, revision=1, outcome={"total": "66.0"})
    assert (done.status, done.revision) == ("submitted", 1)
    assert done.submitted_at is not None
    with pytest.raises(LockedError):
        store.save(review.id, [Change("a", "2", 1)])
    sealed = store.submission(review.id)
    assert '"answers":{"a":"1"}' in sealed.snapshot
    assert '"outcome":{"total":"66.0"}' in sealed.snapshot
    assert "reviewer-1" not in sealed.snapshot


def test_a_save_that_arrives_again_after_submitting_is_acknowledged(store, review):
    store.save(review.id, [Change("a", "1", 0)])
    store.submit(review.id, revision=1, outcome={})
    assert store.save(review.id, [Change("a", "1", 0)]).saved == (SavedField("a", 1),)


def test_submitting_what_was_changed_elsewhere_is_refused(store, review):
    store.save(review.id, [Change("a", "1", 0)])
    with pytest.raises(StaleRevisionError):
        store.submit(review.id, revision=0, outcome={})
    assert store.review(review.id).status == "draft"
    assert store.submission(review.id) is None


def test_submitting_again_changes_nothing(store, review):
    store.save(review.id, [Change("a", "1", 0)])
    first = store.submit(review.id, revision=1, outcome={"total": "1"})
    assert store.submit(review.id, revision=1, outcome={"total": "2"}) == first
    with pytest.raises(LockedError):
        store.submit(review.id, revision=7, outcome={})


def test_an_amendment_is_a_new_version_and_both_stay(store, review, rubric):
    store.save(review.id, [Change("a", "1", 0)])
    store.submit(review.id, revision=1, outcome={})
    amendment = store.amend(review.id, reason=" 数值录入有误 ")
    assert (amendment.version, amendment.amends, amendment.amendment_reason) == (2, review.id, "数值录入有误")
    assert (amendment.status, amendment.values()) == ("draft", {"a": "1"})
    store.save(amendment.id, [Change("a", "2", 1)])
    assert store.review(review.id).values() == {"a": "1"}
    assert store.newer_version(review.id) == amendment.id
    assert store.open_review("P1", "reviewer-1", rubric).id == amendment.id


def test_a_copied_answer_conflicts_with_a_page_that_never_saw_it(store, review):
    store.save(review.id, [Change("a", "1", 0)])
    store.submit(review.id, revision=1, outcome={})
    amendment = store.amend(review.id, reason="typing error")
    assert len(store.save(amendment.id, [Change("a", "2", 0)]).conflicts) == 1


def test_only_the_newest_submitted_version_can_be_amended(store, review):
    with pytest.raises(LockedError):
        store.amend(review.id, reason="too early")
    store.submit(review.id, revision=0, outcome={})
    amendment = store.amend(review.id, reason="once")
    assert store.amend(review.id, reason="once") == amendment
    with pytest.raises(LockedError) as refused:
        store.amend(review.id, reason="twice")
    assert amendment.id in str(refused.value)


@pytest.mark.parametrize("reason", ["", "  \n", "x" * 2001])
def test_an_amendment_without_a_usable_reason_is_refused(store, review, reason):
    store.submit(review.id, revision=0, outcome={})
    with pytest.raises(InputError):
        store.amend(review.id, reason=reason)


def test_a_reviewer_has_one_open_draft_of_a_project_by_a_rubric(store, review, rubric):
    assert store.open_review("P1", " reviewer-1 ", rubric) == review
    assert store.open_review("P1", "reviewer-2", rubric).id != review.id
    assert [one.reviewer for one in store.reviews(project_id="P1")] == ["reviewer-1", "reviewer-2"]
    assert store.reviews(reviewer="reviewer-2")[0].reviewer == "reviewer-2"
    assert store.reviewers() == ("reviewer-1", "reviewer-2")


def test_the_same_definition_is_pinned_once_and_another_text_is_refused_with_both_files(
    store, pinned, rubric
):
    assert store.pin(pinned) == rubric
    changed = PinnedDefinition(
        "rubric", DefinitionRef("poc-selection", "1.0", "cd" * 32), "mine.yaml", "", pinned.pinned_at
    )
    with pytest.raises(DefinitionError) as refused:
        store.pin(changed)
    assert "rubrics/poc-selection.yaml" in str(refused.value)
    assert "mine.yaml" in str(refused.value)
    assert store.definitions() == (pinned,)
    assert store.definition("rubric", "poc-selection", "1.0") == pinned


def test_a_project_is_kept_as_it_came_and_its_id_stands_for_nothing_else(store, project):
    assert store.add_project(project) == project
    with pytest.raises(InputError):
        store.add_project(Project("P1", Text("别的项目", "Another project")))
    assert store.projects() == (project,)


@pytest.mark.parametrize(
    "ask",
    [
        lambda store: store.project("no such"),
        lambda store: store.review("no such"),
        lambda store: store.save("no such", []),
        lambda store: store.submit("no such", revision=0, outcome={}),
        lambda store: store.amend("no such", reason="x"),
        lambda store: store.open_review("P1", "reviewer-1", DefinitionRef("no such", "1", "0" * 64)),
        lambda store: store.definition("rubric", "no such", "1"),
        lambda store: store.forget_person("no such"),
    ],
)
def test_what_nobody_has_is_said_so(store, ask):
    with pytest.raises(UnknownIdError):
        ask(store)


def test_a_review_of_a_project_that_is_not_there_is_refused(store, rubric):
    with pytest.raises(UnknownIdError):
        store.open_review("no such", "reviewer-1", rubric)


@pytest.mark.parametrize("name", ["", "   ", "a\nb", "x" * 201, "\ud800"])
def test_what_is_no_name_opens_no_review(store, name, rubric):
    with pytest.raises(InputError):
        store.open_review("P1", name, rubric)


def test_every_write_stands_in_the_log_and_a_person_is_self_declared(store, review):
    store.save(review.id, [Change("a", "1", 0)])
    store.submit(review.id, revision=1, outcome={})
    store.amend(review.id, reason="typing error")
    store.note("report", f"review:{review.id}", {"file": "a.html"}, by="reviewer-1")
    log = store.log()
    assert [entry.action for entry in log] == [
        "create", "project", "pin", "open", "save", "submit", "amend", "report",
    ]  # fmt: skip
    assert [entry.seq for entry in log] == list(range(1, 9))
    assert {entry.assurance for entry in log[3:]} == {"self-declared"}
    assert {entry.assurance for entry in log[:3]} == {"system"}
    assert len({entry.actor for entry in log[3:]}) == 1


def test_threads_share_one_store_and_lose_nothing(store, review):
    def write(name):
        for number in range(10):
            store.save(review.id, [Change(f"{name}.{number}", str(number), 0)])

    threads = [threading.Thread(target=write, args=(f"thread-{name}",)) for name in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    after = store.review(review.id)
    assert len(after.answers) == 40
    assert after.revision == 40
    assert store.verify_log().intact
