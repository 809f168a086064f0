"""What is purged is gone from the file, with proof; a person's data can be handed out or made pseudonymous; joins can be undone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.store.history.making import ANNA, BORIS, NOW, WEIGHTS, add, item, rows, writer_of
from tidewaiter.model import InputError, Party
from tidewaiter.model.history import FoundItem, FoundLine
from tidewaiter.store.history.audit import audit_rows, broken_row
from tidewaiter.store.history.decisions import Decision, add_decisions
from tidewaiter.store.history.handwork import join_parties, split_join
from tidewaiter.store.history.linking import Linking
from tidewaiter.store.history.looking import HistoryReader
from tidewaiter.store.history.paths import Paths
from tidewaiter.store.history.people import find_people, person_data, pseudonymise, the_entity
from tidewaiter.store.history.purging import purge
from tidewaiter.store.history.writing import HistoryWriter

SECRET = Party("Xaverius Quellwasser", "Zwiebelgasse 77", "Bonn", "53111", "DE", "+49 228 7654321", "xq@example.org")


def linking(writer: HistoryWriter) -> Linking:
    assert isinstance(writer.linker, Linking)
    return writer.linker


def file_bytes(path: Path) -> bytes:
    return b"".join(p.read_bytes() for p in path.parent.glob(path.name + "*"))


def test_what_is_purged_is_gone_from_the_file_and_the_audit_says_so(tmp_path: Path) -> None:
    path = tmp_path / "h.db"
    writer = writer_of(path)
    found = FoundItem("hold", (FoundLine(("vest",), ("eu-military/ML13",), 900),), ("vest",))
    add(writer, [item("OLDITEM1", 1, goods="quittengelee", sender=SECRET), item("NEW", 20)], [found, found])
    writer.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert b"Quellwasser" in file_bytes(path)
    purged = purge(writer.connection, WEIGHTS, datetime(2026, 9, 10, tzinfo=UTC), (), "records office", NOW)
    assert (purged.items, purged.versions, purged.parties) == (1, 1, 1)
    left = file_bytes(path)
    for word in (
        b"Quellwasser",
        b"quellvaser",
        b"Zwiebelgasse",
        b"7654321",
        b"quittengelee",
        b"OLDITEM1",
        b"xq@example",
    ):
        assert word not in left, word
    assert rows(writer.connection, "SELECT items FROM goods") == [(1,)]
    (row,) = audit_rows(writer.connection)
    assert (row.actor, row.action, row.details["items"]) == ("records office", "purge", 1)
    assert row.details["ids_sha256"] == purged.ids_sha256
    assert row.hash == purged.audit
    assert broken_row(writer.connection) is None


def test_counts_are_as_if_a_purged_party_had_never_been(tmp_path: Path) -> None:
    one, two = writer_of(tmp_path / "1.db"), writer_of(tmp_path / "2.db")
    two.connection.execute("UPDATE meta SET value=(SELECT value FROM meta)")
    secret = rows(one.connection, "SELECT value FROM meta")[0][0]
    two.connection.execute("UPDATE meta SET value=?", (secret,))
    two = HistoryWriter(two.connection, Linking(two.connection, WEIGHTS, NOW), NOW)
    add(one, [item("old", 1, sender=SECRET), item("new", 20)])
    add(two, [item("new", 20)])
    purge(one.connection, WEIGHTS, datetime(2026, 9, 10, tzinfo=UTC), (), "office", NOW)
    for query in (
        "SELECT * FROM terms ORDER BY 1",
        "SELECT * FROM degrees WHERE contacts ORDER BY 1, 2",
        "SELECT key FROM blocks ORDER BY 1",
    ):
        assert rows(one.connection, query) == rows(two.connection, query)


def test_classes_have_times_of_their_own(tmp_path: Path) -> None:
    writer = writer_of(tmp_path / "h.db")
    items = [item(n, 1) for n in ("plain", "seen", "held", "released")]
    add(writer, items, [FoundItem(o) for o in ("no-finding", "review", "hold", "hold")])
    decided = Decision("released", "release", datetime(2026, 9, 2, tzinfo=UTC), "officer")
    add_decisions(writer.connection, [decided], NOW)
    after = datetime(2026, 10, 1, tzinfo=UTC)

    def gone(*classes: str) -> int:
        return purge(writer.connection, WEIGHTS, after, classes, "office", NOW, dry_run=True).items

    assert (gone("ordinary"), gone("reviewed"), gone("held"), gone()) == (1, 2, 1, 4)
    assert rows(writer.connection, "SELECT count(*) FROM items") == [(4,)]
    with pytest.raises(InputError, match="no retention class"):
        gone("secret")


def test_an_altered_audit_row_is_found(tmp_path: Path) -> None:
    writer = writer_of(tmp_path / "h.db")
    for day in (1, 2, 3):
        add(writer, [item(f"i{day}", day)])
        purge(writer.connection, WEIGHTS, datetime(2026, 9, day + 1, tzinfo=UTC), (), "office", NOW)
    assert broken_row(writer.connection) is None
    writer.connection.execute("UPDATE audit SET details='{}' WHERE no=2")
    assert broken_row(writer.connection) == 2


def test_a_persons_data_is_handed_out_without_the_other_party(tmp_path: Path) -> None:
    writer = writer_of(tmp_path / "h.db")
    add(writer, [item("A", 1, sender=SECRET), item("B", 2, sender=BORIS, to=SECRET), item("C", 3)])
    entity = the_entity(find_people(linking(writer), Party(name="quellwasser xaverius")))
    data = person_data(writer.connection, entity)
    assert [i["declaration"]["id"] for i in data["items"]] == ["A", "B"]
    assert [i["role"] for i in data["items"]] == [["consignor"], ["consignee"]]
    assert "Adamov" not in str(data)
    assert data["parties"][0]["declared"]["phone"] == SECRET.phone
    assert the_entity(find_people(linking(writer), Party(phone="0228 7654321", country="DE"))) == entity
    with pytest.raises(InputError, match="nobody"):
        the_entity(find_people(linking(writer), Party(name="Somebody Else")))


def test_a_pseudonymous_person_cannot_be_read_and_is_still_recognised(tmp_path: Path) -> None:
    path = tmp_path / "h.db"
    writer = writer_of(path)
    add(writer, [item("A", 1, sender=SECRET), item("B", 2, sender=replace(SECRET, address="Neugasse 3"))])
    kiel = Party("Ole Jensen", "Hafen 1", "Kiel", "24103", "DE")
    entity = the_entity(find_people(linking(writer), Party(email="xq@example.org")))
    assert pseudonymise(linking(writer), entity, "privacy desk", "request 12", NOW) == 2
    left = file_bytes(path)
    for word in (b"Quellwasser", b"quellvaser", b"Zwiebelgasse", b"7654321", b"xq@example"):
        assert word not in left, word
    placed = add(writer, [item("C", 5, sender=SECRET, to=kiel)])
    view = HistoryReader(writer.connection, WEIGHTS).view(placed[0].no)
    assert {link.item.id for link in view.links if link.via == "consignor=consignor"} == {"A", "B"}
    assert b"Quellwasser" not in file_bytes(path)


def test_a_join_undone_stays_undone(tmp_path: Path) -> None:
    writer = writer_of(tmp_path / "h.db")
    moved = Party("Anna Berg", "Hafenweg 11", "Kiel", "24103", "DE", "0228 1234567")
    add(writer, [item("A", 1), item("B", 2, sender=moved)])
    ((join, left, right),) = rows(writer.connection, "SELECT no, left_no, right_no FROM joins WHERE until IS NULL")
    split_join(linking(writer), int(str(join)), "officer 7", "two people of one name", NOW)
    assert len(set(linking(writer).entities_of((int(str(left)), int(str(right)))).values())) == 2
    add(writer, [item("C", 3, sender=replace(moved, email="ab@example.org"))])
    assert len(set(linking(writer).entities_of((int(str(left)), int(str(right)))).values())) == 2
    (row,) = audit_rows(writer.connection)
    assert (row.actor, row.action, row.details["reason"]) == ("officer 7", "split", "two people of one name")
    with pytest.raises(InputError, match="--actor"):
        split_join(linking(writer), 1, "", "", NOW)


def test_a_join_by_hand_holds_against_the_score_and_can_be_undone(tmp_path: Path) -> None:
    writer = writer_of(tmp_path / "h.db")
    add(writer, [item("A", 1), item("B", 2, sender=SECRET)])
    one, other = (int(str(r[0])) for r in rows(writer.connection, "SELECT consignor FROM items ORDER BY no"))
    join_parties(linking(writer), one, other, "officer 7", "married name, seen on papers", NOW)
    assert len(set(linking(writer).entities_of((one, other)).values())) == 1
    add(writer, [item("C", 3, sender=replace(SECRET, address="Neugasse 3"))])
    assert len(set(linking(writer).entities_of((one, other)).values())) == 1
    (join,) = rows(writer.connection, "SELECT no FROM joins WHERE reason='by hand'")
    split_join(linking(writer), int(str(join[0])), "officer 7", "was wrong", NOW)
    assert len(set(linking(writer).entities_of((one, other)).values())) == 2


def test_links_show_the_way_from_item_to_item(tmp_path: Path) -> None:
    writer = writer_of(tmp_path / "h.db")
    moved = Party("Anna Berg", "Hafenweg 11", "Kiel", "24103", "DE", "0228 1234567")
    other = Party("Kurt Holm", "Turmweg 4", "Jena", "07743", "DE", "0228 1234567")
    to = [Party(f"Receiver Nr{n} Smythe{n}", f"Road {n}", f"Town{n}", f"1000{n}", "FR") for n in range(3)]
    add(writer, [item("A", 1, to=to[0]), item("B", 2, sender=moved, to=to[1]), item("C", 3, sender=other, to=to[2])])
    found = {row["id"]: row for row in Paths(writer.connection, WEIGHTS).linked("A")}
    assert set(found) == {"B", "C"}
    first, through, last = found["B"]["path"]
    assert (first["item"], last["item"]) == ("A", "B")
    (join,) = through["joins"]
    assert sum(round(1000 * c["points"]) for c in join["contributions"]) == round(1000 * join["score"])
    assert found["C"]["path"][1] == {"contact": "phone"}
    with pytest.raises(InputError, match="no item of this id"):
        list(Paths(writer.connection, WEIGHTS).linked("nothing"))


def test_links_reach_as_deep_as_asked(tmp_path: Path) -> None:
    writer = writer_of(tmp_path / "h.db")
    chain = [
        Party(f"{n} Chain{n}burg", f"{n} Road", f"Town{n}", f"2000{n}", "FR") for n in ("Ada", "Bob", "Cyd", "Dov")
    ]
    add(writer, [item(str(n), 1 + n, sender=chain[n], to=chain[n + 1]) for n in range(3)])
    paths = Paths(writer.connection, WEIGHTS)
    assert [r["id"] for r in paths.linked("0", 1)] == ["1"]
    assert [(r["id"], r["distance"]) for r in paths.linked("0", 2)] == [("1", 1), ("2", 2)]
    assert ANNA.name not in str(list(paths.linked("0", 3)))
