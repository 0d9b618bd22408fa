"""The Params of the estimators and their models: texts of ``conf/reference.conf``, defaults of the estimators."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from pyspark.ml.param import Param, Params, TypeConverters
from pyspark.ml.param.shared import HasWeightCol

from relupath import reference

T = TypeVar("T")


def word(value: Any) -> str:
    """A text, or True and False as words."""
    return str(value).lower() if isinstance(value, bool) else TypeConverters.toString(value)


def param(name: str, key: str, converter: Callable[[Any], T]) -> Param[T]:
    """The Param of a key."""
    return Param(Params._dummy(), name, reference.keys()[key].text, typeConverter=converter)


class ConvexReluParams(HasWeightCol):
    """Params of both estimators; those that Spark has as well are called as it calls them."""

    regParam: Param[float] = param("regParam", "lambda", TypeConverters.toFloat)
    lambdaRatio: Param[float] = param("lambdaRatio", "lambda-ratio", TypeConverters.toFloat)
    lambdas: Param[int] = param("lambdas", "lambdas", TypeConverters.toInt)
    lambdaMinRatio: Param[float] = param("lambdaMinRatio", "lambda-min-ratio", TypeConverters.toFloat)
    model: Param[str] = param("model", "model", word)
    gates: Param[int] = param("gates", "gates", TypeConverters.toInt)
    gateSource: Param[str] = param("gateSource", "gate-source", word)
    searchStarts: Param[int] = param("searchStarts", "search-starts", TypeConverters.toInt)
    searchTolerance: Param[float] = param("searchTolerance", "search-tolerance", TypeConverters.toFloat)
    enumerationLimit: Param[int] = param("enumerationLimit", "enumeration-limit", TypeConverters.toInt)
    seed: Param[int] = param("seed", "seed", TypeConverters.toInt)
    standardize: Param[str] = param("standardize", "standardize", word)
    fitIntercept: Param[bool] = param("fitIntercept", "intercept", TypeConverters.toBoolean)
    centerLabel: Param[str] = param("centerLabel", "center-label", word)
    tol: Param[float] = param("tol", "tolerance", TypeConverters.toFloat)
    maxIter: Param[int] = param("maxIter", "max-iterations", TypeConverters.toInt)
    timeLimit: Param[float] = param("timeLimit", "time-limit", TypeConverters.toFloat)
    engine: Param[str] = param("engine", "engine", word)
    segments: Param[int] = param("segments", "segments", TypeConverters.toInt)
    initialModel: Param[str] = param("initialModel", "warm-start", TypeConverters.toString)

    _keys = {
        "regParam": "lambda",
        "lambdaRatio": "lambda-ratio",
        "lambdas": "lambdas",
        "lambdaMinRatio": "lambda-min-ratio",
        "model": "model",
        "gates": "gates",
        "gateSource": "gate-source",
        "searchStarts": "search-starts",
        "searchTolerance": "search-tolerance",
        "enumerationLimit": "enumeration-limit",
        "seed": "seed",
        "standardize": "standardize",
        "fitIntercept": "intercept",
        "centerLabel": "center-label",
        "tol": "tolerance",
        "maxIter": "max-iterations",
        "timeLimit": "time-limit",
        "engine": "engine",
        "segments": "segments",
        "initialModel": "warm-start",
    }

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        for name, key in self._keys.items():
            default = reference.estimator_defaults()[key]
            if default is not None:
                converter = self.getParam(name).typeConverter
                own: Any = default
                if converter is TypeConverters.toBoolean:
                    own = default == "true"
                elif converter is not word:
                    own = converter(float(default))
                self._setDefault(**{name: own})

    def getRegParam(self) -> float:
        """The value of regParam, or its default."""
        return self.getOrDefault(self.regParam)

    def getLambdaRatio(self) -> float:
        """The value of lambdaRatio, or its default."""
        return self.getOrDefault(self.lambdaRatio)

    def getLambdas(self) -> int:
        """The value of lambdas, or its default."""
        return self.getOrDefault(self.lambdas)

    def getLambdaMinRatio(self) -> float:
        """The value of lambdaMinRatio, or its default."""
        return self.getOrDefault(self.lambdaMinRatio)

    def getModel(self) -> str:
        """The value of model, or its default."""
        return self.getOrDefault(self.model)

    def getGates(self) -> int:
        """The value of gates, or its default."""
        return self.getOrDefault(self.gates)

    def getGateSource(self) -> str:
        """The value of gateSource, or its default."""
        return self.getOrDefault(self.gateSource)

    def getSearchStarts(self) -> int:
        """The value of searchStarts, or its default."""
        return self.getOrDefault(self.searchStarts)

    def getSearchTolerance(self) -> float:
        """The value of searchTolerance, or its default."""
        return self.getOrDefault(self.searchTolerance)

    def getEnumerationLimit(self) -> int:
        """The value of enumerationLimit, or its default."""
        return self.getOrDefault(self.enumerationLimit)

    def getSeed(self) -> int:
        """The value of seed, or its default."""
        return self.getOrDefault(self.seed)

    def getStandardize(self) -> str:
        """The value of standardize, or its default."""
        return self.getOrDefault(self.standardize)

    def getFitIntercept(self) -> bool:
        """The value of fitIntercept, or its default."""
        return self.getOrDefault(self.fitIntercept)

    def getCenterLabel(self) -> str:
        """The value of centerLabel, or its default."""
        return self.getOrDefault(self.centerLabel)

    def getTol(self) -> float:
        """The value of tol, or its default."""
        return self.getOrDefault(self.tol)

    def getMaxIter(self) -> int:
        """The value of maxIter, or its default."""
        return self.getOrDefault(self.maxIter)

    def getTimeLimit(self) -> float:
        """The value of timeLimit, or its default."""
        return self.getOrDefault(self.timeLimit)

    def getEngine(self) -> str:
        """The value of engine, or its default."""
        return self.getOrDefault(self.engine)

    def getSegments(self) -> int:
        """The value of segments, or its default."""
        return self.getOrDefault(self.segments)

    def getInitialModel(self) -> str:
        """The value of initialModel."""
        return self.getOrDefault(self.initialModel)
