"""Sessions that know the classes of the application."""

from __future__ import annotations

import os

from pyspark.sql import SparkSession

from relupath.engine.jvm import environment
from relupath.reference import JAR


def jar() -> str:
    """The path of the application's jar, for ``spark.jars`` or ``--jars``."""
    return str(JAR)


def builder() -> SparkSession.Builder:
    """A builder of a session with the application's jar, for the driver and for executors.

    It sets RELUPATH_BLAS, of the BLAS of the wheel, and OPENBLAS_NUM_THREADS, 1, where they have no value, and puts the
    folder of the BLAS before LD_LIBRARY_PATH: for the JVM that it starts, and they stay so.
    """
    own = environment()
    if "LD_LIBRARY_PATH" in own:
        os.environ["LD_LIBRARY_PATH"] = own["LD_LIBRARY_PATH"]
    for name in ("RELUPATH_BLAS", "OPENBLAS_NUM_THREADS"):
        if name in own:
            os.environ.setdefault(name, own[name])
    return SparkSession.builder.config("spark.jars", jar())
