"""What changed between two versions of a list: additions, removals and changed fields, party by party."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

from tidewaiter.model import ListedParty


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of a listed party before and after."""

    field: str
    before: object
    after: object


@dataclass(frozen=True, slots=True)
class PartyChange:
    """A listed party whose entry changed."""

    before: ListedParty
    after: ListedParty
    changes: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class ListDiff:
    """Additions, removals and changes, each in the order of list and list id."""

    added: tuple[ListedParty, ...]
    removed: tuple[ListedParty, ...]
    changed: tuple[PartyChange, ...]


def diff_lists(old: Sequence[ListedParty], new: Sequence[ListedParty]) -> ListDiff:
    """Return what changed from the old to the new parties, matched by list and list id."""
    before = {(party.list, party.list_id): party for party in old}
    after = {(party.list, party.list_id): party for party in new}
    changed = []
    for key in sorted(before.keys() & after.keys()):
        if before[key] != after[key]:
            changed.append(PartyChange(before[key], after[key], _changes(before[key], after[key])))
    return ListDiff(
        tuple(after[key] for key in sorted(after.keys() - before.keys())),
        tuple(before[key] for key in sorted(before.keys() - after.keys())),
        tuple(changed),
    )


def _changes(before: ListedParty, after: ListedParty) -> tuple[FieldChange, ...]:
    return tuple(
        FieldChange(field.name, left, right)
        for field in fields(ListedParty)
        if (left := getattr(before, field.name)) != (right := getattr(after, field.name))
    )
