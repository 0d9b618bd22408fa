"""Where tests run: without windows, and with a Spark of their own."""

from __future__ import annotations

import os

os.environ.setdefault("MPLBACKEND", "Agg")
os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
