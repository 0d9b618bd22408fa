"""Audits of networks of any origin on rows of a data frame."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

from pyspark.sql import DataFrame, is_remote

from relupath.network import Network, load
from relupath.spark.classifier import ConvexReluClassifier
from relupath.spark.keywords import ClassifierKeywords
from relupath.spark.model import ConvexReluModel

if TYPE_CHECKING:
    from typing_extensions import Unpack


def audit(
    network: Network | ConvexReluModel | str | os.PathLike[str], dataset: DataFrame, **params: Unpack[ClassifierKeywords]
) -> dict[str, Any]:
    """Whether a network is a critical point, what improves it, and how far it can be from the best of any width.

    Args:
        network: one that was trained by anything: loaded; a model, whose lambda is taken; or what
            :func:`relupath.load` reads.
        dataset: rows with a column of vectors of its inputs, in their order, and one of labels.
        params: what it is measured by, as estimators have it: ``regParam`` or ``lambdaRatio``, ``gates``,
            ``gateSource``, ``featuresCol``, ``labelCol``, ``weightCol``, ...

    Returns:
        What there is to say, with the names of audit.json; of several classes a list ``outputs``.

    Raises:
        NotImplementedError: over Spark Connect, where :func:`relupath.audit` does it, on arrays.
    """
    if is_remote():
        raise NotImplementedError("audit: over Spark Connect, expected relupath.audit, of arrays, or a classic session")
    if isinstance(network, ConvexReluModel):
        if params.get("regParam") is None and params.get("lambdaRatio") is None:
            params["regParam"] = network.summary["lambda"]
        text = network.networkJson()
    else:
        text = (network if isinstance(network, Network) else load(network)).text
    stage = ConvexReluClassifier(**params)
    stage._transfer_params_to_java()
    jvm = dataset.sparkSession.sparkContext._jvm
    assert jvm is not None
    return dict(json.loads(jvm.org.relupath.spark.ml.Audits.audit(text, dataset._jdf, stage._java_obj)))
