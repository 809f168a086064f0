"""Start a Spark cluster of one master and two workers on this machine, print its address, and stop it at Ctrl-C or the end of a command.

python scripts/spark_cluster.py                       # until Ctrl-C
python scripts/spark_cluster.py -- COMMAND ARGUMENT…   # SPARK_MASTER is set for the command
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import tempfile
from pathlib import Path

from tidewaiter.service.spark.loopback import LoopbackCluster


def main() -> int:
    """Run until told to stop, or as long as the command runs, and return its exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--cores", type=int, default=1, help="cores of each worker")
    parser.add_argument("--memory", default="2g", help="memory of each worker")
    parser.add_argument("command", nargs="*", help="run this, then stop the cluster")
    given = parser.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="tidewaiter-spark-") as logs,
        LoopbackCluster(given.workers, given.cores, Path(logs), given.memory) as cluster,
    ):
        if given.command:
            return subprocess.run(
                given.command, env={**os.environ, "SPARK_MASTER": cluster.url}, check=False
            ).returncode
        print(f"SPARK_MASTER={cluster.url}", flush=True)
        signal.sigwait({signal.SIGINT, signal.SIGTERM})
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
