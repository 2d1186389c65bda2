"""Saving, submitting and amending, played against a plain model of what must happen."""

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from poc_eval.errors import LockedError, StaleRevisionError
from poc_eval.i18n import Text
from poc_eval.workspace.local import LocalStore, utc_now
from poc_eval.workspace.records import DefinitionRef, PinnedDefinition, Project
from poc_eval.workspace.store import Change

RUBRIC = DefinitionRef("poc-small", "1.0", "ab" * 32)
FIELDS = st.sampled_from(["a", "b", "c"])
VALUES = st.sampled_from(["", "1", "2", "长文本\n第二行", "'; DROP TABLE log; --"])


class Version:
    """One version of a review as the model knows it."""

    def __init__(self, fields=(), revision=0):
        self.fields = dict(fields)  # name -> (value, revision)
        self.revision = revision
        self.submitted = False

    def save(self, changes):
        """Return the fields in conflict, or None where the version is locked and would change."""
        changes = {field: (value, base) for field, value, base in changes}
        differing = {
            field: (value, base)
            for field, (value, base) in changes.items()
            if value != self.fields.get(field, ("", 0))[0]
        }
        if self.submitted and differing:
            return None
        conflicts = {
            field for field, (_, base) in differing.items() if self.fields.get(field, ("", 0))[1] > base
        }
        written = differing.keys() - conflicts
        if written:
            self.revision += 1
            self.fields |= {field: (differing[field][0], self.revision) for field in written}
        return conflicts


class ReviewMachine(RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.store = LocalStore.create(self.folder, "w")
        self.store.add_project(Project("P1", Text("甲", "A")))
        self.store.pin(PinnedDefinition("rubric", RUBRIC, "a.yaml", "", utc_now()))
        self.ids = [self.store.open_review("P1", "reviewer-1", RUBRIC).id]
        self.versions = [Version()]
        self.writes = 4

    def teardown(self):
        assert self.store.verify_log().intact
        shutil.rmtree(self.folder)

    def pick(self, data):
        return data.draw(st.integers(0, len(self.versions) - 1), label="version")

    @rule(data=st.data(), changes=st.lists(st.tuples(FIELDS, VALUES, st.integers(0, 6)), max_size=3))
    def save(self, data, changes):
        place = self.pick(data)
        version, before = self.versions[place], self.versions[place].revision
        expected = version.save(changes)
        sent = [Change(field, value, base) for field, value, base in changes]
        if expected is None:
            with pytest.raises(LockedError):
                self.store.save(self.ids[place], sent)
            return
        self.writes += version.revision != before
        result = self.store.save(self.ids[place], sent)
        assert {conflict.field for conflict in result.conflicts} == expected
        assert {one.field for one in result.saved} == {field for field, _, _ in changes} - expected
        assert all(one.revision == version.fields.get(one.field, ("", 0))[1] for one in result.saved)

    @rule(data=st.data(), behind=st.integers(0, 1))
    def submit(self, data, behind):
        place = self.pick(data)
        version = self.versions[place]
        stated = version.revision - behind
        if stated == version.revision:
            self.writes += not version.submitted
            version.submitted = True
            assert self.store.submit(self.ids[place], revision=stated, outcome={}).status == "submitted"
        else:
            with pytest.raises(LockedError if version.submitted else StaleRevisionError):
                self.store.submit(self.ids[place], revision=stated, outcome={})

    @rule(data=st.data(), reason=st.sampled_from(["one", "other"]))
    def amend(self, data, reason):
        place = self.pick(data)
        newest = place == len(self.versions) - 1
        same = place == len(self.versions) - 2 and not self.versions[-1].submitted
        if newest and self.versions[place].submitted:
            copied = {field: (value, 1) for field, (value, _) in self.versions[place].fields.items()}
            self.versions.append(Version(copied, revision=1))
            self.ids.append(self.store.amend(self.ids[place], reason=reason).id)
            self.reason = reason
            self.writes += 1
        elif same and reason == self.reason:
            assert self.store.amend(self.ids[place], reason=reason).id == self.ids[-1]
        else:
            with pytest.raises(LockedError):
                self.store.amend(self.ids[place], reason=reason)

    @rule()
    def open_again(self):
        self.store = LocalStore.open(self.folder)

    @precondition(lambda self: len(self.versions) > 1)
    @rule()
    def the_newest_version_is_the_one_that_opens(self):
        assert self.store.open_review("P1", "reviewer-1", RUBRIC).id == self.ids[-1]

    @invariant()
    def the_store_says_what_the_model_says(self):
        for review_id, version in zip(self.ids, self.versions, strict=True):
            kept = self.store.review(review_id)
            assert {name: (one.value, one.revision) for name, one in kept.answers.items()} == version.fields
            assert (kept.revision, kept.status == "submitted") == (version.revision, version.submitted)
            assert (self.store.submission(review_id) is not None) == version.submitted

    @invariant()
    def every_write_and_nothing_else_is_in_the_log(self):
        assert len(self.store.log()) == self.writes


TestReviews = ReviewMachine.TestCase
TestReviews.settings = settings(
    max_examples=25, stateful_step_count=15, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
