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

    It sets environment variables of this process that have no value, for the JVM that starts: RELUPATH_BLAS,
    OPENBLAS_NUM_THREADS (1), and of Linux LD_LIBRARY_PATH. The JVM finds the BLAS of the wheel by the environment variable RELUPATH_BLAS, unless that is set.
    """
    own = environment()
    if "LD_LIBRARY_PATH" in own:
        os.environ["LD_LIBRARY_PATH"] = own["LD_LIBRARY_PATH"]
    for name in ("RELUPATH_BLAS", "OPENBLAS_NUM_THREADS"):
        if name in own:
            os.environ.setdefault(name, own[name])
    return SparkSession.builder.config("spark.jars", jar())
