"""Income divided (收益分配): from what was received to what each party and each person gets, with the tax."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from poc_eval.i18n import _
from poc_eval.money import format_money
from poc_eval.views.bars import Beam, beams
from poc_eval.views.charts import figure
from poc_eval.views.figures import DASH
from poc_eval.views.html import join, tag, typed
from poc_eval.views.shares import team_with_shares

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from fractions import Fraction

    from markupsafe import Markup

    from poc_eval.finance.sharing import Part, Sharing
    from poc_eval.finance.sharing_people import PersonShare, TeamShares
    from poc_eval.i18n import Language, Message


_TABLE: Final = "pe-table pe-panel pe-deal"


def sharing_split(shared: Sharing, lang: Language) -> Markup:
    """Return the way from the income to each party as a waterfall, and as the table that says the same."""
    about = _("From what is divided to what each party gets; the parts add up to the fen.")
    return figure(_chart(shared, lang), about.text(lang), _table(shared, lang))


def sharing_readings(shared: Sharing, lang: Language) -> Markup:
    """Return the same division under every other reading of the text; empty where it has only one."""
    blocks = []
    for ambiguity, other in shared.others:
        head = [
            tag("th", title.text(lang), scope="col", class_=class_)
            for title, class_ in (
                (_("Party"), None),
                (ambiguity.taken, "pe-number"),
                (ambiguity.other_taken, "pe-number"),
            )
        ]
        mine = {part.to: part for part in shared.every_part()}
        theirs = {part.to: part for part in other.every_part()}
        rows = [_reading_row(mine.get(to), theirs.get(to), lang) for to in dict.fromkeys([*mine, *theirs])]
        table = tag(
            "table",
            tag("caption", ambiguity.question.text(lang)),
            tag("thead", tag("tr", *head)),
            tag("tbody", *rows),
            class_=_TABLE,
        )
        blocks.append(tag("div", table, class_="pe-scroll", tabindex=0))
    return join(blocks)


def sharing_rule(shared: Sharing, lang: Language) -> Markup:
    """Return the rule with its source, the law's least reward, who approves, and the chain of steps."""
    rule = shared.rule
    source = " ".join(filter(None, (rule.source.document, rule.source.clause)))
    rows = [
        (_("Rule"), typed(f"{rule.title.text(lang)} {rule.id}@{rule.version}")),
        (_("Source"), typed(source)),
        (_("Least reward by law"), _least(shared, lang)),
        (_("Approval"), _steps([one.text(lang) for one in shared.approvals], lang)),
        (_("Procedure"), _steps([one.text(lang) for one in rule.procedure], lang)),
    ]
    if rule.notice_days is not None:
        rows.append((_("Public notice"), tag("span", _("{days} days", days=rule.notice_days).text(lang))))
    cells = [tag("tr", tag("th", label.text(lang), scope="row"), tag("td", shown)) for label, shown in rows]
    notes = [tag("li", one.text(lang)) for one in shared.notes]
    if rule.note is not None:
        notes.append(tag("li", typed(rule.note.text(lang))))
    table = tag("table", tag("tbody", *cells), class_="pe-table pe-fact-table")
    return join([table, tag("ul", *notes, class_="pe-quiet") if notes else None])


def team_with_tax(team: TeamShares, lang: Language) -> Markup:
    """Return what each person gets, the tax with and without the relief, and what is left.

    Of shares: their value, and the years in which the tax on them is paid.
    """
    if team.of_shares:
        return join([team_with_shares(team, lang), _main(team, lang)])
    columns = (
        (_("Name"), None),
        (_("Award (yuan)"), "pe-number"),
        (_("Counted for tax (yuan)"), "pe-number"),
        (_("Tax on the award (yuan)"), "pe-number"),
        (_("Saved by the relief (yuan)"), "pe-number"),
        (_("Left after tax (yuan)"), "pe-number"),
    )
    head = [tag("th", title.text(lang), scope="col", class_=class_) for title, class_ in columns]
    rows = [_person(one, lang) for one in team.people]
    rows.append(_team_total(team, lang))
    table = tag("table", tag("thead", tag("tr", *head)), tag("tbody", *rows), class_=_TABLE)
    return join([tag("div", table, class_="pe-scroll", tabindex=0), _main(team, lang), _relief(team, lang)])


def _chart(shared: Sharing, lang: Language) -> Markup:
    shown = [_beam(_begins(shared).text(lang), Decimal(0), shared.received)]
    for one in shared.deductions:
        taken = Beam(
            one.title.text(lang),
            one.remaining,
            one.remaining + one.amount,
            f"-{format_money(one.amount)}",
            "pe-need",
        )
        shown.append(taken)
    if shared.deductions:
        shown.append(_beam(_("Base of the division").text(lang), Decimal(0), shared.base))
    below = shared.base
    for part in shared.parts:
        shown.append(_beam(part.title.text(lang), below - part.amount, below, "pe-second"))
        below -= part.amount
    return beams(_("From the income to each party"), shown, lang)


def _begins(shared: Sharing) -> Message:
    """Return what is divided."""
    if shared.way == "own_use":
        return _("Operating profit of the year")
    return _("Value of the shares") if shared.way == "contribution_in_kind" else _("Income received")


def _beam(title: str, start: Decimal, end: Decimal, style: str = "pe-fill") -> Beam:
    return Beam(title, start, end, format_money(end - start), style)


def _table(shared: Sharing, lang: Language) -> Markup:
    first = _begins(shared)
    columns = [
        (_("Item"), None),
        (_("Share of the base"), "pe-number"),
        *([(_("Share of the company"), "pe-number")] if shared.holding is not None else []),
        (_("Amount (yuan)"), "pe-number"),
    ]
    wide = len(columns) - 2
    head = [tag("th", title.text(lang), scope="col", class_=class_) for title, class_ in columns]
    rows = [_line(first.text(lang), shared.received, wide)]
    rows += [
        _line(_("less: {title}", title=one.title).text(lang), -one.amount, wide) for one in shared.deductions
    ]
    rows.append(_line(_("Base of the division").text(lang), shared.base, wide, class_="pe-group"))
    rows += [_part(part, depth, shared.holding, lang) for part, depth in _depths(shared.parts, 1)]
    if shared.parts:
        total = sum((part.amount for part in shared.parts), start=Decimal(0))
        rows.append(_line(_("Sum of the parts").text(lang), total, wide, class_="pe-total"))
    table = tag("table", tag("thead", tag("tr", *head)), tag("tbody", *rows), class_="pe-table")
    return tag("div", table, class_="pe-scroll", tabindex=0)


def _depths(parts: Sequence[Part], depth: int) -> Iterator[tuple[Part, int]]:
    for part in parts:
        yield part, min(depth, 3)
        yield from _depths(part.inside, depth + 1)


def _line(title: str, amount: Decimal, wide: int, class_: str | None = None) -> Markup:
    return tag(
        "tr",
        tag("th", title, scope="row"),
        *(tag("td") for _place in range(wide)),
        tag("td", format_money(amount), class_="pe-number"),
        class_=class_,
    )


def _part(part: Part, depth: int, holding: Fraction | None, lang: Language) -> Markup:
    least = part.least_for_main
    note = None
    if least is not None:
        said = _("main contributors together at least {amount} yuan", amount=format_money(least))
        note = tag("span", said.text(lang), class_="pe-anchor")
    company = [] if holding is None else [tag("td", _percent(part.share * holding), class_="pe-number")]
    return tag(
        "tr",
        tag("th", typed(part.title.text(lang)), note, scope="row", class_=f"pe-depth-{depth}"),
        tag("td", _percent(part.share), class_="pe-number"),
        *company,
        tag("td", format_money(part.amount), class_="pe-number pe-score"),
    )


def _reading_row(mine: Part | None, theirs: Part | None, lang: Language) -> Markup:
    part = mine if mine is not None else theirs
    cells = [_reading_cell(one, lang) for one in (mine, theirs)]
    title = "" if part is None else part.title.text(lang)
    return tag("tr", tag("th", typed(title), scope="row"), *cells)


def _reading_cell(part: Part | None, lang: Language) -> Markup:
    if part is None:
        return tag("td", DASH, class_="pe-number")
    note = None
    if part.least_for_main is not None:
        said = _(
            "main contributors together at least {amount} yuan", amount=format_money(part.least_for_main)
        )
        note = tag("span", said.text(lang), class_="pe-anchor")
    return tag("td", format_money(part.amount), note, class_="pe-number")


def _least(shared: Sharing, lang: Language) -> Markup:
    mark = {"met": "pe-good", "violation": "pe-bad"}.get(shared.least.standing)
    sign = {"met": "✓ ", "violation": "✗ "}.get(shared.least.standing, "")
    return tag("span", sign, shared.least.says.text(lang), class_=mark)


def _steps(steps: Sequence[str], lang: Language) -> Markup:
    if not steps:
        return tag("span", _("Not stated").text(lang), class_="pe-quiet")
    return typed(" → ".join(steps))


def _person(one: PersonShare, lang: Language) -> Markup:
    main = tag("span", _("main contributor").text(lang), class_="pe-anchor") if one.person.main else None
    tax = one.tax
    cells = [
        one.amount,
        None if tax is None else tax.counted,
        one.award_tax,
        None if tax is None else tax.saved,
        one.left,
    ]
    return tag("tr", tag("th", typed(one.person.name), main, scope="row"), *map(_money, cells))


def _team_total(team: TeamShares, lang: Language) -> Markup:
    taxed = [one for one in team.people if one.tax is not None]
    every = len(taxed) == len(team.people)
    sums: list[Decimal | None] = [sum((one.amount for one in team.people), start=Decimal(0))]
    columns = (
        [one.tax.counted for one in taxed if one.tax is not None],
        [one.award_tax or Decimal(0) for one in taxed],
        [one.tax.saved for one in taxed if one.tax is not None],
        [one.left or Decimal(0) for one in taxed],
    )
    sums += [sum(column, start=Decimal(0)) if every else None for column in columns]
    return tag("tr", tag("th", _("Total").text(lang), scope="row"), *map(_money, sums), class_="pe-total")


def _money(amount: Decimal | None) -> Markup:
    return tag("td", DASH if amount is None else format_money(amount), class_="pe-number")


def _main(team: TeamShares, lang: Language) -> Markup | None:
    if team.least_for_main is None:
        return None
    known = {"main": format_money(team.main), "least": format_money(team.least_for_main)}
    if team.enough_for_main:
        said = _("Main contributors get {main} yuan; at least {least} yuan is asked for: met.", **known)
        return tag("p", "✓ ", said.text(lang), class_="pe-good")
    said = _("Main contributors get {main} yuan; at least {least} yuan is asked for: not met.", **known)
    return tag("p", "✗ ", said.text(lang), class_="pe-bad")


def _relief(team: TeamShares, lang: Language) -> Markup | None:
    """Return why the half relief holds or does not, once for all."""
    said: list[Message] = []
    for one in team.people:
        if one.tax is not None:
            head = _("Half relief holds") if one.tax.eligible else _("Half relief does not hold")
            said = [head, *one.tax.reasons]
            break
    if not said:
        return None
    words = ("；" if lang == "zh" else "; ").join(one.text(lang) for one in said)
    return tag("p", words, class_="pe-quiet")


def _percent(share: Fraction) -> str:
    text = f"{float(share * 100):.4f}".rstrip("0").rstrip(".")
    return f"{text}%"
