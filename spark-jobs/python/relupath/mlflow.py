"""Runs in MLflow: their path, certificate and report, and the network as a model that mlflow serves."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import mlflow
import numpy as np
from mlflow.models import ModelSignature
from mlflow.types import ColSpec, DataType, Schema

from relupath import network, reference
from relupath.engine import results
from relupath.network import Network
from relupath.version import __version__

#: Figures of summary.json that become metrics.
_METRICS = (
    "lambda lambdaMax objective loss penalty dualObjective relativeGap lowerBound gapToGlobal activeBlocks neurons iterations"
).split()
#: Columns of path.csv that become metrics by step.
_STEPS = "lambda objective relativeGap certifiedGap neurons trainMse validMse trainAccuracy validAccuracy".split()
_TYPES = {"boolean": DataType.boolean, "category": DataType.string, "date": DataType.datetime}


class NetworkModel:
    """A network as mlflow calls it: raw rows in, the columns that the command ``predict`` writes out."""

    def __init__(self, own: Network) -> None:
        self._network = own

    def predict(self, model_input, params=None):  # type: ignore[no-untyped-def] # mlflow checks rows by hints
        """A data frame of what is predicted for n rows, each column of the predictions one of it."""
        import pandas

        return pandas.DataFrame(self._network.predictions(model_input), index=getattr(model_input, "index", None))


def _load_pyfunc(path: str) -> NetworkModel:
    """What mlflow calls to load a model: the path is that of its network.json."""
    return NetworkModel(network.load(path))


def _signature(own: Network) -> ModelSignature:
    """What a network takes: columns of texts, words, dates and numbers; those that may be missing are optional."""
    columns = [
        ColSpec(_TYPES.get(column.kind, DataType.double), column.name, required=column.missing is None)
        for column in own.preparation.columns
    ]
    return ModelSignature(inputs=Schema(columns))


def _finite(values: dict[str, Any]) -> dict[str, float]:
    return {
        key: float(value)
        for key, value in values.items()
        if isinstance(value, (int, float)) and not isinstance(value, bool) and np.isfinite(value)
    }


def log(run_folder: str | os.PathLike[str], uri: str | None = None, experiment: str | None = None) -> str:
    """Logs the folder of a ``fit`` or ``path``.

    Parameters are those of resolved.conf that were given a value; metrics the figures of summary.json, its scores on
    training, held-out and test rows, and those of the path by the number of each lambda; artifacts the summary, path
    tables, settings and the report; the model predicts as the command ``predict`` does.

    Args:
        run_folder: what the command left.
        uri: of the tracking server, or a folder; mlflow's own where there is none.
        experiment: its name; mlflow's own where there is none.

    Returns:
        The id of the run.
    """
    folder = Path(run_folder)
    summary = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
    best = folder / "best" if (folder / "best").is_dir() else folder
    own = network.load(best / "network.json")
    if uri is not None:
        mlflow.set_tracking_uri(uri)
    if experiment is not None:
        mlflow.set_experiment(experiment)
    with mlflow.start_run(run_name=folder.name) as run:
        settings = reference.parsed((folder / "resolved.conf").read_text(encoding="utf-8"))
        mlflow.log_params({key: own.default for key, own in settings.items() if own.default})
        mlflow.set_tags({"relupath.version": __version__, "relupath.status": str(summary.get("status"))})
        metrics = _finite({key: summary.get(key) for key in _METRICS})
        for rows in ("train", "valid", "test"):
            scores = _finite(summary.get(rows) or {})
            metrics.update({f"{rows}_{key}": value for key, value in scores.items()})
        mlflow.log_metrics(metrics)
        if (folder / "path.csv").is_file():
            _path(results.table(folder / "path.csv"))
        for name in ("summary.json", "path.csv", "bound.csv", "report.html", "resolved.conf", "manifest.json"):
            if (folder / name).is_file():
                mlflow.log_artifact(str(folder / name))
        mlflow.log_artifact(str(best / "network.json"))
        mlflow.pyfunc.log_model(
            name="model",
            loader_module="relupath.mlflow",
            data_path=str(best / "network.json"),
            signature=_signature(own),
            pip_requirements=[f"relupath=={__version__}", "pandas"],
        )
        return str(run.info.run_id)


def _path(table: dict[str, Any]) -> None:
    for k in range(len(table["lambda"])):
        step = {f"path_{name}": table[name][k] for name in _STEPS if name in table}
        mlflow.log_metrics({key: value for key, value in step.items() if np.isfinite(value)}, step=k)
