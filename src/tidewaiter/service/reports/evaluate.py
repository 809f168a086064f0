"""Measure the reading of reports against articles with marked claims: precision, recall, chains, polarity and status.

A marked claim is read when a claim of its predicate overlaps its quote, names one of its subjects (words overlap; none where none is marked)
and shares goods (an overlapping span; none where none is marked). Each read claim answers one marked claim at most.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from tidewaiter.model import InputError
from tidewaiter.model.claims import Claim, Passage, Report, Stamp
from tidewaiter.packs.yamlio import Map, Seq, read

ASKED = {
    "precision": 0.90,
    "recall": 0.75,
    "chain": 0.85,
    "polarity": 0.95,
    "status": 0.95,
    "articles_per_second": 20.0,
}
PARTS = ("odd", "even", "held")
HELD_FROM = 51  # numbers from here on are never looked at when rules are made


@dataclass(frozen=True, slots=True)
class Marked:
    """One claim as marked by hand, with the spans of its quote, subjects and goods in the text."""

    predicate: str
    quote: tuple[int, int]
    subjects: tuple[str, ...]
    goods: tuple[tuple[int, int], ...]
    polarity: str
    modality: str
    status: str
    chain: tuple[str, ...]
    row: Map  # as it stands in the file, with the slots that only the ledger is measured by


@dataclass(frozen=True, slots=True)
class Article:
    """One article with its marked claims."""

    report: Report
    claims: tuple[Marked, ...]
    part: str


@dataclass
class Score:
    """Counts over some articles. `right` are marked claims that were read; the rest are of those."""

    read: int = 0
    marked: int = 0
    right: int = 0
    chain: int = 0
    polarity: int = 0
    modality: int = 0
    status: int = 0

    def row(self) -> dict[str, float]:
        """Return the shares; a share of nothing is 0."""
        return {
            "read": self.read,
            "marked": self.marked,
            "precision": _share(self.right, self.read),
            "recall": _share(self.right, self.marked),
            "chain": _share(self.chain, self.right),
            "polarity": _share(self.polarity, self.right),
            "modality": _share(self.modality, self.right),
            "status": _share(self.status, self.right),
        }


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0


@dataclass
class Measures:
    """Scores by part and language, by predicate, and the speed; `missed` and `wrong` list what failed in articles that rules may look at."""

    by: dict[tuple[str, str], Score] = field(default_factory=dict)
    predicates: dict[tuple[str, str], Score] = field(default_factory=dict)
    seconds: float = 0.0
    articles: int = 0
    missed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


def read_articles(folder: Path, parts: Sequence[str] = PARTS, languages: Sequence[str] = ()) -> list[Article]:
    """Return the articles of a folder (`<language>/<id>.txt` with `<id>.yaml` beside).

    Raises:
        InputError: a file cannot be read, or marks words that are not in its text; the message has file and line.
    """
    found = []
    for path in sorted(folder.glob("*/*.yaml")):
        number = re.search(r"(\d+)$", path.stem)
        if path.parent.name == "clusters" or number is None:
            continue
        place = int(number.group(1))
        part = "held" if place >= HELD_FROM else "odd" if place % 2 else "even"
        if part in parts and (not languages or path.parent.name in languages):
            found.append(_article(path, part))
    return found


def _article(path: Path, part: str) -> Article:
    node, problems = read(path, path.name)
    if problems or not isinstance(node, Map):
        raise InputError(str(problems[0]) if problems else f"{path}: expected a mapping")
    text = path.with_suffix(".txt").read_text(encoding="utf-8")
    head = text.find("\n") if "\n" in text else len(text)
    passages = (Passage("headline", 0, head), Passage("body", head, len(text)))
    published = str(node.get("published", ""))
    day = date.fromisoformat(published) if published else None
    report = Report(
        str(node["id"]),
        text,
        publisher=str(node.get("publisher", "")),
        title=text[:head],
        language=str(node["language"]),
        published=Stamp(day, day, "day" if day else "unknown"),
        passages=passages,
    )
    claims = node.get("claims")
    rows = claims if isinstance(claims, Seq) else ()
    return Article(report, tuple(_marked(item, text, path) for item in rows), part)


def _marked(item: object, text: str, path: Path) -> Marked:
    if not isinstance(item, Map):
        raise InputError(f"{path}: a claim is a mapping")
    quote = str(item.get("quote", ""))
    at = text.find(quote)
    if at < 0 or not quote:
        raise InputError(f"{path}:{item.line}: the quote is not in the text: {quote[:80]}")
    goods = tuple((m.start(), m.end()) for word in _texts(item, "goods") for m in re.finditer(re.escape(word), text))
    status = str(item.get("status", ""))
    return Marked(
        str(item.get("predicate", "")),
        (at, at + len(quote)),
        _texts(item, "subject"),
        goods,
        str(item.get("polarity", "affirmed")),
        str(item.get("modality", "asserted")),
        "" if status in ("null", "~") else status,
        _texts(item, "chain"),
        item,
    )


def _texts(item: Map, name: str) -> tuple[str, ...]:
    value = item.get(name)
    if isinstance(value, Seq):
        return tuple(str(part) for part in value)
    return (str(value),) if value is not None and str(value) not in ("", "null", "[]") else ()


def measure(articles: Iterable[Article], read_claims: Callable[[Report], Sequence[Claim]]) -> Measures:
    """Return the measures of a reader over articles."""
    measures = Measures()
    for article in articles:
        begun = time.process_time()
        claims = read_claims(article.report)
        measures.seconds += time.process_time() - begun
        measures.articles += 1
        _count(article, claims, measures)
    return measures


def _count(article: Article, claims: Sequence[Claim], measures: Measures) -> None:
    pairs = match(article, claims)
    places = [(article.part, article.report.language), (article.part, "all")]
    scores = [measures.by.setdefault(place, Score()) for place in places]
    for claim in claims:
        for score in (*scores, measures.predicates.setdefault((article.part, claim.predicate.value), Score())):
            score.read += 1
    for number, marked in enumerate(article.claims):
        found = pairs.get(number)
        for score in (*scores, measures.predicates.setdefault((article.part, marked.predicate), Score())):
            score.marked += 1
            if found is not None:
                _compare(score, marked, found)
    if article.part != "held":  # what held-out articles hold stays unseen
        _list_failures(article, claims, pairs, measures)


def _compare(score: Score, marked: Marked, claim: Claim) -> None:
    score.right += 1
    score.chain += same_chain(marked.chain, tuple(speaker.text for speaker in claim.chain))
    score.polarity += marked.polarity == claim.polarity
    score.modality += marked.modality == claim.modality
    score.status += marked.status == (claim.status.value if claim.status is not None else "")


def _list_failures(article: Article, claims: Sequence[Claim], pairs: Mapping[int, Claim], measures: Measures) -> None:
    name, text = article.report.id, article.report.text
    used = {claim.id for claim in pairs.values()}
    for number, marked in enumerate(article.claims):
        words = text[marked.quote[0] : marked.quote[1]]
        found = pairs.get(number)
        if found is None:
            goods = [text[a:b] for a, b in marked.goods[:3]]
            measures.missed.append(
                f"{name} {marked.predicate} | {words} | subject {list(marked.subjects)} goods {goods}"
            )
        elif (marked.polarity, marked.modality, marked.status) != (
            found.polarity,
            found.modality,
            found.status.value if found.status is not None else "",
        ):
            measures.wrong.append(
                f"{name} {marked.predicate} manner | {words} | {marked.polarity} {marked.modality} {marked.status}"
                f" but {found.polarity} {found.modality} {found.status}"
            )
        if found is not None:
            chain = tuple(speaker.text for speaker in found.chain)
            if not same_chain(marked.chain, chain):
                measures.wrong.append(
                    f"{name} {marked.predicate} chain | {words} | {list(marked.chain)} but {list(chain)}"
                )
    for claim in claims:
        if claim.id not in used:
            goods = [g.text for g in claim.goods]
            subject = claim.subject.text if claim.subject is not None else None
            measures.wrong.append(
                f"{name} {claim.predicate.value} extra | {claim.quote} | subject {subject} goods {goods}"
            )


def match(article: Article, claims: Sequence[Claim]) -> dict[int, Claim]:
    """Return the read claim of each marked claim by its number, the pairs that overlap most first."""
    options = []
    for number, marked in enumerate(article.claims):
        for claim in claims:
            overlap = min(marked.quote[1], claim.end) - max(marked.quote[0], claim.start)
            if overlap > 0 and marked.predicate == claim.predicate.value and _same_slots(marked, claim):
                union = max(marked.quote[1], claim.end) - min(marked.quote[0], claim.start)
                options.append((-overlap / union, number, claim.id, claim))
    pairs: dict[int, Claim] = {}
    used: set[str] = set()
    for _, number, key, claim in sorted(options, key=lambda option: option[:3]):
        if number not in pairs and key not in used:
            pairs[number] = claim
            used.add(key)
    return pairs


def _same_slots(marked: Marked, claim: Claim) -> bool:
    subject = claim.subject
    if bool(marked.subjects) != (subject is not None):
        return False
    if subject is not None and not any(_share_words(subject.text, text) for text in marked.subjects):
        return False
    if bool(marked.goods) != bool(claim.goods):
        return False
    return not marked.goods or any(a < g.end and g.start < b for a, b in marked.goods for g in claim.goods)


_WORD = re.compile(r"[^\W\d_]+|\d+")
_SMALL = frozenset(
    re.findall(
        r"\w+",
        "a an the of in der die das ein eine einen le la les un une des il lo gli i uno una el los las de du von",
    )
)


def _share_words(one: str, other: str) -> bool:
    first, second = ({w.casefold() for w in _WORD.findall(text)} for text in (one, other))
    return bool((first - _SMALL) & (second - _SMALL)) or one.casefold() == other.casefold()


def same_chain(marked: tuple[str, ...], read_chain: tuple[str, ...]) -> bool:
    """Return whether two chains have the same length and each link shares a word."""
    return len(marked) == len(read_chain) and all(map(_share_words, marked, read_chain))


__all__ = ["ASKED", "Article", "Marked", "Measures", "Score", "match", "measure", "read_articles", "same_chain"]
