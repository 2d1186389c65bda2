"""Columns of claims become whole numbers, cell by cell where need be; every cell that cannot is a fault."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from poc_eval.catalog.plain_text import MAX_FAULTS, shown
from poc_eval.errors import Fault, InputError, PocEvalError
from poc_eval.finance.policy_values import encoded, wanted
from poc_eval.i18n import _
from poc_eval.money import LIMIT, parse_money, to_fen

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from poc_eval.finance.policy_parts import Input
    from poc_eval.i18n import Message

MISSING: Final = -1
"""Stands in a column of whole numbers where a claim states nothing; every number stated is 0 or more."""
_PLAIN: Final = re.compile(r"(0|[1-9][0-9]{0,12})(?:\.([0-9]{1,2}))?")
_LARGEST_FLOAT: Final = 2**53 / 100
_FEN: Final = 100


class CellError(Exception):
    """A cell that cannot be used: what is wrong, what to do."""

    def __init__(self, what: Message, remedy: Message) -> None:
        super().__init__(what.text("en"))
        self.what, self.remedy = what, remedy


class Faults:
    """Gathers faults by row and column; ``lines`` are the rows' numbers as people count them."""

    def __init__(self, lines: NDArray[np.int64], file: str | None) -> None:
        self.lines, self.file = lines, file
        self.found: list[tuple[int, Fault]] = []

    def add(self, row: int, column: str, what: Message, remedy: Message) -> None:
        """Note what is wrong in a cell; ``row`` counts from 0."""
        line = int(self.lines[row])
        in_file = self.file is not None
        place = column if in_file else f"{column}[{line}]"
        self.found.append(
            (line, Fault(what, remedy, file=self.file, line=line if in_file else None, place=place))
        )

    def whole(self, what: Message, remedy: Message, column: str | None = None) -> None:
        """Note what is wrong with the table or a column of it."""
        self.found.append((0, Fault(what, remedy, file=self.file, place=column)))

    def stop(self) -> None:
        """Raise InputError with every fault noted, in the order of the rows, where there is one."""
        if not self.found:
            return
        ordered = sorted(self.found, key=lambda pair: pair[0])
        faults = list({fault.text("en"): fault for _line, fault in ordered}.values())
        if len(faults) > MAX_FAULTS:
            faults[MAX_FAULTS:] = [
                Fault(
                    _("{count} more faults are not listed", count=len(faults) - MAX_FAULTS),
                    _("mend these first"),
                    file=self.file,
                )
            ]
        raise InputError(*faults)


def is_empty(value: object) -> bool:
    """Tell whether a cell states nothing: None, NaN, NA, or a text of blanks."""
    if value is None or value is pd.NA or value is pd.NaT:
        return True
    if isinstance(value, str):
        return not value.strip()
    return isinstance(value, (float, np.floating)) and bool(np.isnan(value))


@dataclass(frozen=True, slots=True)
class Labels:
    """Texts of many rows that repeat: each different one once, and a number a row, -1 for none."""

    codes: NDArray[np.int64]
    texts: Sequence[str]

    def __getitem__(self, row: int) -> str:
        code = int(self.codes[row])
        return self.texts[code] if code >= 0 else ""

    def all(self) -> NDArray[np.object_]:
        """Return the text of every row."""
        if len(self.texts) == 1 and int(self.codes.min(initial=0)) >= 0:
            return np.broadcast_to(np.array(self.texts[:1], dtype=object), len(self.codes)).copy()
        texts: NDArray[np.object_] = np.array([*self.texts, ""], dtype=object)[self.codes]
        return texts

    def of(self, rows: NDArray[np.int64]) -> NDArray[np.object_]:
        """Return the text of each of ``rows``."""
        texts: NDArray[np.object_] = np.array([*self.texts, ""], dtype=object)[self.codes[rows]]
        return texts


def words(series: pd.Series[Any]) -> NDArray[np.object_]:
    """Return a column as texts without the blanks around them, empty where it states nothing."""
    return labels(series).all()


def each_word(series: pd.Series[Any]) -> NDArray[np.object_]:
    """Return a column whose texts are mostly different as `words` does."""
    found = np.empty(len(series), dtype=object)
    found[:] = [
        value.strip() if isinstance(value, str) else _word(value)
        for value in np.asarray(series.array, dtype=object)
    ]
    return found


def labels(series: pd.Series[Any]) -> Labels:
    """Return a column as texts without the blanks around them."""
    if len(series) and pd.api.types.is_integer_dtype(series.dtype) and not series.hasnans:
        whole = series.to_numpy()
        if whole.min() == whole.max():  # one year for all, most often
            return Labels(np.zeros(len(whole), dtype=np.int64), [str(whole[0])])
    codes, unique = pd.factorize(series.array, use_na_sentinel=True)
    texts = [_word(value) for value in unique]
    first: dict[str, int] = {}
    place = [first.setdefault(text, len(first)) if text else MISSING for text in texts]
    if place == list(range(len(texts))):
        return Labels(codes, texts)
    return Labels(np.array([*place, MISSING], dtype=np.int64)[codes], list(first))


def _word(value: object) -> str:
    if isinstance(value, (float, np.floating)) and float(value).is_integer():
        return str(int(value))
    return "" if is_empty(value) else str(value).strip()


def amounts(
    series: pd.Series[Any], column: str, faults: Faults, *, required: bool = True
) -> NDArray[np.int64]:
    """Return a column of yuan as fen; MISSING where nothing is stated, which is a fault where required."""
    if pd.api.types.is_integer_dtype(series.dtype) and not series.hasnans:
        fen = _whole_yuan(series)
        if fen is not None:
            return fen
    elif pd.api.types.is_float_dtype(series.dtype):
        yuan = series.to_numpy(dtype=np.float64, na_value=np.nan)
        with np.errstate(invalid="ignore"):
            exact = np.rint(yuan * _FEN)
            good = (yuan >= 0) & (yuan < _LARGEST_FLOAT) & (exact / _FEN == yuan)
        if good.all():
            whole: NDArray[np.int64] = exact.astype(np.int64)
            return whole
    return _each(series, column, faults, fen_of, required=required)


def whole_fen(series: pd.Series[Any], column: str, faults: Faults) -> NDArray[np.int64]:
    """Return a column that already holds fen; anything but whole numbers of 0 or more is a fault."""
    if pd.api.types.is_integer_dtype(series.dtype) and not series.hasnans:
        fen = series.to_numpy(dtype=np.int64)
        if int(fen.min(initial=0)) >= 0 and int(fen.max(initial=0)) < LIMIT * _FEN:
            return fen
    return _each(series, column, faults, _given_fen)


def numbers(series: pd.Series[Any], column: str, kind: Input, faults: Faults) -> NDArray[np.int64]:
    """Return a column of any kind but amount as the whole numbers that stand for its values."""
    return _each(series, column, faults, lambda value: _coded(value, kind), required=kind.required)


def _whole_yuan(series: pd.Series[Any]) -> NDArray[np.int64] | None:
    yuan: NDArray[np.int64] = series.to_numpy(dtype=np.int64)
    if int(yuan.min(initial=0)) < 0 or int(yuan.max(initial=0)) >= LIMIT:
        return None
    fen: NDArray[np.int64] = yuan * _FEN
    return fen


def _each(
    series: pd.Series[Any],
    column: str,
    faults: Faults,
    read: Callable[[object], int],
    *,
    required: bool = True,
) -> NDArray[np.int64]:
    found = np.full(len(series), MISSING, dtype=np.int64)
    for row, value in enumerate(series.array):
        try:
            if is_empty(value):
                if required:
                    faults.add(row, column, _("nothing stands here"), _("write the figure; nothing is not 0"))
                continue
            found[row] = read(value)
        except CellError as error:
            faults.add(row, column, error.what, error.remedy)
        except PocEvalError as error:
            for fault in error.faults:
                faults.add(row, column, fault.what, fault.remedy)
    return found


def fen_of(value: object) -> int:
    """Return what a cell states in yuan as fen; raises CellError or InputError where it is no amount."""
    if isinstance(value, str):
        plain = _PLAIN.fullmatch(value.strip())
        fen = (
            int(plain[1]) * _FEN + int((plain[2] or "").ljust(2, "0"))
            if plain
            else to_fen(parse_money(value))
        )
    elif isinstance(value, (bool, np.bool_)):
        raise CellError(
            _("{value} is no amount", value=str(value)),
            _("write an amount such as 1000000, 1000000.00 or 100万"),
        )
    elif isinstance(value, (int, np.integer)):
        fen = to_fen(int(value))
    elif isinstance(value, Decimal):
        fen = to_fen(value)
    elif isinstance(value, (float, np.floating)):
        fen = to_fen(Decimal(repr(float(value))))
    else:
        raise CellError(
            _('"{text}" is not an amount', text=shown(str(value))),
            _("write an amount such as 1000000, 1000000.00 or 100万"),
        )
    if fen < 0:
        raise CellError(
            _("the amount is below 0"),
            _("write the verified figure itself; what was taken off belongs in the declared figure"),
        )
    return fen


def _given_fen(value: object) -> int:
    if (
        isinstance(value, (bool, np.bool_))
        or not isinstance(value, (int, np.integer))
        or not 0 <= value < LIMIT * _FEN
    ):
        raise CellError(
            _('"{text}" is not a number of fen', text=shown(str(value))),
            _("write a whole number of 0 or more"),
        )
    return int(value)


def _coded(value: object, kind: Input) -> int:
    if isinstance(value, (bool, np.bool_)):
        text = "yes" if value else "no"
        fits = kind.kind == "yes_no"
    else:
        text, fits = _plain_text(value), True
    code = encoded(kind, text) if fits else None
    if code is None or code < 0:
        raise CellError(_('"{text}" does not fit here', text=shown(str(value))), wanted(kind))
    return code


def _plain_text(value: object) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (float, np.floating)):
        exact = Decimal(repr(float(value)))
        return f"{exact.to_integral_value():f}" if exact == exact.to_integral_value() else f"{exact:f}"
    return str(value).strip()
