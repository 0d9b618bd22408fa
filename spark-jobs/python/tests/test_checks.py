"""scikit-learn's own checks of estimators."""

from __future__ import annotations

from typing import Any

import pytest

pytest.importorskip("sklearn")
pytest.importorskip("pyspark")

import relupath
from sklearn.utils.estimator_checks import parametrize_with_checks


def expected(estimator: Any) -> dict[str, str]:
    """Checks that cannot hold, and why."""
    if isinstance(estimator, relupath.ReluPath):
        folds = "folds are drawn over rows, by their number: rows of weight 2 are in one fold, two rows may be in two"
        return {
            "check_sample_weight_equivalence_on_dense_data": folds,
            "check_sample_weight_equivalence_on_sparse_data": folds,
        }
    return {}


@parametrize_with_checks(
    [
        relupath.ReluRegressor(gates=20),
        relupath.ReluClassifier(gates=20),
        relupath.ReluPath(gates=10, lambdas=5),
    ],
    expected_failed_checks=expected,
)
def test_checks(estimator: Any, check: Any) -> None:
    check(estimator)
