"""The screening: the one module that knows goods, parties and licence rules, and puts their answers together.

A `Screener` is compiled once and is a pure function of declarations: no clock, no network, no database. Batches and single
declarations give the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from tidewaiter.model import (
    Contribution,
    Counterfactual,
    Declaration,
    Evidence,
    Finding,
    GoodsLine,
    HistoryState,
    HistoryView,
    LegalBasis,
    ListVersion,
    Outcome,
    Party,
    Question,
    Screening,
    Versions,
)
from tidewaiter.model.leads import LeadSet
from tidewaiter.packs import Facts, PackSet, Rule
from tidewaiter.screen.counterfactuals import Scenario, counterfactuals_of
from tidewaiter.screen.coverage import CoverageBuilder
from tidewaiter.screen.description import DescriptionDefect, DescriptionQuality
from tidewaiter.screen.facts import facts_of, stated_licence
from tidewaiter.screen.findings import POST, licence_finding, listed_without_rule, met_without_requirement, weak_matches
from tidewaiter.screen.goods import GoodsEngine, GoodsResult, Raised
from tidewaiter.screen.goods.learned import Learned, Opinion, opinions
from tidewaiter.screen.hearing import hear
from tidewaiter.screen.history import history_findings, history_gaps
from tidewaiter.screen.indicators import (
    Indicator,
    PlaceWords,
    Seen,
    indicators_in,
    indicators_of,
    points_of,
    score_indicators,
)
from tidewaiter.screen.leads import LeadBook
from tidewaiter.screen.licence import (
    Candidate,
    GeneralAnswers,
    LicenceAnswer,
    RouteRules,
    Routes,
    Surfacing,
    assess_all,
    decide,
)
from tidewaiter.screen.memory import Memory
from tidewaiter.screen.old_text import as_of_old_text, old_texts
from tidewaiter.screen.outcome import outcome_of
from tidewaiter.screen.party import Dismissals, PartyIndex, PartyMatch
from tidewaiter.screen.questions import description_question, licence_question

REFERENCE_LISTS = frozenset({"eu-military", "eu-dual-use"})
CACHED_LINES = 50_000
KNOWN_ROUTES = 20_000


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What screening a batch rests on whatever a history says: the opinions of its texts and the matches of its parties."""

    opinions: dict[str, Opinion]
    matches: dict[Party, tuple[PartyMatch, ...]]


class Screener:
    """Compiled from packs and party lists for one legal date; screens batches of declarations.

    Args:
        packs: the loaded packs.
        parties: an index over the listed parties, or None if no list was given.
        lists: the versions of those lists.
        on: the legal date; rules and entries outside their dates never matter.
        jurisdictions: jurisdiction codes to apply (None: every one in the packs, where its own rules say it applies).
        code_version: version of the program, for the record.
        learned: light models that rank and ask, or None; on their own they never give more than a review.
        engine: the goods engine over these packs, where it is compiled already.
        dismissals: decisions that a declared party is not a listed one.
        history: the history whose views will be passed in, for the record.
        leads: leads that people took from reports; those in force on the legal date count.
        remember: how many read descriptions to remember (wording repeats); 0 remembers nothing. Never changes an answer.
    """

    def __init__(
        self,
        packs: PackSet,
        parties: PartyIndex | None,
        lists: tuple[ListVersion, ...],
        on: date,
        jurisdictions: Iterable[str] | None = None,
        code_version: str = "",
        remember: int = CACHED_LINES,
        learned: Learned | None = None,
        engine: GoodsEngine | None = None,
        dismissals: Dismissals | None = None,
        history: HistoryState | None = None,
        leads: LeadSet | None = None,
    ) -> None:
        assert packs.policy is not None
        self.packs = packs
        self.policy = packs.policy
        self.on = on
        self.parties = parties
        self.dismissals = dismissals
        self.history = history
        self.leads = LeadBook(leads, on, packs.concepts) if leads is not None else None
        self.goods = engine if engine is not None else GoodsEngine(packs)
        self.learned = learned
        self.quality = DescriptionQuality(packs.description)
        self._place_words = PlaceWords(packs.indicators, on) if packs.indicators is not None else None
        chosen = frozenset(jurisdictions) if jurisdictions is not None else None
        self.rules: dict[str, tuple[Rule, ...]] = {}
        for rule in packs.rules:
            if (chosen is None or rule.jurisdiction in chosen) and rule.in_force(on) and rule.effect != "information":
                self.rules[rule.jurisdiction] = (*self.rules.get(rule.jurisdiction, ()), rule)
        self.coverage = CoverageBuilder(
            packs, lists, on, chosen, self.leads.checked if self.leads is not None else None
        )
        self.surfacing = Surfacing(
            self.policy.surface_licence,
            self.policy.surface_prohibition,
            frozenset(
                info.id
                for info in packs.infos
                if info.kind == "control-list" and ("military" in info.id or info.id == "us-usml")
            ),
        )
        self.versions = Versions(
            code_version,
            on,
            tuple((info.label, info.sha256[:12]) for info in packs.infos),
            tuple((f"{v.list}@{v.dated.isoformat()}", v.sha256[:12]) for v in lists),
            f"{history.name}: {history}" if history is not None else "",
            self.leads.label if self.leads is not None else "",
        )
        self._lists = {version.list: version for version in lists}
        self._remember = remember
        self._lines: Memory[tuple[str, str, int], tuple[GoodsResult, DescriptionDefect | None]] = Memory(remember // 2)
        self._opinions: dict[str, Opinion] = {}
        self._foreseen: dict[Party, tuple[PartyMatch, ...]] = {}
        self.old_text = old_texts(packs, on)
        self._routes = {jurisdiction: Routes(rules) for jurisdiction, rules in self.rules.items()}
        whole = {j: [r for r in rules if r.any_goods or r.codes] for j, rules in self.rules.items()}
        self._any_goods = {jurisdiction: Routes(rules) for jurisdiction, rules in whole.items() if rules}
        self._general = GeneralAnswers(packs, remember)
        self._on_route: dict[tuple[object, ...], list[tuple[str, RouteRules]]] = {}
        self._parameters = dict(self.goods.lexicon.parameters)
        self._modelled = frozenset(
            place for j, places in self.coverage.modelled.items() if j in self.rules for place in places
        )
        self._lists_of_origin: dict[str, frozenset[str]] = {}

    def screen(self, declaration: Declaration, history: HistoryView | None = None) -> Screening:
        """Screen one declaration; the same as a batch of one."""
        return self.screen_batch((declaration,), (history,))[0]

    def screen_batch(
        self, declarations: Sequence[Declaration], histories: Sequence[HistoryView | None] | None = None
    ) -> tuple[Screening, ...]:
        """Screen declarations, in their order. Each answer depends on its own declaration and view only.

        Args:
            declarations: the items.
            histories: what the history says of each, looked up before; None where no history was given.
        """
        self.read_ahead(declarations)
        views = histories if histories is not None else (None,) * len(declarations)
        return tuple(self._screen(item, view) for item, view in zip(declarations, views, strict=True))

    def read_ahead(self, declarations: Sequence[Declaration]) -> None:
        """Ask the learned models about a batch at once, for a caller that screens it one by one. Never changes an answer."""
        self._form_opinions(line.description for declaration in declarations for line in declaration.lines)

    def foresee(self, declarations: Sequence[Declaration]) -> Foreseen:
        """Work out what screening a batch rests on whatever a history says, in a form that another process can take."""
        self.read_ahead(declarations)
        parties = dict.fromkeys(p for d in declarations for p in (d.consignor, d.consignee))
        return Foreseen(
            {line.description: self._opinions[line.description] for d in declarations for line in d.lines}
            if self.learned is not None
            else {},
            {party: self._matches(party) for party in parties},
        )

    def take(self, foreseen: Foreseen) -> None:
        """Take what was worked out elsewhere for the batch that is screened next. Never changes an answer."""
        if len(self._opinions) >= max(self._remember, 1):
            self._opinions.clear()
        self._opinions.update(foreseen.opinions)
        self._foreseen = foreseen.matches

    def read_line(self, line: GoodsLine, number: int) -> tuple[GoodsResult, DescriptionDefect | None]:
        """Return what a goods line is and whether its description is enough."""
        key = (line.description, line.hs, number)
        known = self._lines.get(key)
        if known is not None:
            return known
        result = self.goods.read(line, f"lines[{number}]")
        defect = None if result.kinds or result.concepts else self.quality.assess(line.description)
        self._lines.put(key, (result, defect))
        return result, defect

    def _form_opinions(self, texts: Iterable[str]) -> None:
        """Ask the learned models about the texts of a batch at once; what is remembered never changes an answer."""
        if self.learned is None:
            return
        if len(self._opinions) >= max(self._remember, 1):
            self._opinions.clear()
        new = [text for text in dict.fromkeys(texts) if text not in self._opinions]
        self._opinions.update(zip(new, opinions(self.learned, new), strict=True))

    def _screen(self, declaration: Declaration, history: HistoryView | None = None) -> Screening:
        read = [self.read_line(line, number) for number, line in enumerate(declaration.lines)]
        results = tuple(result for result, _ in read)
        findings: list[Finding] = []
        defects = tuple(defect for _, defect in read)
        if self.learned is not None:
            said = [self._opinions[line.description] for line in declaration.lines]
            heard = [
                hear(line, number, *read[number], said[number], self.learned, self.packs)
                for number, line in enumerate(declaration.lines)
            ]
            defects = tuple(defect for defect, _ in heard)
            findings.extend(finding for _, found in heard for finding in found)
        questions: list[Question] = []
        scenarios: list[Scenario] = []
        for number, line in enumerate(declaration.lines):
            if results[number].raised or results[number].by_code or self._any_goods:
                found, asked, scenario = self._goods_line(declaration, line, number, results[number])
                findings.extend(found)
                questions.extend(asked)
                scenarios.extend(scenario)
            if results[number].concepts:
                findings.extend(weak_matches(results[number], line, number))
        findings.extend(self._parties(declaration))
        findings.extend(history_findings(declaration, results, history, self.policy, self.packs, POST))
        if self.leads is not None:
            findings.extend(self.leads.findings(declaration, results))
        indicated, unchecked = self._indicators(declaration, results, defects, findings, history)
        findings.extend(indicated)
        for number, defect in enumerate(defects):
            question = description_question(defect, number, self.packs) if defect is not None else None
            if question is not None:
                questions.append(question)
        licence = stated_licence(declaration)
        if licence:
            findings = [_with_licence(finding, licence) for finding in findings]
        outcome, ordered = outcome_of(findings, self.policy)
        gaps = [*_gaps(declaration, defects), *history_gaps(declaration, history), *unchecked]
        counterfactuals: tuple[Counterfactual, ...] = ()
        if outcome != "no-finding" and scenarios:
            counterfactuals = counterfactuals_of(scenarios, findings, outcome, self.outcome_with, declaration)
        return Screening(
            declaration.id,
            outcome,
            ordered,
            tuple(questions),
            counterfactuals,
            self.coverage.coverage(
                declaration.consignor.country,
                declaration.consignee.country,
                declaration.route,
                gaps,
                self.history if history is not None else None,
            ),
            self.versions,
            declaration.problems,
            declaration,
        )

    def outcome_with(self, findings: Iterable[Finding]) -> Outcome:
        """Return the outcome a set of findings would have."""
        return outcome_of(findings, self.policy)[0]

    def decide_line(
        self, declaration: Declaration, line: GoodsLine, number: int, result: GoodsResult, facts: Facts
    ) -> list[tuple[LicenceAnswer, Finding | None, str]]:
        """Return the licence answer, finding and jurisdiction for each jurisdiction whose rules may apply."""
        candidates = candidates_of(result.raised)
        found: list[tuple[LicenceAnswer, Finding | None, str]] = []
        for jurisdiction, rules in self._rules_on(facts, bool(candidates)):
            answer = self._answer(jurisdiction, candidates, facts, rules)
            finding = None
            if answer.grounds:
                finding = licence_finding(answer, result, line, number, jurisdiction, declaration, self.packs)
            elif declaration.consignor.country in self.coverage.modelled.get(jurisdiction, ()):
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
            modelled = self.coverage.modelled
            known = [(j, rules) for j, rules in settled if rules or facts.origin in modelled.get(j, ())]
            if len(self._on_route) >= KNOWN_ROUTES:
                self._on_route.clear()
            self._on_route[key] = known
        return known

    def _answer(self, jurisdiction: str, candidates: list[Candidate], facts: Facts, rules: RouteRules) -> LicenceAnswer:
        def work_out() -> LicenceAnswer:
            return decide(candidates, facts, rules, self.packs, self.on, self.surfacing, self._parameters)

        if candidates or facts.assumed or facts.entries:
            return work_out()
        return self._general.answer(jurisdiction, rules, facts, work_out)

    def _goods_line(
        self, declaration: Declaration, line: GoodsLine, number: int, result: GoodsResult
    ) -> tuple[list[Finding], list[Question], list[Scenario]]:
        facts = facts_of(declaration, line, result, self.packs, self.on)
        findings: list[Finding] = []
        questions: list[Question] = []
        answers = self.decide_line(declaration, line, number, result, facts)
        for answer, finding, _ in answers:
            if finding is not None:
                findings.append(finding)
            if answer.required == "open" and answer.question is not None:
                question = licence_question(answer.question, result, number, self.packs)
                if question is not None and question not in questions:
                    questions.append(question)
        findings.extend(self._reference(declaration, line, number, result, facts))
        findings.extend(self._undated(declaration.consignor.country, result, line, number))
        findings.extend(_diligence(result, line, number))
        scenario = [Scenario(number, line, result, facts, self._findings_with)] if result.raised else []
        return findings, questions[:1], scenario

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
                if origin in self.coverage.modelled.get(rule.jurisdiction, ())
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

    def _parties(self, declaration: Declaration) -> list[Finding]:
        if self.parties is None:
            return []
        found = []
        for role, party in (("consignor", declaration.consignor), ("consignee", declaration.consignee)):
            matches = self._foreseen.get(party) if self._foreseen else None
            for match in self._matches(party) if matches is None else matches:
                found.append(self._party_finding(role, party, match))
        return found

    def _matches(self, party: Party) -> tuple[PartyMatch, ...]:
        if self.parties is None:
            return ()
        return self.parties.match(
            party,
            threshold=self.policy.party_review,
            hold=self.policy.party_hold,
            threshold_organisation=self.policy.party_review_organisation,
        )

    def _party_finding(self, role: str, party: Party, match: PartyMatch) -> Finding:
        listed = match.listed
        version = self._lists.get(listed.list)
        beside = any(c.points > 0 and not c.code.startswith(("name.", "form.")) for c in match.contributions)
        strong = (
            match.score >= self.policy.party_hold
            and match.evidence >= self.policy.party_min_evidence
            and (listed.schema != "Person" or beside)  # many people share a name: a person's name alone is looked at
        )
        code = "party.listed" if strong else "party.possible"
        dismissed = ""
        if self.dismissals is not None:
            decision = self.dismissals.find(party, listed, [c.code for c in match.contributions])
            if decision is not None:
                code = "party.dismissed"
                dismissed = (
                    f" Dismissed on {decision.decided_on} by {decision.decided_by} until {decision.expires}: "
                    f"{decision.reason}"
                )
        what = ", ".join(filter(None, (listed.source_list, *listed.programmes)))
        basis = LegalBasis(
            listed.list.partition("-")[0],
            version.title if version is not None else listed.list,
            listed.legal_basis or what or listed.list,
            "",
            listed.list,
            listed.list_id,
            "",
            None,
            version.dated if version is not None else None,
            url=version.url if version is not None else "",
            summary="; ".join(filter(None, (listed.licence_requirement, listed.licence_policy))),
        )
        return Finding(
            code,
            "review",
            f"The {role} “{party.name}” {'matches' if strong else 'may be'} “{match.name.text}” on {listed.list} ({what or 'no programme given'}).{dismissed}",
            (
                Evidence(
                    f"{role}.name", party.name, 0, len(party.name), "declared name", f"{listed.list} {listed.list_id}"
                ),
                Evidence(
                    f"list:{listed.list}",
                    match.name.text,
                    note=f"listed name ({match.name.kind})",
                    source=listed.list_id,
                ),
            ),
            match.contributions,
            match.score,
            (basis,),
            f"{listed.list}@{version.dated.isoformat()}" if version is not None else listed.list,
            None,
            (("evidence", f"{match.evidence / 1000:.3f}"), ("schema", listed.schema)),
        )

    def _indicators(
        self,
        declaration: Declaration,
        results: tuple[GoodsResult, ...],
        defects: tuple[DescriptionDefect | None, ...],
        findings: Sequence[Finding],
        history: HistoryView | None,
    ) -> tuple[list[Finding], tuple[tuple[str, str, str], ...]]:
        """Return the findings of the indicators, and what they could not check."""
        pack = self.packs.indicators
        if pack is None or self._place_words is None:
            return [], ()
        seen = Seen(declaration, results, defects, self.quality, self.packs, self.on, history)
        own = indicators_of(seen, self._place_words)
        found = (*own, *indicators_in(findings))
        if not found:
            return [], seen.gaps
        label = pack.pack.label
        made = [_indicator_finding(indicator, points_of(indicator, pack), label) for indicator in own]
        total, contributions = score_indicators(found, pack)
        if total >= pack.review_line:
            evidence = tuple(dict.fromkeys(e for indicator in found for e in indicator.evidence))
            made.append(
                Finding(
                    "indicators.combined",
                    "review",
                    "Several indicators together are worth a look; none of them is a legal ground.",
                    evidence,
                    contributions,
                    total,
                    (),
                    label,
                )
            )
        return made, seen.gaps


def candidates_of(raised: Iterable[Raised]) -> list[Candidate]:
    """Return raised paragraphs as the licence engine takes them; the two engines do not know each other's values."""
    return [Candidate(r.entry, r.paragraph, r.concept, r.score, r.kind_open, r.rank) for r in raised]


def _indicator_finding(indicator: Indicator, points: int, pack: str) -> Finding:
    return Finding(
        indicator.code,
        "question" if indicator.code == "description.vague" else "info",
        indicator.sentence,
        indicator.evidence,
        (Contribution(f"indicator.{indicator.code}", points, sentence=indicator.sentence),) if points else (),
        points,
        (),
        pack,
        indicator.line,
    )


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


def _with_licence(finding: Finding, number: str) -> Finding:
    """A stated licence never silences: what would hold becomes a review that says what to verify."""
    if finding.code not in ("licence.required", "licence.open"):
        return finding
    return replace(
        finding,
        code="licence.stated" if finding.code == "licence.required" else "licence.open-stated",
        severity="review",
        message=f"{finding.message} A licence number is stated ({number}); verify that it covers these goods, this consignee and this date.",
    )


def _gaps(declaration: Declaration, defects: tuple[DescriptionDefect | None, ...]) -> list[tuple[str, str, str]]:
    gaps = []
    if not declaration.lines:
        gaps.append(("goods", "all lines", "no goods line is declared"))
    for number, defect in enumerate(defects):
        if defect is not None:
            gaps.append(("goods", f"line {number + 1}", f"not checked: description too general ({defect.kind})"))
    for role, party in (("consignor", declaration.consignor), ("consignee", declaration.consignee)):
        if not party.name:
            gaps.append(("party-list", role, "no name is declared"))
    return gaps


__all__ = ["Facts", "Screener", "candidates_of"]
