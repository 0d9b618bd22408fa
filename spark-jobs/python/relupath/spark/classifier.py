"""Globally optimal networks of classes, as an estimator of Spark ML and its model."""

from __future__ import annotations

from typing import Any

from pyspark import keyword_only
from pyspark.ml.classification import _JavaProbabilisticClassificationModel, _JavaProbabilisticClassifier
from pyspark.ml.linalg import Vector
from pyspark.ml.param import Param
from pyspark.ml.util import JavaMLReadable, JavaMLWritable

from relupath.spark.grid import GridFits
from relupath.spark.model import ConvexReluModel
from relupath.spark.params import ConvexReluParams, param, word
from relupath.spark.setters import ConvexReluSetters

_PACKAGE = "org.relupath.spark.ml"


class _ClassifierParams(ConvexReluParams):
    """Params of classifier and model beside those of both estimators."""

    classWeights: Param[str] = param("classWeights", "class-weights", word)

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self._setDefault(classWeights="none")

    def _without_probabilities(self: Any) -> None:
        # Without a name there are none: they cost five more solves. Spark's own default is set before.
        self._setDefault(probabilityCol="")

    def getClassWeights(self) -> str:
        """The value of classWeights, or its default."""
        return self.getOrDefault(self.classWeights)


class ConvexReluClassifier(
    _JavaProbabilisticClassifier["ConvexReluClassificationModel"],
    GridFits,
    _ClassifierParams,
    ConvexReluSetters,
    JavaMLWritable,
    JavaMLReadable["ConvexReluClassifier"],
):
    """Globally optimal two-layer ReLU networks of classes, certified.

    Of two classes it is one network, of K more one for each class against all others, of which the largest score says
    which. Labels are 0, 1, ..., K-1. Probabilities, where ``probabilityCol`` has a name, are scaled on the scores of
    5-fold cross-validation. See :class:`ConvexReluRegressor`.
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
        rawPredictionCol: str = "rawPrediction",
        probabilityCol: str = "",
        thresholds: list[float] | None = None,
        classWeights: str | None = None,
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
        self._without_probabilities()
        self._java_obj = self._new_java_obj(f"{_PACKAGE}.ConvexReluClassifier", self.uid)
        self.setParams(**self._input_kwargs)

    @keyword_only
    def setParams(
        self,
        *,
        featuresCol: str = "features",
        labelCol: str = "label",
        predictionCol: str = "prediction",
        rawPredictionCol: str = "rawPrediction",
        probabilityCol: str = "",
        thresholds: list[float] | None = None,
        classWeights: str | None = None,
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
    ) -> ConvexReluClassifier:
        """Sets those Params that are given."""
        return self._set(**{name: value for name, value in self._input_kwargs.items() if value is not None})

    def _create_model(self, java_model: Any) -> ConvexReluClassificationModel:
        return ConvexReluClassificationModel(java_model)

    def setClassWeights(self, value: str) -> ConvexReluClassifier:
        """Sets classWeights: none, or balanced."""
        return self._set(classWeights=value)


class ConvexReluClassificationModel(
    _JavaProbabilisticClassificationModel[Vector],
    ConvexReluModel,
    _ClassifierParams,
    JavaMLWritable,
    JavaMLReadable["ConvexReluClassificationModel"],
):
    """The network that :class:`ConvexReluClassifier` fitted, with its proof."""

    __module__ = _PACKAGE

    def __init__(self, java_model: Any = None) -> None:
        super().__init__(java_model)
        self._without_probabilities()
