"""Findings from leads that a person took from reports: goods or wordings to look for, on a route if one is named. Never a hold.

Leads come in as values. Only those in force on the legal date count, so a screening of an earlier day is repeated as it was.
Nobody's nationality or name is read: a lead matches declared goods, and a route is the declared countries of an item.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tidewaiter.model import Checked, Contribution, Declaration, Evidence, Finding, GoodsLine
from tidewaiter.model.goods import ConceptFound
from tidewaiter.model.leads import Lead, LeadSet
from tidewaiter.packs import Concept
from tidewaiter.screen.goods import GoodsResult
from tidewaiter.text.fold import Folded, fold, fold_text
from tidewaiter.text.stems import stems
from tidewaiter.text.terms import plain_words, words_of


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A wording of a lead as folded words; `joined` where its script has no blanks between words."""

    lead: Lead
    wording: str
    words: tuple[str, ...]
    joined: str = ""


class LeadBook:
    """The leads in force on a legal date, ready to be looked for.

    Args:
        leads: every lead of a ledger.
        on: the legal date.
        concepts: kinds of goods, for narrower kinds.
    """

    def __init__(self, leads: LeadSet, on: date, concepts: Mapping[str, Concept]) -> None:
        self.name = leads.name
        self.label = leads.label(on)
        self.leads = leads.on(on)
        self._concepts = concepts
        self._by_concept: dict[str, list[Lead]] = defaultdict(list)
        self._by_stem: dict[tuple[int, str], list[_Phrase]] = defaultdict(list)
        self._joined: list[_Phrase] = []
        for lead in self.leads:
            for concept in lead.concepts:
                self._by_concept[concept].append(lead)
            for wording in lead.wordings:
                self._add(lead, wording)

    @property
    def checked(self) -> Checked:
        """What the coverage of every item says of leads."""
        note = "no lead is in force" if not self.leads else f"{len(self.leads)} in force"
        return Checked("leads", self.name, None, self.label.rpartition(" ")[2], note)

    def _add(self, lead: Lead, wording: str) -> None:
        plain = fold_text(wording)
        if any("\u3040" <= char <= "\u9fff" for char in plain):
            self._joined.append(_Phrase(lead, wording, (), plain.replace(" ", "")))
            return
        words = plain_words(plain)
        phrase = _Phrase(lead, wording, words)
        for key in set(enumerate(stems(words[0]))) if words else ():
            self._by_stem[key].append(phrase)

    def findings(self, declaration: Declaration, results: Sequence[GoodsResult]) -> list[Finding]:
        """Return one finding for each lead and goods line that fit.

        Args:
            declaration: the item.
            results: what its goods are, by line.
        """
        if not self.leads:
            return []
        found = []
        for number, (line, result) in enumerate(zip(declaration.lines, results, strict=True)):
            goods = self._goods(result)
            wordings = self._wordings(line)
            for lead in self.leads:
                if (lead.no in goods or lead.no in wordings) and _on_route(lead, declaration):
                    found.append(
                        self._finding(lead, number, line, goods.get(lead.no), wordings.get(lead.no), declaration)
                    )
        return found

    def _goods(self, result: GoodsResult) -> dict[int, ConceptFound]:
        found: dict[int, ConceptFound] = {}
        for kind in sorted(result.kinds, key=lambda k: -k.score):
            for concept in self._line(kind.concept):
                for lead in self._by_concept.get(concept, ()):
                    found.setdefault(lead.no, kind)
        return found

    def _line(self, concept: str) -> Iterable[str]:
        seen: list[str] = []
        while concept and concept not in seen:
            seen.append(concept)
            known = self._concepts.get(concept)
            concept = known.broader if known is not None else ""
        return seen

    def _wordings(self, line: GoodsLine) -> dict[int, tuple[str, int, int]]:
        """The wordings found in a description, by lead: the wording and its place in the declared text."""
        found: dict[int, tuple[str, int, int]] = {}
        if not (self._by_stem or self._joined) or not line.description:
            return found
        folded = fold(line.description)
        words = words_of(folded)
        for at, word in enumerate(words.words):
            for key in enumerate(stems(word)):
                for phrase in self._by_stem.get(key, ()):
                    end = at + len(phrase.words)
                    if phrase.lead.no not in found and _same_words(phrase.words, words.words[at:end]):
                        found[phrase.lead.no] = (phrase.wording, *folded.span(words.starts[at], words.ends[end - 1]))
        for phrase in self._joined:
            place = _joined_place(phrase.joined, folded)
            if place is not None:
                found.setdefault(phrase.lead.no, (phrase.wording, *place))
        return found

    def _finding(
        self,
        lead: Lead,
        number: int,
        line: GoodsLine,
        kind: ConceptFound | None,
        wording: tuple[str, int, int] | None,
        declaration: Declaration,
    ) -> Finding:
        source = f"{self.name} lead {lead.no}"
        contributions: list[Contribution] = []
        evidence: list[Evidence] = []
        if kind is not None:
            contributions.append(_by_goods(lead, kind, number, source))
            evidence += kind.evidence
        if wording is not None:
            contributions.append(_by_wording(line, wording, number, source, 0 if kind is not None else 1000))
            path, note = f"lines[{number}].description", f"wording of a lead: {wording[0]}"
            evidence.append(Evidence(path, line.description, wording[1], wording[2], note, source))
        evidence.append(_origin(lead))
        what = kind.title if kind is not None else f"wording “{wording[0] if wording is not None else ''}”"
        return Finding(
            "lead.goods" if kind is not None else "lead.wording",
            "review",
            f"{what}: a lead from a report, in force until {lead.until}; a reason to look, not a finding about anybody.",
            tuple(evidence),
            tuple(contributions),
            sum(c.points for c in contributions),
            (),
            self.label,
            number,
            _details(lead, declaration),
        )


def _by_goods(lead: Lead, kind: ConceptFound, number: int, source: str) -> Contribution:
    sentence = "The goods are of a kind that a lead names."
    return Contribution(
        "lead.goods", kind.score, kind.title, ", ".join(lead.concepts), f"lines[{number}]", source, sentence
    )


def _by_wording(line: GoodsLine, wording: tuple[str, int, int], number: int, source: str, points: int) -> Contribution:
    said = line.description[wording[1] : wording[2]]
    sentence = "The description contains a wording that a lead names."
    return Contribution("lead.wording", points, said, wording[0], f"lines[{number}]", source, sentence)


def _origin(lead: Lead) -> Evidence:
    """The claim that a lead comes from: its quote, its grade, who made the lead, why and until when."""
    note = (
        f"claim of a report, graded {lead.grade}, not established; lead by {lead.by}: {lead.why}; "
        f"from {lead.since} to {lead.until}"
    )
    return Evidence(f"lead:{lead.no}", lead.quote, None, None, note, f"{lead.claim}; {lead.source}")


def _same_words(phrase: Sequence[str], words: Sequence[str]) -> bool:
    """Return whether words are those of a phrase, in any inflection that some one language gives them."""
    return len(phrase) == len(words) and all(
        a == b or any(x == y for x, y in zip(stems(a), stems(b), strict=True))
        for a, b in zip(phrase, words, strict=True)
    )


def _joined_place(phrase: str, folded: Folded) -> tuple[int, int] | None:
    """The place in the declared text of a phrase in a script without blanks, blanks between its signs left aside."""
    where = [i for i, char in enumerate(folded.text) if char != " "]
    at = "".join(folded.text[i] for i in where).find(phrase)
    return folded.span(where[at], where[at + len(phrase) - 1] + 1) if at >= 0 else None


def _on_route(lead: Lead, declaration: Declaration) -> bool:
    """Return whether an item may go the way a lead names; a country that is not declared may be any."""
    ends = ((lead.origin, declaration.consignor.country), (lead.destination, declaration.consignee.country))
    return all(not wanted or not declared or wanted == declared for wanted, declared in ends)


def _details(lead: Lead, declaration: Declaration) -> tuple[tuple[str, str], ...]:
    details = [("lead", str(lead.no)), ("until", lead.until.isoformat()), ("grade", lead.grade)]
    if lead.method:
        details.append(("method", lead.method))
    if lead.origin or lead.destination:
        details.append(("route", f"{lead.origin or '…'}-{lead.destination or '…'}"))
        ends = (
            (lead.origin, declaration.consignor.country, "origin"),
            (lead.destination, declaration.consignee.country, "destination"),
        )
        details += [("not declared", name) for wanted, declared, name in ends if wanted and not declared]
    return tuple(details)
