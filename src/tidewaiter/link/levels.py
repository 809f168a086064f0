"""How far two values of one field agree: a level for each field, the same for every culture of names.

Each function takes two values that are both stated and returns a place in the tuple of level names of its field. A field
that is empty on either side has no level: it says nothing.
"""

from __future__ import annotations

from rapidfuzz.distance import OSA

from tidewaiter.link import dates
from tidewaiter.link.names import EDIT, FAR, INITIAL, KEY, NEAR_NAMES, NICKNAME, NONE, SAME, is_initial, is_nickname
from tidewaiter.link.records import Prepared


def _name_levels() -> tuple[str, ...]:
    rows = ["differs"]
    for near in ("same", "key"):
        rows.extend(f"1.{near}.{rest}" for rest in ("all", "part", "last", "first", "other"))
    for near in NEAR_NAMES[NICKNAME : FAR + 1]:
        rows.extend(f"1.{near}.{rest}" for rest in ("all", "part", "differs"))
    for total in (2, 3):
        for near in ("same", "key"):
            rows.extend(f"{total}.{near}.{rest}" for rest in ("all", "swapped", "part", "differs"))
        for near in NEAR_NAMES[NICKNAME : FAR + 1]:
            rows.extend(f"{total}.{near}.{rest}" for rest in ("all", "part", "differs"))
    return (*rows, "letters")


NAME_LEVELS = _name_levels()
_NAME_PLACE = {name: place for place, name in enumerate(NAME_LEVELS)}
LETTERS = _NAME_PLACE["letters"]

# Every compared field with its levels, the best first except in names (a table of cases) and `birth` (see dates.py).
FIELDS: dict[str, tuple[str, ...]] = {
    "name": NAME_LEVELS,
    "generation": ("same", "differs"),
    "birth": dates.LEVELS,
    "city": ("same", "part", "near", "differs"),
    "postcode": ("same", "near", "area", "differs"),
    "address": ("same", "alike", "number", "street", "differs"),
    "phone": ("same", "near", "differs"),
    "email": ("same", "local", "near", "differs"),
    "id_number": ("same", "near", "far", "differs"),
    "handle": ("same", "differs"),
    "occupation": ("same", "part", "differs"),
}
SHORTEST_EDIT, SHORTEST_FAR = 4, 6


def word_level(left: str, right: str) -> int:
    """Return how two different words of names are near (`names.NEAR_NAMES`), `NONE` when they are not."""
    if is_initial(left, right):
        return INITIAL
    if is_nickname(left, right):
        return NICKNAME
    shorter, longer = (left, right) if len(left) <= len(right) else (right, left)
    short = len(shorter)
    if short < 3:
        return NONE
    distance = OSA.distance(left, right, score_cutoff=2)
    if distance <= 1:
        if len(longer) < SHORTEST_EDIT:  # another letter in a word of three is another name (Mei, Wei)
            return NONE
        return EDIT if short >= SHORTEST_EDIT else FAR
    if distance == 2 and short >= SHORTEST_FAR:
        return FAR
    return FAR if len(longer) - short > 1 and longer.startswith(shorter) else NONE


def letters_of(tokens: tuple[str, ...]) -> str:
    """Return the letters of a name in alphabetical order: the same however it is cut into words and ordered."""
    return "".join(sorted("".join(tokens)))


def align(left: Prepared, right: Prepared) -> tuple[int, tuple[tuple[int, int, int], ...]]:
    """Return the name level and the pairs of words it rests on, as (place left, place right, nearness).

    Words with the same folded key are paired first; then the nearest of the words left over, twice at most.
    """
    found: list[tuple[int, int, int]] = []
    free_right = set(range(len(right.keys)))
    free_left: list[int] = []
    for place, key in enumerate(left.keys):
        other = next((j for j in sorted(free_right) if right.keys[j] == key), None)
        if other is None:
            free_left.append(place)
            continue
        free_right.discard(other)
        found.append((place, other, SAME if left.tokens[place] == right.tokens[other] else KEY))
    firm = len(found)
    rows = sorted(free_right)
    while free_left and rows and len(found) < firm + 2:
        near, i, j = min((word_level(left.tokens[i], right.tokens[j]), i, j) for i in free_left for j in rows)
        if near == NONE:
            break
        found.append((i, j, near))
        free_left.remove(i)
        rows.remove(j)
    return _name_level(left, right, found, bool(free_left), bool(rows)), tuple(found)


def _name_level(
    left: Prepared, right: Prepared, found: list[tuple[int, int, int]], more_left: bool, more_right: bool
) -> int:
    worst = max((near for _, _, near in found), default=NONE)
    if (worst > KEY or (more_left and more_right)) and len(left.keys) + len(right.keys) > 2:
        if letters_of(left.tokens) == letters_of(right.tokens):
            return LETTERS
    if not found:
        return 0
    total = min(len(found), 3)
    if more_left and more_right:
        rest = "differs"
        if total == 1 and worst <= KEY:
            i, j, _ = found[0]
            is_last = i == len(left.keys) - 1 and j == len(right.keys) - 1
            rest = "last" if is_last else "first" if i == j == 0 else "other"
    elif more_left or more_right:
        rest = "part"
    else:
        rest = "all"
        if total > 1 and worst <= KEY and (0, 0) not in {(i, j) for i, j, _ in found}:
            rest = "swapped"
    return _NAME_PLACE[f"{total}.{NEAR_NAMES[worst]}.{rest}"]


def city_level(left: str, right: str) -> int:
    """Compare places: `part` when all words of one stand in the other, `near` within two letters."""
    if left == right:
        return 0
    one, two = set(left.split()), set(right.split())
    if one <= two or two <= one:
        return 1
    return 2 if min(len(left), len(right)) > 4 and OSA.distance(left, right, score_cutoff=2) <= 2 else 3


def postcode_level(left: str, right: str, left_area: str, right_area: str) -> int:
    """Compare postcodes: `near` within one sign, `area` when the wider area is the same."""
    if left == right:
        return 0
    if OSA.distance(left, right, score_cutoff=1) <= 1:
        return 1
    return 2 if left_area == right_area else 3


def address_level(left: Prepared, right: Prepared) -> int:
    """Compare addresses: `alike`: the same number and nearly the same street; `number`: the same number, streets share
    a word; `street`: the same street, another number."""
    if left.address == right.address:
        return 0
    same_number = left.number == right.number
    if left.street and right.street:
        longest = max(len(left.street), len(right.street))
        distance = OSA.distance(left.street, right.street, score_cutoff=longest // 4 + 1)
        if distance <= longest // 4:
            return 1 if same_number else 3
        one, two = set(left.street.split()), set(right.street.split())
        if same_number and left.number and not one.isdisjoint(two):
            return 2
        if one <= two or two <= one:
            return 3
    return 4


def phone_level(left: str, right: str) -> int:
    """Compare phones: the same last digits are the same number; `near`: one digit wrong, lacking or exchanged."""
    if left == right or left.endswith(right) or right.endswith(left):
        return 0
    return 1 if OSA.distance(left, right, score_cutoff=1) <= 1 else 2


def email_level(left: str, right: str) -> int:
    """Compare e-mail addresses: `local`: the same name at another provider; `near`: within two letters."""
    if left == right:
        return 0
    local = left.partition("@")[0]
    if len(local) > 4 and local == right.partition("@")[0]:
        return 1
    return 2 if OSA.distance(left, right, score_cutoff=2) <= 2 else 3


def id_level(left: str, right: str) -> int:
    """Compare identity numbers: `near` within one sign, `far` within two."""
    if left == right:
        return 0
    distance = OSA.distance(left, right, score_cutoff=2)
    return 1 if distance <= 1 else 2 if distance == 2 else 3


def occupation_level(left: str, right: str) -> int:
    """Compare occupations: `part` when they share a word."""
    if left == right:
        return 0
    return 1 if not set(left.split()).isdisjoint(right.split()) else 2


def levels_of(left: Prepared, right: Prepared) -> tuple[dict[str, int], tuple[tuple[int, int, int], ...]]:
    """Return the level of every field both records state, and the paired words of the names."""
    found: dict[str, int] = {}
    pairs: tuple[tuple[int, int, int], ...] = ()
    if left.keys and right.keys:
        found["name"], pairs = align(left, right)
    if left.generation and right.generation:
        found["generation"] = int(left.generation != right.generation)
    if left.birth and right.birth:
        found["birth"] = dates.birth_level(left.birth, right.birth)
    if left.city and right.city:
        found["city"] = city_level(left.city, right.city)
    if left.postcode and right.postcode:
        found["postcode"] = postcode_level(left.postcode, right.postcode, left.area, right.area)
    if left.address and right.address:
        found["address"] = address_level(left, right)
    if left.phone and right.phone:
        found["phone"] = phone_level(left.phone, right.phone)
    if left.email and right.email:
        found["email"] = email_level(left.email, right.email)
    if left.id_number and right.id_number:
        found["id_number"] = id_level(left.id_number, right.id_number)
    if left.handle and right.handle:
        found["handle"] = int(left.handle != right.handle)
    if left.occupation and right.occupation:
        found["occupation"] = occupation_level(left.occupation, right.occupation)
    return found, pairs
