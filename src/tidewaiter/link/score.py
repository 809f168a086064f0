"""Score a pair of parties: the sum of what each field contributes, or a definite no."""

from __future__ import annotations

from dataclasses import dataclass, field

from tidewaiter.link import dates
from tidewaiter.link.frequencies import Frequencies, NoFrequencies, rarity
from tidewaiter.link.homes import counted_twice, is_household, said_of_home
from tidewaiter.link.levels import FIELDS, levels_of
from tidewaiter.link.names import INITIAL, NONE
from tidewaiter.link.records import FIRM, PERSON, Prepared
from tidewaiter.link.weights import Weights
from tidewaiter.model.screening import Contribution

NO_FREQUENCIES = NoFrequencies()
# Fields that rest on one fact count once among independent evidence: who moves takes city, postcode and address along.
FAMILY = {
    "name": "name", "generation": "name", "birth": "birth", "city": "place", "postcode": "place", "address": "place",
    "phone": "phone", "email": "email", "id_number": "id_number", "handle": "handle", "occupation": "occupation",
}  # fmt: skip
# How much of the rarity of a word counts when it is only nearly the same, thousandths (`names.NEAR_NAMES`).
NEAR_SHARES = (1000, 1000, 500, 0, 600, 400)
# Names of two people: nothing in common, or one word the same and the others not alike.
NO_WITH_NAMES = ("differs", "1.same.last", "1.same.first", "1.same.other")


@dataclass(frozen=True, slots=True)
class PairScore:
    """What the comparison of two parties says.

    `score` is the log-odds that they are one, in thousandths of a bit, and the sum of the points of `contributions`.
    `no` is the reason why they are certainly two, or empty: a pair with a `no` is never linked whatever its score.
    `independent` names the kinds of evidence that each speak clearly for one party (`name`, `birth`, `place`, `phone`…).
    `levels` are the levels of the fields that both state.
    """

    score: int
    contributions: tuple[Contribution, ...]
    no: str = ""
    independent: tuple[str, ...] = ()
    levels: dict[str, str] = field(default_factory=dict)


def score_pair(
    left: Prepared, right: Prepared, weights: Weights, frequencies: Frequencies = NO_FREQUENCIES
) -> PairScore:
    """Compare two prepared parties.

    Args:
        left: One party; the order of the two does not matter to score and `no`.
        right: The other.
        weights: Points of the levels, from the pack or estimated.
        frequencies: How common values are; without it every value counts as usual.

    Returns:
        Score, contributions, a definite no or none, and the independent kinds of evidence.
    """
    found, words = levels_of(left, right)
    contributions: list[Contribution] = []
    told: dict[str, int] = {}
    for name, place in found.items():
        stated = weights.fields[name]
        points = stated.points[place]
        one, other = shown(left, name), shown(right, name)
        level = stated.levels[place]
        contributions.append(Contribution(f"link.{name}.{level}", points, one, other, sentence=_SAID[name](level)))
        more = _rarity(left, right, name, place, words, weights, frequencies)
        if more:
            said = "the value is rarer than usual" if more > 0 else "the value is more common than usual"
            contributions.append(Contribution(f"link.{name}.rarity", more, one, other, sentence=said))
        told[name] = points + more
    names = {name: FIELDS[name][place] for name, place in found.items()}
    evidence: dict[str, int] = {}
    for name, points in told.items():
        evidence[FAMILY[name]] = evidence.get(FAMILY[name], 0) + points
    twice = counted_twice(told, weights.gates.beside)
    if twice:
        evidence["place"] -= twice
        said = "city, postcode and address are one place: beside the strongest the others count in part"
        contributions.append(Contribution("link.place.once", -twice, sentence=said))
    if is_household(names):
        home = said_of_home(told, twice)
        if home:
            evidence["place"] = min(evidence.get("place", 0), 0)
            evidence["phone"] = min(evidence.get("phone", 0), 0)
            said = "the names are those of two people, who may share a home: it ties them and makes them not one"
            contributions.append(Contribution("link.home.shared", -home, sentence=said))
    clear = tuple(sorted(kind for kind, points in evidence.items() if points >= weights.gates.clear))
    score = sum(contribution.points for contribution in contributions)
    return PairScore(score, tuple(contributions), definite_no(left, right, names), clear, names)


def _rarity(
    left: Prepared,
    right: Prepared,
    name: str,
    place: int,
    words: tuple[tuple[int, int, int], ...],
    weights: Weights,
    frequencies: Frequencies,
) -> int:
    """Return what the rarity of the agreeing value adds to the points of a level, thousandths of a bit."""
    stated, strength = weights.fields[name], weights.gates.strength
    if name == "name":
        return sum(
            word_rarity(
                left.keys[i], left.group, right.keys[j], right.group, near, stated.typical, strength, frequencies
            )
            for i, j, near in words
        )
    share = stated.shares[place]
    if not share:
        return 0
    one, other = getattr(left, name), getattr(right, name)
    found = [rarity(*frequencies.count(name, "", value), stated.typical, strength) for value in {one, other}]
    return share * (min(found) - stated.typical) // 1000


def word_rarity(
    left: str,
    left_group: str,
    right: str,
    right_group: str,
    near: int,
    typical: int,
    strength: int,
    counts: Frequencies,
) -> int:
    """Return what the rarity of one pair of words adds: the commoner of the two counts, in the group of each."""
    if near >= NONE or near == INITIAL:
        return 0
    one = rarity(*counts.count("name", left_group, left), typical, strength)
    other = rarity(*counts.count("name", right_group, right), typical, strength)
    return NEAR_SHARES[near] * (min(one, other) - typical) // 1000


def definite_no(left: Prepared, right: Prepared, levels: dict[str, str]) -> str:
    """Return why two parties are certainly not one, or an empty text.

    One field may always be wrong, so only facts that contradict each other in two fields at once end a comparison:
    a firm is no person; whole birth dates years and digits apart with names that share one word at most, unless an
    identity number or e-mail address, which are not shared in a family, says otherwise.
    """
    if {left.kind, right.kind} == {PERSON, FIRM}:
        return "person-and-firm"
    if levels.get("birth") == "differs" and dates.is_whole(left.birth) and dates.is_whole(right.birth):
        digits = sum(a != b for a, b in zip(f"{left.birth:08d}", f"{right.birth:08d}", strict=True))
        name = levels.get("name", "")
        own = {levels.get("id_number"), levels.get("email")} & {"same", "near"}
        if digits > 3 and not own:
            if name in NO_WITH_NAMES:
                return "birth-date-and-name"
    return ""


def shown(party: Prepared, name: str) -> str:
    """Return the value of a field as it is shown in a contribution."""
    return dates.as_text(party.birth) if name == "birth" else str(getattr(party, name))


def _name_said(level: str) -> str:
    if level == "differs":
        return "the names have no word in common"
    if level == "letters":
        return "the names have the same letters"
    total, near, rest = level.split(".")
    how = {
        "same": "the same", "key": "the same in another spelling", "nickname": "the same or a short form",
        "initial": "the same or an initial", "edit": "the same within a letter", "far": "the same within two letters",
    }[near]  # fmt: skip
    more = {
        "all": "", "part": "; one name has more words", "swapped": ", in another order",
    }.get(rest, "; other words differ")  # fmt: skip
    return f"{total if total != '3' else '3 or more'} word(s) of the names are {how}{more}"


def _plain(what: str) -> dict[str, str]:
    return {level: f"{what}: {level.replace('-', ' ')}" for levels in FIELDS.values() for level in levels}


_SENTENCES = {name: _plain(name.replace("_", " ")) for name in FIELDS}
_SAID = {
    name: (_name_said if name == "name" else lambda level, rows=_SENTENCES[name]: str(rows[level])) for name in FIELDS
}
