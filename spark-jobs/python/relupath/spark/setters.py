"""Setters of the Params that both estimators have."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from pyspark.ml.param import Params

from relupath.spark.params import ConvexReluParams, Method

T = TypeVar("T")
E = TypeVar("E", bound=Params)


class Setter(Method, Generic[T]):
    """``setGates = Setter[int]()`` becomes the method that sets ``gates`` and returns the estimator."""

    if TYPE_CHECKING:

        def __get__(self, stage: E, owner: type) -> Callable[[T], E]: ...

    def _of(self, param: str) -> Callable[..., Any]:
        def setter(self: Any, value: Any) -> Any:
            return self._set(**{param: value})

        setter.__doc__ = f"Sets {param}."
        return setter


class ConvexReluSetters(ConvexReluParams):
    """Each sets a Param and returns the estimator."""

    setRegParam = Setter[float]()
    setLambdaRatio = Setter[float]()
    setLambdas = Setter[int]()
    setLambdaMinRatio = Setter[float]()
    setModel = Setter[str]()
    setGates = Setter[int]()
    setGateSource = Setter[str]()
    setSearchStarts = Setter[int]()
    setSearchTolerance = Setter[float]()
    setEnumerationLimit = Setter[int]()
    setSeed = Setter[int]()
    setStandardize = Setter["str | bool"]()
    setFitIntercept = Setter[bool]()
    setCenterLabel = Setter["str | bool"]()
    setTol = Setter[float]()
    setMaxIter = Setter[int]()
    setTimeLimit = Setter[float]()
    setEngine = Setter[str]()
    setSegments = Setter[int]()
    setInitialModel = Setter[str]()
    setWeightCol = Setter[str]()

    def _set_given(self: E, params: Any) -> E:
        """Sets those Params of a constructor or of setParams that have a value."""
        for name in params:
            if not self.hasParam(name):
                expected = ", ".join(own.name for own in self.params)
                raise TypeError(f"{type(self).__name__}: no Param '{name}', expected some of {expected}")
        return self._set(**{name: value for name, value in params.items() if value is not None})
