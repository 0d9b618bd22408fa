"""What must hold of the estimators of Spark ML, in a classic session and over Spark Connect.

    python spark_case.py classic|connect FOLDER
"""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Callable
from typing import Any

import numpy as np

from relupath.sklearn import training
from relupath.spark import (
    ConvexReluClassificationModel,
    ConvexReluClassifier,
    ConvexReluRegressionModel,
    ConvexReluRegressor,
    audit,
    builder,
)


def rows(spark: Any) -> tuple[Any, np.ndarray, np.ndarray]:
    own = np.random.default_rng(0)
    x = own.normal(size=(80, 3))
    y = np.abs(x[:, 0]) - x[:, 1]
    kind = np.digitize(y, [-0.5, 0.8]).astype(float)
    table = [(*map(float, r), float(v), float(k), float(v > 0), 1.0) for r, v, k in zip(x, y, kind)]
    return spark.createDataFrame(table, ["a", "b", "c", "label", "kind", "sign", "weight"]), x, y


def column(model: Any, data: Any, name: str = "prediction") -> np.ndarray:
    return np.array([row[name] for row in model.transform(data).select(name).collect()])


def refused(message: str, what: Callable[[], Any]) -> None:
    """Checks that something is refused with a message that has a pattern."""
    try:
        what()
    except Exception as e:
        assert re.search(message, str(e)), str(e)
    else:
        raise AssertionError(f"was taken, expected {message}")


def main(mode: str, folder: str) -> None:
    """Runs all of it."""
    own = builder()
    # Connect has a server on this machine, with the jar.
    session = own.remote("local[2]") if mode == "connect" else own.master("local[2]")
    spark = session.config("spark.ui.enabled", "false").config("spark.sql.shuffle.partitions", "2").getOrCreate()
    try:
        check(spark, folder)
    finally:
        spark.stop()


def check(spark: Any, folder: str) -> None:
    from pyspark.ml import Pipeline, PipelineModel
    from pyspark.ml.evaluation import RegressionEvaluator
    from pyspark.ml.feature import VectorAssembler
    from pyspark.ml.tuning import CrossValidator, ParamGridBuilder
    from pyspark.sql import is_remote

    frame, x, y = rows(spark)
    assembler = VectorAssembler(inputCols=["a", "b", "c"], outputCol="features")
    data = assembler.transform(frame).cache()

    print("fit: what numpy says of the network is what Spark predicts")
    estimator = ConvexReluRegressor(regParam=0.02, gates=20, lambdas=5)
    model = estimator.fit(data)
    predictions = column(model, data)
    np.testing.assert_allclose(model.network.predict(x), predictions, rtol=1e-12, atol=1e-14)
    summary = model.summary
    assert summary["status"] == "optimal" and summary["lambda"] == 0.02 and summary["relativeGap"] <= 1e-8
    lambdas = model.pathLambdas
    assert lambdas[-1] == 0.02 and sorted(lambdas, reverse=True) == lambdas
    assert len(model.networks) == len(lambdas) and model.networks[0].n_neurons <= model.network.n_neurons

    assert model.networkJson(len(lambdas) - 1) == model.networkJson()
    for k in (-1, len(lambdas)):
        refused(f"^k: {k}, expected one from 0 to {len(lambdas) - 1}$", lambda: model.networkJson(k))

    print("evaluate")
    if is_remote():
        refused("expected an evaluator", lambda: model.evaluate(data))
    else:
        measured = model.evaluate(data)
        assert list(measured) == ["mse"] and np.isclose(measured["mse"], ((predictions - y) ** 2).mean(), rtol=1e-9)

    print("all optimal networks, and the smallest")
    optimal = model.optimalSet()
    assert optimal["unique"] in (True, False)
    assert model.prune()["minimalWidth"] <= model.network.n_neurons

    print("an audit of its network, of the model and of a file")
    if is_remote():
        refused("^audit: over Spark Connect, expected relupath.audit", lambda: audit(model, data))
    else:
        known = audit(model, data, gates=20)
        assert np.isclose(known["objective"], summary["objective"], rtol=1e-9)
        assert known["lowerBound"] <= known["patternSetBound"] <= known["objective"]
        model.network.save(f"{folder}/network.json")
        for one in (model.network, f"{folder}/network.json"):
            assert audit(one, data, regParam=0.02, gates=20)["objective"] == known["objective"]
        renamed = data.withColumnRenamed("label", "y")
        assert audit(model, renamed, lambdaRatio=1, labelCol="y", seed=3)["lambda"] > 0.02
        refused("^regParam: is missing, expected a number, or lambdaRatio", lambda: audit(model.network, data))
        refused("no Param 'lambda'", lambda: audit(model, data, **{"lambda": 1}))

    print("a fit that starts from a run folder")
    names = [f"features_{k}" for k in range(3)]
    table = training.Rows(names, list(x.T), [y])
    earlier = training.Run("path", {"gates": 20, "loss-scaling": "mean", "lambdas": 3}, table)
    warm = estimator.copy().setInitialModel(str(earlier.output))
    started = warm.fit(data)
    assert started.getInitialModel() == str(earlier.output)
    assert np.isclose(started.summary["objective"], summary["objective"], rtol=1e-7)
    np.testing.assert_allclose(column(started, data), predictions, rtol=1e-4, atol=1e-5)
    refused("initialModel .*/none: no such folder", lambda: warm.setInitialModel(f"{folder}/none").fit(data))
    refused("initialModel .* is of model relu, expected gated", lambda: warm.copy(
        {warm.model: "gated", warm.initialModel: str(earlier.output)}
    ).fit(data))

    print("params: texts and defaults are those of reference.conf and estimator-defaults.conf")
    assert estimator.getGates() == 20 and estimator.getTol() == 1e-8 and not estimator.isDefined("lambdaRatio")
    assert ConvexReluRegressor().getLambdas() == 10
    assert ConvexReluRegressor(initialModel="my-fit").getInitialModel() == "my-fit"
    assert not estimator.isDefined("initialModel")
    assert estimator.explainParam("gates").startswith("gates: Gate vectors to draw")
    assert estimator.setStandardize(False).getStandardize() == "false"
    estimator.setStandardize(True)
    keywords = inspect.signature(ConvexReluClassifier).parameters
    assert all(ConvexReluClassifier().hasParam(name) for name in keywords) and keywords["gates"].annotation == "int | None"
    assert ConvexReluRegressor(gates=None).getGates() == 500
    refused("^ConvexReluRegressor: no Param 'gate', expected some of centerLabel", lambda: ConvexReluRegressor(gate=3))
    refused("^ConvexReluRegressor: no Param 'x'", lambda: estimator.setParams(x=3))
    assert model.getGates() == 20 and not hasattr(model, "setGates")

    print("write and read")
    model.write().overwrite().save(f"{folder}/model")
    again = ConvexReluRegressionModel.load(f"{folder}/model")
    np.testing.assert_array_equal(column(again, data), predictions)
    assert again.getGates() == 20 and again.summary == summary
    assert again.optimalSet(data)["unique"] == optimal["unique"]
    estimator.write().overwrite().save(f"{folder}/estimator")
    assert ConvexReluRegressor.load(f"{folder}/estimator").getRegParam() == 0.02

    print("pipeline")
    pipeline = Pipeline(stages=[assembler, estimator]).fit(frame)
    pipeline.write().overwrite().save(f"{folder}/pipeline")
    loaded = PipelineModel.load(f"{folder}/pipeline")
    assert type(loaded.stages[1]) is ConvexReluRegressionModel
    np.testing.assert_array_equal(column(loaded, frame), predictions)

    print("a grid, and a cross-validation over it")
    grid = ParamGridBuilder().addGrid(estimator.regParam, [0.2, 0.02, 0.002]).build()
    for at, one in estimator.fitMultiple(data, grid):
        assert one.getRegParam() == list(grid[at].values())[0]
        if one.getRegParam() == 0.02:
            np.testing.assert_allclose(column(one, data), predictions, rtol=1e-9, atol=1e-9)
    evaluator = RegressionEvaluator()
    found = CrossValidator(
        estimator=estimator, estimatorParamMaps=grid, evaluator=evaluator, numFolds=3, seed=1, parallelism=2
    ).fit(data)
    assert found.bestModel.getRegParam() == list(grid[int(np.argmin(found.avgMetrics))].values())[0]

    print("classes")
    kinds = ConvexReluClassifier(labelCol="kind", gates=20, lambdaRatio=0.02).fit(data)
    assert kinds.numClasses == 3
    labels = np.array([row.kind for row in data.select("kind").collect()])
    assert (column(kinds, data) == labels).mean() > 0.9
    np.testing.assert_array_equal(kinds.network.predict(x), column(kinds, data))
    if not is_remote():
        assert np.isclose(kinds.evaluate(data)["accuracy"], (column(kinds, data) == labels).mean())
    print("without a name there are no probabilities")
    assert ConvexReluClassifier().getProbabilityCol() == "" == kinds.getProbabilityCol()
    assert "probability" not in kinds.transform(data).columns
    assert all(output.scaling is None for output in kinds.network.outputs)
    halves = ConvexReluClassifier(labelCol="sign", gates=5, thresholds=[0.5, 0.5])
    refused("thresholds: .*expected a probabilityCol", lambda: halves.fit(data))
    two = ConvexReluClassifier(
        labelCol="sign", weightCol="weight", gates=10, lambdaRatio=0.1, probabilityCol="probability"
    ).fit(data)
    shares = np.array([row.probability.toArray() for row in two.transform(data).select("probability").collect()])
    np.testing.assert_allclose(shares, two.network.predict_proba(x), rtol=1e-12)
    two.write().overwrite().save(f"{folder}/two")
    np.testing.assert_array_equal(column(ConvexReluClassificationModel.load(f"{folder}/two"), data), column(two, data))
    print("done")


if __name__ == "__main__":
    main(*sys.argv[1:])
