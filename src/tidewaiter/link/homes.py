"""What a home says: one thing, however many fields tell it, and nothing of who of those that live there it was.

City and postcode follow from an address, so beside the strongest of them the others count in part. People of one household share
address, phone and often the family name: where two names are those of two people, what they share as a home says nothing.
"""

from __future__ import annotations

from collections.abc import Mapping

PLACE = ("address", "postcode", "city")
# Names of two people, or of two firms: and on both sides a word that is like none of the other (brothers may share three of four).
OTHER_NAMES = (
    "differs", "1.same.last", "1.same.first", "1.same.other", "1.key.last", "1.key.first", "1.key.other",
    "1.nickname.differs", "1.initial.differs", "1.edit.differs", "1.far.differs", "2.same.differs", "2.key.differs",
    "2.nickname.differs", "2.initial.differs", "2.edit.differs", "2.far.differs",
    "3.same.differs", "3.key.differs", "3.nickname.differs", "3.initial.differs", "3.edit.differs", "3.far.differs",
)  # fmt: skip
OTHER_BIRTH = ("differs",)
# Neighbours of one street and numbers a digit apart (a block's, a family's) say as little between two names as one door.
SAME_DWELLING = ("same", "alike", "street")
SAME_PHONE = ("same", "near")


# What members of a household do not share: a number or an e-mail address of one's own, a birth date.
OWN = {"id_number": ("same", "near"), "email": ("same",), "birth": ("exact", "swapped", "slip")}


def shares_home(levels: Mapping[str, str]) -> bool:
    """Return whether two parties share an address or a phone, or nearly."""
    return levels.get("address") in SAME_DWELLING or levels.get("phone") in SAME_PHONE


def is_household(levels: Mapping[str, str]) -> bool:
    """Return whether two parties share a home and nothing of their own, under names of two people or with birth dates that
    have nothing in common (father and son of one name): a tie, no identity."""
    if not shares_home(levels):
        return False
    if levels.get("name") not in OTHER_NAMES and levels.get("birth") not in OTHER_BIRTH:
        return False
    return not any(levels.get(name) in same for name, same in OWN.items())


def counted_twice(points: Mapping[str, int], beside: int) -> int:
    """Return what the fields of a place say together beyond the strongest of them and a part of the rest.

    Args:
        points: points of each field, thousandths of a bit, rarity included.
        beside: which part of the weaker fields counts, thousandths.
    """
    positive = [points[name] for name in PLACE if points.get(name, 0) > 0]
    if len(positive) < 2:
        return 0
    return (sum(positive) - max(positive)) * (1000 - beside) // 1000


def said_of_home(points: Mapping[str, int], twice: int) -> int:
    """Return all that place and phone say for one party, after what was counted twice."""
    place = sum(points[name] for name in PLACE if points.get(name, 0) > 0) - twice
    return place + max(points.get("phone", 0), 0)
