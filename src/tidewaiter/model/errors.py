"""The exception tree. A user's mistake is one of these and is shown without a traceback.

    TidewaiterError
    ├── InputError          a file or argument cannot be used; carries located problems
    │   ├── PackError       a rule pack does not load
    │   └── ListError       a party list cannot be imported, was refused or is damaged
    └── InternalError       our own invariant broke; always a bug

A malformed declaration is not an exception: it is a value with problems.
"""

from __future__ import annotations

from collections.abc import Iterable

from tidewaiter.model.problems import Problem


class TidewaiterError(Exception):
    """The root of everything this project raises on purpose."""


class InputError(TidewaiterError):
    """An input cannot be used. `problems` says where and why, one entry per defect."""

    def __init__(self, message: str, problems: Iterable[Problem] = ()) -> None:
        super().__init__(message)
        self.problems: tuple[Problem, ...] = tuple(problems)


class PackError(InputError):
    """A rule pack does not load; every problem found is listed, not only the first."""


class ListError(InputError):
    """A party list cannot be imported, was refused (for example because it shrank) or fails its checksum."""


class InternalError(TidewaiterError):
    """An invariant of our own broke."""
