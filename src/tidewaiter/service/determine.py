"""Answer the licence question for given list entries on a route (`tidewaiter licence determine`)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

import msgspec

from tidewaiter.formats.outcomes import dumps
from tidewaiter.model import InputError
from tidewaiter.model.goods import Assessment
from tidewaiter.packs import Entry, PackSet, Rule
from tidewaiter.screen.licence import RouteRules, Routes, find_grounds
from tidewaiter.service.law_read import LawRead
from tidewaiter.service.licence_facts import facts_of_question
from tidewaiter.service.licence_key import LicenceKey, Place, place_of
from tidewaiter.service.licence_rows import exception_rows, ground_row, information_rows
from tidewaiter.service.screening import load_packs
from tidewaiter.service.text_tables import text_lines

Row = dict[str, Any]
_ROUTE = ("origin", "destination", "goods_origin", "route")
_MOST_ROUTES = 50_000
_MOST_DAYS = 400


@dataclass(frozen=True, slots=True)
class _Asked:
    """One entry of the question: what was said to be met or open."""

    rows: tuple[Assessment, ...]
    unknown: tuple[str, ...]


def determine_lines(path: str, on: date, jurisdictions: tuple[str, ...] = ()) -> Iterator[tuple[str, bytes]]:
    """Yield what is required and the answer as JSON, for each JSON line of a file.

    Raises:
        InputError: a line is not a JSON object.
    """
    packs = load_packs()
    determiner = Determiner(packs, chosen_rules(packs, jurisdictions), on)
    for number, line in enumerate(text_lines(path), 1):
        if not line.strip():
            continue
        try:
            question = msgspec.json.decode(line)
        except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
            raise InputError(f"{path}:{number}: not JSON: {error}") from error
        if not isinstance(question, dict):
            raise InputError(f"{path}:{number}: expected an object, read {type(question).__name__}")
        yield determiner.answer_json(question)


def chosen_rules(packs: PackSet, jurisdictions: tuple[str, ...] = ()) -> list[Rule]:
    """Return the licence rules of some jurisdictions, or of all, those for information included."""
    return [rule for rule in packs.rules if not jurisdictions or rule.jurisdiction in jurisdictions]


class Determiner:
    """Answers licence questions over one set of packs and rules.

    What a rule certainly does not reach on a route is left out once for the route, and an answer is worked out once for
    each set of the facts that the remaining rules read: goods, route and those facts alone decide, so nothing else can.
    """

    def __init__(self, packs: PackSet, rules: Sequence[Rule], on: date, *, remember: int = 100_000) -> None:
        """Prepare for a legal date; `remember` bounds the answers kept, 0 keeps none."""
        self.packs = packs
        self.rules = list(rules)
        self.on = on
        self._remember = remember
        self._entries: dict[tuple[str, str], list[Entry]] = {}
        for entry in packs.entries:
            self._entries.setdefault((entry.list, entry.id), []).append(entry)
        self._routes: dict[date, Routes] = {}
        self._live: dict[tuple[object, ...], RouteRules] = {}
        self._key = LicenceKey(packs, self._rules_at, self._paragraph_at)
        self._answers: dict[tuple[object, ...], Row] = {}
        self._written: dict[tuple[object, ...], tuple[str, bytes]] = {}
        self._texts: dict[bytes, bytes] = {}
        self._law = LawRead(packs, [rule for rule in self.rules if rule.effect != "information"])

    def answer(self, question: Row) -> Row:
        """Answer one question; see the interface for the fields. A missing or null fact is unknown."""
        day, key = self._day_and_key(question)
        if day is None:
            return _undated(question)
        known = self._answers.get(key) if key is not None else None
        if known is None:
            known = self._answer(question, day)
            if key is not None:
                if len(self._answers) >= self._remember:
                    self._answers.clear()
                self._answers[key] = known
        return {**known, "input": question}

    def answer_json(self, question: Row) -> tuple[str, bytes]:
        """Return what is required (yes, no or open) and the answer of `answer` as JSON; what repeats is written once."""
        day, key = self._day_and_key(question)
        if day is None:
            return "open", dumps(_undated(question))
        known = self._written.get(key) if key is not None else None
        if known is None:
            answer = self._answer(question, day)
            text = dumps(answer)[:-1] + b',"input":'
            known = (answer["required"], text)
            if key is not None:
                if len(self._written) >= self._remember:
                    self._written.clear()
                    self._texts.clear()
                known = (known[0], self._texts.setdefault(text, text))  # many answers are alike to the letter
                self._written[key] = known
        return known[0], known[1] + dumps(question) + b"}"

    def _day_and_key(self, question: Row) -> tuple[date | None, tuple[object, ...] | None]:
        """Return the day asked about (None: not a date) and what decides the answer (None: nothing is remembered)."""
        day = self.on
        if question.get("on"):
            try:
                day = date.fromisoformat(str(question["on"]))
            except ValueError:
                return None, None
        return day, self._key.of(question, day) if self._remember else None

    def _rules_at(self, question: Row, place: Place) -> RouteRules:
        """Return the rules that the route and the day leave possible."""
        known = self._live.get(place)
        if known is None:
            day = cast(date, place[-1])
            routes = self._routes.get(day)
            if routes is None:
                if len(self._routes) >= _MOST_DAYS:
                    self._routes.clear()
                routes = self._routes[day] = Routes(rule for rule in self.rules if rule.in_force(day))
            facts = facts_of_question({name: question.get(name) for name in _ROUTE}, self.packs, (), day)
            if len(self._live) >= _MOST_ROUTES:
                self._live.clear()
            known = self._live[place] = routes.on(facts)
        return known

    def _answer(self, question: Row, day: date) -> Row:
        packs = self.packs
        asked = self._asked(question, day)
        facts = facts_of_question(question, packs, asked.rows, day)
        found = find_grounds(self._rules_at(question, place_of(question, day)), asked.rows, facts, packs, day)
        grounds = tuple(ground for ground in found if ground.effect != "information")
        binding = [g for g in grounds if g.binds]
        required = "yes" if any(g.settled is True for g in binding) else "open" if binding else "no"
        open_facts = list(dict.fromkeys(f for g in binding if g.settled is None for f in g.open_facts))
        problems = [f"unknown entry {ref}: not in the packs on {day.isoformat()}" for ref in asked.unknown]
        modelled = self._law.is_modelled(facts.origin)
        if required == "no":
            old = self._law.aged(facts.origin, day)
            if problems or old or not facts.origin or not facts.destination or (not modelled and asked.rows):
                required = "open"
                open_facts += [name for name in ("origin", "destination") if not question.get(name)] + old
                if facts.origin and not modelled:
                    open_facts.append(f"the export law of {facts.origin} is not in the packs")
        return {
            "required": required,
            "authority": list(dict.fromkeys(g.rule.authority.get("en", "") for g in binding if g.rule.authority)),
            "grounds": [ground_row(g) for g in grounds],
            "exceptions": exception_rows(grounds),
            "open_facts": list(dict.fromkeys(open_facts)),
            "information": information_rows(g for g in found if g.effect == "information"),
            "problems": problems,
            "on": day.isoformat(),
            "packs": self._law.dates(facts.origin),
        }

    def _asked(self, question: Row, day: date) -> _Asked:
        rows: list[Assessment] = []
        unknown: list[str] = []
        entries = question.get("entries")
        for item in entries if isinstance(entries, list) else []:
            if not isinstance(item, dict):
                unknown.append(str(item))
                continue
            listed, ref = str(item.get("list", "")), str(item.get("entry", ""))
            status = str(item.get("status", "met"))
            entry = self._find(listed, ref, day)
            if entry is None:
                unknown.append(f"{listed}/{ref}")
                continue
            if status == "excluded":
                continue
            is_open = status == "open"
            open_facts = (f"entry:{listed}/{ref}",) if is_open else ()
            paragraph = ref[len(entry.id) :].lstrip(".")
            rows.append(
                Assessment(listed, entry.id, paragraph, "open" if is_open else "met", "", 1000, open_facts=open_facts)
            )
        return _Asked(tuple(rows), tuple(unknown))

    def _paragraph_at(self, listed: str, ref: str, day: date) -> tuple[str, str, str] | None:
        entry = self._find(listed, ref, day)
        return (listed, entry.id, ref[len(entry.id) :].lstrip(".")) if entry is not None else None

    def _find(self, listed: str, ref: str, day: date) -> Entry | None:
        """Return the entry in force that a citation such as `1A613.d.1` lies under, the longest first."""
        cut = ref
        while cut:
            for entry in self._entries.get((listed, cut), ()):
                if entry.in_force(day):
                    return entry
            cut = cut.rpartition(".")[0]
        return None


def _undated(question: Row) -> Row:
    """Return the answer to a question whose day cannot be read."""
    return {
        "required": "open",
        "authority": [],
        "grounds": [],
        "exceptions": [],
        "open_facts": ["on"],
        "information": [],
        "problems": [f"on: read {question['on']!r}, expected YYYY-MM-DD"],
        "on": None,
        "input": question,
    }
