"""The name by which Spark knows the classes of :mod:`relupath.spark`: that of the Java ones.

pyspark finds the class of a stage that it loads by its Java name, and the Java class by the name of the Python one.
"""

from __future__ import annotations

from relupath.spark.classifier import ConvexReluClassificationModel, ConvexReluClassifier
from relupath.spark.regressor import ConvexReluRegressionModel, ConvexReluRegressor

__all__ = [
    "ConvexReluClassificationModel",
    "ConvexReluClassifier",
    "ConvexReluRegressionModel",
    "ConvexReluRegressor",
]
