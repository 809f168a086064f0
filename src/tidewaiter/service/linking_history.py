"""Link the records of a file with each other and with the parties of a history; the history is only read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tidewaiter.link import PairScore, Prepared, blocking_keys
from tidewaiter.service.linking import LinkedFile, link_file, linking_weights
from tidewaiter.store.history.entities import entity_name
from tidewaiter.store.history.linking import Linking
from tidewaiter.store.history.prior import party_name
from tidewaiter.store.history.schema import open_history

Row = dict[str, Any]
Best = tuple[int, int, PairScore]


def link_to_history(
    path: Path, history: Path, say: Callable[[str], None] = lambda text: None
) -> tuple[LinkedFile, Iterator[Row]]:
    """Return the linked file and one row a record: its entity is that of the history where one of its group belongs there.

    Records that the file itself holds to be one go together: the clearest of them decides. `history` says by which party and why.

    Raises:
        InputError: the file or the history cannot be used.
    """
    found = link_file(path, say=say)
    linking = Linking(open_history(history), linking_weights(), datetime.now(UTC))
    return found, _rows(found, linking)


def _rows(found: LinkedFile, linking: Linking) -> Iterator[Row]:
    best: dict[int, Best] = {}
    own: dict[int, Best] = {}
    for place, label in enumerate(found.linked.labels.tolist()):
        near = _near(linking, found.table.prepared(place))
        if near is None:
            continue
        own[place] = near
        if label not in best or near[2].score > best[label][2].score:
            best[label] = near
    for place, row in enumerate(found.entities()):
        label = int(found.linked.labels[place])
        if label in best:
            party, entity, score = own.get(place, best[label])
            if entity != best[label][1]:  # another record of the group speaks more clearly for another entity
                party, entity, score = best[label]
            row["entity"] = entity_name(entity)
            row["history"] = {
                "party": party_name(party),
                "score": score.score / 1000,
                "contributions": [
                    {"code": term.code, "points": term.points / 1000, "sentence": term.sentence}
                    for term in score.contributions
                ],
            }
        yield row


def _near(linking: Linking, prepared: Prepared) -> Best | None:
    """Return the party of the history that scores best with a record, its entity and the score; None below the threshold."""
    candidates, _ = linking.candidates(blocking_keys(prepared))
    scored = linking.near(prepared, candidates) if candidates else {}
    if not scored:
        return None
    party = max(scored, key=lambda number: (scored[number].score, -number))
    return party, linking.entities_of([party])[party], scored[party]
