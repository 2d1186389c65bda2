"""What the headings of a table mean: the Chinese and English names under which offices keep their columns."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from poc_eval.errors import Fault
from poc_eval.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from poc_eval.spreadsheet.reading import Table

PROJECT_HEADS: Final[Mapping[str, Sequence[str]]] = {
    "id": (
        "项目编号", "编号", "申报编号", "申请编号", "受理编号", "平台编号", "成果编号", "项目代码",
        "id", "project id", "project no", "project number",
    ),
    "title": (
        "项目名称", "名称", "平台名称", "基地名称", "成果名称", "课题名称",
        "title", "name", "project title", "project name", "project",
    ),
    "title_en": ("英文名称", "项目英文名称", "title en", "english title", "english name"),
    "applicant": (
        "承担单位", "申报单位", "申请单位", "依托单位", "牵头单位", "建设单位", "单位名称", "单位",
        "applicant", "organisation", "organization", "institution", "unit",
    ),
    "field": (
        "领域", "技术领域", "所属领域", "行业领域", "专业领域", "学科", "学科领域",
        "field", "area", "domain", "discipline",
    ),
    "kind": ("评价对象", "对象类型", "kind"),
    "stage": ("阶段", "项目阶段", "所处阶段", "stage", "phase"),
    "summary": (
        "摘要", "项目摘要", "简介", "项目简介", "内容摘要", "主要内容", "summary", "abstract", "description",
    ),
    "amount": (
        "申请金额", "申请经费", "申请资金", "申请资助金额", "申请额度", "申报金额", "拟申请金额",
        "amount", "requested amount", "amount requested", "amount applied for", "requested",
    ),
    "source": ("来源", "材料来源", "source"),
}  # fmt: skip

SCORE_HEADS: Final[Mapping[str, Sequence[str]]] = {
    "project": (
        "项目编号", "编号", "申报编号", "申请编号", "受理编号", "平台编号", "成果编号", "项目",
        "project", "project id", "project no", "project number",
    ),
    "title": ("项目名称", "平台名称", "成果名称", "project title", "project name"),
    "reviewer": (
        "评审专家", "专家", "专家姓名", "评委", "评审人", "reviewer", "expert", "reviewer name",
    ),
    "criterion": ("指标", "评价指标", "评审指标", "指标名称", "criterion"),
    "score": ("得分", "评分", "分数", "打分", "score"),
    "conflict": ("回避", "是否回避", "conflict"),
    "confidence": ("熟悉程度", "把握程度", "confidence"),
    "comment": ("评语", "理由", "评分理由", "说明", "comment", "reason"),
}  # fmt: skip

_BRACKETS: Final = re.compile(r"[(\[【]([^)\]】]*)[)\]】]")
_NOT_SAID: Final = re.compile(r"[\s_*:、.\-]+")
_CHINESE: Final = re.compile(r"[\u3400-\u9fff]+")
_ENGLISH: Final = frozenset({"英文", "en", "english"})
# Row numbers say nothing about a project.
_PASSED_OVER: Final = frozenset({"序号", "行号", "sn", "serialno"})
_PERSONAL: Final = (
    "联系", "电话", "手机", "邮箱", "微信", "身份证", "证件号", "账号", "银行卡", "住址",
    "contact", "phone", "mobile", "email", "wechat", "idcard", "bankaccount",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading as it stands, its name evened out, and what its brackets say, such as 万元."""

    text: str
    key: str
    brackets: str

    @property
    def names(self) -> Iterator[str]:
        """Yield what it may be known by: the whole, then the Chinese and the English part of both."""
        yield self.key
        chinese = "".join(_CHINESE.findall(self.key))
        yield chinese
        yield self.key.replace(chinese, "") if chinese else ""

    @property
    def is_personal(self) -> bool:
        """True for what reaches or identifies a person; it has no place before reviewers."""
        return any(word in self.key for word in _PERSONAL)

    @property
    def is_passed_over(self) -> bool:
        """True for a column that says nothing about its row."""
        return self.key in _PASSED_OVER


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column of a table is which field, and which ones are not known; by place in the row."""

    table: Table
    fields: Mapping[str, int]
    others: tuple[int, ...]

    def heading(self, field: str) -> str:
        """Return the heading of a field as it stands in the file; the field's name where there is none."""
        return self.table.columns[self.fields[field]] if field in self.fields else field

    def cell(self, row: Sequence[str], field: str) -> str:
        """Return what stands in a row under a field; nothing where there is no such column."""
        return row[self.fields[field]] if field in self.fields else ""


def even(text: str) -> str:
    """Return a name without case, width, space and marks, for comparing."""
    return _NOT_SAID.sub("", unicodedata.normalize("NFKC", text).lower())


def understood(text: str) -> Heading:
    """Return a heading in its parts."""
    wide = unicodedata.normalize("NFKC", text)
    found = _BRACKETS.search(wide)
    return Heading(text, even(_BRACKETS.sub("", wide)), even(found[1]) if found else "")


def is_heading(cells: Sequence[str]) -> bool:
    """Tell whether a row is a heading of projects or of scores: two of its cells at least are known ones."""
    keys = [set(understood(cell).names) for cell in cells if cell]
    return any(sum(bool(key & names) for key in keys) > 1 for names in _KNOWN_NAMES)


def match(table: Table, known: Mapping[str, Sequence[str]], faults: list[Fault]) -> Columns:
    """Return which column is which field of ``known``; two columns for one field go to ``faults``."""
    by_name = {even(name): field for field, names in known.items() for name in names}
    fields: dict[str, int] = {}
    others: list[int] = []
    for place, text in enumerate(table.columns):
        heading = understood(text)
        field = next((by_name[name] for name in heading.names if name in by_name), None)
        if field is not None and heading.brackets in _ENGLISH and f"{field}_en" in known:
            field = f"{field}_en"
        if field is None:
            others.append(place)
        elif field in fields:
            first = table.columns[fields[field]]
            faults.append(
                Fault(
                    _('"{first}" and "{second}" mean the same column', first=first, second=text),
                    _("keep one of the two, or head the other one differently"),
                    file=table.name,
                    line=table.heading_line,
                    place=text,
                )
            )
        else:
            fields[field] = place
    return Columns(table, fields, tuple(others))


def missing_column(table: Table, names: Sequence[str]) -> Fault:
    """Return the fault of a table in which none of the columns ``names`` stands."""
    return Fault(
        _('there is no column "{name}"', name=names[0]),
        _("head a column with one of these: {names}", names=", ".join(names)),
        file=table.name,
        line=table.heading_line,
    )


_KNOWN_NAMES: Final = tuple(
    frozenset(even(name) for names in heads.values() for name in names)
    for heads in (PROJECT_HEADS, SCORE_HEADS)
)
