"""Held here, and not held there: somebody detained in one text where another says that nobody was, or that the same day he was let go."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tidewaiter.claims.sameness import names_same
from tidewaiter.claims.slots import Difference, Text, name_of
from tidewaiter.model.claims import Claim, Predicate
from tidewaiter.text.fold import fold_text


def custody(texts: Sequence[Text], nobody: re.Pattern[str], still_held: re.Pattern[str]) -> list[Difference]:
    """Return where texts of one event, or one text, differ on whether somebody is held.

    Args:
        texts: the texts.
        nobody: finds, in folded text, words for nobody.
        still_held: finds, in folded text, words that somebody is held on the day of the text.
    """
    found = []
    for one in texts:
        for other in texts:
            held = _first(one, Predicate.DETAINED)
            if held is None:
                continue
            none = next((c for c in other.claims if _says_nobody(c, nobody)), None)
            if none is not None:
                found.append(Difference("status", held, none, "somebody is held here, nobody there"))
                continue
            free = _first(other, Predicate.RELEASED)
            if (
                one is not other
                and free is not None
                and any(still_held.search(fold_text(c.quote)) for c in one.claims)
                and _first(one, Predicate.RELEASED) is None
                and _one_day(other, one)
            ):
                if names_same(name_of(held), name_of(free)) is not False:
                    found.append(Difference("status", held, free, "held here, let go there, in texts of one day"))
    return found


def _first(text: Text, predicate: Predicate) -> Claim | None:
    return next(
        (
            c
            for c in text.claims
            if c.predicate is predicate and c.polarity == "affirmed" and c.modality in ("asserted", "hedged")
        ),
        None,
    )


def _says_nobody(claim: Claim, nobody: re.Pattern[str]) -> bool:
    """Whether a claim says that nobody at all was detained; who else is not held is another person."""
    if claim.predicate is not Predicate.DETAINED or claim.polarity != "negated":
        return False
    return bool(nobody.search(fold_text(claim.subject.text if claim.subject is not None else claim.quote)))


def _one_day(one: Text, other: Text) -> bool:
    """Whether two texts appeared on one day; who is let go later is a case that moves on."""
    return one.published is not None and one.published == other.published


__all__ = ["custody"]
