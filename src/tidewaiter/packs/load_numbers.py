"""Read how a language says numbers: `packs/grammar/numbers/<language>.yaml`."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from tidewaiter.model import Problem
from tidewaiter.packs.reader import Fields
from tidewaiter.text.fold import fold_text
from tidewaiter.text.numerals import NumberWords

NEEDED = (*range(1, 21), *range(30, 100, 10))  # what every table of a language that counts in tens says


def read_numbers(fields: Fields) -> NumberWords:
    """Read one table of numbers in words."""
    words = NumberWords(
        fields.text("numbers", required=True),
        _values(fields, "cardinals"),
        _values(fields, "multipliers"),
        _values(fields, "ordinals"),
        _values(fields, "parts"),
        fields.texts("joiners"),
        fields.text("joined_by"),
        fields.texts("point"),
        fields.texts("after_point"),
        fields.texts("halves"),
        fields.texts("guarded"),
        fields.texts("beside"),
        fields.texts("ranges"),
        fields.texts("pieces"),
        fields.texts("then_to_nineteen"),
        fields.text("ordinal_mark"),
        fields.flag("unit_first"),
        fields.flag("joined"),
        fields.flag("prefixing"),
        f"{fields.file}:{fields.node.line}",
    )
    fields.done()
    return words


def _values(fields: Fields, field: str) -> dict[str, tuple[str, ...]]:
    """Read number → the words for it; the number is written in figures, `1.5` too."""
    group = fields.sub(field)
    if group is None:
        return {}
    found = {}
    for value in group.node:
        group.taken.add(value)
        try:
            Fraction(value)
        except ValueError:
            group.problem("not a number", value, read=value, expected="figures, such as '20' or '1.5'")
            continue
        found[value] = group.texts(value)
    group.done()
    return found


def lint_numbers(tables: Iterable[NumberWords]) -> Iterable[Problem]:
    """Yield what is missing in a table, and words that stand for two numbers."""
    for table in tables:
        file, _, line = table.source.rpartition(":")
        said: dict[str, str] = {}
        for rows in (table.cardinals, table.multipliers):
            for value, words in rows.items():
                for word in map(fold_text, words):
                    if said.setdefault(word, value) != value:
                        message = "a word stands for two numbers"
                        yield Problem("pack.numbers", message, "error", file, int(line), read=word)
        known = set(table.cardinals) | set(table.multipliers)
        tens = {str(n) for n in NEEDED if not ("10" in table.multipliers and n > 10)}
        tens -= {"70", "90", "80"} if table.then_to_nineteen else set()
        if "11" not in known and "13" not in known:
            tens -= {str(n) for n in range(11, 20)}  # ten and one
        for value in sorted((tens | {"100", "1000"}) - known, key=int):
            yield Problem("pack.numbers", f"has no word for {value}", "error", file, int(line), read=table.language)
