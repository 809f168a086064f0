"""Walk the open questions of one thing on one route: ask the fact that settles most, take the answer, decide again.

The walk is the licence engine itself with facts added one by one; it decides nothing of its own. An answer is what the
person says it is: it is shown as told, and never taken for a document.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from tidewaiter.model import Declaration, GoodsLine, InputError, Party, Question
from tidewaiter.model.goods import Value
from tidewaiter.packs import Facts, Parameter
from tidewaiter.screen.facts import facts_of
from tidewaiter.screen.licence import Candidate, LicenceAnswer, NextQuestion, Routes, assess_all, cells_of, find_grounds
from tidewaiter.screen.pipeline import Screener, candidates_of
from tidewaiter.screen.questions import licence_question
from tidewaiter.service.law_read import LawRead
from tidewaiter.service.licence_rows import exception_rows, ground_row, information_rows
from tidewaiter.text.units import parse_quantity

Row = dict[str, Any]
UNKNOWN = frozenset(
    ("?", "unknown", "dont-know", "don't-know", "не-знаю", "невідомо", "unbekannt", "inconnu", "desconocido", "bilmiyorum",
     "不知道", "未知", "لا-أعرف")
)  # fmt: skip
_YES = frozenset(("yes", "y", "да", "так", "ja", "oui", "si", "sí", "evet", "是", "نعم"))
_NO = frozenset(("no", "n", "нет", "ні", "nein", "non", "hayır", "hayir", "否", "不", "لا"))
_ASKABLE = ("parameter", "fact", "concept", "use", "contains", "made_for")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question put to the person: the fact, the wording in their language and the answers that make a difference."""

    fact: str
    text: str
    choices: tuple[str, ...]
    settles: tuple[str, ...]


class LicenceWalk:
    """One thing on one route, asked about until nothing that can be asked changes the answer."""

    def __init__(self, screener: Screener, declaration: Declaration, language: str = "en") -> None:
        """Read the first goods line of a declaration; its consignor and consignee give the route."""
        if not declaration.lines:
            raise InputError("no goods are given")
        self.screener = screener
        self.declaration = declaration
        self.language = language
        self.line: GoodsLine = declaration.lines[0]
        self.result, _ = screener.read_line(self.line, 0)
        self.facts: Facts = facts_of(declaration, self.line, self.result, screener.packs, screener.on)
        self.told: dict[str, str] = {}
        self.unknown: list[str] = []
        self._parameters: dict[str, Parameter] = dict(screener.goods.lexicon.parameters)
        self._law = LawRead(screener.packs, [rule for rules in screener.rules.values() for rule in rules])
        self._candidates: list[Candidate] = candidates_of(self.result.raised)
        told = [r for r in screener.packs.rules if r.effect == "information" and r.in_force(screener.on)]
        self._information = Routes(r for r in told if r.jurisdiction in screener.rules)

    def answers(self) -> list[tuple[str, LicenceAnswer]]:
        """Return the answer of each jurisdiction whose law reaches the place of posting or that has a ground."""
        found = []
        decided = self.screener.decide_line(self.declaration, self.line, 0, self.result, self.facts)
        for answer, finding, jurisdiction in decided:
            modelled = self.declaration.consignor.country in self.screener.coverage.modelled.get(jurisdiction, ())
            if answer.grounds or finding is not None or modelled:
                found.append((jurisdiction, answer))
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
        known = licence_question(question, self.result, 0, self.screener.packs)
        bare = question.fact.partition(":")[2]
        text = (
            _in_language(known, self.language) if known is not None else f"{bare.replace('-', ' ').replace('.', ': ')}?"
        )
        cells = cells_of(question.fact, self._candidates, self.screener.packs, self._parameters)
        choices = []
        for cell in cells:
            if isinstance(cell, bool):
                choices.append("yes" if cell else "no")
            elif cell.labels:
                choices.append(cell.labels[0])
        return Asked(question.fact, text, tuple(dict.fromkeys(choices)), question.settles)

    def tell(self, asked: Asked, text: str) -> None:
        """Take an answer.

        Raises:
            InputError: it cannot be read as one; the message says what was expected.
        """
        said = text.strip()
        folded = said.casefold().replace(" ", "-")
        if not said or folded in UNKNOWN:
            self.unknown.append(asked.fact)
            return
        self.facts = self.facts.assume(asked.fact, self._value(asked, said, folded))
        self.told[asked.fact] = said

    def _value(self, asked: Asked, said: str, folded: str) -> Value | bool:
        kind, _, bare = asked.fact.partition(":")
        truth = True if folded in _YES else False if folded in _NO else None
        if kind not in ("parameter", "fact"):
            if truth is None:
                raise InputError(f"read {said!r}; expected yes, no or ?")
            return truth
        parameter = self._parameters.get(bare)
        if parameter is not None and parameter.type in ("quantity", "integer", "range"):
            return _number(said, folded, parameter)
        if truth is not None:
            return Value(("yes" if truth else "no",), text=said)
        labels = {choice.casefold(): choice for choice in asked.choices}
        if folded in labels or said.casefold() in labels:
            return Value((labels.get(folded) or labels[said.casefold()],), text=said)
        if asked.choices and parameter is not None and parameter.type == "scale":
            raise InputError(f"read {said!r}; expected one of {', '.join(asked.choices)} or ?")
        return Value((said,), text=said)

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
        facts = [fact for fact in open_facts if fact.partition(":")[0] in _ASKABLE]
        if not facts:
            return ""
        lines = [self._wording(NextQuestion(fact, (), 0.0)).text for fact in facts]
        opening = self._phrase("letter.opening").format(item=self.line.description)
        return "\n".join(
            [opening, *(f"{n}. {text}" for n, text in enumerate(lines, 1)), self._phrase("letter.closing")]
        )

    def _phrase(self, key: str) -> str:
        texts: Mapping[str, str] = self.screener.packs.questions.get(key, {})
        return texts.get(self.language) or texts.get("en", "{item}" if key == "letter.opening" else "")


def _in_language(question: Question, language: str) -> str:
    texts = dict(question.texts)
    return texts.get(language) or texts.get("en") or texts[question.language]


def _number(said: str, folded: str, parameter: Parameter) -> Value:
    if parameter.type == "integer" and folded.isdigit():
        return Value(low=Fraction(folded), high=Fraction(folded), dimension="count", text=said)
    try:
        quantity = parse_quantity(said.casefold())
    except ValueError:
        units = ", ".join(parameter.units) or parameter.dimension or "a whole number"
        raise InputError(f"read {said!r}; expected a number with its unit ({units}) or ?") from None
    return Value(low=quantity.low, high=quantity.high, dimension=quantity.dimension, text=said)


def declaration_of(line: GoodsLine, origin: str, destination: str, **facts: Any) -> Declaration:
    """Return a declaration of one thing from here to there.

    Args:
        line: The thing.
        origin: Place of posting, alpha-2.
        destination: Where it goes, alpha-2.
        facts: Further fields of `Declaration`, such as route, consignee_type or end_use.
    """
    return Declaration("asked", (line,), consignor=Party(country=origin), consignee=Party(country=destination), **facts)
