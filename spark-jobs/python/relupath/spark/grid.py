"""Fits of a grid of Params to one data set, as tuning does them: together."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from typing import Any

from pyspark.ml.wrapper import JavaEstimator
from pyspark.sql import DataFrame, is_remote


class GridFits(JavaEstimator):
    """An estimator whose fits of one data set share a path of lambdas."""

    def fitMultiple(self, dataset: DataFrame, paramMaps: Sequence[Any]) -> Iterator[tuple[int, Any]]:
        """Fits a model for each of some param maps: one walk down the lambdas of all of them.

        Returns:
            A thread-safe iterator of the index of a map and its model.
        """
        if is_remote():
            # The server keeps what fits of one data set share.
            return super().fitMultiple(dataset, paramMaps)
        return _Models(self.copy(), dataset, paramMaps)


class _Models:
    """Models of param maps, fitted when the first is asked for."""

    def __init__(self, estimator: Any, dataset: DataFrame, maps: Sequence[Any]) -> None:
        self._estimator = estimator
        self._dataset = dataset
        self._maps = maps
        self._models: list[Any] | None = None
        self._next = 0
        self._lock = threading.Lock()

    def __iter__(self) -> Iterator[tuple[int, Any]]:
        return self

    def __next__(self) -> tuple[int, Any]:
        with self._lock:
            if self._next >= len(self._maps):
                raise StopIteration
            if self._models is None:
                self._models = self._fitted()
            at = self._next
            self._next += 1
            return at, self._models[at]

    def _fitted(self) -> list[Any]:
        own = self._estimator
        own._transfer_params_to_java()
        jvm = self._dataset.sparkSession.sparkContext._jvm
        assert jvm is not None
        maps = jvm.PythonUtils.toSeq([own._transfer_param_map_to_java(one) for one in self._maps])
        fitted = jvm.scala.jdk.javaapi.CollectionConverters.asJava(own._java_obj.fit(self._dataset._jdf, maps))
        return [own.copy(one)._copyValues(own._create_model(model)) for one, model in zip(self._maps, fitted)]
