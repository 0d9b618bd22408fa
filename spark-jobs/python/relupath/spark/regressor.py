"""Globally optimal networks of amounts, as an estimator of Spark ML and its model."""

from __future__ import annotations

from typing import Any

from pyspark import keyword_only
from pyspark.ml.regression import _JavaRegressionModel, _JavaRegressor
from pyspark.ml.linalg import Vector
from pyspark.ml.util import JavaMLReadable, JavaMLWritable

from relupath.spark.grid import GridFits
from relupath.spark.model import ConvexReluModel
from relupath.spark.params import ConvexReluParams
from relupath.spark.setters import ConvexReluSetters

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
    _input_kwargs: dict[str, Any]

    @keyword_only
    def __init__(
        self,
        *,
        featuresCol: str = "features",
        labelCol: str = "label",
        predictionCol: str = "prediction",
        weightCol: str | None = None,
        regParam: float | None = None,
        lambdaRatio: float | None = None,
        lambdas: int | None = None,
        lambdaMinRatio: float | None = None,
        model: str | None = None,
        gates: int | None = None,
        gateSource: str | None = None,
        searchStarts: int | None = None,
        searchTolerance: float | None = None,
        enumerationLimit: int | None = None,
        seed: int | None = None,
        standardize: str | bool | None = None,
        fitIntercept: bool | None = None,
        centerLabel: str | bool | None = None,
        tol: float | None = None,
        maxIter: int | None = None,
        timeLimit: float | None = None,
        engine: str | None = None,
        segments: int | None = None,
        initialModel: str | None = None,
    ) -> None:
        super().__init__()
        self._java_obj = self._new_java_obj(f"{_PACKAGE}.ConvexReluRegressor", self.uid)
        self.setParams(**self._input_kwargs)

    @keyword_only
    def setParams(
        self,
        *,
        featuresCol: str = "features",
        labelCol: str = "label",
        predictionCol: str = "prediction",
        weightCol: str | None = None,
        regParam: float | None = None,
        lambdaRatio: float | None = None,
        lambdas: int | None = None,
        lambdaMinRatio: float | None = None,
        model: str | None = None,
        gates: int | None = None,
        gateSource: str | None = None,
        searchStarts: int | None = None,
        searchTolerance: float | None = None,
        enumerationLimit: int | None = None,
        seed: int | None = None,
        standardize: str | bool | None = None,
        fitIntercept: bool | None = None,
        centerLabel: str | bool | None = None,
        tol: float | None = None,
        maxIter: int | None = None,
        timeLimit: float | None = None,
        engine: str | None = None,
        segments: int | None = None,
        initialModel: str | None = None,
    ) -> ConvexReluRegressor:
        """Sets those Params that are given."""
        return self._set(**{name: value for name, value in self._input_kwargs.items() if value is not None})

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
