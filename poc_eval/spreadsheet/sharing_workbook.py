"""A division of income as a workbook that divides again: whole fen, largest remainder, and the tax."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING, Final

from poc_eval.finance.tax import income_brackets
from poc_eval.i18n import _
from poc_eval.money import from_fen, to_fen
from poc_eval.spreadsheet.tax_instalments import instalments_sheet
from poc_eval.spreadsheet.writing import Book, Formula

if TYPE_CHECKING:
    from collections.abc import Sequence

    from poc_eval.finance.sharing import Part, Sharing
    from poc_eval.finance.sharing_people import Division, PersonShare, TeamShares
    from poc_eval.i18n import Translatable
    from poc_eval.spreadsheet.writing import Sheet

EXACT: Final = 2**53
"""Whole numbers below this are exact in spreadsheet programs."""
_HEAD: Final = 3
_PART, _OF, _FLOOR, _REMAINDER, _EXTRA, _FEN, _YUAN = range(1, 8)


@dataclass(slots=True)
class _Page:
    """A sheet while it is written from the top down."""

    sheet: Sheet
    row: int = _HEAD + 1

    def line(self, label: Translatable, *cells: tuple[int, object, str]) -> str:
        """Write a label and cells (column, value, style); return where the last one stands."""
        self.sheet.put(self.row, 0, label)
        place = ""
        for column, value, style in cells:
            place = self.sheet.put(self.row, column, value, style)  # type: ignore[arg-type]  # a style's name
        self.row += 1
        return place


def sharing_workbook(division: Division) -> Book:
    """Return the workbook: the division with its steps, and the people's tax where they are named.

    Everything is reckoned in whole fen below 2**53, where formulas are exact; what is larger stands as a
    value and says so.
    """
    shared = division.sharing
    book = Book(shared.rule.title.zh)
    foot = f"{shared.rule.id}@{shared.rule.version}"
    sheet = book.sheet("收益分配 Division", [34, 14, 14, 18, 18, 10, 18, 20], heading=_HEAD, footer=foot)
    sheet.across(0, shared.rule.title, "title")
    source = " ".join(filter(None, (shared.rule.source.document, shared.rule.source.clause)))
    sheet.across(1, _("source: {document}", document=source), "note")
    sheet.across(2, shared.least.says, "note" if shared.least.standing != "violation" else "warning")
    heads = (_("Item"), _("Parts"), _("of"), _("Rounded down (fen)"), _("Remainder"), _("Fen more"), _("Fen"))
    sheet.row(_HEAD, [*heads, _("Amount (yuan)")], "heading")
    page = _Page(sheet)
    base = _base(page, shared)
    rewarded: dict[str, str] = {}
    _block(page, [(part.title, part.share, part) for part in shared.parts], base, Fraction(1), rewarded)
    page.row += 1
    for note in shared.notes:
        sheet.across(page.row, note, "note")
        page.row += 1
    if division.team is not None and rewarded:
        _team(book, division.team, next(iter(rewarded.values())), foot)
    return book


def _base(page: _Page, shared: Sharing) -> tuple[str, int]:
    """Write the way from the income to the base; return where the base stands in fen, and what it is."""
    begins = _("Value of the shares") if shared.way == "contribution_in_kind" else _("Income received")
    given = page.line(begins, (_YUAN, shared.received, "input_yuan"))
    received = to_fen(shared.received)
    page.row -= 1
    fen = page.sheet.put(page.row, _FEN, Formula(f"ROUND({given}*100,0)", received), "fen")
    page.row += 1
    whole, left = fen, received
    titles = {one.id: one for one in shared.rule.deductions}
    for one in shared.deductions:
        terms, amount = titles[one.id], to_fen(one.amount)
        if terms.share is None:
            cost = page.sheet.put(page.row, _YUAN, one.amount, "input_yuan")
            text = f"MIN(ROUND({cost}*100,0),{fen})"
        else:
            base = whole if terms.of == "received" else fen
            over, under = Fraction(terms.share).as_integer_ratio()
            page.sheet.put(page.row, _PART, over, "number")
            page.sheet.put(page.row, _OF, under, "number")
            text = f"MIN(INT(({base}*{2 * over}+{under})/{2 * under}),{fen})"
        taken = page.line(_("less: {title}", title=one.title), (_FEN, Formula(text, amount), "fen"))
        left -= amount
        label = _("remaining")
        fen = page.line(label, (_FEN, Formula(f"{fen}-{taken}", left), "fen"))
    page.line(
        _("Base of the division"),
        (_FEN, Formula(fen, left), "fen"),
        (_YUAN, Formula(f"{fen}/100", from_fen(left)), "total_yuan"),
    )
    return fen, left


def _block(
    page: _Page,
    entries: Sequence[tuple[Translatable, Fraction, Part]],
    base: tuple[str, int],
    whole: Fraction,
    rewarded: dict[str, str],
) -> None:
    """Write one list of parts and, below it, what each is divided into."""
    if not entries:
        return
    shares = [share / whole if whole else Fraction(0) for _title, share, _part in entries]
    places = _allocation(page, [title for title, _share, _part in entries], shares, base,
                         [to_fen(part.amount) for _title, _share, part in entries])  # fmt: skip
    for place, (_title, share, part) in zip(places, entries, strict=True):
        if part.reward:
            rewarded.setdefault(part.to, place)
        if part.inside:
            page.sheet.across(page.row, _("of it: {title}", title=part.title), "subtitle")
            page.row += 1
            inner = [(one.title, one.share, one) for one in part.inside]
            _block(page, inner, (place, to_fen(part.amount)), share, rewarded)


def _allocation(
    page: _Page,
    titles: Sequence[Translatable | str],
    shares: Sequence[Fraction],
    base: tuple[str, int],
    amounts: Sequence[int],
) -> list[str]:
    """Write a division by largest remainder; return where each part stands in fen."""
    sheet, first = page.sheet, page.row
    place, fen = base
    under = lcm(*(share.denominator for share in shares))
    exact = fen * under < EXACT
    last = first + len(titles) - 1
    floors, remainders = sheet.span(_FLOOR, first, last), sheet.span(_REMAINDER, first, last)
    found = []
    for index, (title, share, amount) in enumerate(zip(titles, shares, amounts, strict=True)):
        row, over = first + index, int(share * under)
        sheet.put(row, 0, title)
        if not exact:
            sheet.row(row, [over, under, None, None, None], "text", start=_PART)
            found.append(sheet.put(row, _FEN, amount, "written_fen"))
        else:
            part = sheet.put(row, _PART, over, "input_number")
            of = sheet.put(row, _OF, Formula(f"SUM({sheet.span(_PART, first, last)})", under), "number")
            down = fen * over // under
            floor = sheet.put(row, _FLOOR, Formula(f"INT({place}*{part}/{of})", down), "fen")
            rest = Formula(f"{place}*{part}-{floor}*{of}", fen * over - down * under)
            remainder = sheet.put(row, _REMAINDER, rest, "number")
            before = sheet.span(_REMAINDER, first, row - 1) if index else ""
            ahead = f"SUMPRODUCT(({remainders}>{remainder})*1)"
            ahead += f"+SUMPRODUCT(({before}={remainder})*1)" if index else ""
            more = Formula(f"IF({ahead}<{place}-SUM({floors}),1,0)", amount - down)
            extra = sheet.put(row, _EXTRA, more, "number")
            found.append(sheet.put(row, _FEN, Formula(f"{floor}+{extra}", amount), "fen"))
        sheet.put(row, _YUAN, Formula(f"{found[-1]}/100", from_fen(amount)), "yuan")
    page.row = last + 1
    text = f"SUM({sheet.span(_FEN, first, last)})"
    total, yuan = Formula(text, sum(amounts)), Formula(f"{text}/100", from_fen(sum(amounts)))
    page.line(_("Sum of the parts"), (_FEN, total, "fen"), (_YUAN, yuan, "total_yuan"))
    if not exact:
        sheet.across(page.row, _("Values, because the amounts are too large for exact formulas."), "warning")
        page.row += 1
    return found


def _team(book: Book, team: TeamShares, base: str, foot: str) -> None:
    """Write what each person gets, and on a second sheet the tax of those whose wages are known."""
    sheet = book.sheet("人员 People", [24, 14, 14, 18, 18, 10, 18, 20], heading=_HEAD, footer=foot)
    sheet.across(0, _("Division among the people"), "title")
    heads = (_("Name"), _("Parts"), _("of"), _("Rounded down (fen)"), _("Remainder"), _("Fen more"), _("Fen"))
    sheet.row(_HEAD, [*heads, _("Amount (yuan)")], "heading")
    page = _Page(sheet)
    weights = [Fraction(str(one.person.weight)) for one in team.people]
    amounts = [to_fen(one.amount) for one in team.people]
    shares = [weight / sum(weights) for weight in weights]
    places = _allocation(
        page, [one.person.name for one in team.people], shares, (base, sum(amounts)), amounts
    )
    taxed = [(one, place) for one, place in zip(team.people, places, strict=True) if one.tax is not None]
    if taxed:
        _tax(book, taxed, foot)
    planned = [one for one in team.people if one.instalments]
    if planned:
        instalments_sheet(book, planned, foot)


def _tax(book: Book, taxed: Sequence[tuple[PersonShare, str]], foot: str) -> None:
    widths = [20, 18, 18, 18, 18, 18, 18, 18, 18]
    sheet = book.sheet("个人所得税 Tax", widths, heading=_HEAD, footer=foot)
    sheet.across(0, _("Income tax on the award, as at the yearly settlement"), "title")
    holds = taxed[0][0].tax is not None and taxed[0][0].tax.eligible
    said = _("Half relief holds") if holds else _("Half relief does not hold")
    sheet.across(1, said, "note")
    heads = (
        _("Name"),
        _("Wages of the year (yuan)"),
        _("Deductions (yuan)"),
        _("Award (fen)"),
        _("Counted (fen)"),
        _("Tax with the award (fen)"),
        _("Tax without it (fen)"),
        _("Tax on the award (yuan)"),
        _("Left after tax (yuan)"),
    )
    sheet.row(_HEAD, heads, "heading")
    for row, (one, place) in enumerate(taxed, start=_HEAD + 1):
        _tax_row(sheet, row, one, place)


def _tax_row(sheet: Sheet, row: int, one: PersonShare, award: str) -> None:
    tax = one.tax
    if tax is None or one.award_tax is None or one.left is None:
        return
    sheet.put(row, 0, one.person.name)
    wages = sheet.put(row, 1, tax.salary, "input_yuan")
    off = sheet.put(row, 2, tax.deductions, "input_yuan")
    fen = sheet.put(row, 3, Formula(award, to_fen(one.amount)), "fen")
    text = f"INT(({fen}+1)/2)" if tax.eligible else fen
    counted = sheet.put(row, 4, Formula(text, to_fen(tax.counted)), "fen")
    own = f"ROUND({wages}*100,0)-ROUND({off}*100,0)"
    whole = sheet.put(row, 5, Formula(_brackets(f"({own}+{counted})"), to_fen(tax.tax)), "fen")
    alone = sheet.put(row, 6, Formula(_brackets(f"({own})"), to_fen(tax.tax - one.award_tax)), "fen")
    due = sheet.put(row, 7, Formula(f"({whole}-{alone})/100", one.award_tax), "yuan")
    sheet.put(row, 8, Formula(f"{fen}/100-{due}", one.left), "yuan")


def _brackets(fen: str) -> str:
    """Return the formula of the income tax in fen on an income in fen: the brackets added up, half up."""
    parts, below = [], 0
    for top, rate in income_brackets():
        end = fen if top is None else f"MIN({fen},{to_fen(Decimal(int(top)))})"
        parts.append(f"MAX({end}-{below},0)*{int(rate * 100)}")
        below = 0 if top is None else to_fen(Decimal(int(top)))
    return f"INT(({'+'.join(parts)}+50)/100)"
