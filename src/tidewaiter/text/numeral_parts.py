"""Add up the parts of a number in words: cardinals, multipliers, joiners, a decimal point, halves, ordinals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

LARGE = 1000  # from here on a multiplier closes a group: two hundred thousand and five
ENDLESS = Fraction(10**15)


@dataclass(frozen=True, slots=True)
class Part:
    """One part: `card` adds, `times` multiplies, `ord` adds and ends, `join`, `point`, `after`, `half`, `part`, `mark`."""

    kind: str
    value: Fraction


@dataclass(frozen=True, slots=True)
class Number:
    """A number read from the first `taken` parts."""

    value: Fraction
    taken: int
    ordinal: bool = False


class _Sum:
    """A number being added up. `room` is what the next part must stay below."""

    def __init__(self, unit_first: bool, rooms: Mapping[Fraction, Fraction]) -> None:
        self.unit_first = unit_first
        self.rooms = rooms
        self.total = self.section = Fraction(0)
        self.pending: Fraction | None = None
        self.last = Fraction(0)
        self.room = self.section_room = self.total_room = ENDLESS
        self.joined = self.started = False

    @property
    def value(self) -> Fraction:
        return self.total + self.section + (self.pending or 0)

    def add(self, value: Fraction) -> bool:
        """Add a cardinal; False where it cannot follow what stands."""
        if value >= min(self.section_room, self.total_room):
            return False
        if self.pending is None:
            self.pending = value
        elif self.unit_first and self.joined and 0 < self.last < 10 and 20 <= value < 100:
            self.pending, value = self.pending + value, Fraction(1)
        elif value < self.room and value > 0:
            self.pending += value
        else:
            return False
        self.last = value
        self.room = _room(value, self.rooms)
        self.started = True
        return True

    def times(self, by: Fraction, small: bool) -> bool:
        """Multiply what stands by a hundred, a thousand and so on; False where it cannot follow."""
        if small:
            if by >= self.section_room or by >= self.total_room or (self.pending or 1) >= 100 or self.pending == 0:
                return False
            self.section += (self.pending if self.pending is not None else 1) * by
            self.section_room = by
        else:
            group = self.section + (self.pending or 0)
            if by >= self.total_room or (self.started and group == 0):
                return False
            self.total += (group if self.started else 1) * by
            self.section = Fraction(0)
            self.section_room, self.total_room = ENDLESS, by
        self.pending, self.room, self.started = None, ENDLESS, True
        return True


def _room(value: Fraction, rooms: Mapping[Fraction, Fraction]) -> Fraction:
    if value in rooms:
        return rooms[value]
    if value.denominator != 1 or value < 20:
        return Fraction(0)
    room = Fraction(1)
    while value % (room * 10) == 0:
        room *= 10
    return room if room > 1 else Fraction(0)


def read_number(parts: list[Part], unit_first: bool, rooms: Mapping[Fraction, Fraction]) -> Number | None:
    """Return the number at the beginning of the parts, as long as it goes, or None.

    Args:
        parts: the parts in the order in which they were said.
        unit_first: whether the unit may stand before the ten (vierundsechzig).
        rooms: what may follow a ten where it is not one below ten: soixante takes up to nineteen.
    """
    if parts[0].kind == "mark":  # 第三
        inner = read_number(parts[1:], unit_first, rooms) if len(parts) > 1 else None
        return Number(inner.value, inner.taken + 1, True) if inner is not None else None
    digits = _digits(parts)
    if digits is not None:
        return digits
    # Chinese counts in ten thousands
    limit = LARGE * 10 if any(part.kind == "times" and part.value == LARGE * 10 for part in parts) else LARGE
    found = _Sum(unit_first, rooms)
    best: Number | None = None
    for at, part in enumerate(parts):
        if part.kind == "join":
            if not found.started:
                return None
            found.joined = True
            continue
        if part.kind == "card":
            went_on = found.add(part.value)
        elif part.kind == "times":
            went_on = found.times(part.value, part.value < limit)
        elif part.kind == "ord":
            return Number(found.value, at + 1, True) if found.add(part.value) else best
        elif part.kind == "half" and best is not None and best.taken == at:
            return Number(best.value + Fraction(1, 2), at + 1)
        elif part.kind == "point" and best is not None and best.taken == at:
            return _decimals(best, parts, at, unit_first, rooms)
        else:
            return best
        if not went_on:
            return best
        found.joined = False
        best = Number(found.value, at + 1)
    return best


def _digits(parts: list[Part]) -> Number | None:
    """Digits said one by one: 六四〇, "one zero six four"."""
    run = 0
    while run < len(parts) and parts[run].kind == "card" and parts[run].value < 10:
        run += 1
    if run < 2 or (run < len(parts) and parts[run].kind in ("times", "point", "part")):
        return None
    return Number(Fraction("".join(str(part.value) for part in parts[:run])), run)


def _decimals(
    whole: Number, parts: list[Part], point: int, unit_first: bool, rooms: Mapping[Fraction, Fraction]
) -> Number:
    """Read what stands behind the decimal point: digits one by one, one number, or tenths and hundredths."""
    at = point + 1
    while at < len(parts) and parts[at].kind == "after":
        at += 1
    run, digits = at, ""
    while run < len(parts) and parts[run].kind == "card" and parts[run].value < 10:
        digits += str(parts[run].value)
        run += 1
    if run == at:
        inner = read_number(parts[at:], unit_first, rooms) if at < len(parts) else None
        if inner is None or inner.value.denominator != 1 or inner.ordinal:
            return whole
        run, digits = at + inner.taken, str(inner.value)
    if run < len(parts) and parts[run].kind == "part":
        return Number(whole.value + Fraction(int(digits)) / parts[run].value, run + 1)
    return Number(whole.value + Fraction(f"0.{digits}"), run)
