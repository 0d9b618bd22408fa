"""How raw columns become columns of finite numbers: the ``preparation`` of a network."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from relupath import cells, table


@dataclass(frozen=True)
class Column:
    """One raw column.

    Attributes:
        name: what it is called.
        kind: number, boolean, date or category.
        parts: of a date, those that become columns.
        levels: of a category, the texts with a column of their own.
        other: of a category, whether all other texts have a column together.
        missing: what stands for a missing cell, a number a part; None where a missing cell is refused.
        indicator: whether one more column is 1 where a cell is missing.
    """

    name: str
    kind: str = "number"
    parts: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    other: bool = False
    missing: tuple[float, ...] | None = None
    indicator: bool = False

    @property
    def names(self) -> list[str]:
        """The names of the encoded columns, such as ``sex=male`` or ``age missing``."""
        if self.kind == "category":
            own = [f"{self.name}={level}" for level in self.levels]
            own += [f"{self.name}=(other)"] * self.other
            own = own[len(own) == 2 :]
        else:
            own = [f"{self.name} {part}" for part in self.parts] or [self.name]
        return own + [f"{self.name} missing"] * self.indicator

    def encode(self, column: NDArray[Any]) -> NDArray[np.float64]:
        """The encoded columns of n cells: n x len(names)."""
        if self.kind == "category":
            at = cells.levels(column, list(self.levels))
            absent = at == -2
            groups = len(self.levels) + self.other
            at = np.where((at == -1) & self.other, groups - 1, at)
            own = (at[:, None] == np.arange(groups == 2, groups)).astype(np.float64)
        else:
            found = cells.numbers(self.kind, column)
            absent = np.isnan(found)
            present = np.where(absent, 0, found)
            own = np.column_stack([cells.date_part(part, present) for part in self.parts or ("days",)])
            if self.missing is not None:
                own = np.where(absent[:, None], np.array(self.missing), own)
        if self.missing is None and absent.any():
            raise cells.CellError(int(np.flatnonzero(absent)[0]), "is missing, expected a value")
        return np.column_stack([own, absent]) if self.indicator else own


@dataclass(frozen=True)
class Preparation:
    """All raw columns, in the order of a network's inputs."""

    columns: tuple[Column, ...]

    @property
    def inputs(self) -> list[str]:
        """The names of the raw columns."""
        return [column.name for column in self.columns]

    @property
    def names(self) -> list[str]:
        """The names of the p encoded columns."""
        return [name for column in self.columns for name in column.names]

    def encode(self, rows: Any, first: int = 0) -> NDArray[np.float64]:
        """Encodes n raw rows (see :func:`relupath.table.columns`): n x p.

        Args:
            first: what messages count the first of them from, 0 for row 1.

        Raises:
            ValueError: naming row, column and value of the first cell that is refused.
        """
        encoded = []
        for column, own in zip(self.columns, table.columns(rows, self.inputs)):
            try:
                encoded.append(column.encode(own))
            except cells.CellError as e:
                raise ValueError(f"row {first + e.row + 1} column '{column.name}' {e.problem}") from None
        return np.column_stack(encoded)


def numbers(inputs: Sequence[str]) -> Preparation:
    """Columns of numbers as they are, none of them missing."""
    return Preparation(tuple(Column(name) for name in inputs))
