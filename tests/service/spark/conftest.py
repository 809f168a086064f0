"""What the tests on Spark share: declarations in a file, and what the local engine writes for them."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.conftest import LEGAL_DATE, ROOT
from tidewaiter.cli.main import main
from tidewaiter.formats import to_object
from tidewaiter.formats.outcomes import JsonlWriter
from tidewaiter.service.generate import generate
from tidewaiter.service.output import WriterSink
from tidewaiter.service.screening import read_items, screen_items
from tidewaiter.service.spark.job import Settings, screener_of, settings_of
from tidewaiter.service.spark.session import why_no_spark

QUICK = {  # small data: starting up costs more than the work
    "spark__sql__shuffle__partitions": "1",
    "spark__ui__enabled": "false",
    "spark__default__parallelism": "2",
    "spark__driver__memory": "1g",
    "spark__driver__extraJavaOptions": "-XX:TieredStopAtLevel=1",
}


@pytest.fixture(scope="session", autouse=True)
def spark_is_here() -> None:
    missing = why_no_spark()
    if missing:
        pytest.skip(missing)


@dataclass(frozen=True)
class Engines:
    """Settings of a screener with a small list, and a way to screen here."""

    settings: Settings

    def local(self, source: Path, output: Path) -> list[bytes]:
        with JsonlWriter(output) as writer:
            screen_items(read_items([source]), screener_of(self.settings).screen_batch, [WriterSink(writer)])
        return output.read_bytes().splitlines()

    def spark(self, output: Path) -> list[bytes]:
        rows = [row for file in sorted(output.glob("part-*")) for row in pq.read_table(file).to_pylist()]
        places = [(row["part"], row["place"]) for row in rows]
        assert places == sorted(set(places)), "the order of the input is lost"
        return [row["screening"].encode() for row in rows]


@pytest.fixture(scope="session")
def engines(tmp_path_factory: pytest.TempPathFactory) -> Engines:
    lists = tmp_path_factory.mktemp("lists")
    source = ROOT / "examples" / "lists" / "invented.csv"
    code = main(
        [
            "lists",
            "import",
            str(source),
            "--code",
            "invented",
            "--dated",
            "2026-11-01",
            "--lists",
            str(lists),
            "--quiet",
        ]
    )
    assert code == 0
    return Engines(settings_of(LEGAL_DATE, lists, None, (), "", True))


@pytest.fixture(scope="session")
def nested(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Some 3,000 invented declarations, one row an item."""
    path = tmp_path_factory.mktemp("nested") / "declarations.parquet"
    pq.write_table(pa.Table.from_pylist([to_object(d) for d in generate(3000)]), path, row_group_size=700)
    return path


@pytest.fixture(scope="session")
def flat_rows() -> list[dict[str, str]]:
    """Rows of a table: items of several lines, continuation rows without an id, unreadable and repeated items."""
    rows = []
    for number, declaration in enumerate(generate(600, seed=7)):
        for place, line in enumerate(declaration.lines):
            rows.append(
                {
                    "id": "" if place and number % 3 == 0 else declaration.id,
                    "consignor_name": declaration.consignor.name if not place else "",
                    "consignor_country": declaration.consignor.country if not place else "",
                    "consignee_name": "Zorvath Klemmensen Trading" if number % 97 == 5 and not place else "",
                    "consignee_country": declaration.consignee.country if not place else "",
                    "description": line.description + ('\n"second", line' if number % 50 == 3 else ""),
                    "value": "a lot" if number % 40 == 7 else str(line.value),
                    "currency": line.currency,
                    "hand_note": f"note {number}" if number % 30 == 0 else "",
                }
            )
        if number % 100 == 11:
            rows.append(dict.fromkeys(rows[-1], "") | {"id": f"EMPTY{number}"})
        if number % 100 == 21:
            rows.extend([rows[3], rows[3]])  # an id that comes again further down is another item
    return rows


@pytest.fixture(scope="session")
def flat(tmp_path_factory: pytest.TempPathFactory, flat_rows: list[dict[str, str]]) -> tuple[Path, Path]:
    """The same rows as a CSV of semicolons below a title, and as Parquet in small row groups."""
    folder = tmp_path_factory.mktemp("flat")
    table, parquet = folder / "rows.csv", folder / "rows.parquet"
    with table.open("w", newline="", encoding="utf-8") as handle:
        handle.write("Export of the day\n")
        writer = csv.DictWriter(handle, flat_rows[0], delimiter=";")
        writer.writeheader()
        writer.writerows(flat_rows)
    pq.write_table(pa.Table.from_pylist(flat_rows), parquet, row_group_size=100)
    return table, parquet
