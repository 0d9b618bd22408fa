"""What constructors and setParams of the estimators take, by name; None leaves a Param as it is."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any, TypedDict, TypeVar

F = TypeVar("F", bound=Callable[..., Any])


class RegressorKeywords(TypedDict, total=False):
    """Those of ConvexReluRegressor."""

    featuresCol: str
    labelCol: str
    predictionCol: str
    weightCol: str | None
    regParam: float | None
    lambdaRatio: float | None
    lambdas: int | None
    lambdaMinRatio: float | None
    model: str | None
    gates: int | None
    gateSource: str | None
    searchStarts: int | None
    searchTolerance: float | None
    enumerationLimit: int | None
    seed: int | None
    standardize: str | bool | None
    fitIntercept: bool | None
    centerLabel: str | bool | None
    tol: float | None
    maxIter: int | None
    timeLimit: float | None
    engine: str | None
    segments: int | None
    initialModel: str | None


class ClassifierKeywords(RegressorKeywords, total=False):
    """Those of ConvexReluClassifier."""

    rawPredictionCol: str
    probabilityCol: str
    thresholds: list[float] | None
    classWeights: str | None


def keywords(own: Any) -> Callable[[F], F]:
    """Shows the keywords, of which type checkers know by ``**params: Unpack[own]``, where Python is asked at run time."""

    def shown(method: F) -> F:
        names = [inspect.Parameter("self", inspect.Parameter.POSITIONAL_OR_KEYWORD)]
        for name, kind in own.__annotations__.items():
            annotation = kind.__forward_arg__
            names.append(inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=annotation))
        method.__signature__ = inspect.signature(method).replace(parameters=names)  # type: ignore[attr-defined]
        return method

    return shown
