"""What the working paper of a division of income asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from poc_eval.i18n import Text
from poc_eval.workspace.paper_records import Field, Grid, Layout, Option, Part
from poc_eval.workspace.sharing_rules import chosen_parts, sharing_rules

if TYPE_CHECKING:
    from collections.abc import Mapping

    from poc_eval.finance.least_reward import Way
    from poc_eval.finance.sharing_rule import SharingRule
    from poc_eval.workspace.paper_kinds import PaperContext
    from poc_eval.workspace.workspace import Workspace

_YUAN: Final = Text("元", "yuan")
WAYS: Final[Mapping[Way, Text]] = {
    "transfer": Text("转让", "Transfer"),
    "licence": Text("许可", "Licence"),
    "contribution_in_kind": Text("作价投资", "Contribution in kind"),
    "own_use": Text("自行实施或合作实施", "Own use"),
}


def layout(context: PaperContext) -> Layout:
    """Return what the paper asks for; the rules to choose from are the workspace's own and the shipped."""
    return Layout((_case(context), _agreed(context), _people()))


def _rules(workspace: Workspace) -> list[SharingRule]:
    return [one.definition for one in sharing_rules(workspace)]


def _known(workspace: Workspace) -> list[Option]:
    return [Option(f"{one.id}@{one.version}", one.title) for one in _rules(workspace)]


def _parties(workspace: Workspace) -> list[Option]:
    parties = {part.to: part.title for rule in _rules(workspace) for part in chosen_parts(rule)}
    return [Option(to, title) for to, title in parties.items()]


def _posts(workspace: Workspace) -> list[Option]:
    posts = {one.post: one.title for rule in _rules(workspace) for one in rule.approvals.by_post}
    return [Option(post, title) for post, title in posts.items()]


def _case(context: PaperContext) -> Part:
    ways = tuple(Option(way, title) for way, title in WAYS.items())
    known = context.choices("rules", context.paper.chosen("rule"), _known)
    return Part(
        "case",
        Text("转化项目", "The transfer"),
        (
            Field("contract", Text("合同名称", "Contract")),
            Field("way", Text("转化方式", "Way of transfer"), "choice", required=True, options=ways),
            Field(
                "received",
                Text("到账收入", "Income received"),
                "amount",
                required=True,
                help=Text(
                    "作价投资填作价金额，自行实施填当年营业利润",
                    "The value of the shares, or the year's operating profit",
                ),
                unit=_YUAN,
            ),
            Field("received_on", Text("到账日期", "Received on"), "date"),
            Field(
                "holding",
                Text("占公司股权比例", "Share of the company"),
                "share",
                help=Text("作价投资时填写", "For a contribution in kind"),
            ),
            Grid(
                "costs",
                Text("扣除的成本", "Costs taken away"),
                (
                    Field("item", Text("项目", "Item"), required=True),
                    Field("amount", Text("金额", "Amount"), "amount", required=True, unit=_YUAN),
                ),
                help=Text(
                    "以净收入为基数的办法先扣除；以到账收入为基数的仅用于核对法定最低标准",
                    "Taken away where the rule shares net income; else only for the law's least reward",
                ),
            ),
            Field("rule", Text("分配办法", "Rule"), "choice", required=True, options=known),
        ),
    )


def _agreed(context: PaperContext) -> Part:
    parties = context.choices("parties", context.paper.chosen("chosen/party"), _parties)
    posts = context.choices("posts", context.paper.chosen("post"), _posts)
    return Part(
        "agreed",
        Text("约定事项", "What was agreed"),
        (
            Grid(
                "chosen",
                Text("约定的比例", "Shares agreed"),
                (
                    Field("party", Text("分配对象", "Party"), "choice", required=True,
                          options=parties),
                    Field("share", Text("比例", "Share"), "share", required=True),
                ),
                help=Text("分配办法只给出范围的，在此填写约定的比例", "Where the rule leaves a range"),
            ),
            Field("post", Text("获奖励人员的最高职务", "Highest post among those rewarded"), "choice",
                  options=posts,
                  help=Text("审批程序按职务确定的办法填写", "Where approval goes by post")),
            Grid(
                "steps",
                Text("审批与公示办理记录", "Approvals and notices gone through"),
                (
                    Field("step", Text("环节", "Step"), required=True),
                    Field("on", Text("日期", "Date"), "date", required=True),
                    Field("number", Text("文号或会议名称", "Document number or meeting")),
                    Field("outcome", Text("结果", "Outcome")),
                ),
                help=Text("环节名称与分配办法所列的一致", "Steps are called as the rule calls them"),
                at_most=30,
            ),
        ),
    )  # fmt: skip


def _people() -> Part:
    return Part(
        "people",
        Text("团队内部分配与个人所得税", "The team and its income tax"),
        (
            Field("award_date", Text("奖励发放日期", "Award paid on"), "date"),
            Field("registered", Text("技术合同已认定登记", "Technology contract registered"), "yes_no"),
            Field(
                "tax_years",
                Text("股权奖励个人所得税分期年数", "Years over which tax on shares is paid"),
                "count",
                unit=Text("年", "years"),
                help=Text(
                    "作价投资时填写，自奖励发放当年起，最长五年；不填按五年等额",
                    "For a contribution in kind, from the year of the award; five at most, and if empty",
                ),
            ),
            Grid(
                "people",
                Text("参加分配人员", "People"),
                (
                    Field("name", Text("姓名", "Name"), required=True, personal=True),
                    Field("weight", Text("份额", "Parts"), "number", required=True),
                    Field("main", Text("主要贡献人员", "Main contributor"), "yes_no"),
                    Field("salary", Text("全年工资薪金", "Wages of the year"), "amount", unit=_YUAN),
                    Field(
                        "due",
                        Text("股权应纳税额", "Tax on shares"),
                        "amount",
                        unit=_YUAN,
                    ),
                    Field("award", Text("奖励", "Award"), "shown"),
                    Field("tax", Text("奖励应纳税额", "Tax on the award"), "shown"),
                    Field("left", Text("税后所得", "Left after tax"), "shown"),
                ),
                help=Text(
                    "作价投资的，股权应纳税额按税务机关核定数填写；现金奖励不填，由工资薪金测算",
                    "For shares write the tax that the tax office found; for cash it follows from the wages",
                ),
                at_most=100,
            ),
            Field("remark", Text("说明", "Remarks"), "long_text"),
        ),
    )
