"""A link of the history for a terminal: the other item, the way there, and what each step rests on."""

from __future__ import annotations

from typing import Any


def link_text(row: dict[str, Any]) -> str:
    """Return one row of `history links` as a few lines of text."""
    goods = "; ".join(row["goods"]) or "no goods declared"
    route = f"{row['origin'] or '?'} → {row['destination'] or '?'}"
    said = row["decision"] or row["outcome"] or "no outcome kept"
    lines = [f"{row['id']}  {row['posted_at'][:16]}  {route}  {said}  {goods}"]
    for step in row["path"]:
        if next(iter(step)) == "item":
            lines.append(f"    {step['item']}: {step['role']} {step['party']}")
        elif "contact" in step:
            lines.append(f"      the same {step['contact']}: {_terms(row['contributions'])}")
        elif "entity" in step:
            if not step["joins"]:
                lines.append(f"      {step['entity']}, declared in the same words")
            for join in step["joins"]:
                by = f", by hand ({join['actor']})" if join["actor"] else ""
                lines.append(
                    f"      {step['entity']}: {join['left']} = {join['right']}, {join['score']:.1f} bits (join {join['join']}{by}): "
                    f"{_terms(join['contributions'])}"
                )
        else:
            lines.append(f"    {step['item']}: {step['role']} {step['party']}")
    return "\n".join(lines) + "\n"


def _terms(contributions: list[dict[str, Any]]) -> str:
    return "; ".join(f"{c['sentence']} {c['points']:+.1f}" for c in contributions)
