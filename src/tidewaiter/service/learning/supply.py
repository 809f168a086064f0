"""Supply names written for the packs: how supply systems name things, with the class and whether such things are controlled.

Written from general knowledge of supply classes (`packs/nomenclature/supply/*.tsv`: `fsc`, `control`, `names`), apart from
any labelled data; they teach the concern model words that a small labelled set never shows.
"""

from __future__ import annotations

from pathlib import Path

from tidewaiter.service.locations import packs_folder

CONTROLLED = {"usml": True, "ccl": True, "none": False}


def authored_supply_names(folder: Path | None = None) -> list[tuple[str, str, bool]]:
    """Return (name, supply class, controlled) of every supply name in the packs."""
    found: list[tuple[str, str, bool]] = []
    for path in sorted((folder or packs_folder()).glob("nomenclature/supply/*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines()[1:]:
            cells = line.split("\t")
            if len(cells) == 3 and cells[1] in CONTROLLED:
                found.extend(
                    (name.strip(), cells[0], CONTROLLED[cells[1]]) for name in cells[2].split(" | ") if name.strip()
                )
    return found
