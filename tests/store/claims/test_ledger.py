"""The ledger only grows: what was added stays as it was, what people did is undone by further rows, and the audit shows any other change."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests.claims.making import claim, read, report
from tests.conftest import ROOT
from tests.store.claims.kill_adding import reading
from tidewaiter.claims.grades import parse_grade
from tidewaiter.model import InputError
from tidewaiter.model.claims import ClaimLink, Predicate
from tidewaiter.model.leads import Lead
from tidewaiter.store.claims import schema
from tidewaiter.store.claims.looking import altered, handwork, leads, readings
from tidewaiter.store.claims.schema import KEPT, open_ledger
from tidewaiter.store.claims.writing import LedgerWriter

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
ONE, TWO = reading(1), reading(2)
FIRST, SECOND = ONE.claims[0].id, TWO.claims[0].id
LEAD = Lead(
    0,
    FIRST,
    ("helmet",),
    ("spare part",),
    "",
    "RU",
    "CN",
    date(2026, 1, 1),
    date(2026, 6, 30),
    "Ann",
    "seen",
    "q",
    "s",
    "C3",
)


@pytest.fixture
def writer(tmp_path: Path) -> LedgerWriter:
    made = LedgerWriter(open_ledger(tmp_path / "l.db", create=True), NOW)
    assert made.add_report(ONE)
    assert made.add_report(TWO)
    return made


def dump(connection: sqlite3.Connection) -> list[str]:
    return list(connection.iterdump())


def test_what_was_added_comes_back_as_it_was(writer: LedgerWriter) -> None:
    assert readings(writer.connection) == (ONE, TWO)
    assert list(altered(writer.connection)) == []


def test_a_report_is_added_once_and_never_overwritten(writer: LedgerWriter) -> None:
    before = dump(writer.connection)
    other = replace(ONE, claims=ONE.claims[:1])
    assert not writer.add_report(ONE)
    assert not writer.add_report(other)
    assert dump(writer.connection) == before


def test_a_claim_without_its_words_is_refused_whole(writer: LedgerWriter) -> None:
    doc = report("x", "Head\nA man was detained.")
    made = claim(doc, "A man was detained", Predicate.DETAINED)
    for wrong in (replace(made, quote="A man was hanged"), replace(made, start=3), replace(made, document="y")):
        before = dump(writer.connection)
        with pytest.raises(InputError):
            writer.add_report(read(doc, wrong))
        assert dump(writer.connection) == before
    with pytest.raises(InputError, match="two claims"):
        writer.add_report(read(doc, made, made))


def test_rows_can_be_neither_changed_nor_deleted(writer: LedgerWriter) -> None:
    writer.set_grade(FIRST, parse_grade("C3", "Ann"), "read it")
    for table in KEPT:
        for statement in (f"UPDATE {table} SET no = no + 1000", f"DELETE FROM {table}"):
            if writer.connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]:
                with pytest.raises(sqlite3.IntegrityError, match="only added"):
                    writer.connection.execute(statement)


def test_the_last_grade_counts_and_the_former_stays(writer: LedgerWriter) -> None:
    writer.set_grade(FIRST, parse_grade("C3", "Ann"), "read it")
    writer.set_grade(FIRST, parse_grade("B2", "Bo"), "saw the release")
    done = handwork(writer.connection)
    assert [str(row.grade) for row in done.grades] == ["C3", "B2"]
    standing = done.grade_of(FIRST)
    assert standing is not None
    assert (str(standing.grade), standing.grade.by, standing.why) == ("B2", "Bo", "saw the release")
    assert done.grade_of(SECOND) is None


def test_an_undone_join_leaves_the_state_of_persons_as_it_was(writer: LedgerWriter) -> None:
    kept = writer.join("a:1-2", "b:1-2", "Ann", "same passport")
    before = handwork(writer.connection).standing_joins()
    made = writer.join("b:1-2", "c:1-2", "Ann", "same face")
    assert len(handwork(writer.connection).standing_joins()) == 2
    writer.split(made, "Bo", "not the same face")
    assert handwork(writer.connection).standing_joins() == before
    assert [row.no for row in before] == [kept]
    for wrong in (made, 99):
        with pytest.raises(InputError, match="that stands"):
            writer.split(wrong, "Bo", "again")


def test_nothing_is_done_without_a_name_and_a_reason(writer: LedgerWriter) -> None:
    before = dump(writer.connection)
    for by, why in (("", "x"), ("Ann", ""), (" ", " ")):
        with pytest.raises(InputError, match="--by"):
            writer.join("a:1-2", "b:1-2", by, why)
        with pytest.raises(InputError, match="--by"):
            writer.set_grade(FIRST, parse_grade("C3", by), why)
    with pytest.raises(InputError, match="evidence"):
        writer.verify(FIRST, "Ann", "phone", "confirmed", "")
    with pytest.raises(InputError, match="no claim"):
        writer.set_grade("nothing", parse_grade("C3", "Ann"), "x")
    assert dump(writer.connection) == before


def test_leads_groups_links_and_verifications_come_back(writer: LedgerWriter) -> None:
    number = writer.add_lead(LEAD)
    writer.withdraw(number, date(2026, 3, 1), "Bo", "was wrong")
    writer.group("Vests", (FIRST, SECOND), "Ann", "same case")
    link = ClaimLink("corrects", FIRST, SECOND, "quantity", "says so", "Ann")
    writer.link(link)
    writer.verify(FIRST, "Ann", "asked customs", "confirmed", "letter 12")
    done = handwork(writer.connection)
    assert leads(writer.connection) == (replace(LEAD, no=number, withdrawn=date(2026, 3, 1)),)
    assert done.links == (link,)
    assert done.incidents[0].claims == (FIRST, SECOND)
    assert done.verifications[0].evidence == "letter 12"
    assert [LEAD.in_force(date(2026, 1, 1)), done.leads[0].in_force(date(2026, 2, 28)), done.leads[0].in_force(date(2026, 3, 1))] == [
        True, True, False,
    ]  # fmt: skip
    assert list(altered(writer.connection)) == []
    with pytest.raises(InputError, match="already"):
        writer.withdraw(number, date(2026, 3, 2), "Bo", "again")


def unguarded(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type='trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    return connection


@pytest.mark.parametrize(
    ("statement", "word"),
    [
        ("UPDATE claims SET claim = replace(claim, 'seized', 'found') WHERE no=1", "claims"),
        ("UPDATE grades SET reliability='A'", "grades"),
        ("DELETE FROM grades", "grades"),
        ("UPDATE audit SET actor='Bo' WHERE no=2", "chain"),
        ("DELETE FROM audit WHERE no=1", "chain"),
        (
            "INSERT INTO grades(claim, reliability, credibility, by, why, at) SELECT claim, 'A', 1, 'X', 'x', 0 FROM grades",
            "past the ledger",
        ),
    ],
)
def test_whatever_is_altered_past_the_ledger_shows(
    writer: LedgerWriter, tmp_path: Path, statement: str, word: str
) -> None:
    writer.set_grade(FIRST, parse_grade("C3", "Ann"), "read it")
    writer.connection.close()
    connection = unguarded(tmp_path / "l.db")
    connection.execute(statement)
    assert any(word in found for found in altered(connection))


def test_a_file_of_an_older_schema_is_brought_up_to_date(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "l.db"
    first = LedgerWriter(open_ledger(path, create=True), NOW)
    first.add_report(ONE)
    first.connection.close()
    monkeypatch.setattr(schema, "STEPS", (*schema.STEPS, ("CREATE TABLE further(no INTEGER PRIMARY KEY)",)))
    later = open_ledger(path)
    assert later.execute("SELECT count(*) FROM further").fetchone() == (0,)
    assert readings(later) == (ONE,)
    later.close()
    monkeypatch.undo()
    with pytest.raises(InputError, match="newer program"):
        open_ledger(path)


def test_other_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no ledger"):
        open_ledger(tmp_path / "none.db")
    other = tmp_path / "other.db"
    sqlite3.connect(other).execute("CREATE TABLE t(x)").connection.close()
    with pytest.raises(InputError, match="not a ledger"):
        open_ledger(other, create=True)
    (tmp_path / "text.db").write_text("no database at all, but long enough to be looked at as one" * 20)
    with pytest.raises(InputError):
        open_ledger(tmp_path / "text.db", create=True)


def test_killed_at_any_moment_it_loses_and_repeats_nothing(tmp_path: Path) -> None:
    ledger, acknowledged = tmp_path / "l.db", tmp_path / "told"
    environment = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
    done = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("kill_adding.py")), str(ledger), str(acknowledged), "60"],
        capture_output=True, text=True, timeout=110, check=False, env=environment,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 5
    connection = open_ledger(ledger)
    assert list(altered(connection)) == []
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    stored = readings(connection)
    assert len({r.report.id for r in stored}) == len(stored)
    assert all(r == reading(int(r.report.id[1:])) for r in stored)
    told = acknowledged.read_text().split("\n")
    assert {t.split(" ")[1] for t in told if t.startswith("report")} <= {r.report.id for r in stored}
    assert {t.split(" ", 1)[1] for t in told if t.startswith("grade")} <= {
        row.claim for row in handwork(connection).grades
    }
