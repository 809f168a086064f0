"""Write docs/reference/indicators.md from packs/indicators, so that the page says what the pack does.

Usage: python scripts/indicators_page.py [--check]
"""

from __future__ import annotations

import sys
from pathlib import Path

from tidewaiter.packs import IndicatorRule
from tidewaiter.service.screening import load_packs

PAGE = Path(__file__).resolve().parents[1] / "docs" / "reference" / "indicators.md"
HEAD = """# Indicators

Written by `make indicators-page` from `packs/indicators`; change the pack, not this page.

An indicator is a reason to look, never a ground in law: alone it gives a review at most. Each says what it needs; without it, it is *not
checked*, which is neither a match nor a pass. Points are thousandths of a score; the points of one family are capped, the strongest counts in
full. `live`: at screening, from the item and its history; `nightly`: over all items (`tidewaiter history patterns`). Thresholds are starting
points to tune unless marked as published.

"""


def page() -> str:
    """Return the page."""
    indicators = load_packs().indicators
    assert indicators is not None
    rules = sorted(indicators.rules.values(), key=lambda rule: rule.number)
    lines = [
        HEAD + "| # | code | family | says | needs | runs | points | thresholds |\n|---|---|---|---|---|---|---|---|"
    ]
    lines += [_row(rule) for rule in rules]
    lines += ["", "## Innocent causes", ""]
    lines += [f"- `{rule.code}`: {' '.join(rule.false_positives)}" for rule in rules if rule.false_positives]
    lines += ["", "## Sources", ""]
    for rule in rules:
        cited = "; ".join(reference.citation or reference.url for reference in rule.references)
        lines.append(f"- `{rule.code}`: {cited or 'none'} ({rule.basis}, set {rule.dated})")
    return "\n".join(lines) + "\n"


def _row(rule: IndicatorRule) -> str:
    limits = []
    for one in rule.thresholds:
        since = f" from {one.valid_from}" if one.valid_from else ""
        where = "" if one.jurisdiction in ("", "any") else f" in {one.jurisdiction}"
        limits.append(f"{one.name} {one.value} {one.unit}{where}{since}{' (published)' if one.published else ''}")
    points = f"{rule.points}" + (f" + {rule.per_bit} a bit, at most {rule.most}" if rule.per_bit else "")
    cells = (
        rule.number,
        f"`{rule.code}`",
        rule.family,
        rule.says,
        ", ".join(rule.needs),
        ", ".join(rule.runs),
        points,
        "; ".join(limits),
    )
    return "| " + " | ".join(str(cell).replace("|", "/") for cell in cells) + " |"


def main() -> None:
    """Write the page, or with `--check` say whether it is up to date."""
    if "--check" in sys.argv:
        if not PAGE.exists() or PAGE.read_text(encoding="utf-8") != page():
            sys.exit("docs/reference/indicators.md is not what packs/indicators says; run `make indicators-page`")
        return
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
