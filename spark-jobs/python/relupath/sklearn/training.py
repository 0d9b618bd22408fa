"""Rows, labels and settings of an estimator as a run of a command, and the folder that it leaves."""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
import warnings
import weakref
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from relupath import cells, network, table
from relupath.engine import command, jvm, rows
from relupath.network import Network


@dataclass(frozen=True)
class Rows:
    """Training rows.

    Attributes:
        names: of the features.
        columns: n cells of each.
        labels: n cells of each output.
        weights: what rows count for; None for once each.
    """

    names: list[str]
    columns: list[NDArray[Any]]
    labels: list[NDArray[Any]]
    weights: NDArray[np.float64] | None = None
    file = "rows.csv"

    def __post_init__(self) -> None:
        for name in self.names:
            if name != name.strip() or not name:
                raise ValueError(f"X: the column '{name}' has blanks at its ends or no name, expected a name without")

    def write(self, file: Path) -> dict[str, Any]:
        """Writes them, and returns the options that say what is in the file."""
        label = rows.distinct("label", self.names)
        labels = [label] if len(self.labels) == 1 else [f"{label}{k}" for k in range(len(self.labels))]
        names, columns = [*self.names, *labels], [*self.columns, *self.labels]
        options: dict[str, Any] = {"input": str(file), "label": ",".join(labels)}
        if self.weights is not None:
            options["weights"] = rows.distinct("weight", names)
            names, columns = [*names, options["weights"]], [*columns, self.weights]
        rows.write(file, names, columns)
        return options


#: The largest index of a libsvm file.
MOST_SPARSE = 1_000_000
#: Cells of a sparse X that may all be written.
_MOST_CELLS = 2**25


@dataclass(frozen=True)
class SparseRows:
    """Training rows of mostly zeros, of which a libsvm file has no more: numbers, one label, and nothing missing.

    Attributes:
        x: n x d, a CSR matrix of scipy.
        labels: n numbers.
    """

    x: Any
    labels: NDArray[Any]
    file = "rows.libsvm"

    def write(self, file: Path) -> dict[str, Any]:
        """Writes them, and returns the options that say what is in the file."""
        rows.write_sparse(file, self.x, self.labels)
        return {"input": str(file)}


def cells_of(x: Any) -> NDArray[np.float64]:
    """All cells of a sparse X.

    Raises:
        ValueError: if they are too many.
    """
    count = x.shape[0] * x.shape[1]
    if count > _MOST_CELLS:
        raise ValueError(
            f"X: has {count} cells, all of which are needed for weights, missing cells, names, several columns of y"
            f" and more than {MOST_SPARSE} columns, expected at most {_MOST_CELLS}"
        )
    return np.asarray(x.toarray())


def features(x: Any) -> tuple[list[str], list[NDArray[Any]]]:
    """The names and the cells of columns: of a data frame its own, of an array x0, x1, ..."""
    if hasattr(x, "columns"):
        names = [str(name) for name in x.columns]
    else:
        names = [f"x{k}" for k in range(np.shape(x)[1])]
    return names, table.columns(x, names)


def categories(named: list[str], own: Rows) -> list[str]:
    """The columns that are texts where some are named: these, and those that could be nothing else.

    Without names each column is taken for what its cells are; with names all others have to be numbers.

    Raises:
        ValueError: if there is a column of dates beside them, which would have to be one.
    """
    found = list(named)
    for name, column in zip(own.names, own.columns):
        if name in named or column.dtype.kind in "fiu":
            continue
        there = [cell for cell in column if not cells.is_missing(cell)]
        if there and all(not np.isnan(cells.days(cell)) for cell in there):
            raise ValueError(f"categorical: names columns beside the dates of '{name}', expected auto, or no dates")
        if any(np.isnan(cells.number(cell)) or isinstance(cell, (bool, np.bool_)) for cell in there):
            found.append(name)
    return found


def _remove(folder: Path, pid: int) -> None:
    # A forked process ends with what its parent still has.
    if os.getpid() == pid:
        shutil.rmtree(folder, ignore_errors=True)


def _setting(value: Any) -> Any:
    """Names as one text; the path of a file as the JVM finds it, which is in another folder."""
    if isinstance(value, (list, tuple, np.ndarray)) and np.ndim(value) == 1:
        return ",".join(f'"{v}"' if "," in str(v) else str(v) for v in value)
    if isinstance(value, str) and value.startswith("file:"):
        return "file:" + os.path.abspath(value.removeprefix("file:"))
    return value


def _caller() -> int:
    """The stack level, for a warning of who calls this, of the first that is not of this package."""
    frame, level = sys._getframe(1), 1
    while frame.f_back is not None and str(frame.f_globals.get("__name__")).startswith("relupath."):
        frame, level = frame.f_back, level + 1
    return level


class Run:
    """A folder that a command left, with the rows beside it; both go when nobody has it any more."""

    def __init__(
        self,
        what: str,
        options: dict[str, Any],
        training: Rows | SparseRows | None = None,
        texts: dict[str, str] | None = None,
        arguments: dict[str, str] | None = None,
        reads: dict[str, str] | None = None,
    ) -> None:
        """Runs a command.

        Args:
            options: by key; a list is one of names.
            training: its rows, for --input.
            texts: of files, by the options that name them.
            reads: what messages call folders.
            arguments: what messages call options that have another name in Python.
        """
        options = {key: _setting(value) for key, value in options.items()}
        self.folder = Path(tempfile.mkdtemp(prefix=f"{what}-", dir=jvm.get().folder))
        weakref.finalize(self, _remove, self.folder, os.getpid())
        reads = dict(reads or {})
        if training is not None:
            file = self.folder / training.file
            options = {**training.write(file), **options}
            reads[str(file)] = "X"
        for key, text in (texts or {}).items():
            (self.folder / key).write_text(text, encoding="utf-8")
            options = {**options, key: str(self.folder / key)}
            reads[str(self.folder / key)] = key
        self.output = self.folder / "run"
        called = {key.replace("_", "-"): key.replace("-", "_") for key in options} | (arguments or {})
        short = command.run(what, self.output, options, reads, called)
        if short is not None:
            warnings.warn(short, command.NotConverged, stacklevel=_caller())

    def exists(self) -> bool:
        """Whether it is still there: it ends with the JVM."""
        return self.output.is_dir()

    def json(self, name: str) -> Any:
        """A file of it that is a json."""
        return json.loads((self.output / name).read_text(encoding="utf-8"))

    def network(self, name: str = "network.json") -> Network:
        """A network of it."""
        return network.load(self.output / name)
