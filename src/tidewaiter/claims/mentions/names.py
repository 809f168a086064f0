"""Proper names of persons: rows of capitalised words in Latin and Cyrillic, with initials, particles, patronymics and hyphens.

A row counts as a person's name on evidence only: a given name in it, a Slavic ending, an initial, a title or office before it, an
age behind it, or a verb of saying beside it. In German every noun bears a capital, so nothing else will do there.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from tidewaiter.claims.gazetteer import stem
from tidewaiter.claims.mentions.view import Word

_SURNAME = re.compile(
    r"[а-яіїєґ]{2,}(?:ов|ев|ёв|ин|ын|ова|ева|ина|ына|ову|еву|ину|овым|евым|иным|овой|евой|иной|ова|ского|скому|ским|ской|ский|ская|скую|"
    r"ський|ського|ському|ським|ська|ської|ську|енко|чук|ук|юк|ко|ян|швили|дзе|ович|евич|овна|евна|ич|івна|йович|ичем|ича|ичу|овну|івну)|"
    r"[a-z]{3,}(?:ov|ova|ev|eva|enko|sky|skiy|skyi|ski|ska|chuk|vich|vych|yan|shvili|dze|wicz|czyk|escu|ić)"
)
_LONGEST = 5  # words of a name


def initial(words: Sequence[Word], at: int) -> int:
    """Return where an initial with its stop ends ("W.", "И."), or 0."""
    word = words[at]
    if (
        len(word.text) == 1
        and word.text.isalpha()
        and word.text.isupper()
        and at + 1 < len(words)
        and words[at + 1].text == "."
        and words[at + 1].start == word.end
    ):
        return at + 2
    return 0


def row_of_names(words: Sequence[Word], at: int, particles: Collection[str], stops: Collection[int]) -> int:
    """Return where a row of capitalised words that begins at `at` ends; `at` itself where none does.

    Args:
        words: the words of a sentence.
        at: where it may begin.
        particles: words in lower case that join names ("von", "de", "оглы").
        stops: places of words that belong to something else.
    """
    here = last = at
    count = 0
    while here < len(words) and count < _LONGEST and here not in stops:
        word = words[here]
        ended = initial(words, here)
        if ended:
            here = last = ended
            count += 1
        elif _proper(word):
            here = last = here + 1
            count += 1
        elif count and word.text in ("-", "‑") and here + 1 < len(words) and _tight(words, here):
            here += 1
            count -= 1
        elif (
            count
            and word.low in particles
            and here + 1 < len(words)
            and (_proper(words[here + 1]) or words[here + 1].low in particles)
        ) or (
            not count
            and word.low in particles
            and here + 2 < len(words)
            and _proper(words[here + 1])
            and word.low in ("al", "аль", "ibn")
        ):
            here += 1
        else:
            break
    return last


def _tight(words: Sequence[Word], at: int) -> bool:
    """Whether a hyphen stands inside a word whose next part goes on as a name ("Jean-Pierre", "Пин-ю")."""
    after = words[at + 1]
    return words[at].start == words[at - 1].end and after.start == words[at].end and after.text[0].isalpha()


def _proper(word: Word) -> bool:
    return (
        word.capital
        and len(word.text) > 1
        and (not word.text.isupper() or len(word.text) > 3)
        and word.text[-1] not in "'’"
    )


def looks_like_name(
    words: Sequence[Word], first: int, last: int, given: Collection[str], given_stems: Collection[str]
) -> bool:
    """Return whether something in a row of words tells that it is a person's name: a given name, an initial, a Slavic ending."""
    inside = words[first:last]
    if len([word for word in inside if word.text[0].isalpha()]) < 2:
        return False
    if any(len(word.text) == 1 and word.text.isalpha() for word in inside):
        return True
    if any(word.low in given or (word.low[0] >= "а" and stem(word.low) in given_stems) for word in inside):
        return True
    return any(_SURNAME.fullmatch(word.low) is not None for word in inside if word.capital)


def is_surname(low: str) -> bool:
    """Return whether a lower-case word ends as Slavic surnames and patronymics do."""
    return _SURNAME.fullmatch(low) is not None
