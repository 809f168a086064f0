"""The question to ask next, in the language of the words that were declared (for being understood, for nothing else)."""

from __future__ import annotations

from collections.abc import Mapping

from tidewaiter.model import Question
from tidewaiter.packs import PackSet
from tidewaiter.packs.wording import named_wording
from tidewaiter.screen.description import DescriptionDefect
from tidewaiter.screen.goods import GoodsResult
from tidewaiter.screen.licence import NextQuestion


def licence_question(question: NextQuestion, result: GoodsResult, number: int, packs: PackSet) -> Question | None:
    """Return the question that settles a licence answer soonest, or None if nobody could answer it."""
    texts, language = question_texts(question.fact, result, packs)
    if not texts:
        return None
    return Question(
        question.fact,
        number,
        tuple(sorted(texts.items())),
        language,
        question.settles,
        "the answer settles the licence question soonest",
    )


def question_texts(fact: str, result: GoodsResult, packs: PackSet) -> tuple[Mapping[str, str], str]:
    """Return the wordings by language of the question for a fact, none if nobody could answer it, and the language to ask in."""
    kind, _, bare = fact.partition(":")
    texts: Mapping[str, str] = {}
    language = "en"
    for concept in result.concepts:
        language = concept.language
        break
    if kind == "parameter":
        for found in result.kinds:
            for parent in packs.parents(found.concept):
                known = packs.concepts.get(parent)
                if known is not None and bare in known.ask:
                    texts = known.ask[bare]
                    break
            if texts:
                break
        if not texts:
            texts = packs.asked.get(bare, {})
    texts = texts or packs.questions.get(fact) or packs.questions.get(bare) or named_wording(packs, fact)
    texts = texts or packs.questions.get(kind) or {}
    return texts, _usable(language, texts) if texts else ""


def description_question(defect: DescriptionDefect, number: int, packs: PackSet) -> Question | None:
    """Return the question for a description that names nothing."""
    rules = packs.description
    if rules is None:
        return None
    texts = rules.questions.get(defect.kind) or rules.questions.get("any") or next(iter(rules.questions.values()), {})
    if not texts:
        return None
    return Question(
        "description",
        number,
        tuple(sorted(texts.items())),
        _usable(defect.language, texts),
        (),
        f"the description does not say what it is ({defect.kind})",
    )


def _usable(language: str, texts: Mapping[str, str]) -> str:
    return language if language in texts else "en" if "en" in texts else next(iter(sorted(texts)))
