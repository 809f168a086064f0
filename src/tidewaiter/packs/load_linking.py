"""Read the linking pack: rates and gates (`rates:`), and words of addresses and of rank by language (`address_words:`)."""

from __future__ import annotations

from dataclasses import dataclass, field

from tidewaiter.model import Problem
from tidewaiter.packs.reader import FORBIDDEN_FACTS, Fields
from tidewaiter.packs.types import Linking, LinkingField, PackInfo
from tidewaiter.text.names_fold import to_latin

CLASSES = ("po-box", "locker", "forwarder", "dormitory")


@dataclass
class LinkingParts:
    """What the files of the linking pack have said so far."""

    info: PackInfo | None = None
    fields: dict[str, LinkingField] = field(default_factory=dict)
    threshold: int = 0
    gates: dict[str, int] = field(default_factory=dict)
    unified: dict[str, str] = field(default_factory=dict)
    classes: dict[str, list[str]] = field(default_factory=dict)
    noble: set[str] = field(default_factory=set)

    def whole(self, problems: list[Problem]) -> Linking | None:
        """Return the pack put together, or None when no linking pack was read."""
        if self.info is None:
            return None
        if not self.fields:
            message = "a linking pack states rates"
            problems.append(
                Problem("pack.schema", message, "error", f"{self.info.id}/pack.yaml", expected="a file `rates:`")
            )
        return Linking(
            self.fields,
            self.threshold,
            self.gates,
            self.unified,
            {name: tuple(self.classes.get(name, ())) for name in CLASSES},
            frozenset(self.noble),
            self.info,
        )


def read_linking(fields: Fields, info: PackInfo, parts: LinkingParts) -> None:
    """Read one file of a linking pack into what is gathered."""
    parts.info = info
    if "rates" in fields.node:
        _read_rates(fields, parts)
    elif "address_words" in fields.node:
        _read_words(fields, parts)
    else:
        fields.problem("a linking file states `rates` or `address_words`")
    fields.taken |= {"title", "status", "notes", "summary", "references"}
    fields.done()


def _read_rates(fields: Fields, parts: LinkingParts) -> None:
    fields.text("rates")
    parts.threshold = fields.integer("threshold", 0) or 0
    gates = fields.sub("gates")
    if gates is not None:
        parts.gates = {name: gates.integer(name, 0) or 0 for name in gates.node}
    group = fields.sub("fields")
    for name in group.node if group is not None else ():
        sub = group.sub(name) if group is not None else None
        if sub is None:
            continue
        if any(word in name for word in FORBIDDEN_FACTS):
            sub.problem("who a person is by birth or belief is never compared", read=name)
        parts.fields[name] = _read_field(sub)


def _read_field(fields: Fields) -> LinkingField:
    rates: dict[str, tuple[float, float]] = {}
    shares: dict[str, int] = {}
    levels = fields.sub("levels")
    for level in levels.node if levels is not None else ():
        row = levels.texts(level) if levels is not None else ()
        try:
            m, u = float(row[0]), float(row[1])
            shares[level] = int(row[2]) if len(row) > 2 else 0
        except (ValueError, IndexError):
            fields.problem(
                "a level has two rates",
                f"levels.{level}",
                read=str(row),
                expected="[0.6, 0.0001] or [0.6, 0.0001, 1000]",
            )
            continue
        if not (0 < m <= 1 and 0 < u <= 1):
            fields.problem("a rate lies between 0 and 1", f"levels.{level}", read=str(row))
        rates[level] = (m, u)
    found = LinkingField(rates, fields.integer("typical", 0) or 0, shares)
    fields.done()
    return found


def _read_words(fields: Fields, parts: LinkingParts) -> None:
    """Read the address words of one language; words are folded to lower-case Latin as declared addresses are."""
    fields.text("address_words")
    unified = fields.sub("unified")
    for word in unified.node if unified is not None else ():
        for other in unified.texts(word) if unified is not None else ():
            parts.unified[_folded(other)] = _folded(word)
    classes = fields.sub("classes")
    for name in classes.node if classes is not None else ():
        if classes is None:
            continue
        if name not in CLASSES:
            classes.problem("not a class of address", name, expected=" | ".join(CLASSES))
        parts.classes.setdefault(name, []).extend(map(_folded, classes.texts(name)))
    parts.noble.update(map(_folded, fields.texts("noble")))
    for dropped in fields.texts("dropped"):
        parts.unified[_folded(dropped)] = ""


def _folded(text: str) -> str:
    return " ".join("".join(char if char.isalnum() else " " for char in to_latin(text)).split())
