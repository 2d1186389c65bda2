"""The sum in capitals as a formula says what `format_money` says."""

from __future__ import annotations

import random

import pytest

from poc_eval.money import format_money, from_fen
from poc_eval.spreadsheet.payouts.capitals import spell
from poc_eval.spreadsheet.terms import Term
from poc_eval.spreadsheet.writing import Book

AWKWARD = [0, 1, 10, 107, 1000, 100_000, 10_500_000_000, 1_000_000_000_001, 20_300_000, 1_000_100_000_050]
STEPS = 20


def book_of(amounts, tmp_path):
    """Write each amount and its spelling, one below the other; return the file and where the words stand."""
    book = Book("大写")
    sheet = book.sheet("大写", [20, 40])
    places = []
    for number, fen in enumerate(amounts):
        row = number * STEPS
        cell = sheet.put(row, 2, fen, "number")
        places.append(spell(sheet, row, Term(cell, fen)).rpartition("!")[2].replace("$", ""))
    path = tmp_path / "capitals.xlsx"
    book.save(path)
    return path, places


def test_awkward_amounts_are_spelt_as_money_spells_them(tmp_path, engine):
    path, places = book_of(AWKWARD, tmp_path)
    values = engine(path)
    for fen, place in zip(AWKWARD, places, strict=True):
        assert values["大写", place] == format_money(from_fen(fen), "capitals")


@pytest.mark.slow
def test_libreoffice_spells_a_thousand_amounts_the_same(tmp_path, by_libreoffice):
    chance = random.Random(7)  # noqa: S311 figures, not secrets
    amounts = [*AWKWARD]
    for _number in range(1000):
        digits = [chance.choice("000123456789") for _place in range(chance.randrange(1, 14))]
        amounts.append(int("".join(digits)))
    path, places = book_of(amounts, tmp_path)
    values = by_libreoffice(path)
    for fen, place in zip(amounts, places, strict=True):
        assert values["大写", place] == format_money(from_fen(fen), "capitals")
