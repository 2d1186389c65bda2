"""Money is Decimal yuan in whole fen; here it is read, shown, rounded and divided without losing one.

What `parse_money` reads (blanks and line ends may stand around each part):

    amount   = [sign] [currency] number [unit]  |  currency sign number [unit]
             | "(" [currency] number [unit] ")"       brackets: negative
    sign     = "-" | "−" | "负"
    currency = "¥" | "￥" | "人民币" | "CNY" | "RMB"
    number   = digits ["." digits]              no leading zero, at most MAX_LENGTH characters in all
             | 1-3 digits ("," 3 digits)+ ["." digits]
    unit     = "元" | "千元" | "万" | "万元" | "百万元" | "千万元" | "亿" | "亿元" | "万亿" | "万亿元"

Full-width forms of the digits, comma, point, minus and brackets, as an input method types them, count as
their plain forms.  The amount must be whole fen and below 10^16 yuan.  ``-0`` is 0.  Nothing else is an
amount: no exponent, ``_``, ``0x``, ``+``, NaN, infinity, other digits, ``1,00``.
"""

from __future__ import annotations

import re
from decimal import ROUND_DOWN, Decimal, localcontext
from fractions import Fraction
from typing import TYPE_CHECKING, Final, Literal, TypeAlias, cast

from poc_eval.errors import Fault, InputError
from poc_eval.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy as np
    from numpy.typing import NDArray

RoundingMode: TypeAlias = Literal["half_up", "half_even", "down", "up"]
MoneyStyle: TypeAlias = Literal["plain", "bare", "wan", "capitals"]
Exact: TypeAlias = Decimal | int | str
"""A number that is exactly what it says; a float is not."""

FEN: Final = Decimal("0.01")
LIMIT: Final = Decimal(10) ** 16
"""Amounts are smaller than this, in yuan; in fen they fit int64 with room to add."""
MAX_LENGTH: Final = 64

_DIGITS: Final = 50
"""Working precision: far above any amount times any stated rate."""
_FULL_WIDTH: Final = str.maketrans("０１２３４５６７８９，．－−（）￥　", "0123456789,.--()¥ ")
_UNITS: Final = {
    "": 0, "元": 0, "千元": 3, "万": 4, "万元": 4, "百万元": 6, "千万元": 7,
    "亿": 8, "亿元": 8, "万亿": 12, "万亿元": 12,
}  # fmt: skip
_AMOUNT: Final = re.compile(
    r"(?P<open>\()?\s*(?P<minus>-|负)?\s*(?:(?:¥|人民币|CNY|RMB)\s*(?P<inner>-|负)?)?\s*"
    r"(?P<number>(?:0|[1-9][0-9]*|[1-9][0-9]{0,2}(?:,[0-9]{3})+)(?:\.[0-9]+)?)"
    rf"\s*(?P<unit>{'|'.join(sorted(_UNITS, key=len, reverse=True))})\s*(?P<close>\))?"
)
_WEIGHT: Final = re.compile(r"(?:0|[1-9][0-9]{0,17})(?:\.[0-9]{1,18})?")
_CAPITALS: Final = "零壹贰叁肆伍陆柒捌玖"
_PLACES: Final = ((10**8, "亿"), (10**4, "万"), (10**3, "仟"), (10**2, "佰"), (10, "拾"))


def parse_money(text: str) -> Decimal:
    """Return the amount that ``text`` states, in yuan with two decimals: ``"333.3333万元"`` is 3333333.00.

    Raises InputError for what the grammar above does not allow.
    """
    given: object = text
    if not isinstance(given, str) or len(given) > MAX_LENGTH:
        raise _not_an_amount(str(given))
    match = _AMOUNT.fullmatch(text.translate(_FULL_WIDTH).strip())
    if match is None:
        raise _not_an_amount(text)
    negative = [mark for mark in (match["open"], match["minus"], match["inner"]) if mark]
    if bool(match["open"]) != bool(match["close"]) or len(negative) > 1:
        raise _not_an_amount(text)
    with localcontext(prec=2 * MAX_LENGTH):
        amount = Decimal(match["number"].replace(",", "")).scaleb(_UNITS[match["unit"]])
        return whole_fen(-amount if negative else amount)


def whole_fen(amount: Decimal | int) -> Decimal:
    """Return ``amount`` (yuan) with exactly two decimals.

    Raises InputError where it is not finite, not whole fen, or not below LIMIT.
    """
    if isinstance(amount, bool) or not isinstance(amount, (Decimal, int)):
        raise _not_an_amount(repr(amount))
    exact = Decimal(amount)
    if not exact.is_finite():
        raise _not_an_amount(str(amount))
    if exact.copy_abs() >= LIMIT:
        raise _too_large()
    with localcontext(prec=_DIGITS):
        rounded = exact.quantize(FEN, rounding=ROUND_DOWN)
    if rounded != exact:
        raise InputError(
            Fault(
                _(
                    "{amount} yuan is more exact than one fen",
                    amount=f"{exact:f}" if exact.adjusted() > -_DIGITS else exact,
                ),
                _("give at most two decimals of a yuan"),
            )
        )
    return rounded or Decimal("0.00")


def round_money(
    amount: Decimal | Fraction | int, *, to: Decimal = FEN, mode: RoundingMode = "half_up"
) -> Decimal:
    """Return ``amount`` (yuan, any exactness) rounded to a multiple of ``to`` (yuan, whole fen).

    ``half_up`` rounds ties away from zero, ``half_even`` to the even multiple, ``up`` always away from zero,
    ``down`` towards it.  Raises InputError where ``amount`` is not a number below LIMIT, or ``to`` is not
    a positive amount.
    """
    step = whole_fen(to)
    if step <= 0:
        raise _not_an_amount(str(to))
    if isinstance(amount, Decimal):
        if not amount.is_finite():
            raise _not_an_amount(str(amount))
        if (
            amount and amount.adjusted() < -_DIGITS
        ):  # only that it is not 0 counts; its digits fill the memory
            amount = Decimal((amount.is_signed(), (1,), -_DIGITS))
        if amount.copy_abs() >= LIMIT:  # before its digits are written out
            raise _too_large()
    exact = Fraction(amount)
    if abs(exact) >= LIMIT:
        raise _too_large()
    steps = exact / Fraction(step)
    return whole_fen(_rounded(steps.numerator, steps.denominator, mode) * step)


def format_money(amount: Decimal | int, style: MoneyStyle = "plain") -> str:
    """Return an amount in yuan as it is printed.

    ``plain`` 1,000,000.00; ``bare`` 1000000.00, as in JSON; ``wan`` 333.3333万元, exact, with the decimals it
    needs (up to four for whole yuan, six with fen); ``capitals`` 壹佰万元整.  A negative amount has
    a minus, in capitals 负.  Raises InputError where it is not whole fen below LIMIT.

    Capitals follow the samples of 正确填写票据和结算凭证的基本规定 (annex 1 of 支付结算办法): 整 only
    after 元, 零 once where digits are skipped, also between 元 and 角.
    """
    exact = whole_fen(amount)
    if style == "bare":
        return f"{exact:f}"
    if style == "plain":
        return f"{exact:,f}"
    if style == "wan":
        digits = f"{exact.scaleb(-4):,f}"
        return f"{digits.rstrip('0').rstrip('.')}万元"
    return _capitals(exact)


def allocate(total: Exact, weights: Sequence[Exact]) -> list[Decimal]:
    """Divide ``total`` (yuan) in proportion to ``weights``; the parts add up to it to the fen.

    Largest remainder: each part is rounded down, and the fen left over go one each to the largest
    remainders, among equal ones to the earlier.  A negative total is divided as its positive and negated.
    A weight of 0 gets nothing.  Raises InputError: total not whole fen, no weight, a weight that is negative
    or not a plain number (floats are not), all weights 0.
    """
    amount = parse_money(total) if isinstance(total, str) else whole_fen(total)
    shares = [_weight(weight) for weight in weights]
    whole = sum(shares)
    if not whole:
        raise InputError(
            Fault(
                _("the weights add up to 0, so nothing says who gets what"),
                _("give at least one weight above 0"),
            )
        )
    fen = abs(to_fen(amount))
    exact = [fen * share / whole for share in shares]
    parts = [int(part) for part in exact]
    order = sorted(range(len(parts)), key=lambda index: parts[index] - exact[index])
    for index in order[: fen - sum(parts)]:
        parts[index] += 1
    return [from_fen(-part if amount < 0 else part) for part in parts]


def to_fen(amount: Decimal | int) -> int:
    """Return yuan as fen; raises InputError where it is not whole fen below LIMIT."""
    return int(whole_fen(amount).scaleb(2))


def from_fen(fen: int) -> Decimal:
    """Return fen as yuan with two decimals; raises InputError where it is not below LIMIT."""
    if abs(int(fen)) >= LIMIT * 100:
        raise _too_large()
    return whole_fen(Decimal(int(fen)).scaleb(-2))


def fen_array(amounts: Iterable[Decimal | int]) -> NDArray[np.int64]:
    """Return amounts in yuan as an int64 array of fen; raises InputError as `to_fen` does."""
    import numpy as np  # noqa: PLC0415 this module stays light for those who use no arrays

    return np.array([to_fen(amount) for amount in amounts], dtype=np.int64)


def times_rate(fen: NDArray[np.int64], rate: Decimal, *, mode: RoundingMode = "half_up") -> NDArray[np.int64]:
    """Return ``fen`` times ``rate``, rounded to whole fen: int64 in, int64 of the same shape out, exact.

    Raises InputError where the rate is negative or not finite, or a product does not fit int64.
    """
    import numpy as np  # noqa: PLC0415 this module stays light for those who use no arrays

    if not rate.is_finite() or rate < 0 or abs(rate.adjusted()) > _DIGITS:
        raise InputError(Fault(_("{rate} is not a rate", rate=rate), _("give a number of 0 or more")))
    top = int(np.iinfo(np.int64).max)
    times, by = rate.as_integer_ratio()
    largest = max((abs(int(bound)) for bound in (fen.min(), fen.max())), default=0) if fen.size else 0
    if _rounded(largest * times, by, mode) > top:
        raise InputError(
            Fault(
                _("an amount times the rate {rate} is too large to be counted in fen", rate=rate),
                _("check the amounts and the rate"),
            )
        )
    if largest > top or (by - 1) * times + by > top:
        exact = [_rounded(int(one) * times, by, mode) for one in fen.flat]
        return np.array(exact, dtype=np.int64).reshape(fen.shape)
    # Split so that no product passes int64: fen = whole * by + rest.
    whole, rest = np.divmod(np.abs(fen), by)
    more, left = np.divmod(rest * times, by)
    product = whole * times + more
    ups = {
        "half_up": left >= by - left,
        "half_even": (left > by - left) | ((left == by - left) & (product % 2 == 1)),
        "down": np.zeros_like(left, dtype=bool),
        "up": left > 0,
    }
    result: NDArray[np.int64] = np.sign(fen) * (product + ups[mode])
    return result


def _rounded(over: int, under: int, mode: RoundingMode) -> int:
    """Return the fraction ``over / under`` (``under`` positive) as a whole number."""
    whole, left = divmod(abs(over), under)
    up = {
        "half_up": 2 * left >= under,
        "half_even": 2 * left > under or (2 * left == under and whole % 2 == 1),
        "down": False,
        "up": left > 0,
    }[mode]
    return (whole + up) * (-1 if over < 0 else 1)


def _weight(weight: Exact) -> Fraction:
    plain: object = weight.strip() if isinstance(weight, str) else weight
    if isinstance(plain, str):
        known = _WEIGHT.fullmatch(plain) is not None
    elif isinstance(plain, Decimal):
        known = plain.is_finite() and abs(plain.adjusted()) <= _DIGITS
    else:
        known = isinstance(plain, int) and not isinstance(plain, bool)
    number = Fraction(cast("Exact", plain)) if known else Fraction(-1)
    if number < 0:
        raise InputError(
            Fault(
                _('"{text}" is not a weight', text=_one_line(str(weight))),
                _("give a number of 0 or more, as text, whole number or Decimal"),
            )
        )
    return number


def _capitals(amount: Decimal) -> str:
    yuan, fen = divmod(abs(to_fen(amount)), 100)
    tenth, hundredth = divmod(fen, 10)
    said = f"{_capital_number(yuan)}元" if yuan else ""
    if tenth:
        said += ("零" if yuan and yuan % 10 == 0 else "") + f"{_CAPITALS[tenth]}角"
    if hundredth:
        said += ("零" if yuan and not tenth else "") + f"{_CAPITALS[hundredth]}分"
    if not fen:
        said = f"{said or '零元'}整"
    return f"负{said}" if amount < 0 else said


def _capital_number(number: int) -> str:
    """Return a whole number above 0 in capitals: each place that is skipped, however wide, is one 零."""
    for place, name in _PLACES:
        if number >= place:
            high, low = divmod(number, place)
            gap = "零" if 0 < low < place // 10 else ""
            return _capital_number(high) + name + gap + (_capital_number(low) if low else "")
    return _CAPITALS[number]


def _not_an_amount(text: str) -> InputError:
    return InputError(
        Fault(
            _('"{text}" is not an amount', text=_one_line(text)),
            _("write it like 1000000, 1,000,000.00 or 100万元"),
        )
    )


def _too_large() -> InputError:
    return InputError(
        Fault(
            _("the amount is 10,000 trillion yuan or more"),
            _("check the number of digits and the unit"),
        )
    )


def _one_line(text: str) -> str:
    cut = text if len(text) <= MAX_LENGTH else f"{text[:MAX_LENGTH]}…"
    return "".join(char if char.isprintable() else f"U+{ord(char):04X}" for char in cut)
