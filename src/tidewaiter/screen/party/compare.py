"""Compare two parties directly, without an index: what `party compare` and linking call."""

from __future__ import annotations

from dataclasses import dataclass

from tidewaiter.model import Contribution, ListedName, ListedParty, Party
from tidewaiter.screen.party.facts import facts_of
from tidewaiter.screen.party.matching import contributions_of
from tidewaiter.screen.party.prepared import Prepared, kind_of, prepare
from tidewaiter.screen.party.scoring import NOTHING, score_names, steps_of
from tidewaiter.screen.party.weights import Weigher, plain_weigher


@dataclass(frozen=True, slots=True)
class Comparison:
    """The result of comparing two parties; `related` means the same group rather than the same entity."""

    score: int
    evidence: int
    related: bool
    contributions: tuple[Contribution, ...]


def compare(
    declared: Party,
    listed_name: str,
    schema: str = "",
    *,
    birth_date: str = "",
    country: str = "",
    weigher: Weigher | None = None,
) -> Comparison:
    """Compare a party with a second name and its facts.

    Args:
        declared: The first party; name, birth date and country are read.
        listed_name: The second name.
        schema: `Person`, `Organization`, `Vessel`, `Aircraft` or empty.
        birth_date: Birth date of the second party.
        country: Country of the second party.
        weigher: Word weights from a list; without one, priors alone.

    Returns:
        Score and evidence in thousandths with contributions that sum to the score.
    """
    weights = weigher if weigher is not None else plain_weigher()
    kind = kind_of(schema)
    left = prepare(declared.name, kind, weights, schema)
    right = prepare(listed_name, kind, weights, schema)
    name = ListedName(listed_name)
    listed = ListedParty(
        list="",
        list_id="",
        schema=schema,
        names=(name,),
        birth_dates=(birth_date,) if birth_date else (),
        countries=(country,) if country else (),
    )
    pairs = [score_names(one, other) for one in left for other in right]
    scored = max(pairs, key=lambda pair: pair.log_odds, default=NOTHING)
    score, steps = steps_of(scored, facts_of(declared, listed, True))
    related = bool(left and right) and _is_related(left[0], right[0], score)
    return Comparison(score, scored.evidence, related, contributions_of(steps, "name1", "name2"))


def _is_related(left: Prepared, right: Prepared, score: int) -> bool:
    """Return whether the names share their rare words and differ by a place, a number or a group word."""
    if score < 500 or left.kind == "P":
        return False
    shared = set(left.keys) & set(right.keys)
    core = [
        nats
        for side in (left, right)
        for key, nats in zip(side.keys, side.nats, strict=True)
        if key not in shared and nats > 5.5
    ]
    extra = set(left.tokens) ^ set(right.tokens)
    strong = any(nats > 6 for key, nats in zip(left.keys, left.nats, strict=True) if key in shared)
    return strong and not core and bool(extra)
