"""Pictures of a path: sizes of neurons, objectives with their gaps, and errors, by lambda; with matplotlib."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from relupath.engine import results

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Table = dict[str, NDArray[Any]]


def _drawn(path: Any, ax: Axes | None, ylabel: str) -> tuple[Table, Axes]:
    """The columns of a path, of a fitted ReluPath, of the folder of a run, or as they are; and axes over lambda."""
    import matplotlib.pyplot as plt

    if isinstance(path, (str, os.PathLike)):
        path = results.table(Path(path) / "path.csv")
    own = plt.subplots(layout="constrained")[1] if ax is None else ax
    own.set_xscale("log")
    own.xaxis.set_inverted(True)
    own.set_xlabel("lambda")
    own.set_ylabel(ylabel)
    return path if isinstance(path, dict) else path.path_, own


def norms(path: Any, ax: Axes | None = None) -> Axes:
    """The penalty of the network, its squared norm, and its neurons by lambda.

    Args:
        path: a fitted :class:`relupath.ReluPath`, the folder of a run of ``path``, or the columns of its path.csv.
        ax: where to draw; a new figure without it.
    """
    own, ax = _drawn(path, ax, "squared norm of the weights")
    ax.plot(own["lambda"], 2 * own["penalty"] / own["lambda"], color="C0")
    right = ax.twinx()
    right.step(own["lambda"], own["neurons"], where="mid", color="C1")
    right.set_ylabel("neurons", color="C1")
    return ax


def objective(path: Any, ax: Axes | None = None) -> Axes:
    """The objective by lambda, with what lies between it and the lower bound of all networks of the bound's class.

    Args:
        path: see :func:`norms`.
        ax: where to draw; a new figure without it.
    """
    own, ax = _drawn(path, ax, "objective")
    ax.plot(own["lambda"], own["objective"], color="C0", label="objective")
    if "lowerBound" in own and np.isfinite(own["lowerBound"]).any():
        ax.fill_between(own["lambda"], own["lowerBound"], own["objective"], alpha=0.2, label="to the lower bound")
    ax.legend()
    return ax


def errors(path: Any, ax: Axes | None = None) -> Axes:
    """Mean squared errors on training rows, and on held-out ones where there are any, by lambda.

    Args:
        path: see :func:`norms`.
        ax: where to draw; a new figure without it.
    """
    own, ax = _drawn(path, ax, "mean squared error")
    for name, label in (("trainMse", "training rows"), ("validMse", "held-out rows")):
        if name in own and np.isfinite(own[name]).any():
            ax.plot(own["lambda"], own[name], label=label)
    chosen = getattr(path, "lambda_", None)
    if isinstance(chosen, float):
        ax.axvline(chosen, color="0.6", linestyle=":", label="chosen")
    ax.legend()
    return ax
