"""A small typed reader over text-only YAML: it takes fields out of a mapping, types them and collects located problems.

Each `Fields` object must be finished with `done()`, which reports every key that nobody took: a misspelt key is an error,
not silence.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from tidewaiter.model import Problem
from tidewaiter.packs.yamlio import Map, Node, Seq, Text, line_of

# Facts about who a person is, never a feature of any rule, weight or model.
FORBIDDEN_FACTS = ("nationality", "citizenship", "religion", "ethnic", "native-language", "name-origin")
TRUE_WORDS = {"yes", "true"}
FALSE_WORDS = {"no", "false"}
LIKELIHOODS = {"rarely": 0.03, "sometimes": 0.2, "often": 0.5, "mostly": 0.9}


class Fields:
    """Take typed fields from one mapping of one file.

    Args:
        node: the mapping (anything else is a problem).
        file: file name for messages.
        problems: where problems are collected.
        path: path of the mapping inside the file, for messages.
    """

    def __init__(self, node: Node | None, file: str, problems: list[Problem], path: str = "") -> None:
        self.file = file
        self.problems = problems
        self.path = path
        self.taken: set[str] = set()
        if isinstance(node, Map):
            self.node = node
        else:
            self.node = Map()
            self.node.line = line_of(node) if node is not None else 1
            self.node.key_lines = {}
            if node is not None:
                self.problem("expected a mapping of names to values", line=line_of(node))

    def problem(
        self, message: str, field: str = "", line: int | None = None, read: str = "", expected: str = "", hint: str = ""
    ) -> None:
        """Record one problem of this mapping."""
        where = ".".join(part for part in (self.path, field) if part)
        if line is None:
            line = self.node.key_lines.get(field, self.node.line)
        self.problems.append(Problem("pack.schema", message, "error", self.file, line, where, read, expected, hint))

    def line(self, field: str) -> int:
        """Return the line of a field, or of the mapping."""
        return self.node.key_lines.get(field, self.node.line)

    def raw(self, field: str) -> Node | None:
        """Take a field without typing it."""
        self.taken.add(field)
        return self.node.get(field)

    def text(self, field: str, default: str = "", required: bool = False) -> str:
        """Take a text field."""
        value = self.raw(field)
        if value is None:
            if required:
                self.problem(f"the field {field!r} is missing", field)
            return default
        if not isinstance(value, Text):
            self.problem("expected plain text", field)
            return default
        return str(value).strip()

    def choice(self, field: str, allowed: Iterable[str], default: str = "", required: bool = False) -> str:
        """Take a text field that must be one of `allowed`."""
        value = self.text(field, default, required)
        options = tuple(allowed)
        if value and value not in options:
            self.problem("not one of the allowed values", field, read=value, expected=" | ".join(options))
            return default
        return value

    def flag(self, field: str, default: bool = False) -> bool:
        """Take a yes/no field."""
        value = self.text(field, "")
        if not value:
            return default
        if value.lower() in TRUE_WORDS:
            return True
        if value.lower() in FALSE_WORDS:
            return False
        self.problem("not a yes or no", field, read=value, expected="yes | no")
        return default

    def day(self, field: str, required: bool = False) -> date | None:
        """Take an ISO date (a year or year and month count from their first day)."""
        value = self.text(field, "", required)
        if not value:
            return None
        parts = value.split("-")
        try:
            return date(int(parts[0]), int(parts[1]) if len(parts) > 1 else 1, int(parts[2]) if len(parts) > 2 else 1)
        except (ValueError, IndexError):
            self.problem("not a date", field, read=value, expected="YYYY-MM-DD")
            return None

    def integer(self, field: str, default: int | None = None) -> int | None:
        """Take a whole number."""
        value = self.text(field, "")
        if not value:
            return default
        try:
            return int(value)
        except ValueError:
            self.problem("not a whole number", field, read=value)
            return default

    def likelihood(self, field: str) -> float | None:
        """Take a likelihood word and return its number."""
        value = self.choice(field, LIKELIHOODS)
        return LIKELIHOODS.get(value)

    def texts(self, field: str) -> tuple[str, ...]:
        """Take a list of texts; a single text counts as a list of one."""
        value = self.raw(field)
        if value is None:
            return ()
        return text_list(value, self, field)

    def languages(self, field: str) -> dict[str, tuple[str, ...]]:
        """Take a mapping of language code to a list of texts."""
        value = self.raw(field)
        if value is None:
            return {}
        if not isinstance(value, Map):
            self.problem("expected a mapping of language code to words", field)
            return {}
        return {key: text_list(item, self, f"{field}.{key}") for key, item in value.items()}

    def sub(self, field: str) -> Fields | None:
        """Take a nested mapping, or None if it is absent."""
        value = self.raw(field)
        if value is None:
            return None
        return Fields(value, self.file, self.problems, ".".join(p for p in (self.path, field) if p))

    def subs(self, field: str) -> list[Fields]:
        """Take a list of mappings."""
        value = self.raw(field)
        if value is None:
            return []
        if not isinstance(value, Seq):
            self.problem("expected a list", field)
            return []
        base = ".".join(p for p in (self.path, field) if p)
        return [Fields(item, self.file, self.problems, f"{base}[{index}]") for index, item in enumerate(value)]

    def done(self, ignore: Iterable[str] = ()) -> None:
        """Report every key nobody took."""
        known = self.taken | set(ignore)
        for key in self.node:
            if key not in known:
                self.problem(
                    f"unknown key {key!r}",
                    key,
                    hint=f"known here: {', '.join(sorted(self.taken))}" if self.taken else "",
                )


def text_list(value: Node, fields: Fields, field: str) -> tuple[str, ...]:
    """Return a list node (or a single text) as a tuple of texts, reporting anything else."""
    if isinstance(value, Text):
        return (str(value).strip(),) if str(value).strip() else ()
    if isinstance(value, Seq):
        out = []
        for item in value:
            if isinstance(item, Text):
                out.append(str(item).strip())
            else:
                fields.problem("expected plain text in the list", field, line=line_of(item))
        return tuple(out)
    fields.problem("expected a list of texts", field, line=line_of(value))
    return ()
