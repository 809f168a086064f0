"""Walk the open questions of one thing on one route: ask the fact that settles most, take the answer, decide again.

The walk is the licence engine itself with facts added one by one; it decides nothing of its own. An answer is what the
person says it is: it is shown as told, and never taken for a document.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tidewaiter.model import Declaration, GoodsLine, InputError, Party, Question
from tidewaiter.model.goods import Value
from tidewaiter.packs import Facts, Parameter
from tidewaiter.packs.wording import plain_name
from tidewaiter.screen.facts import facts_of
from tidewaiter.screen.licence import (
    Candidate,
    Ground,
    LicenceAnswer,
    NextQuestion,
    Routes,
    assess_all,
    cells_of,
    comparisons_of,
    find_grounds,
)
from tidewaiter.screen.pipeline import Screener, candidates_of
from tidewaiter.screen.questions import licence_question
from tidewaiter.service.law_read import LawRead
from tidewaiter.service.licence_answers import (
    DECLARED,
    Asked,
    is_unknown,
    labels_of,
    read_answer,
    with_answer,
    wording_of,
)
from tidewaiter.service.licence_rows import exception_rows, ground_row, information_rows

Row = dict[str, Any]
_ASKABLE = ("parameter", "fact", "concept", "use", "contains", "made_for", *DECLARED)
MOST_NAMES = 3  # named in one question; what a part may be made for can be a long list


class LicenceWalk:
    """One thing on one route, asked about until nothing that can be asked changes the answer."""

    def __init__(self, screener: Screener, declaration: Declaration, language: str = "en") -> None:
        """Read the first goods line of a declaration; its consignor and consignee give the route."""
        if not declaration.lines:
            raise InputError("no goods are given")
        self.screener = screener
        self.language = language
        self.told: dict[str, str] = {}
        self.unknown: list[str] = []
        self._assumed: dict[str, Value | bool] = {}
        self._parameters: dict[str, Parameter] = dict(screener.goods.lexicon.parameters)
        self._law = LawRead(screener.packs, [rule for rules in screener.rules.values() for rule in rules])
        self._read(declaration)
        told = [r for r in screener.packs.rules if r.effect == "information" and r.in_force(screener.on)]
        self._information = Routes(r for r in told if r.jurisdiction in screener.rules)

    def _read(self, declaration: Declaration) -> None:
        """Take a declaration as it now stands, with what was told beside it."""
        self.declaration = declaration
        self.line: GoodsLine = declaration.lines[0]
        self.result, _ = self.screener.read_line(self.line, 0)
        self.facts: Facts = facts_of(declaration, self.line, self.result, self.screener.packs, self.screener.on)
        for fact, value in self._assumed.items():
            self.facts = self.facts.assume(fact, value)
        self._candidates: list[Candidate] = candidates_of(self.result.raised)
        self._answered: list[tuple[str, LicenceAnswer]] | None = None

    def answers(self) -> list[tuple[str, LicenceAnswer]]:
        """Return the answer of each jurisdiction whose law reaches the place of posting or that has a ground."""
        if self._answered is not None:
            return self._answered
        found = []
        decided = self.screener.decide_line(self.declaration, self.line, 0, self.result, self.facts)
        for answer, finding, jurisdiction in decided:
            modelled = self.declaration.consignor.country in self.screener.coverage.modelled.get(jurisdiction, ())
            if answer.grounds or finding is not None or modelled:
                found.append((jurisdiction, answer))
        self._answered = found
        return found

    def question(self) -> Asked | None:
        """Return the question to put next, or None when nothing that can be asked is open."""
        best: tuple[float, NextQuestion] | None = None
        for _, answer in self.answers():
            if answer.required != "open":
                continue
            asked = answer.question
            if asked is not None and self._is_new(asked.fact):
                if best is None or asked.share > best[0]:
                    best = (asked.share, asked)
                continue
            for fact in answer.open_facts:
                if self._is_new(fact) and best is None:
                    refs = tuple(g.assessment.ref for g in answer.grounds if g.assessment and fact in g.open_facts)
                    best = (0.0, NextQuestion(fact, tuple(dict.fromkeys(refs)), 0.0))
        return self._wording(best[1]) if best is not None else None

    def _is_new(self, fact: str) -> bool:
        return fact not in self.told and fact not in self.unknown and fact.partition(":")[0] in _ASKABLE

    def _wording(self, question: NextQuestion) -> Asked:
        packs, fact = self.screener.packs, question.fact
        bare = fact.partition(":")[2]
        parameter = self._parameters.get(bare)
        text = self._question_text(question)
        if fact in DECLARED:
            return Asked(fact, text, (), question.settles, units=self._currencies() if fact == "value" else ())
        choices = labels_of(fact, self._cells(fact), packs)
        wordings = tuple(wording_of(fact, label, self.language, packs, parameter) for label in choices)
        counted = parameter is not None and parameter.type == "quantity"
        units = tuple(parameter.units[:3]) if parameter is not None and counted else ()
        return Asked(fact, text, choices, question.settles, wordings, units)

    def _question_text(self, question: NextQuestion) -> str:
        kind, _, bare = question.fact.partition(":")
        named = self._phrase(f"{kind}.named")
        if named and bare and kind not in ("fact", "parameter"):
            return named.format(name=" / ".join(self._name(concept) for concept in bare.split(",")[:MOST_NAMES]))
        known = licence_question(question, self.result, 0, self.screener.packs)
        if known is not None:
            return _in_language(known, self.language)
        return f"{plain_name(bare or kind)}?"

    def _name(self, concept: str) -> str:
        """Return what a kind of thing is called in the person's language."""
        known = self.screener.packs.concepts.get(concept)
        if known is None:
            return concept.replace("-", " ")
        names = known.strong.get(self.language) or ((known.title,) if self.language == "en" else ())
        return names[0] if names else known.title

    def _cells(self, fact: str) -> list[Value | bool]:
        return cells_of(fact, self._candidates, self.screener.packs, self._parameters, self._grounds())

    def _grounds(self) -> list[Ground]:
        return [ground for _, answer in self.answers() for ground in (*answer.grounds, *answer.quiet)]

    def _currencies(self) -> tuple[str, ...]:
        """Return the currencies in which the law that is open here counts a value."""
        tests = comparisons_of("value", self._candidates, self.screener.packs, self._grounds())
        return tuple(dict.fromkeys(test.texts[0].split()[-1] for test in tests))

    def tell(self, asked: Asked, text: str) -> None:
        """Take an answer; the label of a closed answer is kept, whatever language it came in.

        Raises:
            InputError: it cannot be read as one; the message says what was expected.
        """
        if is_unknown(text):
            self.unknown.append(asked.fact)
            return
        said = text.strip()
        if asked.fact in DECLARED:
            self._read(with_answer(self.declaration, asked.fact, said))
            self.told[asked.fact] = said
            return
        parameter = self._parameters.get(asked.fact.partition(":")[2])
        counted = any(not isinstance(cell, bool) and cell.low is not None for cell in self._cells(asked.fact))
        value = read_answer(asked, said, self.screener.packs, parameter, counted)
        self.facts = self.facts.assume(asked.fact, value)
        self._assumed[asked.fact] = value
        self._answered = None
        if isinstance(value, bool):
            self.told[asked.fact] = "yes" if value else "no"
        else:
            self.told[asked.fact] = value.labels[0] if value.labels else said

    def outcome(self) -> Row:
        """Return the answers with their grounds, what was told, what stays open, and the draft of a request."""
        answers = self.answers()
        states = [answer.required for _, answer in answers]
        origin = self.declaration.consignor.country
        gaps = self._law.aged(origin, self.screener.on)
        if not self._law.is_modelled(origin):
            gaps.append(f"the export law of {origin or 'the place of posting'} is not in the packs")
        required = "yes" if "yes" in states else "open" if "open" in states or gaps else "no"
        open_facts = list(dict.fromkeys(f for _, a in answers if a.required == "open" for f in a.open_facts))
        return {
            "required": required,
            "on": self.screener.on.isoformat(),
            "goods": self.line.description,
            "concepts": [kind.concept for kind in self.result.kinds],
            "origin": origin,
            "destination": self.declaration.consignee.country,
            "told": dict(self.told),
            "answers": [
                {
                    "jurisdiction": jurisdiction,
                    "required": answer.required,
                    "in_every_case": list(answer.cases) if answer.in_every_case else [],
                    "grounds": [ground_row(ground) for ground in answer.grounds],
                    "exceptions": exception_rows(answer.grounds),
                    "open_facts": list(answer.open_facts) if answer.required == "open" else [],
                }
                for jurisdiction, answer in answers
            ],
            "information": self._told_by_law(),
            "packs": self._law.dates(origin),
            "open_facts": open_facts + (gaps if required != "yes" else []),
            "request": self.request(open_facts),
        }

    def _told_by_law(self) -> list[Row]:
        """Return what rules for information say of these goods on this route."""
        packs, on = self.screener.packs, self.screener.on
        rows, facts = assess_all(self._candidates, self.facts, on)
        return information_rows(find_grounds(self._information.on(facts), rows, facts, packs, on))

    def request(self, open_facts: list[str]) -> str:
        """Return the draft of a request for the missing facts in the person's language; empty when none is missing."""
        facts = [fact for fact in open_facts if fact.partition(":")[0] in _ASKABLE and fact not in self.told]
        if not facts:
            return ""
        lines = dict.fromkeys(self._question_text(NextQuestion(fact, (), 0.0)) for fact in facts)
        opening = (self._phrase("letter.opening") or "{item}").format(item=self.line.description)
        return "\n".join(
            [opening, *(f"{n}. {text}" for n, text in enumerate(lines, 1)), self._phrase("letter.closing")]
        )

    def _phrase(self, key: str) -> str:
        texts: Mapping[str, str] = self.screener.packs.questions.get(key, {})
        return texts.get(self.language) or texts.get("en", "")


def _in_language(question: Question, language: str) -> str:
    texts = dict(question.texts)
    return texts.get(language) or texts.get("en") or texts[question.language]


def declaration_of(line: GoodsLine, origin: str, destination: str, **facts: Any) -> Declaration:
    """Return a declaration of one thing from here to there.

    Args:
        line: The thing.
        origin: Place of posting, alpha-2.
        destination: Where it goes, alpha-2.
        facts: Further fields of `Declaration`, such as route, consignee_type or end_use.
    """
    return Declaration("asked", (line,), consignor=Party(country=origin), consignee=Party(country=destination), **facts)
