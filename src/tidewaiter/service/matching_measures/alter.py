"""Listed names altered as declarations alter them, drawn with a fixed seed: one kind of damage at a time.

Letters are struck wrong, words swapped, joined, split, cut at the end of a field, left out, written as initials, in another
transliteration or abbreviated; firms lose their legal form, get another, or a warehouse behind their name. Nothing here
knows how the matcher reads names.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from tidewaiter.model import ListedParty
from tidewaiter.service.matching_measures.alter_words import (
    APPENDED,
    ARTICLE,
    FORMS,
    OTHER_FORMS,
    SHORT,
    SPELLINGS,
)

_FIELD = 30
# A name field of a declaration holds seventy characters or fewer; whole paragraphs on the lists are not declared.
_LONGEST = 100
# One letter or two wrong in a name of fewer letters, its legal form apart, leave too little to know it by; such names are
# reported apart.
_LETTERS_FOR_TYPOS = {1: 6, 2: 10}
_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Altered:
    """A listed name, how it was altered, and what came of it."""

    kind: str
    name: str
    original: str


Alteration = Callable[[str, random.Random], str]


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a name, in order of the alphabet: the measure of "the same words"."""
    return tuple(sorted(re.findall(r"\w+", text.casefold())))


def plain(name: str) -> str:
    """Return a listed name without the comma after its family name, in the order it is listed."""
    return " ".join(name.replace(",", " ").split())


def one_typo(name: str, chance: random.Random) -> str:
    """Return the name with one letter replaced (half of them by a neighbour on the keyboard), lost, doubled, added or swapped."""
    places = [place for place, char in enumerate(name) if char.isalpha()]
    if len(places) < 3:
        return name
    while True:
        place = chance.choice(places)
        char, way = name[place], chance.random()
        if way < 0.35:
            near = _neighbours(char.lower()) if chance.random() < 0.5 else _LETTERS
            made = name[:place] + _as(char, chance.choice(near)) + name[place + 1 :]
        elif way < 0.6:
            made = name[:place] + name[place + 1 :]
        elif way < 0.7:
            made = name[:place] + char + name[place:]
        elif way < 0.8:
            made = name[:place] + _as(char, chance.choice(_LETTERS)) + name[place:]
        else:
            made = name[:place] + name[place + 1 : place + 2] + char + name[place + 2 :]
        if made != name:
            return made


def _neighbours(char: str) -> str:
    for row in _KEYS:
        place = row.find(char)
        if place >= 0:
            return (row[place - 1] if place else "") + row[place + 1 : place + 2]
    return _LETTERS


def _as(model: str, letter: str) -> str:
    return letter.upper() if model.isupper() else letter


def two_typos(name: str, chance: random.Random) -> str:
    """Return the name with two letters struck wrong."""
    return one_typo(one_typo(name, chance), chance)


def swapped(name: str, chance: random.Random) -> str:
    """Return a person's name given name first where the list has "FAMILY, Given", else with two words exchanged."""
    family, comma, given = name.partition(",")
    if comma:
        return f"{given.strip()} {family.strip()}"
    words = name.split()
    if len(words) < 2:
        return name
    first, second = chance.sample(range(len(words)), 2)
    words[first], words[second] = words[second], words[first]
    return " ".join(words)


def rotated(name: str, chance: random.Random) -> str:
    """Return a firm's name with its first word moved to the end."""
    words = name.split()
    return " ".join(words[1:] + words[:1])


def joined(name: str, chance: random.Random) -> str:
    """Return the name with one blank lost."""
    words = plain(name).split()
    if len(words) < 2:
        return name
    place = chance.randrange(len(words) - 1)
    return " ".join([*words[:place], words[place] + words[place + 1], *words[place + 2 :]])


def split(name: str, chance: random.Random) -> str:
    """Return the name with one blank too many, inside a word of at least five letters."""
    words = plain(name).split()
    long = [place for place, word in enumerate(words) if len(word) > 4]
    if not long:
        return name
    place = chance.choice(long)
    cut = chance.randrange(2, len(words[place]) - 1)
    return " ".join([*words[:place], words[place][:cut], words[place][cut:], *words[place + 1 :]])


def cut(name: str, chance: random.Random) -> str:
    """Return the first thirty characters of the name, as a narrow field keeps them."""
    return plain(name)[:_FIELD].strip()


def dropped(name: str, chance: random.Random) -> str:
    """Return the name without one of its three or more words; its first and last stay."""
    words = plain(name).split()
    if len(words) < 3:
        return name
    place = chance.randrange(1, len(words) - 1)
    return " ".join(words[:place] + words[place + 1 :])


def initial(name: str, chance: random.Random) -> str:
    """Return a person's name of three or more words with one, not the family name before a comma, as its initial."""
    family, comma, _ = name.partition(",")
    words = plain(name).split()
    first = len(family.split()) if comma else 0
    places = [place for place in range(first, len(words)) if len(words[place]) > 2 and words[place][0].isalpha()]
    if len(words) < 3 or not places:
        return name
    place = chance.choice(places)
    words[place] = words[place][0].upper() + chance.choice((".", ""))
    return " ".join(words)


def respelled(name: str, chance: random.Random) -> str:
    """Return the name in another transliteration: one or two groups of letters exchanged, or the article written otherwise."""
    text = plain(name)
    for _ in range(chance.choice((1, 2))):
        lower = text.lower()
        found = [(group, one) for group in SPELLINGS for one in group[:1] if one in lower]
        if ARTICLE.search(text) and chance.random() < 0.3:
            text = ARTICLE.sub(lambda hit: chance.choice(("al-", "el-", "al ", "Al", "el ")), text, count=1)
        elif found:
            group, one = chance.choice(found)
            place = chance.choice([hit.start() for hit in re.finditer(one, lower)])
            other = chance.choice([spelling for spelling in group if spelling != one])
            text = text[:place] + (other.upper() if text[place].isupper() else other) + text[place + len(one) :]
    return text


def without_form(name: str, chance: random.Random) -> str:
    """Return a firm's name without the legal form at its end."""
    return FORMS.sub("", name)


def other_form(name: str, chance: random.Random) -> str:
    """Return a firm's name with another legal form at its end."""
    found = FORMS.search(name)
    if found is None:
        return name
    forms = [form for form in OTHER_FORMS if form.casefold() != found.group(1).casefold()]
    return f"{name[: found.start()]} {chance.choice(forms)}"


def without_form_and_typo(name: str, chance: random.Random) -> str:
    """Return a firm's name without its legal form and with one letter struck wrong."""
    bare = without_form(name, chance)
    return name if bare == name else one_typo(bare, chance)


def abbreviated(name: str, chance: random.Random) -> str:
    """Return the name with every usual word abbreviated as in an address field."""
    return re.sub(r"[A-Za-z]+", lambda word: SHORT.get(word.group().lower(), word.group()), name)


def appended(name: str, chance: random.Random) -> str:
    """Return the name with a place within the firm behind it."""
    return name + chance.choice(APPENDED).format(n=chance.randrange(1, 20))


def swapped_two_typos(name: str, chance: random.Random) -> str:
    """Return the words in another order with two letters struck wrong."""
    return two_typos(swapped(name, chance), chance)


PERSON_KINDS: dict[str, Alteration] = {
    "as listed": lambda name, chance: name,
    "one typo": one_typo,
    "two typos": two_typos,
    "swapped": swapped,
    "swapped, two typos": swapped_two_typos,
    "joined": joined,
    "split": split,
    "cut at 30": cut,
    "part dropped": dropped,
    "initial": initial,
    "respelled": respelled,
}
COMPANY_KINDS: dict[str, Alteration] = {
    "as listed": lambda name, chance: name,
    "one typo": one_typo,
    "two typos": two_typos,
    "form dropped": without_form,
    "form swapped": other_form,
    "form dropped, typo": without_form_and_typo,
    "first word last": rotated,
    "joined": joined,
    "split": split,
    "cut at 30": cut,
    "part dropped": dropped,
    "respelled": respelled,
    "abbreviated": abbreviated,
    "appended": appended,
}


def _is_declarable(name: str) -> bool:
    return name.isascii() and len(name) <= _LONGEST and len(words_of(name)) > 1


def _is_too_short(kind: str, name: str) -> bool:
    typos = 2 if "two typos" in kind else 1 if "typo" in kind else 0
    return sum(map(str.isalpha, FORMS.sub("", name))) < _LETTERS_FOR_TYPOS.get(typos, 0)


def altered(
    parties: Sequence[ListedParty], kinds: dict[str, Alteration], a_kind: int = 1500, seed: int = 2611
) -> Iterator[Altered]:
    """Yield altered names of listed parties, each kind over a draw of its own.

    Args:
        parties: Listed parties.
        kinds: Alterations by name.
        a_kind: How many names a kind; fewer when the lists hold no more that the alteration changes.
        seed: Seed of the draw.

    Yields:
        Names of at least two words; weak aliases are left out, for they may never match alone.
    """
    names = list(
        dict.fromkeys(
            name.text
            for party in parties
            for name in party.names
            if name.kind != "weak-alias" and _is_declarable(name.text)
        )
    )
    for kind, change in kinds.items():
        chance = random.Random(f"{seed}/{kind}")
        count = 0
        for name in chance.sample(names, len(names)):
            made = change(name, chance)
            if made == name and kind != "as listed":
                continue
            if _is_too_short(kind, name):
                yield Altered(f"{kind}, short", made, name)
                continue
            yield Altered(kind, made, name)
            count += 1
            if count == a_kind:
                break
