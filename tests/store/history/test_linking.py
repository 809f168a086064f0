"""Parties are joined as they come: with reasons that add up, as of each item, and never through a crowded contact."""

from __future__ import annotations

from pathlib import Path

import orjson

from tests.store.history.making import ANNA, add, item, rows, writer_of
from tidewaiter.model import Party
from tidewaiter.store.history.linking import Linking

ANNA_MOVED = Party("Berg, Anna", "Hafenweg 11", "Kiel", "24103", "DE", "0228 1234567")
ANNA_CYRILLIC = Party("Анна Берг", "Lindenstrasse 5", "Bonn", "53111", "DE", "+49 228 1234567")
OTHER = Party("Olga Petrova", "Gartenweg 2", "Ulm", "89073", "DE", "+49 731 998877")


def test_spellings_moves_and_phones_lead_to_one_entity(tmp_path: Path) -> None:
    writer = writer_of(tmp_path / "h.db")
    add(
        writer,
        [
            item("1", 1, sender=ANNA),
            item("2", 2, sender=ANNA_MOVED),
            item("3", 3, sender=ANNA_CYRILLIC),
            item("4", 4, sender=OTHER),
        ],
    )
    entities = dict(rows(writer.connection, "SELECT i.id, p.entity FROM items i JOIN parties p ON p.no=i.consignor"))
    assert entities["1"] == entities["2"] == entities["3"] != entities["4"]


def test_the_contributions_of_every_join_add_up(tmp_path: Path) -> None:
    writer = writer_of(tmp_path / "h.db")
    add(writer, [item("1", 1, sender=ANNA), item("2", 2, sender=ANNA_MOVED), item("3", 3, sender=ANNA_CYRILLIC)])
    joins = rows(writer.connection, "SELECT score, contributions FROM joins WHERE until IS NULL")
    assert len(joins) == 2
    for score, contributions in joins:
        assert sum(points for _, points, _ in orjson.loads(str(contributions))) == score
        assert "Berg" not in str(contributions)


def test_the_entity_as_of_an_earlier_item_is_as_it_was(tmp_path: Path) -> None:
    writer = writer_of(tmp_path / "h.db")
    add(
        writer,
        [item("1", 1, sender=ANNA), item("2", 2, sender=Party("Berg, Anna", country="DE", phone="0431 5551234"))],
    )
    assert rows(writer.connection, "SELECT count(DISTINCT entity) FROM parties p JOIN items i ON i.consignor=p.no") == [
        (2,)
    ]
    # the third declaration shares name and phone with one, name and address with the other
    bridge = Party("Anna Berg", "Lindenstr. 5", "Bonn", "53111", "DE", "0431 5551234")
    add(writer, [item("3", 3, sender=bridge)])
    assert rows(writer.connection, "SELECT count(DISTINCT entity) FROM parties p JOIN items i ON i.consignor=p.no") == [
        (1,)
    ]
    (moved,) = rows(
        writer.connection,
        "SELECT entity, since, until FROM moves WHERE party=(SELECT consignor FROM items WHERE id='2')",
    )
    assert moved[1:] == (2, 3)


def test_the_same_few_words_again_are_not_the_same_person(tmp_path: Path) -> None:
    writer = writer_of(tmp_path / "h.db")
    bare = Party("John Smith", country="US")
    add(writer, [item("1", 1, sender=bare), item("2", 2, sender=bare)])
    assert rows(writer.connection, "SELECT weak FROM parties WHERE declared LIKE '%Smith%'") == [(1,)]


def test_no_cluster_runs_away_through_one_shared_phone_and_address(tmp_path: Path) -> None:
    writer = writer_of(tmp_path / "h.db")
    names = [
        f"{first} {last}"
        for first in ("Ada", "Bo", "Cleo", "Dan", "Eva", "Finn")
        for last in ("Koch", "Lang", "Mertz", "Noll", "Otto", "Pohl")
    ]
    hostel = [Party(name, "Am Ring 1", "Bonn", "53115", "DE", "+49 228 555000") for name in names]
    add(writer, [item(str(n), 1 + n % 28, sender=party) for n, party in enumerate(hostel)])
    sizes = rows(
        writer.connection,
        "SELECT entity, count(*) FROM parties WHERE declared LIKE '%Am Ring%' GROUP BY 1 HAVING count(*) > 1",
    )
    assert sizes == []
    linker = writer.linker
    assert isinstance(linker, Linking)
    cap = linker.contacts.cap("phone", 10_000)
    assert 5 <= cap <= 12


def test_caps_follow_what_is_usual_in_the_history(tmp_path: Path) -> None:
    writer = writer_of(tmp_path / "h.db")
    linker = writer.linker
    assert isinstance(linker, Linking)
    book = linker.contacts
    writer.connection.execute("BEGIN")
    for party in range(1, 900):
        book.add(party, {"phone": 10_000 + party // 9}, 1)
    book.settle(2)
    assert book.cap("phone", 1) == 5
    assert book.cap("phone", 2) == 9
    writer.connection.execute("COMMIT")
