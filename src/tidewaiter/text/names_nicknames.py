"""Short forms, familiar forms and cognates of names: weaker evidence than a spelling of the same name."""

from __future__ import annotations

from functools import cache

from tidewaiter.text.names_data import nickname_rows, variant_canon
from tidewaiter.text.names_fold import fold_key


def identity_of(token: str) -> str:
    """Return what two spellings of one name share here: the folded key, but the letters of short names themselves.

    Folding vowels joins short names that are different (Bill and Bel), so they are looked up as they are written.
    """
    if token in variant_canon():
        return fold_key(token)
    key = fold_key(token)
    return token if len(token) < 5 or len(key) < 4 else key


@cache
def _table() -> dict[str, frozenset[str]]:
    """Return the identity of each name with the names it may stand for."""
    found: dict[str, set[str]] = {}
    for name, others, kind in nickname_rows():
        if kind != "short":
            group = {name, *others}
            for member in group:
                found.setdefault(identity_of(member), set()).update(group - {member})
            continue
        found.setdefault(identity_of(name), set()).update(others)
        for other in others:
            found.setdefault(identity_of(other), set()).add(name)
    return {identity: frozenset(names) for identity, names in found.items()}


@cache
def nickname_identities() -> dict[str, frozenset[str]]:
    """Return what each name with short forms or cognates is known as (`identity_of`) with what those are known as."""
    return {identity: frozenset(map(identity_of, names)) - {identity} for identity, names in _table().items()}


_NONE: frozenset[str] = frozenset()


def nickname_of(token: str) -> frozenset[str]:
    """Return the names a bearer of this name may also use, in both directions.

    Args:
        token: A lower-case Latin token.

    Returns:
        Formal names of a short form (`bill`: william), short forms of a formal name, and cognates in other languages;
        empty when none is known. Two short forms of one name are not returned for each other.
    """
    return _table().get(identity_of(token), _NONE)


def is_nickname_pair(left: str, right: str) -> bool:
    """Return whether one token may stand for the other, in any usual spelling of both; symmetric."""
    known = nickname_identities().get(identity_of(left))
    return known is not None and identity_of(right) in known
