"""What a rubric asks for, by every name under which a table may hold it."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from poc_eval.scoring.form_fields import OPINION, RECOMMENDATION
from poc_eval.spreadsheet.headings import even

if TYPE_CHECKING:
    from collections.abc import Iterator

    from poc_eval.i18n import Text
    from poc_eval.scoring.rubric import Rubric

_CONCLUSION: Final = (RECOMMENDATION, "推荐意见", "评审结论", "结论", "建议", "评审建议", "立项建议")
_OPINION: Final = (OPINION, "评审意见", "专家意见", "综合意见", "意见")
_YES_NO: Final = {"是": "yes", "否": "no", "yes": "yes", "no": "no"}


class Items:
    """The items of one rubric, found by id or, where it is one item's alone, by name."""

    def __init__(self, rubric: Rubric) -> None:
        self.rubric = rubric
        self._recommendations = {
            even(name): option.id
            for option in rubric.recommendation
            for name in (option.id, option.title.zh, option.title.en)
        }
        self._yes_no = {item.id for item in rubric.screening} | {
            name for name, asked in rubric.asked_inputs.items() if asked.kind == "yes_no"
        }
        pairs = {(even(name), item) for item, names in self._names() for name in (item, *names)}
        times = Counter(name for name, _item in pairs)
        self._ids = {item for item, _names in self._names()}
        self._by_name = {name: item for name, item in pairs if times[name] == 1}

    def find(self, text: str) -> str | None:
        """Return the id that ``text`` stands for, None where it stands for none."""
        return text if text in self._ids else self._by_name.get(even(text))

    def item(self, text: str) -> str:
        """Return the id that ``text`` stands for; ``text`` itself where it stands for none."""
        return self.find(text) or text

    def of_heading(self, heading: str) -> str | None:
        """Return the id that a heading stands for; a bracket such as （20分） may stand behind a title."""
        return self.find(heading) or self.find(re.split(r"[（(]", heading)[0])

    def value(self, item: str, text: str) -> str:
        """Return what a cell says on an item, in the words of a form."""
        if item == RECOMMENDATION:
            return self._recommendations.get(even(text), text)
        return yes_no(text) if item in self._yes_no else text

    def _names(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        def titled(item: str, title: Text) -> tuple[str, tuple[str, ...]]:
            return item, (title.zh, title.en)

        for node in self.rubric.every_node:
            if not node.children:
                yield titled(node.criterion.id, node.criterion.title)
        for item in self.rubric.screening:
            yield titled(item.id, item.ask)
        for name, asked in self.rubric.asked_inputs.items():
            yield titled(name, asked.label)
        for extra in (*self.rubric.bonuses, *self.rubric.deductions):
            yield titled(extra.id, extra.title)
        if self.rubric.recommendation:
            yield RECOMMENDATION, _CONCLUSION
        yield OPINION, _OPINION


def yes_no(text: str) -> str:
    """Return yes or no for 是 and 否 and their English; every other text as it is."""
    return _YES_NO.get(text.strip().lower(), text)
