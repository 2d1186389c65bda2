import pytest

from poc_eval import errors
from poc_eval.errors import DefinitionError, Fault, PocEvalError
from poc_eval.i18n import _

WHAT = _('the key "{key}" is missing', key="title")
FAMILY = [
    error for error in vars(errors).values() if isinstance(error, type) and issubclass(error, PocEvalError)
]


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ({}, 'the key "title" is missing; add it'),
        ({"file": "r.yaml"}, 'r.yaml: the key "title" is missing; add it'),
        ({"file": "r.yaml", "line": 3}, 'r.yaml:3: the key "title" is missing; add it'),
        (
            {"file": "r.yaml", "line": 3, "place": "criteria[2]"},
            'r.yaml:3: criteria[2]: the key "title" is missing; add it',
        ),
        ({"place": "C7"}, 'C7: the key "title" is missing; add it'),
    ],
)
def test_a_fault_is_one_line_with_file_line_place_and_the_way_out(where, said):
    assert Fault(WHAT, _("add it"), **where).text("en") == said


def test_a_fault_speaks_chinese_with_chinese_punctuation():
    assert Fault(WHAT, _("add it"), file="r.yaml", line=3).text("zh") == "r.yaml:3: 缺少“title”；请补上"


def test_a_fault_stays_on_one_line_whatever_was_typed():
    fault = Fault(_('the key "{key}" is missing', key="a\nb\tc"), _("add it"))
    assert fault.text("en") == 'the key "a b c" is missing; add it'


@pytest.mark.parametrize("error", FAMILY)
def test_every_error_carries_all_its_faults(error):
    faults = [Fault(WHAT, _("add it"), line=line) for line in (1, 2)]
    raised = error(*faults)
    assert raised.faults == tuple(faults)
    assert len(raised.lines("zh")) == 2
    assert str(raised) == "\n".join(raised.lines("en"))
    assert raised.exit_code == 2
    assert error.__doc__


def test_an_error_without_a_fault_cannot_be_made():
    with pytest.raises(ValueError, match="without a fault"):
        DefinitionError()
