"""What both models have beside their predictions."""

from __future__ import annotations

import json
from typing import Any

from pyspark.ml.param import Param, Params, TypeConverters
from pyspark.ml.wrapper import JavaModel
from pyspark.sql import DataFrame, SparkSession, is_remote

from relupath.network import Network, load


class ConvexReluModel(JavaModel):
    """A network with its proof and the path that the fit walked."""

    describe: Param[str] = Param(
        Params._dummy(),
        "describe",
        "What transform gives instead of predictions, a table of lambda and text: summary, networks, optimalSet or prune.",
        typeConverter=TypeConverters.toString,
    )

    def _table(self, what: str, dataset: DataFrame | None = None) -> list[Any]:
        """Rows of lambda and text, from the server of Spark Connect."""
        if dataset is None:
            session = SparkSession.getActiveSession()
            assert session is not None
            dataset = session.range(1)
        return list(self.copy({self.describe: what}).transform(dataset).collect())

    def _analysis(self, what: str, dataset: DataFrame | None) -> dict[str, Any]:
        if is_remote():
            return dict(json.loads(self._table(what, dataset)[0].text))
        rows = [] if dataset is None else [dataset]
        return dict(json.loads(self._call_java(what + "Json", *rows)))

    def optimalSet(self, dataset: DataFrame | None = None) -> dict[str, Any]:
        """All optimal networks at the lambda of the model, with the names of optimal-set.json.

        Args:
            dataset: the rows that it was fitted to; needed of a model that was loaded.
        """
        return self._analysis("optimalSet", dataset)

    def prune(self, dataset: DataFrame | None = None) -> dict[str, Any]:
        """The network with as few neurons as keep it optimal, and what fewer cost.

        Args:
            dataset: the rows that it was fitted to; needed of a model that was loaded.
        """
        return self._analysis("prune", dataset)

    def evaluate(self, dataset: DataFrame) -> dict[str, float]:
        """The mse on rows with features and label, each counted by its weight, and of classes the accuracy.

        Raises:
            NotImplementedError: over Spark Connect, where evaluators of pyspark.ml.evaluation do it.
        """
        if is_remote():
            raise NotImplementedError("evaluate: over Spark Connect, expected an evaluator of pyspark.ml.evaluation")
        found = self._call_java("evaluate", dataset)
        own = {"mse": found.mse(), "accuracy": found.accuracy()}
        return {name: float(value) for name, value in own.items() if value is not None}

    def networkJson(self, k: int | None = None) -> str:
        """The network as network.json has it; with k that of point k of the path, from 0.

        Raises:
            IndexError: if the path has no such point.
        """
        if k is not None:
            last = len(self.pathLambdas) - 1
            if not 0 <= k <= last:
                raise IndexError(f"k: {k}, expected one from 0 to {last}")
        if is_remote():
            return str(self._table("networks")[-1 if k is None else k].text)
        return str(self._call_java("networkJson") if k is None else self._call_java("networkJson", k))

    def summaryJson(self) -> str:
        """The fit and its proof, with the names of summary.json."""
        return str(self._table("summary")[0].text if is_remote() else self._call_java("summaryJson"))

    @property
    def network(self) -> Network:
        """The network, evaluated with numpy alone; its inputs are the entries of a vector of features."""
        return load(self.networkJson())

    @property
    def summary(self) -> dict[str, Any]:
        """The fit and its proof: lambda, objective, relativeGap, lowerBound, gapToGlobal, neurons, status, ..."""
        return dict(json.loads(self.summaryJson()))

    @property
    def pathLambdas(self) -> list[float]:
        """The lambdas that the fit walked down, largest first, its own last."""
        if is_remote():
            return [row["lambda"] for row in self._table("networks")]
        return list(self._call_java("pathLambdas"))

    @property
    def networks(self) -> list[Network]:
        """The networks at these lambdas."""
        if is_remote():
            return [load(row.text) for row in self._table("networks")]
        return [load(str(self._call_java("networkJson", k))) for k in range(len(self.pathLambdas))]
