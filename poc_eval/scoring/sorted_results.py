"""A table of results sorted by a rule: a value, a heap and a grade for each, and a value by dimension."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from poc_eval.errors import Fault, InputError
from poc_eval.i18n import _
from poc_eval.scoring.sorting import HEAPS, sort_results, valued

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from poc_eval.i18n import Message
    from poc_eval.scoring.sorting import Heap
    from poc_eval.scoring.sorting_rule import SortingRule

HEAP_TITLES: Final[Mapping[Heap, Message]] = {
    "promote": _("promote"),
    "abandon_or_transfer": _("abandon or transfer"),
    "unclear": _("unclear: to a panel"),
}
RESULT_HEADS: Final = ("result", "成果编号", "成果", "专利号", "编号", "id")
TITLE_HEADS: Final = ("title", "成果名称", "名称", "专利名称")
CHECKED_HEADS: Final = ("checked", "人工复核", "复核", "复核结论")
_CHECKED_WORDS: Final[Mapping[str, Heap]] = {
    **{name: name for name in HEAPS},
    "推广": "promote",
    "建议推广": "promote",
    "放弃或转让": "abandon_or_transfer",
    "建议放弃或转让": "abandon_or_transfer",
    "放弃": "abandon_or_transfer",
    "转让": "abandon_or_transfer",
    "存疑": "unclear",
    "待定": "unclear",
}
_DECIMALS: Final = 4


@dataclass(frozen=True, slots=True)
class SortedResults:
    """The rows in the order of the file; ``frame`` has one line a result.

    Columns: ``result, title, value, low, high, measured, heap, checked, grade`` and ``of:ID`` for the value
    in each dimension. ``value`` is NaN where nothing is measured, and then there is no grade.
    """

    rule: SortingRule
    frame: pd.DataFrame

    @property
    def counts(self) -> dict[Heap, int]:
        """Return how many results each heap has."""
        found = self.frame["heap"].value_counts()
        return {heap: int(found.get(heap, 0)) for heap in HEAPS}

    @property
    def grade_counts(self) -> dict[str, int]:
        """Return how many results each grade has, in the rule's order."""
        found = self.frame["grade"].value_counts()
        return {one.id: int(found.get(one.id, 0)) for one in self.rule.grades}

    def heap(self, heap: Heap) -> pd.DataFrame:
        """Return the results of a heap, the highest value first; of equals the earlier one."""
        own = self.frame[self.frame["heap"] == heap]
        return own.sort_values("value", ascending=False, kind="stable")

    def to_dict(self) -> dict[str, Any]:
        """Return plain values for JSON; what is not measured is None."""
        rule = self.rule
        return {
            "sorting": {"id": rule.id, "version": rule.version},
            "counts": dict(self.counts),
            "grades": self.grade_counts,
            "lines": {name: float(getattr(rule.lines, name)) for name in ("promote", "let_go", "complete")},
            "results": [_plain(row, rule) for row in self.frame.to_dict("records")],
        }


def sort_by_rule(
    rule: SortingRule, table: pd.DataFrame, *, name: str | None = None, lines: Sequence[int] | None = None
) -> SortedResults:
    """Return the rows of ``table`` sorted; its columns are named by ids or titles of the rule's figures.

    Beside them ``result`` (成果编号), and where there ``title`` (成果名称) and ``checked`` (人工复核: what a
    person decided, which counts). Empty cells are not measured. ``lines`` are the rows' numbers in the file.
    Raises InputError with every fault by line and column.
    """
    columns = _columns(rule, table, name)
    given = pd.DataFrame(
        {
            "result": _text(table[columns["result"]]),
            **{one.id: _text(table[columns[one.id]]).replace("", np.nan) for one in rule.indicators},
        }
    ).reset_index(drop=True)
    if "checked" in columns:
        said = _text(table[columns["checked"]]).reset_index(drop=True)
        given["checked"] = [_CHECKED_WORDS.get(word, word) for word in said]
    found = sort_results(given, rule.measured(), rule.heap_lines(), name=name, file_lines=lines)
    found.insert(1, "title", _text(table[columns["title"]]).to_numpy() if "title" in columns else "")
    found["grade"] = _grades(rule, found["value"].to_numpy(dtype=np.float64))
    for dimension in rule.dimensions:
        found[f"of:{dimension.id}"] = _value_of(rule, dimension.id, given)
    return SortedResults(rule, found)


def _columns(rule: SortingRule, table: pd.DataFrame, name: str | None) -> dict[str, str]:
    """Return which column of the table holds what; raises InputError for each that is missing."""
    heads = {str(column).strip(): str(column) for column in table.columns}
    wanted: dict[str, tuple[str, ...]] = {
        "result": RESULT_HEADS,
        "title": TITLE_HEADS,
        "checked": CHECKED_HEADS,
        **{one.id: (one.id, one.title.zh, one.title.en) for one in rule.indicators},
    }
    found = {
        key: heads[next(head for head in names if head in heads)]
        for key, names in wanted.items()
        if any(head in heads for head in names)
    }
    faults = [
        Fault(
            _("the column {name} is missing", name=" / ".join(dict.fromkeys(names[:2]))),
            _("give one column for each indicator"),
            file=name,
            line=1,
        )
        for key, names in wanted.items()
        if key not in found and key not in {"title", "checked"}
    ]
    if faults:
        raise InputError(*faults)
    return found


def _text(column: pd.Series[Any]) -> pd.Series[Any]:
    return column.fillna("").astype(str).str.strip().astype(object)


def _grades(rule: SortingRule, values: np.ndarray[tuple[int], np.dtype[np.float64]]) -> np.ndarray[Any, Any]:
    grade = np.full(values.shape, None, dtype=object)
    for one in reversed(rule.grades):
        grade[values >= float(one.at_least)] = one.id
    return grade


def _value_of(rule: SortingRule, dimension: str, given: pd.DataFrame) -> np.ndarray[Any, Any]:
    """Return the value of each result in one dimension, NaN where nothing of it is measured."""
    own = [one for one in rule.measured() if one.name in _of_dimension(rule, dimension)]
    return valued(given, own).value


def _of_dimension(rule: SortingRule, dimension: str) -> set[str]:
    return {one.id for one in rule.indicators if one.dimension == dimension}


def _plain(row: dict[Any, Any], rule: SortingRule) -> dict[str, Any]:
    return {
        "result": row["result"],
        "title": row["title"],
        "value": _rounded(row["value"]),
        "range": [_rounded(row["low"]), _rounded(row["high"])],
        "measured": _rounded(row["measured"]),
        "heap": row["heap"],
        "checked": bool(row["checked"]),
        "grade": row["grade"],
        "dimensions": {one.id: _rounded(row[f"of:{one.id}"]) for one in rule.dimensions},
    }


def _rounded(value: float) -> float | None:
    return None if np.isnan(value) else round(float(value), _DECIMALS)
