"""What is made of raw scores: labels and probabilities."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Output:
    """What one output of a network is.

    Attributes:
        name: what it is called; empty where there is one output.
        labels: (a, b), of which scores from the threshold on are b; None where the label is an amount.
        threshold: 0 unless the network has another.
        scaling: (slope, intercept): P(b | s) = 1 / (1 + exp(slope s + intercept)); None without probabilities.
    """

    name: str = ""
    labels: tuple[Any, Any] | None = None
    threshold: float = 0.0
    scaling: tuple[float, float] | None = None

    def label(self, scores: Array) -> NDArray[Any]:
        """The labels of n scores; the scores themselves of an amount."""
        if self.labels is None:
            return scores
        return labels(self.labels)[(scores >= self.threshold).astype(int)]

    def log_probability(self, scores: Array) -> Array:
        """ln P(b | s) of n scores."""
        assert self.scaling is not None
        z = self.scaling[0] * scores + self.scaling[1]
        return np.asarray(-(np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z)))))

    def probability(self, scores: Array) -> Array:
        """P(b | s) of n scores."""
        assert self.scaling is not None
        z = self.scaling[0] * scores + self.scaling[1]
        small = np.exp(-np.abs(z))
        return np.asarray(np.where(z >= 0, small, 1.0) / (1 + small))


def labels(values: Any) -> NDArray[Any]:
    """Labels as an array: of texts, or of numbers, whole ones where all are."""
    if all(isinstance(value, str) for value in values):
        return np.array(values)
    found = np.array(values, np.float64)
    return found.astype(np.int64) if (found == np.rint(found)).all() and (np.abs(found) < 2**53).all() else found


def of_classes(outputs: tuple[Output, ...], scores: Array) -> Array:
    """Probabilities of K classes from those of each against the rest, divided by their sum: n x K."""
    logs = np.column_stack([output.log_probability(scores[:, k]) for k, output in enumerate(outputs)])
    shares = np.exp(logs - logs.max(axis=1, keepdims=True, initial=-np.inf))
    return np.asarray(shares / shares.sum(axis=1, keepdims=True))
