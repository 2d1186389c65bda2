from collections.abc import Mapping
from typing import Annotated

import pytest
from pydantic import Field

from poc_eval.catalog.fields import LocalText, Part
from poc_eval.catalog.known_keys import known_keys


class Leaf(Part):
    from_: str = Field(alias="from")
    to: str


class Other(Part):
    amount: str


class Tree(Part):
    title: LocalText
    leaf: Leaf | None = None
    either: Leaf | Other | None = None
    leaves: Annotated[tuple[Leaf, ...], Field(min_length=1)]
    pair: list[list[Other]]
    by_name: Mapping[str, "Tree"]
    anything: dict


@pytest.mark.parametrize(
    ("where", "keys"),
    [
        (("title",), ["zh", "en"]),
        (("leaf",), ["from", "to"]),
        (("either",), ["from", "to", "amount"]),
        (("leaves", 3), ["from", "to"]),
        (("pair", 0, 1), ["amount"]),
        (("by_name", "x", "by_name", "y", "leaf"), ["from", "to"]),
        (("leaves",), []),
        (("leaves", "x"), []),
        (("by_name", 3), []),
        (("anything", "x"), []),
        (("nowhere",), []),
    ],
)
def test_the_keys_of_a_place_are_found_through_lists_unions_and_names(where, keys):
    assert known_keys(Tree, where) == keys


def test_the_top_has_the_models_own_keys():
    assert known_keys(Tree, ()) == list(Tree.model_fields)
