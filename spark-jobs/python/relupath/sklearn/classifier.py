"""Globally optimal two-layer networks of classes."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import issparse
from sklearn.base import ClassifierMixin
from sklearn.utils.class_weight import compute_sample_weight
from sklearn.utils.metaestimators import available_if
from sklearn.utils.multiclass import check_classification_targets, type_of_target
from sklearn.utils.validation import (
    _num_samples,
    check_consistent_length,
    check_is_fitted,
    column_or_1d,
)

from relupath import cells
from relupath.sklearn.base import Relu


def _has_probability(estimator: Any) -> bool:
    if not estimator.probability:
        raise AttributeError("there are no probabilities, expected probability=True")
    return True


class Labels:
    """Labels that are classes: as the network has them, and as they were given."""

    def __init__(self, x: Any, y: Any, weights: Any = None) -> None:
        if y is None:
            raise ValueError("requires y to be passed, but the target y is None")
        # A libsvm file has numbers alone.
        self.sparse = issparse(x)
        own = column_or_1d(y, warn=True)
        check_consistent_length(x, own)
        if _num_samples(own) == 0:
            raise ValueError("y has no labels")
        check_classification_targets(own)
        type_of_target(own, input_name="y", raise_unknown=True)
        # A class whose rows weigh nothing is none: a fit leaves them out.
        there = np.ones(len(own), bool) if weights is None else np.asarray(weights) > 0
        self.classes, codes = np.unique(own[there], return_inverse=True)
        self.codes = np.zeros(len(own), np.intp)
        self.codes[there] = codes
        if len(self.classes) < 2:
            raise ValueError(f"y has the class {self.classes.tolist()} alone, expected two classes or more")

    def column(self) -> NDArray[Any]:
        """The column of the table: labels as they are where they can be told from all else, else 0, 1, ..."""
        kind = self.classes.dtype.kind
        names = self.classes.tolist()
        plain = kind in "OU" and not self.sparse and all(
            isinstance(name, str) and not cells.is_missing(name) and name == name.strip() and np.isnan(cells.number(name))
            for name in names
        )
        if kind in "if" or plain:
            return np.asarray(self.classes[self.codes])
        return self.codes


def _classifies(estimator: Any) -> bool:
    if getattr(estimator, "task", "classification") != "classification":
        raise AttributeError("there are no classes, expected task='classification'")
    return True


@dataclass(eq=False, repr=False, kw_only=True)
class Classes(Relu):
    """An estimator of classes, or one that may be."""

    class_weight: dict[Any, float] | str | None = None
    probability: bool = False
    threshold: str | float | None = None

    def _labels(self, x: Any, y: Any, sample_weight: Any) -> tuple[Labels, Any]:
        """The labels of rows, and what the rows count for, their classes regarded."""
        weights = self._weights(x, sample_weight)
        labels = Labels(x, y, weights)
        if self.class_weight is None:
            return labels, weights
        by_class = compute_sample_weight(self.class_weight, labels.classes[labels.codes])
        return labels, by_class if weights is None else by_class * weights

    @available_if(_classifies)
    def decision_function(self, X: Any) -> NDArray[np.float64]:
        """Raw scores of n rows: n of two classes, above the threshold for the second; n x K of more."""
        return self._scores(X)

    def predict(self, X: Any) -> NDArray[Any]:
        """The classes of n rows."""
        scores = self._scores(X)
        if scores.ndim == 2:
            return np.asarray(self.classes_[scores.argmax(axis=1)])
        return np.asarray(self.classes_[(scores >= self.network_.outputs[0].threshold).astype(int)])

    @available_if(lambda self: _classifies(self) and _has_probability(self))
    def predict_proba(self, X: Any) -> NDArray[np.float64]:
        """The probabilities of the classes of n rows, n x K: calibrated on rows held out, of more than two divided by their
        sum."""
        check_is_fitted(self, "network_")
        return np.asarray(self.network_.predict_proba(self._checked(X, reset=False)))


@dataclass(eq=False, repr=False)
class ReluClassifier(ClassifierMixin, Classes):
    """The two-layer network of least squared error against -1 and +1 and weight decay, certified.

    Of two classes it is one network, of more one for each class against all others, of which the largest score says
    which. See :class:`relupath.ReluRegressor` for what is minimised, and for all other arguments and attributes.

    Args:
        class_weight: "balanced", or a dict of what the rows of a class count for.
        probability: Whether there are probabilities, scaled on the scores of 5-fold cross-validation: six times the work.
        threshold: Of two classes the rule for the score from which on the second is predicted: accuracy, f1 or
            cost:FP,FN, or a number.

    Attributes:
        classes_: The K labels.
    """

    alpha: float | None = None
    _: KW_ONLY
    lambda_ratio: float | None = None

    def fit(self, X: Any, y: Any, sample_weight: Any = None) -> ReluClassifier:
        """Fits the network to n rows: X of n x d, y of n labels, two or more; rows of weight m count as m."""
        x = self._checked(X, reset=True)
        labels, weights = self._labels(x, y, sample_weight)
        self._fit(x, [labels.column()], weights, task="classification")
        self.classes_ = labels.classes
        return self
