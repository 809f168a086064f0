"""Classify descriptions of a table: concepts, parameters, candidate entries with status and what is missing."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tidewaiter.model import Declaration, GoodsLine
from tidewaiter.model.goods import Assessment, ConceptFound, Value
from tidewaiter.packs import Entry
from tidewaiter.screen.description import DescriptionDefect
from tidewaiter.screen.facts import facts_of
from tidewaiter.screen.findings import POST
from tidewaiter.screen.goods import GoodsResult
from tidewaiter.screen.goods.by_text import EntryWords, TextMatch
from tidewaiter.screen.goods.learned import Opinion, opinions
from tidewaiter.screen.goods.signals import signals_of, vagueness_signals
from tidewaiter.screen.licence import assess_all
from tidewaiter.screen.pipeline import Screener, candidates_of
from tidewaiter.screen.questions import question_texts
from tidewaiter.service.text_tables import decimal_of

Row = dict[str, Any]
BATCH = 256
MOST_CODES = 5
KIND_SHARE = 0.6  # weight of the codes of a kind that was named, against those of like wordings
OUTLINE_FACT = "conditions-not-encoded"
PRIORITY_LIST = "us-chpl"  # by code alone: a kind points to the codes under which it is usually declared
PRIORITY_WORTH = 0.2


def classify_rows(rows: Iterable[tuple[int, dict[str, str]]], screener: Screener) -> Iterator[Row]:
    """Yield one classified row for each row; see the interface for the fields."""
    classifier = Classifier(screener)
    numbered = iter(rows)
    while batch := list(itertools.islice(numbered, BATCH)):
        yield from classifier.rows(batch)


@dataclass(frozen=True, slots=True)
class _Line:
    """One goods line with everything that was found in it."""

    line: GoodsLine
    result: GoodsResult
    defect: DescriptionDefect | None
    assessed: tuple[Assessment, ...]
    by_text: tuple[TextMatch, ...]
    opinion: Opinion | None


class Classifier:
    """Classifies batches of rows with one screener."""

    def __init__(self, screener: Screener) -> None:
        self.screener = screener
        self.entries: Mapping[tuple[str, str], Entry] = {(e.list, e.id): e for e in screener.packs.entries}
        self.priority = {e.id: e for e in screener.packs.entries if e.list == PRIORITY_LIST and e.in_force(screener.on)}
        self.words = EntryWords(e for e in screener.packs.entries if e.in_force(screener.on))

    def rows(self, batch: list[tuple[int, dict[str, str]]]) -> Iterator[Row]:
        """Yield the classified rows of a batch, in order."""
        learned = self.screener.learned
        said = (
            opinions(learned, [row["description"] for _, row in batch]) if learned is not None else [None] * len(batch)
        )
        for (number, row), opinion in zip(batch, said, strict=True):
            yield self._row(number, row, self.read(_goods_line(row), opinion))

    def read(self, line: GoodsLine, opinion: Opinion | None) -> _Line:
        """Read one goods line."""
        screener = self.screener
        result, defect = screener.read_line(line, 0)
        assessed: tuple[Assessment, ...] = ()
        if result.raised:
            facts = facts_of(Declaration("row", (line,)), line, result, screener.packs, screener.on)
            # What the post does not carry is no control list: a paint is not "controlled" because it burns.
            raised = candidates_of(r for r in result.raised if r.entry.pack.jurisdiction != POST)
            assessed, _ = assess_all(raised, facts, screener.on)
        by_text = tuple(self.words.cited(line.description))
        if not by_text and not assessed and defect is None:
            by_text = tuple(self.words.find(line.description))
        return _Line(line, result, defect, assessed, by_text, opinion)

    def _row(self, number: int, row: dict[str, str], read: _Line) -> Row:
        candidates = [self._candidate(a, read) for a in ordered(read.assessed)]
        candidates += self._by_usual_code(read)
        candidates += [self._resembling(match, read) for match in read.by_text]
        return {
            "row": number,
            "text": read.line.description,
            "concepts": [_concept(c) for c in read.result.concepts],
            "parameters": [_parameter(name, value) for name, value in sorted(read.result.parameters.items())],
            "candidates": candidates,
            "controlled": self.controlled(read),
            "vague": self.vague(read),
            "hs": self.codes(read),
            "input": {k: v for k, v in row.items() if k != "description"},
        }

    def _candidate(self, row: Assessment, read: _Line) -> Row:
        entry = self.entries.get((row.list, row.entry))
        concept = next((c for c in read.result.concepts if c.concept == row.concept), None)
        question = self._question(row, read.result)
        return {
            "list": row.list,
            "entry": f"{row.entry}.{row.paragraph}" if row.paragraph else row.entry,
            "status": row.status,
            "score": worth(row),
            "concept": row.concept,
            "spans": [list(span) for span in concept.spans] if concept is not None else [],
            "matched": _matched(concept, read.line.description),
            "open_facts": list(row.open_facts),
            "question": question,
            "released_if": list(row.released_if),
            "because": row.because or _because(row),
            "as_of": _day(entry),
            "citation": entry.references[0].citation if entry is not None and entry.references else "",
            "encoding": "draft" if row.draft else entry.status if entry is not None else "",
        }

    def _by_usual_code(self, read: _Line) -> list[Row]:
        """Return the codes of the Common High Priority List under which a kind that was named is usually declared."""
        found = []
        for kind in read.result.kinds:
            for code in self.screener.packs.concepts[kind.concept].hs:
                entry = self.priority.get(code[:6])
                if entry is None or (read.line.hs and not read.line.hs.startswith(code[:6])):
                    continue
                found.append(
                    {
                        "list": entry.list,
                        "entry": entry.id,
                        "status": "open",
                        "score": round(PRIORITY_WORTH * kind.score / 1000, 4),
                        "concept": kind.concept,
                        "spans": [list(span) for span in kind.spans],
                        "matched": _matched(kind, read.line.description),
                        "open_facts": ["code"],
                        "question": self.screener.packs.questions.get("code", {}).get(kind.language, ""),
                        "released_if": [],
                        "because": f"{kind.title.lower()} is usually declared under {code[:6]}, a code of the list; the list is by code alone",
                        "as_of": _day(entry),
                        "citation": entry.references[0].citation if entry.references else "",
                        "encoding": entry.status,
                    }
                )
        return list({row["entry"]: row for row in reversed(found)}.values())[::-1]

    def _resembling(self, match: TextMatch, read: _Line) -> Row:
        folded = read.result.reading.folded
        spans = [folded.span(start, end) for start, end in match.spans]
        return {
            "list": match.entry.list,
            "entry": match.entry.id,
            "status": "open",
            "score": match.score,
            "concept": "",
            "spans": [list(span) for span in spans],
            "matched": [folded.original[start:end] for start, end in spans],
            "open_facts": [f"fact:{OUTLINE_FACT}"],
            "question": self.screener.packs.questions.get(OUTLINE_FACT, {}).get("en", ""),
            "released_if": [],
            "because": f"{match.words[0]} is its number; whether the goods meet it is not known"
            if match.cited
            else f"the words {', '.join(match.words)} stand in its outline; its conditions are not encoded",
            "as_of": _day(match.entry),
            "citation": match.entry.references[0].citation if match.entry.references else "",
            "encoding": "draft" if match.entry.outline else match.entry.status,
        }

    def _question(self, row: Assessment, result: GoodsResult) -> str:
        """Return the question for the first open fact that somebody can answer, in the language of the words."""
        if row.status != "open":
            return ""
        for fact in row.open_facts:
            texts, language = question_texts(fact, result, self.screener.packs)
            if texts:
                return texts.get(language, "")
        return ""

    def controlled(self, read: _Line) -> float:
        """Return a number from 0 to 1 that grows with concern: the learned likelihood, never below the strongest candidate."""
        best = max((worth(row) for row in read.assessed if row.status != "excluded"), default=0.0)
        learned = self.screener.learned
        if learned is None or read.opinion is None:
            named = max((c.score for c in read.result.concepts), default=0) / 1000
            return round(max(best, 0.05 * named), 4)
        return round(learned.concern.likelihood(read.opinion.concern, self.signals(read)), 6)

    def signals(self, read: _Line) -> dict[str, float]:
        """Return the named values beside the words that speak for or against concern."""
        found = signals_of(read.result, read.assessed, self.screener.packs, read.defect)
        if any(match.cited for match in read.by_text):
            found["cited"] = 1.0
        return found

    def vague(self, read: _Line) -> float:
        """Return how likely the wording is too vague to know the thing, from 0 to 1."""
        learned = self.screener.learned
        if learned is None or read.opinion is None:
            return 1.0 if read.defect is not None else 0.0
        signals = vagueness_signals(read.line.description, read.result, read.defect, read.opinion)
        return round(learned.vague.likelihood(read.opinion.vague, signals), 4)

    def codes(self, read: _Line) -> list[Row]:
        """Return the likeliest HS6 codes: those of like wordings, and those of a kind that was named."""
        kinds = [(code, kind.score / 1000) for kind in read.result.kinds[:1] for code in self._codes_of(kind)]
        scores = dict(read.opinion.codes) if read.opinion is not None else {}
        if kinds:
            scores = {code: (1 - KIND_SHARE) * score for code, score in scores.items()}
        for rank, (code, score) in enumerate(kinds):
            scores[code] = scores.get(code, 0.0) + KIND_SHARE * score / (2 ** (rank + 1))
        best = sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_CODES]
        return [{"code": code, "score": round(score, 4)} for code, score in best]

    def _codes_of(self, kind: ConceptFound) -> list[str]:
        return [code for code in self.screener.packs.concepts[kind.concept].hs if len(code) >= 6][:3]


def ordered(rows: Iterable[Assessment]) -> list[Assessment]:
    """Return assessments best first, the best paragraph of each list before the second best of any."""
    best_first = sorted(rows, key=lambda r: (r.status == "excluded", -worth(r), r.draft, r.ref))
    seen: dict[str, int] = {}
    place = {}
    for row in best_first:
        place[row.ref] = seen.get(row.list, 0)
        seen[row.list] = place[row.ref] + 1
    return sorted(best_first, key=lambda r: (r.status == "excluded", place[r.ref], -worth(r), r.ref))


def worth(row: Assessment) -> float:
    """Return the score of a candidate: of the kind for a met paragraph, times the likelihood for an open one."""
    likelihood = row.likelihood if row.status == "open" else 1.0 if row.status == "met" else 0.0
    return round(row.score / 1000 * likelihood, 4)


def _goods_line(row: Mapping[str, str]) -> GoodsLine:
    return GoodsLine(
        row["description"],
        "".join(filter(str.isdigit, row.get("hs", ""))),
        None,
        decimal_of(row.get("mass_g", "")),
        decimal_of(row.get("value", "")),
        row.get("currency", ""),
        row.get("origin", ""),
    )


def _because(row: Assessment) -> str:
    if row.status == "met":
        return "every condition holds"
    missing = [fact.partition(":")[2] or fact for fact in row.open_facts]
    return f"not known: {', '.join(missing)}"


def _matched(concept: ConceptFound | None, text: str) -> list[str]:
    return [text[start:end] for start, end in concept.spans] if concept is not None else []


def _day(entry: Entry | None) -> str | None:
    if entry is None or not entry.references or entry.references[0].as_of is None:
        return None
    return entry.references[0].as_of.isoformat()


def _concept(concept: ConceptFound) -> Row:
    return {
        "id": concept.concept,
        "title": concept.title,
        "role": concept.role,
        "score": concept.score / 1000,
        "spans": [list(span) for span in concept.spans],
        "because": concept.because,
        "contributions": [{"code": c.code, "points": c.points, "sentence": c.sentence} for c in concept.contributions],
    }


def _parameter(name: str, value: Value) -> Row:
    return {
        "name": name,
        "value": " or ".join(value.labels) or value.text,
        "text": value.text,
        "si": [float(value.low), float(value.high)] if value.low is not None and value.high is not None else None,
        "dimension": value.dimension,
        "span": [value.start, value.end] if value.start is not None else None,
        "authority": value.authority,
    }
