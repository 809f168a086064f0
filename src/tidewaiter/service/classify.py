"""Classify descriptions of a table: concepts, parameters, candidate entries with status and what is missing."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterable, Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import msgspec

from tidewaiter.model import Declaration, GoodsLine, InputError, Problem
from tidewaiter.model.goods import Assessment, ConceptFound, Value
from tidewaiter.screen.facts import facts_of
from tidewaiter.screen.goods import GoodsResult
from tidewaiter.screen.licence import Candidate, assess_all
from tidewaiter.screen.pipeline import Screener

Row = dict[str, Any]
TEXT_LIMIT = 1 << 20


def text_lines(path: str) -> Iterator[str]:
    if path == "-":
        yield from io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8-sig", errors="replace", newline="")
        return
    try:
        with Path(path).open(encoding="utf-8-sig", errors="replace", newline="") as handle:
            yield from handle
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error


def read_rows(path: str, column: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield (row number from 1, row as text) of a CSV, TSV or JSON Lines file; the text is under `description`.

    Raises:
        InputError: the file cannot be read or has no such column.
    """
    lines = text_lines(path)
    first = next(lines, "")
    if first.lstrip().startswith("{"):
        yield from _json_rows(path, column, first, lines)
        return
    csv.field_size_limit(TEXT_LIMIT)
    delimiter = "\t" if first.count("\t") > first.count(",") else ";" if first.count(";") > first.count(",") else ","
    names = next(csv.reader([first.replace("\0", "")], delimiter=delimiter), [])
    names = [name.strip() for name in names]
    if column not in names:
        raise InputError(
            f"{path}: no column {column!r}",
            [
                Problem(
                    "format.column",
                    "the text column is missing",
                    "error",
                    path,
                    1,
                    column,
                    ", ".join(names),
                    column,
                    "use --column NAME",
                )
            ],
        )
    number = 0
    rows = csv.reader((line.replace("\0", "") for line in lines), delimiter=delimiter)
    while True:
        try:
            cells = next(rows)
        except StopIteration:
            return
        except csv.Error:
            number += 1
            yield number, {"description": ""}
            continue
        if not cells:
            continue
        number += 1
        row = dict(zip(names, cells, strict=False))
        row["description"] = row.get(column, "")
        yield number, row


def _json_rows(path: str, column: str, first: str, lines: Iterable[str]) -> Iterator[tuple[int, dict[str, str]]]:
    number = 0
    for line in (first, *lines):
        if not line.strip():
            continue
        number += 1
        try:
            value = msgspec.json.decode(line)
        except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
            raise InputError(f"{path}:{number}: not JSON: {error}") from error
        if not isinstance(value, dict):
            raise InputError(f"{path}:{number}: expected an object with {column!r}")
        row = {str(key): "" if item is None else str(item) for key, item in value.items()}
        row["description"] = row.get(column, "")
        yield number, row


def _decimal(text: str) -> Decimal | None:
    try:
        value = Decimal(text.replace(",", ".")) if text else None
    except InvalidOperation:
        return None
    return value if value is not None and value.is_finite() else None


def classify_rows(rows: Iterable[tuple[int, dict[str, str]]], screener: Screener) -> Iterator[Row]:
    """Yield one classified row for each row; see the interface for the fields."""
    for number, row in rows:
        hs = "".join(char for char in row.get("hs", "") if char.isdigit())
        line = GoodsLine(
            row["description"],
            hs,
            None,
            _decimal(row.get("mass_g", "")),
            _decimal(row.get("value", "")),
            row.get("currency", ""),
            row.get("origin", ""),
        )
        yield _row(number, row, line, screener)


def _row(number: int, row: dict[str, str], line: GoodsLine, screener: Screener) -> Row:
    result, defect = screener.read_line(line, 0)
    candidates: list[Row] = []
    if result.raised:
        facts = facts_of(Declaration("row", (line,)), line, result, screener.packs, screener.on)
        raised = [Candidate(r.entry, r.paragraph, r.concept, r.score, r.kind_open, r.rank) for r in result.raised]
        assessed, _ = assess_all(raised, facts, screener.on)
        candidates = [_candidate(a, screener) for a in sorted(assessed, key=_rank)]
    return {
        "row": number,
        "text": line.description,
        "concepts": [_concept(c) for c in result.concepts],
        "parameters": [_parameter(name, value) for name, value in sorted(result.parameters.items())],
        "candidates": candidates,
        "controlled": _controlled(result, candidates),
        "vague": 1.0 if defect is not None else 0.0,
        "hs": [
            {"code": code, "score": c.score / 1000}
            for c in result.kinds[:2]
            for code in screener.packs.concepts[c.concept].hs[:3]
        ][:5],
        "input": {k: v for k, v in row.items() if k != "description"},
    }


def _rank(row: Assessment) -> tuple[int, float, str]:
    return ({"met": 0, "open": 1, "excluded": 2}[row.status], -row.likelihood * row.score, row.ref)


def _concept(concept: ConceptFound) -> Row:
    return {
        "id": concept.concept,
        "title": concept.title,
        "role": concept.role,
        "score": concept.score / 1000,
        "spans": [list(span) for span in concept.spans],
        "because": concept.because,
    }


def _parameter(name: str, value: Value) -> Row:
    return {
        "name": name,
        "value": " or ".join(value.labels) or value.text,
        "text": value.text,
        "span": [value.start, value.end] if value.start is not None else None,
        "authority": value.authority,
    }


def _candidate(row: Assessment, screener: Screener) -> Row:
    entry = next((e for e in screener.packs.entries if e.list == row.list and e.id == row.entry), None)
    return {
        "list": row.list,
        "entry": f"{row.entry}.{row.paragraph}" if row.paragraph else row.entry,
        "status": row.status,
        "score": round(
            row.score / 1000 * (row.likelihood if row.status == "open" else 1.0 if row.status == "met" else 0.0), 4
        ),
        "concept": row.concept,
        "open_facts": list(row.open_facts),
        "released_if": list(row.released_if),
        "because": row.because,
        "as_of": entry.references[0].as_of.isoformat()
        if entry is not None and entry.references and entry.references[0].as_of
        else None,
        "encoding": "draft" if row.draft else entry.status if entry is not None else "",
    }


def _controlled(result: GoodsResult, candidates: list[Row]) -> float:
    """Return a number that grows with concern: the strongest candidate, or a little for what is only named."""
    best = max((c["score"] for c in candidates if c["status"] != "excluded"), default=0.0)
    named = max((c.score for c in result.concepts), default=0) / 1000
    return round(max(best, 0.05 * named), 4)
