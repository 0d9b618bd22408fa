"""Commands of the application, run in the JVM of this process."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from relupath.engine import jvm

#: Exit statuses, as the guide has them.
_FAILED, _REFUSED, _NOT_CONVERGED = 1, 2, 3


class NotConverged(UserWarning):
    """A limit or rounding ended a solve before what was asked for was reached; results are kept."""


class Refusal(ValueError):
    """What was asked for is refused, in one line."""


def words(options: dict[str, Any]) -> list[str]:
    """Options of a command: of True, False, numbers and texts; None and what is not given is left out."""
    found = []
    for key, value in options.items():
        if value is None:
            continue
        if hasattr(value, "item"):
            # A number, truth value or text of numpy.
            value = value.item()
        if isinstance(value, os.PathLike):
            value = os.fspath(value)
        text = str(value).lower() if isinstance(value, bool) else value if isinstance(value, str) else repr(value)
        found += ["--" + key.replace("_", "-"), text]
    return found


def run(command: str, output: Path, options: dict[str, Any], reads: dict[str, str] | None = None) -> str | None:
    """Runs a command.

    Args:
        output: the folder that it leaves.
        options: of the command, by their keys.
        reads: what messages call files instead of their paths.

    Returns:
        None, or why the result falls short of what was asked for: it is kept.

    Raises:
        Refusal: with the one line of the command.
        EngineError: if it fails.
    """
    own = jvm.get()
    java = own.view.java
    out, err = java.io.ByteArrayOutputStream(), java.io.ByteArrayOutputStream()
    streams = [java.io.PrintStream(stream, True, "UTF-8") for stream in (out, err)]
    line = [command, *words(options), "--output", os.fspath(output)]
    try:
        status = own.view.org.relupath.spark.jobs.Main(*streams).run(own.strings(line)).code()
    except KeyboardInterrupt:
        # What runs there has no other end.
        jvm.close()
        raise
    except Exception as e:
        said = own.log.read_text(encoding="utf-8", errors="replace").strip().splitlines() if own.log.exists() else []
        raise jvm.EngineError(f"{command}: the JVM failed: {(said or [str(e)])[-1]}") from e
    message = _message(err.toString("UTF-8"), reads or {})
    if status == _REFUSED:
        raise Refusal(message)
    if status == _FAILED:
        raise jvm.EngineError(message)
    return message if status == _NOT_CONVERGED else None


def _message(text: str, reads: dict[str, str]) -> str:
    lines = text.strip().splitlines()
    message = lines[-1].removeprefix("relupath: ") if lines else ""
    for path, name in reads.items():
        message = message.replace(f"--input {path}", name).replace(f"--valid {path}", name).replace(path, name)
    return message
