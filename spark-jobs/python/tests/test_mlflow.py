"""A run in MLflow: what is logged, and a model that predicts as the network does."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

mlflow = pytest.importorskip("mlflow")
pandas = pytest.importorskip("pandas")

import relupath
import relupath.mlflow


def test_a_path_is_logged_and_its_model_predicts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # A folder needs no database.
    monkeypatch.setenv("MLFLOW_ALLOW_FILE_STORE", "true")
    own = np.random.default_rng(0)
    frame = pandas.DataFrame({"age": own.normal(50, 10, 60), "sex": own.choice(["f", "m"], 60)})
    frame.loc[3, "age"] = np.nan
    y = np.where(frame["age"].fillna(50) + 9 * (frame["sex"] == "m") > 55, "high", "low")
    path = relupath.ReluPath(task="classification", lambdas=3, gates=10, missing="mean", valid_fraction=0.3)
    path.fit(frame, y)
    uri = (tmp_path / "mlruns").as_uri()
    run = mlflow.get_run(relupath.mlflow.log(path._run.output, uri, experiment="tests"))
    assert run.data.metrics["lambda"] == path.lambda_ and run.data.metrics["relativeGap"] == path.gap_
    assert run.data.metrics["valid_accuracy"] == path.summary_["valid"]["accuracy"]
    assert run.data.params["gates"] == "10" and run.data.tags["relupath.status"] == "optimal"
    client = mlflow.MlflowClient()
    history = client.get_metric_history(run.info.run_id, "path_objective")
    by_step = {one.step: one.value for one in history}
    assert [by_step[k] for k in range(3)] == path.path_["objective"].tolist()
    names = {one.path for one in client.list_artifacts(run.info.run_id)}
    assert names >= {"summary.json", "path.csv", "report.html", "network.json"}
    model = mlflow.pyfunc.load_model(f"runs:/{run.info.run_id}/model")
    found = model.predict(frame)
    assert found["predictedLabel"].tolist() == path.predict(frame).tolist()
    np.testing.assert_array_equal(found["prediction"], path.decision_function(frame))
    mlflow.set_tracking_uri(None)
