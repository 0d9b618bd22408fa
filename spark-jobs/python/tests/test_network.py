"""Networks in numpy agree with what the command predicts, and with exact arithmetic."""

from __future__ import annotations

import csv
import json
import os
import pickle
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import relupath

#: Made by make-networks: those beside this file, or newer ones.
NETWORKS = Path(os.environ.get("RELUPATH_NETWORKS", Path(__file__).parent / "networks"))
NAMES = sorted(path.stem for path in NETWORKS.glob("*.json"))


def read(path: Path) -> dict[str, list[str]]:
    with open(path, newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file))
    return {name: [row[k] for row in rows[1:]] for k, name in enumerate(rows[0])}


@pytest.mark.parametrize("name", NAMES)
def test_predictions_are_those_of_the_command(name: str) -> None:
    network = relupath.load(NETWORKS / f"{name}.json")
    found = network.predictions(read(NETWORKS / f"{name.split('-')[0]}.csv"))
    expected = read(NETWORKS / f"{name}-predictions.csv")
    assert list(found) == list(expected)
    for column, cells in expected.items():
        if found[column].dtype.kind == "U":
            assert found[column].tolist() == cells
        else:
            np.testing.assert_allclose(found[column], np.array(cells, float), rtol=1e-12, atol=1e-300)


@pytest.mark.parametrize("name", NAMES)
def test_a_pickled_network_predicts_the_same(name: str) -> None:
    network = relupath.load(NETWORKS / f"{name}.json")
    rows = read(NETWORKS / f"{name.split('-')[0]}.csv")
    again = pickle.loads(pickle.dumps(network))
    np.testing.assert_array_equal(again.decision_function(rows), network.decision_function(rows))


def network(**other: Any) -> str:
    own = {
        "format": "relupath-network",
        "version": 1,
        "activation": "relu",
        "inputs": ["x1", "x2"],
        "hidden": [[1.5, -0.5]],
        "bias": [0.1],
        "output": [2.0],
        "outputBias": 0.25,
    }
    return json.dumps({**own, **other})


def test_rows_are_arrays_frames_dicts_or_lists_of_dicts() -> None:
    own = relupath.load(network())
    expected = [2 * max(1.5 * a - 0.5 * b + 0.1, 0) + 0.25 for a, b in [(1, 2), (-1, 0)]]
    for rows in (
        [[1, 2], [-1, 0]],
        np.array([[1, 2], [-1, 0]]),
        {"x2": [2, 0], "other": [0, 0], "x1": [1, -1]},
        [{"x1": 1, "x2": 2}, {"x1": "-1", "x2": " 0 "}],
    ):
        np.testing.assert_allclose(own.predict(rows), expected, rtol=1e-15)


def test_data_frames_are_taken_by_name_whatever_their_types() -> None:
    pandas = pytest.importorskip("pandas")
    own = relupath.load(NETWORKS / "mixed-gated.json")
    texts = read(NETWORKS / "mixed.csv")
    expected = own.predict(texts)
    frame = pandas.DataFrame(texts)
    none = {"": None, "NA": None, "?": None}
    frame = frame.replace(none)
    frame["age"] = frame["age"].astype(float)
    frame["city"] = frame["city"].astype("category")
    frame["when"] = pandas.to_datetime(frame["when"], format="ISO8601")
    frame["smoker"] = frame["smoker"].map({"true": True, "False": False}).astype("boolean")
    assert own.predict(frame[frame.columns[::-1]]).tolist() == expected.tolist()
    frame["when"] = frame["when"].dt.tz_localize("UTC").dt.tz_convert("Asia/Tokyo")
    assert own.predict(frame).tolist() == expected.tolist()


def test_no_rows_have_no_predictions() -> None:
    assert relupath.load(network()).predict(np.zeros((0, 2))).shape == (0,)
    assert relupath.load(NETWORKS / "kinds-classes.json").predict_proba({"x": [], "y": []}).shape == (0, 3)


def test_a_network_without_neurons_is_its_constant() -> None:
    own = relupath.load(network(hidden=[], bias=[], output=[], outputBias=-3))
    assert own.predict([[1, 2]]).tolist() == [-3]


def exact(json_text: str, rows: np.ndarray) -> list[Fraction]:
    own = json.loads(json_text)

    def affine(w: list[float], b: float, x: list[float]) -> Fraction:
        return sum((Fraction(a) * Fraction(c) for a, c in zip(w, x)), Fraction(b))

    scores = []
    for x in rows.tolist():
        score = Fraction(own["outputBias"])
        for j, (w, b, out) in enumerate(zip(own["hidden"], own["bias"], own["output"])):
            z = affine(w, b, x)
            on = z > 0 if "gates" not in own else affine(own["gates"][j], own["gateBias"][j], x) >= 0
            score += Fraction(out) * z if on else 0
        scores.append(score)
    return scores


@pytest.mark.parametrize("gated", [False, True])
@pytest.mark.parametrize("seed", range(5))
def test_digits_that_cancel_are_kept(gated: bool, seed: int) -> None:
    own = np.random.default_rng(seed)
    p, m = 6, 8
    w = own.normal(size=(m, p))
    far = 10.0 ** own.integers(0, 9, p)
    rows = far + own.normal(size=(50, p))
    gates = {"gates": w.tolist(), "gateBias": (-w @ far).tolist()} if gated else {}
    text = network(
        activation="gated" if gated else "relu",
        inputs=[f"x{k}" for k in range(p)],
        hidden=w.tolist(),
        bias=(-w @ far + own.normal(size=m)).tolist(),
        output=own.normal(size=m).tolist(),
        **gates,
    )
    found = relupath.load(text).predict(rows)
    for score, expected in zip(found.tolist(), exact(text, rows)):
        assert abs(Fraction(score) - expected) <= Fraction(1, 10**12) * abs(expected)


def test_a_gate_on_its_border_is_on() -> None:
    own = dict(activation="gated", hidden=[[0, 0]], bias=[1], gates=[[0.1, 0.2]], gateBias=[-0.3])
    # 0.1 + 0.2 - 0.3 of doubles is 2^-55 and a half ulp apart: exact arithmetic decides.
    border = Fraction(0.1) + Fraction(0.2) - Fraction(0.3)
    assert relupath.load(network(**own)).predict([[1, 1]]).tolist() == [2.25 if border >= 0 else 0.25]
    own["gateBias"] = [-0.1]
    assert relupath.load(network(**own)).predict([[1, 0]]).tolist() == [2.25]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"version": 3}, "version is 3, expected 1 or 2"),
        ({"activation": "tanh"}, "activation is 'tanh', expected relu or gated"),
        ({"hidden": [[1.5]]}, "hidden row 0 is [1.5], expected 2 numbers"),
        ({"bias": [0, 1]}, "bias has 2 entries, expected 1, one a neuron"),
        ({"bias": ["x"]}, "bias holds x, expected finite numbers"),
        ({"labels": [1, -1]}, "labels is [1.0, -1.0], expected two, of numbers the smaller one first"),
        ({"calibration": {"threshold": 0}}, "calibration without labels, expected labels"),
        ({"inputs": ["x1", "x1"]}, "inputs is ['x1', 'x1'], expected distinct names"),
    ],
)
def test_what_is_no_network_is_refused(change: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError) as refusal:
        relupath.load(network(**change))
    assert str(refusal.value) == f"network: {message}"


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ({"x1": [1]}, "rows have no column 'x2', expected the columns x1, x2"),
        ([[1, 2, 3]], "rows have the shape (1, 3), expected n x 2"),
        ({"x1": [1, 2], "x2": [3, "two"]}, "row 2 column 'x2' is 'two', expected a number"),
        ({"x1": [1, None], "x2": [3, 4]}, "row 2 column 'x1' is missing, expected a value"),
        ([[1, np.inf]], "row 1 column 'x2' is inf, expected a finite number"),
        ([[1e308, -1e308]], "row 1: the prediction is inf, expected features of a size for which it is a number"),
    ],
)
def test_cells_that_are_no_numbers_are_refused(rows: Any, message: str) -> None:
    with pytest.raises(ValueError) as refusal:
        relupath.load(network()).predict(rows)
    assert str(refusal.value) == message


def test_probabilities_are_refused_where_there_are_none() -> None:
    with pytest.raises(ValueError, match="no probabilities"):
        relupath.load(network(labels=[-1, 1])).predict_proba([[1, 2]])


def _places(node: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Where there is a value in a json."""
    inner = node.items() if isinstance(node, dict) else enumerate(node[:2]) if isinstance(node, list) else ()
    return [at, *(place for key, value in inner for place in _places(value, (*at, key)))]


@pytest.mark.parametrize("name", ["mixed-gated", "kinds-classes", "columns-outputs"])
def test_a_wrong_type_anywhere_is_refused_or_means_the_same(name: str) -> None:
    text = (NETWORKS / f"{name}.json").read_text(encoding="utf-8")
    for place in _places(json.loads(text))[1:]:
        for wrong in (None, True, 5, 10**400, "x", [], {}, [None], [{}], {"a": []}):
            root = json.loads(text)
            node = root
            for key in place[:-1]:
                node = node[key]
            node[place[-1]] = wrong
            try:
                relupath.load(json.dumps(root))
            except ValueError as e:
                assert str(e).startswith("network: ") and "\n" not in str(e), (place, wrong)


def test_labels_are_of_one_type() -> None:
    with pytest.raises(ValueError, match="^network: labels holds a, expected finite numbers"):
        relupath.load(network(labels=[1, "a"]))
    with pytest.raises(ValueError, match="^network: labels is .*, expected 2 distinct labels"):
        relupath.load(network(labels=["a", "a"]))


def test_files_that_are_no_text_are_named(tmp_path: Path) -> None:
    np.savez(tmp_path / "own.npz", W1=np.arange(300.0))
    with pytest.raises(ValueError, match=r"own\.npz: no text, expected a network\.json"):
        relupath.load(tmp_path / "own.npz")
