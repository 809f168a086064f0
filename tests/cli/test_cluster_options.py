"""What `--engine spark` refuses before any cluster is asked, and what it says where Spark is missing."""

from __future__ import annotations

from importlib import metadata
from pathlib import Path

import pytest

from tidewaiter.cli.main import main
from tidewaiter.service.spark import session

DECLARATIONS = "examples/declarations.csv"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--engine", "hadoop", "-o", "x.parquet"], "read 'hadoop', expected local or spark"),
        (["--engine", "spark"], "give -o NAME.parquet"),
        (["--engine", "spark", "-o", "x.jsonl"], "give -o NAME.parquet"),
        (["--engine", "spark", "-o", "x.parquet", "--history", "h.db"], "screen with --engine local"),
    ],
)
def test_what_spark_does_not_carry_is_refused(
    options: list[str], said: str, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["screen", DECLARATIONS, *options]) == 2
    assert said in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("versions", "said"),
    [
        ({}, "the Spark engine needs PySpark 4; install it with: pip install 'tidewaiter[spark]'"),
        ({"pyspark": "3.5.1"}, "needs PySpark 4, this is 3.5.1"),
        ({"pyspark": "4.3.0", "pandas": "3.1.1"}, "needs pandas below 3, this is 3.1.1"),
        ({"pyspark": "4.3.0", "pandas": "2.3.3"}, "needs sqlglot"),
        ({"pyspark": "4.3.0", "pandas": "2.3.3", "sqlglot": "30"}, "Spark needs Java 17"),
    ],
)
def test_what_is_missing_is_said_with_how_to_get_it(
    versions: dict[str, str], said: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def version(name: str) -> str:
        if name not in versions:
            raise metadata.PackageNotFoundError(name)
        return versions[name]

    monkeypatch.setattr(session.metadata, "version", version)
    monkeypatch.setattr(session.shutil, "which", lambda name: None)
    monkeypatch.delenv("JAVA_HOME", raising=False)
    assert main(["screen", DECLARATIONS, "--engine", "spark", "-o", "never.parquet"]) == 2
    assert said in capsys.readouterr().err
    assert main(["history", "patterns", ".", "--engine", "spark"]) == 2
    assert said in capsys.readouterr().err


def test_the_local_engine_takes_parquet_in_and_out(tmp_path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    source, output, lines = tmp_path / "x.parquet", tmp_path / "out.parquet", tmp_path / "out.jsonl"
    rows = [{"id": "A", "description": "night vision goggles", "consignee_country": "RU", "consignor_country": "DE"}]
    pq.write_table(
        pa.Table.from_pylist([*rows, {**rows[0], "description": "tea"}, {"id": "B", "description": "tea"}]), source
    )
    assert main(["screen", str(source), "-o", str(output), "-o", str(lines), "--as-of", "2026-11-24", "-q"]) == 1
    table = pq.read_table(output)
    assert table.column("id").to_pylist() == ["A", "B"], "rows of one id are one item"
    assert table.column("outcome").to_pylist()[0] in ("review", "hold")
    assert len(lines.read_text().splitlines()) == 2
