"""Give each declared party its number and join it, as it comes, to those it is one with.

What is one is decided by `link`; this module finds the candidates by their blocking keys, and stores the decision with its
reasons: memberships with the item since which they hold, and one row for each join.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime

import orjson

from tidewaiter.link import (
    CAPS,
    Join,
    PairScore,
    Prepared,
    Weights,
    blocking_keys,
    decide_groups,
    kind_of,
    score_pair,
)
from tidewaiter.model import Party
from tidewaiter.model.screening import Contribution
from tidewaiter.store.history.codec import Hasher, micros
from tidewaiter.store.history.contacts import KINDS, ContactBook
from tidewaiter.store.history.frequencies import CountsParties, StoredFrequencies
from tidewaiter.store.history.parties import PartyBook, prepared_party, record_id
from tidewaiter.store.history.schema import secret_of

SCORED = "scored"
BY_HAND = "by hand"
_MOST_CANDIDATES = 80
# Kinds of key that agreeing alone says little, unless few share it.
_WEAK = frozenset(("nn", "nc", "na", "ny", "nk", "np", "nm"))
_FEW = 20
_MOST_REGROUPED = 60


class Linking:
    """Resolves declared parties within the writer's transaction.

    Args:
        connection: an open history.
        weights: weights, gates and words of the linking pack.
        made: when the joins are made, for their rows.
        frequencies: how common values are; by default counted in the history as parties come.
    """

    def __init__(
        self, connection: sqlite3.Connection, weights: Weights, made: datetime, frequencies: CountsParties | None = None
    ) -> None:
        self.connection = connection
        self.weights = weights
        self.hash = Hasher(secret_of(connection))
        self.book = PartyBook(connection, self.hash)
        self.frequencies = StoredFrequencies(connection, self.hash) if frequencies is None else frequencies
        self.contacts = ContactBook(connection, weights.gates.shared)
        self._made = micros(made)

    def forget(self) -> None:
        """Forget what is remembered in memory, as after a transaction that was taken back."""
        self.book.forget()
        self.frequencies.forget()

    def settle(self, at: int) -> None:
        """Finish a batch: draw the caps of shared contacts anew, from item `at` on."""
        self.contacts.settle(at)

    def resolve(self, party: Party, text: str, at: int, posted: int) -> int:
        """Return the number of a declared party; a new one is compared with those that share a key with it."""
        number = self.book.find(text)
        if number is not None:
            self.book.seen(number, posted)
            return number
        prepared = prepared_party(party, self.weights)
        self.frequencies.add(prepared)
        # Said of itself again it would score no more than this; below the threshold the same words are not the same party.
        weak = score_pair(prepared, prepared, self.weights, self.frequencies).score < self.weights.threshold
        candidates, open_keys = ([], []) if weak else self.candidates(blocking_keys(prepared))
        number, contacts = self.book.insert(party, text, prepared, at, posted, weak)
        self.contacts.add(number, contacts, at)
        self.connection.executemany("INSERT OR IGNORE INTO blocks VALUES(?,?)", [(key, number) for key in open_keys])
        if candidates:
            self._join(number, prepared, candidates, at)
        return number

    def candidates(self, keys: Sequence[str]) -> tuple[list[int], list[int]]:
        """Return the parties that may be one with the owner of some blocking keys, and the keys that are not too common.

        A key that has become too common finds nobody in particular and takes no more parties, so the index stays bounded.
        Who shares a single weak key that many share (two common words of a name, a word and a town) cannot reach the
        threshold and is passed over; the rest come in the order of how much they share.
        """
        hashed = {self.hash(key): kind_of(key) for key in keys}
        marks = ",".join("?" * len(hashed))
        sharing: dict[int, list[int]] = {}
        for key, party in self.connection.execute(
            f"SELECT key, party FROM blocks WHERE key IN ({marks})", list(hashed)
        ):
            sharing.setdefault(key, []).append(party)
        worth: dict[int, int] = {}
        left = []
        for key, kind in hashed.items():
            parties = sharing.get(key, ())
            if len(parties) > CAPS.get(kind, 60):
                continue
            left.append(key)
            points = 2 if kind not in _WEAK or len(parties) <= _FEW else 1
            for party in parties:
                worth[party] = worth.get(party, 0) + points
        found = [party for party, points in worth.items() if points > 1]
        if len(found) > _MOST_CANDIDATES:
            found.sort(key=lambda party: (-worth[party], party))
        return found[:_MOST_CANDIDATES], left

    def near(self, prepared: Prepared, candidates: Sequence[int]) -> dict[int, PairScore]:
        """Return the scores of the candidates that alone would be linked."""
        scored = {
            number: score_pair(prepared, other, self.weights, self.frequencies)
            for number, other in self.book.prepared(candidates).items()
        }
        return {
            number: found for number, found in scored.items() if found.score >= self.weights.threshold and not found.no
        }

    def damped(self, number: int, at: int) -> tuple[str, ...]:
        """Return the kinds of contact of a party that are shared by too many to tie anybody."""
        row = self.connection.execute(
            "SELECT address, phone, email, handle FROM parties WHERE no=?", (number,)
        ).fetchone()
        pairs = zip(KINDS, row, strict=True)
        return tuple(kind for kind, key in pairs if key is not None and self.contacts.is_damped(kind, key, at))

    def effective(self, party: Prepared, damped: Iterable[str]) -> Prepared:
        """Return a party without the contacts that are shared by too many."""
        out = frozenset(damped)
        if not out:
            return party
        if "address" in out:
            party = replace(party, address="", street="", number="")
        return replace(
            party,
            phone="" if "phone" in out else party.phone,
            email="" if "email" in out else party.email,
            handle="" if "handle" in out else party.handle,
        )

    def _join(self, number: int, prepared: Prepared, candidates: Sequence[int], at: int) -> None:
        near = self.near(self.effective(prepared, self.damped(number, at)), candidates)
        if not near:
            return
        members = self._reached(number, near)
        self.regroup([number, *members], at, known=near, known_for=number)

    def _reached(self, number: int, near: Collection[int]) -> list[int]:
        """Tie a party to those near it and return all that is tied to them; only their entities where that is too many."""
        marks = ",".join("?" * len(near))
        components = set(near)
        for party, component in self.connection.execute(
            f"SELECT party, component FROM reach WHERE party IN ({marks})", list(near)
        ):
            components.discard(party)
            components.add(component)
        marks = ",".join("?" * len(components))
        tied = {
            row[0]
            for row in self.connection.execute(
                f"SELECT party FROM reach WHERE component IN ({marks})", sorted(components)
            )
        }
        members = self.members_of(self.entities_of(near).values())
        together = min(number, *components)
        self.connection.executemany(
            "INSERT INTO reach VALUES(?,?) ON CONFLICT(party) DO UPDATE SET component=excluded.component",
            [(party, together) for party in {number, *near, *tied, *members}],
        )
        tied.update(members)
        if len(tied) <= _MOST_REGROUPED:
            whole = self.members_of(self.entities_of(tied).values()) if tied else []
            return whole if len(whole) <= _MOST_REGROUPED else members
        return members

    def entities_of(self, parties: Iterable[int]) -> dict[int, int]:
        """Return the entity of each party as it is now."""
        wanted = list(parties)
        marks = ",".join("?" * len(wanted))
        return dict(self.connection.execute(f"SELECT no, entity FROM parties WHERE no IN ({marks})", wanted))

    def members_of(self, entities: Iterable[int]) -> list[int]:
        """Return the parties of entities as they are now."""
        wanted = sorted(set(entities))
        marks = ",".join("?" * len(wanted))
        return [row[0] for row in self.connection.execute(f"SELECT no FROM parties WHERE entity IN ({marks})", wanted)]

    def regroup(
        self, parties: Sequence[int], at: int, known: dict[int, PairScore] | None = None, known_for: int | None = None
    ) -> None:
        """Decide anew which of some parties are one, and store it as of item `at`.

        Args:
            parties: whole entities, and new parties.
            at: the item since which it holds.
            known: scores already worked out for `known_for`, by the other party.
            known_for: the party they are for.
        """
        ready = {n: self.effective(p, self.damped(n, at)) for n, p in self.book.prepared(parties).items()}
        decision = decide_groups(
            list(ready.values()),
            self.weights,
            self.frequencies,
            self._apart(parties),
            {record_id(n): found for n, found in known.items()} if known is not None else None,
            record_id(known_for) if known_for is not None else "",
        )
        groups = [{int(name) for name in group} for group in decision.groups]
        groups = self._with_hand_joins(groups, parties, ready.keys())
        self._store_groups(groups, at)
        self._store_joins(decision.joins, groups, parties, at)

    def _apart(self, parties: Sequence[int]) -> list[tuple[str, str]]:
        marks = ",".join("?" * len(parties))
        rows = self.connection.execute(f"SELECT left_no, right_no FROM apart WHERE left_no IN ({marks})", parties)
        return [(record_id(left), record_id(right)) for left, right in rows]

    def _with_hand_joins(
        self, groups: list[set[int]], parties: Sequence[int], ready: Collection[int]
    ) -> list[set[int]]:
        """Unite groups that a person joined; a party without comparable fields keeps the company it had."""
        of = {number: group for group in groups for number in group}
        for number in parties:
            if number not in ready:
                of[number] = {number}
        marks = ",".join("?" * len(parties))
        rows = self.connection.execute(
            f"SELECT left_no, right_no, reason FROM joins WHERE until IS NULL AND left_no IN ({marks})", list(parties)
        )
        for left, right, reason in rows:
            lost = left not in ready or right not in ready
            if (reason == BY_HAND or lost) and left in of and right in of and of[left] is not of[right]:
                united = of[left] | of[right]
                of.update(dict.fromkeys(united, united))
        return list({id(group): group for group in of.values()}.values())

    def _store_groups(self, groups: Iterable[set[int]], at: int) -> None:
        for group in groups:
            entity = min(group)
            marks = ",".join("?" * len(group))
            moved = self.connection.execute(
                f"SELECT no, entity, since FROM parties WHERE entity<>? AND no IN ({marks})", (entity, *sorted(group))
            ).fetchall()
            for number, before, since in moved:
                if since < at:
                    self.connection.execute("INSERT INTO moves VALUES(?,?,?,?)", (number, before, since, at))
                self.connection.execute("UPDATE parties SET entity=?, since=? WHERE no=?", (entity, at, number))

    def _store_joins(self, joins: Iterable[Join], groups: Iterable[set[int]], parties: Sequence[int], at: int) -> None:
        of = {number: min(group) for group in groups for number in group}
        marks = ",".join("?" * len(parties))
        standing = self.connection.execute(
            f"SELECT no, left_no, right_no FROM joins WHERE until IS NULL AND left_no IN ({marks})", list(parties)
        ).fetchall()
        for number, left, right in standing:
            if of.get(left) != of.get(right):
                self.connection.execute("UPDATE joins SET until=?, ended='regrouped' WHERE no=?", (at, number))
        kept = {(left, right) for _, left, right in standing if of.get(left) == of.get(right)}
        for join in joins:
            pair = (int(join.left), int(join.right))
            if pair not in kept:
                self.store_join(pair, join.score, join.contributions, join.independent, at, SCORED, "")

    def store_join(
        self,
        pair: tuple[int, int],
        score: int,
        contributions: Iterable[Contribution],
        independent: Iterable[str],
        at: int,
        reason: str,
        actor: str,
    ) -> None:
        """Store the reason why two parties are one; the compared values stay with the parties."""
        left, right = sorted(pair)
        terms = orjson.dumps([[c.code, c.points, c.sentence] for c in contributions]).decode()
        self.connection.execute(
            "INSERT INTO joins(left_no, right_no, at, score, contributions, independent, reason, actor, made)"
            " VALUES(?,?,?,?,?,?,?,?,?)",
            (left, right, at, score, terms, " ".join(independent), reason, actor, self._made),
        )
