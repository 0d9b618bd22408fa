"""The examples of the guide's page run, in their order."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

pytest.importorskip("sklearn")
pytest.importorskip("pyspark")
pytest.importorskip("matplotlib")

PAGE = Path(__file__).parents[2] / "docs" / "python.md"
NETWORK = """{ "format" : "relupath-network", "version" : 2, "activation" : "relu", "inputs" : [ "age", "sex" ], "preparation" : [
  { "column" : "age", "kind" : "number", "missing" : 30, "indicator" : false },
  { "column" : "sex", "kind" : "category", "levels" : [ "female", "male" ], "other" : false, "indicator" : false } ],
  "hidden" : [ [ 0.1, 1 ] ], "bias" : [ -4 ], "output" : [ 1 ], "outputBias" : -0.5, "labels" : [ "well", "ill" ] }"""


def test_the_examples_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "network.json").write_text(NETWORK)
    names: dict[str, object] = {}
    examples = re.findall(r"(?ms)^```python\n(.*?)^```$", PAGE.read_text(encoding="utf-8"))
    assert len(examples) == 5
    try:
        for example in examples:
            exec(compile(example, str(PAGE), "exec"), names)
    finally:
        if "spark" in names:
            names["spark"].stop()  # type: ignore[attr-defined]
    assert list(names["labels"]) == ["ill", "well"]  # type: ignore[call-overload]
    assert (tmp_path / "errors.png").stat().st_size > 0
    shutil.rmtree(tmp_path / "spark-warehouse", ignore_errors=True)
