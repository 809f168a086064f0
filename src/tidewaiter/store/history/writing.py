"""Write postal items into a history: each message and version once, corrections kept, one transaction a batch."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import Literal, Protocol

import orjson

from tidewaiter.model import Declaration, Party, Problem
from tidewaiter.model.history import FoundItem, FoundLine
from tidewaiter.store.history.codec import (
    Hasher,
    Posting,
    digest_of,
    micros,
    party_text,
    posting_of,
    rest_of,
    revised_of,
    text_or_none,
)
from tidewaiter.store.history.differences import differences_of
from tidewaiter.store.history.schema import secret_of

Kind = Literal["new", "version", "correction", "late", "reused", "repeated"]


@dataclass(frozen=True, slots=True)
class Placed:
    """Where an item stands in the history: the number of its row, and whether it was new, repeated or corrected."""

    no: int
    kind: Kind
    posting: Posting
    problem: Problem | None = None


class Linker(Protocol):
    """Gives each declared party its number and joins it to those it is one with."""

    def resolve(self, party: Party, text: str, at: int, posted: int) -> int:
        """Return the number of a declared party.

        Args:
            party: as declared.
            text: its declared fields as JSON text.
            at: the number of the item that brings it.
            posted: when that item was posted, microseconds.
        """
        ...

    def settle(self, at: int) -> None:
        """Finish a batch; what changes holds from item `at` on."""
        ...

    def forget(self) -> None:
        """Forget what is remembered in memory; the transaction was taken back."""
        ...


class HistoryWriter:
    """The one writer of a history. Use `transaction()` around each batch; what it placed counts once the block has ended.

    Args:
        connection: an open history.
        linker: gives parties their numbers.
        received: the instant at which the items came, for those that declare no date.
        zone: the zone of dates without a time.
    """

    def __init__(self, connection: sqlite3.Connection, linker: Linker, received: datetime, zone: tzinfo = UTC) -> None:
        self.connection = connection
        self.linker = linker
        self.hash = Hasher(secret_of(connection))
        self._received = received
        self._zone = zone

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Write everything in the block, or nothing of it."""
        self.connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self.connection.execute("ROLLBACK")
            self.linker.forget()
            raise
        self.connection.execute("COMMIT")

    def posting(self, declaration: Declaration) -> Posting:
        """Return when an item was posted, as it will be stored."""
        return posting_of(declaration, self._received, self._zone)

    def place(self, declarations: Sequence[Declaration], found: Sequence[FoundItem]) -> list[Placed]:
        """Place a batch, in order of posting, and return where each stands, in the order given."""
        postings = [self.posting(declaration) for declaration in declarations]
        placed: dict[int, Placed] = {}
        for position in sorted(range(len(declarations)), key=lambda i: postings[i].posted):
            placed[position] = self._place(declarations[position], postings[position], found[position])
        self.linker.settle(self._next_number())
        return [placed[position] for position in range(len(declarations))]

    def _place(self, declaration: Declaration, posting: Posting, found: FoundItem) -> Placed:
        key = self.hash(declaration.id)
        digest = digest_of(declaration)
        known = list(
            self.connection.execute(
                "SELECT no, version, until, digest, kind, posted, shift, timed, consignor, consignee FROM items"
                " WHERE id_key=? AND id=? AND message=? ORDER BY no",
                (key, declaration.id, declaration.message_id),
            )
        )
        for row in known:
            if row[1] == declaration.message_version and row[3] == digest:
                return Placed(row[0], "repeated", Posting(row[5], row[6], row[7]))
        number = self._next_number()
        parties = tuple(self._party(p, number, posting) for p in (declaration.consignor, declaration.consignee))
        if not known:
            self._insert(number, key, digest, "new", None, declaration, posting, parties, found)
            return Placed(number, "new", posting)
        return self._another(number, key, digest, known, declaration, posting, parties, found)

    def _another(
        self,
        number: int,
        key: int,
        digest: bytes,
        known: list[tuple[object, ...]],
        declaration: Declaration,
        posting: Posting,
        parties: tuple[int | None, ...],
        found: FoundItem,
    ) -> Placed:
        """Place what came again under a known id: a version, a correction, or an id that was used again."""
        version = declaration.message_version
        older = any(version_key(str(row[1])) > version_key(version) for row in known)
        problem = None
        kind: Kind = "late" if older else "version"
        if any(row[1] == version for row in known):
            kind = "correction"
            what = "the same message and version came with other content; both are kept, the later one stands"
            if not declaration.message_id and not version and all(set(row[8:10]).isdisjoint(parties) for row in known):
                kind = "reused"
                what = "the id came before with other parties and no message says that it is the same item; both stand"
            problem = _problem(kind, what, declaration)
        standing = [row for row in known if row[2] is None and row[4] != "reused"]
        stands = kind == "reused" or not older
        self._insert(number, key, digest, kind, None if stands else number, declaration, posting, parties, found)
        if kind == "reused":
            return Placed(number, kind, posting, problem)
        if stands:
            self.connection.executemany("UPDATE items SET until=? WHERE no=?", [(number, row[0]) for row in standing])
        before = int(str((standing or known)[-1][0]))
        changes = orjson.dumps(differences_of(self.connection, before, number)).decode()
        self.connection.execute("UPDATE items SET differences=? WHERE no=?", (changes, number))
        return Placed(number, kind, posting, problem)

    def _next_number(self) -> int:
        row = self.connection.execute("SELECT seq FROM sqlite_sequence WHERE name='items'").fetchone()
        return 1 + (row[0] if row is not None else 0)

    def _party(self, party: Party, number: int, posting: Posting) -> int | None:
        text = party_text(party)
        return self.linker.resolve(party, text, number, posting.posted) if text else None

    def _insert(
        self,
        number: int,
        key: int,
        digest: bytes,
        kind: Kind,
        until: int | None,
        declaration: Declaration,
        posting: Posting,
        parties: tuple[int | None, ...],
        found: FoundItem,
    ) -> None:
        self.connection.execute(
            "INSERT INTO items VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
            (number, key, declaration.id, declaration.message_id, declaration.message_version, kind, until, digest,
             posting.posted, posting.shift, posting.timed, micros(self._received), declaration.office, declaration.nature,
             declaration.consignor.country, declaration.consignee.country, *parties, found.outcome, rest_of(declaration), ""),
        )  # fmt: skip
        lines = found.lines or (FoundLine(),) * len(declaration.lines)
        self.connection.executemany(
            "INSERT INTO lines VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
            [
                (number, position, line.description, line.hs, text_or_none(line.quantity), text_or_none(line.net_mass_g),
                 text_or_none(line.value), line.currency, line.origin, revised_of(line), " ".join(seen.concepts),
                 " ".join(seen.entries), seen.controlled, text_or_none(seen.value_eur))
                for position, (line, seen) in enumerate(zip(declaration.lines, lines, strict=True))
            ],
        )  # fmt: skip
        if found.watched:
            self._watch(number, declaration, found.watched)

    def _watch(self, number: int, declaration: Declaration, names: Iterable[str]) -> None:
        """Remember that an unusual kind of goods went to a place."""
        place = self.place_of(declaration)
        for name in names:
            self.connection.execute(
                "INSERT INTO goods VALUES(?, (SELECT coalesce(max(no), 0) + 1 FROM goods), 1)"
                " ON CONFLICT(name) DO UPDATE SET items = items + 1",
                (name,),
            )
            self.connection.execute(
                "INSERT OR IGNORE INTO sightings SELECT no, ?, ?, items - 1 FROM goods WHERE name=?",
                (place, number, name),
            )

    def place_of(self, declaration: Declaration) -> int:
        """Return the key of the place of destination: country with postcode, or with city; 0 where neither is declared."""
        text = place_text(declaration.consignee)
        return self.hash(f"place {text}") if text else 0

    def tell_outcome(self, number: int, outcome: str) -> None:
        """Store what screening said of an item, unless that is stored already."""
        self.connection.execute("UPDATE items SET outcome=? WHERE no=? AND outcome=''", (outcome, number))

    def fill(self, number: int, found: FoundItem, declaration: Declaration) -> None:
        """Store what goods an item holds, where it was kept as declared only."""
        (unread,) = self.connection.execute(
            "SELECT count(*) FROM lines WHERE item=? AND controlled IS NULL", (number,)
        ).fetchone()
        if not unread or not found.lines:
            return
        self.connection.executemany(
            "UPDATE lines SET concepts=?, entries=?, controlled=?, value_eur=? WHERE item=? AND line=?",
            [
                (
                    " ".join(seen.concepts),
                    " ".join(seen.entries),
                    seen.controlled,
                    text_or_none(seen.value_eur),
                    number,
                    line,
                )
                for line, seen in enumerate(found.lines)
            ],
        )
        self._watch(number, declaration, found.watched)


def place_text(party: Party) -> str:
    """Return a party's place as it is compared: country and postcode, or country and city; empty where neither is declared."""
    local = "".join(party.postcode.split()).casefold() or " ".join(party.city.split()).casefold()
    return f"{party.country} {local}" if local else ""


def version_key(version: str) -> tuple[int, int, str]:
    """Return how versions of a message are ordered: none first, then numbers, then other text."""
    plain = version.strip()
    if plain.isdigit():
        return (1, int(plain), "")
    return (2, 0, plain) if plain else (0, 0, "")


def _problem(kind: str, message: str, declaration: Declaration) -> Problem:
    source = declaration.source
    return Problem(
        f"history.{kind}",
        message,
        "warning",
        source.file,
        source.line,
        "id",
        declaration.id,
        "each version of a message once",
        "raise the version of a message when its content changes",
    )


__all__ = ["HistoryWriter", "Kind", "Linker", "Placed", "place_text", "version_key"]
