"""The weights of linking: log-odds of each level, read from the pack or estimated from the records at hand."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from tidewaiter.link.levels import FIELDS
from tidewaiter.link.places import Words
from tidewaiter.packs.types import Linking, PackSet

# A rate is never nought: one pair in a million may always be an accident.
LEAST = 1e-7


@dataclass(frozen=True, slots=True)
class FieldWeights:
    """One field: for each level (in the order of `levels.FIELDS`) how often it occurs among true and among chance pairs.

    `points` are log2(m/u) in thousandths of a bit. `typical` is the rarity (thousandths of a bit) of the value on which
    two chance records agree; `shares` says which part (thousandths) of the further rarity of a value counts at a level.
    """

    name: str
    levels: tuple[str, ...]
    m: tuple[float, ...]
    u: tuple[float, ...]
    points: tuple[int, ...]
    typical: int = 0
    shares: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Gates:
    """What keeps clusters from running away; see docs/reference/linking.md.

    `big`: from this size on, a join needs two independent kinds of evidence. `biggest`: no cluster grows beyond.
    `clear`: points of a field from which it counts as evidence of its own. `clip`: a single pair counts for no more than
    this, either way, when the pairs between two clusters are averaged. `shared`: more parties than this at one contact,
    and it ties nobody by itself. `strength`: for how many records the usual share of a value counts. `margin`: how far the threshold of a batch run stands above even odds, since the fields of kin and
    neighbours agree together more often than the product of their rates says.
    """

    big: int = 12
    biggest: int = 200
    clear: int = 3000
    clip: int = 12000
    shared: int = 12
    strength: int = 300
    margin: int = 6000


@dataclass(frozen=True, slots=True)
class Weights:
    """Everything `score_pair` and the clusters need. `threshold` is the score from which two records are linked."""

    fields: Mapping[str, FieldWeights]
    threshold: int
    gates: Gates = Gates()
    words: Words = field(default_factory=Words)
    source: str = ""

    def with_fields(self, fields: Mapping[str, FieldWeights], threshold: int, source: str) -> Weights:
        """Return the same gates and words with other rates."""
        return replace(self, fields=fields, threshold=threshold, source=source)


def points_of(m: float, u: float) -> int:
    """Return log2(m/u) in thousandths of a bit."""
    return round(1000 * math.log2(max(m, LEAST) / max(u, LEAST)))


def field_weights(
    name: str, m: tuple[float, ...], u: tuple[float, ...], typical: int, shares: tuple[int, ...]
) -> FieldWeights:
    """Return a field with its points worked out."""
    return FieldWeights(name, FIELDS[name], m, u, tuple(map(points_of, m, u)), typical, shares)


def load_weights(packs: PackSet) -> Weights:
    """Return the weights of the linking pack.

    Raises:
        ValueError: the packs hold no linking pack.
    """
    if packs.linking is None:
        raise ValueError("no pack of the kind `linking` is loaded")
    return weights_of(packs.linking)


def weights_of(pack: Linking) -> Weights:
    """Return the weights a linking pack states."""
    fields = {}
    for name, levels in FIELDS.items():
        stated = pack.fields[name]
        m = tuple(stated.rates[level][0] for level in levels)
        u = tuple(stated.rates[level][1] for level in levels)
        shares = tuple(stated.shares.get(level, 0) for level in levels)
        fields[name] = field_weights(name, m, u, stated.typical, shares)
    words = Words(pack.unified, pack.classes, pack.noble)
    return Weights(fields, pack.threshold, Gates(**pack.gates), words, pack.pack.label)
