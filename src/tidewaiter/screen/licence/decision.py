"""Decide the licence question of one goods line: yes, no or open, with grounds; split unknown facts into cases; ask next.

When every completion of the unknown facts leads to the same decision it is concluded and labelled `in-every-case`. Otherwise
the next question is the fact whose answer settles the decision most often, at the least trouble to the sender.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from tidewaiter.model.goods import Assessment, Value
from tidewaiter.packs import (
    Entry,
    Facts,
    PackSet,
    Paragraph,
    Parameter,
    assess,
)
from tidewaiter.screen.licence.cells import cells_of
from tidewaiter.screen.licence.grounds import Ground, find_grounds
from tidewaiter.screen.licence.route import RouteRules

MAX_FACTS = 5
MAX_CASES = 64
COST = {"parameter": 1, "concept": 1, "fact": 2, "value": 1, "contains": 2, "made_for": 3, "use": 4}
Assessed = tuple[tuple[Assessment, ...], Facts]
_TRUTHS: dict[str, bool | None] = {"met": True, "open": None, "excluded": False}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A raised paragraph with what raised it; `kind_open` when only a broader kind was named.

    `rank` orders assessment: a paragraph comes after those its text refers to (`packs.assessment_ranks`).
    """

    entry: Entry
    paragraph: Paragraph
    concept: str
    score: int
    kind_open: tuple[str, float] | None = None
    rank: int = 0


@dataclass(frozen=True, slots=True)
class NextQuestion:
    """The fact to ask next, with the paragraphs it settles and the share of cases in which it decides."""

    fact: str
    settles: tuple[str, ...]
    share: float


@dataclass(frozen=True)
class LicenceAnswer:
    """The answer for one goods line.

    `required` is yes, no or open: must an individual licence be applied for? `grounds` are those that apply or stay open and
    are worth a look; `quiet` those left below the surfacing line; `in_every_case` says that unknown facts were split and all
    cases agree (`cases` lists them).
    """

    required: str
    grounds: tuple[Ground, ...]
    quiet: tuple[Ground, ...]
    assessments: tuple[Assessment, ...]
    open_facts: tuple[str, ...] = ()
    in_every_case: bool = False
    cases: tuple[str, ...] = ()
    question: NextQuestion | None = None

    @property
    def prohibited(self) -> bool:
        """Whether a settled ground prohibits rather than asks for a licence."""
        return any(ground.settled is True and ground.effect == "prohibited" for ground in self.grounds)


@dataclass(frozen=True, slots=True)
class Surfacing:
    """The likelihood from which an open ground is worth a person's look, by the worst effect; zero shows everything."""

    licence: float = 0.20
    prohibition: float = 0.05
    military_lists: frozenset[str] = frozenset()

    def line(self, ground: Ground) -> float:
        """Return the line for one ground."""
        listed = ground.assessment.list if ground.assessment is not None else ""
        if ground.effect == "prohibited" or listed in self.military_lists:
            return self.prohibition
        return self.licence


def assess_all(candidates: Iterable[Candidate], facts: Facts, on: date) -> Assessed:
    """Assess every candidate in force; paragraphs that wait for others (`after`) come last.

    Returns:
        The assessments and the facts with the truth of every assessed paragraph filled in.
    """
    found: list[Assessment] = []
    entries = dict(facts.entries)
    facts = replace(facts, entries=entries)
    for candidate in sorted(candidates, key=lambda c: (c.rank, c.entry.list, c.entry.id, c.paragraph.id)):
        if not candidate.entry.in_force(on):
            continue
        kind_open = candidate.kind_open
        if kind_open is not None:
            known = facts.assumed.get(f"concept:{kind_open[0]}")
            if known is False:
                continue
            if known is True:
                kind_open = None
        row = assess(candidate.entry, candidate.paragraph, facts, candidate.concept, candidate.score, kind_open)
        found.append(row)
        entries[row.ref] = _TRUTHS[row.status]
    return tuple(found), facts


def decide(
    candidates: Sequence[Candidate],
    facts: Facts,
    rules: RouteRules,
    packs: PackSet,
    on: date,
    surfacing: Surfacing,
    parameters: dict[str, Parameter],
    assessed: Assessed | None = None,
) -> LicenceAnswer:
    """Decide the licence question of one goods line under the given rules; see `LicenceAnswer`.

    `assessed` is what `assess_all` gave for the same candidates, facts and day, where the caller asks several jurisdictions.
    """
    first = assessed if assessed is not None else assess_all(candidates, facts, on)
    answer = _concluded(*first, rules, packs, on, surfacing)
    if answer.required != "open":
        return answer
    names = _splittable(answer, facts)
    cells = {name: cells_of(name, candidates, packs, parameters, answer.grounds) for name in names}
    cells = {name: values for name, values in cells.items() if values}
    if not cells:
        return answer
    names = _fit(list(cells), cells)
    table = _table(names, cells, candidates, facts, rules, packs, on, surfacing)
    results = {required for _, required in table}
    if len(results) == 1 and results != {"open"} and set(names) >= {f for f in answer.open_facts if f != "draft"}:
        required = results.pop()
        shown = tuple(f"{name.partition(':')[2]}: {' / '.join(_show(v) for v in cells[name])}" for name in names)
        grounds = tuple(replace(g, settled=True) if required == "yes" and g.binds else g for g in answer.grounds)
        return replace(answer, required=required, grounds=grounds, in_every_case=True, cases=shown, question=None)
    return replace(answer, question=_next(names, cells, table, answer))


def _decide_once(
    candidates: Sequence[Candidate], facts: Facts, rules: RouteRules, packs: PackSet, on: date, surfacing: Surfacing
) -> LicenceAnswer:
    return _concluded(*assess_all(candidates, facts, on), rules, packs, on, surfacing)


def _concluded(
    assessments: tuple[Assessment, ...],
    facts: Facts,
    rules: RouteRules,
    packs: PackSet,
    on: date,
    surfacing: Surfacing,
) -> LicenceAnswer:
    grounds = find_grounds(rules, assessments, facts, packs, on)
    shown, quiet = [], []
    for ground in grounds:
        if ground.settled is True or ground.likelihood >= surfacing.line(ground):
            shown.append(ground)
        else:
            quiet.append(ground)
    binding = [ground for ground in shown if ground.binds]
    if any(ground.settled is True for ground in binding):
        required = "yes"
    elif binding:
        required = "open"
    else:
        required = "no"
    open_facts = tuple(
        dict.fromkeys(fact for ground in binding if ground.settled is None for fact in ground.open_facts)
    )
    return LicenceAnswer(required, tuple(shown), tuple(quiet), assessments, open_facts)


def _splittable(answer: LicenceAnswer, facts: Facts) -> list[str]:
    """Open facts that can be split into cases, those most grounds rest on first."""
    counts: dict[str, int] = {}
    for ground in answer.grounds:
        for fact in ground.open_facts if ground.settled is None and ground.binds else ():
            if fact.partition(":")[0] in COST and fact != "value":
                counts[fact] = counts.get(fact, 0) + 1
    return sorted(counts, key=lambda fact: (-counts[fact], fact))


def _fit(names: list[str], cells: dict[str, list[Value | bool]]) -> list[str]:
    """Take facts, in order, as long as the number of cases stays bounded."""
    taken: list[str] = []
    size = 1
    for name in names[:MAX_FACTS]:
        if size * len(cells[name]) <= MAX_CASES:
            taken.append(name)
            size *= len(cells[name])
    return taken


def _table(
    names: list[str],
    cells: dict[str, list[Value | bool]],
    candidates: Sequence[Candidate],
    facts: Facts,
    rules: RouteRules,
    packs: PackSet,
    on: date,
    surfacing: Surfacing,
) -> list[tuple[tuple[int, ...], str]]:
    """Return the decision for every completion of the named facts."""
    everything = replace(surfacing, licence=0.0, prohibition=0.0)
    table = []
    for choice in itertools.product(*(range(len(cells[name])) for name in names)):
        completed = facts
        for name, index in zip(names, choice, strict=True):
            completed = completed.assume(name, cells[name][index])
        table.append((choice, _decide_once(candidates, completed, rules, packs, on, everything).required))
    return table


def _next(
    names: list[str],
    cells: dict[str, list[Value | bool]],
    table: list[tuple[tuple[int, ...], str]],
    answer: LicenceAnswer,
) -> NextQuestion | None:
    best: tuple[float, float, str] | None = None
    for position, name in enumerate(names):
        settled = 0
        for index in range(len(cells[name])):
            outcomes = {required for choice, required in table if choice[position] == index}
            settled += len(outcomes) == 1 and outcomes != {"open"}
        share = settled / len(cells[name])
        cost = COST.get(name.partition(":")[0], 3)
        rank = (-(share + 0.01) / cost, cost, name)
        if best is None or rank < best:
            best = rank
    if best is None:
        return None
    name = best[2]
    settles = tuple(
        dict.fromkeys(
            ground.assessment.ref
            for ground in answer.grounds
            if ground.assessment is not None and name in ground.open_facts
        )
    )
    return NextQuestion(name, settles, -best[0] * best[1] - 0.01)


def _show(value: Value | bool) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value.labels:
        return " or ".join(value.labels)
    return "" if value.low is None else f"{float(value.low):g}"
