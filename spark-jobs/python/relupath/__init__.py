"""Globally optimal two-layer ReLU networks by convex programs.

``relupath.load`` reads a network and needs numpy alone. What fits networks runs Apache Spark in a JVM of its own:
``relupath.ReluRegressor``, ``ReluClassifier`` and ``ReluPath`` are estimators of scikit-learn, ``relupath.spark`` has
those of Spark ML. Each is imported when it is first used.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from relupath.network import Network, load
from relupath.version import __version__

if TYPE_CHECKING:
    from relupath.sklearn import ReluClassifier, ReluPath, ReluRegressor, audit, optimal_set, prune

__all__ = [
    "Network",
    "ReluClassifier",
    "ReluPath",
    "ReluRegressor",
    "__version__",
    "audit",
    "load",
    "optimal_set",
    "prune",
]

_ESTIMATORS = frozenset(__all__) - {"Network", "load", "__version__"}


def __getattr__(name: str) -> Any:
    if name in _ESTIMATORS:
        return getattr(importlib.import_module("relupath.sklearn"), name)
    raise AttributeError(f"module 'relupath' has no attribute '{name}'")
