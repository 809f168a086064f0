"""Families D and E, conduct, identity and behaviour over time (indicators 24–31)."""

from __future__ import annotations

from math import log2

from tidewaiter.model import Evidence, HistoryLink
from tidewaiter.model.tails import binomial_bits, poisson_bits
from tidewaiter.screen.indicators.seen import Indicator, Seen, of_items
from tidewaiter.screen.indicators.words import name_form

HELD = frozenset({"hold", "refuse", "seize"})
POSTCODES = {"DE": (5,), "FR": (5,), "IT": (5,), "ES": (5,), "US": (5, 9), "RU": (6,), "CN": (6,), "IN": (6,), "UA": (5,), "PL": (5,),
             "CZ": (5,), "SK": (5,), "SE": (5,), "FI": (5,), "AT": (4,), "CH": (4,), "BE": (4,), "DK": (4,), "NO": (4,), "HU": (4,), "BG": (4,),
             "AU": (4,), "RO": (6,), "KZ": (6,), "BY": (6,), "JP": (7,), "KR": (5,), "TR": (5,), "GR": (5,), "RS": (5, 6)}  # fmt: skip
_SHARE_OF_FORMS = 0.055  # of items written in another form than the party's usual one, an estimate for live use


def conduct_indicators(seen: Seen) -> list[Indicator]:
    """Return what fires of families D and E."""
    found = [*_nature(seen), *_incomplete(seen)]
    if seen.history is not None:
        found += [*_spellings(seen), *_velocity(seen), *_after_hold(seen), *_new_class(seen)]
    return found


def _nature(seen: Seen) -> list[Indicator]:
    code = "nature.misused"
    declaration = seen.declaration
    if seen.rule(code) is None:
        return []
    if not declaration.nature:
        seen.lacks("no nature of the contents is declared", code)
        return []
    said = Evidence("nature", declaration.nature_code or declaration.nature, note=declaration.nature)
    if declaration.nature == "return":
        return _return(seen, said)
    if declaration.nature != "gift":
        return []
    factor = seen.value(code, "holiday_factor", 2) if seen.pack.is_season(declaration.posted, "gifts") else 1.0
    most = seen.value(code, "gift_quantity", 3)
    for number, line in enumerate(declaration.lines):
        if line.quantity is not None and line.quantity > most * factor:
            return [
                Indicator(
                    code,
                    number,
                    f"Declared as a gift with {line.quantity} equal pieces.",
                    (said, Evidence(f"lines[{number}].quantity", str(line.quantity))),
                )
            ]
    links = seen.links("consignor=consignor", days=seen.value(code, "window_days", 30))
    if len(links) + 1 >= seen.value(code, "items_least", 5) * factor:
        return [
            Indicator(
                code,
                None,
                f"Declared as a gift by a sender of {len(links) + 1} items within a month.",
                (said, *of_items(links)),
                strength=seen.strength_of(links),
            )
        ]
    return []


def _return(seen: Seen, said: Evidence) -> list[Indicator]:
    """A return of what never came: the sender is known to the history, and nothing from this consignee went to them."""
    if seen.history is None or not seen.history.consignor_entity or not seen.links("consignor=consignee"):
        return []
    receiver = seen.history.consignee_entity
    if not receiver or any(link.item.consignor_entity == receiver for link in seen.links("consignor=consignee")):
        return []
    return [
        Indicator(
            "nature.misused",
            None,
            "Declared as a return, but the history holds no earlier item from this consignee to the sender.",
            (said, *of_items(seen.links("consignor=consignee")[:5])),
        )
    ]


def _incomplete(seen: Seen) -> list[Indicator]:
    code = "party.incomplete"
    if seen.rule(code) is None:
        return []
    found = []
    declaration = seen.declaration
    for role, party in (("consignor", declaration.consignor), ("consignee", declaration.consignee)):
        if not party.name:
            seen.lacks(f"no name of the {role} is declared", code)
        elif seen.quality.is_placeholder(party.name):
            found.append(
                Indicator(
                    code,
                    None,
                    f"The {role}'s name “{party.name}” is a placeholder.",
                    (Evidence(f"{role}.name", party.name),),
                )
            )
        lengths = POSTCODES.get(party.country) if party.postcode else None
        if lengths is not None and not _fits(party.postcode, lengths):
            found.append(
                Indicator(
                    code,
                    None,
                    f"The {role}'s postcode does not fit {party.country} ({lengths[0]} digits expected).",
                    (Evidence(f"{role}.postcode", party.postcode, note=party.country),),
                )
            )
    one, other = declaration.consignor, declaration.consignee
    if one.name and one.name.casefold().split() == other.name.casefold().split():
        found.append(
            Indicator(
                code,
                None,
                "Consignor and consignee bear the same name.",
                (Evidence("consignor.name", one.name), Evidence("consignee.name", other.name)),
            )
        )
    return found


def _fits(postcode: str, lengths: tuple[int, ...]) -> bool:
    """Return whether a postcode has so many digits as its country's have; one with letters is not judged."""
    digits = postcode.replace(" ", "").replace("-", "")
    return len(digits) in lengths or not (digits.isdigit() or not digits)


def _spellings(seen: Seen) -> list[Indicator]:
    code = "party.many-spellings"
    if seen.rule(code) is None:
        return []
    links = seen.links("consignor=consignor", days=seen.value(code, "window_days", 30))
    if not seen.declaration.consignor.name:
        seen.lacks("no name of the consignor is declared", code)
        return []
    forms: dict[str, int] = {name_form(seen.declaration.consignor.name): 1}
    shown: dict[str, HistoryLink] = {}
    for link in links:
        form = name_form(link.item.consignor)
        if form:
            forms[form] = forms.get(form, 0) + 1
            shown.setdefault(form, link)
    total = sum(forms.values())
    least = seen.value(code, "bits_least", 8)
    bits = binomial_bits(total - max(forms.values()), total, _SHARE_OF_FORMS)
    if len(forms) < seen.value(code, "forms_least", 3) or bits < least:
        return []
    some = list(shown.values())
    return [
        Indicator(
            code,
            None,
            f"One resolved sender is written in {len(forms)} ways in {total} items, beyond transliteration.",
            (Evidence("consignor.name", seen.declaration.consignor.name), *of_items(some)),
            bits,
            least,
            seen.strength_of(some),
        )
    ]


def _velocity(seen: Seen) -> list[Indicator]:
    code = "behaviour.velocity"
    if seen.rule(code) is None:
        return []
    if seen.at is None:
        seen.lacks("no date is known", code)
        return []
    days, weeks = seen.value(code, "window_days", 7), seen.value(code, "weeks_before", 13)
    every = seen.links("consignor=consignor", days=days * (weeks + 1))
    recent = seen.links("consignor=consignor", days=days)
    if not every or seen.history is None:
        return []
    count, before = len(recent) + 1, len(every) - len(recent)
    oldest = min(link.item.posted_at for link in every)
    known = min(weeks, max(0.0, (seen.at - oldest).total_seconds() / 86400 / days - 1))
    if known < 4:
        return []
    factor = (
        seen.value("nature.misused", "holiday_factor", 2)
        if seen.pack.is_season(seen.declaration.posted, "sales")
        else 1.0
    )
    expected = (before + 1) / (known + 1) * factor
    least = seen.value(code, "bits_least", 14)
    bits = poisson_bits(count, expected)
    if (
        count < seen.value(code, "n_least", 5)
        or count <= seen.value(code, "ratio_least", 4) * before / known
        or bits < least
    ):
        return []
    return [
        Indicator(
            code,
            None,
            f"{count} items within {days:.0f} days against {before / known:.1f} a week in the {known:.0f} weeks before.",
            of_items(recent),
            bits,
            least,
            seen.strength_of(recent),
        )
    ]


def _after_hold(seen: Seen) -> list[Indicator]:
    code = "behaviour.after-hold"
    if seen.rule(code) is None or seen.history is None:
        return []
    own = seen.history.consignor_entity
    if not own:
        seen.lacks("too little is declared to tell who the sender is", code)
        return []
    ways = [via for via in ("consignee=consignee", "phone", "address") if via not in seen.history.damped]
    links = [
        link
        for link in seen.links(*ways, days=seen.value(code, "window_days", 30))
        if link.item.decision in HELD and link.item.consignor_entity and link.item.consignor_entity != own
    ]
    everyone = {link.item.consignor_entity for link in seen.links("consignee=consignee")}
    if not links or len(everyone) > seen.value(code, "held_most", 12):
        return []
    return [
        Indicator(
            code,
            None,
            f"An item of another sender to the same {links[0].via.partition('=')[0]} was held on {links[0].item.posted_at.date().isoformat()} or after.",
            of_items(links, "held"),
            strength=seen.strength_of(links),
        )
    ]


def _new_class(seen: Seen) -> list[Indicator]:
    code = "behaviour.new-class"
    if seen.rule(code) is None or not seen.controlled:
        return []
    links = seen.links("consignor=consignor")
    if len(links) < seen.value(code, "history_least", 10):
        return []
    for number in seen.controlled:
        heading = seen.declaration.lines[number].hs[:4]
        if len(heading) < 4:
            seen.lacks("no HS code is declared", code)
            continue
        if any(line.hs[:4] == heading for link in links for line in link.item.lines):
            continue
        bits = -log2(seen.value(code, "usual_share", 0.002) / (len(links) + 1))
        if bits > seen.value(code, "bits_least", 12):
            return [
                Indicator(
                    code,
                    number,
                    f"Heading {heading} is controlled and new for a sender of {len(links)} earlier items.",
                    (Evidence(f"lines[{number}].hs", seen.declaration.lines[number].hs), *of_items(links[:5])),
                    strength=seen.strength_of(links[:1]),
                )
            ]
    return []
