"""Fit the day's reviews to the people at hand, and look at a drawn share of the rest so that misses can be counted.

What comes first: holds, then reviews by their strongest finding. The drawn share is fixed by a secret of the day and the
item's id, so it can be checked afterwards and not be guessed before; what is drawn says nothing about an item.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from tidewaiter.service.matching_measures.chance import wilson

Row = dict[str, Any]
_SCALE = 1 << 64
HOLD, REVIEW, CONTROL, LATER = "hold", "review", "control", "later"
_CASES = frozenset(("case", "hit", "true", "yes", "1", "controlled", "confirmed"))


@dataclass(frozen=True, slots=True)
class Planned:
    """One item of the plan. `why` is hold, review, control (drawn) or later (over capacity: looked at when there is time)."""

    id: str
    why: str
    outcome: str
    score: float
    lead: str


def is_drawn(item: str, secret: bytes, share: float) -> bool:
    """Return whether an item without finding is drawn for control.

    Args:
        item: The item's id.
        secret: The secret of the day.
        share: The share to draw, 0 to 1.

    Returns:
        The same answer for the same id and secret, true for about `share` of all ids (HMAC-SHA256, RFC 2104).
    """
    digest = hmac.new(secret, item.encode(), hashlib.sha256).digest()
    return int.from_bytes(digest[:8], "big") < share * _SCALE


def plan(screenings: Iterable[Row], capacity: int, secret: bytes, share: float) -> list[Planned]:
    """Return who is looked at today, the most urgent first.

    Args:
        screenings: Screenings as written by `screen`.
        capacity: How many items people can look at today; holds are never put off and count first.
        secret: The secret of the day.
        share: Share of the items without finding to draw for control. They are drawn whatever the capacity, up to it.

    Returns:
        Holds, then reviews by falling score of their strongest finding, drawn items, then reviews over capacity.
    """
    holds: list[Planned] = []
    reviews: list[Planned] = []
    drawn: list[Planned] = []
    for row in screenings:
        item, outcome = str(row.get("id", "")), row.get("outcome")
        findings = [f for f in row.get("findings") or [] if f.get("severity") in ("hold", "review")]
        lead: Row = max(findings, key=lambda f: (float(f.get("score") or 0), str(f.get("code"))), default={})
        score = float(lead.get("score") or 0)
        message = str(lead.get("message") or "")
        if outcome == HOLD:
            holds.append(Planned(item, HOLD, HOLD, score, message))
        elif outcome == REVIEW:
            reviews.append(Planned(item, REVIEW, REVIEW, score, message))
        elif is_drawn(item, secret, share):
            drawn.append(Planned(item, CONTROL, "no-finding", 0.0, "drawn at random"))
    holds.sort(key=lambda p: (-p.score, p.id))
    reviews.sort(key=lambda p: (-p.score, p.id))
    drawn.sort(key=lambda p: hmac.new(secret, p.id.encode(), hashlib.sha256).digest())
    room = max(0, capacity - len(holds))
    # A fifth of the room, at most, goes to control: without it nobody knows what is missed.
    control = drawn[: max(1, room // 5)] if room else []
    now = reviews[: max(0, room - len(control))]
    later = [Planned(p.id, LATER, p.outcome, p.score, p.lead) for p in reviews[len(now) :]]
    return [*holds, *now, *control, *later]


def miss_rate(controls: Iterable[Row]) -> Row:
    """Return how often drawn items without finding were cases after all, with its 95 % interval.

    Args:
        controls: Rows with `why` and `result` (what the person found); only rows drawn for control count.

    Returns:
        looked_at, cases, rate, low, high (Wilson's interval), and what that means for a million items.
    """
    looked = cases = 0
    for row in controls:
        if row.get("why") != CONTROL or not str(row.get("result") or "").strip():
            continue
        looked += 1
        cases += str(row["result"]).strip().casefold() in _CASES
    low, high = wilson(cases, looked)
    rate = cases / looked if looked else None
    return {
        "looked_at": looked,
        "cases": cases,
        "rate": rate,
        "low": low,
        "high": high,
        "in_a_million": [round(low * 1_000_000), round(high * 1_000_000)] if looked else None,
        "note": "" if looked else "no drawn item has a result yet, so nothing can be said of what is missed",
    }


def planned_rows(planned: Iterable[Planned]) -> Iterator[Row]:
    """Yield the plan as rows: place, id, why, outcome, score, lead, and an empty result to fill in."""
    for place, item in enumerate(planned, 1):
        yield {
            "place": place,
            "id": item.id,
            "why": item.why,
            "outcome": item.outcome,
            "score": item.score,
            "lead": item.lead,
            "result": "",
        }
