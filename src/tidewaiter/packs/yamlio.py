"""Read YAML as text only, with line numbers, refusing duplicate keys and aliases.

Ordinary loaders turn `NO` into false, `0106` into 70 and `1E001` into 10. Here every scalar stays the text its author
wrote; the schema types it later. Nodes are composed by PyYAML and turned into `Text`, `Seq` and `Map`, which remember
their line.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import yaml

from tidewaiter.model import Problem

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

MAX_BYTES = 4_000_000


class Text(str):
    """A scalar as written. `line` is 1-based."""

    __slots__ = ("line",)
    line: int


class Seq(list["Node"]):
    """A list that knows its line."""

    __slots__ = ("line",)
    line: int


class Map(dict[str, "Node"]):
    """A mapping that knows its line and the line of each key."""

    __slots__ = ("key_lines", "line")
    line: int
    key_lines: dict[str, int]


Node = Text | Seq | Map


def line_of(node: Node) -> int:
    """Return the 1-based line on which the node starts."""
    return node.line


def _text(value: str, line: int) -> Text:
    text = Text(value)
    text.line = line
    return text


def parse(source: str | bytes, name: str) -> tuple[Node | None, list[Problem]]:
    """Parse one YAML document into text-only nodes.

    Args:
        source: the document.
        name: file name for messages.

    Returns:
        The root node (None if the document cannot be read) and every problem found: syntax, duplicate keys, aliases,
        keys that are not plain text.
    """
    if len(source) > MAX_BYTES:
        return None, [
            Problem("pack.too-large", "file is too large", "error", name, expected=f"at most {MAX_BYTES} bytes")
        ]
    try:
        root = yaml.compose(source, Loader=_Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark is not None else None
        what = getattr(error, "problem", None) or str(error).splitlines()[0]
        return None, [Problem("pack.syntax", f"not readable as YAML: {what}", "error", name, line)]
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        return None, [Problem("pack.syntax", f"not readable as YAML: {error}", "error", name)]
    if root is None:
        return None, [Problem("pack.empty", "the file is empty", "error", name, 1)]
    problems: list[Problem] = []
    seen: set[int] = set()
    try:
        node = _convert(root, name, problems, seen)
    except RecursionError:
        return None, [Problem("pack.syntax", "nested too deeply", "error", name)]
    return node, problems


def _convert(node: yaml.Node, name: str, problems: list[Problem], seen: set[int]) -> Node:
    line = node.start_mark.line + 1
    if isinstance(node, yaml.ScalarNode):
        return _text(node.value, line)
    if id(node) in seen:
        problems.append(Problem("pack.alias", "aliases (&, *) are not allowed", "error", name, line))
        return _text("", line)
    seen.add(id(node))
    if isinstance(node, yaml.SequenceNode):
        sequence = Seq(_convert(child, name, problems, seen) for child in node.value)
        sequence.line = line
        return sequence
    mapping = Map()
    mapping.line = line
    mapping.key_lines = {}
    for key_node, value_node in node.value:
        key_line = key_node.start_mark.line + 1
        if not isinstance(key_node, yaml.ScalarNode):
            problems.append(Problem("pack.key", "a key must be plain text", "error", name, key_line))
            continue
        key = key_node.value
        if key in mapping:
            first = mapping.key_lines[key]
            problems.append(
                Problem(
                    "pack.duplicate-key",
                    f"the key {key!r} is given twice (first on line {first})",
                    "error",
                    name,
                    key_line,
                )
            )
            continue
        mapping[key] = _convert(value_node, name, problems, seen)
        mapping.key_lines[key] = key_line
    return mapping


def read(path: Path, name: str | None = None) -> tuple[Node | None, list[Problem]]:
    """Read a YAML file; see `parse`. An unreadable file is a problem, not an exception."""
    shown = name or str(path)
    try:
        source = path.read_bytes()
    except OSError as error:
        return None, [Problem("pack.unreadable", f"cannot be read: {error.strerror}", "error", shown)]
    return parse(source, shown)


def walk(node: Node) -> Iterator[Node]:
    """Yield the node and everything inside it."""
    yield node
    children = node.values() if isinstance(node, Map) else node if isinstance(node, Seq) else ()
    for child in children:
        yield from walk(child)
