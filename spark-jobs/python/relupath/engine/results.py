"""Tables that commands write, as columns."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray


def table(file: Path) -> dict[str, NDArray[Any]]:
    """The columns of a csv by their names: numbers, NaN where a cell is empty, or texts; n of each."""
    with open(file, newline="", encoding="utf-8") as lines:
        header, *rows = csv.reader(lines)
    columns: dict[str, NDArray[Any]] = {}
    for name, cells in zip(header, zip(*rows)) if rows else ((name, ()) for name in header):
        try:
            columns[name] = np.array([float(cell) if cell else np.nan for cell in cells], np.float64)
        except ValueError:
            columns[name] = np.array(cells)
    return columns
