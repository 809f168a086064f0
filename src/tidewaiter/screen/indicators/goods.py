"""Family A, goods, value and quantity (indicators 1–7), as far as one item and its history show them."""

from __future__ import annotations

from decimal import Decimal

from tidewaiter.model import Evidence
from tidewaiter.model.tails import binomial_bits
from tidewaiter.screen.indicators.seen import Indicator, Seen, of_items

TEXTILE_CHAPTERS = frozenset({"61", "62", "63"})


def goods_indicators(seen: Seen) -> list[Indicator]:
    """Return what fires of family A."""
    return [*_vague(seen), *_mass(seen), *_repeated(seen), *_bunching(seen)]


def _vague(seen: Seen) -> list[Indicator]:
    if not any(seen.defects) or seen.rule("description.vague") is None:
        return []
    found = []
    for number, defect in enumerate(seen.defects):
        if defect is not None:
            text = seen.declaration.lines[number].description
            found.append(
                Indicator(
                    "description.vague",
                    number,
                    f"“{text}” does not say what it is ({defect.kind}).",
                    (Evidence(f"lines[{number}].description", text, defect.start, defect.end, defect.kind),),
                )
            )
    return found


def _mass(seen: Seen) -> list[Indicator]:
    code = "description.contradicts-mass"
    if seen.rule(code) is None:
        return []
    slack, textile = seen.value(code, "slack", 4), seen.value(code, "textile_most_g", 4000)
    found = []
    unsaid = True
    for number, line in enumerate(seen.declaration.lines):
        if line.net_mass_g is None or line.net_mass_g <= 0:
            continue
        unsaid = False
        usual: tuple[float, float] | None = None
        what = ""
        for kind in seen.results[number].kinds:
            concept = seen.packs.concepts[kind.concept]
            if concept.unit_mass_g is not None:
                usual = (concept.unit_mass_g[0] / slack, concept.unit_mass_g[1] * slack)
                what = concept.title.lower()
        if usual is None and line.hs[:2] in TEXTILE_CHAPTERS:
            usual, what = (1.0, textile), f"goods of HS chapter {line.hs[:2]}"
        if usual is None:
            continue
        pieces = line.quantity if line.quantity is not None and line.quantity > 0 else Decimal(1)
        each = float(line.net_mass_g / pieces)
        if usual[0] <= each <= usual[1]:
            continue
        found.append(
            Indicator(
                code,
                number,
                f"{each:.0f} g a piece does not fit {what} (expected {usual[0]:.0f} to {usual[1]:.0f} g).",
                (
                    Evidence(f"lines[{number}].net_mass_g", str(line.net_mass_g), note=f"{pieces} piece(s)"),
                    Evidence(f"lines[{number}].description", line.description),
                ),
            )
        )
    if unsaid and seen.declaration.lines:
        seen.lacks("no net mass is declared", code)
    return found


def _repeated(seen: Seen) -> list[Indicator]:
    code = "value.repeated"
    if seen.history is None or seen.rule(code) is None or not seen.declaration.lines:
        return []
    line = seen.declaration.lines[0]
    value = seen.pack.value_eur(line.value, line.currency)
    if value is None or line.net_mass_g is None:
        seen.lacks("no value and mass are declared", code)
        return []
    links = seen.links("consignor=consignor")[: int(seen.value(code, "last", 20)) - 1]
    if len({link.item.consignee_entity for link in links}) > seen.value(code, "catalogue_most", 60):
        return []
    key = (line.description.casefold(), value, line.net_mass_g)
    same = [
        link
        for link in links
        if link.item.lines
        and (link.item.lines[0].description.casefold(), link.item.lines[0].value_eur, link.item.lines[0].net_mass_g)
        == key
    ]
    count, total = len(same) + 1, len(links) + 1
    if count < seen.value(code, "n_least", 5) or count < seen.value(code, "share_least", 0.6) * total:
        return []
    return [
        Indicator(
            code,
            0,
            f"{count} of the sender's last {total} items have the same wording, value ({value:.2f} EUR) and mass.",
            (Evidence("lines[0].value", str(line.value), note=line.currency), *of_items(same)),
            strength=seen.strength_of(same),
        )
    ]


def _bunching(seen: Seen) -> list[Indicator]:
    code = "value.bunching"
    if seen.history is None or seen.rule(code) is None:
        return []
    place, own = seen.declaration.consignee.country, seen.value_eur
    if own is None or not place:
        seen.lacks("no value or destination is declared", code)
        return []
    links = [
        (link, total)
        for link in seen.links("consignor=consignor")
        if link.item.destination == place and (total := item_value(link.item.lines)) is not None
    ]
    band, usual = seen.value(code, "band_from", 0.9), seen.value(code, "usual_share", 0.05)
    least = seen.value(code, "bits_least", 13.3)
    for name, limit in seen.pack.limits_for(place, seen.on, seen.packs.groups):
        near = [link for link, value in links if band * limit <= value < limit]
        if not band * limit <= own < limit:
            continue
        count, total = len(near) + 1, len(links) + 1
        bits = binomial_bits(count, total, usual)
        if (
            total >= seen.value(code, "n_least", 8)
            and count >= seen.value(code, "share_least", 0.25) * total
            and bits >= least
        ):
            return [
                Indicator(
                    code,
                    None,
                    f"{count} of the sender's {total} items stand just below {limit:.0f} EUR ({name}).",
                    (Evidence("lines", f"{own:.2f} EUR", note=name), *of_items(near)),
                    bits,
                    least,
                    seen.strength_of(near),
                )
            ]
    return []


def item_value(lines: tuple[object, ...]) -> float | None:
    """Return the sum of the values of an earlier item's lines in EUR, or None where none is known."""
    known = [float(value) for line in lines if (value := getattr(line, "value_eur", None)) is not None]
    return sum(known) if known else None
