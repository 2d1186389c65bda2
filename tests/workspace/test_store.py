import inspect

import pytest

from poc_eval.workspace.local import LocalStore
from poc_eval.workspace.store import LogCheck, Store

METHODS = [name for name in vars(Store) if not name.startswith("_")]


@pytest.mark.parametrize("name", METHODS)
def test_the_local_store_does_all_that_a_store_does(name):
    wanted, has = getattr(Store, name), getattr(LocalStore, name)
    if callable(wanted):
        assert inspect.signature(has) == inspect.signature(wanted)
    assert has.__doc__


def test_a_check_without_findings_means_intact():
    assert LogCheck(3, None, ()).intact
