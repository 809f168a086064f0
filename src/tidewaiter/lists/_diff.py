"""What changed between two versions of a list: additions, removals and changed fields, party by party."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from tidewaiter.lists._detect import read_files
from tidewaiter.lists._store import read_snapshot
from tidewaiter.model import ListedName, ListedParty, ListError


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of a listed party before and after.

    Of a field that holds several values, `added` and `removed` are those that came and went; their order says nothing.
    """

    field: str
    before: object
    after: object
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


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

    @property
    def is_empty(self) -> bool:
        """Whether nothing changed."""
        return not (self.added or self.removed or self.changed)


def diff_lists(old: Sequence[ListedParty], new: Sequence[ListedParty]) -> ListDiff:
    """Return what changed from the old to the new parties, matched by list and list id; each party once."""
    before = {(party.list, party.list_id): party for party in old}
    after = {(party.list, party.list_id): party for party in new}
    changed = []
    for key in sorted(before.keys() & after.keys()):
        changes = _changes(before[key], after[key]) if before[key] != after[key] else ()
        if changes:
            changed.append(PartyChange(before[key], after[key], changes))
    return ListDiff(
        tuple(after[key] for key in sorted(after.keys() - before.keys())),
        tuple(before[key] for key in sorted(before.keys() - after.keys())),
        tuple(changed),
    )


def apply_diff(old: Sequence[ListedParty], diff: ListDiff) -> tuple[ListedParty, ...]:
    """Return the parties after a difference; applying it a second time changes nothing.

    Args:
        old: The parties before.
        diff: What changed.

    Returns:
        The parties in the order of list and list id.
    """
    parties = {(party.list, party.list_id): party for party in old}
    for party in diff.removed:
        parties.pop((party.list, party.list_id), None)
    for party in (*diff.added, *(change.after for change in diff.changed)):
        parties[party.list, party.list_id] = party
    return tuple(parties[key] for key in sorted(parties))


def read_version(path: Path) -> tuple[ListedParty, ...]:
    """Return the parties of a snapshot, or of a list file as published, for comparison.

    Raises:
        ListError: When the file is neither.
    """
    if path.name.endswith(".jsonl.gz"):
        return read_snapshot(path)
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ListError(f"{path}: the file cannot be read: {error.strerror}") from error
    found: list[ListedParty] = []
    for imported in read_files([(path.name, content)]):
        found.extend(replace(party, list=party.list or "own") for party in imported.parties)
    return tuple(found)


def _changes(before: ListedParty, after: ListedParty) -> tuple[FieldChange, ...]:
    changes = []
    for part in fields(ListedParty):
        left: Any = getattr(before, part.name)
        right: Any = getattr(after, part.name)
        if left == right:
            continue
        if isinstance(left, tuple):
            old, new = [_said(value) for value in left], [_said(value) for value in right]
            added = tuple(value for value in new if value not in old)
            removed = tuple(value for value in old if value not in new)
            if added or removed:
                changes.append(FieldChange(part.name, left, right, added, removed))
        else:
            changes.append(FieldChange(part.name, left, right))
    return tuple(changes)


def _said(value: object) -> str:
    """Return one value of a field as a reader would write it."""
    if isinstance(value, ListedName):
        return value.text if value.kind != "weak-alias" else f"{value.text} (weak alias)"
    if isinstance(value, tuple):
        return " ".join(str(part) for part in value)
    return str(value)
