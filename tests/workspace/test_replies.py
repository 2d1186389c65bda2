from http import HTTPStatus

import pytest

from poc_eval import errors
from poc_eval.i18n import _
from poc_eval.workspace.replies import no_such_address, not_done_here, refusal, status_of, unforeseen

FAULTS = [
    errors.Fault(_("the disk is full"), _("bring back the file from a backup"), file="a.yaml", line=3),
    errors.Fault(_("the project has no id"), _("give it a number or a short name"), place="id"),
]


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        (errors.UnknownIdError, 404),
        (errors.StaleRevisionError, 409),
        (errors.InputError, 422),
        (errors.DefinitionError, 422),
        (errors.NotebookError, 422),
        (errors.LockedError, 423),
        (errors.WorkspaceError, 503),
        (errors.NewerStoreError, 503),
        (errors.PocEvalError, 422),
    ],
)
def test_every_error_has_its_status(kind, status):
    assert status_of(kind(*FAULTS)) == status


def test_a_refusal_says_what_and_what_to_do_and_names_every_fault():
    told = refusal(errors.InputError(*FAULTS), "en").body["error"]
    assert told["what"] == "the disk is full"
    assert told["remedy"] == "bring back the file from a backup"
    assert [line.split(": ")[0] for line in told["faults"]] == ["a.yaml:3", "id"]


@pytest.mark.parametrize(
    ("made", "status"),
    [
        (no_such_address, HTTPStatus.NOT_FOUND),
        (not_done_here, HTTPStatus.METHOD_NOT_ALLOWED),
        (unforeseen, HTTPStatus.INTERNAL_SERVER_ERROR),
    ],
)
def test_refusals_of_the_desk_itself_are_told_in_both_languages(made, status):
    zh, en = (refusal(made(), lang) for lang in ("zh", "en"))
    assert zh.status == en.status == status
    assert zh.body["error"]["what"] != en.body["error"]["what"]
