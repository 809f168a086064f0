"""Names as flat columns, for machine code that tells which listed names can reach the review level before they are compared.

The comparison in Python explains and decides; it is asked only about the pairs left. Nothing here is a result.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from itertools import chain

import numpy as np

from tidewaiter.screen.party.align import PLACE_OF_NUMBER
from tidewaiter.screen.party.measures import PLACE as MEASURE_PLACE
from tidewaiter.screen.party.prepared import ORGANISATION, PERSON, THING, UNKNOWN, Prepared
from tidewaiter.screen.party.signatures import Arrays
from tidewaiter.text.name_parts import is_patronymic
from tidewaiter.text.names_nicknames import identity_of, nickname_identities

Starts = np.ndarray[tuple[int], np.dtype[np.int64]]
# Marks of a word.
ALPHA, DIGIT, PLACE, PATRONYMIC = 1, 2, 4, 8
# Flags of a name; one that is UNFIT is always compared in Python.
VOWELLESS, READING, CUT, UNFIT = 1, 2, 4, 8
# Flags of a listed name: a party that bears it is listed with a birth date, with an address.
BIRTH_DATE, ADDRESS = 16, 32
KINDS = (UNKNOWN, PERSON, ORGANISATION, THING)
PERSON_CODE, ORGANISATION_CODE = KINDS.index(PERSON), KINDS.index(ORGANISATION)
_CODES = {kind: code for code, kind in enumerate(KINDS)}
# Words and letters of a name that machine code has room for; strings of more than 64 letters do not fit a machine word.
MOST_WORDS, MOST_LETTERS = 16, 64


@lru_cache(maxsize=1 << 16)
def _marks(token: str) -> int:
    return (
        ALPHA * token.isalpha()
        | DIGIT * token.isdigit()
        | PLACE * (token in PLACE_OF_NUMBER)
        | PATRONYMIC * is_patronymic(token)
    )


@cache
def _numbers() -> dict[str, int]:
    """Return a number for what a word with nicknames is known as."""
    known = nickname_identities()
    return {identity: number for number, identity in enumerate(sorted({*known, *chain.from_iterable(known.values())}))}


@lru_cache(maxsize=1 << 16)
def _nickname(token: str) -> int:
    return _numbers().get(identity_of(token), -1)


def nickname_pairs() -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Return the words that may stand for each other, two numbers in one, ascending."""
    number = _numbers()
    pairs = [number[one] << 32 | number[other] for one, others in nickname_identities().items() for other in others]
    return np.array(sorted(pairs), dtype=np.int64)


@lru_cache(maxsize=1 << 10)
def _form(forms: tuple[str, ...]) -> int:
    """Return one bit for each legal form; two forms may share one."""
    bits = 0
    for form in forms:
        bits |= 1 << (zlib.crc32(form.encode()) & 63)
    return bits


def _flags(rows: Sequence[Prepared], words: Starts, *letters: Starts) -> np.ndarray[tuple[int], np.dtype[np.uint8]]:
    """Return the flags of names by where their words, and the letters of each kind of their words, begin."""
    marks = [
        (VOWELLESS if name.vowelless else 0) | (READING if name.reading else 0) | (CUT if name.is_cut else 0)
        for name in rows
    ]
    flags = np.array(marks, dtype=np.uint8)
    flags[np.diff(words) > MOST_WORDS] |= UNFIT
    for starts in letters:
        flags[np.diff(starts[words]) > MOST_LETTERS] |= UNFIT
    return flags


def starts_of(lengths: Sequence[int]) -> Starts:
    """Return where stretches of these lengths begin one after another, and the end."""
    starts = np.zeros(len(lengths) + 1, dtype=np.int64)
    np.cumsum(lengths, out=starts[1:])
    return starts


def _letters(text: str) -> np.ndarray[tuple[int], np.dtype[np.uint8]]:
    # Names with other letters are unfit and never read; each letter keeps its one place.
    return np.frombuffer(text.encode("ascii", "replace"), dtype=np.uint8)


def only_lower(weights: Sequence[float]) -> bool:
    """Return whether every measure that the machine code leaves out only lowers the log-odds, by the weights fitted."""
    left_out = ("order", "numeral.differs", "numeral.missing", "numeral.extra", "descent")
    both = ("both.some", "both.left", "both.left.unlike")
    return all(weights[MEASURE_PLACE[name]] <= 0.0 for name in (*left_out, *both))


def name_columns(names: Iterable[Prepared]) -> Arrays:
    """Return prepared names as columns, in the order of the fields of `kernel_align.Names`; words are three columns."""
    rows = [*names]
    tokens = [*chain.from_iterable([name.tokens for name in rows])]
    keys = [*chain.from_iterable([name.keys for name in rows])]
    written, folded = "".join(tokens), "".join(keys)
    words = starts_of([len(name.tokens) for name in rows])
    token_starts, key_starts = starts_of([*map(len, tokens)]), starts_of([*map(len, keys)])
    flags = _flags(rows, words, token_starts, key_starts)
    if not (written.isascii() and folded.isascii()):
        flags[[not "".join((*name.tokens, name.joined)).isascii() for name in rows]] |= UNFIT
    return {
        "tokens": _letters(written),
        "token_starts": token_starts,
        "words": words,
        "keys": _letters(folded),
        "key_starts": key_starts,
        "ordered": _letters("".join([name.sorted for name in rows])),
        "weights": np.array([*chain.from_iterable([name.weights for name in rows])], dtype=np.float64),
        "nats": np.array([*chain.from_iterable([name.nats for name in rows])], dtype=np.float64),
        "marks": np.array([*map(_marks, tokens)], dtype=np.uint8),
        "nicknames": np.array([*map(_nickname, tokens)], dtype=np.int32),
        "kinds": np.array([_CODES[name.kind] for name in rows], dtype=np.uint8),
        "forms": np.array([_form(name.forms) if name.forms else 0 for name in rows], dtype=np.uint64),
        "lengths": np.array([name.length for name in rows], dtype=np.int32),
        "flags": flags,
    }
