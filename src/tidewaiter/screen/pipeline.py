"""The screening: the one module that knows goods, parties and licence rules, and puts their answers together.

A `Screener` is compiled once and is a pure function of declarations: no clock, no network, no database. Batches and single
declarations give the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from tidewaiter.model import (
    Counterfactual,
    Declaration,
    Finding,
    GoodsLine,
    HistoryState,
    HistoryView,
    ListVersion,
    Outcome,
    Party,
    Question,
    Screening,
    Versions,
)
from tidewaiter.model.leads import LeadSet
from tidewaiter.packs import Facts, PackSet
from tidewaiter.screen.counterfactuals import Scenario, counterfactuals_of
from tidewaiter.screen.coverage import CoverageBuilder
from tidewaiter.screen.description import DescriptionDefect, DescriptionQuality
from tidewaiter.screen.facts import stated_licence
from tidewaiter.screen.findings import POST, weak_matches
from tidewaiter.screen.goods import GoodsEngine, GoodsResult
from tidewaiter.screen.goods.learned import Learned, Opinion
from tidewaiter.screen.history import history_findings, history_gaps
from tidewaiter.screen.indicator_findings import IndicatorFindings
from tidewaiter.screen.leads import LeadBook
from tidewaiter.screen.licence import LicenceAnswer
from tidewaiter.screen.line_reading import LineReader
from tidewaiter.screen.line_rules import LineRules, candidates_of
from tidewaiter.screen.outcome import Policies
from tidewaiter.screen.party import Dismissals, PartyIndex, PartyMatch
from tidewaiter.screen.party_findings import PartyFindings
from tidewaiter.screen.questions import description_question

CACHED_LINES = 50_000


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
        self.history = history
        self.leads = LeadBook(leads, on, packs.concepts) if leads is not None else None
        self.goods = engine if engine is not None else GoodsEngine(packs)
        self.learned = learned
        chosen = frozenset(jurisdictions) if jurisdictions is not None else None
        self.coverage = CoverageBuilder(
            packs, lists, on, chosen, self.leads.checked if self.leads is not None else None
        )
        quality = DescriptionQuality(packs.description)
        self.reader = LineReader(packs, self.goods, quality, learned, remember)
        self.law = LineRules(packs, on, chosen, self.coverage.modelled, self.goods.lexicon.parameters, remember)
        self.rules = self.law.rules
        self.versions = Versions(
            code_version,
            on,
            tuple((info.label, info.sha256[:12]) for info in packs.infos),
            tuple((f"{v.list}@{v.dated.isoformat()}", v.sha256[:12]) for v in lists),
            f"{history.name}: {history}" if history is not None else "",
            self.leads.label if self.leads is not None else "",
        )
        self._policies = Policies(packs.policy)
        self._party_findings = PartyFindings(packs.policy, lists, dismissals)
        self._indicators = IndicatorFindings(packs, on, quality)
        self._foreseen: dict[Party, tuple[PartyMatch, ...]] = {}

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
        taken = self._foreseen
        self._foreseen = self._match_ahead(declarations)
        views = histories if histories is not None else (None,) * len(declarations)
        screened = tuple(self._screen(item, view) for item, view in zip(declarations, views, strict=True))
        self._foreseen = taken
        return screened

    def read_ahead(self, declarations: Sequence[Declaration]) -> None:
        """Ask the learned models about a batch at once, for a caller that screens it one by one. Never changes an answer."""
        self.reader.read_ahead(declarations)

    def foresee(self, declarations: Sequence[Declaration]) -> Foreseen:
        """Work out what screening a batch rests on whatever a history says, in a form that another process can take."""
        return Foreseen(self.reader.opinions_of(declarations), self._match_ahead(declarations))

    def _match_ahead(self, declarations: Sequence[Declaration]) -> dict[Party, tuple[PartyMatch, ...]]:
        """Return the matches of all parties of a batch; their names are searched faster together."""
        every = dict.fromkeys(p for d in declarations for p in (d.consignor, d.consignee))
        fresh = [party for party in every if party not in self._foreseen]
        return {**self._foreseen, **dict(zip(fresh, self._matches(fresh), strict=True))}

    def take(self, foreseen: Foreseen) -> None:
        """Take what was worked out elsewhere for the batch that is screened next. Never changes an answer."""
        self.reader.take(foreseen.opinions)
        self._foreseen = foreseen.matches

    def read_line(self, line: GoodsLine, number: int) -> tuple[GoodsResult, DescriptionDefect | None]:
        """Return what a goods line is and whether its description is enough."""
        return self.reader.read(line, number)

    def decide_line(
        self, declaration: Declaration, line: GoodsLine, number: int, result: GoodsResult, facts: Facts
    ) -> list[tuple[LicenceAnswer, Finding | None, str]]:
        """Return the licence answer, finding and jurisdiction for each jurisdiction whose rules may apply."""
        return self.law.decide_line(declaration, line, number, result, facts)

    def _screen(self, declaration: Declaration, history: HistoryView | None = None) -> Screening:
        read = [self.read_line(line, number) for number, line in enumerate(declaration.lines)]
        results = tuple([result for result, _ in read])
        found, defects = self._lines(declaration, read)
        findings = found.findings
        findings.extend(self._parties(declaration))
        findings.extend(history_findings(declaration, results, history, self.policy, self.packs, POST))
        if self.leads is not None:
            findings.extend(self.leads.findings(declaration, results))
        indicated, unchecked = self._indicators.of(declaration, results, defects, findings, history)
        findings.extend(indicated)
        for number, defect in enumerate(defects):
            question = description_question(defect, number, self.packs) if defect is not None else None
            if question is not None:
                found.questions.append(question)
        licence = stated_licence(declaration)
        if licence:
            findings = [_with_licence(finding, licence) for finding in findings]
        outcome, ordered = self._policies.outcome_of(findings)
        counterfactuals: tuple[Counterfactual, ...] = ()
        if outcome != "no-finding" and found.scenarios:
            counterfactuals = counterfactuals_of(found.scenarios, findings, outcome, self.outcome_with, declaration)
        return Screening(
            declaration.id,
            outcome,
            ordered,
            tuple(found.questions),
            counterfactuals,
            self.coverage.coverage(
                declaration.consignor.country,
                declaration.consignee.country,
                declaration.route,
                (*_gaps(declaration, defects), *history_gaps(declaration, history), *unchecked),
                self.history if history is not None else None,
            ),
            self.versions,
            declaration.problems,
            declaration,
        )

    def _lines(
        self, declaration: Declaration, read: Sequence[tuple[GoodsResult, DescriptionDefect | None]]
    ) -> tuple[_Found, tuple[DescriptionDefect | None, ...]]:
        """Return what the goods lines give by themselves, and the defects of their descriptions."""
        lines = declaration.lines
        heard = [self.reader.hear(line, number, read[number]) for number, line in enumerate(lines)]
        found = _Found([finding for _, some in heard for finding in some])
        for number, line in enumerate(lines):
            result = read[number][0]
            answers = self.law.of(declaration, line, number, result)
            found.findings.extend(answers.findings)
            found.questions.extend(answers.questions)
            found.scenarios.extend(answers.scenarios)
            if result.concepts:
                found.findings.extend(weak_matches(result, line, number))
        return found, tuple([defect for defect, _ in heard])

    def outcome_with(self, findings: Iterable[Finding]) -> Outcome:
        """Return the outcome a set of findings would have."""
        return self._policies.outcome_of(findings)[0]

    def _parties(self, declaration: Declaration) -> list[Finding]:
        if self.parties is None:
            return []
        found = []
        for role, party in (("consignor", declaration.consignor), ("consignee", declaration.consignee)):
            matches = self._foreseen.get(party) if self._foreseen else None
            for match in self._matches((party,))[0] if matches is None else matches:
                found.append(self._party_findings.of(role, party, match))
        return found

    def _matches(self, parties: Sequence[Party]) -> tuple[tuple[PartyMatch, ...], ...]:
        if self.parties is None:
            return ((),) * len(parties)
        return self.parties.match_batch(
            parties,
            threshold=self.policy.party_review,
            hold=self.policy.party_hold,
            threshold_organisation=self.policy.party_review_organisation,
        )


@dataclass(slots=True)
class _Found:
    findings: list[Finding]
    questions: list[Question] = field(default_factory=list)
    scenarios: list[Scenario] = field(default_factory=list)


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
