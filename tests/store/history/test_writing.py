"""A history keeps each version of a message once, and what was corrected beside it."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import orjson
import pytest

from tests.store.history.making import ANNA, BORIS, NOW, WEIGHTS, add, item, rows, writer_of
from tidewaiter.model import InputError, Party
from tidewaiter.model.history import FoundItem, FoundLine
from tidewaiter.store.history.linking import Linking
from tidewaiter.store.history.schema import open_history
from tidewaiter.store.history.writing import HistoryWriter, version_key


def test_the_same_item_again_changes_nothing(tmp_path: Path) -> None:
    writer = writer_of(tmp_path / "h.db")
    first = add(writer, [item("A"), item("B", goods="cups")])
    again = add(writer, [item("B", goods="cups"), item("A")])
    assert [p.kind for p in first] == ["new", "new"]
    assert [(p.no, p.kind) for p in again] == [(first[1].no, "repeated"), (first[0].no, "repeated")]
    assert rows(writer.connection, "SELECT count(*) FROM items") == [(2,)]
    assert rows(writer.connection, "SELECT count(*) FROM parties") == [(2,)]


def test_a_newer_version_takes_the_place_of_the_older_which_is_kept_with_its_differences(tmp_path: Path) -> None:
    writer = writer_of(tmp_path / "h.db")
    (first,) = add(writer, [item("A", message_id="M", message_version="1")])
    (second,) = add(writer, [item("A", message_id="M", message_version="2", goods="green tea")])
    (late,) = add(writer, [item("A", message_id="M", message_version="1.5", goods="black tea")])
    assert (second.kind, late.kind) == ("version", "version")
    (third,) = add(writer, [item("A", message_id="M", message_version="0", goods="tea?")])
    assert third.kind == "late"
    assert rows(writer.connection, "SELECT no, until FROM items ORDER BY no") == [
        (first.no, second.no),
        (second.no, late.no),
        (late.no, None),
        (third.no, third.no),
    ]
    (told,) = rows(writer.connection, "SELECT differences FROM items WHERE no=?", second.no)
    assert orjson.loads(str(told[0])) == [["description[0]", "tea", "green tea"]]


def test_other_content_under_one_version_is_a_located_problem_and_kept(tmp_path: Path) -> None:
    writer = writer_of(tmp_path / "h.db")
    add(writer, [item("A", message_id="M")])
    (changed,) = add(writer, [item("A", message_id="M", goods="knives", to=ANNA)])
    assert changed.kind == "correction"
    assert changed.problem is not None
    assert "same message and version" in str(changed.problem)
    (told,) = rows(writer.connection, "SELECT differences FROM items WHERE no=?", changed.no)
    assert [change[0] for change in orjson.loads(str(told[0]))] == ["destination", "consignee", "description[0]"]
    assert "Berg" not in str(told[0])
    # the first content again is the first content, not a new correction
    assert add(writer, [item("A", message_id="M")])[0].kind == "repeated"


def test_an_id_with_other_parties_and_no_message_is_an_id_used_again(tmp_path: Path) -> None:
    writer = writer_of(tmp_path / "h.db")
    add(writer, [item("A")])
    (again,) = add(writer, [item("A", sender=Party("Carla Ruiz"), to=Party("Dao Van"))])
    assert again.kind == "reused"
    assert rows(writer.connection, "SELECT count(*) FROM items WHERE until IS NULL") == [(2,)]


def test_versions_are_ordered_as_numbers_where_they_are() -> None:
    assert sorted(["10", "9", "", "b"], key=version_key) == ["", "9", "10", "b"]


def test_a_batch_is_placed_in_order_of_posting(tmp_path: Path) -> None:
    writer = writer_of(tmp_path / "h.db")
    placed = add(writer, [item("late", 9), item("early", 2)])
    assert [p.no for p in placed] == [2, 1]


def test_a_date_is_noon_in_the_zone_given_and_an_instant_keeps_its_own(tmp_path: Path) -> None:
    connection = open_history(tmp_path / "h.db", create=True)
    writer = HistoryWriter(connection, Linking(connection, WEIGHTS, NOW), NOW, ZoneInfo("Asia/Tokyo"))
    moscow = datetime(2026, 9, 1, 23, 30, tzinfo=timezone(timedelta(hours=3)))
    add(writer, [item("date"), item("instant", posted_at=moscow), item("neither", posted=None)])
    found = {row[0]: row[1:] for row in rows(connection, "SELECT id, posted, shift, timed FROM items")}
    micros = 1_000_000
    assert found["date"] == (int(datetime(2026, 9, 1, 3, tzinfo=UTC).timestamp()) * micros, 540, 1)
    assert found["instant"] == (int(moscow.timestamp()) * micros, 180, 2)
    assert found["neither"] == (int(NOW.timestamp()) * micros, 0, 0)


def test_a_failed_batch_leaves_nothing(tmp_path: Path) -> None:
    writer = writer_of(tmp_path / "h.db")
    with pytest.raises(ValueError, match="longer"), writer.transaction():
        writer.place([item("A"), item("B")], [FoundItem(), FoundItem(lines=(FoundLine(), FoundLine()))])
    assert rows(writer.connection, "SELECT count(*) FROM items") == [(0,)]
    assert rows(writer.connection, "SELECT count(*) FROM parties") == [(0,)]


def test_what_is_no_history_is_refused_and_left_alone(tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    made = sqlite3.connect(other)
    made.execute("CREATE TABLE t(x)")
    made.commit()
    made.close()
    before = other.read_bytes()
    with pytest.raises(InputError, match="not a history"):
        open_history(other, create=True)
    assert other.read_bytes() == before
    with pytest.raises(InputError, match="there is no history"):
        open_history(tmp_path / "missing.db")
    newer = tmp_path / "newer.db"
    connection = open_history(newer, create=True)
    connection.execute("PRAGMA user_version=99")
    connection.close()
    with pytest.raises(InputError, match=r"schema 99.*newer program"):
        open_history(newer)


def test_parties_of_items_are_found_by_what_was_declared(tmp_path: Path) -> None:
    writer = writer_of(tmp_path / "h.db")
    add(writer, [item("A"), item("B", sender=BORIS, to=ANNA)])
    assert rows(writer.connection, "SELECT consignor, consignee FROM items ORDER BY no") == [(1, 2), (2, 1)]
