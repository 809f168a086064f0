"""nomenklatura's logic-v2 as a matcher to measure against.

It is a development dependency (`pip install -e '.[peer]'`), never part of the program. Each query and each listed party is an
entity with an id of its own, since its caches go by id; it is warmed up before it is timed.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from importlib import import_module
from typing import Any

from tidewaiter.model import InputError, ListedParty
from tidewaiter.service.matching_measures.sources import PairRow

NAME = "nomenklatura logic-v2"
# The level it calls a match by itself.
THRESHOLD = 0.70
_SCHEMA = {"Person": "Person", "Organization": "Organization", "Vessel": "Vessel", "Aircraft": "Airplane"}


class Nomenklatura:
    """logic-v2 with entities made for every call."""

    def __init__(self) -> None:
        """Load the matcher and its tables.

        Raises:
            InputError: it is not installed.
        """
        try:
            self._algorithm = import_module("nomenklatura.matching").get_algorithm("logic-v2")
            self._model = import_module("followthemoney").model
        except ImportError:
            raise InputError(
                "the peer is not installed; `pip install -e '.[peer]'` into an environment of its own (it brings 400 MB of tables)"
            ) from None
        self._config = self._algorithm.default_config()
        self._numbers = itertools.count()
        self.score(self.entity("Person", ["Warm Up"]), self.entity("Person", ["Warm Upp"]))

    def entity(self, schema: str, names: Sequence[str], weak: Sequence[str] = ()) -> Any:
        """Return an entity with an id of its own."""
        made = self._model.make_entity(schema)
        made.id = f"e{next(self._numbers)}"
        for name in names:
            made.add("name", name)
        for name in weak:
            made.add("weakAlias", name)
        return made

    def listed(self, party: ListedParty) -> Any:
        """Return a listed party as an entity."""
        strong = [name.text for name in party.names if name.kind != "weak-alias"]
        weak = [name.text for name in party.names if name.kind == "weak-alias"]
        return self.entity(_SCHEMA.get(party.schema, "LegalEntity"), strong or weak, weak if strong else ())

    def score(self, query: Any, listed: Any) -> float:
        """Return the score of two entities, 0 to 1."""
        return float(self._algorithm.compare(query, listed, self._config).score)

    def pair(self, row: PairRow) -> float:
        """Return the score of a labelled pair."""
        return self.score(self.entity(row.schema, [row.declared]), self.entity(row.schema, [row.listed]))
