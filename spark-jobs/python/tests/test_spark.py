"""Estimators of Spark ML, each way of Spark in a process of its own: a process has one kind of session."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("pyspark")


@pytest.mark.parametrize("mode", ["classic", "connect"])
def test_estimators_of_spark(mode: str, tmp_path: Path) -> None:
    if mode == "connect":
        pytest.importorskip("grpc")
    case = Path(__file__).parent / "spark_case.py"
    # A session that nobody stopped keeps its process: what takes longer has failed.
    with open(tmp_path / "log", "w+b") as log:
        run = subprocess.run(
            [sys.executable, str(case), mode, str(tmp_path)],
            stdout=log,
            stderr=log,
            timeout=600,
            check=False,
            cwd=tmp_path,
            env={**os.environ, "SPARK_LOCAL_IP": "127.0.0.1"},
        )
        log.seek(0)
        said = log.read().decode(errors="replace")
    assert run.returncode == 0 and "\ndone" in said, said[-6000:]
