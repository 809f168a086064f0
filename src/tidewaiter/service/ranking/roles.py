"""What each column may be used as: a number, a kind, a key of somebody's history, or not at all, with the reason.

Nobody is scored for who they are: names, addresses and numbers of persons are never features, only keys under which earlier
outcomes are counted; nationality, religion, language and birth are not used at all. What is only known after an inspection is
kept out by name here and by what it does in `guard`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from tidewaiter.service.ranking.table import ItemTable, number_of

Role = Literal["number", "kind", "key", "unused"]
KINDS_AT_MOST = 200
WHO = re.compile(
    r"nationalit|citizen|religio|ethnic|\brace\b|language|sprache|langue|idioma|birth|geburt|gender|\bsex\b|гражданств|национальн|язык|国籍|民族",
    re.IGNORECASE,
)
PERSONAL = re.compile(r"(^|_| )(name|address|city|postcode|phone|email|handle|id_number)$", re.IGNORECASE)
AFTERWARDS = re.compile(
    r"outcome|inspect|finding|seiz|penalt|fine$|fraud|illicit|result|decision|verdict|revised|measured|label|disposition|изъят|нарушен",
    re.IGNORECASE,
)
_FREE_TEXT = ("description", "revised_description", "contents")
_MOSTLY = 0.95


@dataclass(frozen=True, slots=True)
class ColumnRole:
    """A column's name, how it is used and why."""

    name: str
    role: Role
    why: str


def roles_of(table: ItemTable, outcome: str, set_aside: dict[str, str], keep: frozenset[str]) -> list[ColumnRole]:
    """Return the role of every column.

    Args:
        table: the items.
        outcome: our name of the outcome column.
        set_aside: columns with a purpose of their own (date, random inspection), with the reason.
        keep: columns a person insists on though their name speaks of results.
    """
    return [_role(name, values, outcome, set_aside, keep) for name, values in table.columns.items()]


def _role(name: str, values: list[str], outcome: str, set_aside: dict[str, str], keep: frozenset[str]) -> ColumnRole:
    if name == outcome:
        return ColumnRole(name, "unused", "the outcome itself")
    if name in set_aside:
        return ColumnRole(name, "unused", set_aside[name])
    if WHO.search(name):
        return ColumnRole(name, "unused", "says who somebody is; never used")
    if AFTERWARDS.search(name) and name not in keep:
        return ColumnRole(name, "unused", "by its name known only after an inspection (--keep uses it all the same)")
    told = [value for value in values if value]
    if not told:
        return ColumnRole(name, "unused", "empty")
    distinct = len(set(told))
    if distinct == 1 and len(told) == len(values):
        return ColumnRole(name, "unused", "always the same")
    if name in _FREE_TEXT:
        return ColumnRole(name, "unused", "free text; what the goods engine reads in it is used instead")
    if PERSONAL.search(name):
        if distinct > _MOSTLY * len(told):
            return ColumnRole(name, "unused", "personal, and nearly every value occurs once")
        return ColumnRole(name, "key", "personal: only a key to earlier outcomes")
    whole = sum(number_of(value) is not None for value in told)
    coded = _is_code(name, told)
    if whole >= _MOSTLY * len(told) and not coded and (distinct > 12 or any("." in value for value in told[:500])):
        return ColumnRole(name, "number", "")
    if distinct > _MOSTLY * len(told) and distinct > KINDS_AT_MOST:
        return ColumnRole(name, "unused", "nearly every value occurs once")
    return ColumnRole(name, "kind" if distinct <= KINDS_AT_MOST else "key", "")


def _is_code(name: str, told: list[str]) -> bool:
    """Return whether figures are names of things rather than amounts: codes and ids, or all of one length with leading zeros."""
    if re.search(r"(^|[ _])(id|code|cd|hs\d*|no|nr|number|office|type|kind|tariff)([ _]|$)", name, re.IGNORECASE):
        return True
    return any(len(value) > 1 and value[0] == "0" and value.isdigit() for value in told[:2000])
