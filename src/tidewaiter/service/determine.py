"""Answer the licence question for given list entries on a route (`tidewaiter licence determine`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import msgspec

from tidewaiter.model import InputError
from tidewaiter.model.goods import Assessment
from tidewaiter.packs import Condition, Entry, PackSet, Release, Rule
from tidewaiter.screen.licence import find_grounds, rules_on_route
from tidewaiter.service.law_read import LawRead
from tidewaiter.service.licence_facts import facts_of_question
from tidewaiter.service.licence_rows import exception_rows, ground_row
from tidewaiter.service.screening import load_packs
from tidewaiter.service.text_tables import text_lines

Row = dict[str, Any]
_ROUTE = ("origin", "destination", "goods_origin", "route")
_MOST_ROUTES = 50_000


@dataclass(frozen=True, slots=True)
class _Asked:
    """One entry of the question: what was said to be met or open."""

    rows: tuple[Assessment, ...]
    unknown: tuple[str, ...]


def determine_lines(path: str, on: date, jurisdictions: tuple[str, ...] = ()) -> Iterator[Row]:
    """Yield one answer for each JSON line of a file.

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
        yield determiner.answer(question)


def chosen_rules(packs: PackSet, jurisdictions: tuple[str, ...] = ()) -> list[Rule]:
    """Return the licence rules of some jurisdictions, or of all."""
    return [
        r for r in packs.rules if (not jurisdictions or r.jurisdiction in jurisdictions) and r.effect != "information"
    ]


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
        self._live: dict[tuple[object, ...], tuple[Rule, ...]] = {}
        self._read: dict[tuple[object, ...], frozenset[str]] = {}
        self._rule_facts: dict[tuple[object, ...], frozenset[str]] = {}
        self._row_facts: dict[str, frozenset[str]] = {}
        self._answers: dict[tuple[object, ...], Row] = {}
        self._law = LawRead(packs, self.rules)

    def answer(self, question: Row) -> Row:
        """Answer one question; see the interface for the fields. A missing or null fact is unknown."""
        day = self.on
        if question.get("on"):
            try:
                day = date.fromisoformat(str(question["on"]))
            except ValueError:
                return {
                    "required": "open",
                    "authority": [],
                    "grounds": [],
                    "exceptions": [],
                    "open_facts": ["on"],
                    "problems": [f"on: read {question['on']!r}, expected YYYY-MM-DD"],
                    "on": None,
                    "input": question,
                }
        key = self._key(question, day) if self._remember else None
        if key is not None:
            known = self._answers.get(key)
            if known is not None:
                return {**known, "input": question}
        answer = self._answer(question, day)
        if key is not None:
            if len(self._answers) >= self._remember:
                self._answers.clear()
            self._answers[key] = answer
        return {**answer, "input": question}

    def _key(self, question: Row, day: date) -> tuple[object, ...] | None:
        """Return all that can decide the answer, or None where the question has an unusual form."""
        entries = question.get("entries") or []
        route = question.get("route")
        if not isinstance(entries, list) or not (route is None or isinstance(route, list)):
            return None
        goods = []
        for item in entries:
            if not isinstance(item, dict) or item.get("parameters"):
                return None
            goods.append((str(item.get("list", "")), str(item.get("entry", "")), str(item.get("status", "met"))))
        place = _place(question, day)
        whole = (place, tuple(goods))
        read = self._read.get(whole)
        if read is None:
            read = self._facts_read(question, day, goods, place)
            if len(self._read) >= _MOST_ROUTES:
                self._read.clear()
            self._read[whole] = read
        # As they are written: true, 1 and "1" are told apart, as the reading of facts tells them apart.
        told = sorted((name, repr(value)) for name, value in question.items() if name in read and value is not None)
        return whole, tuple(told)

    def _facts_read(
        self, question: Row, day: date, goods: list[tuple[str, str, str]], place: tuple[object, ...]
    ) -> frozenset[str]:
        """Return the names under which a question may state a fact that a rule reads for these goods on this route."""
        names = self._rule_facts.get(place)
        if names is None:
            names = self._facts_of_rules(self._rules_for(question, day, place))
            self._rule_facts[place] = names
        for listed, ref, _ in goods:
            entry = self._find(listed, ref, day)
            if entry is not None:
                names |= self._facts_of_requirement(f"{listed}/{entry.id}")
        return names

    def _facts_of_rules(self, rules: Iterable[Rule]) -> frozenset[str]:
        names = {"mode"}
        for rule in rules:
            if rule.codes:
                names.add("hs")
            for condition in (rule.when, rule.raised_by):
                names |= fact_names(condition, self.packs)
            names |= self._facts_of_releases(rule.exceptions)
        return _spelt(names)

    def _facts_of_requirement(self, ref: str) -> frozenset[str]:
        """Return the same for the requirement rows of an entry; they are looked through once."""
        known = self._row_facts.get(ref)
        if known is None:
            names: set[str] = set()
            requirement = self.packs.requirements.get(ref)
            if requirement is not None:
                for row in requirement.rows:
                    names |= fact_names(row.when, self.packs)
                names |= self._facts_of_releases(requirement.exceptions)
            known = self._row_facts[ref] = _spelt(names)
        return known

    def _facts_of_releases(self, releases: Iterable[Release]) -> set[str]:
        names: set[str] = set()
        for release in releases:
            names |= fact_names(release.when, self.packs) | fact_names(release.unless, self.packs)
        return names

    def _rules_for(self, question: Row, day: date, place: tuple[object, ...]) -> tuple[Rule, ...]:
        """Return the rules that the route and the day leave possible."""
        known = self._live.get(place)
        if known is None:
            facts = facts_of_question({name: question.get(name) for name in _ROUTE}, self.packs, (), day)
            known = rules_on_route((rule for rule in self.rules if rule.in_force(day)), facts)
            if len(self._live) >= _MOST_ROUTES:
                self._live.clear()
                self._rule_facts.clear()
            self._live[place] = known
        return known

    def _answer(self, question: Row, day: date) -> Row:
        packs = self.packs
        asked = self._asked(question, day)
        facts = facts_of_question(question, packs, asked.rows, day)
        grounds = find_grounds(self._rules_for(question, day, _place(question, day)), asked.rows, facts, packs, day)
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

    def _find(self, listed: str, ref: str, day: date) -> Entry | None:
        """Return the entry in force that a citation such as `1A613.d.1` lies under, the longest first."""
        cut = ref
        while cut:
            for entry in self._entries.get((listed, cut), ()):
                if entry.in_force(day):
                    return entry
            cut = cut.rpartition(".")[0]
        return None


def _spelt(names: Iterable[str]) -> frozenset[str]:
    """Return names of facts in both spellings that a question may use, with hyphens and with underscores."""
    found = frozenset(names)
    return found | {name.replace("-", "_") for name in found}


def _place(question: Row, day: date) -> tuple[object, ...]:
    """Return route and day as they are read: places as text, the way None when it is not told."""
    route = question.get("route")
    ends = (str(question.get(name) or "") for name in ("origin", "destination", "goods_origin"))
    return (*ends, tuple(map(str, route)) if isinstance(route, list) else None, day)


def fact_names(condition: Condition | None, packs: PackSet) -> frozenset[str]:
    """Return the names of the facts and parameters a condition may read, those of named definitions included."""
    if condition is None:
        return frozenset()
    found: set[str] = set()
    waiting, seen = [condition], set()
    while waiting:
        one = waiting.pop()
        waiting.extend(one.children)
        if one.kind in ("fact", "parameter"):
            found.add(one.name)
        elif one.kind == "value":
            found |= {"value", "currency"}
        elif one.kind == "code":
            found.add("hs")
        elif one.kind == "use" and one.name in packs.definitions and one.name not in seen:
            seen.add(one.name)
            definition = packs.definitions[one.name]
            waiting.append(definition.catches)
            if definition.releases is not None:
                waiting.append(definition.releases)
    return frozenset(found)
