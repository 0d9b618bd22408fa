"""Networks along a path of regularizations, one of them chosen."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.base import RegressorMixin
from sklearn.metrics import accuracy_score
from sklearn.utils import ClassifierTags, Tags
from sklearn.utils.metaestimators import available_if

from relupath.engine import results
from relupath.sklearn.base import Relu
from relupath.sklearn.classifier import Classes, Labels, _has_probability, weighed
from relupath.sklearn.regressor import amounts


def _classifies(estimator: Any) -> bool:
    if estimator.task != "classification":
        raise AttributeError("there are no classes, expected task='classification'")
    return True


class ReluPath(RegressorMixin, Relu):
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

    def __init__(
        self,
        *,
        task: str = "regression",
        lambdas: int = 100,
        lambda_min_ratio: float = 0.01,
        certify: float | None = None,
        choose: str = "best",
        valid_fraction: float | None = None,
        model: str = "relu",
        gates: int = 500,
        gate_source: str = "gaussian",
        search_starts: int = 50,
        search_tolerance: float = 1e-6,
        enumeration_limit: int = 20000,
        standardize: bool | str = True,
        fit_intercept: bool = True,
        center_label: bool | str = "auto",
        class_weight: dict[Any, float] | str | None = None,
        probability: bool = False,
        threshold: str | float | None = None,
        missing: str = "refuse",
        categorical: str | list[str] = "auto",
        dates: str | list[str] = "days,month,weekday",
        tol: float = 1e-8,
        max_iter: int = 1000,
        time_limit: float | None = None,
        random_state: int = 1,
    ) -> None:
        self.task = task
        self.lambdas = lambdas
        self.lambda_min_ratio = lambda_min_ratio
        self.certify = certify
        self.choose = choose
        self.valid_fraction = valid_fraction
        self.model = model
        self.gates = gates
        self.gate_source = gate_source
        self.search_starts = search_starts
        self.search_tolerance = search_tolerance
        self.enumeration_limit = enumeration_limit
        self.standardize = standardize
        self.fit_intercept = fit_intercept
        self.center_label = center_label
        self.class_weight = class_weight
        self.probability = probability
        self.threshold = threshold
        self.missing = missing
        self.categorical = categorical
        self.dates = dates
        self.tol = tol
        self.max_iter = max_iter
        self.time_limit = time_limit
        self.random_state = random_state

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
            given = self._weights(x, sample_weight)
            labels = Labels(x, y, given)
            columns, weights = [labels.column()], weighed(self.class_weight, labels, given)
            self.classes_ = labels.classes
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
        return Classes.predict(self, X) if self.task == "classification" else self._scores(X)

    def score(self, X: Any, y: Any, sample_weight: Any = None) -> float:
        """R2 of amounts, the share of right ones of labels."""
        if self.task == "classification":
            return float(accuracy_score(y, self.predict(X), sample_weight=sample_weight))
        return float(super().score(X, y, sample_weight))

    @available_if(_classifies)
    def decision_function(self, X: Any) -> NDArray[np.float64]:
        """Raw scores of n rows: n of two classes, n x K of more."""
        return self._scores(X)

    @available_if(lambda self: _classifies(self) and _has_probability(self))
    def predict_proba(self, X: Any) -> NDArray[np.float64]:
        """The probabilities of the classes of n rows: n x K."""
        return self.network_.predict_proba(self._checked(X, reset=False))
