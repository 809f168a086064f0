"""Short forms, familiar forms and cognates of names: weaker evidence than a spelling of the same name."""

from __future__ import annotations

from functools import cache

from tidewaiter.text.names_data import nickname_rows
from tidewaiter.text.names_fold import fold_key


@cache
def _table() -> dict[str, frozenset[str]]:
    """Return the key of each name with the names it may stand for."""
    found: dict[str, set[str]] = {}
    for name, others, kind in nickname_rows():
        if kind != "short":
            group = {name, *others}
            for member in group:
                found.setdefault(fold_key(member), set()).update(group - {member})
            continue
        found.setdefault(fold_key(name), set()).update(others)
        for other in others:
            found.setdefault(fold_key(other), set()).add(name)
    return {key: frozenset(names) for key, names in found.items()}


@cache
def _keys() -> dict[str, frozenset[str]]:
    return {key: frozenset(map(fold_key, names)) - {key} for key, names in _table().items()}


_NONE: frozenset[str] = frozenset()


def nickname_of(token: str) -> frozenset[str]:
    """Return the names a bearer of this name may also use, in both directions.

    Args:
        token: A lower-case Latin token.

    Returns:
        Formal names of a short form (`bill`: william), short forms of a formal name, and cognates in other languages;
        empty when none is known. Two short forms of one name are not returned for each other.
    """
    return _table().get(fold_key(token), _NONE)


def nickname_keys(key: str) -> frozenset[str]:
    """Return the keys (`fold_key`) of the names a bearer of the name with this key may also use; empty when none.

    This is the form to compare with: `right_key in nickname_keys(left_key)`; the relation is symmetric.
    """
    return _keys().get(key, _NONE)
