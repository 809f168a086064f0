"""The index of listed parties: built once from the lists, then asked for every declared party. Pure: no clock, no I/O."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from tidewaiter.model import ListedParty, Party
from tidewaiter.screen.memory import Memory
from tidewaiter.screen.party.align import Step
from tidewaiter.screen.party.columns import build_columns, identifier_hash
from tidewaiter.screen.party.matching import (
    HOLD_THRESHOLD,
    Levels,
    PartyMatch,
    contributions_of,
    is_exact,
    judge,
)
from tidewaiter.screen.party.prepared import UNKNOWN, Prepared, kind_of, prepare
from tidewaiter.screen.party.records import Blob, NameRecords, Owners, PartyRecords
from tidewaiter.screen.party.scoring import score_names
from tidewaiter.screen.party.search import NameSearch
from tidewaiter.screen.party.signatures import Arrays, having
from tidewaiter.screen.party.weights import Weigher
from tidewaiter.text.names import normalise_identifier, normalise_name, split_declared

_NAME_FIELD = "name"


class PartyIndex:
    """Listed names, searchable. Build it with `PartyIndex.build`."""

    __slots__ = (
        "_cache",
        "_identified",
        "_identifiers",
        "_names",
        "_owners",
        "_parties",
        "_search",
        "_weigher",
    )

    def __init__(
        self,
        columns: Arrays,
        cache_size: int,
        parties: Sequence[ListedParty] | None = None,
        *,
        compiled: bool = True,
    ) -> None:
        """Open an index.

        Args:
            columns: Its columns (`build_columns`), in memory or mapped from files.
            cache_size: How many declared parties to remember, at most twice so many; 0 for none.
            parties: The listed parties, where they are at hand; otherwise they are decoded as they are needed.
            compiled: Whether machine code searches where there is any. Never changes an answer.
        """
        self._parties = parties if parties is not None else PartyRecords(Blob(having(columns, "parties.")))
        self._cache: Memory[tuple[object, ...], tuple[PartyMatch, ...]] = Memory(cache_size)
        self._search = NameSearch(columns, compiled)
        vocabulary = self._search.vocabulary
        frequencies = dict(zip(vocabulary.words, columns["vocabulary.frequencies"].tolist(), strict=True))
        self._weigher = Weigher(frequencies, int(columns["vocabulary.spelt"][0]))
        names, texts = Blob(having(columns, "names.")), Blob(having(columns, "texts."))
        self._names = NameRecords(names, texts, self._weigher)
        self._owners = Owners(having(columns, "owners."))
        self._identifiers = columns["identifiers.hashes"]
        self._identified = columns["identifiers.parties"]

    @classmethod
    def build(cls, parties: Sequence[ListedParty], *, cache_size: int = 4096) -> PartyIndex:
        """Return an index over the listed parties.

        Equal names of one kind are compared once, whoever owns them.

        Args:
            parties: All listed parties of all lists.
            cache_size: How many declared parties to remember (senders repeat), at most twice so many; 0 turns the memory off.

        Returns:
            The index; the order of the parties does not change what it finds.
        """
        return cls(build_columns(parties), cache_size, tuple(parties))

    @property
    def parties(self) -> int:
        """Return how many listed parties are indexed."""
        return len(self._parties)

    @property
    def names(self) -> int:
        """Return how many different listed names are indexed."""
        return len(self._names)

    def match(
        self,
        party: Party,
        *,
        threshold: int | None = None,
        hold: int = HOLD_THRESHOLD,
        threshold_organisation: int | None = None,
    ) -> tuple[PartyMatch, ...]:
        """Return the listed parties the declared party may be, best first.

        Args:
            party: The declared party. Nationality is no field of it, and the country never creates a match.
            threshold: The score in thousandths from which a match is returned (the review level); without one, the
                shipped levels of persons and of organisations.
            hold: The hold level; names with little evidence are kept below it.
            threshold_organisation: Another review level for listed organisations; without one, `threshold`.

        Returns:
            One match a listed party, sorted by falling score, then list and list id.
        """
        (matches,) = self.match_batch(
            (party,), threshold=threshold, hold=hold, threshold_organisation=threshold_organisation
        )
        return matches

    def match_batch(
        self,
        parties: Iterable[Party],
        *,
        threshold: int | None = None,
        hold: int = HOLD_THRESHOLD,
        threshold_organisation: int | None = None,
    ) -> tuple[tuple[PartyMatch, ...], ...]:
        """Return the matches of each party, in their order; the same as calling `match` for each, and faster."""
        levels = Levels.of(threshold, hold, threshold_organisation)
        # Numbers are hashed faster than the levels themselves, and each key is hashed several times.
        limits = levels.review, levels.hold, levels.review_organisation
        keys: list[tuple[object, ...]] = []
        known: dict[tuple[object, ...], tuple[PartyMatch, ...]] = {}
        fresh: dict[tuple[object, ...], Party] = {}
        for party in parties:
            keys.append((party.name, party.birth_date, party.country, party.id_number, party.address, *limits))
            key = keys[-1]
            if key not in known and key not in fresh:
                remembered = self._cache.get(key) if party.name or party.id_number else ()
                if remembered is None:
                    fresh[key] = party
                else:
                    known[key] = remembered
        for key, matches in zip(fresh, self._match_all([*fresh.values()], levels), strict=True):
            known[key] = matches
            self._cache.put(key, matches)
        return tuple(known[key] for key in keys)

    def prepare(self, text: str) -> list[Prepared]:
        """Return the names written into one declared name field, ready to compare."""
        prepared = []
        for piece in split_declared(text):
            readings = prepare(piece, UNKNOWN, self._weigher)
            prepared += readings
            if readings and len(readings[0].forms) == 1:
                # A dropped form of two letters may be a family name (Ag, Co, Sa): read the name as a person's too.
                person = normalise_name(piece, "Person")
                if len(person.tokens) == len(readings[0].tokens) + 1 and len(person.tokens[-1]) == 2:
                    prepared.append(Prepared(person, UNKNOWN, self._weigher))
        return prepared

    def candidates(self, text: str) -> list[int]:
        """Return the numbers of all listed names worth comparing with a declared name, in ascending order.

        Proposals only: most of them score low. `names_of` and `owners_of` say what a number stands for.
        """
        return sorted({number for found in self._search.find_many(self.prepare(text)) for number in found})

    def names_of(self, numbers: Iterable[int]) -> list[tuple[str, str]]:
        """Return (schema, name as listed) of listed names by their numbers; of several owners, the first."""
        owners = [self._owners[number][0] for number in numbers]
        return [(self._parties[owner].schema, self._parties[owner].names[position].text) for owner, position in owners]

    def owners_of(self, number: int) -> tuple[ListedParty, ...]:
        """Return the listed parties that bear the listed name of this number."""
        return tuple(self._parties[owner] for owner in dict.fromkeys(owner for owner, _ in self._owners[number]))

    def proposals(self, party: Party) -> list[tuple[str, str]]:
        """Return (schema, name) of every listed name worth comparing with the declared one, whatever its score."""
        return self.names_of(self.candidates(party.name))

    def _match_all(self, parties: Sequence[Party], levels: Levels) -> list[tuple[PartyMatch, ...]]:
        names = [self.prepare(party.name) for party in parties]
        reachable = levels.reachable()
        lowest = [
            reachable[bool(party.birth_date), bool(party.address), bool(party.id_number)]
            for party, row in zip(parties, names, strict=True)
            for _ in row
        ]
        found = iter(self._search.find_many([declared for row in names for declared in row], lowest))
        return [
            self._match(party, [(declared, next(found)) for declared in row], levels)
            for party, row in zip(parties, names, strict=True)
        ]

    def _match(
        self, party: Party, candidates: Sequence[tuple[Prepared, Sequence[int]]], levels: Levels
    ) -> tuple[PartyMatch, ...]:
        if not party.id_number and not any(numbers for _, numbers in candidates):
            return ()
        best: dict[int, tuple[tuple[int, int, str], int, list[Step]]] = {}
        lowest = levels.lowest(), levels.lowest(party)
        for declared, numbers in candidates:
            for number in numbers:
                self._consider(party, declared, number, levels, lowest, best)
        if party.id_number:
            self._by_identifier(party, [declared for declared, _ in candidates], levels, best)
        if not best:
            return ()
        matches = []
        for owner, (rank, position, steps) in best.items():
            listed = self._parties[owner]
            source = f"{listed.list}/{listed.list_id}"
            name = listed.names[position]
            matches.append(PartyMatch(listed, name, -rank[0], -rank[1], contributions_of(steps, _NAME_FIELD, source)))
        matches.sort(key=lambda match: (-match.score, match.listed.list, match.listed.list_id, match.name.text))
        return tuple(matches)

    def _consider(
        self,
        party: Party,
        declared: Prepared,
        number: int,
        levels: Levels,
        lowest: tuple[float, float],
        best: dict[int, tuple[tuple[int, int, str], int, list[Step]]],
    ) -> None:
        """Judge one listed name for each listed party that bears it, keeping the best name of a party."""
        listed_name = self._names[number]
        scored = score_names(declared, listed_name)
        if scored.log_odds < lowest[1] and not party.id_number:
            # The whole of a listed name is looked at even where its words are plain.
            if scored.log_odds < lowest[0] or not is_exact(scored):
                return
        for owner, position in self._owners[number]:
            listed = self._parties[owner]
            name = listed.names[position]
            score, evidence, steps = judge(party, scored, listed, name, levels)
            if score >= levels.review_for(listed.schema, declared):
                rank = (-score, -evidence, name.text)
                if owner not in best or rank < best[owner][0]:
                    best[owner] = (rank, position, steps)

    def _by_identifier(
        self,
        party: Party,
        declared_names: list[Prepared],
        levels: Levels,
        best: dict[int, tuple[tuple[int, int, str], int, list[Step]]],
    ) -> None:
        """Add listed parties that carry the declared identifier, whatever their names."""
        declared = declared_names[0] if declared_names else Prepared(normalise_name(party.name), UNKNOWN, self._weigher)
        clean = normalise_identifier(party.id_number)
        for owner in self._with_identifier(clean):
            listed = self._parties[owner]
            # Different identifiers may share a hash.
            if owner in best or clean not in {normalise_identifier(value) for _, value in listed.identifiers}:
                continue
            for position, name in enumerate(listed.names):
                prepared = Prepared(normalise_name(name.text, listed.schema), kind_of(listed.schema), self._weigher)
                score, evidence, steps = judge(party, score_names(declared, prepared), listed, name, levels)
                rank = (-score, -evidence, name.text)
                if score >= levels.review_for(listed.schema, declared) and (owner not in best or rank < best[owner][0]):
                    best[owner] = (rank, position, steps)

    def _with_identifier(self, clean: str) -> list[int]:
        """Return the listed parties that may carry a normalised identifier, ascending."""
        if not clean:
            return []
        sought = np.uint32(identifier_hash(clean))
        start, stop = (int(np.searchsorted(self._identifiers, sought, side=side)) for side in ("left", "right"))
        owners: list[int] = self._identified[start:stop].tolist()
        return owners
