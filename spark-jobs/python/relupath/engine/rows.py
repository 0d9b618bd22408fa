"""Tables as csv files, in which they cross to the JVM: numbers with all of their digits."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from relupath import cells


def quoted(text: str) -> str:
    """A text as a cell of a csv."""
    plain = not any(c in text for c in ',"\r\n') and text == text.strip()
    return text if plain else '"' + text.replace('"', '""') + '"'


def _cell(value: object) -> str:
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
    return [_cell(value) for value in column]


def write(path: Path, names: Iterable[str], columns: list[NDArray[Any]]) -> None:
    """Writes a table.

    Args:
        names: of its columns.
        columns: n cells of each: numbers, booleans, dates, texts; None, NaN and NaT where one is missing.
    """
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        file.write(",".join(quoted(name) for name in names) + "\n")
        file.writelines(",".join(row) + "\n" for row in zip(*map(texts, columns)))


def distinct(name: str, taken: Iterable[str]) -> str:
    """A name that is none of those taken: itself, or with underscores."""
    used = set(taken)
    while name in used:
        name += "_"
    return name
