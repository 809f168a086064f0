"""The columns of a declared party in the relations, and the wording of a description as it is compared."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from phonenumbers import COUNTRY_CODE_TO_REGION_CODE

from tidewaiter.link import Weights
from tidewaiter.link.places import city_key, postcode_key
from tidewaiter.model import Party
from tidewaiter.store.history.codec import Hasher, party_of
from tidewaiter.store.history.parties import prepared_party
from tidewaiter.store.history.schema import secret_of
from tidewaiter.text.fold import fold_text

_REMEMBERED = 200_000
Columns = dict[str, Any]


class PartyColumns:
    """Gives the columns of declared parties, remembered by their number.

    Args:
        connection: an open history.
        weights: of the linking pack, to fold the names of payers.
        incomplete: why a party is fictitious or incomplete, or an empty text.
    """

    def __init__(self, connection: sqlite3.Connection, weights: Weights, incomplete: Callable[[Party], str]) -> None:
        self.connection = connection
        self.weights = weights
        self.incomplete = incomplete
        self.hash = Hasher(secret_of(connection))
        self._known: dict[int, tuple[bool, Columns]] = {}

    def of(self, role: str, party: int | None, item: int) -> Columns:
        """Return the columns of a party in a role.

        One of whom too little is declared to tell who it is gets a number of its own on every item, which is never shared.
        """
        if party is None:
            return {}
        known = self._known.get(party)
        if known is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            known = self._known[party] = self._read(party)
        weak, columns = known
        found = {f"{role}_{name}": value for name, value in columns.items()}
        if weak:
            found[f"{role}_entity"] = -(2 * item + (role == "consignee"))
        return found

    def _read(self, party: int) -> tuple[bool, Columns]:
        declared, country, name, address, phone, email, handle, address_class, weak, entity, pseudonym = (
            self.connection.execute(
                "SELECT declared, country, name, address, phone, email, handle, address_class, weak, entity, pseudonym FROM parties WHERE no=?",
                (party,),
            ).fetchone()
        )
        whole = Party(country=country) if pseudonym else party_of(declared, country)
        return bool(weak), {
            "entity": entity,
            "name": name,
            "address": address,
            "address_class": address_class or None,
            "city": city_key(whole.city) or None,
            "postcode": postcode_key(whole.postcode) or None,
            "country": country or None,
            "phone": phone,
            "phone_country": phone_country(whole.phone, country) or None,
            "email": email,
            "handle": handle,
            "incomplete": None if pseudonym else self.incomplete(whole),
        }

    def name_key(self, name: str) -> int | None:
        """Return the key of a name's form, made as for the parties."""
        keys = prepared_party(Party(name=name), self.weights).keys
        return self.hash("name:" + " ".join(sorted(keys))) if keys else None


def phone_country(phone: str, country: str) -> str:
    """Return the territory of a phone written with its calling code, else an empty text.

    Where territories share a code, the one of the address is taken if it is among them, else the first.
    """
    plain = fold_text(phone).strip()
    digits = "".join(char for char in plain if char.isdigit() and char.isascii())
    if plain.startswith("00"):
        digits = digits[2:]
    elif not plain.startswith("+"):
        return ""
    for length in (1, 2, 3):
        regions = COUNTRY_CODE_TO_REGION_CODE.get(int(digits[:length] or 0), ())
        named = [region for region in regions if region != "001"]
        if named:
            return country if country in named else named[0]
    return ""


@lru_cache(maxsize=_REMEMBERED)
def wording(description: str) -> str:
    """Return the folded words of a description without numbers, each once, in a settled order."""
    words = "".join(char if char.isalnum() else " " for char in fold_text(description)).split()
    return " ".join(sorted({word for word in words if not any(char.isdigit() for char in word)}))
