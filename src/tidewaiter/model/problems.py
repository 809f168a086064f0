"""A located defect of an input: where, what was read, what was expected, what to write instead."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One defect of an input.

    `severity` is `error` (the value or row could not be used), `warning` (used, but something is wrong) or `note`
    (said for completeness, for example a column that was not understood). `field` is a column name or field path.
    `expected` says what would be right; `hint` what to write instead.
    """

    code: str
    message: str
    severity: str = "warning"
    file: str = ""
    line: int | None = None
    field: str = ""
    read: str = ""
    expected: str = ""
    hint: str = ""

    def __str__(self) -> str:
        """Return `file:line: field: message: read …, expected …; hint` with the empty parts left out."""
        where = self.file
        if self.line is not None:
            where = f"{where}:{self.line}" if where else f"line {self.line}"
        head = ": ".join(part for part in (where, self.field) if part)
        text = f"{head}: {self.message}" if head else self.message
        if self.read:
            text += f"; read {self.read!r}"
        if self.expected:
            text += f", expected {self.expected}"
        if self.hint:
            text += f"; {self.hint}"
        return text
