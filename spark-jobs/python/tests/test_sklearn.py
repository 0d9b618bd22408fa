"""Estimators of scikit-learn: what they fit is what the program says, and they do what estimators do."""

from __future__ import annotations

import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytest.importorskip("sklearn")
pytest.importorskip("pyspark")

import joblib
import relupath
from relupath.engine import jvm
from scipy import sparse
from sklearn.base import clone
from sklearn.exceptions import NotFittedError
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler


def numbers(n: int = 60, d: int = 3, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    own = np.random.default_rng(seed)
    x = own.normal(size=(n, d))
    return x, np.abs(x[:, 0]) - x[:, 1] + 0.1 * own.normal(size=n)


def objective(network: relupath.Network, x: np.ndarray, y: np.ndarray, alpha: float) -> float:
    """1/(2n) ||f - y||^2 + alpha/2 (sum of squared weights) of a network on columns as they are."""
    weights = sum((w**2).sum() for w in (network.hidden, network.bias, network.output))
    return float(((network.predict(x) - y) ** 2).mean() / 2 + alpha / 2 * weights)


def test_the_objective_is_what_the_weights_say() -> None:
    x, y = numbers()
    own = relupath.ReluRegressor(alpha=0.05, gates=30, standardize=False, center_label=False).fit(x, y)
    assert own.status_ == "optimal" and 0 <= own.gap_ <= 1e-8
    assert own.objective_ == pytest.approx(objective(own.network_, x, y, 0.05), rel=1e-9)
    assert own.lambda_ == 0.05 and own.n_neurons_ == own.network_.n_neurons
    # No other network that gradient steps from it reach is better: weights scaled up or down.
    for factor in (0.99, 1.01):
        scaled = relupath.load(own.network_.text)
        object.__setattr__(scaled, "output", scaled.output * factor)
        assert objective(scaled, x, y, 0.05) > own.objective_


def test_what_is_above_lambda_max_is_constant() -> None:
    x, y = numbers()
    own = relupath.ReluRegressor(lambda_ratio=1.0, gates=20).fit(x, y)
    assert own.n_neurons_ == 0
    np.testing.assert_allclose(own.predict(x), y.mean(), rtol=1e-12)


def test_a_row_of_weight_two_is_two_rows() -> None:
    x, y = numbers(40)
    weights = np.random.default_rng(1).integers(0, 3, 40)
    args = dict(alpha=0.02, gates=20, tol=1e-11)
    weighed = relupath.ReluRegressor(**args).fit(x, y, sample_weight=weights)
    repeated = relupath.ReluRegressor(**args).fit(np.repeat(x, weights, axis=0), np.repeat(y, weights))
    np.testing.assert_allclose(weighed.predict(x), repeated.predict(x), rtol=1e-6, atol=1e-8)


def test_frames_of_texts_dates_and_missing_cells() -> None:
    pandas = pytest.importorskip("pandas")
    own = np.random.default_rng(3)
    n = 100
    frame = pandas.DataFrame(
        {
            "age": own.normal(50, 10, n),
            "city": pandas.Categorical(own.choice(["Ulm", "Köln", "a, b"], n)),
            "when": pandas.Timestamp("2020-02-27") + pandas.to_timedelta(own.integers(0, 10**8, n), "s"),
            "ok": own.random(n) < 0.5,
            "name, of": own.choice(["x", "y"], n),
        }
    )
    frame.loc[3, "age"] = np.nan
    frame.loc[4, "city"] = np.nan
    y = np.where(frame["age"].fillna(50) + 15 * frame["ok"] > 58, "yes", "no")
    with pytest.raises(ValueError, match="^X: row 4 column 'age' is empty"):
        relupath.ReluClassifier(gates=10).fit(frame, y)
    fitted = relupath.ReluClassifier(gates=20, missing="median", lambda_ratio=0.02).fit(frame, y)
    assert fitted.classes_.tolist() == ["no", "yes"] and fitted.score(frame, y) > 0.9
    assert fitted.feature_names_in_.tolist() == list(frame.columns)
    kinds = [column.kind for column in fitted.network_.preparation.columns]
    assert kinds == ["number", "category", "date", "boolean", "category"]
    # What training measured is what numpy predicts.
    assert fitted.summary_["train"]["accuracy"] == pytest.approx(fitted.score(frame, y))


@pytest.mark.parametrize("labels", [["a", "b", "c"], [3, 5, 9], [True, False], ["1", "2"], ["NA", " x"]])
def test_classes_are_called_what_they_are(labels: list[Any]) -> None:
    x, y = numbers(90)
    own = np.array(labels)[np.digitize(y, np.quantile(y, np.arange(1, len(labels)) / len(labels)))]
    fitted = relupath.ReluClassifier(gates=20, lambda_ratio=0.01).fit(x, own)
    assert fitted.classes_.tolist() == sorted(labels)
    assert fitted.score(x, own) > 0.85
    scores = fitted.decision_function(x)
    assert scores.shape == ((90,) if len(labels) == 2 else (90, 3))


def test_probabilities_are_asked_for() -> None:
    x, y = numbers(90)
    labels = (y > 0).astype(int)
    plain = relupath.ReluClassifier(gates=10).fit(x, labels)
    assert not hasattr(plain, "predict_proba")
    own = relupath.ReluClassifier(gates=10, probability=True).fit(x, labels).predict_proba(x)
    np.testing.assert_allclose(own.sum(axis=1), 1)
    assert own[labels == 1, 1].mean() > own[labels == 0, 1].mean() + 0.3


def test_several_columns_are_several_outputs() -> None:
    x, y = numbers()
    both = relupath.ReluRegressor(alpha=0.02, gates=20).fit(x, np.column_stack([y, 2 - y]))
    alone = relupath.ReluRegressor(alpha=0.02, gates=20).fit(x, y)
    assert both.predict(x).shape == (60, 2)
    np.testing.assert_allclose(both.predict(x)[:, 0], alone.predict(x), rtol=1e-5, atol=1e-6)


def test_a_path_chooses_its_lambda() -> None:
    x, y = numbers(80)
    own = relupath.ReluPath(lambdas=6, gates=20).fit(x, y)
    assert len(own.lambdas_) == 6 and own.lambda_ in own.lambdas_ and (np.diff(own.lambdas_) < 0).all()
    at = own.lambdas_.tolist().index(own.lambda_)
    assert own.path_["neurons"][at] == own.n_neurons_
    again = relupath.ReluRegressor(alpha=own.lambda_, gates=20).fit(x, y)
    np.testing.assert_allclose(own.predict(x), again.predict(x), rtol=1e-5, atol=1e-6)
    labels = relupath.ReluPath(task="classification", lambdas=3, gates=10).fit(x, np.where(y > 0, "up", "down"))
    assert set(labels.predict(x)) == {"up", "down"} and labels.score(x, np.where(y > 0, "up", "down")) > 0.8


def test_optimal_set_pruning_and_audit() -> None:
    x, y = numbers()
    own = relupath.ReluRegressor(alpha=0.02, gates=20).fit(x, y)
    found = relupath.optimal_set(own)
    assert found.summary["unique"] in (True, False) and "min_norm" in found.candidates
    for candidate in found.candidates.values():
        np.testing.assert_allclose(candidate.predict(x), own.predict(x), rtol=1e-4, atol=1e-4)
    pruned = relupath.prune(own)
    assert pruned.network.n_neurons <= own.n_neurons_ and pruned.steps["neurons"].min() == 0
    audit = relupath.audit(own, x, y, gates=20)
    assert audit.summary["objective"] == pytest.approx(own.objective_, rel=1e-9)
    assert audit.improved is None or audit.summary["improvement"]["objective"] < own.objective_
    outputs = relupath.ReluRegressor(alpha=0.02, gates=10).fit(x, np.column_stack([y, -y]))
    assert len(relupath.optimal_set(outputs).outputs) == 2
    with pytest.raises(ValueError, match="is a copy of another, or was unpickled"):
        relupath.optimal_set(pickle.loads(pickle.dumps(own)))


def test_audits_of_files_from_elsewhere(tmp_path: Path) -> None:
    x, y = numbers()
    own = relupath.ReluRegressor(alpha=0.02, gates=20, standardize=False, center_label=False).fit(x, y).network_
    # Arrays of numpy, whose inputs have no names: relu(x W1 + b1) W2 + b2.
    arrays = {"W1": own.hidden.T, "b1": own.bias, "W2": own.output, "b2": own.output_bias}
    np.savez(tmp_path / "own.npz", **arrays)
    audit = relupath.audit(tmp_path / "own.npz", x, y, alpha=0.02, gates=20)
    assert audit.summary["objective"] == pytest.approx(objective(own, x, y, 0.02), rel=1e-9)


def test_categories_that_are_named_are_taken_beside_the_others() -> None:
    pandas = pytest.importorskip("pandas")
    x, y = numbers(60)
    frame = pandas.DataFrame({"x": x[:, 0], "g": np.arange(60) % 3, "t": ["a", "b"] * 30, "ok": x[:, 1] > 0})
    fitted = relupath.ReluRegressor(gates=10, categorical=["g"]).fit(frame, y)
    kinds = [column.kind for column in fitted.network_.preparation.columns]
    assert kinds == ["number", "category", "category", "category"]
    assert fitted.summary_["train"]["mse"] == pytest.approx(((fitted.predict(frame) - y) ** 2).mean())


def test_estimators_are_cloned_pickled_searched_and_piped() -> None:
    x, y = numbers()
    own = relupath.ReluRegressor(alpha=0.02, gates=10)
    with pytest.raises(NotFittedError):
        own.predict(x)
    assert clone(own).get_params() == own.get_params()
    fitted = make_pipeline(StandardScaler(), own).fit(x, y)
    again = pickle.loads(pickle.dumps(fitted))
    np.testing.assert_array_equal(again.predict(x), fitted.predict(x))
    search = GridSearchCV(own, {"alpha": [0.5, 0.01]}, cv=3).fit(x, y)
    assert search.best_params_ == {"alpha": 0.01}
    with joblib.parallel_config("threading"):
        together = GridSearchCV(own, {"alpha": [0.5, 0.01]}, cv=3, n_jobs=3).fit(x, y)
    np.testing.assert_array_equal(together.cv_results_["mean_test_score"], search.cv_results_["mean_test_score"])


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"alpha": -1}, "alpha: '-1', expected a number from 1e-100 to 1e100"),
        ({"gates": 0}, "gates: '0', expected a whole number of at least 1"),
        ({"alpha": 1, "lambda_ratio": 0.5}, "lambda"),
    ],
)
def test_settings_are_refused_in_one_line(settings: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError) as refusal:
        relupath.ReluRegressor(**settings).fit(*numbers())
    assert message in str(refusal.value) and "\n" not in str(refusal.value)


@pytest.mark.parametrize("shape", [(60, 4), (300, 400)])
def test_sparse_rows_are_those_of_all_cells(shape: tuple[int, int]) -> None:
    own = np.random.default_rng(5)
    x = own.normal(size=shape) * (own.random(shape) < (0.5 if shape[0] == 60 else 0.02))
    # No row has anything in the last column, and one has nothing at all.
    x[:, -1] = x[7] = 0
    y = np.abs(x[:, 0]) - x[:, 1] + 0.1 * own.normal(size=len(x))
    args = dict(alpha=0.01, gates=20, standardize="scale", tol=1e-9)
    dense = relupath.ReluRegressor(**args).fit(x, y)
    for kind in (sparse.csr_array, sparse.coo_matrix):
        fitted = relupath.ReluRegressor(**args).fit(kind(x), y)
        assert fitted.n_features_in_ == shape[1] == len(fitted.network_.inputs)
        assert fitted.objective_ == pytest.approx(dense.objective_, rel=1e-8)
        np.testing.assert_allclose(fitted.predict(kind(x)), dense.predict(x), rtol=1e-4, atol=1e-4)
    np.testing.assert_array_equal(fitted.predict(x), fitted.predict(sparse.csc_array(x)))
    smallest = relupath.prune(fitted).network
    np.testing.assert_allclose(smallest.predict(kind(x)), dense.predict(x), rtol=1e-3, atol=1e-3)
    labels = np.where(y > 0, "up", "down")
    classes = relupath.ReluPath(task="classification", lambdas=3, gates=10, valid_fraction=0.3, standardize="scale")
    measured = [clone(classes).fit(rows, labels).summary_["valid"]["accuracy"] for rows in (x, sparse.csr_array(x))]
    assert measured[0] == measured[1]
    assert set(classes.fit(sparse.csr_array(x), labels).predict(sparse.csr_array(x))) <= {"up", "down"}


def test_what_a_libsvm_file_has_not_crosses_with_all_cells() -> None:
    x, y = numbers()
    x[np.abs(x) < 0.5] = 0
    weights = np.random.default_rng(2).integers(0, 3, len(x))
    args = dict(alpha=0.02, gates=10)
    missing = x.copy()
    missing[3, 1] = np.nan
    cases: list[tuple[Any, ...]] = [
        ({}, x, y, weights),
        ({}, x, np.column_stack([y, -y]), None),
        ({"missing": "mean"}, missing, y, None),
    ]
    for settings, rows, amounts, weight in cases:
        own = [relupath.ReluRegressor(**args, **settings).fit(z, amounts, weight) for z in (rows, sparse.csr_array(rows))]
        np.testing.assert_array_equal(own[1].predict(sparse.csr_array(rows)), own[0].predict(rows))
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame.sparse.from_spmatrix(sparse.csr_matrix(x), columns=["a", "b", "c"])
    named = relupath.ReluRegressor(**args).fit(frame, y).network_
    np.testing.assert_array_equal(named.predict(frame[["c", "a", "b"]]), relupath.ReluRegressor(**args).fit(x, y).predict(x))


def test_sparse_rows_are_predicted_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    x, y = numbers()
    own = relupath.ReluRegressor(alpha=0.02, gates=10).fit(x, y)
    whole = own.predict(x)
    monkeypatch.setattr(relupath.table, "_CELLS", 21)
    np.testing.assert_allclose(own.predict(sparse.csr_array(x)), whole, rtol=1e-12)
    x[40, 1] = np.nan
    with pytest.raises(ValueError, match="^row 41 column 'x1' "):
        own.network_.predict(sparse.csr_array(x))
    assert own.network_.predict(sparse.csr_array((0, 3))).shape == (0,)


def test_a_limit_warns_and_keeps_what_it_has() -> None:
    x, y = numbers()
    with pytest.warns(relupath.sklearn.NotConverged, match="iteration"):
        own = relupath.ReluRegressor(alpha=0.001, gates=30, max_iter=1).fit(x, y)
    assert own.status_ == "iteration-limit" and own.predict(x).shape == (60,)


def test_nothing_is_said_and_nothing_left(tmp_path: Path) -> None:
    code = """
import numpy as np, relupath
from relupath.engine import jvm
x = np.random.default_rng(0).normal(size=(30, 2))
own = relupath.ReluRegressor(gates=5).fit(x, x[:, 0])
print(jvm.get().folder, jvm.get()._process.pid)
"""
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=tmp_path)
    folder, pid = run.stdout.split()
    assert run.stderr == "" and not Path(folder).exists() and not Path(f"/proc/{pid}").exists()
    assert list(tmp_path.iterdir()) == []


def test_a_jvm_that_ended_is_started_again() -> None:
    x, y = numbers()
    first = relupath.ReluRegressor(gates=5).fit(x, y)
    jvm.close()
    again = relupath.ReluRegressor(gates=5).fit(x, y)
    np.testing.assert_array_equal(first.predict(x), again.predict(x))


def test_a_missing_jdk_is_one_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from relupath.engine import jdk

    old = tmp_path / "bin" / "java"
    old.parent.mkdir()
    old.write_text("#!/bin/sh\necho 'openjdk version \"11.0.2\"' >&2\n")
    old.chmod(0o755)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path / "none"))
    monkeypatch.setattr(jdk, "_PLACES", ())
    jdk.find.cache_clear()
    try:
        with pytest.raises(jdk.NoJavaError) as refusal:
            jdk.find()
        assert str(refusal.value) == (
            f"no JDK of version 17 or newer: install one, or name its folder in JAVA_HOME; found: {old} is of version 11"
        )
    finally:
        jdk.find.cache_clear()
