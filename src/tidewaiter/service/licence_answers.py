"""What can be answered to a question of the licence walk, in the person's language, and what words given as an answer mean.

Rules read labels (`gift`, `private-person`); a person reads and writes words. Whatever language an answer comes in, the label
is what is kept. Words that cannot be understood are refused with what was expected, never taken for another answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from tidewaiter.model import Declaration, InputError
from tidewaiter.model.goods import Value
from tidewaiter.packs import PackSet, Parameter
from tidewaiter.text.units import parse_quantity

UNKNOWN = frozenset(
    ("?", "unknown", "dont-know", "don't-know", "i-don't-know", "не-знаю", "я-не-знаю", "невідомо", "unbekannt", "weiß-nicht",
     "inconnu", "je-ne-sais-pas", "desconocido", "no-sé", "no-lo-sé", "bilmiyorum", "不知道", "未知", "لا-أعرف", "لا-أعلم")
)  # fmt: skip
DECLARED = (
    "value",
    "code",
    "goods_origin",
    "transit",
)  # told of the parcel itself; the declaration is read again with them
_YES = frozenset(("yes", "y", "да", "так", "ja", "oui", "si", "sí", "evet", "是", "نعم"))
_NO = frozenset(("no", "n", "нет", "ні", "nein", "non", "hayır", "hayir", "否", "不", "لا"))
COMMON = "common"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question put to the person: the fact, its wording in their language and what can be answered.

    `choices` are labels and `wordings` the same in the person's language, side by side; both are empty where a number or
    free words are asked. `units` are the units or currencies the law counts in. `settles` are the paragraphs decided.
    """

    fact: str
    text: str
    choices: tuple[str, ...]
    settles: tuple[str, ...]
    wordings: tuple[str, ...] = ()
    units: tuple[str, ...] = ()

    @property
    def is_yes_or_no(self) -> bool:
        """Whether yes and no are all there is to say."""
        return set(self.choices) == {"yes", "no"}


def is_unknown(said: str) -> bool:
    """Return whether words say, in any of the nine languages, that the answer is not known."""
    return not said.strip() or _folded(said) in UNKNOWN


def labels_of(fact: str, cells: Iterable[Value | bool], packs: PackSet) -> tuple[str, ...]:
    """Return the labels a fact can take: those of its answer table, else those that make a difference.

    Args:
        fact: The fact asked for.
        cells: The cells its thresholds cut it into; numbers give no labels.
        packs: For the answer tables.
    """
    table = packs.answers.get(fact) or packs.answers.get(fact.partition(":")[2])
    if table:
        return tuple(table)
    labels = (("yes" if cell else "no") if isinstance(cell, bool) else next(iter(cell.labels), "") for cell in cells)
    return tuple(dict.fromkeys(label for label in labels if label))


def wording_of(fact: str, label: str, language: str, packs: PackSet, parameter: Parameter | None = None) -> str:
    """Return a label in a language: from the answer table of its fact, the common one, or the words of its parameter."""
    for texts in _tables(fact, label, packs):
        worded = texts.get(language) or texts.get("en")
        if worded:
            return worded
    words = parameter.words.get(label, {}) if parameter is not None else {}
    said = words.get(language) or words.get("en") or ()
    return said[0] if said else label


def read_answer(
    asked: Asked, said: str, packs: PackSet, parameter: Parameter | None = None, counted: bool = False
) -> Value | bool:
    """Return what an answer means: a value for a parameter or fact, a truth for any other kind of question.

    Args:
        asked: The question.
        said: The words, in any of the nine languages, a label, or the number of a choice.
        packs: For the wordings.
        parameter: The parameter asked for, where it is one.
        counted: The fact is a number of pieces.

    Raises:
        InputError: it cannot be read as one; the message says what was expected.
    """
    said = said.strip()
    folded = _folded(said)
    if asked.fact.partition(":")[0] not in ("parameter", "fact"):
        truth = _truth(folded)
        if truth is None:
            raise InputError(f"read {said!r}; expected {' or '.join(asked.wordings) or 'yes, no'} or ?")
        return truth
    if counted or (parameter is not None and parameter.type in ("quantity", "integer", "range")):
        return _number(said, parameter)
    label = _label(asked, folded, packs, parameter)
    if label is not None:
        return Value((label,), text=said)
    if asked.choices:
        raise InputError(f"read {said!r}; expected one of {', '.join(asked.wordings or asked.choices)} or ?")
    truth = _truth(folded)
    return Value(("yes" if truth else "no",) if truth is not None else (said,), text=said)


def with_answer(declaration: Declaration, fact: str, said: str) -> Declaration:
    """Return a declaration whose first line, or route, says one thing more.

    Args:
        declaration: What was declared so far.
        fact: One of `DECLARED`.
        said: The amount with its currency, the code, the country or the countries.

    Raises:
        InputError: it cannot be read; the message says what was expected.
    """
    line = declaration.lines[0]
    if fact == "transit":
        return replace(declaration, route=tuple(place_in(place) for place in re.split(r"[\s,;]+", said.strip())))
    if fact == "value":
        amount, currency = money_in(said)
        line = replace(line, value=amount, currency=currency)
    elif fact == "code":
        digits = "".join(char for char in said if char.isdigit())
        if len(digits) < 2:
            raise InputError(f"read {said!r}; expected a customs code, digits such as 852580, or ?")
        line = replace(line, hs=digits)
    else:
        line = replace(line, origin=place_in(said))
    return replace(declaration, lines=(line, *declaration.lines[1:]))


def place_in(text: str) -> str:
    """Return a country written as two letters.

    Raises:
        InputError: it is something else.
    """
    clean = text.strip().upper()
    if len(clean) != 2 or not (clean.isalpha() and clean.isascii()):
        raise InputError(f"read {text!r}; expected a country as two letters, e.g. DE")
    return clean


def money_in(text: str) -> tuple[Decimal, str]:
    """Return an amount and its currency, written in either order.

    Raises:
        InputError: one of the two is missing or cannot be read.
    """
    parts = sorted(text.split(), key=str.isalpha)
    try:
        amount = Decimal(parts[0].replace(",", ".")) if parts else Decimal("NaN")
    except InvalidOperation:
        amount = Decimal("NaN")
    if (
        len(parts) != 2
        or not amount.is_finite()
        or not (len(parts[1]) == 3 and parts[1].isascii() and parts[1].isalpha())
    ):
        raise InputError(f"read {text!r}; expected an amount and a currency, e.g. '200 EUR'")
    return amount, parts[1].upper()


def _folded(said: str) -> str:
    return re.sub(r"\s+", "-", said.strip().rstrip(".!。").casefold())


def _tables(fact: str, label: str, packs: PackSet) -> Iterable[Mapping[str, str]]:
    for name in (fact, fact.partition(":")[2], COMMON):
        texts = packs.answers.get(name, {}).get(label)
        if texts is not None:
            yield texts


def _truth(folded: str) -> bool | None:
    return True if folded in _YES else False if folded in _NO else None


def _label(asked: Asked, folded: str, packs: PackSet, parameter: Parameter | None) -> str | None:
    """Return the choice that words name: by label, number, wording or the parameter's own words, in any language."""
    if (
        folded.isdigit()
        and not asked.is_yes_or_no
        and 0 < int(folded) <= len(asked.choices)
        and folded not in asked.choices
    ):
        return asked.choices[int(folded) - 1]
    for label in asked.choices:
        names = {label, *(text for texts in _tables(asked.fact, label, packs) for text in texts.values())}
        if parameter is not None:
            names.update(word for words in parameter.words.get(label, {}).values() for word in words)
        if folded in {_folded(name) for name in names}:
            return label
    truth = _truth(folded)
    said = "yes" if truth else "no"
    return said if truth is not None and said in asked.choices else None


def _number(said: str, parameter: Parameter | None) -> Value:
    folded = re.sub(r"(?<=\d)\s(?=\d{3}(?!\d))", "", said.casefold())
    if parameter is None or parameter.type == "integer":
        whole = re.fullmatch(r"(\d+)(?:\s*[x×х]\s*\d+|\s*[^\d.,]*)", folded)
        if whole is not None:
            count = Fraction(whole[1])
            return Value(low=count, high=count, dimension="count", text=said)
    units: Sequence[str] = parameter.units if parameter is not None else ()
    bare = re.fullmatch(r"\d+(?:[.,]\d+)?", folded) is not None
    try:
        quantity = parse_quantity(f"{folded} {units[0]}" if bare and len(units) == 1 else folded)
    except ValueError:
        known = ", ".join(units) or (parameter.dimension if parameter is not None else "") or "a whole number"
        raise InputError(f"read {said!r}; expected a number with its unit ({known}) or ?") from None
    return Value(low=quantity.low, high=quantity.high, dimension=quantity.dimension, text=said)
