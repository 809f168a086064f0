"""Use cases of the ledger of reports: add, show, grade, join, split, verify, group, link. Who does it and when come in as arguments."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property, lru_cache
from pathlib import Path
from typing import cast, get_args

from tidewaiter.claims.grades import checked_grade, parse_grade
from tidewaiter.claims.ledger import ClaimView, LedgerView, ledger_view, mention_id
from tidewaiter.claims.ledger_words import whole_words
from tidewaiter.claims.reading import ReadReport, decode_reading
from tidewaiter.claims.sameness import Kinds, ages_same
from tidewaiter.model import GoodsLine, InputError
from tidewaiter.model.claims import ClaimLink, LinkKind, Mention
from tidewaiter.model.ledger import VERIFICATION_RESULTS
from tidewaiter.packs import PackSet
from tidewaiter.packs.report_ledger import LedgerRules, read_ledger_rules
from tidewaiter.screen.goods import GoodsEngine
from tidewaiter.service.compiled import packs_and_engine
from tidewaiter.service.locations import packs_folder
from tidewaiter.store.claims.looking import altered, handwork, readings
from tidewaiter.store.claims.schema import open_ledger
from tidewaiter.store.claims.writing import LedgerWriter
from tidewaiter.text.fold import fold_text

ReadsFile = Callable[[Path], Iterable[ReadReport]]
ROWS = (".jsonl", ".ndjson")


@dataclass(frozen=True, slots=True)
class Added:
    """What came of adding files: new documents and claims, documents that were there already, rows that could not be read."""

    documents: int = 0
    claims: int = 0
    known: int = 0
    unread: int = 0


def add_files(path: Path, files: Sequence[Path], now: datetime, read: ReadsFile | None = None) -> Added:
    """Add read reports to a ledger; it is made where there is none. Each document is on disk, whole, before the next is added.

    Args:
        path: the ledger.
        files: JSON Lines of `tidewaiter report read`, or other files for `read`.
        now: when.
        read: reads a file of reports with its claims; without it only JSON Lines are taken.

    Raises:
        InputError: a file cannot be read or a claim does not quote its document; what was added before it stays.
    """
    documents = claims = known = unread = 0
    with closing(open_ledger(path, create=True)) as connection:
        writer = LedgerWriter(connection, now)
        for file in files:
            for reading in _read(file, read):
                if reading is None:
                    unread += 1
                elif writer.add_report(reading):
                    documents += 1
                    claims += len(reading.claims)
                else:
                    known += 1
    return Added(documents, claims, known, unread)


def _read(file: Path, read: ReadsFile | None) -> Iterator[ReadReport | None]:
    if file.suffix.lower() not in ROWS:
        if read is None:
            raise InputError(
                f"{file}: give the JSON Lines of `tidewaiter report read {file}`, in a file that ends in .jsonl"
            )
        yield from read(file)
        return
    try:
        with file.open("rb") as handle:
            for number, line in enumerate(handle, start=1):
                if line.strip():
                    yield decode_reading(line, f"{file}:{number}")
    except OSError as error:
        raise InputError(f"{file}: cannot be read: {error.strerror}") from error


class Ledger:
    """An open ledger with what is needed to understand it.

    Args:
        path: the file of the ledger.
        packs: rule packs, for the kinds of goods; the shipped ones if not given.
        engine: the goods engine over them; without it a designator's words are taken from the claims alone.
        rules: data of the ledger; the shipped ones if not given.
    """

    def __init__(
        self,
        path: Path,
        packs: PackSet | None = None,
        engine: GoodsEngine | None = None,
        rules: LedgerRules | None = None,
    ) -> None:
        self.connection: sqlite3.Connection = open_ledger(path)
        self._given = (packs, engine) if packs is not None else None
        self._rules = rules

    @cached_property
    def packs(self) -> PackSet:
        """The rule packs; loaded when first asked for, as much of what people do needs none."""
        return self._packs_and_engine[0]

    @cached_property
    def kinds(self) -> Kinds:
        """The relations of kinds of goods."""
        return kinds_of(*self._packs_and_engine, self.rules)

    @cached_property
    def rules(self) -> LedgerRules:
        """The data of the ledger."""
        return self._rules if self._rules is not None else read_ledger_rules(packs_folder())

    @cached_property
    def _packs_and_engine(self) -> tuple[PackSet, GoodsEngine | None]:
        return self._given if self._given is not None else packs_and_engine(packs_folder())

    def close(self) -> None:
        """Close the file."""
        self.connection.close()

    def view(self) -> LedgerView:
        """Return everything in the ledger as a reader sees it."""
        return ledger_view(readings(self.connection), handwork(self.connection), self.kinds, self.rules)

    def claim(self, name: str, view: LedgerView | None = None) -> ClaimView:
        """Return one claim of the ledger.

        Raises:
            InputError: there is none of this id.
        """
        found = view if view is not None else self.view()
        for claim in (*(c for incident in found.incidents for c in incident.claims), *found.background):
            if claim.claim.id == name:
                return claim
        raise InputError(f"{name}: no claim of this id is in the ledger; `tidewaiter report ledger DB` shows them")

    def grade(self, claim: str, pair: str, by: str, why: str, now: datetime) -> ClaimView:
        """Set an analyst's grade.

        Raises:
            InputError: no pair, no such claim, nobody named, or credibility 1 without two independent upstreams.
        """
        grade = parse_grade(pair, by)
        found = self.claim(claim)
        LedgerWriter(self.connection, now).set_grade(claim, checked_grade(grade, found.upstreams), why)
        return self.claim(claim)

    def verify(self, claim: str, by: str, method: str, result: str, evidence: str, now: datetime) -> int:
        """Keep that a person looked into a claim; return the number of the verification."""
        if result not in VERIFICATION_RESULTS:
            raise InputError(f"--result: read {result!r}, expected one of {', '.join(VERIFICATION_RESULTS)}")
        return LedgerWriter(self.connection, now).verify(claim, by, method, result, evidence)

    def join(self, left: str, right: str, by: str, why: str, now: datetime, despite: Sequence[str] = ()) -> int:
        """Keep a person's word that two mentions are one person; return the number of the join.

        Raises:
            InputError: no such mention of a person, or their ages or years of birth exclude it and `despite` does not say `age`.
        """
        persons = self._persons()
        for name in (left, right):
            if name not in persons:
                raise InputError(
                    f"{name}: no person is mentioned there in a claim; `tidewaiter report ledger DB` shows them as document:start-end"
                )
        (one, on), (other, then) = persons[left], persons[right]
        if ages_same(one, other, on, then) is False and "age" not in despite:
            raise InputError(
                f"{left} and {right}: {_aged(one)} and {_aged(other)} are two persons; if one of the texts is wrong, "
                "say so with --despite age and why"
            )
        reason = why if not despite else f"{why} (despite {', '.join(despite)})"
        return LedgerWriter(self.connection, now).join(left, right, by, reason if why.strip() else "")

    def split(self, join: int, by: str, why: str, now: datetime) -> None:
        """Undo a join of persons."""
        LedgerWriter(self.connection, now).split(join, by, why)

    def group(self, title: str, claims: Sequence[str], by: str, why: str, now: datetime) -> int:
        """Group claims as one incident; return its number."""
        return LedgerWriter(self.connection, now).group(title, tuple(dict.fromkeys(claims)), by, why)

    def link(self, kind: str, left: str, right: str, slot: str, by: str, why: str, now: datetime) -> int:
        """Link two claims by an analyst's word; return the number of the link."""
        if kind not in get_args(LinkKind):
            raise InputError(f"read the link {kind!r}, expected one of {', '.join(get_args(LinkKind))}")
        link = ClaimLink(cast(LinkKind, kind), left, right, slot, why, by)
        return LedgerWriter(self.connection, now).link(link)

    def altered(self) -> list[str]:
        """Return what does not fit the audit."""
        return list(altered(self.connection))

    def _persons(self) -> dict[str, tuple[Mention, date | None]]:
        return {
            mention_id(claim, mention): (mention, reading.report.published.first)
            for reading in readings(self.connection)
            for claim in reading.claims
            for mention in (claim.subject, claim.object)
            if mention is not None and mention.kind == "person"
        }


def kinds_of(packs: PackSet, engine: GoodsEngine | None, rules: LedgerRules) -> Kinds:
    """Return the relations of kinds of goods of the packs, and a reader of words where there is an engine.

    Weak words count here: nobody is screened by them, and a report that calls a model "helmet" has said what it calls it.
    """
    broader = {name: concept.broader for name, concept in packs.concepts.items() if concept.broader}
    if engine is None:
        return Kinds(broader)
    found = engine
    nouns = [(whole_words({"": words}), concepts) for words, concepts in rules.goods_words]

    @lru_cache(maxsize=16_384)
    def kind_of(words: str) -> tuple[str, ...]:
        read = tuple(kind.concept for kind in found.read(GoodsLine(words)).concepts if kind.role == "is")
        return read or tuple(k for pattern, concepts in nouns if pattern.search(fold_text(words)) for k in concepts)

    return Kinds(broader, kind_of)


def _aged(mention: Mention) -> str:
    return f"age {mention.age}" if mention.age is not None else f"born {mention.birth_year}"
