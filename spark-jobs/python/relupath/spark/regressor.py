"""Globally optimal networks of amounts, as an estimator of Spark ML and its model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pyspark.ml.linalg import Vector
from pyspark.ml.regression import _JavaRegressionModel, _JavaRegressor
from pyspark.ml.util import JavaMLReadable, JavaMLWritable

from relupath.spark.grid import GridFits
from relupath.spark.keywords import RegressorKeywords, keywords
from relupath.spark.model import ConvexReluModel
from relupath.spark.params import ConvexReluParams
from relupath.spark.setters import ConvexReluSetters

if TYPE_CHECKING:
    from typing_extensions import Unpack

_PACKAGE = "org.relupath.spark.ml"


class ConvexReluRegressor(
    _JavaRegressor["ConvexReluRegressionModel"],
    GridFits,
    ConvexReluSetters,
    JavaMLWritable,
    JavaMLReadable["ConvexReluRegressor"],
):
    """The globally optimal two-layer ReLU network of amounts, certified.

    Minimises 1/(2n) sum_r (f(x_r) - y_r)^2 + regParam/2 (sum of squared weights) over all networks whose neurons have one
    of the activation patterns that ``gateSource`` gives. ``regParam`` is as that of LinearRegression; ``lambdaRatio``
    is a share of the smallest whose network is zero, 0.1 where neither is given. A fit walks down the lambdas above
    its own, which fits of one data set share: a grid of a CrossValidator costs one path a fold.
    """

    __module__ = _PACKAGE

    @keywords(RegressorKeywords)
    def __init__(self, **params: Unpack[RegressorKeywords]) -> None:
        super().__init__()
        self._java_obj = self._new_java_obj(f"{_PACKAGE}.ConvexReluRegressor", self.uid)
        self._set_given(params)

    @keywords(RegressorKeywords)
    def setParams(self, **params: Unpack[RegressorKeywords]) -> ConvexReluRegressor:
        """Sets those Params that are given."""
        return self._set_given(params)

    def _create_model(self, java_model: Any) -> ConvexReluRegressionModel:
        return ConvexReluRegressionModel(java_model)


class ConvexReluRegressionModel(
    _JavaRegressionModel[Vector],
    ConvexReluModel,
    ConvexReluParams,
    JavaMLWritable,
    JavaMLReadable["ConvexReluRegressionModel"],
):
    """The network that :class:`ConvexReluRegressor` fitted, with its proof."""

    __module__ = _PACKAGE
