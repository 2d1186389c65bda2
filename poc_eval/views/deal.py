"""A deal worked out (转化方案比选): structures side by side for both parties, and where the choice turns."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from poc_eval.finance.licence_words import PAYMENTS
from poc_eval.i18n import _
from poc_eval.money import format_money
from poc_eval.views.bars import Beam, beams
from poc_eval.views.charts import figure
from poc_eval.views.figures import DASH, number
from poc_eval.views.html import join, tag, typed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup

    from poc_eval.finance.licence_comparison import Comparison, RoyaltyMap, StructureValue
    from poc_eval.finance.licence_value import Line
    from poc_eval.i18n import Language

_TABLE: Final = "pe-table pe-panel pe-deal"
_LABELS: Final = 96
_CELL: Final = 76
_ROW: Final = 28
_SHADES: Final = 4


def deal_comparison(comparison: Comparison, lang: Language) -> Markup:
    """Return the structures' values for both parties as bars, and as the table that says the same."""
    about = _(
        "Present values at the start in yuan at {rate}% a year over {years} years; "
        "expected values, not promises.",
        rate=_plain(Decimal(comparison.deal.discount.rate) * 100),
        years=comparison.deal.years,
    )
    return figure(_chart(comparison, lang), about.text(lang), _table(comparison, lang))


def deal_payments(comparison: Comparison, lang: Language) -> Markup:
    """Return what each structure pays: when, how much, how probably, and what that is worth."""
    return join(_payments(one, lang) for one in comparison.structures)


def deal_warnings(comparison: Comparison, lang: Language) -> Markup:
    """Return the guard rails that the deal touches, each with its source."""
    if not comparison.warnings:
        return tag(
            "p", _("No guard rail of the law or of the guides is touched.").text(lang), class_="pe-good"
        )
    items = []
    for one in comparison.warnings:
        where = None if one.structure is None else comparison.deal.structure_title(one.structure).text(lang)
        source = _(
            "source: {document}", document=" ".join(filter(None, (one.source.document, one.source.clause)))
        )
        words = [tag("strong", where, "：" if lang == "zh" else ": ") if where else None, one.text.text(lang)]
        items.append(tag("li", join(words), tag("span", source.text(lang), class_="pe-anchor")))
    heading = _("To consider before signing; these are warnings and change no figure:")
    return tag("div", tag("p", heading.text(lang), class_="pe-lead"), tag("ul", *items), class_="pe-missing")


def deal_map(found: RoyaltyMap, lang: Language) -> Markup:
    """Return what the structure is worth to the licensor beside the first one, as a map and as a table."""
    about = _(
        "What “{structure}” is worth to the licensor above (+) or below (-) the first one, in 10,000 yuan: "
        "across the royalty, down the probability of sales. Framed cells are where it is worth more.",
        structure=found.structure,
    )
    return figure(_map_chart(found, lang), about.text(lang), _map_table(found, lang))


def _chart(comparison: Comparison, lang: Language) -> Markup:
    shown = []
    for one in comparison.structures:
        for who, value, style in (
            (_("{title}: licensor", title=one.title), one.licensor_npv, "pe-fill"),
            (_("{title}: licensee", title=one.title), one.licensee_npv, "pe-second"),
        ):
            if value is not None:
                amount = _decimal(value)
                shown.append(Beam(who.text(lang), Decimal(0), amount, number(amount, 0), style))
    return beams(_("Value of each structure to both parties"), shown, lang)


def _table(comparison: Comparison, lang: Language) -> Markup:
    columns = (
        (_("Structure"), None),
        (_("Licensor (yuan)"), "pe-number"),
        (_("Against the first (yuan)"), "pe-number"),
        (_("Licensee (yuan)"), "pe-number"),
        (_("Royalty that equals the first"), "pe-number"),
    )
    head = [tag("th", title.text(lang), scope="col", class_=class_) for title, class_ in columns]
    first = comparison.structures[0]
    best = max(one.licensor_npv for one in comparison.structures)
    rows = [_table_row(one, first, best, lang) for one in comparison.structures]
    table = tag("table", tag("thead", tag("tr", *head)), tag("tbody", *rows), class_=_TABLE)
    return join([tag("div", table, class_="pe-scroll", tabindex=0), _reasons(comparison, lang)])


def _table_row(one: StructureValue, first: StructureValue, best: float, lang: Language) -> Markup:
    against = DASH if one is first else _signed(_decimal(one.licensor_npv - first.licensor_npv))
    rate = DASH if one.breakeven_royalty is None else f"{_plain(_decimal(one.breakeven_royalty * 100, 4))}%"
    mark = tag("span", _("highest for the licensor").text(lang), class_="pe-anchor")
    return tag(
        "tr",
        tag("th", typed(one.title.text(lang)), mark if one.licensor_npv == best else None, scope="row"),
        tag("td", number(_decimal(one.licensor_npv), 0), class_="pe-number pe-score"),
        tag("td", against, class_="pe-number"),
        tag(
            "td",
            DASH if one.licensee_npv is None else number(_decimal(one.licensee_npv), 0),
            class_="pe-number",
        ),
        tag("td", rate, class_="pe-number"),
    )


def _reasons(comparison: Comparison, lang: Language) -> Markup:
    """Return why a figure is not there, in sentences under the table."""
    said = []
    if comparison.structures[0].no_licensee is not None:
        why = comparison.structures[0].no_licensee
        said.append(_("licensee: not defined, because {reason}", reason=why))
    said += [
        _("{title}, royalty: not defined, because {reason}", title=one.title, reason=one.no_breakeven)
        for one in comparison.structures[1:]
        if one.no_breakeven is not None
    ]
    return tag("ul", *(tag("li", one.text(lang)) for one in said), class_="pe-quiet") if said else join([])


def _payments(one: StructureValue, lang: Language) -> Markup:
    columns = (
        (_("Payment"), None),
        (_("Years after the start"), "pe-number"),
        (_("Amount if due (yuan)"), "pe-number"),
        (_("Probability"), "pe-number"),
        (_("Worth to the licensor (yuan)"), "pe-number"),
        (_("Cost to the licensee (yuan)"), "pe-number"),
    )
    head = [tag("th", title.text(lang), scope="col", class_=class_) for title, class_ in columns]
    rows = [_payment(line, lang) for line in one.lines if line.amount]
    total = tag(
        "tr",
        tag("th", _("Total").text(lang), scope="row", colspan=4),
        tag("td", number(_decimal(sum(line.licensor for line in one.lines)), 0), class_="pe-number"),
        tag("td", number(_decimal(sum(line.licensee for line in one.lines)), 0), class_="pe-number"),
        class_="pe-total",
    )
    table = tag(
        "table",
        tag("caption", one.title.text(lang)),
        tag("thead", tag("tr", *head)),
        tag("tbody", *rows, total),
        class_=_TABLE,
    )
    return tag("div", table, class_="pe-scroll", tabindex=0)


def _payment(line: Line, lang: Language) -> Markup:
    return tag(
        "tr",
        tag("th", PAYMENTS[line.kind].text(lang), scope="row"),
        tag("td", _plain(_decimal(float(line.at), 2)), class_="pe-number"),
        tag("td", format_money(line.amount), class_="pe-number"),
        tag("td", f"{_plain(_decimal(float(line.probability) * 100, 2))}%", class_="pe-number"),
        tag("td", number(_decimal(line.licensor), 0), class_="pe-number"),
        tag("td", number(_decimal(line.licensee), 0), class_="pe-number"),
    )


def _map_chart(found: RoyaltyMap, lang: Language) -> Markup:
    gains = _gains(found)
    largest = max((abs(gain) for row in gains for gain in row), default=Decimal(0)) or Decimal(1)
    parts = [
        tag(
            "text",
            _percent(rate),
            class_="pe-tick",
            x=_LABELS + _CELL * column + _CELL // 2,
            y=16,
            text_anchor="middle",
        )
        for column, rate in enumerate(found.rates)
    ]
    for place, chance in enumerate(found.probabilities):
        top = _ROW * place + 24
        parts.append(
            tag("text", _percent(chance), class_="pe-tick", x=_LABELS - 10, y=top + 18, text_anchor="end")
        )
        for column, gain in enumerate(gains[place]):
            parts.append(_map_cell(gain, largest, column, top))
    width = _LABELS + _CELL * len(found.rates) + 2
    said = _("Royalties from {low} to {high}; the table says the same.",
             low=_percent(found.rates[0]), high=_percent(found.rates[-1]))  # fmt: skip
    return tag(
        "svg",
        tag("title", _("Map of royalty and probability of sales").text(lang)),
        tag("desc", said.text(lang)),
        *parts,
        class_="pe-chart pe-heat",
        viewBox=f"0 0 {width} {_ROW * len(found.probabilities) + 28}",
        role="img",
    )


def _map_cell(gain: Decimal, largest: Decimal, column: int, top: int) -> Markup:
    shade = 0 if gain <= 0 else 1 + min(int(gain / largest * _SHADES), _SHADES - 1)
    box = {"x": _LABELS + _CELL * column + 1, "y": top, "width": _CELL - 2, "height": _ROW - 3}
    return tag(
        "g",
        tag("rect", class_=f"pe-shade-{shade}", **box),
        tag("rect", class_="pe-better" if gain > 0 else "pe-cell", **box),
        tag("text", _signed_wan(gain), x=box["x"] + box["width"] // 2, y=top + 17, text_anchor="middle"),
    )


def _map_table(found: RoyaltyMap, lang: Language) -> Markup:
    corner = _("Probability of sales \\ royalty").text(lang)
    head = [tag("th", corner, scope="col")]
    head += [tag("th", _percent(rate), scope="col", class_="pe-number") for rate in found.rates]
    rows = [
        tag(
            "tr",
            tag("th", _percent(chance), scope="row"),
            *(tag("td", _signed_wan(gain), class_="pe-number") for gain in gains),
        )
        for chance, gains in zip(found.probabilities, _gains(found), strict=True)
    ]
    table = tag("table", tag("thead", tag("tr", *head)), tag("tbody", *rows), class_="pe-table pe-narrow")
    return tag("div", table, class_="pe-scroll", tabindex=0)


def _gains(found: RoyaltyMap) -> Sequence[Sequence[Decimal]]:
    return [
        [_decimal(value - first) for value in row]
        for row, first in zip(found.values, found.first, strict=True)
    ]


def _percent(share: float) -> str:
    return f"{_plain(_decimal(share * 100, 2))}%"


def _signed_wan(amount: Decimal) -> str:
    return _signed(amount.scaleb(-4), 1)


def _signed(amount: Decimal, decimals: int = 0) -> str:
    shown = number(amount, decimals)
    return f"+{shown}" if amount > 0 and any(digit in "123456789" for digit in shown) else shown


def _decimal(value: float, decimals: int = 2) -> Decimal:
    """Return a float as it is printed: a present value is an estimate."""
    return Decimal(f"{value:.{decimals}f}") + 0


def _plain(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
