"""Compare and match names given in tables."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from tidewaiter.model import Contribution, Party
from tidewaiter.screen.party import Dismissals, PartyMatch, compare, entry_digest, ofac_score
from tidewaiter.service.dismissals import read_dismissals
from tidewaiter.service.party_index import Say, open_party_index, quietly
from tidewaiter.service.tables import table

Row = dict[str, Any]


def _contribution(item: Contribution) -> Row:
    return {
        "code": item.code,
        "points": item.points / 1000,
        "left": item.left,
        "right": item.right,
        "sentence": item.sentence,
    }


def compare_rows(path: str) -> Iterator[Row]:
    """Yield one comparison for each pair; see the interface for the fields."""
    for number, row in table(path, ("name1", "name2")):
        declared = Party(row.get("name1", ""), country=row.get("country1", ""), birth_date=row.get("birth_date1", ""))
        found = compare(
            declared,
            row.get("name2", ""),
            row.get("schema", ""),
            birth_date=row.get("birth_date2", ""),
            country=row.get("country2", ""),
        )
        yield {
            "row": number,
            "score": found.score / 1000,
            "evidence": found.evidence / 1000,
            "ofac": ofac_score(declared.name, row.get("name2", "")),
            "related": found.related,
            "contributions": [_contribution(c) for c in found.contributions],
            "input": row,
        }


def match_rows(
    path: str,
    lists_dir: Path,
    threshold: float | None = None,
    *,
    decisions: Path | None = None,
    on: date | None = None,
    say: Say = quietly,
) -> Iterator[Row]:
    """Yield the hits of each name; see the interface for the fields.

    Args:
        path: CSV of names.
        lists_dir: Folder of imported lists.
        threshold: Score from which a match is returned, 0 to 1; None for the shipped levels.
        decisions: CSV of "not the listed party" decisions to honour.
        on: The date the decisions are read on.
        say: Told, in one line, when the index is built.

    Raises:
        InputError: no lists, or a file that cannot be read.
    """
    index, _ = open_party_index(lists_dir, say=say)
    dismissals = Dismissals(read_dismissals(decisions), on or date.today()) if decisions is not None else None
    level = round(threshold * 1000) if threshold is not None else None
    for number, row in table(path, ("name",)):
        party = Party(
            row.get("name", ""),
            row.get("address", ""),
            country=row.get("country", ""),
            birth_date=row.get("birth_date", ""),
            id_number=row.get("id_number", ""),
        )
        hits = [_hit(party, match, dismissals) for match in index.match(party, threshold=level)]
        yield {"row": number, "hits": hits, "input": row}


def _hit(party: Party, match: PartyMatch, dismissals: Dismissals | None) -> Row:
    listed = match.listed
    hit = {
        "list": listed.list,
        "list_id": listed.list_id,
        "name": match.name.text,
        "score": match.score / 1000,
        "evidence": match.evidence / 1000,
        "contributions": [_contribution(c) for c in match.contributions],
        "programmes": list(listed.programmes),
        "source_list": listed.source_list,
        "licence_requirement": listed.licence_requirement,
        "licence_policy": listed.licence_policy,
        "ofac": ofac_score(party.name, match.name.text),
        "entry": entry_digest(listed),
    }
    decision = dismissals.find(party, listed, [c.code for c in match.contributions]) if dismissals else None
    if decision is not None:
        hit["dismissed"] = {
            "reason": decision.reason,
            "by": decision.decided_by,
            "on": decision.decided_on.isoformat(),
            "expires": decision.expires.isoformat(),
        }
    return hit
