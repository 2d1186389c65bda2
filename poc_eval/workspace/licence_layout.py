"""What the working paper of a deal asks for: sales, the licensee, the payments of each structure, pricing."""

from __future__ import annotations

from typing import Final

from poc_eval.i18n import Text
from poc_eval.workspace.paper_records import Field, Grid, Layout, Option, Part

_YUAN: Final = Text("元", "yuan")
_YEAR: Final = Text("起始后第几年", "Years after the start")
_STRUCTURE: Final = Field("structure", Text("方案", "Structure"), required=True)

_CASE: Final = Part(
    "case",
    Text("总体情况", "General"),
    (
        Field("rate", Text("年折现率", "Discount rate a year"), "share", required=True),
        Field("years", Text("方案期限", "The deal lasts"), "count", required=True, unit=Text("年", "years")),
        Field(
            "licence",
            Text("转化方式", "What is given"),
            "choice",
            options=(
                Option("open", Text("开放许可", "Open licence")),
                Option("ordinary", Text("普通许可", "Ordinary licence")),
                Option("sole", Text("排他许可", "Sole licence")),
                Option("exclusive", Text("独占许可", "Exclusive licence")),
                Option("transfer", Text("转让", "Transfer")),
                Option("long_term_use", Text("长期使用权", "Long-term right of use")),
            ),
        ),
        Field("licence_years", Text("使用年限", "It lasts"), "count", unit=Text("年", "years")),
    ),
)
_SALES: Final = Part(
    "sales",
    Text("销售预期与试用", "Sales and trial"),
    (
        Field(
            "sales_probability",
            Text("实现销售的概率", "Probability of sales"),
            "share",
            help=Text(
                "有试用期的，指试用成功之后的概率；不填按 100%",
                "After a trial that succeeded; 100% where nothing stands",
            ),
        ),
        Grid(
            "sales",
            Text("各年销售额", "Sales by year"),
            (
                Field("year", _YEAR, "number", required=True),
                Field("amount", Text("净销售额", "Net sales"), "amount", required=True, unit=_YUAN),
                Field("gross", Text("总销售额", "Gross sales"), "amount", unit=_YUAN),
            ),
            at_most=60,
        ),
        Field("trial_months", Text("试用期", "Trial"), "count", unit=Text("个月", "months")),
        Field("trial_success", Text("试用成功的概率", "Probability that it succeeds"), "share"),
        Field("trial_exit", Text("试用不成功可以退出", "The licensee may leave if it fails"), "yes_no"),
    ),
)
_LICENSEE: Final = Part(
    "licensee",
    Text("被许可方", "The licensee"),
    (
        Field(
            "margin",
            Text("利润率", "Margin"),
            "share",
            help=Text(
                "支付许可费之前的利润占净销售额的比例；利润率与成本都填写才测算被许可方",
                "Of net sales, before the licensor is paid; with margin and costs the licensee is valued too",
            ),
        ),
        Grid(
            "costs",
            Text("被许可方成本", "The licensee's costs"),
            (
                Field("year", _YEAR, "number", required=True),
                Field("amount", Text("金额", "Amount"), "amount", required=True, unit=_YUAN),
            ),
            at_most=60,
        ),
    ),
)
_PAYMENTS: Final = Part(
    "structures",
    Text("付费方案", "Structures"),
    (
        Grid(
            "payments",
            Text("固定付款、里程碑与延期付款", "Fixed, milestone and deferred payments"),
            (
                _STRUCTURE,
                Field(
                    "kind",
                    Text("付款方式", "Kind"),
                    "choice",
                    required=True,
                    options=(
                        Option("fixed", Text("固定付款（买断、入门费）", "Fixed (buy-out, entry fee)")),
                        Option("milestone", Text("里程碑付款", "At a milestone")),
                        Option("deferred", Text("延期付款", "Deferred")),
                    ),
                ),
                Field("year", _YEAR, "number"),
                Field("amount", Text("金额", "Amount"), "amount", required=True, unit=_YUAN),
                Field("probability", Text("达到里程碑的概率", "Probability of the milestone"), "share"),
                Field("first_revenue", Text("取得收入即付", "At the first revenue"), "yes_no"),
                Field("paid", Text("到期付款的概率", "Paid when due"), "share"),
            ),
            help=Text(
                "同一方案的各笔付款填写相同的方案名称；排在最前的方案为比较基准",
                "Payments of one structure have the same name; the others are compared with the first",
            ),
            at_least=1,
            at_most=60,
        ),
        Grid(
            "royalties",
            Text("收入提成", "Royalties"),
            (
                _STRUCTURE,
                Field(
                    "of",
                    Text("提成基数", "Of"),
                    "choice",
                    required=True,
                    options=(
                        Option("net_sales", Text("净销售额", "net sales")),
                        Option("gross_sales", Text("总销售额", "gross sales")),
                        Option("profit", Text("利润", "profit")),
                    ),
                ),
                Field("rate", Text("提成率", "Rate"), "share", required=True),
                Field("up_to", Text("本档上限", "Up to"), "amount", unit=_YUAN),
                Field("minimum", Text("每年保底", "Minimum a year"), "amount", unit=_YUAN),
            ),
            help=Text("分档提成每档一行，最后一档不填上限", "One row for each tier; the last has no end"),
            at_most=60,
        ),
        Grid(
            "guarantees",
            Text("担保", "Guarantees"),
            (
                _STRUCTURE,
                Field("covers", Text("覆盖比例", "Covers"), "share", required=True),
                Field("fee", Text("担保费率", "Fee"), "share"),
            ),
            at_most=20,
        ),
    ),
)
_PRICING: Final = Part(
    "pricing",
    Text("定价与公示", "Price and public notice"),
    (
        Field(
            "pricing",
            Text("定价方式", "How the price is found"),
            "choice",
            options=(
                Option("agreement", Text("协议定价", "By agreement")),
                Option("listing", Text("挂牌交易", "By listing")),
                Option("auction", Text("拍卖", "By auction")),
            ),
        ),
        Field(
            "price",
            Text("拟交易（成交）价格", "Intended or reached price"),
            "amount",
            unit=_YUAN,
            help=Text(
                "协议定价的填拟交易价格；填写报价的，价格由报价得出，此处不填",
                "By agreement the intended price; where bids are written down the price follows from them",
            ),
        ),
        Field(
            "reserve",
            Text("底价（保留价）", "Reserve price"),
            "amount",
            unit=_YUAN,
            help=Text("挂牌交易或拍卖的填写", "Of a listing or an auction"),
        ),
        Grid(
            "bids",
            Text("报价", "Bids"),
            (
                Field("bidder", Text("报价人", "Bidder"), required=True),
                Field("amount", Text("报价金额", "Bid"), "amount", required=True, unit=_YUAN),
            ),
            help=Text(
                "挂牌交易或拍卖的，每个报价人填写最终报价；最高且不低于底价的报价为成交价格",
                "Of a listing or an auction: the last bid of each; the highest that reaches the reserve "
                "price is the price",
            ),
            at_most=60,
        ),
        Field("venue", Text("技术交易市场", "Technology market")),
        Field("notice_from", Text("公示开始", "Notice from"), "date"),
        Field("notice_to", Text("公示结束", "Notice to"), "date"),
        Field(
            "notice_days",
            Text("本单位规定公示天数", "Days asked for by the institution"),
            "count",
            unit=Text("日", "days"),
            help=Text(
                "协议定价的不少于 15 日（国发〔2016〕16号）；单位规定更长的从其规定",
                "By agreement at least 15 days; the institution may ask for more",
            ),
        ),
        Field("objections", Text("公示期间有异议", "There were objections"), "yes_no"),
        Field("remark", Text("比选意见", "Opinion"), "long_text"),
    ),
)
LAYOUT: Final = Layout((_CASE, _SALES, _LICENSEE, _PAYMENTS, _PRICING))
"""Asked for by every paper of this kind."""
