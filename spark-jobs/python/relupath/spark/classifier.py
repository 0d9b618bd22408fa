"""Globally optimal networks of classes, as an estimator of Spark ML and its model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pyspark.ml.classification import _JavaProbabilisticClassificationModel, _JavaProbabilisticClassifier
from pyspark.ml.linalg import Vector
from pyspark.ml.util import JavaMLReadable, JavaMLWritable

from relupath.spark.grid import GridFits
from relupath.spark.keywords import ClassifierKeywords, keywords
from relupath.spark.model import ConvexReluModel
from relupath.spark.params import ConvexReluParams, Getter, KeyParam, word
from relupath.spark.setters import ConvexReluSetters, Setter

if TYPE_CHECKING:
    from typing_extensions import Unpack

_PACKAGE = "org.relupath.spark.ml"


class _ClassifierParams(ConvexReluParams):
    """Params of classifier and model beside those of both estimators."""

    classWeights = KeyParam("class-weights", word)

    getClassWeights = Getter[str]()

    def _without_probabilities(self: Any) -> None:
        # Without a name there are none: they cost five more solves. Spark's own default is set before.
        self._setDefault(probabilityCol="")


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

    setClassWeights = Setter[str]()

    @keywords(ClassifierKeywords)
    def __init__(self, **params: Unpack[ClassifierKeywords]) -> None:
        super().__init__()
        self._without_probabilities()
        self._java_obj = self._new_java_obj(f"{_PACKAGE}.ConvexReluClassifier", self.uid)
        self._set_given(params)

    @keywords(ClassifierKeywords)
    def setParams(self, **params: Unpack[ClassifierKeywords]) -> ConvexReluClassifier:
        """Sets those Params that are given."""
        return self._set_given(params)

    def _create_model(self, java_model: Any) -> ConvexReluClassificationModel:
        return ConvexReluClassificationModel(java_model)


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
