"""Near duplicates: which report is a copy of which, by runs of five words.

A copy under another headline is found, a retelling in other words is not: the independence of two reports is a matter of whom
they quote, not of how alike they read. Pure, and the order of reading makes no difference.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from tidewaiter.model.claims import Report

RUN = 5
CONTAINED = 0.6
ALIKE = 0.5
_WORD = re.compile(r"\w+")

Shingles = frozenset[int]


def shingles(report: Report) -> Shingles:
    """Return the hashes of all runs of five words of a report, headlines left out, regardless of case and marks."""
    spans = [(p.start, p.end) for p in report.passages if p.kind != "headline"] or [(0, len(report.text))]
    words = [word for start, end in spans for word in _WORD.findall(report.text[start:end].casefold())]
    return frozenset(_hash(words[at : at + RUN]) for at in range(len(words) - RUN + 1))


def _hash(words: Sequence[str]) -> int:
    return int.from_bytes(hashlib.blake2b(" ".join(words).encode("utf-8", "replace"), digest_size=8).digest(), "big")


def near_duplicates(reports: Iterable[Report]) -> dict[str, str]:
    """Return the id of the original for the id of each copy.

    The original is the one published first, then the one of the smallest id; a report of unknown date comes after all dated ones.
    A report is a copy when six tenths of its runs of words stand in an original, or when half of the runs of both are common.
    A longer later report that holds a shorter one whole and tells more is no copy of it.
    """
    known: dict[str, Report] = {}
    for report in sorted(reports, key=_order):
        known.setdefault(report.id, report)
    originals: dict[str, Shingles] = {}
    holders: defaultdict[int, list[str]] = defaultdict(list)
    copies: dict[str, str] = {}
    for report in known.values():
        own = shingles(report)
        original = _original(own, originals, holders)
        if original:
            copies[report.id] = original
            continue
        originals[report.id] = own
        for run in own:
            holders[run].append(report.id)
    return copies


def originals(reports: Iterable[Report]) -> dict[str, str]:
    """Return for each report the first one of its group of copies (itself where it copies none).

    Copies are those found here and those that reading has marked (`near_dup_of`), which may have seen more texts than are here.
    """
    known = {report.id: report for report in reports}
    leader = {name: name for name in known}

    def find(name: str) -> str:
        while leader[name] != name:
            name = leader[name]
        return name

    pairs = [*near_duplicates(known.values()).items()]
    pairs += [(r.id, r.near_dup_of) for r in known.values() if r.near_dup_of in known and r.near_dup_of != r.id]
    for left, right in sorted(pairs):
        first, second = sorted((find(left), find(right)), key=lambda name: _order(known[name]))
        leader[second] = first
    return {name: find(name) for name in known}


def _order(report: Report) -> tuple[date, date, str, str]:
    """Return what originals are chosen by. A date that may mean several days counts by its last one."""
    stamp = report.published
    last = stamp.last or stamp.first or date.max
    return last, stamp.first or date.max, report.id, report.source


def _original(own: Shingles, originals: dict[str, Shingles], holders: dict[int, list[str]]) -> str:
    """Return the id of the original that is most alike, the earliest of several, or an empty text."""
    common: Counter[str] = Counter()
    for run in own:
        common.update(holders.get(run, ()))
    best, most = "", 0.0
    rank = {name: place for place, name in enumerate(originals)} if len(common) > 1 else {}
    for name in sorted(common, key=lambda name: rank.get(name, 0)):
        count = common[name]
        contained = count / len(own)
        alike = count / (len(own) + len(originals[name]) - count)
        if (contained >= CONTAINED or alike >= ALIKE) and contained > most:
            best, most = name, contained
    return best


def mark_duplicates(reports: Sequence[Report]) -> list[Report]:
    """Return the reports in their order with `near_dup_of` set."""
    copies = near_duplicates(reports)
    return [replace(report, near_dup_of=copies.get(report.id, "")) for report in reports]
