"""An amount in capitals (大写) as a live formula, by the rule of `poc_eval.money.format_money`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from poc_eval.i18n import Text, _
from poc_eval.money import format_money, from_fen
from poc_eval.spreadsheet.terms import LARGEST, Term
from poc_eval.spreadsheet.writing import Formula

if TYPE_CHECKING:
    from poc_eval.spreadsheet.writing import Book, Sheet

DIGITS: Final = "零壹贰叁肆伍陆柒捌玖"


def capitals(book: Book, total: Term) -> Formula | str:
    """Write the sheet 大写, which spells the total; return the formula that shows it.

    An amount that formulas cannot hold exactly is returned as the text it has now.
    """
    words = format_money(from_fen(total.number), "capitals")
    if not total.safe or total.number >= LARGEST:
        return words
    sheet = book.sheet("大写 Capitals", [34, 24], landscape=False)
    sheet.across(0, Text("大写金额的生成", "How the capitals come about"), "title")
    return Formula(spell(sheet, 2, total), words)


def spell(sheet: Sheet, row: int, total: Term) -> str:
    """Write the steps that spell ``total`` (fen) from ``row`` on; return where the words stand."""
    fen = total.number
    lines: list[str] = []

    def line(label: object, text: str, value: str | int) -> str:
        at = row + len(lines)
        sheet.put(at, 0, label)  # type: ignore[arg-type]
        lines.append(text)
        return sheet.put(at, 1, Formula(text, value), "number" if isinstance(value, int) else "text")

    yuan_value = fen // 100
    total_at = line(_("amount, fen"), total.text, fen)
    yuan = line(_("whole yuan"), f"INT({total_at}/100)", yuan_value)
    high = line(_("hundreds of millions"), f"INT({yuan}/10^8)", yuan_value // 10**8)
    middle = line(_("tens of thousands"), f"INT({yuan}/10^4)-{high}*10^4", yuan_value // 10**4 % 10**4)
    low = line(_("the rest"), f"{yuan}-INT({yuan}/10^4)*10^4", yuan_value % 10**4)
    spelt = []
    for part, value in (
        (high, yuan_value // 10**8),
        (middle, yuan_value // 10**4 % 10**4),
        (low, yuan_value % 10**4),
    ):
        raw = line(_("digit by digit"), _digits(part), _spelt_digits(value))
        spelt.append(line(_("zeros said once"), _trimmed(raw), _spelt(value)))
    tail = f"{total_at}-INT({total_at}/100)*100"
    tenth = line(_("tenths"), f"INT(({tail})/10)", fen % 100 // 10)
    last = line(_("fen"), f"{tail}-{tenth}*10", fen % 10)
    words = _joined(high, middle, low, spelt)
    whole = line(_("yuan in capitals"), words, _yuan_words(yuan_value))
    end = (
        f'IF({whole}="","",{whole}&"元")'
        f'&IF({tenth}>0,IF(AND({yuan}>0,{yuan}-INT({yuan}/10)*10=0),"零","")&MID("{DIGITS}",{tenth}+1,1)&"角","")'
        f'&IF({last}>0,IF(AND({yuan}>0,{tenth}=0),"零","")&MID("{DIGITS}",{last}+1,1)&"分","")'
        f'&IF({tenth}+{last}=0,IF({yuan}=0,"零元整","整"),"")'
    )
    return line(_("amount in capitals"), end, format_money(from_fen(fen), "capitals"))


def _digits(part: str) -> str:
    places = ((1000, "仟"), (100, "佰"), (10, "拾"), (1, ""))
    cells = []
    for place, name in places:
        digit = f"INT({part}/{place})-INT({part}/{place * 10})*10"
        cells.append(f'MID("{DIGITS}",{digit}+1,1)' + (f'&"{name}"' if name else ""))
    return "&".join(cells)


def _trimmed(raw: str) -> str:
    once = raw
    for name in "仟佰拾":
        once = f'SUBSTITUTE({once},"零{name}","零")'
    for _time in range(2):
        once = f'SUBSTITUTE({once},"零零","零")'
    return f'IF(RIGHT({once},1)="零",LEFT({once},LEN({once})-1),{once})'


def _joined(high: str, middle: str, low: str, spelt: list[str]) -> str:
    def leading(words: str) -> str:
        return f'IF(LEFT({words},1)="零",MID({words},2,9),{words})'

    first = f'IF({high}>0,{leading(spelt[0])}&"亿","")'
    second = (
        f'IF({middle}>0,IF({high}>0,{spelt[1]},{leading(spelt[1])})&"万",'
        f'IF(AND({high}>0,{low}>=1000),"零",""))'
    )
    third = f'IF({low}>0,IF({high}+{middle}>0,{spelt[2]},{leading(spelt[2])}),"")'
    return f"{first}&{second}&{third}"


def _spelt_digits(value: int) -> str:
    places = ((1000, "仟"), (100, "佰"), (10, "拾"), (1, ""))
    return "".join(DIGITS[value // place % 10] + name for place, name in places)


def _spelt(value: int) -> str:
    words = _spelt_digits(value)
    for name in "仟佰拾":
        words = words.replace(f"零{name}", "零")
    for _time in range(2):
        words = words.replace("零零", "零")
    return words.removesuffix("零")


def _yuan_words(yuan: int) -> str:
    return format_money(from_fen(yuan * 100), "capitals").removesuffix("元整") if yuan else ""
