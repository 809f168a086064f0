"""What each predicate wants in its slots: who is its subject, who may be, and what it takes beside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from tidewaiter.model.claims import MentionKind, Predicate

PERSONS: frozenset[MentionKind] = frozenset({"person", "people", "organisation"})
BODIES: frozenset[MentionKind] = frozenset({"authority", "court"})
SPEAKERS: frozenset[MentionKind] = frozenset({"person", "people", "organisation", "authority", "court", "outlet"})


@dataclass(frozen=True, slots=True)
class Role:
    """How the slots of one predicate are filled.

    `subject` says which side of the verb it is on: `doer` or `concerned`; `none` for no subject. `kinds` may be the subject, `object_kinds` the other
    side. `goods`: always, `own` only behind the cue in its own stretch, `none`.
    """

    subject: Literal["doer", "concerned", "law", "none"]
    kinds: frozenset[MentionKind] = PERSONS
    object_kinds: frozenset[MentionKind] = frozenset()
    goods: Literal["all", "own", "none"] = "none"
    route: bool = False


_DOING = Role("doer", PERSONS, frozenset(), "all", True)
_CASE = Role("concerned", PERSONS, BODIES)
_TAKING = Role("doer", BODIES, PERSONS, "all")

ROLES: Mapping[Predicate, Role] = {
    Predicate.POSTED: _DOING,
    Predicate.EXPORTED: _DOING,
    Predicate.PRIOR_SHIPMENT: _DOING,
    Predicate.PURCHASED: _DOING,
    Predicate.STORED: _DOING,
    Predicate.COPIED: _DOING,
    Predicate.SEIZED: _TAKING,
    Predicate.FOUND: _TAKING,
    Predicate.SEARCHED: _CASE,
    Predicate.DETAINED: _CASE,
    Predicate.CHARGED: _CASE,
    Predicate.PLEADED: Role("doer", PERSONS, BODIES, "own"),
    Predicate.CONVICTED: _CASE,
    Predicate.ACQUITTED: _CASE,
    Predicate.RELEASED: _CASE,
    Predicate.GOODS_ARE: Role("none", goods="all"),
    Predicate.SEEN_IN_USE: Role("none", goods="all"),
    Predicate.MOTIVE_ALLEGED: Role("doer", PERSONS),
    Predicate.LAW_STATES: Role("law", goods="all"),
    Predicate.DENIAL: Role("doer", SPEAKERS, goods="own"),
    Predicate.STATED: Role("doer", SPEAKERS),
    Predicate.FIGURE_STATED: Role("none", goods="all"),
    Predicate.UNVERIFIED: Role("none"),
    Predicate.GENERALISATION: Role("none"),
}

DOINGS = frozenset(
    {
        Predicate.POSTED,
        Predicate.EXPORTED,
        Predicate.PRIOR_SHIPMENT,
        Predicate.PURCHASED,
        Predicate.STORED,
        Predicate.COPIED,
    }
)
ABOUT_A_CASE = frozenset(
    {
        Predicate.DETAINED,
        Predicate.CHARGED,
        Predicate.PLEADED,
        Predicate.CONVICTED,
        Predicate.ACQUITTED,
        Predicate.RELEASED,
        Predicate.SEARCHED,
    }
)
# What is the outlet's own word in a sentence without a speaker, though one spoke before.
NOT_GOING_ON = (ABOUT_A_CASE - {Predicate.SEARCHED}) | {
    Predicate.LAW_STATES,
    Predicate.UNVERIFIED,
    Predicate.DENIAL,
    Predicate.GENERALISATION,
}
# What is said of nobody is no claim of these.
ABOUT_SOMEBODY = frozenset(
    {
        Predicate.DETAINED,
        Predicate.CONVICTED,
        Predicate.ACQUITTED,
        Predicate.RELEASED,
        Predicate.PLEADED,
        Predicate.DENIAL,
        Predicate.STATED,
        Predicate.MOTIVE_ALLEGED,
    }
)
# A predicate that takes up what its clause goes on to say, so that "denies smuggling" is no smuggling.
ABSORBS: Mapping[Predicate, frozenset[Predicate]] = {
    Predicate.DENIAL: frozenset(Predicate),
    Predicate.LAW_STATES: DOINGS | {Predicate.LAW_STATES, Predicate.GOODS_ARE, Predicate.FIGURE_STATED},
    Predicate.CHARGED: frozenset({Predicate.EXPORTED, Predicate.CHARGED}),
    Predicate.MOTIVE_ALLEGED: frozenset({Predicate.MOTIVE_ALLEGED}),
    Predicate.DETAINED: frozenset({Predicate.DETAINED}),
    Predicate.RELEASED: frozenset({Predicate.RELEASED}),
    Predicate.CONVICTED: frozenset({Predicate.CONVICTED}),
    Predicate.ACQUITTED: frozenset({Predicate.ACQUITTED}),
    Predicate.PLEADED: frozenset({Predicate.PLEADED}),
}

# Further ones, in languages whose verbs tell their voice: a case holds the charge that led to it.
CASES_ABSORB: Mapping[Predicate, frozenset[Predicate]] = {
    Predicate.PLEADED: frozenset({Predicate.CHARGED}),
    Predicate.CONVICTED: frozenset({Predicate.CHARGED}),
    Predicate.ACQUITTED: frozenset({Predicate.CHARGED}),
    Predicate.RELEASED: frozenset({Predicate.CHARGED}),
    Predicate.DETAINED: frozenset({Predicate.CHARGED}),
    Predicate.CHARGED: frozenset({Predicate.CHARGED}),
}

__all__ = [
    "ABOUT_A_CASE",
    "ABOUT_SOMEBODY",
    "ABSORBS",
    "BODIES",
    "CASES_ABSORB",
    "DOINGS",
    "NOT_GOING_ON",
    "PERSONS",
    "ROLES",
    "SPEAKERS",
    "Role",
]
