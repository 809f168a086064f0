"""Why two parties of a history are tied: the way through the joins between them, or a shared contact, with points that add up."""

from __future__ import annotations

import math
import sqlite3
from collections import deque
from dataclasses import dataclass

import orjson

from tidewaiter.link import Prepared, Weights, score_pair
from tidewaiter.model.screening import Contribution
from tidewaiter.store.history.parties import decode_prepared

Tie = tuple[int, tuple[Contribution, ...]]
_SAME_CONTACT = {"address": "same", "phone": "same", "email": "same", "handle": "same"}
# Unusual goods: seen so seldom in the history, or in so small a share of its items.
FEW, RARE_SHARE = 20, 0.01
MOST_BITS = 20_000
PLACE_POINTS = 1000


@dataclass(frozen=True, slots=True)
class JoinRow:
    """One stored join between two parties."""

    no: int
    left: int
    right: int
    score: int
    contributions: tuple[Contribution, ...]
    reason: str
    actor: str


class Reasons:
    """Finds the reasons for ties.

    Args:
        connection: an open history.
        weights: of the linking pack.
    """

    def __init__(self, connection: sqlite3.Connection, weights: Weights) -> None:
        self.connection = connection
        self.weights = weights

    def between(self, party: int, other: int, at: int) -> Tie:
        """Return the tie of two parties of one entity: the weakest join on the way between them, as of an item."""
        if party == other:
            return self._same(party)
        way = self.way(party, other, at)
        if not way:
            return 0, ()
        weakest = min(way, key=lambda join: join.score)
        return weakest.score, weakest.contributions

    def _same(self, party: int) -> Tie:
        """Return what the same declared words say, each field against itself."""
        row = self.connection.execute("SELECT prepared FROM parties WHERE no=?", (party,)).fetchone()
        if row is None or row[0] is None:  # made pseudonymous: that the words are the same is all that can be told
            points = self.weights.threshold
            return points, (Contribution("link.same-words", points, sentence="declared in the same words"),)
        ready: Prepared = decode_prepared(party, row[0])
        found = score_pair(ready, ready, self.weights)
        return found.score, found.contributions

    def way(self, party: int, other: int, at: int) -> list[JoinRow]:
        """Return the joins that lead from one party to another, fewest first; empty where there are none."""
        came: dict[int, JoinRow | None] = {party: None}
        queue = deque([party])
        while queue and other not in came:
            here = queue.popleft()
            for join in self.joins_of(here, at):
                there = join.right if join.left == here else join.left
                if there not in came:
                    came[there] = join
                    queue.append(there)
        if other not in came:
            return []
        way = []
        here = other
        while (step := came[here]) is not None:
            way.append(step)
            here = step.left if step.right == here else step.right
        return way[::-1]

    def joins_of(self, party: int, at: int) -> list[JoinRow]:
        """Return the joins of a party as of an item."""
        rows = self.connection.execute(
            "SELECT no, left_no, right_no, score, contributions, reason, actor FROM joins WHERE left_no=?1 AND at<=?2 AND (until IS NULL OR until>?2)"
            " UNION ALL SELECT no, left_no, right_no, score, contributions, reason, actor FROM joins WHERE right_no=?1 AND at<=?2"
            " AND (until IS NULL OR until>?2) ORDER BY 1",
            (party, at),
        )
        return [
            JoinRow(no, left, right, score, _contributions(terms), reason, actor)
            for no, left, right, score, terms, reason, actor in rows
        ]

    def contact(self, kind: str, role: str) -> Tie:
        """Return the tie of two parties with one contact and nothing else in common."""
        weights = self.weights.fields[kind]
        points = weights.points[weights.levels.index(_SAME_CONTACT[kind])]
        sentence = f"the {kind} of the {role} is the same"
        return points, (Contribution(f"link.contact.{kind}", points, sentence=sentence),)

    def is_unusual(self, earlier: int, at: int) -> bool:
        """Return whether a kind of goods was seen so seldom before, or in so small a share of items, that it ties anybody."""
        return earlier <= FEW or (earlier + 1) / at <= RARE_SHARE

    def goods(self, name: str, earlier: int, at: int) -> Tie:
        """Return the tie of the same unusual kind of goods to the same place.

        Args:
            name: the concept.
            earlier: items of that kind before.
            at: the number of the item looked from: about how many came before it.
        """
        share = (earlier + 1) / at
        points = min(MOST_BITS, max(0, round(-1000 * math.log2(min(1.0, share)))))
        return points + PLACE_POINTS, (
            Contribution(
                "link.goods.unusual", points, name, name, sentence=f"{earlier} of {at - 1} earlier items were {name}"
            ),
            Contribution("link.goods.place", PLACE_POINTS, sentence="they went to the same place"),
        )


def _contributions(text: str) -> tuple[Contribution, ...]:
    return tuple(Contribution(code, points, sentence=sentence) for code, points, sentence in orjson.loads(text))
