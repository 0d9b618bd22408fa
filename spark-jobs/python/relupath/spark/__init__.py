"""Estimators and models of Spark ML, and audits. ``builder`` makes sessions that have the application's jar."""

from __future__ import annotations

from relupath.spark.audits import audit
from relupath.spark.classifier import ConvexReluClassificationModel, ConvexReluClassifier
from relupath.spark.regressor import ConvexReluRegressionModel, ConvexReluRegressor
from relupath.spark.session import builder, jar

__all__ = [
    "ConvexReluClassificationModel",
    "ConvexReluClassifier",
    "ConvexReluRegressionModel",
    "ConvexReluRegressor",
    "audit",
    "builder",
    "jar",
]
