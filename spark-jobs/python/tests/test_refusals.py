"""What is refused before Java starts, in a line that names it."""

from __future__ import annotations

import datetime
from typing import Any

import numpy as np
import pytest

pytest.importorskip("sklearn")
pytest.importorskip("pyspark")
pandas = pytest.importorskip("pandas")

import relupath
from relupath.engine import command, jvm
from relupath.sklearn import training
from scipy import sparse


@pytest.fixture(autouse=True)
def no_java(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    class Jvm:
        folder = tmp_path

    def started(*_: Any) -> None:
        raise AssertionError("a command ran")

    monkeypatch.setattr(jvm, "get", Jvm)
    monkeypatch.setattr(command, "run", started)


Y = np.arange(6.0)


def frame(name: str, cells: Any) -> Any:
    return pandas.DataFrame({"x": Y, name: cells})


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        (pandas.to_timedelta(Y, "s"), "timedelta64"),
        (pandas.period_range("2020-01", periods=6, freq="M"), "Period"),
        ([[1, 2]] * 6, "list"),
        ([np.arange(2)] * 6, "ndarray"),
        ([1 + 2j] * 6, "complex128"),
        ([b"a"] * 6, "bytes"),
        ([datetime.time(1)] * 6, "time"),
    ],
)
def test_cells_of_other_kinds(cells: Any, kind: str) -> None:
    with pytest.raises(ValueError, match=f"^X: row 1 column 'odd' is a {kind}, expected a number, a text"):
        relupath.ReluRegressor().fit(frame("odd", cells), Y)


@pytest.mark.parametrize("name", [" a", "a ", "", "a\t"])
def test_names_with_blanks_at_their_ends(name: str) -> None:
    with pytest.raises(ValueError, match="has blanks at its ends or no name"):
        relupath.ReluRegressor().fit(frame(name, Y), Y)


def test_dates_beside_categories_that_are_named() -> None:
    with pytest.raises(ValueError, match="^categorical: names columns beside the dates of 'when', expected auto"):
        relupath.ReluRegressor(categorical=["x"]).fit(frame("when", pandas.date_range("2020-01-01", periods=6)), Y)


def test_what_can_be_no_number_is_a_category_beside_those_named() -> None:
    columns = {"g": Y, "t": np.array(["a", None, "b"], object), "n": np.array(["1", "2"], object), "b": Y > 2, "f": Y}
    rows = training.Rows(list(columns), list(columns.values()), [Y])
    assert training.categories(["g"], rows) == ["g", "t", "b"]


def test_options_that_commands_have_not() -> None:
    with pytest.raises(TypeError, match="^audit: no option 'gate', expected some of standardize, gates, .*random_state"):
        relupath.audit(None, Y[:, None], Y, gate=3)  # type: ignore[arg-type]
    for own, name in ((relupath.prune, "prune"), (relupath.optimal_set, "optimal_set")):
        with pytest.raises(TypeError, match=f"^{name}: no option 'input', expected some of"):
            own(relupath.ReluRegressor(), input="x")


def test_weights_of_classes_in_a_regression() -> None:
    with pytest.raises(ValueError, match="^class_weight: a regression has no classes"):
        relupath.ReluPath(class_weight="balanced").fit(Y[:, None], Y)


@pytest.mark.parametrize(
    ("columns", "settings", "y", "weights"),
    [
        (1_000_001, {}, Y, None),
        (1_000_000, {"missing": "mean"}, Y, None),
        (1_000_000, {"categorical": ["x1"]}, Y, None),
        (1_000_000, {}, Y, Y + 1),
        (1_000_000, {}, np.column_stack([Y, Y]), None),
    ],
)
def test_sparse_rows_whose_cells_are_too_many(columns: int, settings: dict[str, Any], y: Any, weights: Any) -> None:
    x = sparse.csr_array((np.ones(6), (np.arange(6), np.arange(6))), shape=(6, columns))
    x = sparse.vstack([x] * 6, format="csr")
    with pytest.raises(ValueError, match=f"^X: has {36 * columns} cells, .*expected at most 33554432$"):
        relupath.ReluRegressor(**settings).fit(x, np.concatenate([y] * 6), None if weights is None else np.tile(weights, 6))


def test_audits_without_alpha() -> None:
    with pytest.raises(ValueError, match="^audit: alpha and lambda_ratio are missing"):
        relupath.audit("own.npz", Y[:, None], Y)


def test_messages_have_the_names_of_python() -> None:
    from relupath.sklearn.base import ARGUMENTS

    assert command.said("relupath: --lambda: 'a'", {}, ARGUMENTS) == "alpha: 'a'"
    assert command.said("x\nrelupath: --input /r/rows.csv: row 1", {"/r/rows.csv": "X"}, {}) == "X: row 1"
    assert command.said("--max-iterations and --unknown", {}, ARGUMENTS) == "max_iter and --unknown"
    assert command.said("--run /r: a", {"/r": "the estimator"}, {}) == "the estimator: a"
