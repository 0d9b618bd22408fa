"""Tables as csv files, in which they cross to the JVM: numbers with all of their digits."""

from __future__ import annotations

import datetime
import decimal
import numbers
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from relupath import cells


#: What cells may be, beside what stands for a missing one: numbers of numpy are numbers, times of pandas dates.
_KINDS = (str, bool, np.bool_, numbers.Real, decimal.Decimal, datetime.date)
_NONE = ("NoneType", "NAType", "NaTType")


def quoted(text: str) -> str:
    """A text as a cell of a csv."""
    plain = not any(c in text for c in ',"\r\n') and text == text.strip()
    return text if plain else '"' + text.replace('"', '""') + '"'


def _cell(value: object) -> str:
    # A timedelta of numpy is one of its whole numbers.
    if (not isinstance(value, _KINDS) or isinstance(value, np.timedelta64)) and type(value).__name__ not in _NONE:
        raise TypeError(f"is a {type(value).__name__}, expected a number, a text, true or false, or a date")
    if cells.is_missing(value):
        return ""
    if isinstance(value, (bool, np.bool_)):
        return "true" if value else "false"
    if isinstance(value, (float, np.floating)):
        return repr(float(value))
    if isinstance(value, datetime.datetime):
        utc = value.astimezone(datetime.timezone.utc).replace(tzinfo=None) if value.tzinfo else value
        return str(utc.isoformat())
    if isinstance(value, datetime.date):
        return value.isoformat()
    return quoted(str(value))


def texts(column: NDArray[Any]) -> list[str]:
    """The cells of a column of n cells as those of a csv."""
    kind = column.dtype.kind
    if kind == "f":
        return ["" if value != value else repr(value) for value in column.astype(np.float64).tolist()]
    if kind in "iu":
        return [str(value) for value in column.tolist()]
    if kind == "M":
        return ["" if missing else str(time) for time, missing in zip(np.datetime_as_string(column), np.isnat(column))]
    found = []
    for r, value in enumerate(column):
        try:
            found.append(_cell(value))
        except TypeError as e:
            raise cells.CellError(r, str(e)) from None
    return found


def write(path: Path, names: Iterable[str], columns: list[NDArray[Any]]) -> None:
    """Writes a table.

    Args:
        names: of its columns.
        columns: n cells of each: numbers, booleans, dates, texts; None, NaN and NaT where one is missing.
    """
    found = []
    for name, column in zip(own := list(names), columns):
        try:
            found.append(texts(column))
        except cells.CellError as e:
            raise ValueError(f"X: row {e.row + 1} column '{name}' {e.problem}") from None
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        file.write(",".join(quoted(name) for name in own) + "\n")
        file.writelines(",".join(row) + "\n" for row in zip(*found))


def write_sparse(path: Path, x: Any, labels: NDArray[Any]) -> None:
    """Writes rows as a libsvm file.

    Args:
        x: n x d, a CSR matrix of scipy.
        labels: n numbers.
    """
    own = x.copy()
    own.sum_duplicates()
    own.eliminate_zeros()
    columns, values, ends = own.indices.tolist(), own.data.astype(np.float64).tolist(), own.indptr.tolist()
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        for r, label in enumerate(texts(labels)):
            row = [f"{columns[i] + 1}:{values[i]!r}" for i in range(ends[r], ends[r + 1])]
            if r == 0 and columns[: ends[1]][-1:] != [x.shape[1] - 1]:
                # The file has as many columns as its last index says.
                row.append(f"{x.shape[1]}:0")
            file.write(" ".join([label, *row]) + "\n")


def distinct(name: str, taken: Iterable[str]) -> str:
    """A name that is none of those taken: itself, or with underscores."""
    used = set(taken)
    while name in used:
        name += "_"
    return name
