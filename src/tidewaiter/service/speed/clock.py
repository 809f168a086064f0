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

from tidewaiter.screen import line_rules
from tidewaiter.screen.licence import decide
from tidewaiter.screen.pipeline import Screener

GOODS, LEARNED, PARTY, LICENCE = "goods", "goods models", "party", "licence"
STAGES = (GOODS, LEARNED, PARTY, LICENCE)
Function = Callable[..., Any]


@dataclass(slots=True)
class StageClock:
    """What was spent, asked and worked out.

    Attributes:
        spent: nanoseconds by stage, without what other stages took inside it.
        asked: questions by stage: goods lines, declared parties, licence answers (one a line and jurisdiction).
        worked: how many of them were worked out and not answered from memory.
    """

    spent: dict[str, int] = field(default_factory=lambda: dict.fromkeys(STAGES, 0))
    asked: dict[str, int] = field(default_factory=lambda: dict.fromkeys(STAGES, 0))
    worked: dict[str, int] = field(default_factory=lambda: dict.fromkeys(STAGES, 0))
    _open: list[str] = field(default_factory=list)
    _since: int = 0

    def remembered(self, stage: str) -> float:
        """Return the share of a stage's questions that were answered from memory."""
        return 1 - self.worked[stage] / self.asked[stage] if self.asked[stage] else 0.0

    def timed(self, stage: str, function: Function, *, answers_many: bool = False) -> Function:
        """Return the function with its time put down to a stage, and each call or each of its many answers counted as asked."""

        def call(*arguments: Any, **options: Any) -> Any:
            self._turn()
            self._open.append(stage)
            try:
                answer = function(*arguments, **options)
            finally:
                self._turn()
                self._open.pop()
            self.asked[stage] += len(answer) if answers_many else 1
            return answer

        return call

    def working(self, stage: str, function: Function) -> Function:
        """Return the function, each call of which works out one question of a stage."""

        def call(*arguments: Any, **options: Any) -> Any:
            self.worked[stage] += 1
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
        self._timed = {
            "match": clock.timed(stage, engine.match),
            "match_batch": clock.timed(stage, engine.match_batch, answers_many=True),
        }

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
        put(screener.law, "decide_line", clock.timed(LICENCE, screener.law.decide_line, answers_many=True))
        put(screener.goods, "read", clock.working(GOODS, screener.goods.read))
        put(line_rules, "decide", clock.working(LICENCE, decide))
        if screener.parties is not None:
            index = type(screener.parties)
            put(index, "prepare", clock.working(PARTY, index.prepare))
            put(screener, "parties", _Engine(clock, PARTY, screener.parties))
        yield clock
