"""Reading goods lines: what the engine finds, whether the wording is enough, and what the learned models add, each remembered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tidewaiter.model import Declaration, Finding, GoodsLine
from tidewaiter.packs import PackSet
from tidewaiter.screen.description import DescriptionDefect, DescriptionQuality
from tidewaiter.screen.goods import GoodsEngine, GoodsResult
from tidewaiter.screen.goods.learned import Learned, Opinion, opinions
from tidewaiter.screen.goods.reading import Reading
from tidewaiter.screen.hearing import LEAST_CODE, hear, may_be_vague
from tidewaiter.screen.memory import Memory

Read = tuple[GoodsResult, DescriptionDefect | None]
Heard = tuple[DescriptionDefect | None, tuple[Finding, ...]]
Key = tuple[str, str, int]
ANYWHERE = -1  # for the number of a line, where nothing read or heard of it depends on that


class LineReader:
    """Reads goods lines and asks the models; what is remembered never changes an answer.

    Args:
        packs: the loaded packs.
        goods: the goods engine over them.
        quality: the rules of description quality.
        learned: the models, or None.
        remember: how many read descriptions to remember; 0 remembers nothing.
    """

    def __init__(
        self,
        packs: PackSet,
        goods: GoodsEngine,
        quality: DescriptionQuality,
        learned: Learned | None,
        remember: int,
    ) -> None:
        self.packs = packs
        self.goods = goods
        self.quality = quality
        self.learned = learned
        self._remember = remember
        self._read: Memory[Key, Read] = Memory(remember // 2)
        self._texts: Memory[str, tuple[Reading, DescriptionDefect | None]] = Memory(remember // 2)
        self._heard: Memory[Key, Heard] = Memory(remember // 2)
        self._opinions: dict[str, Opinion] = {}

    def read(self, line: GoodsLine, number: int) -> Read:
        """Return what a goods line is and whether its description is enough, by the rules alone."""
        known = self._read.get((line.description, line.hs, ANYWHERE)) or self._read.get(
            (line.description, line.hs, number)
        )
        if known is not None:
            return known
        text = self._texts.get(line.description)
        if text is None:
            reading = self.goods.read_text(line.description)
            text = reading, None if reading.hits else self.quality.assess(line.description)
            self._texts.put(line.description, text)
        found = self.goods.read(line, f"lines[{number}]", text[0]), text[1]
        # Only evidence tells where in the declaration a line stood, and what names nothing has none.
        self._read.put((line.description, line.hs, number if found[0].concepts else ANYWHERE), found)
        return found

    def hear(self, line: GoodsLine, number: int, read: Read) -> Heard:
        """Return the defect of a description and the findings of the models, where there are models."""
        if self.learned is None:
            return read[1], ()
        known = self._known(line, number)
        if known is None:
            opinion = self._opinions.get(line.description)
            if opinion is None or (len(line.hs) >= LEAST_CODE and not opinion.has_codes):
                self._form(((line.description, line.hs),))
                opinion = self._opinions[line.description]
            defect, findings = hear(line, number, *read, opinion, self.learned, self.packs)
            known = defect, tuple(findings)
            self._heard.put((line.description, line.hs, number if findings else ANYWHERE), known)
        return known

    def _known(self, line: GoodsLine, number: int) -> Heard | None:
        """Return what was heard of a line before; only findings tell where in the declaration it stood."""
        known = self._heard.get((line.description, line.hs, ANYWHERE))
        return self._heard.get((line.description, line.hs, number)) if known is None else known

    def read_ahead(self, declarations: Sequence[Declaration]) -> None:
        """Ask the models about the wordings of a batch at once, but those that were heard before."""
        if self.learned is None:
            return
        self._form(
            (line.description, line.hs)
            for declaration in declarations
            for number, line in enumerate(declaration.lines)
            if self._known(line, number) is None
        )

    def opinions_of(self, declarations: Sequence[Declaration]) -> dict[str, Opinion]:
        """Return what the models say of every wording of a batch, for another process."""
        if self.learned is None:
            return {}
        lines = [(line.description, line.hs) for declaration in declarations for line in declaration.lines]
        self._form(lines)
        return {text: self._opinions[text] for text, _ in lines}

    def take(self, found: dict[str, Opinion]) -> None:
        """Take opinions that were formed elsewhere."""
        self._forget()
        self._opinions.update(found)

    def _form(self, lines: Iterable[tuple[str, str]]) -> None:
        """Ask the models about texts, each with a declared code; codes of like wordings only where they can matter."""
        assert self.learned is not None
        assert self.packs.policy is not None
        self._forget()
        wanted: dict[str, bool] = {}
        for text, hs in lines:
            known = self._opinions.get(text)
            codes = wanted.get(text, False) or len(hs) >= LEAST_CODE
            if known is None or (codes and not known.has_codes):
                wanted[text] = codes
        if wanted:
            learned, policy = self.learned, self.packs.policy
            found = opinions(
                learned, list(wanted), lambda text, odds: wanted[text] or may_be_vague(text, odds, learned, policy)
            )
            self._opinions.update(zip(wanted, found, strict=True))

    def _forget(self) -> None:
        if len(self._opinions) >= max(self._remember, 1):
            self._opinions.clear()
