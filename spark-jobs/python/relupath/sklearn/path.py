"""Networks along a path of regularizations, one of them chosen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.base import RegressorMixin
from sklearn.metrics import accuracy_score
from sklearn.utils import ClassifierTags, Tags

from relupath.engine import results
from relupath.sklearn.classifier import Classes
from relupath.sklearn.regressor import amounts


@dataclass(eq=False, repr=False, kw_only=True)
class ReluPath(RegressorMixin, Classes):
    """The two-layer networks of least squared error and weight decay along a path of regularizations.

    Each is certified, as that of :class:`relupath.ReluRegressor`, which has the arguments and attributes that are not
    here; lambdas are on a logarithmic grid from the smallest whose network is zero down. The network that predicts is
    the one of least error on rows held out: of 5-fold cross-validation, or of a share of the rows.

    Args:
        task: regression, or classification: y are labels, and predictions are labels.
        lambdas: Number of lambdas.
        lambda_min_ratio: Smallest lambda as a share of the largest.
        certify: Instead of a grid as few lambdas as it takes for all networks in between to be within this share of
            optimal.
        choose: mse or accuracy: the error that decides.
        valid_fraction: Share of the rows that is held out to choose by, instead of cross-validation.

    Attributes:
        lambdas_: The lambdas, largest first.
        path_: What there is of each of them, by name: objective, relativeGap, neurons, trainMse, validMse, ...
        lambda_: The one that was chosen, ``network_`` its network.
        classes_: Of a classification the K labels.
    """

    task: str = "regression"
    lambdas: int = 100
    lambda_min_ratio: float = 0.01
    certify: float | None = None
    choose: str = "best"
    valid_fraction: float | None = None
    center_label: bool | str = "auto"

    def __sklearn_tags__(self) -> Tags:
        tags = super().__sklearn_tags__()
        if self.task == "classification":
            tags.estimator_type, tags.regressor_tags = "classifier", None
            tags.classifier_tags = ClassifierTags()
        else:
            tags.target_tags.multi_output = True
        return tags

    def fit(self, X: Any, y: Any, sample_weight: Any = None) -> ReluPath:
        """Fits the networks to n rows: X of n x d, y of n amounts or labels; rows of weight m count as m."""
        if self.task not in ("regression", "classification"):
            raise ValueError(f"task: {self.task!r}, expected regression or classification")
        if self.task == "regression" and self.class_weight is not None:
            raise ValueError("class_weight: a regression has no classes, expected None or task='classification'")
        x = self._checked(X, reset=True)
        if self.task == "classification":
            labels, weights = self._labels(x, y, sample_weight)
            columns, self.classes_ = [labels.column()], labels.classes
        else:
            columns, weights = amounts(x, y), sample_weight
        own = self._rows(x, columns, weights)
        run = self._run_of("path", own, task=self.task)
        self._keep(run, run.network("best/network.json"), run.json("best/summary.json"))
        self.path_ = results.table(run.output / "path.csv")
        self.lambdas_ = self.path_["lambda"]
        return self

    def predict(self, X: Any) -> NDArray[Any]:
        """What the chosen network says of n rows: amounts, n or n x K, or labels."""
        return super().predict(X) if self.task == "classification" else self._scores(X)

    def score(self, X: Any, y: Any, sample_weight: Any = None) -> float:
        """R2 of amounts, the share of right ones of labels."""
        if self.task == "classification":
            return float(accuracy_score(y, self.predict(X), sample_weight=sample_weight))
        return float(super().score(X, y, sample_weight))
