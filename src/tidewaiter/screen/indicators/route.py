"""Family C, route and party (indicators 15–23): who is where, and which way the goods go."""

from __future__ import annotations

from tidewaiter.model import Evidence
from tidewaiter.screen.indicators.seen import Indicator, Seen
from tidewaiter.screen.indicators.words import PlaceWords, phone_places


def route_indicators(seen: Seen, words: PlaceWords) -> list[Indicator]:
    """Return what fires of family C."""
    found = [*_phone(seen), *_illogical(seen)]
    if seen.priority or seen.controlled:
        found += [*_place(seen, words), *_hub(seen), *_third_country(seen), *_new_consignee(seen)]
    return found


def _phone(seen: Seen) -> list[Indicator]:
    code = "party.phone-country"
    if seen.rule(code) is None:
        return []
    found = []
    origin, destination = seen.declaration.consignor.country, seen.declaration.consignee.country
    known = False
    declared = seen.declaration
    for role, phone in (("consignor", declared.consignor.phone), ("consignee", declared.consignee.phone)):
        places = phone_places(phone) if phone and origin and destination else ()
        if not places:
            continue
        known = True
        if origin not in places and destination not in places:
            found.append(
                Indicator(
                    code,
                    None,
                    f"The {role}'s phone is of {places[0]}, neither the place of posting ({origin}) nor of destination ({destination}).",
                    (Evidence(f"{role}.phone", phone, note=places[0]),),
                )
            )
    if not known:
        seen.lacks("no international phone, or no country, is declared", code)
    return found


def _goods_evidence(seen: Seen) -> tuple[Evidence, ...]:
    lines = [number for number, _ in seen.priority] or list(seen.controlled)
    tiers = dict(seen.priority)
    return tuple(
        Evidence(f"lines[{n}].hs", seen.declaration.lines[n].hs, note=tiers[n])
        if n in tiers
        else Evidence(f"lines[{n}].description", seen.declaration.lines[n].description, note="controlled kind")
        for n in lines[:3]
    )


def _place(seen: Seen, words: PlaceWords) -> list[Indicator]:
    party = seen.declaration.consignee
    kind, said = words.address_class(party)
    if not kind:
        if not party.address:
            seen.lacks("no address of the consignee is declared", "party.residential", "party.forwarder-final")
        return []
    where = "consignee.address" if said in party.address else "consignee.name"
    evidence = (Evidence(where, getattr(party, where.partition(".")[2]), note=f"“{said}”"), *_goods_evidence(seen))
    if kind == "residential" and seen.rule("party.residential") is not None:
        return [Indicator("party.residential", None, "Priority or controlled goods go to a home address.", evidence)]
    if kind == "forwarder" and seen.rule("party.forwarder-final") is not None:
        return [
            Indicator(
                "party.forwarder-final",
                None,
                "The final consignee of such goods is a forwarder or mail drop.",
                evidence,
            )
        ]
    return []


def _hub(seen: Seen) -> list[Indicator]:
    code = "route.transshipment-hub"
    place = seen.declaration.consignee.country
    if seen.rule(code) is None or not seen.priority:
        return []
    if not place:
        seen.lacks("no destination is declared", code)
        return []
    if place not in seen.pack.hubs or place == seen.declaration.consignor.country:
        return []
    number, tier = seen.priority[0]
    dated = seen.pack.hubs_dated.isoformat() if seen.pack.hubs_dated is not None else "no date"
    return [
        Indicator(
            code,
            number,
            f"A code of {tier} goes to {place}, a place of the hub list of {dated}.",
            (Evidence("consignee.country", place, note=f"hub list of {dated}"), *_goods_evidence(seen)),
        )
    ]


def _third_country(seen: Seen) -> list[Indicator]:
    code = "route.third-country-origin"
    posted = seen.declaration.consignor.country
    if seen.rule(code) is None or posted not in seen.pack.hubs:
        return []
    makers = seen.pack.makers(seen.packs.groups)
    numbers = sorted({number for number, _ in seen.priority} | set(seen.controlled))
    stated = [number for number in numbers if seen.declaration.lines[number].origin]
    if not stated:
        seen.lacks("no origin of the goods is declared", code)
    for number in stated:
        made = seen.declaration.lines[number].origin
        if made in makers and made not in (posted, seen.declaration.consignee.country):
            return [
                Indicator(
                    code,
                    number,
                    f"Goods made in {made} are sent on from {posted}, a place of the hub list.",
                    (Evidence(f"lines[{number}].origin", made), Evidence("consignor.country", posted, note="hub")),
                )
            ]
    return []


def _new_consignee(seen: Seen) -> list[Indicator]:
    code = "party.new-consignee"
    if seen.rule(code) is None or seen.history is None or not seen.priority:
        return []
    if not seen.history.consignee_entity:
        seen.lacks("too little is declared to tell who the consignee is", code)
        return []
    if seen.links("consignee=consignee", "consignee=consignor"):
        return []
    number, tier = seen.priority[0]
    line = seen.declaration.lines[number]
    value = seen.pack.value_eur(line.value, line.currency)
    if value is None:
        seen.lacks("no value is declared", code)
        return []
    if float(value) < seen.value(code, "value_least_eur", 500):
        return []
    return [
        Indicator(
            code,
            number,
            f"The consignee was never seen before and gets a code of {tier} for {float(value):.2f} EUR.",
            (Evidence(f"lines[{number}].value", str(line.value), note=line.currency), *_goods_evidence(seen)),
        )
    ]


def _illogical(seen: Seen) -> list[Indicator]:
    code = "route.illogical"
    declaration = seen.declaration
    if seen.rule(code) is None:
        return []
    if not declaration.route:
        seen.lacks("no route is declared", code)
        return []
    origin, destination = declaration.consignor.country, declaration.consignee.country
    evidence = (Evidence("route", " ".join(declaration.route), note=f"{origin} to {destination}"),)
    through = sorted(set(declaration.route) & (seen.pack.embargoed(seen.packs.groups) - {origin, destination}))
    if through:
        return [Indicator(code, None, f"The route leads through {', '.join(through)}, an embargoed place.", evidence)]
    detour = seen.pack.detour(origin, declaration.route, destination)
    if detour is None:
        seen.lacks("a place of the route is not known", code)
        return []
    ratio, direct = detour
    if ratio >= seen.value(code, "ratio_least", 1.8) and direct >= seen.value(code, "direct_least_km", 500):
        return [Indicator(code, None, f"The way is {ratio:.1f} times the direct {direct:.0f} km.", evidence)]
    return []
