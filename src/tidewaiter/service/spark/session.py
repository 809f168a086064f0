"""A Spark session, with errors that say what to install."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module, metadata
from pathlib import Path
from typing import Any

from tidewaiter.model import InputError
from tidewaiter.service.spark.daemon import VARIABLE, environment_of

INSTALL = "install it with: pip install 'tidewaiter[spark]'"


def why_no_spark() -> str:
    """Return what is missing to run Spark here, with the way to get it; empty if nothing is."""
    try:
        version = metadata.version("pyspark")
    except metadata.PackageNotFoundError:
        return f"the Spark engine needs PySpark 4; {INSTALL}"
    if int(version.split(".")[0]) < 4:
        return f"the Spark engine needs PySpark 4, this is {version}; {INSTALL}"
    pandas = metadata.version("pandas") if _has("pandas") else ""
    if not pandas or int(pandas.split(".")[0]) >= 3:
        return f"PySpark needs pandas below 3, this is {pandas or 'none'}; {INSTALL}"
    if not _has("sqlglot"):
        return f"the Spark engine needs sqlglot; {INSTALL}"
    home = os.environ.get("JAVA_HOME")
    if not (home and (Path(home) / "bin" / "java").exists()) and shutil.which("java") is None:
        return "Spark needs Java 17; install it (Debian: apt-get install openjdk-17-jre-headless) or set JAVA_HOME"
    return ""


def _has(name: str) -> bool:
    try:
        metadata.version(name)
    except metadata.PackageNotFoundError:
        return False
    return True


@contextmanager
def open_session(master: str = "", prepare: object = None, **settings: str) -> Iterator[Any]:
    """Open a Spark session and close it at the end.

    Args:
        master: where to run, such as `local[2]` or `spark://host:7077`; empty for what `SPARK_MASTER`, or Spark's own
            defaults, say, and every core of this machine otherwise.
        prepare: settings of the screener that executors compile before they fork their workers; None for none.
        settings: settings of Spark, dots written as two underscores; `spark-defaults.conf` holds all others.

    Raises:
        InputError: PySpark or Java is missing, or no session can be had there.
    """
    missing = why_no_spark()
    if missing:
        raise InputError(missing)
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    os.environ.setdefault("PYSPARK_DRIVER_PYTHON", sys.executable)
    builder = import_module("pyspark.sql").SparkSession.builder.appName("tidewaiter")
    place = master or os.environ.get("SPARK_MASTER", "")
    if place:
        builder = builder.master(place)
    if not place or place.startswith(("local", "spark://127.", "spark://localhost")):
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    builder = builder.config("spark.ui.showConsoleProgress", "false")
    if prepare is not None:
        text = environment_of(prepare)
        builder = builder.config(f"spark.executorEnv.{VARIABLE}", text)
        builder = builder.config("spark.python.daemon.module", "tidewaiter.service.spark.daemon")
    for name, value in settings.items():
        builder = builder.config(name.replace("__", "."), value)
    try:
        session = builder.getOrCreate()
    except Exception as error:  # Py4J and PySpark raise their own kinds, and Java's reasons are in their text
        first = (str(error).strip().splitlines() or [type(error).__name__])[0]
        raise InputError(f"no Spark session at {place or 'the default master'}: {first}") from error
    session.sparkContext.setLogLevel(os.environ.get("TIDEWAITER_SPARK_LOG", "ERROR"))
    try:
        yield session
    finally:
        session.stop()
