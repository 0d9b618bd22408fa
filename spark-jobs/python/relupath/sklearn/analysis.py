"""All optimal networks, the smallest of them, and networks that were trained by anything."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.utils.validation import check_is_fitted

from relupath import network as networks
from relupath.engine import results
from relupath.network import Network
from relupath.sklearn.base import Relu
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


def _fitted(estimator: Relu) -> Path:
    check_is_fitted(estimator, "network_")
    run = getattr(estimator, "_run", None)
    if run is None or not run.exists():
        raise ValueError("the estimator was fitted in another process, expected one that was fitted in this one")
    best = Path(run.output) / "best"
    return best if best.is_dir() else Path(run.output)


def optimal_set(estimator: Relu, **options: Any) -> OptimalSet:
    """All networks that are optimal as that of a fitted estimator is.

    Args:
        options: those of the command ``optimal-set``: columns, vertices, samples.
    """
    run = Run("optimal-set", {"run": str(_fitted(estimator)), **options})

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
    run = Run("prune", {"run": str(_fitted(estimator)), **options})
    smallest = run.network("minimal/network.json")
    outputs = {name: run.json(f"{folder}/summary.json") for name, folder in _of(run)}
    if outputs:
        return Pruning(smallest, outputs, {})
    return Pruning(smallest, run.json("summary.json"), results.table(run.output / "pruning.csv"))


def audit(
    network: Network | Relu,
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
        network: one that was trained by anything, or a fitted estimator, whose alpha is taken.
        X: n rows, as it takes them, with y of n labels or amounts.
        alpha: the regularization, or lambda_ratio as a share of the smallest whose network is zero.
        options: further ones of the command ``audit``: gates, gate_source, enumeration_limit, ...
    """
    if isinstance(network, Relu):
        check_is_fitted(network, "network_")
        if alpha is None and lambda_ratio is None:
            if not isinstance(network.lambda_, float):
                raise ValueError("each output of the estimator has a lambda of its own, expected alpha or lambda_ratio")
            alpha = network.lambda_
        network = network.network_
    names, columns = features(X)
    if not hasattr(X, "columns"):
        names = network.inputs
    labels = _labels(network, columns[0], y)
    weights = None if sample_weight is None else np.asarray(sample_weight, np.float64)
    own = Rows(names, columns, labels, weights)
    given = {"lambda": alpha, "lambda-ratio": lambda_ratio, "loss-scaling": "mean", **options}
    run = Run("audit", given, own, texts={"network": network.text})
    improved = run.output / "improved" / "network.json"
    return Audit(run.json("audit.json"), networks.load(improved) if improved.is_file() else None)


def _labels(network: Network, like: Any, y: Any) -> list[NDArray[Any]]:
    """Labels as the network has them: it may call classes 0, 1, ... that are called otherwise."""
    if network.labels is None:
        return amounts(like, y)
    own = Labels(like, y)
    known = set(own.classes.tolist()) <= set(network.labels)
    return [own.classes[own.codes] if known else own.codes]
