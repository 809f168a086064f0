"""What the learned models may say in a screening: a wording too vague, a code of another chapter, a wording of concern.

They are heard only above the lines of the policy pack, only where nothing surer was found, and give a question, a note or
at most a review, with the words that weighed.
"""

from __future__ import annotations

from tidewaiter.model import Contribution, Evidence, Finding, GoodsLine
from tidewaiter.packs import PackSet, Policy
from tidewaiter.screen.description import DescriptionDefect, language_of
from tidewaiter.screen.goods import GoodsResult
from tidewaiter.screen.goods.learned import Learned, Opinion
from tidewaiter.screen.goods.signals import most_vagueness, signals_of, vagueness_signals
from tidewaiter.text.hashing import hash_texts

LEAST_CODE = 4  # digits of a declared code that can contradict the wording
_SLACK = 1e-6  # sums of the same numbers in another order differ by less
LEAST_LIKENESS = 0.45  # cosine with a known wording, below which a code said nothing about it


def hear(
    line: GoodsLine,
    number: int,
    result: GoodsResult,
    defect: DescriptionDefect | None,
    opinion: Opinion,
    learned: Learned,
    packs: PackSet,
) -> tuple[DescriptionDefect | None, list[Finding]]:
    """Return the defect of a description, if any, and the findings of the models for one goods line.

    Args:
        line: the declared goods line.
        number: its number, for evidence.
        result: what the engine read.
        defect: what the rules of description quality say.
        opinion: what the models say of the text.
        learned: the models.
        packs: the packs, for the lines of the policy.
    """
    policy = packs.policy
    assert policy is not None
    if defect is None and not result.concepts:
        signals = vagueness_signals(line.description, result, defect, opinion)
        if learned.vague.likelihood(opinion.vague, signals) * 1000 >= policy.learned_vague:
            text = line.description
            defect = DescriptionDefect("general", text.strip(), 0, len(text), language_of(text))
    findings = _contradiction(line, number, opinion, policy) if not result.kinds else []
    if not result.raised:
        findings += _concern(line, number, result, defect, opinion, learned, packs, policy)
    return defect, findings


def may_be_vague(text: str, odds: float, learned: Learned, policy: Policy) -> bool:
    """Return whether a text may be heard as too vague, whatever codes like wordings have and the engine finds.

    Args:
        text: the description.
        odds: the log odds of vagueness by its words.
        learned: the models.
        policy: the likelihood from which a text is too vague.
    """
    most = odds + most_vagueness(text, learned.vague.signals) + _SLACK
    return learned.vague.likelihood(most, {}) * 1000 >= policy.learned_vague


def _contradiction(line: GoodsLine, number: int, opinion: Opinion, policy: Policy) -> list[Finding]:
    """The declared chapter against that of like wordings: by mistake as often as not, so it counts among the indicators."""
    if len(line.hs) < LEAST_CODE or opinion.nearest < LEAST_LIKENESS:
        return []
    shares: dict[str, float] = {}
    for code, score in opinion.codes:
        shares[code[:2]] = shares.get(code[:2], 0.0) + score
    chapter, share = max(shares.items(), key=lambda pair: pair[1], default=("", 0.0))
    if share * 1000 < policy.learned_chapter or chapter == line.hs[:2] or shares.get(line.hs[:2], 0.0) > 0.05:
        return []
    path = f"lines[{number}]"
    return [
        Finding(
            "description.contradicts-hs",
            "info",
            f"“{line.description}” is worded like goods of HS chapter {chapter}; chapter {line.hs[:2]} is declared.",
            (
                Evidence(
                    f"{path}.description", line.description, 0, len(line.description), f"like {opinion.codes[0][0]}"
                ),
                Evidence(f"{path}.hs", line.hs, 0, 2, "declared chapter"),
            ),
            (Contribution("learned.chapter", round(share * 1000), line.hs[:2], chapter, f"{path}.hs"),),
            round(share * 1000),
            (),
            policy.pack.label,
            number,
        )
    ]


def _concern(
    line: GoodsLine,
    number: int,
    result: GoodsResult,
    defect: DescriptionDefect | None,
    opinion: Opinion,
    learned: Learned,
    packs: PackSet,
    policy: Policy,
) -> list[Finding]:
    """A wording like that of controlled goods, though no listed kind was named."""
    signals = signals_of(result, (), packs, defect)
    score = round(learned.concern.likelihood(opinion.concern, signals) * 1000)
    if score < policy.learned_concern:
        return []
    path = f"lines[{number}].description"
    words = result.reading.words
    spans = [result.reading.folded.span(s, e) for s, e in zip(words.starts, words.ends, strict=True)]
    contributions = _by_word(line.description, spans, score, learned, signals, path)
    return [
        Finding(
            "goods.worded-like-controlled",
            "review",
            f"“{line.description}” is worded like controlled goods; no listed kind was named.",
            (Evidence(path, line.description, 0, len(line.description), "wording"),),
            contributions,
            score,
            (),
            f"models@{learned.version}",
            number,
        )
    ]


def _by_word(
    text: str,
    spans: list[tuple[int, int]],
    score: int,
    learned: Learned,
    signals: dict[str, float],
    path: str,
) -> tuple[Contribution, ...]:
    """Return what each word adds when the text is read from its start; the parts sum to the score."""
    ends = [end for _, end in spans[:-1]]
    texts = ["", *(text[:end] for end in ends)]
    margins = learned.concern.margins(hash_texts(texts), texts).tolist()
    steps = [learned.concern.likelihood(margin, {}) for margin in margins]
    points = [round(step * 1000) for step in steps] + [score]
    if not spans:
        return (Contribution("learned.base", score, sentence="What any wording has before its words are read."),)
    found = [Contribution("learned.base", points[0], sentence="What any wording has before its words are read.")]
    for (start, end), before, after in zip(spans, points[:-1], points[1:], strict=True):
        found.append(
            Contribution(
                "learned.word",
                after - before,
                text[start:end],
                "",
                path,
                sentence=f"Reading on to “{text[start:end]}”.",
            )
        )
    return tuple(c for c in found if c.points) or tuple(found[:1])
