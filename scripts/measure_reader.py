"""Measure the CSV reader: rows a second and peak memory over a generated file of the given megabytes (default 200)."""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from pathlib import Path

from tidewaiter.formats import open_declarations
from tidewaiter.service.generate import generate

megabytes = int(sys.argv[1]) if len(sys.argv) > 1 else 200
with tempfile.TemporaryDirectory() as folder:
    path = Path(folder) / "big.csv"
    size, number = 0, 0
    with path.open("w", encoding="utf-8") as handle:
        handle.write(
            "id,consignor_name,consignor_country,consignee_name,consignee_country,description,quantity,net_mass_g,value,currency\n"
        )
        sample = [(d, line) for d in generate(5000) for line in d.lines]
        while size < megabytes * 1_000_000:
            for declaration, line in sample:
                number += 1
                row = f"B{number},{declaration.consignor.name},{declaration.consignor.country},{declaration.consignee.name},{declaration.consignee.country},{line.description},{line.quantity},{line.net_mass_g},{line.value},EUR\n"
                size += len(row.encode())
                handle.write(row)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    started = time.perf_counter()
    count = sum(1 for _ in open_declarations(path))
    seconds = time.perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{count:,} rows of {size / 1e6:.0f} MB in {seconds:.1f} s: {count / seconds:,.0f} rows/s; peak {after:.0f} MB (before reading {before:.0f} MB)"
    )
