"""The parts of a programme's page, each a chart with its table or a table alone; pure functions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poc_eval.finance.programme.calendar import calendar_rows
from poc_eval.finance.programme.granted import short_of_own_funds
from poc_eval.finance.programme.timeline import day_after
from poc_eval.finance.programme.words import KINDS, condition_words, ending_words, party_name, stage_name
from poc_eval.i18n import _
from poc_eval.views.charts import figure
from poc_eval.views.html import join, tag
from poc_eval.views.programme.charts import cash_chart, decision_tree, tornado_chart

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from markupsafe import Markup

    from poc_eval.finance.programme.cumulative import Standing
    from poc_eval.finance.programme.sensitivity import Bar, BreakEven
    from poc_eval.finance.programme.summary import Summary
    from poc_eval.finance.programme.value import Valuation
    from poc_eval.i18n import Language, Message, Translatable

MOST_BARS = 12


def tree_section(value: Valuation, lang: Language) -> Markup:
    """Return where the programme can end: the tree and its table."""
    if not value.valued:
        return _nothing(_("There is no tree: the stages have no probabilities."), lang)
    rows = [
        (
            ending_words(value.programme, one.ends_at),
            f"{one.probability:.1%}",
            yuan(one.npv),
            yuan(one.npv_with_grant),
        )
        for one in value.outcomes
    ]
    heads = (_("outcome"), _("probability"), _("net present value"), _("with grants, deposits and loans"))
    caption = _("Where it ends (chart: 10,000 yuan; table: yuan)")
    return figure(decision_tree(value, lang), caption.text(lang), table(caption, heads, rows, lang))


def cash_section(value: Valuation, standings: Sequence[Standing], lang: Language) -> Markup:
    """Return the running total with its bounds: the chart, and the table at payments and years' ends."""
    if not standings:
        return _nothing(_("There is no payment yet."), lang)
    monthly = {"interest", "repayment", "interest_subsidy"}
    days = {value.day(flow) for flow in value.plan.flows if flow.kind not in monthly}
    shown = [
        one
        for place, one in enumerate(standings)
        if place + 1 == len(standings) or standings[place + 1].day.year != one.day.year or one.day in days
    ]
    if not value.valued:
        return _certain_cash(standings, shown, lang)
    rows = [
        (one.day.isoformat(), *(yuan(float(part)) for part in (one.low, one.expected, one.high, one.success)))
        for one in shown
    ]
    heads = (_("date"), _("5% at or below"), _("expected"), _("95% at or below"), _("every stage passed"))
    caption = _("Running total of cash (chart: 10,000 yuan; table: yuan)")
    note = _("band: 90% of outcomes; solid line: expected; dashed line: every stage passed").text(lang)
    body = join([tag("p", note, class_="pe-quiet"), table(caption, heads, rows, lang)])
    return figure(cash_chart(standings, lang), caption.text(lang), body)


def _certain_cash(standings: Sequence[Standing], shown: Sequence[Standing], lang: Language) -> Markup:
    """Return the running total of a plan without probabilities: one line, where every stage is passed."""
    rows = [(one.day.isoformat(), yuan(float(one.success))) for one in shown]
    caption = _("Running total of cash where every stage is passed (chart: 10,000 yuan; table: yuan)")
    body = table(caption, (_("date"), _("every stage passed")), rows, lang)
    return figure(cash_chart(standings, lang, valued=False), caption.text(lang), body)


def tornado_section(
    value: Valuation, bars: Sequence[Bar], points: Sequence[BreakEven], lang: Language
) -> Markup:
    """Return what the value hangs on: the chart and its table with break-even."""
    if not bars or value.rnpv is None:
        return _nothing(_("There is no value that could hang on anything: probabilities are missing."), lang)

    def name(figure_name: str) -> str:
        return figure_words(value, figure_name).text(lang)

    shown = bars[:MOST_BARS]
    rows = [
        (
            name(bar.name), setting(bar.name, bar.low), setting(bar.name, bar.high),
            yuan(bar.at_low), yuan(bar.at_high),
            point.reason or _("not found") if point.value is None else setting(bar.name, point.value),
        )
        for bar, point in zip(shown, points, strict=False)
    ]  # fmt: skip
    heads = (
        _("factor that moves"), _("lower end"), _("upper end"), _("value at the lower end"),
        _("value at the upper end"),
        _("break-even"),
    )  # fmt: skip
    caption = _("What the value hangs on (chart: 10,000 yuan; table: yuan)")
    return figure(
        tornado_chart(shown, value.rnpv, name, lang), caption.text(lang), table(caption, heads, rows, lang)
    )


def calendar_section(value: Valuation, lang: Language) -> Markup:
    """Return the calendar of payments; those of a loan year by year."""
    rows = [
        (
            _when(one.when), KINDS[one.kind], party_name(one.payer), party_name(one.payee),
            f"{one.amount:,.2f}",
            *(["–" if one.probability is None else f"{one.probability:.1%}"] if value.valued else []),
            condition_words(value.programme, one.condition),
        )
        for one in calendar_rows(value)
    ]  # fmt: skip
    if not rows:
        return _nothing(_("There is no payment yet."), lang)
    heads = (
        _("date"), _("payment"), _("paid by"), _("paid to"), _("amount"),
        *([_("probability")] if value.valued else []), _("condition"),
    )  # fmt: skip
    return table(_("Calendar of payments (yuan)"), heads, rows, lang, words=(1, 2, 3, len(heads) - 1))


def stages_section(value: Valuation, lang: Language) -> Markup:
    """Return the stages with what must be shown, when, and what follows on failure."""
    programme, line = value.programme, value.plan.line
    rows = []
    for place, stage in enumerate(line.stages):
        paid = sum(
            (flow.amount for flow in value.plan.flows if flow.kind == "grant" and flow.when.stage == stage.id
             and flow.when.condition is not None and flow.when.condition[0] == "passed"),
            start=0,
        )  # fmt: skip
        back = sum(
            flow.amount
            for flow in value.plan.flows
            if flow.kind == "clawback" and flow.when.stage == stage.id
        )
        ends = day_after(programme.start, line.ends[place])
        rows.append(
            (
                stage_name(programme, stage.id), stage.shows or "–", ends.isoformat(),
                yuan(float(paid)), yuan(float(back)),
            )
        )  # fmt: skip
    heads = (
        _("milestone"), _("what must be shown"), _("date"), _("paid when it is passed"),
        _("goes back when it fails"),
    )  # fmt: skip
    short = [tag("p", one.text(lang), class_="pe-bad") for one in short_of_own_funds(programme)]
    return join([table(_("Milestones and payments (yuan)"), heads, rows, lang, words=(1,)), *short])


def distribution_section(summary: Summary | None, lang: Language) -> Markup:
    """Return the distribution of the net present value."""
    if summary is None:
        return _nothing(_("There is no distribution: the stages have no probabilities."), lang)
    rows = [
        (_("mean"), yuan(summary.mean)),
        (_("standard error of the mean"), yuan(summary.standard_error)),
        (_("standard deviation"), yuan(summary.sd)),
        (_("5% of all are at or below"), yuan(summary.p05)),
        (_("half of all are at or below"), yuan(summary.p50)),
        (_("95% of all are at or below"), yuan(summary.p95)),
        (_("probability of loss"), f"{summary.p_loss:.1%}"),
        (_("mean of the worst 5%"), yuan(summary.cvar95)),
    ]
    exact = summary.method == "exact"
    how = _("exact: only the stages are random")
    if not exact:
        how = _("{paths} paths, seed {seed}", paths=f"{summary.paths:,}", seed=summary.seed)
    caption = _("Distribution of the net present value (amounts in yuan)")
    body = table(caption, (_("measure"), _("amount or share")), rows, lang)
    return join([body, tag("p", how.text(lang), class_="pe-quiet")])


def figure_words(value: Valuation, name: str) -> Message:
    """Return what a figure is called: the stage or income with what is meant of it."""
    owner, _dot, key = name.partition(".")
    if name == "discount.rate":
        return _("discount rate")
    if owner == "income":
        places = {
            one.id or str(place): one.title for place, one in enumerate(value.programme.income, start=1)
        }
        return _("income: {name}", name=places.get(key) or key)
    if owner == "grant":
        titles = {one.id: one.title for one in value.programme.grants}
        return _("grant: {name}", name=titles.get(key) or key)
    stage = stage_name(value.programme, owner)
    said = {
        "cost": _("{stage}: cost", stage=stage),
        "success": _("{stage}: probability", stage=stage),
        "months": _("{stage}: months", stage=stage),
    }
    return said[key]


def table(
    caption: Message,
    heads: Sequence[Message],
    rows: Iterable[Sequence[Translatable | str]],
    lang: Language,
    *,
    words: Sequence[int] = (),
) -> Markup:
    """Return a table whose first column names the row; figures stand to the right, ``words`` columns not."""
    head = [
        tag("th", one.text(lang), scope="col", class_="pe-number" if place and place not in words else None)
        for place, one in enumerate(heads)
    ]
    body = []
    for row in rows:
        shown = [one if isinstance(one, str) else one.text(lang) for one in row]
        cells = [
            tag("td", cell, class_=None if place in words else "pe-number")
            for place, cell in enumerate(shown[1:], start=1)
        ]
        body.append(tag("tr", tag("th", shown[0], scope="row"), *cells))
    whole = tag(
        "table",
        tag("caption", caption.text(lang)),
        tag("thead", tag("tr", *head)),
        tag("tbody", *body),
        class_="pe-table",
    )
    return tag("div", whole, class_="pe-scroll", tabindex=0, role="region", aria_label=caption.text(lang))


def yuan(amount: float | None) -> str:
    """Return an amount as tables have it."""
    return "–" if amount is None else f"{amount:,.2f}"


def setting(name: str, value: float) -> Message | str:
    """Return what the figure ``name`` is set to: a rate in percent, months as such, an amount in yuan."""
    if name == "discount.rate" or name.endswith(".success"):
        return f"{100 * value:.4g}%"
    return _("{months} months", months=f"{value:.4g}") if name.endswith(".months") else yuan(value)


def _when(said: str) -> Message | str:
    """Return a day as it stands; a year for what is paid monthly in it."""
    return _("in {year}", year=said) if said.isdecimal() else said


def _nothing(message: Message, lang: Language) -> Markup:
    return tag("p", message.text(lang), class_="pe-quiet")
