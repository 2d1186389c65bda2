"""What a project asks for, as its record or its facts say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poc_eval.errors import InputError
from poc_eval.money import format_money, parse_money

if TYPE_CHECKING:
    from poc_eval.workspace.records import Project

_ASKED = frozenset({"申请经费", "申请金额", "申请资助金额", "申请资助经费", "拟申请经费"})
"""What a project's facts call the amount that it asks for."""


def asked_amount(project: Project) -> str:
    """Return the amount that the project or its facts state; empty where there is none that can be read."""
    if project.amount is not None:
        return format_money(project.amount, style="bare")
    for fact in project.facts:
        if fact.label.zh in _ASKED:
            try:
                return format_money(parse_money(fact.value.zh), style="bare")
            except InputError:
                return ""
    return ""
