from __future__ import annotations

import pytest

from poc_eval.catalog.definitions import parse_definition
from poc_eval.finance.programme import Programme

HEAD = """
id: tried
title: {zh: 试算, en: tried}
source: {document: 测试}
start: 2026-01-01
"""


@pytest.fixture
def programme():
    """Return a function that reads a programme from the keys that matter to a test."""

    def read(text: str) -> Programme:
        return parse_definition(Programme, HEAD + text, "tried.yaml").definition

    return read
