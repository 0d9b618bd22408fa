"""Cells of raw columns as numbers: what texts, dates and missing cells stand for, as the commands read them."""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

#: Texts of cells that are missing, beside the empty one.
MISSING = frozenset(["", "NA", "N/A", "NaN", "nan", "NAN", "null", "NULL", "Null", "?"])

_NUMBER = re.compile(r"[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?")
_DATE = re.compile(
    r"([0-9]{4}|[+-][0-9]{4,9})-([0-9]{2})-([0-9]{2})"
    r"(?:[T ]([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:\.([0-9]{1,9}))?)?Z?)?"
)
_DAY = 86_400
_EPOCH = datetime.date(1970, 1, 1).toordinal()


class CellError(ValueError):
    """A cell that is not what its column has: ``row`` from 0, and what is wrong with it."""

    def __init__(self, row: int, problem: str) -> None:
        super().__init__(problem)
        self.row = row
        self.problem = problem


def shown(value: object) -> str:
    """A value as messages show it: one line, not too long."""
    text = " ".join(str(value).split())
    return text if len(text) <= 60 else text[:60] + "..."


def is_missing(cell: object) -> bool:
    """Whether a cell is missing: None, NaN, NaT, pandas' NA, or a text that stands for it."""
    if cell is None or (isinstance(cell, str) and cell.strip() in MISSING):
        return True
    if isinstance(cell, str):
        return False
    try:
        return bool(cell != cell)
    except (TypeError, ValueError):
        # pandas' NA compares to NA, which is neither.
        return True


def number(cell: object) -> float:
    """The number that a cell is, or its text stands for; NaN for none."""
    if isinstance(cell, str):
        text = cell.strip(" \t")
        if not _NUMBER.fullmatch(text):
            return math.nan
        value = float(text)
        # Beyond the largest double, or below the smallest: it would be read as another one.
        zero = not re.search("[1-9]", re.split("[eE]", text)[0])
        return math.nan if math.isinf(value) or (value == 0 and not zero) else value
    try:
        return float(cell)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        return math.nan


def truth(cell: object) -> float:
    """1 and 0 of true and false, as booleans or in words; NaN for others."""
    if isinstance(cell, (bool, np.bool_)):
        return float(cell)
    word = cell.strip().lower() if isinstance(cell, str) else ""
    return 1.0 if word == "true" else 0.0 if word == "false" else math.nan


def text(cell: object) -> str:
    """The text of a cell, to compare levels with: of whole numbers without a point, of others as Java has it."""
    if isinstance(cell, (bool, np.bool_)):
        return "true" if cell else "false"
    if isinstance(cell, (int, np.integer)):
        return str(int(cell))
    if isinstance(cell, (float, np.floating)):
        value = float(cell)
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else _java(value)
    return str(cell).strip()


def _java(value: float) -> str:
    """``Double.toString``: scientific below 1e-3 and from 1e7 on."""
    if 1e-3 <= abs(value) < 1e7:
        return repr(value)
    mantissa, exponent = f"{value:e}".split("e")
    digits = repr(value).lower().split("e")[0].replace("-", "").replace(".", "").strip("0") or "0"
    sign = "-" if mantissa.startswith("-") else ""
    return f"{sign}{digits[0]}.{digits[1:] or '0'}E{int(exponent)}"


def _civil(year: int, month: int, day: int) -> int:
    """Days since 1970-01-01 of a date of the proleptic Gregorian calendar, of any year."""
    # 400 years have 146,097 days: the calendar of any year is that of one that datetime has.
    era, own = divmod(year - 1, 400)
    return datetime.date(own + 1, month, day).toordinal() - _EPOCH + era * 146_097


def days(cell: object) -> float:
    """Days since 1970-01-01T00:00 UTC of a date, a time, or a text of ISO 8601; NaN for others."""
    if isinstance(cell, str):
        found = _DATE.fullmatch(cell.strip())
        if not found:
            return math.nan
        year, month, day, hour, minute, second = (int(found.group(i) or 0) for i in range(1, 7))
        nano = int((found.group(7) or "").ljust(9, "0"))
        if hour > 23 or minute > 59 or second > 59 or found.group(1) == "-0000":
            return math.nan
        try:
            whole = _civil(year, month, day)
        except ValueError:
            return math.nan
        return whole + ((hour * 60 + minute) * 60 + second + nano / 1e9) / _DAY
    if isinstance(cell, datetime.datetime):
        utc = cell.astimezone(datetime.timezone.utc) if cell.tzinfo else cell
        nano = 1000 * utc.microsecond + int(getattr(cell, "nanosecond", 0))
        seconds = (utc.hour * 60 + utc.minute) * 60 + utc.second + nano / 1e9
        return utc.toordinal() - _EPOCH + seconds / _DAY
    if isinstance(cell, datetime.date):
        return float(cell.toordinal() - _EPOCH)
    if isinstance(cell, np.datetime64):
        return float(days_of(np.array([cell]))[0])
    return math.nan


def days_of(times: NDArray[Any]) -> NDArray[np.float64]:
    """Days since 1970-01-01T00:00 of an array of datetime64; NaN where one is NaT."""
    whole = times.astype("datetime64[D]")
    rest = (times - whole).astype("timedelta64[ns]").astype(np.int64)
    seconds = rest // 10**9 + rest % 10**9 / 1e9
    found = whole.astype(np.int64) + seconds / _DAY
    return np.where(np.isnat(times), np.nan, found)


def date_part(part: str, since: NDArray[np.float64]) -> NDArray[np.float64]:
    """A part of dates, of days since 1970-01-01: to the nearest second but for ``days``, which are as they are."""
    if part == "days":
        return since
    exact = since * _DAY
    second = np.where(np.abs(exact) < 2.0**52, np.floor(exact + 0.5), exact).astype(np.int64)
    day = second // _DAY
    if part == "hour":
        return np.asarray(second % _DAY / 3600.0)
    if part == "weekday":
        return np.asarray((day + 3) % 7 + 1.0)
    date = day.astype("datetime64[D]")
    month = date.astype("datetime64[M]")
    if part == "day":
        return (date - month.astype("datetime64[D]")).astype(np.int64) + 1.0
    year = date.astype("datetime64[Y]")
    if part == "year":
        return year.astype(np.int64) + 1970.0
    return (month - year.astype("datetime64[M]")).astype(np.int64) + 1.0


_PARSERS = {
    "number": (number, "a number"),
    "boolean": (truth, "true or false"),
    "date": (days, "a date as yyyy-MM-dd, with a time or without"),
}


def numbers(kind: str, column: NDArray[Any]) -> NDArray[np.float64]:
    """The cells of a column of numbers, booleans or dates; NaN where one is missing.

    Raises:
        CellError: of the first cell that is none.
    """
    dtype = column.dtype
    if kind == "number" and dtype.kind in "fiub":
        found = column.astype(np.float64)
    elif kind == "boolean" and dtype.kind == "b":
        found = column.astype(np.float64)
    elif kind == "date" and dtype.kind == "M":
        found = days_of(column)
    else:
        parse, expected = _PARSERS[kind]
        found = np.full(len(column), np.nan)
        for r, cell in enumerate(column):
            if not is_missing(cell):
                found[r] = parse(cell)
                if math.isnan(found[r]):
                    raise CellError(r, f"is '{shown(cell)}', expected {expected}")
    if np.isinf(found).any():
        r = int(np.flatnonzero(np.isinf(found))[0])
        raise CellError(r, f"is {found[r]}, expected a finite number")
    return found


def levels(column: Iterable[object], known: list[str]) -> NDArray[np.int64]:
    """For each cell the position of its text in ``known``; -1 where it is none of them, -2 where it is missing."""
    at = {level: k for k, level in enumerate(known)}
    return np.array([-2 if is_missing(cell) else at.get(text(cell), -1) for cell in column], np.int64)
