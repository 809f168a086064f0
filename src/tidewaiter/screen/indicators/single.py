"""Indicators that one declaration shows by itself. They give points with a cap per family and alone never hold.

Codes and rules follow `indicators.md` (families A–H); thresholds and points live in the policy pack. A missing field is "not
checked", never a match. Patterns over many items are the business of `link`.
"""

from __future__ import annotations

from tidewaiter.model import Declaration, Evidence
from tidewaiter.packs import PackSet
from tidewaiter.screen.description import DescriptionDefect, DescriptionQuality
from tidewaiter.screen.goods import GoodsResult
from tidewaiter.screen.indicators.seen import Indicator

# Plausible grams of one piece by HS chapter group when the concept says nothing: only gross contradictions count.
TEXTILE_CHAPTERS = {"61", "62", "63"}
TEXTILE_MAX_G = 4000
MAX_GIFT_EQUAL = 3
MILITARY_LISTS = frozenset({"eu-military", "us-usml", "ru-military"})


def single_item_indicators(
    declaration: Declaration,
    results: tuple[GoodsResult, ...],
    defects: tuple[DescriptionDefect | None, ...],
    quality: DescriptionQuality,
    packs: PackSet,
) -> tuple[Indicator, ...]:
    """Return every single-item indicator that fires on a declaration."""
    found: list[Indicator] = []
    for number, defect in enumerate(defects):
        if defect is not None:
            line = declaration.lines[number]
            found.append(
                Indicator(
                    "description.vague",
                    number,
                    f"“{line.description}” does not say what it is ({defect.kind}).",
                    (
                        Evidence(
                            f"lines[{number}].description", line.description, defect.start, defect.end, defect.kind
                        ),
                    ),
                )
            )
    found.extend(_mass(declaration, results, defects, packs))
    found.extend(_nature(declaration))
    found.extend(_cover(declaration, results, defects))
    found.extend(_pretext(declaration, results, packs))
    found.extend(_parties(declaration, quality))
    return tuple(found)


def _mass(
    declaration: Declaration,
    results: tuple[GoodsResult, ...],
    defects: tuple[DescriptionDefect | None, ...],
    packs: PackSet,
) -> list[Indicator]:
    found = []
    for number, line in enumerate(declaration.lines):
        if line.net_mass_g is None or line.net_mass_g <= 0:
            continue
        pieces = line.quantity if line.quantity is not None and line.quantity > 0 else 1
        each = float(line.net_mass_g / pieces)
        usual: tuple[float, float] | None = None
        what = ""
        for kind in results[number].kinds:
            concept = packs.concepts[kind.concept]
            if concept.unit_mass_g is not None:
                usual, what = (concept.unit_mass_g[0] / 4, concept.unit_mass_g[1] * 4), concept.title.lower()
        if usual is None and line.hs[:2] in TEXTILE_CHAPTERS:
            usual, what = (1.0, TEXTILE_MAX_G), f"goods of HS chapter {line.hs[:2]}"
        if usual is None or usual[0] <= each <= usual[1]:
            continue
        path = f"lines[{number}]"
        found.append(
            Indicator(
                "description.contradicts-mass",
                number,
                f"{each:.0f} g a piece does not fit {what} (expected {usual[0]:.0f} to {usual[1]:.0f} g).",
                (
                    Evidence(f"{path}.net_mass_g", str(line.net_mass_g), note=f"{pieces} piece(s)"),
                    Evidence(f"{path}.description", line.description),
                ),
            )
        )
    return found


def _nature(declaration: Declaration) -> list[Indicator]:
    if declaration.nature != "gift":
        return []
    for number, line in enumerate(declaration.lines):
        if line.quantity is not None and line.quantity > MAX_GIFT_EQUAL:
            return [
                Indicator(
                    "nature.misused",
                    number,
                    f"Declared as a gift with {line.quantity} equal pieces.",
                    (
                        Evidence("nature", declaration.nature_code or declaration.nature, note="gift"),
                        Evidence(f"lines[{number}].quantity", str(line.quantity)),
                    ),
                )
            ]
    return []


def _cover(
    declaration: Declaration, results: tuple[GoodsResult, ...], defects: tuple[DescriptionDefect | None, ...]
) -> list[Indicator]:
    """Three and more unrelated cheap lines around one that says nothing or is negated military (story of the scopes among jeans)."""
    if len(declaration.lines) < 3:
        return []
    chapters = {line.hs[:2] for line in declaration.lines if line.hs}
    if len(chapters) < 3 and any(line.hs for line in declaration.lines):
        return []
    pretext = [n for n, r in enumerate(results) if any(c.role == "negated" or c.because for c in r.concepts)]
    empty = [n for n, d in enumerate(defects) if d is not None]
    if not pretext or not empty:
        return []
    shown = (*pretext[:1], *empty[:1])
    return [
        Indicator(
            "concealment.cover-goods",
            None,
            "Unrelated lines of which one names no goods and one names a military thing as something else.",
            tuple(Evidence(f"lines[{n}].description", declaration.lines[n].description) for n in shown),
        )
    ]


def _pretext(declaration: Declaration, results: tuple[GoodsResult, ...], packs: PackSet) -> list[Indicator]:
    found = []
    for number, result in enumerate(results):
        military = {raised.concept for raised in result.raised if raised.entry.list in MILITARY_LISTS}
        for concept in result.concepts:
            if (
                concept.concept in military
                and concept.designator
                and any(c.code == "concept.pretext" for c in concept.contributions)
            ):
                found.append(
                    Indicator(
                        "concealment.collectible-pretext",
                        number,
                        f"“{concept.because}” stands beside a military designation.",
                        concept.evidence,
                    )
                )
                break
    return found


def _parties(declaration: Declaration, quality: DescriptionQuality) -> list[Indicator]:
    found = []
    for role, party in (("consignor", declaration.consignor), ("consignee", declaration.consignee)):
        if quality.is_placeholder(party.name):
            found.append(
                Indicator(
                    "party.incomplete",
                    None,
                    f"The {role}'s name “{party.name}” is a placeholder.",
                    (Evidence(f"{role}.name", party.name),),
                )
            )
    return found
