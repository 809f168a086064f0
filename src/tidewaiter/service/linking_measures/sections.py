"""The parts of `tidewaiter link evaluate`: labelled sets, invented people, live against batch, speed beside a peer."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from tidewaiter.backends.link_engine import link_table
from tidewaiter.backends.party_table import table_of
from tidewaiter.link import PartyRecord
from tidewaiter.model import InputError
from tidewaiter.service.learning.data import data_folder
from tidewaiter.service.linking import link_file, linking_weights
from tidewaiter.service.linking_measures.agreement import Agreement, agreement
from tidewaiter.service.linking_measures.clean_people import REPORTED as CLEAN
from tidewaiter.service.linking_measures.clean_people import clean_people
from tidewaiter.service.linking_measures.hard_people import REPORTED as HARD
from tidewaiter.service.linking_measures.hard_people import hard_people
from tidewaiter.service.linking_measures.live import declared, live_labels
from tidewaiter.service.linking_measures.many_people import write_many
from tidewaiter.service.matching_measures.report import Figure, Section, Table

RESOLUTION = Path("entity-resolution-dev")
COLUMNS = ("set", "records", "true pairs", "precision", "recall", "F1", "records in a cluster exactly right")


def febrl(data: Path | None, records: int) -> Section:
    """Measure the two FEBRL sets (P. Christen, 2008), without labels."""
    folder = data_folder(data, RESOLUTION, "records of persons") / RESOLUTION
    section = Section("febrl", [Table("FEBRL, pairs within the clusters", COLUMNS)])
    for name, files in (
        ("FEBRL 3", ["febrl_dataset3.csv"]),
        ("FEBRL 4", ["febrl_dataset4a.csv", "febrl_dataset4b.csv"]),
    ):
        rows = [row for file in files for row in _rows(folder / file)]
        found = _linked([_person(row) for row in rows])
        result = agreement(found, [row["rec_id"].split("-")[1] for row in rows])
        _tell(section, name, result, 0.998)
    return section


def hard(data: Path | None, records: int) -> Section:
    """Measure invented records of persons of the past, of a setting that nothing was built on."""
    invented, truth = hard_people(replace(HARD, persons=max(100, records // 10)) if records else HARD)
    section = Section("hard", [Table("Hard invented people, pairs within the clusters", COLUMNS)])
    _tell(section, "hard invented people", agreement(_linked(invented), truth), 0.86)
    return section


def clean(data: Path | None, records: int) -> Section:
    """Measure invented people of many places with parcels' own slips."""
    invented, truth = clean_people(replace(CLEAN, persons=max(100, records // 2)) if records else CLEAN)
    section = Section("clean", [Table("Clean invented people, pairs within the clusters", COLUMNS)])
    result = agreement(_linked(invented), truth)
    _tell(section, "clean invented people", result, 0.94)
    section.figures.append(Figure("clean invented people: precision", result.precision, 0.96, rows=result.found))
    return section


def live(data: Path | None, records: int) -> Section:
    """Compare clusters of records that come one by one into a history with those of one batch, by the weights of the pack."""
    section = Section(
        "live", [Table("Live against batch", ("set", "records", "same cluster", "F1 of one against the other"))]
    )
    people = clean_people(replace(CLEAN, persons=max(100, (records or 4000) // 2)))[0]
    past = hard_people(replace(HARD, persons=max(100, (records or 4000) // 10)))[0]
    for name, invented in (("clean invented people", people), ("hard invented people", past)):
        weights = linking_weights()
        stated = declared(invented)
        linked = link_table(table_of(stated, weights.words), weights, learn=False)
        result = agreement(live_labels(stated, weights), linked.labels.tolist())
        section.tables[0].rows.append((name, result.records, result.whole, result.f1))
        section.figures.append(
            Figure(f"{name}: records with the same cluster", result.whole, 0.995, rows=result.records)
        )
    return section


def speed(data: Path | None, records: int) -> Section:
    """Link many ordinary invented records in a process of its own; time and memory, and the same by a peer if it is installed."""
    section = Section(
        "speed", [Table("Speed", ("engine", "records", "seconds", "peak MB", "precision", "recall", "F1"))]
    )
    count = records or 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "many.parquet"
        write_many(path, count)
        ours = _measured("ours", path)
        _row(section, "ours", count, ours)
        section.figures.append(
            Figure(f"seconds for {count:,} records", ours["seconds"], 20.0 if count >= 10**6 else None, True)
        )
        section.figures.append(Figure("peak memory, MB", ours["peak_mb"], 2000.0, True))
        try:
            peer = _measured("peer", path)
        except InputError as error:
            section.tables[0].rows.append((f"Splink: {error}", count, None, None, None, None, None))
        else:
            _row(section, "Splink", count, peer)
            section.figures.append(
                Figure("our time over Splink's, one run", ours["seconds"] / peer["seconds"], 1.0, True)
            )
    return section


def _row(section: Section, name: str, count: int, one: dict[str, float]) -> None:
    cells = (one["seconds"], one["peak_mb"], one["precision"], one["recall"], one["f1"])
    section.tables[0].rows.append((name, count, *cells))


def _measured(engine: str, path: Path) -> dict[str, Any]:
    code = "from tidewaiter.service.linking_measures.process import main; main()"
    ran = subprocess.run([sys.executable, "-c", code, engine, str(path)], capture_output=True, text=True, check=False)
    if ran.returncode:
        raise InputError(
            ran.stderr.strip().splitlines()[-1] if ran.stderr.strip() else f"{engine} ended with {ran.returncode}"
        )
    found = json.loads(ran.stdout.strip().splitlines()[-1])
    assert isinstance(found, dict)
    return found


def _linked(records: Sequence[PartyRecord]) -> list[int]:
    weights = linking_weights()
    return [int(label) for label in link_table(table_of(records, weights.words), weights).labels]


def _tell(section: Section, name: str, result: Agreement, asked: float) -> None:
    cells = (result.records, result.true, result.precision, result.recall, result.f1, result.whole)
    section.tables[0].rows.append((name, *cells))
    section.figures.append(Figure(f"{name}: F1", result.f1, asked, rows=result.true))


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as handle:
        return [{key.strip(): (value or "").strip() for key, value in row.items()} for row in csv.DictReader(handle)]


def _person(row: dict[str, str]) -> PartyRecord:
    address = " ".join(filter(None, (row["street_number"], row["address_1"], row["address_2"])))
    return PartyRecord(
        row["rec_id"],
        f"{row['given_name']} {row['surname']}".strip(),
        address=address,
        city=row["suburb"],
        postcode=row["postcode"],
        birth_date=row["date_of_birth"],
        id_number=row["soc_sec_id"],
    )


def truth_of(path: Path) -> list[object]:
    """Return the person of each record of a file that `write_many` wrote."""
    return list(pq.read_table(path)["person"].to_pylist())


def ours_on(path: Path) -> list[int]:
    """Return our label of each record of a file."""
    return [int(label) for label in link_file(path).linked.labels]


PARTS = {"febrl": febrl, "hard": hard, "clean": clean, "live": live, "speed": speed}
