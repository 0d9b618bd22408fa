"""Setters of the Params that both estimators have."""

from __future__ import annotations

from typing import TypeVar

from relupath.spark.params import ConvexReluParams

E = TypeVar("E", bound="ConvexReluSetters")


class ConvexReluSetters(ConvexReluParams):
    """Each sets a Param and returns the estimator."""

    def setRegParam(self: E, value: float) -> E:
        """Sets regParam."""
        return self._set(regParam=value)

    def setLambdaRatio(self: E, value: float) -> E:
        """Sets lambdaRatio."""
        return self._set(lambdaRatio=value)

    def setLambdas(self: E, value: int) -> E:
        """Sets lambdas."""
        return self._set(lambdas=value)

    def setLambdaMinRatio(self: E, value: float) -> E:
        """Sets lambdaMinRatio."""
        return self._set(lambdaMinRatio=value)

    def setModel(self: E, value: str) -> E:
        """Sets model."""
        return self._set(model=value)

    def setGates(self: E, value: int) -> E:
        """Sets gates."""
        return self._set(gates=value)

    def setGateSource(self: E, value: str) -> E:
        """Sets gateSource."""
        return self._set(gateSource=value)

    def setSearchStarts(self: E, value: int) -> E:
        """Sets searchStarts."""
        return self._set(searchStarts=value)

    def setSearchTolerance(self: E, value: float) -> E:
        """Sets searchTolerance."""
        return self._set(searchTolerance=value)

    def setEnumerationLimit(self: E, value: int) -> E:
        """Sets enumerationLimit."""
        return self._set(enumerationLimit=value)

    def setSeed(self: E, value: int) -> E:
        """Sets seed."""
        return self._set(seed=value)

    def setStandardize(self: E, value: str | bool) -> E:
        """Sets standardize."""
        return self._set(standardize=value)

    def setFitIntercept(self: E, value: bool) -> E:
        """Sets fitIntercept."""
        return self._set(fitIntercept=value)

    def setCenterLabel(self: E, value: str | bool) -> E:
        """Sets centerLabel."""
        return self._set(centerLabel=value)

    def setTol(self: E, value: float) -> E:
        """Sets tol."""
        return self._set(tol=value)

    def setMaxIter(self: E, value: int) -> E:
        """Sets maxIter."""
        return self._set(maxIter=value)

    def setTimeLimit(self: E, value: float) -> E:
        """Sets timeLimit."""
        return self._set(timeLimit=value)

    def setEngine(self: E, value: str) -> E:
        """Sets engine."""
        return self._set(engine=value)

    def setSegments(self: E, value: int) -> E:
        """Sets segments."""
        return self._set(segments=value)

    def setInitialModel(self: E, value: str) -> E:
        """Sets initialModel."""
        return self._set(initialModel=value)

    def setWeightCol(self: E, value: str) -> E:
        """Sets weightCol."""
        return self._set(weightCol=value)
