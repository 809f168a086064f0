"""The question to a sender about one fact, in as many languages as it is worded in."""

from __future__ import annotations

import re
from collections.abc import Mapping

from tidewaiter.packs.types import PackSet

LANGUAGES = ("en", "ru", "uk", "zh", "de", "fr", "es", "ar", "tr")


def bare_name(fact: str) -> str:
    """Return the name of a fact without its kind: `quantity` for `fact:quantity`."""
    return fact.partition(":")[2] or fact


def wording(packs: PackSet, fact: str) -> Mapping[str, str]:
    """Return the wordings, by language, of the question that is about one fact and no other; empty where there is none.

    Args:
        packs: Where questions stand: the tables of the policy, and what concepts ask for.
        fact: The name of a leaf: `fact:nature`, `parameter:bearing.bore`, `use:…`, `value`.
    """
    kind, bare = fact.partition(":")[0], bare_name(fact)
    asked = packs.asked.get(bare, {}) if kind == "parameter" else {}
    return asked or packs.questions.get(fact) or packs.questions.get(bare) or {}


def named_wording(packs: PackSet, fact: str) -> dict[str, str]:
    """Return, by language, a question that at least names a fact or parameter nobody has worded; empty for other kinds.

    Args:
        packs: Where the sentence around the name stands: `fact.named` and `parameter.named`.
        fact: The name of a leaf.
    """
    kind, _, bare = fact.partition(":")
    if kind not in ("fact", "parameter") or not bare:
        return {}
    if kind == "parameter" and bare in packs.yes_or_no:
        kind = "fact"
    return {
        language: text.format(name=plain_name(bare))
        for language, text in packs.questions.get(f"{kind}.named", {}).items()
    }


def plain_name(bare: str) -> str:
    """Return the name of a fact as words: `alloy: exceeds 1c202` for `alloy.exceeds-1c202`; the point of a number stays."""
    return re.sub(r"(?<!\d)\.|\.(?!\d)", ": ", bare).replace("-", " ")
