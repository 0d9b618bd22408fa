"""The JVM and its commands: what is asked of them, and what is left of them. Where it says fake, no Java is needed."""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
import time
import weakref
from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytest.importorskip("sklearn")
pytest.importorskip("pyspark")

from relupath.engine import command, jdk, jvm
from relupath.sklearn import training


class FakeJvm:
    """What a run needs of a JVM before it runs."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder


def fake_run(monkeypatch: pytest.MonkeyPatch, folder: Path) -> training.Run:
    monkeypatch.setattr(jvm, "get", lambda: FakeJvm(folder))
    monkeypatch.setattr(command, "run", lambda what, output, *rest: output.mkdir())
    return training.Run("fit", {})


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_fork_leaves_the_run_of_its_parent(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    run = fake_run(monkeypatch, tmp_path)
    child = os.fork()
    if child == 0:
        weakref.finalize._exitfunc()  # type: ignore[attr-defined]
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0
    assert run.exists()
    folder = run.folder
    del run
    gc.collect()
    assert not folder.exists()


def test_warnings_are_of_the_line_that_asked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import relupath
    from sklearn.exceptions import ConvergenceWarning

    def limited(what: str, output: Path, *rest: Any) -> str:
        (output / "best").mkdir(parents=True)
        network = (Path(__file__).parent / "networks" / "numbers-relu.json").read_text(encoding="utf-8")
        figures = '{"status": "iteration-limit", "lambda": 1, "lambdaMax": 1, "objective": 1'
        for folder in (output, output / "best"):
            (folder / "network.json").write_text(network, encoding="utf-8")
            (folder / "summary.json").write_text(figures + ', "relativeGap": 1, "gapToGlobal": 1}', encoding="utf-8")
        (output / "path.csv").write_text("lambda\n1\n")
        return "the iteration limit"

    monkeypatch.setattr(jvm, "get", lambda: FakeJvm(tmp_path))
    monkeypatch.setattr(command, "run", limited)
    x = np.arange(6.0)[:, None]
    for estimator in (relupath.ReluRegressor(), relupath.ReluClassifier(), relupath.ReluPath()):
        with pytest.warns(ConvergenceWarning, match="^the iteration limit$") as warned:
            estimator.fit(x, [0, 1] * 3)
        assert warned[0].filename == __file__


@pytest.mark.parametrize(
    ("value", "word"),
    [
        (np.int64(3), "3"),
        (np.float32(0.5), "0.5"),
        (np.float64(1e-9), "1e-09"),
        (np.bool_(True), "true"),
        (np.str_("scale"), "scale"),
        (Path("a") / "b", os.path.join("a", "b")),
        (False, "false"),
    ],
)
def test_numbers_of_numpy_are_numbers(value: Any, word: str) -> None:
    assert command.words({"some_key": value, "none": None}) == ["--some-key", word]


def test_an_interrupt_while_java_starts_leaves_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    java = tmp_path / "java"
    java.write_text("#!/bin/sh\nexec sleep 60\n")
    java.chmod(0o755)
    started: list[subprocess.Popen[bytes]] = []
    popen = subprocess.Popen

    def noted(*args: Any, **options: Any) -> subprocess.Popen[bytes]:
        started.append(popen(*args, **options))
        return started[-1]

    def interrupted(self: jvm.Jvm) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(jvm, "_spark_jars", lambda: tmp_path)
    monkeypatch.setattr(jdk, "find", lambda: str(java))
    monkeypatch.setattr(subprocess, "Popen", noted)
    monkeypatch.setattr(jvm.Jvm, "_connect", interrupted)
    monkeypatch.setattr(jvm.tempfile, "tempdir", str(tmp_path))
    with pytest.raises(KeyboardInterrupt):
        jvm.Jvm()
    assert started[0].poll() is not None and not list(tmp_path.glob("relupath-*"))


@pytest.mark.parametrize(
    ("script", "message"),
    [
        ("echo 'Unrecognized VM option x' >&2; echo 'Error: no VM' >&2; exit 3", "status 3: Unrecognized VM option x$"),
        ("echo 'hello'; exit 0", "the JVM ended with status 0: hello$"),
        ("echo '12:00 WARN a' >&2; echo '12:00 ERROR b: no memory' >&2; exit 1", "status 1: 12:00 ERROR b: no memory$"),
    ],
)
def test_why_java_does_not_start(script: str, message: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    java = tmp_path / "java"
    java.write_text(f"#!/bin/sh\n{script}\n")
    java.chmod(0o755)
    monkeypatch.setattr(jvm, "_spark_jars", lambda: tmp_path)
    monkeypatch.setattr(jdk, "find", lambda: str(java))
    with pytest.raises(jvm.EngineError, match=message):
        jvm.Jvm()


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no signals")
def test_a_killed_process_leaves_no_rows() -> None:
    code = """
import sys
from relupath.engine import jvm
own = jvm.get()
(own.folder / "fit-1").mkdir()
(own.folder / "fit-1" / "rows.csv").write_text("a")
print(own.folder, flush=True)
sys.stdin.read()
"""
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        folder = Path(process.stdout.readline().strip())
        assert (folder / "fit-1" / "rows.csv").is_file()
        process.send_signal(signal.SIGTERM)
        process.wait()
    until = time.monotonic() + 60
    while folder.exists() and time.monotonic() < until:
        time.sleep(0.2)
    assert not folder.exists()
