"""A name with everything the comparison needs worked out once: tokens, keys, weights and joined forms."""

from __future__ import annotations

from tidewaiter.screen.party.weights import Weigher
from tidewaiter.text.names import NormalName, normalise_readings

PERSON, ORGANISATION, THING, UNKNOWN = "P", "O", "T", ""
_KIND = {"Person": PERSON, "Organization": ORGANISATION, "Vessel": THING, "Aircraft": THING}


def kind_of(schema: str) -> str:
    """Return the comparison kind of a schema: person, organisation, thing (vessel, aircraft) or unknown."""
    return _KIND.get(schema, UNKNOWN)


def prepare(text: str, kind: str, weigher: Weigher, schema: str = "") -> list[Prepared]:
    """Return a name ready to compare, once for each reading (Latin spelling, translated words); none without a word."""
    readings = enumerate(normalise_readings(text, schema))
    return [Prepared(name, kind, weigher, number) for number, name in readings if name.tokens]


class Prepared:
    """A normalised name with weights. A plain slots class: tens of thousands stay in memory."""

    __slots__ = (
        "forms",
        "is_cut",
        "joined",
        "keys",
        "kind",
        "length",
        "nats",
        "numerals",
        "reading",
        "sorted",
        "text",
        "tokens",
        "total",
        "vowelless",
        "weights",
    )

    def __init__(self, name: NormalName, kind: str, weigher: Weigher, reading: int = 0) -> None:
        """Weigh each token; `reading` is 0 for the usual Latin reading of the script and counts the others."""
        self.reading = reading
        self.text = name.text
        self.tokens = name.tokens
        self.keys = name.keys
        self.kind = kind
        self.numerals = name.numerals
        self.forms = name.forms
        self.vowelless = name.vowelless
        self.length = len(name.text)
        self.is_cut = 27 <= self.length <= 36
        pairs = [weigher.weigh(token, key) for token, key in zip(name.tokens, name.keys, strict=True)]
        self.weights = tuple([pair[0] for pair in pairs])
        self.nats = tuple([pair[1] for pair in pairs])
        self.total = sum(self.weights)
        self.joined = "".join(name.keys)
        self.sorted = "".join(sorted(name.keys))

    @classmethod
    def empty(cls) -> Prepared:
        """Return a name without words."""
        return cls(NormalName("", (), ()), UNKNOWN, Weigher({}, 0))
