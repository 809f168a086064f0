"""Texts that copy one another, by shingles of five words. A paraphrase is no copy: independence comes from chains, not from likeness."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from hashlib import blake2b

from tidewaiter.model.claims import Report
from tidewaiter.text.fold import fold_text

WORDS = 5
LIKE = 0.5  # measured: a syndicated copy scores 0.89, paraphrases of one origin at most 0.14
MANY = 50  # of a shingle in more texts only neighbours are paired: enough to tie a thousand copies
_WORD = re.compile(r"\w+")


def shingles(text: str) -> frozenset[int]:
    """Return the hashed runs of five words of a text."""
    words = _WORD.findall(fold_text(text))
    return frozenset(
        int.from_bytes(
            blake2b(" ".join(words[i : i + WORDS]).encode("utf-8", "replace"), digest_size=8).digest(), "big"
        )
        for i in range(len(words) - WORDS + 1)
    )


def originals(reports: Iterable[Report]) -> dict[str, str]:
    """Return for each report the first one of its group of copies (itself where it copies none).

    Copies are those of likeness `LIKE`, and those that reading has marked (`near_dup_of`). The first is the earliest published, then by id;
    the order of the reports makes no difference.
    """
    known = {report.id: report for report in reports}
    leader = {name: name for name in known}

    def find(name: str) -> str:
        while leader[name] != name:
            name = leader[name]
        return name

    for left, right in _like(known):
        first, second = sorted((find(left), find(right)), key=lambda name: _order(known[name]))
        leader[second] = first
    return {name: find(name) for name in known}


def _order(report: Report) -> tuple[date, str]:
    return report.published.first or date.max, report.id


def _like(known: dict[str, Report]) -> list[tuple[str, str]]:
    pairs = [(r.id, r.near_dup_of) for r in known.values() if r.near_dup_of in known and r.near_dup_of != r.id]
    parts = {name: shingles(report.text) for name, report in known.items()}
    where: dict[int, list[str]] = defaultdict(list)
    for name in sorted(parts):
        for part in parts[name]:
            where[part].append(name)
    shared: dict[tuple[str, str], int] = defaultdict(int)
    for names in where.values():
        for i, left in enumerate(names):
            for right in names[i + 1 : i + 2 if len(names) > MANY else None]:
                shared[left, right] += 1
    for (left, right), count in sorted(shared.items()):
        if count / (len(parts[left]) + len(parts[right]) - count) >= LIKE:
            pairs.append((left, right))
    return sorted(pairs)
