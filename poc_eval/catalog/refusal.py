"""How a field or a model says no: in words of both languages, at one place or at several."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from pydantic_core import PydanticCustomError

if TYPE_CHECKING:
    from poc_eval.catalog.reader import Where
    from poc_eval.i18n import Message

REFUSED: Final = "refused"


class Refusal(NamedTuple):
    """What is wrong and what to do; ``at`` is the place inside the value under validation."""

    what: Message
    remedy: Message
    at: Where = ()


def refused(*refusals: Refusal) -> PydanticCustomError:
    """Return the error to raise in a validator; each refusal becomes a Fault with file, line and place.

    A model's validator can so name several places at once:
    ``raise refused(Refusal(what, remedy, ("gates", 1, "criterion")), ...)``.
    """
    said = "\n".join(f"{one.what.text('en')}; {one.remedy.text('en')}" for one in refusals)
    return PydanticCustomError(REFUSED, "{said}", {"said": said, "refusals": refusals})
