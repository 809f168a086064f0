"""What reading one goods line and matching one name are made of, each asked once and nothing answered from memory of it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from typing import TypeVar

from tidewaiter.model import Declaration, GoodsLine, Party
from tidewaiter.screen.goods.reading import read_description
from tidewaiter.screen.pipeline import Screener

T = TypeVar("T")


def time_inside(screener: Screener, declarations: Iterable[Declaration]) -> dict[str, float]:
    """Return microseconds by step: of a goods line (normalise and recall, the rest) and of a name (normalise, recall, score).

    Args:
        screener: the compiled screener.
        declarations: declarations of a stream that the screener has not seen; each wording and name is asked once.
    """
    known = list(declarations)
    texts = list(dict.fromkeys(line.description for item in known for line in item.lines))
    names = list(dict.fromkeys(chain.from_iterable((item.consignor.name, item.consignee.name) for item in known)))
    # Each step has wordings and names of its own, so that no step finds words that another has read.
    goods, lexicon = screener.goods, screener.goods.lexicon
    recall = _each(texts[::2], lambda text: read_description(text, lexicon))
    whole = _each(texts[1::2], lambda text: goods.read(GoodsLine(text)))
    steps = {"goods line: normalise and recall": recall, "goods line: concepts and parameters": whole - recall}
    index = screener.parties
    if index is not None:
        normalise = _each(names[::3], index.prepare)
        found = _each(names[1::3], index.candidates)
        matched = _each(names[2::3], lambda name: index.match(Party(name)))
        steps["name: normalise"] = normalise
        steps["name: recall"] = found - normalise
        steps["name: score"] = matched - found
    return {step: round(max(0.0, spent), 1) for step, spent in steps.items()}


def _each(things: Sequence[T], function: Callable[[T], object]) -> float:
    """Return microseconds of processor time for each thing; the first of them only warm up."""
    warm = len(things) // 10
    for thing in things[:warm]:
        function(thing)
    began = time.process_time()
    for thing in things[warm:]:
        function(thing)
    return (time.process_time() - began) / max(1, len(things) - warm) * 1e6
