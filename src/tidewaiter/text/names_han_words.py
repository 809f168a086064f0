"""Part a Han company name, which is written without blanks, into the words of the table and what lies between."""

from __future__ import annotations

from functools import cache

from tidewaiter.text.names_data import han_terms

_LONGEST_RUN = 64
_NEVER = (1 << 20, 1 << 20, 0)


@cache
def _longest() -> int:
    return max(map(len, han_terms()))


def segments(run: str) -> list[tuple[str, bool]]:
    """Part a run into known words and the stretches between them: (text, known), as few unknown characters as can be.

    The fewest pieces win among equals, and a single unknown character counts for three, since it is hardly a name:
    亚光电子 is 亚光 and 电子, not 亚 and 光电子.
    """
    if len(run) > _LONGEST_RUN:
        # The search below grows with the square of the length; no name is this long.
        cuts = range(0, len(run), _LONGEST_RUN)
        return [piece for cut in cuts for piece in segments(run[cut : cut + _LONGEST_RUN])]
    terms = han_terms()
    # best[end, last piece known]: (cost of unknown characters, pieces, start of the last piece)
    best: dict[tuple[int, bool], tuple[int, int, int]] = {(0, True): (0, 0, 0)}
    for end in range(1, len(run) + 1):
        for start in range(end):
            length = end - start
            known = length <= _longest() and run[start:end] in terms
            before = min(best.get((start, True), _NEVER), best.get((start, False), _NEVER))
            if known and before is not _NEVER:
                option = (before[0], before[1] + 1, start)
                best[end, True] = min(best.get((end, True), option), option)
            before = best.get((start, True), _NEVER)
            if before is not _NEVER:
                option = (before[0] + (3 if length == 1 else length), before[1] + 1, start)
                best[end, False] = min(best.get((end, False), option), option)
    pieces: list[tuple[str, bool]] = []
    end = len(run)
    allowed: tuple[bool, ...] = (True, False)
    while end:
        known = min(allowed, key=lambda kind: best.get((end, kind), _NEVER))
        start = best[end, known][2]
        pieces.append((run[start:end], known))
        end, allowed = start, (True, False) if known else (True,)
    return pieces[::-1]
