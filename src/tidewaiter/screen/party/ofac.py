"""A score that can be laid beside the one of OFAC's own search: Jaro-Winkler on whole names and word by word, and Soundex.

The office describes its search so (Sanctions List Search, FAQ 249): one algorithm for the difference of strings,
Jaro-Winkler, one for sound, Soundex; the whole name is compared, and the parts are compared one by one. How the two are
put together is not published; ours takes the better of the two readings. It is printed for comparison and decides nothing.
"""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz.distance import JaroWinkler

from tidewaiter.text.names_fold import to_latin

_WORD = re.compile("[a-z0-9]+")
_CODES = {
    letter: digit
    for letters, digit in (("bfpv", "1"), ("cgjkqsxz", "2"), ("dt", "3"), ("l", "4"), ("mn", "5"), ("r", "6"))
    for letter in letters
}
# Below this a part is no counterpart; a part that only sounds alike counts this much.
_PART = 0.80
_SOUND = 0.85
_jaro = JaroWinkler.normalized_similarity


@lru_cache(maxsize=1 << 14)
def soundex(word: str) -> str:
    """Return the American Soundex code of a word in Latin letters: its first letter and three digits."""
    letters = [char for char in word.lower() if char.isalpha()]
    if not letters:
        return word
    code, last = letters[0].upper(), _CODES.get(letters[0], "")
    for char in letters[1:]:
        digit = _CODES.get(char, "")
        if digit and digit != last:
            code += digit
        if char not in "hw":
            last = digit
    return (code + "000")[:4]


def ofac_score(declared: str, listed: str) -> int:
    """Return how alike two names are by the methods the office names.

    Args:
        declared: The name searched for.
        listed: A listed name.

    Returns:
        0 to 100, as the office's search shows it.
    """
    left, right = _WORD.findall(to_latin(declared)), _WORD.findall(to_latin(listed))
    if not left or not right:
        return 0
    whole = _jaro(" ".join(left), " ".join(right))
    free = list(right)
    earned = 0.0
    for word in sorted(left, key=len, reverse=True):
        best, place = 0.0, -1
        for index, other in enumerate(free):
            likeness = _jaro(word, other)
            if likeness < _SOUND and len(word) > 2 and soundex(word) == soundex(other):
                likeness = _SOUND
            if likeness > best:
                best, place = likeness, index
        if best >= _PART:
            earned += best * len(word)
            free.pop(place)
    letters = sum(map(len, left))
    unmatched = sum(map(len, free))
    parts = earned / (letters + 0.25 * unmatched)
    return round(100 * max(whole, parts))
