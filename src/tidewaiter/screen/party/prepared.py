"""A name with everything the comparison needs worked out once: tokens, keys, weights and joined forms."""

from __future__ import annotations

from tidewaiter.screen.party.weights import Weigher
from tidewaiter.text.names import NormalName

PERSON, ORGANISATION, THING, UNKNOWN = "P", "O", "T", ""
_KIND = {"Person": PERSON, "Organization": ORGANISATION, "Vessel": THING, "Aircraft": THING}


def kind_of(schema: str) -> str:
    """Return the comparison kind of a schema: person, organisation, thing (vessel, aircraft) or unknown."""
    return _KIND.get(schema, UNKNOWN)


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
        "sorted",
        "text",
        "tokens",
        "total",
        "vowelless",
        "weights",
    )

    def __init__(self, name: NormalName, kind: str, weigher: Weigher) -> None:
        """Weigh each token; a name of nothing but small words is compared by them all the same."""
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
