"""The process an executor forks its Python workers from: it compiles the screener first, so that workers share its memory.

Spark starts it in place of `pyspark.daemon` (`spark.python.daemon.module`). Without it each worker would compile a screener of
its own; the answers are the same.
"""

from __future__ import annotations

import contextlib
import gc
import os
import sys
from importlib import import_module

import msgspec

VARIABLE = "TIDEWAITER_SPARK_SETTINGS"
_ONE_THREAD = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")


def main() -> None:
    """Compile the screener the environment names, then serve Spark as its own daemon does."""
    for name in _ONE_THREAD:  # a fork must find no other thread, and each task has one core
        os.environ[name] = "1"
    text = os.environ.get(VARIABLE, "")
    if text:
        _prepare(text)
    import_module("pyspark.daemon").manager()


def _prepare(text: str) -> None:
    """Compile; what fails here fails again in the worker, which tells the driver why."""
    from tidewaiter.service.spark.job import Settings, screener_of

    # The daemon's standard output speaks to Spark, so nothing else may write to it.
    with contextlib.suppress(Exception), contextlib.redirect_stdout(sys.stderr):
        screener_of(msgspec.json.decode(text, type=Settings))
    gc.collect()
    gc.freeze()  # collections in the workers leave what is shared untouched, so that its pages stay shared


def environment_of(settings: object) -> str:
    """Return settings as text for `VARIABLE`."""
    return msgspec.json.encode(settings).decode()


__all__ = ["VARIABLE", "environment_of", "main"]

if __name__ == "__main__":
    main()
