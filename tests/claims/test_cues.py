"""Cues meet tokens as the pack format says."""

import pytest

from tidewaiter.claims.cues import Cues
from tidewaiter.claims.sentences import tokenise
from tidewaiter.packs.cue_text import CueError, parse_cue

GROUPS = {"be": ("was", "were")}


def met(cue: str, text: str) -> list[str]:
    tokens = tokenise(text)
    return [
        text[tokens[hit.first].start : tokens[hit.last - 1].end]
        for hit in Cues([(parse_cue(cue, GROUPS), 1)]).spans(tokens)
    ]


@pytest.mark.parametrize(
    ("cue", "text", "expected"),
    [
        ("<be> (also) detained|arrested", "He was also Arrested, they were detained", ["was also Arrested", "were detained"]),
        ("задерж* ..2 гражданин*", "Задержали двух граждан и гражданина", []),
        ("задерж* ..3 гражданин*", "Задержали двух молодых гражданина", ["Задержали двух молодых гражданина"]),
        ("отправлял*сь", "Он отправлял, посылки отправлялись", ["отправлялись"]),
        ("=BIS", "bis zum BIS", ["BIS"]),
        ("took ... out", "took it out. took it. out", ["took it out"]),
        ("no one", "no, one", []),
    ],
)  # fmt: skip
def test_a_cue_meets_its_words(cue: str, text: str, expected: list[str]) -> None:
    assert met(cue, text) == expected


@pytest.mark.parametrize("cue", ["", "... x", "x ...", "(x)", "(x) y", "<none> x", "..99 x", "a ..99 b", "a* *b"])
def test_a_cue_that_cannot_be_met_is_refused(cue: str) -> None:
    with pytest.raises(CueError):
        parse_cue(cue, GROUPS)
