"""What reads the facts that reports state beside their claims: the reader of claims with the everyday nouns of the ledger."""

from __future__ import annotations

from pathlib import Path

from tidewaiter.claims.noticing import MentionFinder
from tidewaiter.claims.read import ClaimReader
from tidewaiter.claims.stated import FactReader
from tidewaiter.packs.report_ledger import LedgerRules, read_ledger_rules
from tidewaiter.service.locations import packs_folder


def fact_reader(reader: ClaimReader, rules: LedgerRules | None = None, folder: Path | None = None) -> FactReader:
    """Return what reads facts with the words by which claims are read.

    Args:
        reader: reads claims.
        rules: data of the ledger; that of the folder of packs if not given.
        folder: the folder of packs; the shipped one if not given.

    Raises:
        PackError: the data of the ledger does not load; every problem is listed.
    """
    known = rules if rules is not None else read_ledger_rules(packs_folder(folder))
    lexicons = reader.notice.lexicons if isinstance(reader.notice, MentionFinder) else {}
    return FactReader(reader, lexicons, {word: kinds for words, kinds in known.goods_words for word in words})


__all__ = ["fact_reader"]
