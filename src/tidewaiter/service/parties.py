"""Compare and match names given in tables."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tidewaiter.model import Contribution, InputError, Party, Problem
from tidewaiter.screen.party import REVIEW_THRESHOLD, compare
from tidewaiter.service.party_index import Say, open_party_index, quietly
from tidewaiter.service.text_tables import text_lines

Row = dict[str, Any]


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


def _contribution(item: Contribution) -> Row:
    return {
        "code": item.code,
        "points": item.points / 1000,
        "left": item.left,
        "right": item.right,
        "sentence": item.sentence,
    }


def compare_rows(path: str) -> Iterator[Row]:
    """Yield one comparison for each pair; see the interface for the fields."""
    for number, row in table(path, ("name1", "name2")):
        declared = Party(row.get("name1", ""), country=row.get("country1", ""), birth_date=row.get("birth_date1", ""))
        found = compare(
            declared,
            row.get("name2", ""),
            row.get("schema", ""),
            birth_date=row.get("birth_date2", ""),
            country=row.get("country2", ""),
        )
        yield {
            "row": number,
            "score": found.score / 1000,
            "evidence": found.evidence / 1000,
            "related": found.related,
            "contributions": [_contribution(c) for c in found.contributions],
            "input": row,
        }


def match_rows(path: str, lists_dir: Path, threshold: float | None = None, say: Say = quietly) -> Iterator[Row]:
    """Yield the hits of each name; see the interface for the fields. `say` is told when an index is built."""
    index, _ = open_party_index(lists_dir, say=say)
    level = round(threshold * 1000) if threshold is not None else REVIEW_THRESHOLD
    for number, row in table(path, ("name",)):
        party = Party(
            row.get("name", ""),
            row.get("address", ""),
            country=row.get("country", ""),
            birth_date=row.get("birth_date", ""),
            id_number=row.get("id_number", ""),
        )
        hits = [
            {
                "list": m.listed.list,
                "list_id": m.listed.list_id,
                "name": m.name.text,
                "score": m.score / 1000,
                "evidence": m.evidence / 1000,
                "contributions": [_contribution(c) for c in m.contributions],
                "programmes": list(m.listed.programmes),
                "source_list": m.listed.source_list,
                "licence_requirement": m.listed.licence_requirement,
                "licence_policy": m.listed.licence_policy,
            }
            for m in index.match(party, threshold=level)
        ]
        yield {"row": number, "hits": hits, "input": row}
