from typing import Annotated

import pytest
from pydantic import BeforeValidator, TypeAdapter, ValidationError

from poc_eval.catalog.refusal import REFUSED, Refusal, refused
from poc_eval.i18n import _

GIVEN = (Refusal(_("add it"), _("delete it"), ("a", 1)), Refusal(_("delete it"), _("add it")))


def refuse(_value):
    raise refused(*GIVEN)


def test_a_refusal_travels_through_pydantic_with_its_words_and_places():
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(Annotated[str, BeforeValidator(refuse)]).validate_python("x")
    (detail,) = caught.value.errors()
    assert detail["type"] == REFUSED
    assert detail["ctx"]["refusals"] == GIVEN
    assert detail["msg"] == "add it; delete it\ndelete it; add it"
