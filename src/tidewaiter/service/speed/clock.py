"""A stage clock around a screener: the time of each stage and how often it answered from memory.

It wraps the screener's own methods and engines for as long as it is attached, so nothing is in the way of a screener that is
not measured, and what is measured is the very way of a real run.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any

from tidewaiter.screen import pipeline
from tidewaiter.screen.licence import decide
from tidewaiter.screen.pipeline import Screener

GOODS, LEARNED, PARTY, LICENCE = "goods", "goods models", "party", "licence"
STAGES = (GOODS, LEARNED, PARTY, LICENCE)


@dataclass(slots=True)
class StageClock:
    """What was spent, asked and worked out.

    Attributes:
        spent: nanoseconds by stage, without what other stages took inside it.
        asked: questions by stage: goods lines, declared parties, licence questions.
        worked: those of them that were worked out and not answered from memory.
    """

    spent: dict[str, int] = field(default_factory=lambda: dict.fromkeys(STAGES, 0))
    asked: dict[str, int] = field(default_factory=lambda: dict.fromkeys(STAGES, 0))
    worked: dict[str, int] = field(default_factory=lambda: dict.fromkeys(STAGES, 0))
    _open: list[str] = field(default_factory=list)
    _since: int = 0
    _has_worked: bool = False

    def remembered(self, stage: str) -> float:
        """Return the share of a stage's questions that were answered from memory."""
        return 1 - self.worked[stage] / self.asked[stage] if self.asked[stage] else 0.0

    def timed(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return the function with its time put down to a stage, and counted as a question if it gives an answer."""

        def call(*arguments: Any, **options: Any) -> Any:
            self._turn()
            self._open.append(stage)
            self._has_worked = False
            try:
                answer = function(*arguments, **options)
            finally:
                self._turn()
                self._open.pop()
            # A licence question to which no jurisdiction has an answer is none.
            if stage != LICENCE or answer:
                self.asked[stage] += 1
                self.worked[stage] += self._has_worked
            return answer

        return call

    def working(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return the function, whose call shows that the question asked is worked out."""

        def call(*arguments: Any, **options: Any) -> Any:
            self._has_worked = True
            return function(*arguments, **options)

        return call

    def _turn(self) -> None:
        now = time.perf_counter_ns()
        if self._open:
            self.spent[self._open[-1]] += now - self._since
        self._since = now


class _Engine:
    """Stands for an engine; all its functions are timed."""

    def __init__(self, clock: StageClock, stage: str, engine: Any) -> None:
        self._engine = engine
        self._timed = {name: clock.timed(stage, getattr(engine, name)) for name in ("match", "match_batch")}

    def __getattr__(self, name: str) -> Any:
        return self._timed.get(name) or getattr(self._engine, name)


@contextmanager
def clocked(screener: Screener) -> Iterator[StageClock]:
    """Attach a clock to a screener.

    Yields:
        The clock; it is taken off at the end of the block.
    """
    clock = StageClock()
    with ExitStack() as stack:

        def put(target: Any, name: str, value: Any) -> None:
            had, before = name in vars(target), getattr(target, name)
            setattr(target, name, value)
            stack.callback(lambda: setattr(target, name, before) if had else delattr(target, name))

        put(screener, "read_ahead", clock.timed(LEARNED, screener.read_ahead))
        put(screener, "read_line", clock.timed(GOODS, screener.read_line))
        put(screener, "decide_line", clock.timed(LICENCE, screener.decide_line))
        put(screener.goods, "read", clock.working(screener.goods.read))
        put(pipeline, "decide", clock.working(decide))
        if screener.parties is not None:
            index = type(screener.parties)
            prepare = index.prepare

            def prepared(self: Any, text: str) -> Any:
                clock._has_worked = True
                return prepare(self, text)

            put(index, "prepare", prepared)
            put(screener, "parties", _Engine(clock, PARTY, screener.parties))
        yield clock
