"""What a screening finds in the goods lines of an item, in the short form that the history keeps."""

from __future__ import annotations

from collections.abc import Sequence

from tidewaiter.model import Declaration, GoodsLine
from tidewaiter.model.history import FoundItem, FoundLine
from tidewaiter.screen.facts import facts_of
from tidewaiter.screen.findings import POST
from tidewaiter.screen.licence import assess_all
from tidewaiter.screen.pipeline import Screener, candidates_of

# An open entry is remembered from this likelihood on, as a review is asked for at worst one in twenty (thousandths of its score).
WORTH = 50


class GoodsFinder:
    """Reads the goods of declarations with a screener.

    Args:
        screener: the compiled screener.
    """

    def __init__(self, screener: Screener) -> None:
        self.screener = screener

    def __call__(self, declarations: Sequence[Declaration]) -> list[FoundItem]:
        """Return what was found in each declaration; the outcome is left empty."""
        return [self.item(declaration) for declaration in declarations]

    def item(self, declaration: Declaration) -> FoundItem:
        """Return what was found in one declaration; `watched` are the kinds that raised an entry."""
        watched: dict[str, None] = {}
        lines = []
        for number, line in enumerate(declaration.lines):
            found, kinds = self._line(declaration, line, number)
            lines.append(found)
            watched.update(dict.fromkeys(kinds))
        return FoundItem("", tuple(lines), tuple(watched))

    def _line(self, declaration: Declaration, line: GoodsLine, number: int) -> tuple[FoundLine, tuple[str, ...]]:
        result, _ = self.screener.read_line(line, number)
        concepts = tuple(kind.concept for kind in result.kinds)
        rates = self.screener.packs.indicators
        euro = rates.value_eur(line.value, line.currency) if rates is not None else None
        raised = [r for r in result.raised if r.entry.pack.jurisdiction != POST]
        if not raised:
            return FoundLine(concepts, (), 0, euro), ()
        facts = facts_of(declaration, line, result, self.screener.packs, self.screener.on)
        entries: dict[str, int] = {}
        kinds: dict[str, None] = {}
        for row in assess_all(candidates_of(raised), facts, self.screener.on)[0]:
            worth = (
                row.score if row.status == "met" else round(row.score * row.likelihood) if row.status == "open" else 0
            )
            if worth >= WORTH:
                name = f"{row.list}/{row.entry}"
                entries[name] = max(entries.get(name, 0), worth)
                kinds[row.concept] = None
        return FoundLine(concepts, tuple(sorted(entries)), max(entries.values(), default=0), euro), tuple(kinds)
