"""Keys under which a party is found again: two records are compared when they share one key that is not too common.

Several kinds stand beside each other, so that an error in one field leaves others. Each kind has finer ones below it:
where a key is too common it is passed over, and the finer keys of the same record find what can be found.
"""

from __future__ import annotations

from itertools import combinations

from tidewaiter.link.dates import is_whole
from tidewaiter.link.records import Prepared

# Kinds that rest on one field alone or on two fields; the number is how often a key may occur before it is too common.
CAPS = {
    "id": 100, "ph": 60, "em": 60, "ha": 60, "nn": 60, "nb": 100, "np": 80, "na": 80, "nc": 80, "ny": 80, "bp": 60, "bc": 60,
    "bo": 40, "ad": 40, "nnb": 200, "nnp": 200, "nnc": 200, "nm": 60, "nk": 60,
}  # fmt: skip


def short(word: str) -> str:
    """Return the beginning of a folded word, the same for most spellings and short forms of it."""
    return word[:4]


def blocking_keys(party: Prepared) -> tuple[str, ...]:
    """Return every key of a party, each beginning with its kind and a colon (see `CAPS` for how common it may be).

    The keys are the same whatever the order of the words of the name. A caller that indexes them looks up all of them
    and passes over those with more than `CAPS[kind]` entries.
    """
    keys: list[str] = []
    birth, year = party.birth, party.birth // 10000
    words = sorted(set(party.keys))
    long = [word for word in words if len(word) > 1]
    if party.id_number:
        keys.append(f"id:{party.id_number}")
    if party.phone:
        keys.append(f"ph:{party.phone[-7:]}")
    if party.email:
        keys.append(f"em:{party.email}")
    if party.handle:
        keys.append(f"ha:{party.handle}")
    if party.address and not party.place_class and party.number:
        keys.append(f"ad:{party.address}|{party.area}")
    pairs = list(combinations(long, 2))
    keys.extend(f"nn:{one}|{two}" for one, two in pairs)
    for one, two in pairs:
        if year:
            keys.append(f"nnb:{one}|{two}|{year}")
        if party.area:
            keys.append(f"nnp:{one}|{two}|{party.area}")
        if party.city:
            keys.append(f"nnc:{one}|{two}|{party.city}")
    if birth:
        if birth % 10000:
            keys.extend(f"nb:{short(word)}|{birth}" for word in dict.fromkeys(map(short, long)))
        keys.extend(f"ny:{word}|{year}" for word in long)
        if is_whole(birth):
            rest = birth % 10000
            keys.extend(f"nm:{word}|{rest}" for word in long)
            if party.area:
                keys.append(f"bp:{birth}|{party.area}")
            if party.city:
                keys.append(f"bc:{birth}|{party.city}")
            if party.occupation:
                keys.append(f"bo:{birth}|{party.occupation}")
    if party.postcode:
        keys.extend(f"np:{word}|{party.postcode}" for word in dict.fromkeys(map(short, long)))
    if party.area:
        keys.extend(f"na:{word}|{party.area}" for word in long)
    if party.city:
        keys.extend(f"nc:{word}|{party.city}" for word in long)
    if not pairs and long:
        keys.extend(f"nk:{word}" for word in long)
    return tuple(dict.fromkeys(keys))


def kind_of(key: str) -> str:
    """Return the kind of a key, to look up how common it may be."""
    return key.partition(":")[0]


def is_too_common(key: str, count: int) -> bool:
    """Return whether a key occurs so often that it finds nobody in particular."""
    return count > CAPS.get(kind_of(key), 60)
