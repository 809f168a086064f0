"""One engine on one file in a process of its own, so that time and peak memory are its alone."""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path

from tidewaiter.service.linking_measures.agreement import agreement


def main() -> None:
    """Print seconds, peak memory and agreement as one JSON line. Arguments: `ours` or `peer`, and the file."""
    engine, path = sys.argv[1], Path(sys.argv[2])
    from tidewaiter.service.linking_measures.sections import ours_on, truth_of

    started = time.perf_counter()
    if engine == "ours":
        found: list[int] = ours_on(path)
    else:
        from tidewaiter.service.linking_measures.peer import peer_on

        found = peer_on(path)
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    result = agreement(found, truth_of(path))
    print(  # noqa: T201
        json.dumps(
            {
                "seconds": seconds,
                "peak_mb": peak,
                "precision": result.precision,
                "recall": result.recall,
                "f1": result.f1,
            }
        )
    )
