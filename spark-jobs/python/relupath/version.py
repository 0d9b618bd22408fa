"""The version: that of the wheel; of sources that were not built, a development version."""

from __future__ import annotations

from importlib import metadata

try:
    __version__: str = metadata.version("relupath")
except metadata.PackageNotFoundError:
    __version__ = "0.dev0"
