"""What comes again in a stream, as often as things do in mail (Yule and Simon's process), and draws by rank (Zipf)."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from functools import cache
from itertools import accumulate
from typing import Generic, TypeVar

T = TypeVar("T")

KEPT = 200_000


class Repeats(Generic[T]):
    """Draws something new with a fixed chance, else one of the former draws, each draw as likely as another.

    What was drawn often is drawn more often again, so ranks follow a power law with exponent 1 - `new` (H. A. Simon, "On a
    class of skew distribution functions", Biometrika 42, 1955). A stream begins in the middle of the mail, not with its first
    letter: some things are known before it, each once. Of very long streams the last draws are kept, which only makes
    repeats lie closer together.

    Args:
        new: chance that a draw is something new.
        known: how many things are known when the stream begins.
    """

    def __init__(self, new: float, known: int) -> None:
        self.new = new
        self.known = known
        self._past: list[T] = []

    def draw(self, chance: random.Random, make: Callable[[], T]) -> T:
        """Return a former draw, or what `make` returns."""
        past = self._past
        while len(past) < self.known:
            past.append(make())
        made = make() if chance.random() < self.new else past[int(chance.random() * len(past))]
        if len(past) < KEPT:
            past.append(made)
        else:
            past[int(chance.random() * KEPT)] = made
        return made


def by_rank(chance: random.Random, things: Sequence[T], exponent: float = 1.0) -> T:
    """Return one of the things, the k-th in proportion to 1 / k ** exponent."""
    return chance.choices(things, cum_weights=_rank_weights(len(things), exponent))[0]


@cache
def _rank_weights(count: int, exponent: float) -> list[float]:
    return list(accumulate(1.0 / rank**exponent for rank in range(1, count + 1)))


def respelt(chance: random.Random, word: str, letters: str = "aeiouаеиоу") -> str:
    """Return a word with one vowel exchanged for another of its script: a rarer name than any list of names holds."""
    places = [place for place, char in enumerate(word) if char in letters]
    if not places:
        return word
    at = chance.choice(places)
    others = [char for char in letters if char != word[at] and (char < "а") == (word[at] < "а")]
    return word[:at] + chance.choice(others) + word[at + 1 :]


def mistyped(chance: random.Random, text: str) -> str:
    """Return the text with two neighbouring letters exchanged, one left out, or one struck twice; its ends stay."""
    if len(text) < 6:
        return text
    at = chance.randrange(1, len(text) - 2)
    way = chance.random()
    if way < 0.4:
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    return text[:at] + (text[at + 1 :] if way < 0.7 else text[at] + text[at:])
