"""What both models have beside their predictions."""

from __future__ import annotations

import json
from typing import Any

from pyspark.ml.wrapper import JavaModel
from pyspark.sql import is_remote

from relupath.network import Network, load


class ConvexReluModel(JavaModel):
    """A network with its proof and the path that the fit walked."""

    def _text(self, what: str, *args: Any) -> str:
        if is_remote():
            raise NotImplementedError(what)
        return str(self._call_java(what, *args))

    def networkJson(self, k: int | None = None) -> str:
        """The network as network.json has it; with k that of point k of the path."""
        return self._text("networkJson") if k is None else self._text("networkJson", k)

    def summaryJson(self) -> str:
        """The fit and its proof, with the names of summary.json."""
        return self._text("summaryJson")

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
        return list(self._call_java("pathLambdas"))

    @property
    def networks(self) -> list[Network]:
        """The networks at these lambdas."""
        return [load(self.networkJson(k)) for k in range(len(self.pathLambdas))]
