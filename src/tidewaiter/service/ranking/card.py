"""The card of a ranking model: what it learnt from, what it uses and leaves out, how well it does, and what it is not for."""

from __future__ import annotations

from typing import Any

_TITLES = {
    "latest_fifth": "Latest fifth, fitted on what came before",
    "latest_fifth_random_inspections": "— of it, inspections drawn at random",
    "latest_fifth_chosen_inspections": "— of it, inspections chosen for a reason",
    "latest_fifth_second_opinion": "Second opinion (boosted trees), latest fifth",
    "random_split": "A random fifth (looks into the future: not a promise)",
}


def card_text(record: dict[str, Any]) -> str:
    """Return the card in Markdown."""
    trained = record["trained_on"]
    days = " to ".join(trained["days"]) or "no dates"
    lines = [
        "# Card of a ranking model",
        "",
        f"Learnt from {trained['items']:,} items of `{trained['file']}` ({days}): {trained['inspected']:,} inspected, "
        f"{trained['found']:,} findings, {trained['random_inspections']:,} inspections drawn at random. Outcome: `{record['outcome']}`.",
        "",
        "It orders a queue. It is no ground to hold an item, and its score is a chance among items like those inspected before.",
        "",
        "## How well it finds",
        "",
        "| measured on | inspected | found | area under the curve | precision, first 1 / 2 / 5 / 10 % | recall, first 10 % |",
        "|---|---|---|---|---|---|",
    ]
    figures = record["figures"]
    for key, title in _TITLES.items():
        one = figures.get(key)
        if one is None:
            continue
        if "area_under_curve" not in one:
            lines.append(f"| {title} | {one['inspected']} | {one['found']} | {one['note']} | | |")
            continue
        firsts = [one[f"first_{share}_percent"] for share in (1, 2, 5, 10)]
        precise = " / ".join(f"{first['precision']:.3f}" for first in firsts)
        lines.append(
            f"| {title} | {one['inspected']:,} | {one['found']:,} | {one['area_under_curve']:.3f} | {precise} | {firsts[-1]['recall']:.3f} |"
        )
    if "note" in figures:
        lines += ["", figures["note"]]
    if not trained["random_inspections"]:
        lines += [
            "",
            "No inspection is marked as drawn at random, so these figures speak of items that somebody chose to inspect. What nobody "
            "looks at is not in them: draw a part of the mail at random (`review plan`) and name its column with `--random`.",
        ]
    lines += ["", "## Columns", "", "| column | used as | why |", "|---|---|---|"]
    lines += [f"| {column['name']} | {column['role']} | {column['why']} |" for column in record["columns"]]
    lines += [
        "",
        "Names, addresses and numbers of persons are keys to earlier outcomes only and are kept as keyed hashes. Nationality, religion, "
        "language, sex and birth are never used. Shares of earlier findings count days strictly before the item.",
        "",
        "## Strongest terms",
        "",
    ]
    lines += [f"- {text}" for text in _strongest(record)]
    return "\n".join(lines) + "\n"


def _strongest(record: dict[str, Any]) -> list[str]:
    names = [feature["name"] for feature in record["features"]]
    ranked = []
    for term in record["model"]["terms"]:
        points = _flat(term["points"])
        ranked.append((max(points) - min(points), " & ".join(names[feature] for feature in term["features"])))
    ranked.sort(key=lambda pair: (-pair[0], pair[1]))
    return [f"{name}: {spread:.2f} log-odds between its lowest and highest cell" for spread, name in ranked[:15]]


def _flat(points: list[Any]) -> list[float]:
    return [value for row in points for value in (row if isinstance(row, list) else [row])]
