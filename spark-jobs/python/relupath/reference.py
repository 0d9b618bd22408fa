"""The settings as ``conf/reference.conf`` has them, which the jar carries: the one place of their texts and defaults.

The defaults that estimators lay over them are those of ``conf/estimator-defaults.conf``.
"""

from __future__ import annotations

import zipfile
from functools import cache
from pathlib import Path
from typing import NamedTuple

#: The application.
JAR = Path(__file__).parent / "jars" / "relupath.jar"
_FOLDER = "org/relupath/"


class Key(NamedTuple):
    """A setting: what it means, and its default; None where it has none."""

    text: str
    default: str | None


@cache
def keys() -> dict[str, Key]:
    """All settings by their keys."""
    return _resource("reference.conf")


@cache
def estimator_defaults() -> dict[str, str | None]:
    """The defaults of the Spark ML estimators, by key."""
    own = _resource("estimator-defaults.conf")
    return {key: own.get(key, known).default for key, known in keys().items()}


def _resource(name: str) -> dict[str, Key]:
    with zipfile.ZipFile(JAR) as jar:
        return parsed(jar.read(_FOLDER + name).decode("utf-8"))


def parsed(text: str) -> dict[str, Key]:
    """The settings of a reference.conf: comments above ``key = value``, whose text follows the first colon."""
    found: dict[str, Key] = {}
    comment: list[str] = []
    for line in text.splitlines():
        if line.startswith("#"):
            comment.append(line.lstrip("#").strip())
        elif " = " in line:
            key, value = line.split(" = ", 1)
            own = value.strip().strip('"')
            found[key.strip()] = Key(" ".join(comment).split(":", 1)[-1].strip(), None if own == "null" else own)
            comment = []
        else:
            comment = []
    return found
