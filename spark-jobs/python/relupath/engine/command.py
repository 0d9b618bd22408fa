"""Commands of the application, run in the JVM of this process."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

from sklearn.exceptions import ConvergenceWarning

from relupath.engine import jvm

#: Exit statuses, as the guide has them.
_FAILED, _REFUSED, _NOT_CONVERGED = 1, 2, 3


class NotConverged(ConvergenceWarning):
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


def run(
    command: str,
    output: Path,
    options: dict[str, Any],
    reads: dict[str, str] | None = None,
    arguments: dict[str, str] | None = None,
) -> str | None:
    """Runs a command.

    Args:
        output: the folder that it leaves.
        options: of the command, by their keys.
        reads: what messages call files instead of their paths.
        arguments: what messages call options.

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
        raise jvm.EngineError(f"{command}: {own.failure(e)}") from e
    message = said(err.toString("UTF-8"), reads or {}, arguments or {})
    if status == _REFUSED:
        raise Refusal(message)
    if status == _FAILED:
        raise jvm.EngineError(message)
    return message if status == _NOT_CONVERGED else None


def said(text: str, reads: dict[str, str], arguments: dict[str, str]) -> str:
    """The message of a command, its last line: with the names of files and options that the caller knows."""
    lines = text.strip().splitlines()
    message = lines[-1].removeprefix("relupath: ") if lines else ""
    for path, name in reads.items():
        message = re.sub("(--[a-z-]+ )?" + re.escape(path), lambda found: name, message)
    return re.sub("--([a-z][a-z-]*)", lambda found: arguments.get(found[1], found[0]), message)
