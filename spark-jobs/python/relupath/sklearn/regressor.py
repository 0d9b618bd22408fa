"""Globally optimal two-layer networks of amounts."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.base import RegressorMixin
from sklearn.utils import Tags
from sklearn.utils.validation import check_array, check_consistent_length, column_or_1d

from relupath.sklearn.base import Relu


@dataclass(eq=False, repr=False)
class ReluRegressor(RegressorMixin, Relu):
    """The two-layer network of least squared error and weight decay, certified.

    Minimises 1/(2n) sum_r (f(x_r) - y_r)^2 + alpha/2 (sum of squared weights) over all networks whose neurons have
    one of the drawn activation patterns, by a convex program; of several columns of y one network each.

    Args:
        alpha: Regularization; at most one of alpha and lambda_ratio.
        lambda_ratio: Regularization as a share of the smallest whose network is zero; 0.1 where neither is given.
        model: relu, or gated, whose gates are free.
        gates: Gate vectors to draw.
        gate_source: gaussian, sparse, adaptive, exhaustive or file:PATH.
        search_starts: Where a search for adaptive patterns climbs from.
        search_tolerance: Relative gap that adaptive patterns may leave.
        enumeration_limit: Patterns that may be enumerated.
        standardize: Whether features are centred and scaled; "scale" keeps zeros zeros.
        fit_intercept: Whether a column of ones is added, penalised like any other.
        center_label: Whether the mean of y is the output bias's; auto does so unless y has two values.
        missing: What becomes of missing cells: refuse, mean or median.
        categorical: Columns of texts, or auto or none.
        dates: Parts of dates that become columns, as "days,month,weekday".
        tol: Relative duality gap to reach.
        max_iter: Iterations for one lambda.
        time_limit: Seconds for one lambda.
        random_state: Whole number from which every random choice is derived.

    Attributes:
        network_: The network (:class:`relupath.Network`), on raw rows; of a classifier its own ``predict`` gives 0, 1, ...
            where labels can be no column of a csv (True and False, texts that read as numbers).
        gap_: (objective - lower bound) / objective, over all networks with these patterns; of several outputs the worst.
        gap_to_global_: The same over all networks of any width and patterns.
        lambda_: The regularization; ``lambda_max_`` the smallest whose network is zero.
        objective_: Loss and penalty of the network.
        n_neurons_: Its neurons.
        status_: optimal, or what ended the solve.
        summary_: All figures, as summary.json has them.
    """

    alpha: float | None = None
    _: KW_ONLY
    lambda_ratio: float | None = None
    center_label: bool | str = "auto"

    def __sklearn_tags__(self) -> Tags:
        tags = super().__sklearn_tags__()
        tags.target_tags.multi_output = True
        return tags

    def fit(self, X: Any, y: Any, sample_weight: Any = None) -> ReluRegressor:
        """Fits the network to n rows: X of n x d, y of n, or of n x K; rows of weight m count as m."""
        x = self._checked(X, reset=True)
        labels = amounts(x, y)
        self._fit(x, labels, sample_weight, task="regression")
        return self

    def predict(self, X: Any) -> NDArray[np.float64]:
        """What the network says of n rows: n, or n x K."""
        return self._scores(X)


def amounts(x: Any, y: Any) -> list[NDArray[Any]]:
    """Labels that are numbers, a column an output."""
    if y is None:
        raise ValueError("requires y to be passed, but the target y is None")
    own = check_array(y, ensure_2d=False, dtype=np.float64, input_name="y")
    if own.ndim == 1 or own.shape[1] == 1:
        own = column_or_1d(own, warn=True)[:, None]
    check_consistent_length(x, own)
    return list(own.T)
