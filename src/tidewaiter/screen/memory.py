"""A bounded memory of answers: what was asked for lately stays, what was not asked for again goes."""

from __future__ import annotations

from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Memory(Generic[K, V]):
    """Remembers at most twice so many answers, in two generations.

    When the young generation is full it becomes the old one, and what was old and not asked for since is forgotten. Two
    look-ups in plain dictionaries cost less than keeping an order of use, and a value that comes again and again is never lost
    at once with all others, as it is where a full memory is emptied.

    Args:
        size: how many answers a generation holds; 0 remembers nothing.
    """

    __slots__ = ("_old", "_size", "_young")

    def __init__(self, size: int) -> None:
        self._size = size
        self._young: dict[K, V] = {}
        self._old: dict[K, V] = {}

    def __len__(self) -> int:
        return len(self._young) + sum(key not in self._young for key in self._old)

    def get(self, key: K) -> V | None:
        """Return the answer remembered for a key, or None."""
        known = self._young.get(key)
        if known is None and self._old:
            known = self._old.get(key)
            if known is not None:
                self.put(key, known)
        return known

    def put(self, key: K, answer: V) -> None:
        """Remember an answer (never None)."""
        if not self._size:
            return
        if len(self._young) >= self._size:
            self._old, self._young = self._young, {}
        self._young[key] = answer
