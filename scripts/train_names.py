"""Count how frequent listed names are and fit the weights of the name measures; `make models` calls it.

Usage: python scripts/train_names.py VERSION [DATA]
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import tidewaiter.screen.party as party
from tidewaiter.service.learning.name_fitting import train
from tidewaiter.service.learning.name_measures import table
from tidewaiter.service.matching_measures import Measured, open_data
from tidewaiter.text.names import normalise_name

HERE = Path(party.__file__).parent
LEAST = 3


def frequencies(data: Measured) -> None:
    """Count in how many of 50,000 listed names each key occurs, and write those that are not rare."""
    counts: dict[str, int] = {}
    names = {name.text: listed.schema for listed in (*data.sdn, *data.un) for name in listed.names}
    for text, schema in names.items():
        for key in set(normalise_name(text, schema).keys):
            counts[key] = counts.get(key, 0) + 1
    rows = sorted((key, count) for key, count in counts.items() if count >= LEAST and len(key) > 1)
    with (HERE / "name_frequencies.tsv").open("w", encoding="utf-8", newline="") as stream:
        stream.write(
            "# How many of 50,000 listed names (OFAC SDN, UN) hold a word, by its comparison key. Written by make models.\n"
        )
        writer = csv.writer(stream, delimiter="\t", lineterminator="\n")
        writer.writerows((key, max(1, round(count * 50_000 / len(names)))) for key, count in rows)


def main() -> None:
    """Write both files and print the figures of the labelled pairs, cross-validated by group."""
    version = sys.argv[1]
    given = Path(sys.argv[2]) if len(sys.argv) > 2 else None
    data = open_data(given, lambda text: print(text, file=sys.stderr))
    frequencies(data)
    found = train(data, HERE / "name_weights.json", version)
    print(table(found))


if __name__ == "__main__":
    main()
