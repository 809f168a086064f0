"""Find patterns in a history or a folder of relations, and say each with its figures, items, thresholds and pack."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from tidewaiter.backends.duckdb_patterns import Hit, Options, Patterns, Ran, Review
from tidewaiter.link.patterns import plans
from tidewaiter.model import InputError
from tidewaiter.packs import IndicatorRule, Indicators, PackSet
from tidewaiter.service.history_keeping import export_relations

Record = dict[str, Any]
EVIDENCE = 20  # items named as evidence; all of them stand under `items`
_SQLITE = b"SQLite format 3\x00"


@contextmanager
def open_patterns(source: Path, packs: PackSet, on: date, options: Options, session: Any = None) -> Iterator[Patterns]:
    """Open a folder of Parquet relations, or a history, for patterns.

    Args:
        source: the folder, as `history export` writes it, or the file of a history, which is exported to a temporary folder.
        packs: packs with the indicator pack.
        on: the day thresholds are taken from.
        options: memory, threads and temporary folder.
        session: a Spark session that finds the hits; without one DuckDB does.

    Raises:
        InputError: the source is neither, or the packs hold no indicators.
    """
    if packs.indicators is None:
        raise InputError("the packs hold no indicator pack (packs/indicators)")
    if source.is_file():
        with source.open("rb") as handle:
            is_history = handle.read(len(_SQLITE)) == _SQLITE
        if not is_history:
            raise InputError(f"{source} is neither a history nor a folder of Parquet relations")
        with tempfile.TemporaryDirectory(prefix="tidewaiter-export-", dir=options.temporary) as folder:
            export_relations(source, Path(folder))
            with _engine(Path(folder), packs, on, options, session) as patterns:
                yield patterns
        return
    if not source.is_dir():
        raise InputError(f"{source}: there is no such folder")
    with _engine(source, packs, on, options, session) as patterns:
        yield patterns


def _engine(folder: Path, packs: PackSet, on: date, options: Options, session: Any) -> Patterns:
    if session is None:
        return Patterns(folder, packs, on, options)
    from tidewaiter.backends.spark_patterns import SparkPatterns  # needs sqlglot, which only the Spark extra brings

    return SparkPatterns(folder.resolve(), packs, on, options, session=session)


def hit_records(patterns: Patterns, packs: PackSet, on: date) -> Iterator[Record]:
    """Yield every hit as a record of the interface: code, severity, points, items, figures, evidence, sentence, thresholds."""
    pack = packs.indicators
    assert pack is not None
    known = {code: thresholds_of(rule, on) for code, rule in pack.rules.items()}
    for hit in patterns.hits():
        yield _record(hit, pack, known[hit.code])


def _record(hit: Hit, pack: Indicators, thresholds: list[Record]) -> Record:
    rule = pack.rules[hit.code]
    figures = {name: value for name, value in hit.figures.items() if value is not None}
    if hit.bits is not None:
        figures["surprise_bits"] = round(hit.bits, 1)
    return {
        "code": hit.code,
        "number": rule.number,
        "severity": "review" if hit.points >= pack.review_line else "info",
        "points": hit.points / 1000,
        "subject": {"kind": hit.role, "key": str(hit.subject) if hit.subject is not None else None},
        "items": list(hit.items),
        "figures": figures,
        "evidence": [{"path": f"history:{item}"} for item in hit.items[:EVIDENCE]],
        "sentence": sentence_of(rule, figures),
        "ask": rule.ask,
        "false_positives": list(rule.false_positives),
        "thresholds": thresholds,
        "basis": rule.basis,
        "pack": pack.pack.label,
    }


def sentence_of(rule: IndicatorRule, figures: Record) -> str:
    """Return one sentence: what the indicator says, and the figures it rests on."""
    shown = ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in figures.items())
    return f"{rule.says} ({shown})" if shown else rule.says


def thresholds_of(rule: IndicatorRule, on: date) -> list[Record]:
    """Return the thresholds of a rule that hold on a day, with jurisdiction, date and basis."""
    return [
        {
            "name": t.name,
            "value": t.value,
            "unit": t.unit,
            "jurisdiction": t.jurisdiction,
            "dated": day.isoformat() if (day := t.valid_from or t.dated) is not None else None,
            "published": t.published,
            "basis": t.basis,
            "status": t.status,
        }
        for t in rule.thresholds
        if t.in_force(on)
    ]


def review_records(patterns: Patterns, packs: PackSet) -> Iterator[Record]:
    """Yield items that together reach the review line, ranked, each group under the hit that weighs most; never a hold."""
    pack = packs.indicators
    assert pack is not None
    for place, review in enumerate(patterns.reviews(), 1):
        yield _review(place, review, pack)


def _review(place: int, review: Review, pack: Indicators) -> Record:
    return {
        "place": place,
        "outcome": "review",
        "score": review.score / 1000,
        "lead": review.code,
        "subject": {"kind": review.role, "key": str(review.subject) if review.subject is not None else None},
        "items": list(review.items),
        "indicators": [
            {
                "code": code,
                "number": pack.rules[code].number,
                "family": pack.rules[code].family,
                "points": points / 1000,
            }
            for code, points in review.codes
        ],
        "evidence": [{"path": f"history:{item}"} for item in review.items[:EVIDENCE]],
        "sentence": pack.rules[review.code].says,
        "ask": pack.rules[review.code].ask,
        "pack": pack.pack.label,
    }


def summary_record(ran: list[Ran], pack: Indicators, seconds: float) -> Record:
    """Return how the run went: hits and seconds of each code, and what was not checked and why."""
    known = {plan.code for plan in plans()}
    live = sorted(code for code, rule in pack.rules.items() if code not in known and rule.runs)
    return {
        "seconds": round(seconds, 2),
        "hits": sum(r.hits for r in ran),
        "checked": {r.code: {"hits": r.hits, "seconds": round(r.seconds, 2)} for r in ran if not r.not_checked},
        "not_checked": {r.code: r.not_checked for r in ran if r.not_checked},
        "elsewhere": {code: ", ".join(pack.rules[code].runs) for code in live},
        "pack": pack.pack.label,
    }
