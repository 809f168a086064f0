"""Families F and G, papers and the record itself (indicators 32–39), as far as one item shows them."""

from __future__ import annotations

from datetime import timedelta

from tidewaiter.model import Evidence
from tidewaiter.screen.facts import stated_licence
from tidewaiter.screen.indicators.seen import Indicator, Seen, of_items
from tidewaiter.screen.indicators.words import PlaceWords
from tidewaiter.text.s10 import parse_s10

EXEMPT_ENTRY = "us-usml/I"


def paper_indicators(seen: Seen, words: PlaceWords) -> list[Indicator]:
    """Return what fires of families F and G."""
    return [*_level(seen), *_document(seen, words), *_stacking(seen), *_s10(seen), *_drift(seen)]


def _level(seen: Seen) -> list[Indicator]:
    code = "enduse.technical-level"
    place = seen.declaration.consignee.country
    if seen.rule(code) is None:
        return []
    for number, line in enumerate(seen.declaration.lines):
        if line.hs[:4] not in seen.pack.industry_headings and not seen.results[number].concepts:
            continue
        kinds = {parent for kind in seen.results[number].kinds for parent in seen.packs.parents(kind.concept)}
        for industry in seen.pack.industries:
            if line.hs[:4] not in industry.hs4 and not kinds & industry.concepts:
                continue
            if not place:
                seen.lacks("no destination is declared", code)
            elif place not in industry.members:
                return [
                    Indicator(
                        code,
                        number,
                        f"Goods of the industry “{industry.name}” go to {place}, which is not known to have it (an estimate).",
                        (
                            Evidence(f"lines[{number}].description", line.description),
                            Evidence("consignee.country", place),
                        ),
                    )
                ]
    return []


def _document(seen: Seen, words: PlaceWords) -> list[Indicator]:
    code = "licence.missing-document"
    if not seen.controlled or seen.rule(code) is None or stated_licence(seen.declaration):
        return []
    for document in seen.declaration.documents:
        if "end-use-document" in words.kinds_of(f"{document.type} {document.name}"):
            return []
    number = seen.controlled[0]
    return [
        Indicator(
            code,
            number,
            "Controlled goods state neither a licence nor an end-use statement.",
            (Evidence(f"lines[{number}].description", seen.declaration.lines[number].description),),
        )
    ]


def _stacking(seen: Seen) -> list[Indicator]:
    """The exemption for parts of USML Category I by value (22 CFR 123.17(a)), used again within a month by one pair."""
    code = "licence.exemption-stacking"
    rule = seen.rule(code) if seen.history is not None else None
    if rule is None or seen.history is None:
        return []
    own = [
        n
        for n in seen.controlled
        if any(f"{r.entry.list}/{r.entry.id}" == EXEMPT_ENTRY for r in seen.results[n].raised)
    ]
    if not own:
        return []
    line = seen.declaration.lines[own[0]]
    value = seen.pack.value_eur(line.value, line.currency)
    if value is None:
        seen.lacks("no value is declared", code)
        return []
    limit = rule.value("limit_usd", seen.on, "us", 500) * float(seen.pack.rates.get("USD", 1))
    links = []
    total = float(value)
    for link in seen.links("consignor=consignor", days=seen.value(code, "window_days", 30)):
        if link.item.consignee_entity != seen.history.consignee_entity:
            continue
        earlier = [float(x.value_eur) for x in link.item.lines if EXEMPT_ENTRY in x.entries and x.value_eur is not None]
        if earlier and sum(earlier) <= limit:
            links.append(link)
            total += sum(earlier)
    if not links or float(value) > limit or total <= limit:
        return []
    return [
        Indicator(
            code,
            own[0],
            f"{len(links) + 1} items of one pair within a month, {total:.2f} EUR together, each within the exemption of {limit:.0f} EUR.",
            (Evidence(f"lines[{own[0]}].value", str(line.value), note=line.currency), *of_items(links)),
            strength=seen.strength_of(links),
        )
    ]


def _s10(seen: Seen) -> list[Indicator]:
    code = "record.s10-reused"
    if seen.rule(code) is None:
        return []
    declaration = seen.declaration
    parsed = parse_s10(declaration.id)
    if parsed is None:
        seen.lacks("the identifier is no S10", code)
        return []
    origin = declaration.consignor.country
    if parsed.valid and (not origin or origin == parsed.country) and seen.history is None:
        return []
    evidence = (Evidence("id", declaration.id, note=f"check digit {parsed.check}, country {parsed.country}"),)
    if not parsed.valid:
        return [
            Indicator(
                code, None, f"The check digit of {declaration.id} is wrong ({parsed.expected} expected).", evidence
            )
        ]
    if origin and origin != parsed.country:
        return [
            Indicator(code, None, f"The identifier was issued in {parsed.country}, posting is in {origin}.", evidence)
        ]
    if seen.history is None or seen.at is None:
        return []
    since = seen.at - timedelta(days=30.44 * seen.value(code, "months", 12))
    own = seen.history.consignor_entity
    again = [
        link
        for link in seen.history.links
        if link.item.id == declaration.id
        and link.item.posted_at >= since
        and own
        and link.item.consignor_entity not in ("", own)
    ]
    if not again:
        return []
    return [Indicator(code, None, "The identifier was used before for other parties.", (*evidence, *of_items(again)))]


def _drift(seen: Seen) -> list[Indicator]:
    code = "record.mass-drift"
    if seen.rule(code) is None:
        return []
    said, weighed = seen.declaration.gross_mass_g, seen.declaration.measured_mass_g
    if said is None or weighed is None or said <= 0 or weighed <= 0:
        seen.lacks("no declared and measured mass", code)
        return []
    declared, measured = float(said), float(weighed)
    share, packaging = seen.value(code, "share_least", 0.1), seen.value(code, "packaging_share", 0.35)
    if abs(measured - declared) <= seen.value(code, "grams_least", 100):
        return []
    if declared * (1 - share) <= measured <= declared * (1 + share + packaging):
        return []
    return [
        Indicator(
            code,
            None,
            f"The post weighed {measured:.0f} g, {declared:.0f} g are declared.",
            (Evidence("gross_mass_g", str(said)), Evidence("measured_mass_g", str(weighed))),
        )
    ]
