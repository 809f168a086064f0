"""The licence question of one goods line: each jurisdiction whose rules may apply answers, and the answers become findings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from tidewaiter.model import Declaration, Evidence, Finding, GoodsLine, Question
from tidewaiter.packs import Facts, PackSet, Parameter, Rule
from tidewaiter.screen.counterfactuals import Scenario
from tidewaiter.screen.facts import facts_of
from tidewaiter.screen.findings import licence_finding, listed_without_rule, met_without_requirement
from tidewaiter.screen.goods import GoodsResult, Raised
from tidewaiter.screen.licence import (
    Assessed,
    Candidate,
    GeneralAnswers,
    LicenceAnswer,
    RouteRules,
    Routes,
    Surfacing,
    assess_all,
    decide,
)
from tidewaiter.screen.old_text import as_of_old_text, old_texts
from tidewaiter.screen.questions import licence_question
from tidewaiter.screen.silent_lines import SilentLines

REFERENCE_LISTS = frozenset({"eu-military", "eu-dual-use"})
KNOWN_ROUTES = 20_000


@dataclass(frozen=True, slots=True)
class LineAnswers:
    """Findings, questions and changeable facts of one goods line."""

    findings: tuple[Finding, ...] = ()
    questions: tuple[Question, ...] = ()
    scenarios: tuple[Scenario, ...] = ()


NOTHING_ASKED = LineAnswers()


class LineRules:
    """Compiled from the packs for one legal date; answers for goods lines.

    Args:
        packs: the loaded packs, with a policy.
        on: the legal date; rules outside their dates never matter.
        jurisdictions: jurisdiction codes to apply, None for all.
        modelled: the territories whose export law the packs hold, by jurisdiction.
        parameters: the parameters of goods, by name.
        remember: how many answers for goods that no list names to remember; 0 remembers nothing.
    """

    def __init__(
        self,
        packs: PackSet,
        on: date,
        jurisdictions: frozenset[str] | None,
        modelled: Mapping[str, frozenset[str]],
        parameters: Mapping[str, Parameter],
        remember: int,
    ) -> None:
        self.packs = packs
        self.on = on
        self.modelled = modelled
        self.rules: dict[str, tuple[Rule, ...]] = {}
        for rule in packs.rules:
            chosen = jurisdictions is None or rule.jurisdiction in jurisdictions
            if chosen and rule.in_force(on) and rule.effect != "information":
                self.rules[rule.jurisdiction] = (*self.rules.get(rule.jurisdiction, ()), rule)
        self.surfacing = surfacing_of(packs)
        self.old_text = old_texts(packs, on)
        self._parameters = dict(parameters)
        self._routes = {jurisdiction: Routes(rules) for jurisdiction, rules in self.rules.items()}
        whole = {j: [r for r in rules if r.any_goods or r.codes] for j, rules in self.rules.items()}
        self._any_goods = {jurisdiction: Routes(rules) for jurisdiction, rules in whole.items() if rules}
        self._general = GeneralAnswers(packs, remember)
        self._silent = SilentLines(packs, lambda route: self._rules_on(route, False), remember)
        self._on_route: dict[tuple[object, ...], list[tuple[str, RouteRules]]] = {}
        self._modelled = frozenset(place for j, places in modelled.items() if j in self.rules for place in places)
        self._lists_of_origin: dict[str, frozenset[str]] = {}

    def decide_line(
        self, declaration: Declaration, line: GoodsLine, number: int, result: GoodsResult, facts: Facts
    ) -> list[tuple[LicenceAnswer, Finding | None, str]]:
        """Return the licence answer, finding and jurisdiction for each jurisdiction whose rules may apply."""
        candidates = candidates_of(result.raised)
        applying = self._rules_on(facts, bool(candidates))
        assessed = assess_all(candidates, facts, self.on) if candidates and applying else None
        found: list[tuple[LicenceAnswer, Finding | None, str]] = []
        for jurisdiction, rules in applying:
            answer = self._answer(jurisdiction, candidates, facts, rules, assessed)
            finding = None
            if answer.grounds:
                finding = licence_finding(answer, result, line, number, jurisdiction, declaration, self.packs)
            elif declaration.consignor.country in self.modelled.get(jurisdiction, ()):
                finding = met_without_requirement(answer, result, line, number, jurisdiction, rules, self.packs)
            if finding is not None and finding.code == "licence.not-required":
                finding = as_of_old_text(finding, self.old_text.get(jurisdiction, ()), self.on)
            found.append((answer, finding, jurisdiction))
        return found

    def _rules_on(self, facts: Facts, raised: bool) -> list[tuple[str, RouteRules]]:
        """Return each jurisdiction that has rules on the route, or models its place of posting, with those rules."""
        key = (raised, facts.origin, facts.destination, facts.transit, facts.goods_origin)
        known = self._on_route.get(key)
        if known is None:
            routes = self._routes if raised else self._any_goods
            settled = [(jurisdiction, routes[jurisdiction].on(facts)) for jurisdiction in sorted(routes)]
            modelled = self.modelled
            known = [(j, rules) for j, rules in settled if rules or facts.origin in modelled.get(j, ())]
            if len(self._on_route) >= KNOWN_ROUTES:
                self._on_route.clear()
            self._on_route[key] = known
        return known

    def _answer(
        self,
        jurisdiction: str,
        candidates: list[Candidate],
        facts: Facts,
        rules: RouteRules,
        assessed: Assessed | None,
    ) -> LicenceAnswer:
        def work_out() -> LicenceAnswer:
            return decide(candidates, facts, rules, self.packs, self.on, self.surfacing, self._parameters, assessed)

        if candidates or facts.assumed or facts.entries:
            return work_out()
        return self._general.answer(jurisdiction, rules, facts, work_out)

    def of(self, declaration: Declaration, line: GoodsLine, number: int, result: GoodsResult) -> LineAnswers:
        """Return what the licence rules say of a goods line; nothing where no rule can look at it.

        Args:
            declaration: the item it lies in.
            line: the goods line.
            number: its number, from 0.
            result: what the goods engine read.
        """
        if not (result.raised or result.by_code or self._any_goods):
            return NOTHING_ASKED
        key = self._silent.key_of(declaration, line, result)
        if key is not None and key in self._silent:
            return NOTHING_ASKED
        facts = facts_of(declaration, line, result, self.packs, self.on)
        findings: list[Finding] = []
        questions: list[Question] = []
        for answer, finding, _ in self.decide_line(declaration, line, number, result, facts):
            if finding is not None:
                findings.append(finding)
            if answer.required == "open" and answer.question is not None:
                question = licence_question(answer.question, result, number, self.packs)
                if question is not None and question not in questions:
                    questions.append(question)
        if result.raised:
            findings.extend(self._reference(declaration, line, number, result, facts))
            findings.extend(self._undated(declaration.consignor.country, result, line, number))
        findings.extend(_diligence(result, line, number))
        if not findings and not questions and not result.raised:
            if key is not None:
                self._silent.add(key)
            return NOTHING_ASKED
        scenarios = (Scenario(number, line, result, facts, self._findings_with),) if result.raised else ()
        return LineAnswers(tuple(findings), tuple(questions[:1]), scenarios)

    def _findings_with(
        self, declaration: Declaration, number: int, line: GoodsLine, result: GoodsResult, facts: Facts
    ) -> list[Finding]:
        """Return the findings of one goods line under changed facts."""
        found = [f for _, f, _ in self.decide_line(declaration, line, number, result, facts) if f is not None]
        return found + self._reference(declaration, line, number, result, facts)

    def _reference(
        self, declaration: Declaration, line: GoodsLine, number: int, result: GoodsResult, facts: Facts
    ) -> list[Finding]:
        """Where the law of the place of posting is not modelled, the international lists still say that it is worth a look."""
        origin = declaration.consignor.country
        if not result.raised or origin in self._modelled:
            return []
        candidates = candidates_of(r for r in result.raised if r.entry.list in REFERENCE_LISTS)
        rows = []
        entries = {(c.entry.list, c.entry.id): c.entry for c in candidates}
        for row in assess_all(candidates, facts, self.on)[0]:
            line_at = (
                self.surfacing.prohibition if row.list in self.surfacing.military_lists else self.surfacing.licence
            )
            if row.status == "met" or (row.status == "open" and row.likelihood * row.score / 1000 >= line_at):
                rows.append((entries[row.list, row.entry], row))
        if not rows:
            return []
        rows.sort(key=lambda pair: (pair[1].status != "met", -pair[1].likelihood, pair[1].ref))
        return [listed_without_rule(result, rows, line, number, origin)]

    def _undated(self, origin: str, result: GoodsResult, line: GoodsLine, number: int) -> list[Finding]:
        """A listed kind of thing on a day for which the packs of the place of posting hold no text: not checked, so worth a look."""
        if not result.raised:
            return []
        lists = self._lists_of_origin.get(origin)
        if lists is None:
            lists = self._lists_of_origin[origin] = frozenset(
                name
                for rule in self.packs.rules
                if origin in self.modelled.get(rule.jurisdiction, ())
                for name in (*rule.lists, *(ref.partition("/")[0] for ref in rule.entries))
            )
        raised = [r for r in result.raised if not lists or r.entry.list in lists]
        if not raised or any(r.entry.in_force(self.on) for r in raised):
            return []
        kind = result.kinds[0]
        entries = ", ".join(sorted({f"{r.entry.list} {r.entry.id}" for r in raised}))
        return [
            Finding(
                "goods.no-text-in-force",
                "review",
                f"{kind.title}: the packs hold no text of {entries} in force on {self.on.isoformat()}, so nothing was assessed.",
                kind.evidence,
                kind.contributions,
                kind.score,
                (),
                "concepts",
                number,
            )
        ]


def surfacing_of(packs: PackSet) -> Surfacing:
    """Return from which likelihood open grounds are worth a look, by the policy."""
    assert packs.policy is not None
    lists = (info.id for info in packs.infos if info.kind == "control-list")
    military = frozenset(name for name in lists if "military" in name or name == "us-usml")
    return Surfacing(packs.policy.surface_licence, packs.policy.surface_prohibition, military)


def candidates_of(raised: Iterable[Raised]) -> list[Candidate]:
    """Return raised paragraphs as the licence engine takes them; the two engines do not know each other's values."""
    return [Candidate(r.entry, r.paragraph, r.concept, r.score, r.kind_open, r.rank) for r in raised]


def _diligence(result: GoodsResult, line: GoodsLine, number: int) -> list[Finding]:
    """Codes on the Common High Priority List are information for diligence, never a control finding."""
    found = []
    for entry, paragraph, code in result.by_code:
        found.append(
            Finding(
                "goods.high-priority-code",
                "info",
                f"The declared code {line.hs} is on {entry.title} ({entry.id}); the code says nothing about parameters.",
                (Evidence(f"lines[{number}].hs", line.hs, 0, len(code), entry.title, paragraph.source),),
                (),
                0,
                (),
                entry.pack.label,
                number,
            )
        )
    return found
