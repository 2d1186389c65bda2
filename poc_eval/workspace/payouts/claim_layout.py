"""What the paper of claims (核定测算) asks for: policies, then a row a claim with the inputs they name."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from poc_eval.i18n import Text
from poc_eval.workspace.paper_records import Field, Grid, Layout, Option, Part, rows_of
from poc_eval.workspace.payouts.policies import rule_content, rule_from, rule_named, rules_at_hand

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from poc_eval.finance.policy_parts import Input
    from poc_eval.i18n import Translatable
    from poc_eval.workspace.paper_kinds import PaperContext
    from poc_eval.workspace.paper_records import FieldType
    from poc_eval.workspace.payouts.policies import Rule
    from poc_eval.workspace.workspace import Workspace

MOST_POLICIES: Final = 10
MOST_CLAIMS: Final = 300
YUAN: Final = Text("元", "yuan")
CLAIM: Final = Field("claim_id", Text("编号", "No."), required=True)
_TYPES: Final[dict[str, FieldType]] = {
    "amount": "amount",
    "count": "count",
    "share": "share",
    "yes_no": "yes_no",
    "choice": "choice",
    "date": "date",
}


def column_of(name: str) -> str:
    """Return the column of a policy's input: its id in the letters that a column may have."""
    return name.replace("-", "_").lower()


def chosen_rules(context: PaperContext) -> tuple[Rule, ...]:
    """Return the policies that the paper names, in its order; unknown and repeated ones are left out."""
    found: dict[str, Rule] = {}
    for name in _names(context):
        rule: Rule | None = context.look(f"policy {name}", partial(_noted, name), partial(rule_from, name))
        if rule is not None:
            found.setdefault(rule.ref.id, rule)
    return tuple(found.values())


def _names(context: PaperContext) -> tuple[str, ...]:
    """Return what the paper calls its policies, in its order, each once."""
    values = context.paper.values()
    bare = Grid("policies", Text("", ""), ())
    names = (values.get(f"rows/policies/{row}/policy", "").strip() for row in rows_of(bare, values))
    return tuple(dict.fromkeys(filter(None, names)))


def _noted(name: str, workspace: Workspace) -> dict[str, str] | None:
    return rule_content(rule_named(workspace, name))


def claim_layout(context: PaperContext) -> Layout:
    """Return what the paper asks for, with the columns of the policies that were chosen."""
    rules = chosen_rules(context)
    return Layout(
        (
            Part("rules", Text("适用政策", "Policies"), (_policies(context, rules),)),
            Part(
                "claims",
                Text("申报与核定", "Claims and verification"),
                (_claims(rules), _reductions(rules), _vouchers(rules)),
                help=Text(
                    "申报金额减核减金额等于核定金额，核定金额作为补助基数。可从 Excel 粘贴，也可导入文件。",
                    "Declared less reduced is verified, and the verified amount counts. Rows can be pasted "
                    "from Excel or imported from a file.",
                ),
            ),
            Part("accounts", Text("收款账户", "Accounts"), (_accounts(),)),
            Part("money", Text("预算与试算", "Budget and what if"), _money(rules)),
        )
    )


def _policies(context: PaperContext, rules: Sequence[Rule]) -> Grid:
    def known(workspace: Workspace) -> Iterator[Option]:
        every = {one.name: one for one in (*rules, *rules_at_hand(workspace))}
        for name, one in every.items():
            title, version = one.policy.title, one.ref.version
            yield Option(name, Text(f"{title.zh}（{version}）", f"{title.en} ({version})"))

    options = context.choices("policies", _names(context), known)
    return Grid(
        "policies",
        Text("选用的政策", "Policies chosen"),
        (
            Field("policy", Text("政策", "Policy"), "choice", required=True, options=options),
            Field("clause", Text("条款", "Clause"), "shown"),
        ),
        help=Text(
            "先选政策，下表随之列出所需各栏。", "Choose policies first; the columns below follow from them."
        ),
        at_least=1,
        at_most=MOST_POLICIES,
    )


def policy_options(rules: Sequence[Rule]) -> tuple[Option, ...]:
    """Return the chosen policies to choose from; ids are kept, as in a file of claims."""
    return tuple(Option(one.ref.id, one.policy.title) for one in rules)


def _claims(rules: Sequence[Rule]) -> Grid:
    several = len(rules) > 1
    columns = [CLAIM]
    if several:
        columns.append(
            Field("policy", Text("政策", "Policy"), "choice", required=True, options=policy_options(rules))
        )
    columns += [
        Field("payee", Text("申报单位", "Unit"), required=True),
        Field("credit_code", Text("统一社会信用代码", "Unified social credit code"), "credit_code"),
        Field(
            "period",
            Text("期间", "Period"),
            required=True,
            help=Text(
                "年度如 2023，或起止日期如 2023-01-01/2023-06-30",
                "a year such as 2023, or days such as 2023-01-01/2023-06-30",
            ),
        ),
        Field("project", Text("项目", "Project")),
    ]
    columns += _inputs(rules, several=several)
    columns += [
        Field("audit_report", Text("审计报告号", "Audit report")),
        Field("payout", Text("核定补助额", "Payout"), "shown", unit=YUAN),
    ]
    return Grid("claims", Text("申报明细", "Claims"), tuple(columns), at_least=1, at_most=MOST_CLAIMS)


def _inputs(rules: Sequence[Rule], *, several: bool) -> Iterator[Field]:
    seen: set[str] = set()
    for rule in rules:
        for name, kind in rule.policy.inputs.items():
            column = column_of(name)
            if column in seen:
                continue
            seen.add(column)
            yield from _input(column, kind, required=kind.required and not several)
        if rule.policy.budget is not None and rule.policy.budget.share in {"rank", "date"}:
            by = rule.policy.budget.share
            if by not in seen:
                seen.add(by)
                yield _BUDGET_ORDER[by]


_BUDGET_ORDER: Final = {
    "rank": Field("rank", Text("排序", "Rank"), "count"),
    "date": Field("date", Text("申报日期", "Date of the claim"), "date"),
}


def _input(column: str, kind: Input, *, required: bool) -> Iterator[Field]:
    help_ = kind.definition
    if kind.kind == "amount":
        label = kind.label
        declared = Text(f"申报：{label.zh}", f"declared: {label.en}")
        verified = Text(f"核定：{label.zh}", f"verified: {label.en}")
        yield Field(f"{column}_declared", declared, "amount", unit=YUAN)
        yield Field(column, verified, "amount", required=required, unit=YUAN, help=help_)
        return
    options = tuple(Option(one, kind.labels.get(one, Text(one, one))) for one in kind.of)
    yield Field(column, kind.label, _TYPES[kind.kind], required=required, options=options, help=help_)


def amount_inputs(rules: Sequence[Rule]) -> dict[str, Translatable]:
    """Return the amounts that the policies ask for: column and label."""
    return {
        column_of(name): kind.label
        for rule in rules
        for name, kind in rule.policy.inputs.items()
        if kind.kind == "amount"
    }


def _which(rules: Sequence[Rule]) -> tuple[Field, ...]:
    """Return the column that says which figure a row is about, where there are several."""
    inputs = amount_inputs(rules)
    if len(inputs) < 2:  # noqa: PLR2004 one needs no choice
        return ()
    options = tuple(Option(name, label) for name, label in inputs.items())
    return (Field("figure", Text("对应金额", "Of the amount"), "choice", required=True, options=options),)


def _reductions(rules: Sequence[Rule]) -> Grid:
    return Grid(
        "reductions",
        Text("核减明细", "Reductions"),
        (
            CLAIM,
            *_which(rules),
            Field("amount", Text("核减金额", "Reduced by"), "amount", required=True, unit=YUAN),
            Field("reason", Text("核减理由", "Reason"), required=True),
            Field("voucher", Text("依据凭证", "Voucher"), required=True),
        ),
        help=Text("每项核减写明理由和凭证。", "Each reduction with its reason and the paper that shows it."),
    )


def _vouchers(rules: Sequence[Rule]) -> Grid:
    return Grid(
        "vouchers",
        Text("凭证（合同—发票—回单）", "Vouchers (contract, invoice, bank receipt)"),
        (
            CLAIM,
            *_which(rules),
            Field("contract", Text("合同号", "Contract")),
            Field("invoice", Text("发票号", "Invoice")),
            Field("receipt", Text("银行回单号", "Bank receipt")),
            Field("amount", Text("金额", "Amount"), "amount", unit=YUAN),
        ),
        help=Text("用于核对金额和查找重复申报。", "To check the amounts and to find what is claimed twice."),
    )


def _accounts() -> Grid:
    return Grid(
        "accounts",
        Text("收款账户", "Accounts"),
        (
            Field("payee", Text("申报单位", "Unit"), required=True),
            Field("holder", Text("户名", "Holder"), required=True, personal=True),
            Field("bank", Text("开户银行", "Bank"), required=True),
            Field("number", Text("账号", "Account number"), required=True, personal=True),
        ),
    )


def _money(rules: Sequence[Rule]) -> tuple[Field, ...]:
    return (
        Field(
            "budget",
            Text("年度预算", "Budget of the year"),
            "amount",
            unit=YUAN,
            help=Text(
                "仅与合计比较，不改变核定补助额；政策自身的预算按政策执行。",
                "Compared with the total only; a budget that a policy states is kept by its own rule.",
            ),
        ),
        Field("try_policy", Text("试算的政策", "Policy to try"), "choice", options=policy_options(rules)),
        Field("try_rate", Text("试算比例", "Rate to try"), "share"),
        Field("try_cap", Text("试算上限", "Cap to try"), "amount", unit=YUAN),
    )
