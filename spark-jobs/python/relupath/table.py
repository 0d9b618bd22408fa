"""Raw rows in whatever form: data frames, dicts of columns, lists of dicts, arrays."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray


def columns(rows: Any, names: Sequence[str]) -> list[NDArray[Any]]:
    """The columns of rows, each an array of n cells, in the order of ``names``.

    Args:
        rows: a data frame or a mapping, whose columns are found by name; a list of mappings, a row each; or what is
            an array of n x len(names), whose columns are in that order (a sparse matrix, too).

    Raises:
        ValueError: if a column is missing, or an array has other than len(names) columns.
    """
    if isinstance(rows, list) and rows and all(isinstance(row, Mapping) for row in rows):
        rows = {name: [row.get(name) for row in rows] for name in names}
    if isinstance(rows, Mapping) or hasattr(rows, "columns"):
        own = list(rows) if isinstance(rows, Mapping) else list(rows.columns)
        given = {str(name): name for name in own}
        absent = [name for name in names if name not in given]
        if absent:
            raise ValueError(f"rows have no column '{absent[0]}', expected the columns {', '.join(names)}")
        found = [_cells(rows[given[name]]) for name in names]
        if any(len(column) != len(found[0]) for column in found):
            raise ValueError(f"columns have {sorted({len(c) for c in found})} cells, expected as many in each")
        return found
    if hasattr(rows, "toarray"):
        rows = rows.toarray()
    array = rows if isinstance(rows, np.ndarray) else _array(rows)
    if array.ndim != 2 or array.shape[1] != len(names):
        raise ValueError(f"rows have the shape {array.shape}, expected n x {len(names)}")
    return list(array.T)


#: Cells of a sparse matrix that are dense at once: 32 MiB.
_CELLS = 2**22


def parts(rows: Any) -> Iterator[tuple[int, Any]]:
    """Rows, a sparse matrix in parts whose cells memory holds, each with the number of its first row from 0."""
    if not hasattr(rows, "toarray") or len(rows.shape) != 2:
        yield 0, rows
        return
    own = rows.tocsr()
    step = max(1, _CELLS // max(1, own.shape[1]))
    for at in range(0, max(1, own.shape[0]), step):
        yield at, own[at : at + step]


def _array(rows: Any) -> NDArray[Any]:
    array = np.asarray(rows)
    # Texts beside numbers would make texts of the numbers.
    return np.asarray(rows, object) if array.dtype.kind in "US" else array


def _cells(column: Any) -> NDArray[Any]:
    """A column as an array; cells that no dtype of numpy has are objects."""
    dtype = getattr(column, "dtype", None)
    if dtype is not None and not isinstance(dtype, np.dtype):
        # An extension of pandas: categories, nullable numbers and booleans, times with a zone, strings.
        if getattr(dtype, "tz", None) is not None:
            column = column.dt.tz_convert("UTC").dt.tz_localize(None)
            return np.asarray(column)
        return np.asarray(column, object)
    array = np.asarray(column)
    if array.dtype.kind in "US" and not isinstance(column, np.ndarray):
        array = np.empty(len(column), object)
        array[:] = list(column)
    if array.ndim != 1:
        raise ValueError(f"a column has the shape {array.shape}, expected n cells")
    return array
