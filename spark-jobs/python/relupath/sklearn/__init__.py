"""Estimators of scikit-learn. A fit runs the application in a JVM of this process; networks predict with numpy alone."""

from __future__ import annotations

from relupath.engine.command import NotConverged
from relupath.sklearn.analysis import Audit, OptimalSet, Pruning, audit, optimal_set, prune
from relupath.sklearn.classifier import ReluClassifier
from relupath.sklearn.path import ReluPath
from relupath.sklearn.regressor import ReluRegressor

__all__ = [
    "Audit",
    "NotConverged",
    "OptimalSet",
    "Pruning",
    "ReluClassifier",
    "ReluPath",
    "ReluRegressor",
    "audit",
    "optimal_set",
    "prune",
]
