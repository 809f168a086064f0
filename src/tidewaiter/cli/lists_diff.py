"""How `tidewaiter lists diff` writes a difference: one JSON object a change, or lines to read."""

from __future__ import annotations

from collections.abc import Iterator

from tidewaiter.lists import FieldChange, ListDiff
from tidewaiter.model import ListedParty


def diff_json(difference: ListDiff) -> Iterator[dict[str, object]]:
    """Yield one object a change: `change`, `list`, `list_id`, `name`, and for a change its `fields`."""
    for kind, parties in (("added", difference.added), ("removed", difference.removed)):
        for party in parties:
            yield {"change": kind, **_head(party), "programmes": list(party.programmes), "listed_on": party.listed_on}
    for change in difference.changed:
        yield {"change": "changed", **_head(change.after), "fields": [_field(field) for field in change.changes]}


def _head(party: ListedParty) -> dict[str, object]:
    return {"list": party.list, "list_id": party.list_id, "schema": party.schema, "name": party.names[0].text}


def _field(change: FieldChange) -> dict[str, object]:
    if change.added or change.removed:
        return {"field": change.field, "added": list(change.added), "removed": list(change.removed)}
    return {"field": change.field, "before": str(change.before), "after": str(change.after)}


def diff_text(difference: ListDiff) -> Iterator[str]:
    """Yield lines: `+` for an addition, `-` for a removal, `~` for a change with its fields below, then the counts."""
    for sign, parties in (("+", difference.added), ("-", difference.removed)):
        for party in parties:
            programmes = f" [{', '.join(party.programmes)}]" if party.programmes else ""
            yield f"{sign} {party.list} {party.list_id} {party.names[0].text}{programmes}"
    for change in difference.changed:
        yield f"~ {change.after.list} {change.after.list_id} {change.after.names[0].text}"
        for field in change.changes:
            if field.added or field.removed:
                yield from (f"    {field.field} - {value}" for value in field.removed)
                yield from (f"    {field.field} + {value}" for value in field.added)
            else:
                yield f"    {field.field}: {field.before or '(nothing)'} -> {field.after or '(nothing)'}"
    counts = (len(difference.added), len(difference.removed), len(difference.changed))
    yield f"{counts[0]} added, {counts[1]} removed, {counts[2]} changed"
