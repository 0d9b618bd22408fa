"""Pictures draw what a path has."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("matplotlib")

from relupath import plot

PATH = {
    "lambda": np.array([1.0, 0.1, 0.01]),
    "penalty": np.array([0.0, 0.2, 0.1]),
    "neurons": np.array([0.0, 2.0, 5.0]),
    "objective": np.array([3.0, 1.0, 0.5]),
    "lowerBound": np.array([3.0, 0.9, 0.4]),
    "trainMse": np.array([6.0, 1.0, 0.8]),
    "validMse": np.array([6.0, 1.5, 2.0]),
}


def test_norms_are_the_penalty_without_lambda() -> None:
    ax = plot.norms(PATH)
    np.testing.assert_allclose(ax.lines[0].get_ydata(), [0, 4, 20])
    assert ax.get_xscale() == "log" and ax.xaxis.get_inverted()


def test_objective_and_what_lies_below() -> None:
    ax = plot.objective(PATH)
    np.testing.assert_array_equal(ax.lines[0].get_ydata(), PATH["objective"])
    assert len(ax.collections) == 1


def test_errors_are_those_that_there_are() -> None:
    assert len(plot.errors(PATH).lines) == 2
    assert len(plot.errors({**PATH, "validMse": np.full(3, np.nan)}).lines) == 1
