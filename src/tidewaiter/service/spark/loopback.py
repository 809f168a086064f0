"""A standalone Spark cluster on the loopback interface of one machine, to try the way of many machines and to measure it."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path
from types import TracebackType
from typing import Self

from tidewaiter.model import InputError

HOST = "127.0.0.1"
PATIENCE = 90  # seconds for a process to answer; a busy machine starts Java slowly


class LoopbackCluster:
    """One master and some workers; use as a context manager, at its end all are stopped.

    Args:
        workers: how many workers; each gets one executor of an application.
        cores: cores of each.
        logs: folder for their output.
        memory: memory a worker may give to executors.
    """

    def __init__(self, workers: int, cores: int, logs: Path, memory: str = "2g") -> None:
        self.port = _free_port()
        self.url = f"spark://{HOST}:{self.port}"
        self._wanted, self._cores, self._memory, self._logs = workers, cores, memory, logs
        self._started: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> Self:
        """Start the master, then the workers.

        Raises:
            InputError: PySpark is not there, or a process does not come up.
        """
        try:
            self._start("master", "org.apache.spark.deploy.master.Master", "--port", str(self.port))
            self._wait(self.port, "master")
            for number in range(self._wanted):
                port = _free_port()
                given = ("--port", str(port), "-c", str(self._cores), "-m", self._memory)
                work = ("-d", str(self._logs / f"work-{number}"))
                self._start(f"worker-{number}", "org.apache.spark.deploy.worker.Worker", *given, *work, self.url)
                self._wait(port, f"worker-{number}")
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop all."""
        self.stop()

    def kill_worker(self, number: int) -> None:
        """Kill a worker with its executors at once, as a machine that loses its power would."""
        _kill(self._started[number + 1], signal.SIGKILL)

    def stop(self) -> None:
        """Stop the workers, then the master."""
        for process in reversed(self._started):
            _kill(process, signal.SIGTERM)
        self._started.clear()

    def _start(self, name: str, what: str, *arguments: str) -> None:
        found = find_spec("pyspark")
        if found is None or found.origin is None:
            raise InputError("PySpark is not installed")
        home = Path(found.origin).parent
        self._logs.mkdir(parents=True, exist_ok=True)
        paths = [str(Path(path).resolve()) for path in os.environ.get("PYTHONPATH", "").split(os.pathsep) if path]
        environment = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join(paths),  # an executor has a folder of its own to work in
            "SPARK_HOME": str(home),
            "SPARK_LOCAL_IP": HOST,
            "SPARK_DAEMON_MEMORY": "256m",
            "PYSPARK_PYTHON": sys.executable,
        }
        with (self._logs / f"{name}.log").open("wb") as log:
            command = [str(home / "bin" / "spark-class"), what, "--host", HOST, "--webui-port", "0", *arguments]
            # A session of its own makes a process group, so that a worker can be killed with its executors.
            process = subprocess.Popen(
                command, stdout=log, stderr=log, stdin=subprocess.DEVNULL, env=environment, start_new_session=True
            )
        self._started.append(process)

    def _wait(self, port: int, name: str) -> None:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            if self._started[-1].poll() is not None:
                break
            with contextlib.suppress(OSError), socket.create_connection((HOST, port), timeout=1):
                return
            time.sleep(0.2)
        raise InputError(f"the {name} of the cluster did not come up; see {self._logs / f'{name}.log'}")


def _kill(process: subprocess.Popen[bytes], how: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, how)
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(20)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind((HOST, 0))
        return int(found.getsockname()[1])
