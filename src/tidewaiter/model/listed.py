"""Parties on sanctions and denied-party lists, and the dated snapshot they came in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class ListedName:
    """One name of a listed party. `kind` is `primary`, `alias` or `weak-alias` (as the list itself grades it)."""

    text: str
    kind: str = "primary"


@dataclass(frozen=True, slots=True)
class ListedParty:
    """A person, organisation, vessel or aircraft on a list.

    `list` is our list code (`us-sdn`, `us-csl`, `un`…), `list_id` the publisher's identifier, `schema` one of `Person`,
    `Organization`, `Vessel`, `Aircraft` or empty. `birth_dates` are ISO dates or parts of one. `countries` are alpha-2
    where the list gives an address or registration. `identifiers` are (kind, number). `legal_basis` quotes the
    publisher's own citation; `licence_requirement` and `licence_policy` are as published (US CSL). `listed_on` is the
    ISO date, or part of one, on which the publisher listed the party; empty where it does not say.
    """

    list: str
    list_id: str
    schema: str
    names: tuple[ListedName, ...]
    birth_dates: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    identifiers: tuple[tuple[str, str], ...] = ()
    programmes: tuple[str, ...] = ()
    legal_basis: str = ""
    licence_requirement: str = ""
    licence_policy: str = ""
    source_list: str = ""
    remarks: str = ""
    listed_on: str = ""


@dataclass(frozen=True, slots=True)
class ListVersion:
    """Identity of one imported list snapshot: what, of which date, how many, its content hash, and the licence of the data."""

    list: str
    title: str
    dated: date
    sha256: str
    parties: int
    names: int
    publisher: str = ""
    url: str = ""
    invented: bool = False
    licence: str = ""
