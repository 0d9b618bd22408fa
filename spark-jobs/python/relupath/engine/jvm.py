"""A JVM with a local Spark session: one a process, started when it is first asked for, ended with the process."""

from __future__ import annotations

import atexit
import contextlib
import importlib.util
import locale
import os
import platform
import shutil
import subprocess
import tempfile
import threading
from pathlib import Path
from typing import Any

from relupath.engine import jdk
from relupath.reference import JAR

_PACKAGE = Path(__file__).parent.parent

#: Packages of java.base that Spark reaches into.
_OPENS = (
    "java.lang java.lang.invoke java.lang.reflect java.io java.net java.nio java.util java.util.concurrent"
    " java.util.concurrent.atomic jdk.internal.ref sun.nio.ch sun.nio.cs sun.security.action sun.util.calendar"
).split()

#: One user, small tables, no web page; SPARK_MASTER and more memory come by RELUPATH_JAVA_OPTIONS.
_SPARK = {
    "spark.master": "local[*,4]",
    "spark.app.name": "relupath",
    "spark.ui.enabled": "false",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.sql.shuffle.partitions": "8",
    "spark.driver.maxResultSize": "0",
    "spark.sql.catalogImplementation": "in-memory",
}


class EngineError(RuntimeError):
    """The application failed, or its JVM did."""


def native_blas() -> Path | None:
    """The OpenBLAS that the wheel carries, where this machine can load it."""
    library = _PACKAGE / "native" / "libopenblas.so.0"
    fits = platform.system() == "Linux" and platform.machine() in ("x86_64", "AMD64")
    return library if fits and library.is_file() else None


def environment() -> dict[str, str]:
    """The environment of a JVM of ours: its BLAS, one thread a solve, and texts as UTF-8."""
    own = dict(os.environ)
    blas = native_blas()
    own.setdefault("RELUPATH_BLAS", str(blas) if blas else "java")
    if blas and own["RELUPATH_BLAS"] == str(blas):
        folders = [str(blas.parent), *own.get("LD_LIBRARY_PATH", "").split(":")]
        own["LD_LIBRARY_PATH"] = ":".join(dict.fromkeys(filter(None, folders)))
    own["OPENBLAS_NUM_THREADS"] = "1"
    if locale.getpreferredencoding(False).upper().replace("-", "") != "UTF8":
        own["LC_ALL"] = "C.UTF-8"
    return own


def _spark_jars() -> Path:
    pyspark = importlib.util.find_spec("pyspark")
    folder = Path(pyspark.origin).parent / "jars" if pyspark and pyspark.origin else None
    if folder is None or not folder.is_dir():
        raise EngineError("no Spark: expected the package pyspark, as of pip install 'relupath[sklearn]'")
    if not JAR.is_file():
        raise EngineError(f"{JAR} is not there, expected relupath from its wheel")
    return folder


class Jvm:
    """A running JVM: ``view`` is py4j's, ``folder`` is for files that go with it, ``log`` what it says."""

    def __init__(self) -> None:
        jars, java = _spark_jars(), jdk.find()
        self.pid = os.getpid()
        self._gateway: Any = None
        self.folder = Path(tempfile.mkdtemp(prefix="relupath-"))
        self.log = self.folder / "log"
        options = [f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in _OPENS]
        options += [f"-D{key}={value}" for key, value in _SPARK.items()]
        options += ["-Djava.awt.headless=true", "-Djdk.reflect.useDirectMethodHandle=false", "-XX:+UseParallelGC"]
        options += [f"-Dspark.local.dir={self.folder}", f"-Dspark.sql.warehouse.dir={self.folder / 'warehouse'}"]
        command = [java, jdk.MODULES, *options, *os.environ.get("RELUPATH_JAVA_OPTIONS", "").split()]
        command += ["-cp", os.pathsep.join([str(JAR), str(jars / "*")])]
        command += ["py4j.GatewayServer", "--enable-auth", "--die-on-broken-pipe", "0"]
        with open(self.log, "wb") as log:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                cwd=self.folder,
                env={**environment(), "RELUPATH_LOG": str(self.log)},
                # Ctrl-C is Python's: what it is to end is ended by close.
                start_new_session=True,
            )
        try:
            self._connect()
        except Exception as e:
            failure = self.failure(e)
            self.close()
            raise EngineError(f"Java or Spark do not start: {failure}") from e
        except BaseException:
            # Ctrl-C while it starts.
            self.close()
            raise

    def _connect(self) -> None:
        from py4j.java_gateway import GatewayParameters, JavaGateway

        assert self._process.stdout is not None
        port, token = (self._process.stdout.readline().decode().strip() for _ in range(2))
        # Whatever else the JVM prints there nobody reads.
        self._process.stdout.close()
        if not port.isdigit():
            raise EngineError(port or "the JVM said nothing")
        parameters = GatewayParameters(port=int(port), auth_token=token, auto_convert=True)
        self._gateway = JavaGateway(gateway_parameters=parameters)
        self.view: Any = self._gateway.jvm
        # A process that is killed cannot remove the folder: the JVM does, which ends with its standard input.
        self.view.org.apache.spark.util.ShutdownHookManager.registerShutdownDeleteDir(self.view.java.io.File(str(self.folder)))
        self.view.org.apache.spark.sql.SparkSession.builder().getOrCreate().sparkContext().setLogLevel("WARN")

    def strings(self, values: list[str]) -> Any:
        """An array of Java strings."""
        array = self._gateway.new_array(self.view.java.lang.String, len(values))
        for i, value in enumerate(values):
            array[i] = value
        return array

    def alive(self) -> bool:
        """Whether it runs, and is this process's: a forked one has to start its own."""
        return self.pid == os.getpid() and self._process.poll() is None

    def failure(self, error: Exception) -> str:
        """Why a call failed, in one line: how the JVM ended, if it did, and its last error, or the first that it said."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(1)
        status = self._process.poll()
        lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines() if self.log.exists() else []
        told = [line.strip() for line in lines if line.strip() and "WARN" not in line]
        errors = [line for line in told if " ERROR " in line]
        first = [line for line in told if status is not None and "log4j" not in line]
        own = (errors[-1:] or first[:1] or str(error).splitlines()[:1] or [type(error).__name__])[0]
        return own if status is None else f"the JVM ended with status {status}: {own}"

    def close(self) -> None:
        """Ends it, and removes its folder; of another process's nothing is touched."""
        if self.pid != os.getpid():
            return
        if self._gateway is not None:
            # Objects of Java that are collected later have nobody to tell.
            with contextlib.suppress(Exception):
                self._gateway.shutdown()
            self._gateway._gateway_client.is_connected = False
        self._process.kill()
        self._process.wait()
        if self._process.stdin is not None:
            self._process.stdin.close()
        shutil.rmtree(self.folder, ignore_errors=True)


_lock = threading.Lock()
_jvm: Jvm | None = None


def get() -> Jvm:
    """The JVM of this process.

    Raises:
        relupath.engine.jdk.NoJavaError: if there is no Java for it.
        EngineError: if Java or Spark do not start.
    """
    global _jvm
    with _lock:
        if _jvm is None or not _jvm.alive():
            if _jvm is not None:
                _jvm.close()
            _jvm = Jvm()
        return _jvm


def close() -> None:
    """Ends the JVM of this process; the next fit starts another."""
    global _jvm
    with _lock:
        if _jvm is not None:
            _jvm.close()
        _jvm = None


def _forked() -> None:
    global _lock
    _lock = threading.Lock()


atexit.register(close)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forked)
