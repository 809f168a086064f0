"""Everything a text states that another text may state otherwise: ages, counts, sums, days, places and goods, whether or not a claim holds it.

A fact here is words at their offsets with what they say, no more: it is no claim, has no speaker, and no grade. The ledger sets facts of one
event against each other and shows what differs at the claims that stand nearest.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tidewaiter.model.claims import GoodsMention, Mention, PassageKind, Place, Quantity, Stamp

FactKind = Literal["credit", "name", "age", "count", "money", "day", "place", "goods"]


@dataclass(frozen=True, slots=True)
class Fact:
    """Words that state something. The value is in the slot of its kind; `denied` where the text says that it is not so.

    `first`, `last` are the offsets of its sentence, `prior` whether that tells of what was before. A count has in `goods` what it counts
    where that is known as goods, and in `noun` the words behind the number. A credit is who is said to have said something, `noun` its key.
    """

    kind: FactKind
    start: int
    end: int
    first: int
    last: int
    passage: PassageKind = "body"
    denied: bool = False
    prior: bool = False
    person: Mention | None = None
    quantity: Quantity | None = None
    goods: GoodsMention | None = None
    stamp: Stamp | None = None
    place: Place | None = None
    noun: str = ""
