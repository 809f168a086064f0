"""The names of all records as words: places of words in vocabularies, filled up with 0 to the same width."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from tidewaiter.link.names import is_plain, script_of, split_name
from tidewaiter.link.places import Words
from tidewaiter.link.records import FIRM, MOST_TOKENS, PERSON
from tidewaiter.text.names_fold import fold_key

if TYPE_CHECKING:
    from tidewaiter.backends.party_table import Column


@dataclass
class NameTable:
    """Names in columns: `tokens` and `keys` are records × words (0: no word), `sizes` how many words a record has.

    `letters` is a number for the letters of all words, whatever their order and how they are cut. `is_firm` says that a
    legal form was taken off. `last` marks nothing by itself: the last word of a record is at `sizes - 1`.
    """

    tokens: NDArray[np.int32]
    keys: NDArray[np.int32]
    sizes: NDArray[np.int8]
    letters: NDArray[np.uint64]
    is_firm: NDArray[np.bool_]
    generation: NDArray[np.int16]
    groups: NDArray[np.int32]
    token_values: list[str]
    key_values: list[str]
    key_of_token: NDArray[np.int32]
    generation_values: list[str]
    group_values: list[str]

    def kind_of(self, place: int, has_birth: bool) -> str:
        """Return the kind of one record, as `prepare` guesses it."""
        return PERSON if has_birth else FIRM if self.is_firm[place] else ""


class _PlainWords(dict[str, int]):
    """Words that need no reading of titles, ordinals and legal forms: word → place in the vocabulary; else -1."""

    def __init__(self, vocabulary: dict[str, int], noble: frozenset[str]) -> None:
        super().__init__()
        self._vocabulary = vocabulary
        self._noble = noble

    def __missing__(self, word: str) -> int:
        plain = is_plain(word, self._noble)
        place = self[word] = self._vocabulary.setdefault(word, len(self._vocabulary)) if plain else -1
        return place


def name_table(column: pa.ChunkedArray | None, country: Column, words: Words, count: int) -> NameTable:
    """Return the names of all records taken apart; each distinct text is read once."""
    from tidewaiter.backends.party_table import encoded

    codes, texts = encoded(column) if column is not None else (np.zeros(count, np.int32), [""])
    vocabulary: dict[str, int] = {"": 0}
    plain = _PlainWords(vocabulary, words.noble)
    generations: dict[str, int] = {"": 0}
    scripts: dict[str, int] = {"latin": 0}
    rows = np.zeros((len(texts), MOST_TOKENS), np.int32)
    firm = np.zeros(len(texts), np.bool_)
    generation = np.zeros(len(texts), np.int16)
    script = np.zeros(len(texts), np.int32)
    for place, text in enumerate(texts):
        if text.isascii():
            parts = text.lower().split()
            if 1 < len(parts) < 4:
                found = [plain[part] for part in parts]
                if min(found) > 0 and len(set(found)) == len(found):
                    rows[place, : len(found)] = found
                    continue
        name = split_name(text, words.noble)
        if name.tokens:
            rows[place, : len(name.tokens)] = [vocabulary.setdefault(token, len(vocabulary)) for token in name.tokens]
        firm[place] = name.kind == FIRM
        generation[place] = generations.setdefault(name.generation, len(generations))
        script[place] = scripts.setdefault(script_of(text), len(scripts))
    token_values = list(vocabulary)
    key_places: dict[str, int] = {"": 0}
    key_of = np.fromiter(
        (key_places.setdefault(fold_key(token), len(key_places)) if token else 0 for token in token_values), np.int32
    )
    tokens = rows[codes]
    groups, group_values = _groups(script[codes], list(scripts), country)
    letters = _letter_numbers(token_values)
    return NameTable(
        tokens,
        key_of[tokens],
        (tokens > 0).sum(1).astype(np.int8),
        letters[rows].sum(1, dtype=np.uint64)[codes],
        firm[codes],
        generation[codes],
        groups,
        token_values,
        list(key_places),
        key_of,
        list(generations),
        group_values,
    )


def _groups(script: NDArray[np.int32], scripts: list[str], country: Column) -> tuple[NDArray[np.int32], list[str]]:
    both = script.astype(np.int64) * len(country.values) + country.codes
    distinct, places = np.unique(both, return_inverse=True)
    found = (divmod(int(pair), len(country.values)) for pair in distinct)
    return places.astype(np.int32), [f"{scripts[one]}:{country.values[other]}" for one, other in found]


def _letter_numbers(tokens: list[str]) -> NDArray[np.uint64]:
    """Return a number for each word that is the sum over its letters: words with the same letters have the same."""
    numbers = np.random.default_rng(20261125).integers(1, 1 << 62, 128, np.uint64)
    sizes = np.fromiter(map(len, tokens), np.int64, len(tokens))
    letters = np.frombuffer("".join(tokens).encode("ascii"), np.uint8)
    ends = np.cumsum(sizes)
    totals = np.concatenate((np.zeros(1, np.uint64), np.cumsum(numbers[letters], dtype=np.uint64)))
    found: NDArray[np.uint64] = totals[ends] - totals[ends - sizes]
    return found
