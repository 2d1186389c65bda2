"""Shares awarded to people: what they are worth, and the years in which the tax on them is paid."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from poc_eval.i18n import _
from poc_eval.money import format_money
from poc_eval.views.figures import DASH
from poc_eval.views.html import join, tag, typed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from markupsafe import Markup

    from poc_eval.finance.sharing_people import PersonShare, TeamShares
    from poc_eval.i18n import Language


def team_with_shares(team: TeamShares, lang: Language) -> Markup:
    """Return people with the value of their shares, the tax, and a column for each year of it."""
    years = sorted({part.year for one in team.people for part in one.instalments})
    heads = [_("Value of the shares (yuan)"), _("Income tax, as the tax office found (yuan)")]
    titles = [
        *(one.text(lang) for one in heads),
        *(_("paid in {year}", year=year).text(lang) for year in years),
    ]
    head = [tag("th", _("Name").text(lang), scope="col")]
    head += [tag("th", title, scope="col", class_="pe-number") for title in titles]
    rows = [_person(one, years, lang) for one in team.people]
    known = [one.tax_on_shares for one in team.people if one.tax_on_shares is not None]
    every = len(known) == len(team.people)
    sums = [
        sum((one.amount for one in team.people), start=Decimal(0)),
        sum(known, start=Decimal(0)) if every else None,
    ]
    sums += [
        sum(
            (part.amount for one in team.people for part in one.instalments if part.year == year),
            start=Decimal(0),
        )
        if every
        else None
        for year in years
    ]
    rows.append(tag("tr", tag("th", _("Total").text(lang), scope="row"), *_amounts(sums), class_="pe-total"))
    table = tag(
        "table", tag("thead", tag("tr", *head)), tag("tbody", *rows), class_="pe-table pe-panel pe-deal"
    )
    said = _(
        "The half relief is for cash awards and not for shares. What is due on shares is for the tax office "
        "to find; the plan over calendar years follows the pilot of 2011 (five years at most): ask whether "
        "it holds."
    )
    return join([tag("div", table, class_="pe-scroll"), tag("p", said.text(lang), class_="pe-quiet")])


def _person(one: PersonShare, years: list[int], lang: Language) -> Markup:
    main = tag("span", _("main contributor").text(lang), class_="pe-anchor") if one.person.main else None
    parts = {part.year: part.amount for part in one.instalments}
    cells = [one.amount, one.tax_on_shares, *(parts.get(year) for year in years)]
    return tag("tr", tag("th", typed(one.person.name), main, scope="row"), *_amounts(cells))


def _amounts(cells: Iterable[Decimal | None]) -> list[Markup]:
    return [tag("td", DASH if one is None else format_money(one), class_="pe-number") for one in cells]
