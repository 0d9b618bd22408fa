"""What type checkers know of the estimators: arguments and Params by name, what getters give, and what setters return."""

from __future__ import annotations

from pathlib import Path

import pytest

api = pytest.importorskip("mypy.api")
pytest.importorskip("sklearn")
pytest.importorskip("pyspark")

CODE = """\
import relupath.sklearn
from relupath.spark import ConvexReluClassifier, ConvexReluRegressor

own = ConvexReluRegressor(gates=3, standardize=False, weightCol=None)
reveal_type(own.gates)  # int]"
reveal_type(own.getGates())  # int"
reveal_type(own.setStandardize(True).setGates(3))  # ConvexReluRegressor"
ConvexReluRegressor(gates="3")  # "gates" to "ConvexReluRegressor" has incompatible type "str"
ConvexReluRegressor(classWeights="none")  # Unexpected keyword argument "classWeights" for "ConvexReluRegressor"
own.setParams(tol="3")  # "tol" to "setParams" of "ConvexReluRegressor" has incompatible type "str"
own.setSeed("3")  # Argument 1 has incompatible type "str"; expected "int"
reveal_type(ConvexReluClassifier(classWeights="none").setClassWeights("balanced"))  # ConvexReluClassifier"
relupath.sklearn.ReluRegressor(0.1, gates=3, categorical=["a"])
relupath.sklearn.ReluPath(lambdas="3")  # "lambdas" to "ReluPath" has incompatible type "str"
"""


def test_type_checkers_know_arguments_and_params(tmp_path: Path) -> None:
    own = tmp_path / "own.py"
    own.write_text(CODE)
    options = ["--python-version", "3.10", "--no-error-summary", "--cache-dir", str(tmp_path / "cache")]
    said, problem, _ = api.run([*options, str(own)])
    assert problem == ""
    expected = {number: line.split("  # ")[1] for number, line in enumerate(CODE.splitlines(), 1) if "  # " in line}
    found: dict[int, str] = {}
    for line in said.splitlines():
        found.setdefault(int(line.removeprefix(f"{own}:").split(":")[0]), line)
    assert found.keys() == expected.keys(), said
    for number, text in expected.items():
        assert text in found[number]
