"""Finds a Java to run the application with."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

OLDEST = 17

#: What Spark and the native BLAS ask for; a runtime made with jlink may lack it.
MODULES = "--add-modules=java.se,jdk.unsupported,jdk.incubator.vector"

#: Where installers put JDKs.
_PLACES = (
    "/usr/lib/jvm/*",
    "/usr/java/*",
    "/opt/java/*",
    "/opt/jdk*",
    "/opt/homebrew/opt/openjdk*",
    "/Library/Java/JavaVirtualMachines/*/Contents/Home",
    "~/.sdkman/candidates/java/*",
    "~/.jdks/*",
    "~/.jabba/jdk/*",
    "C:/Program Files/Java/*",
    "C:/Program Files/Eclipse Adoptium/*",
    "C:/Program Files/Microsoft/jdk*",
)


class NoJavaError(RuntimeError):
    """No Java can run the application."""


def _candidates() -> Iterator[str]:
    home = os.environ.get("JAVA_HOME")
    if home:
        yield str(Path(home) / "bin" / "java")
    on_path = shutil.which("java")
    if on_path:
        yield on_path
    for pattern in _PLACES:
        place = Path(pattern).expanduser()
        for found in sorted(Path(place.anchor).glob(str(place.relative_to(place.anchor))), reverse=True):
            yield str(found / "bin" / "java")


def _said(java: str) -> str:
    """What it says of itself, with the modules that are needed; empty where it does not start."""
    try:
        said = subprocess.run([java, MODULES, "-version"], capture_output=True, text=True, timeout=60, check=False)
    except (OSError, subprocess.SubprocessError):
        return ""
    return said.stderr + said.stdout if said.returncode == 0 else ""


@cache
def find() -> str:
    """The path of a java of version 17 or newer: JAVA_HOME's, that on the PATH, or one where installers put them.

    Raises:
        NoJavaError: in one line, with what was found instead.
    """
    seen = []
    for java in dict.fromkeys(_candidates()):
        if shutil.which(java) is None:
            continue
        version = re.search(r'version "(\d+)(?:\.(\d+))?', _said(java))
        if version is None:
            seen.append(f"{java} does not start with what Spark needs of a JDK")
            continue
        major = int(version.group(2) or 0) if version.group(1) == "1" else int(version.group(1))
        if major >= OLDEST:
            return java
        seen.append(f"{java} is of version {major}")
    found = "; found: " + ", ".join(seen[:3]) if seen else ""
    raise NoJavaError(f"no JDK of version {OLDEST} or newer: install one, or name its folder in JAVA_HOME{found}")
