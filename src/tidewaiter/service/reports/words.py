"""The words by which lines of a report are told apart, from `packs/report-words/boilerplate.yaml`. `formats` reads no pack, so they are passed in."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

from tidewaiter.formats.reports import PageWords, WordTable
from tidewaiter.model import PackError, Problem
from tidewaiter.packs.yamlio import Map, Node, Seq, Text, read
from tidewaiter.service.locations import packs_folder

FILE = "report-words/boilerplate.yaml"
_TABLES = tuple(field.name for field in fields(PageWords))


def load_page_words(folder: Path | None = None) -> WordTable:
    """Read the words of lines.

    Args:
        folder: the folder of packs; the shipped one if not given.

    Raises:
        PackError: the file does not read; every problem is listed.
        InputError: there is no folder of packs.
    """
    path = packs_folder(folder) / FILE
    node, problems = read(path, FILE)
    tables: dict[str, dict[str, tuple[str, ...]]] = {}
    if isinstance(node, Map):
        for key, value in node.items():
            if key in _TABLES:
                tables[key] = _table(value, key, problems)
            elif key != "boilerplate":
                problems.append(Problem("pack.unknown-key", f"unknown key {key!r}", "error", FILE, node.key_lines[key], expected=" | ".join(_TABLES)))  # fmt: skip
    elif node is not None:
        problems.append(Problem("pack.schema", "expected a mapping", "error", FILE, 1))
    if problems:
        raise PackError(f"{FILE} does not read", problems)
    return WordTable(PageWords(**tables))


def _table(node: Node, key: str, problems: list[Problem]) -> dict[str, tuple[str, ...]]:
    """Return lists of words by language or publisher."""
    found: dict[str, tuple[str, ...]] = {}
    if not isinstance(node, Map):
        problems.append(Problem("pack.schema", "expected lists by language", "error", FILE, node.line, key))
        return found
    for name, words in node.items():
        if not isinstance(words, Seq) or not all(isinstance(word, Text) and word.strip() for word in words):
            problems.append(Problem("pack.schema", "expected a list of words", "error", FILE, node.key_lines[name], f"{key}.{name}"))  # fmt: skip
            continue
        found[name] = tuple(str(word) for word in words)
    return found
