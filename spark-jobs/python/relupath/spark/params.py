"""The Params of the estimators and their models: texts of ``conf/reference.conf``, defaults of the estimators."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from pyspark.ml.param import Param, Params, TypeConverters
from pyspark.ml.param.shared import HasWeightCol

from relupath import reference

T = TypeVar("T")


class KeyParam(Param[T]):
    """The Param of a key of reference.conf, called as the attribute that it is assigned to."""

    def __init__(self, key: str, converter: Callable[[Any], T]) -> None:
        super().__init__(Params._dummy(), "", reference.keys()[key].text, converter)
        self._key = key

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def default(self) -> Any:
        """The default of the estimators; None without one."""
        text = reference.estimator_defaults()[self._key]
        if text is None or self.typeConverter in (word, TypeConverters.toString):
            return text
        return text == "true" if self.typeConverter is TypeConverters.toBoolean else float(text)


class Method:
    """An attribute of a class that becomes a method for the Param in its own name: gates of getGates and setGates."""

    def __set_name__(self, owner: type, name: str) -> None:
        method = self._of(name[3].lower() + name[4:])
        method.__name__, method.__qualname__ = name, f"{owner.__qualname__}.{name}"
        setattr(owner, name, method)

    def _of(self, param: str) -> Callable[..., Any]:
        raise NotImplementedError


class Getter(Method, Generic[T]):
    """``getGates = Getter[int]()`` becomes the method that returns the value of ``gates``."""

    if TYPE_CHECKING:

        def __get__(self, stage: Params, owner: type) -> Callable[[], T]: ...

    def _of(self, param: str) -> Callable[..., Any]:
        def getter(self: Params) -> Any:
            return self.getOrDefault(param)

        getter.__doc__ = f"The value of {param}, or its default."
        return getter


def word(value: Any) -> str:
    """A text, or True and False as words."""
    return str(value).lower() if isinstance(value, bool) else TypeConverters.toString(value)


class ConvexReluParams(HasWeightCol):
    """Params of both estimators; those that Spark has as well are called as it calls them."""

    regParam = KeyParam("lambda", TypeConverters.toFloat)
    lambdaRatio = KeyParam("lambda-ratio", TypeConverters.toFloat)
    lambdas = KeyParam("lambdas", TypeConverters.toInt)
    lambdaMinRatio = KeyParam("lambda-min-ratio", TypeConverters.toFloat)
    model = KeyParam("model", word)
    gates = KeyParam("gates", TypeConverters.toInt)
    gateSource = KeyParam("gate-source", word)
    searchStarts = KeyParam("search-starts", TypeConverters.toInt)
    searchTolerance = KeyParam("search-tolerance", TypeConverters.toFloat)
    enumerationLimit = KeyParam("enumeration-limit", TypeConverters.toInt)
    seed = KeyParam("seed", TypeConverters.toInt)
    standardize = KeyParam("standardize", word)
    fitIntercept = KeyParam("intercept", TypeConverters.toBoolean)
    centerLabel = KeyParam("center-label", word)
    tol = KeyParam("tolerance", TypeConverters.toFloat)
    maxIter = KeyParam("max-iterations", TypeConverters.toInt)
    timeLimit = KeyParam("time-limit", TypeConverters.toFloat)
    engine = KeyParam("engine", word)
    segments = KeyParam("segments", TypeConverters.toInt)
    initialModel = KeyParam("warm-start", TypeConverters.toString)

    getRegParam = Getter[float]()
    getLambdaRatio = Getter[float]()
    getLambdas = Getter[int]()
    getLambdaMinRatio = Getter[float]()
    getModel = Getter[str]()
    getGates = Getter[int]()
    getGateSource = Getter[str]()
    getSearchStarts = Getter[int]()
    getSearchTolerance = Getter[float]()
    getEnumerationLimit = Getter[int]()
    getSeed = Getter[int]()
    getStandardize = Getter[str]()
    getFitIntercept = Getter[bool]()
    getCenterLabel = Getter[str]()
    getTol = Getter[float]()
    getMaxIter = Getter[int]()
    getTimeLimit = Getter[float]()
    getEngine = Getter[str]()
    getSegments = Getter[int]()
    getInitialModel = Getter[str]()

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        defaults = {own.name: own.default() for own in self.params if isinstance(own, KeyParam)}
        self._setDefault(**{name: value for name, value in defaults.items() if value is not None})
