"""Rows, labels and settings of an estimator as a run of a command, and the folder that it leaves."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import warnings
import weakref
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from relupath import network, table
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


def features(x: Any) -> tuple[list[str], list[NDArray[Any]]]:
    """The names and the cells of columns: of a data frame its own, of an array x0, x1, ..."""
    if hasattr(x, "columns"):
        names = [str(name) for name in x.columns]
    else:
        names = [f"x{k}" for k in range(np.shape(x)[1])]
    return names, table.columns(x, names)


def _remove(folder: Path, pid: int) -> None:
    # A forked process ends with what its parent still has.
    if os.getpid() == pid:
        shutil.rmtree(folder, ignore_errors=True)


class Run:
    """A folder that a command left, with the rows beside it; both go when nobody has it any more."""

    def __init__(
        self, what: str, options: dict[str, Any], training: Rows | None = None, texts: dict[str, str] | None = None
    ) -> None:
        """Runs a command.

        Args:
            training: its rows, for --input.
            texts: of files, by the options that name them.
        """
        self.folder = Path(tempfile.mkdtemp(prefix=f"{what}-", dir=jvm.get().folder))
        weakref.finalize(self, _remove, self.folder, os.getpid())
        reads = {}
        if training is not None:
            options = {**training.write(self.folder / "rows.csv"), **options}
            reads[str(self.folder / "rows.csv")] = "X"
        for key, text in (texts or {}).items():
            (self.folder / key).write_text(text, encoding="utf-8")
            options = {**options, key: str(self.folder / key)}
            reads[str(self.folder / key)] = key
        self.output = self.folder / "run"
        short = command.run(what, self.output, options, reads)
        if short is not None:
            warnings.warn(short, command.NotConverged, stacklevel=4)

    def exists(self) -> bool:
        """Whether it is still there: it ends with the JVM."""
        return self.output.is_dir()

    def json(self, name: str) -> Any:
        """A file of it that is a json."""
        return json.loads((self.output / name).read_text(encoding="utf-8"))

    def network(self, name: str = "network.json") -> Network:
        """A network of it."""
        return network.load(self.output / name)
