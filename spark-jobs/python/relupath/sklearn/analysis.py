"""All optimal networks, the smallest of them, and networks that were trained by anything."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.utils.validation import check_is_fitted

from relupath import network as networks
from relupath.engine import results
from relupath.network import Network
from relupath.sklearn.base import ARGUMENTS, OPTIONS, Relu
from relupath.sklearn.classifier import Labels
from relupath.sklearn.regressor import amounts
from relupath.sklearn.training import Rows, Run, features


@dataclass(frozen=True)
class OptimalSet:
    """All optimal networks of a fit.

    Attributes:
        summary: what is known of them: dimension, uniqueness, widths and what decides them (optimal-set.json).
        candidates: optimal networks by the rule that chose each.
        outputs: of a network of several outputs the set of each, by its name; summary and candidates are then empty.
    """

    summary: dict[str, Any]
    candidates: dict[str, Network]
    outputs: dict[str, OptimalSet]


@dataclass(frozen=True)
class Pruning:
    """A fit with as few neurons as keep it optimal, and what fewer cost.

    Attributes:
        network: optimal, and of no more neurons than it takes.
        summary: its figures; of several outputs one of each, by its name.
        steps: a row a network on the way down, by rule: n of each column of pruning.csv; of several outputs empty.
    """

    network: Network
    summary: dict[str, Any]
    steps: dict[str, NDArray[Any]]


@dataclass(frozen=True)
class Audit:
    """What an audit found of a network.

    Attributes:
        summary: whether it is a critical point, what it leaves, and bounds (audit.json).
        improved: a network of a smaller objective; None where none was found.
    """

    summary: dict[str, Any]
    improved: Network | None


def _of(run: Run) -> list[tuple[str, str]]:
    """The names and folders of outputs; none where there is one output."""
    if not (run.output / "outputs.json").is_file():
        return []
    return [(one["name"], one["folder"]) for one in run.json("outputs.json")]


#: What commands take beside rows, by key.
_LIMITS = ("max-iterations", "time-limit")
_TAKEN = {
    "optimal-set": ("columns", "vertices", "samples", *_LIMITS),
    "prune": ("vertices", *_LIMITS),
    "audit": (
        *("standardize", "gates", "gate-source", "search-starts", "search-tolerance", "seed", "enumeration-limit"),
        *("tolerance", "positive", "class-weights", *_LIMITS),
    ),
}


def _settings(command: str, options: dict[str, Any]) -> dict[str, Any]:
    """Options by key, of those that the command takes."""
    taken = _TAKEN[command]
    own = {OPTIONS.get(name, name.replace("_", "-")): value for name, value in options.items()}
    for name, key in zip(options, own):
        if key not in taken:
            expected = ", ".join(ARGUMENTS.get(one, one.replace("-", "_")) for one in taken)
            raise TypeError(f"{command.replace('-', '_')}: no option '{name}', expected some of {expected}")
    return own


def _fitted(estimator: Relu) -> Path:
    check_is_fitted(estimator, "network_")
    run = getattr(estimator, "_run", None)
    if run is None:
        raise ValueError("the estimator is a copy of another, or was unpickled, expected the one that was fitted")
    if not run.exists():
        raise ValueError("the JVM of the fit has ended, and what the fit left with it, expected an estimator fitted anew")
    best = Path(run.output) / "best"
    return best if best.is_dir() else Path(run.output)


def _go_on(command: str, estimator: Relu, options: dict[str, Any]) -> Run:
    own = _settings(command, options)
    folder = str(_fitted(estimator))
    return Run(command, {"run": folder, **own}, arguments=ARGUMENTS, reads={folder: "the estimator"})


def optimal_set(estimator: Relu, **options: Any) -> OptimalSet:
    """All networks that are optimal as that of a fitted estimator is.

    Args:
        options: those of the command ``optimal-set``: columns, vertices, samples.
    """
    run = _go_on("optimal-set", estimator, options)

    def read(folder: str) -> OptimalSet:
        found = sorted((run.output / folder / "candidates").glob("*/network.json"))
        candidates = {file.parent.name: networks.load(file) for file in found}
        return OptimalSet(run.json(f"{folder}/optimal-set.json"), candidates, {})

    outputs = {name: read(folder) for name, folder in _of(run)}
    return OptimalSet({}, {}, outputs) if outputs else read(".")


def prune(estimator: Relu, **options: Any) -> Pruning:
    """The network of a fitted estimator with as few neurons as keep it optimal.

    Args:
        options: those of the command ``prune``.
    """
    run = _go_on("prune", estimator, options)
    smallest = run.network("minimal/network.json")
    outputs = {name: run.json(f"{folder}/summary.json") for name, folder in _of(run)}
    if outputs:
        return Pruning(smallest, outputs, {})
    return Pruning(smallest, run.json("summary.json"), results.table(run.output / "pruning.csv"))


def audit(
    network: Network | Relu | str | os.PathLike[str],
    X: Any,
    y: Any,
    *,
    alpha: float | None = None,
    lambda_ratio: float | None = None,
    sample_weight: Any = None,
    **options: Any,
) -> Audit:
    """Whether a network is a critical point, what improves it, and how far it can be from the best of any width.

    Args:
        network: one that was trained by anything; a fitted estimator, whose alpha is taken; or the file of either, of
            arrays of PyTorch, Keras or numpy (.npz), or of ONNX: its inputs are the columns of X in their order.
        X: n rows, as it takes them, with y of n labels or amounts.
        alpha: the regularization, or lambda_ratio as a share of the smallest whose network is zero.
        options: further ones of the command ``audit``: gates, gate_source, enumeration_limit, ...
    """
    given = {**_settings("audit", options), "loss-scaling": "mean"}
    if isinstance(network, (str, os.PathLike)) and Path(network).suffix not in (".npz", ".npy", ".onnx"):
        network = networks.load(network)
    if isinstance(network, Relu):
        check_is_fitted(network, "network_")
        if alpha is None and lambda_ratio is None:
            if not isinstance(network.lambda_, float):
                raise ValueError("each output of the estimator has a lambda of its own, expected alpha or lambda_ratio")
            alpha = network.lambda_
        network = network.network_
    if alpha is None and lambda_ratio is None:
        raise ValueError("audit: alpha and lambda_ratio are missing, expected what the network was trained with")
    given |= {"lambda": alpha, "lambda-ratio": lambda_ratio}
    names, columns = features(X)
    texts = {}
    if not isinstance(network, Network):
        given |= {"network": os.path.abspath(network), "features": names}
    else:
        texts["network"] = network.text
        if not hasattr(X, "columns"):
            names = network.inputs
    labels = _labels(network, columns[0], y)
    weights = None if sample_weight is None else np.asarray(sample_weight, np.float64)
    own = Rows(names, columns, labels, weights)
    run = Run("audit", given, own, texts, ARGUMENTS)
    improved = run.output / "improved" / "network.json"
    return Audit(run.json("audit.json"), networks.load(improved) if improved.is_file() else None)


def _labels(network: Any, like: Any, y: Any) -> list[NDArray[Any]]:
    """Labels as the network has them: it may call classes 0, 1, ... that are called otherwise."""
    if not isinstance(network, Network):
        return [Labels(like, y).column()] if np.asarray(y).dtype.kind in "bOUS" else amounts(like, y)
    if network.labels is None:
        return amounts(like, y)
    own = Labels(like, y)
    known = set(own.classes.tolist()) <= set(network.labels)
    return [own.classes[own.codes] if known else own.codes]
