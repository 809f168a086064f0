"""Read the words by which lines of a report are told apart: page furniture, bylines, captions, dates. No engine of packs needs them.

`service.reports.words` passes them on to `formats`; the loader reads them so that `pack lint` checks them.
"""

from __future__ import annotations

from tidewaiter.model import Problem
from tidewaiter.packs.yamlio import Map, Node, Seq, Text

BY_LANGUAGE = ("whole_lines", "line_starts", "bylines", "captions", "published", "updated", "name_words", "date_words")
TABLES = (*BY_LANGUAGE, "agencies")

Tables = dict[str, dict[str, tuple[str, ...]]]


def read_boilerplate(node: Node | None, name: str, problems: list[Problem]) -> Tables:
    """Return lists of words by table, and in it by language or publisher.

    Args:
        node: the file's root.
        name: file name for messages.
        problems: takes every problem found.
    """
    found: Tables = {}
    if not isinstance(node, Map):
        if node is not None:
            problems.append(Problem("pack.schema", "expected a mapping", "error", name, 1))
        return found
    for key, value in node.items():
        if key in TABLES:
            found[key] = _table(value, key, name, problems)
        elif key != "boilerplate":
            line = node.key_lines[key]
            problems.append(
                Problem("pack.unknown-key", f"unknown key {key!r}", "error", name, line, expected=" | ".join(TABLES))
            )
    return found


def _table(node: Node, key: str, name: str, problems: list[Problem]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    if not isinstance(node, Map):
        problems.append(Problem("pack.schema", "expected lists by language", "error", name, node.line, key))
        return found
    for inner, words in node.items():
        if not isinstance(words, Seq) or not all(isinstance(word, Text) and word.strip() for word in words):
            line = node.key_lines[inner]
            problems.append(Problem("pack.schema", "expected a list of words", "error", name, line, f"{key}.{inner}"))
            continue
        found[inner] = tuple(str(word) for word in words)
    return found
