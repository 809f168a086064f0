"""Read small tables a person keeps: CSV or TSV with named columns."""

from __future__ import annotations

import csv
from collections.abc import Iterator

from tidewaiter.model import InputError, Problem
from tidewaiter.service.text_tables import text_lines


def table(path: str, required: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield (row number from 1, row as text) of a CSV or TSV file.

    Raises:
        InputError: a required column is missing or the file cannot be read.
    """
    csv.field_size_limit(1 << 20)
    lines = (line.replace("\0", "") for line in text_lines(path))
    first = next(lines, "")
    delimiter = "\t" if "\t" in first and "," not in first else ";" if first.count(";") > first.count(",") else ","
    names = [name.strip() for name in next(csv.reader([first], delimiter=delimiter), [])]
    for name in required:
        if name not in names:
            raise InputError(
                f"{path}: no column {name!r}",
                [
                    Problem(
                        "format.column",
                        "a column is missing",
                        "error",
                        path,
                        1,
                        name,
                        ", ".join(names),
                        ", ".join(required),
                    )
                ],
            )
    rows = csv.reader(lines, delimiter=delimiter)
    number = 0
    while True:
        try:
            cells = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            raise InputError(f"{path}:{number + 2}: not readable as CSV: {error}") from error
        if cells:
            number += 1
            yield number, dict(zip(names, cells, strict=False))
