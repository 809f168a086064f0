"""Family B, splitting and network (indicators 8–14): this item beside what the history ties to it."""

from __future__ import annotations

from tidewaiter.model import Evidence, HistoryLink, PriorItem
from tidewaiter.model.tails import poisson_bits
from tidewaiter.screen.indicators.goods import item_value
from tidewaiter.screen.indicators.seen import Indicator, Seen, of_items
from tidewaiter.text.s10 import parse_s10

SAME_CONSIGNEE = "consignee=consignee"
SAME_CONSIGNOR = "consignor=consignor"


def network_indicators(seen: Seen) -> list[Indicator]:
    """Return what fires of family B; nothing without a history."""
    if seen.history is None:
        return []
    return [*_split(seen), *_same_day(seen), *_many_to_one(seen), *_one_to_many(seen), *_shared(seen)]


def _heading_value(item: PriorItem, heading: str) -> float | None:
    known = [float(line.value_eur) for line in item.lines if line.hs[:4] == heading and line.value_eur is not None]
    return sum(known) if known else None


def _split(seen: Seen) -> list[Indicator]:
    code = "split.consignee"
    place = seen.declaration.consignee.country
    if seen.rule(code) is None:
        return []
    headings: dict[str, float] = {}
    for line in seen.declaration.lines:
        value = seen.pack.value_eur(line.value, line.currency)
        if len(line.hs) >= 4 and value is not None and value > 0:
            headings[line.hs[:4]] = headings.get(line.hs[:4], 0.0) + float(value)
    if not headings or not place or seen.at is None:
        seen.lacks("no HS code, value, destination or date is declared", code)
        return []
    days, least = seen.value(code, "window_days", 7), seen.value(code, "bits_least", 9)
    best: Indicator | None = None
    for heading, own in sorted(headings.items()):
        same_place = (link for link in seen.links(SAME_CONSIGNEE) if link.item.destination == place)
        every = [(link, _heading_value(link.item, heading)) for link in same_place]
        for name, limit in seen.pack.limits_for(place, seen.on, seen.packs.groups):
            fit = [(link, value) for link, value in every if value is not None and 0 < value < limit]
            recent = {link.item.id for link in seen.links(SAME_CONSIGNEE, days=days)}
            lots = [(link, value) for link, value in fit if link.item.id in recent]
            count, total = len(lots) + 1, sum(value for _, value in lots) + own
            if (
                own >= limit
                or count < seen.value(code, "n_least", 3)
                or total <= limit
                or total < seen.value(code, "share_of_limit_least", 0.35) * count * limit
            ):
                continue
            others = len(fit) - len(lots)
            span = _span_days(seen, fit)
            rate = (others + seen.value(code, "prior_items", 1)) / (span + seen.value(code, "prior_days", 120))
            bits = poisson_bits(count, rate * days)
            if bits >= least and (best is None or bits > best.bits):
                some = [link for link, _ in lots]
                best = Indicator(
                    code,
                    None,
                    f"{count} items of heading {heading} to one consignee within {days:.0f} days, each below {limit:.0f} EUR ({name}), together {total:.2f} EUR.",
                    (Evidence("lines", f"{own:.2f} EUR", note=f"heading {heading}"), *of_items(some)),
                    bits,
                    least,
                    seen.strength_of(some),
                )
    return [best] if best is not None else []


def _span_days(seen: Seen, fit: list[tuple[HistoryLink, float]]) -> float:
    """Return for how many days the consignee's own rate is known."""
    assert seen.at is not None
    if not fit:
        return 0.0
    return max(0.0, (seen.at - min(link.item.posted_at for link, _ in fit)).total_seconds() / 86400)


def _same_day(seen: Seen) -> list[Indicator]:
    code = "split.same-day"
    place, own = seen.declaration.consignee.country, seen.value_eur
    if seen.rule(code) is None:
        return []
    if own is None or not place or seen.at is None or not seen.history or not seen.history.consignor_entity:
        seen.lacks("no value, destination, date or consignor is known", code)
        return []
    sender = seen.history.consignor_entity
    links = [
        link
        for link in seen.links(SAME_CONSIGNEE, days=seen.value(code, "window_hours", 24) / 24)
        if link.item.consignor_entity == sender
        and link.item.destination == place
        and _near(seen, link.item, int(seen.value(code, "serials_within", 20)))
    ]
    for name, limit in seen.pack.limits_for(place, seen.on, seen.packs.groups):
        lots = [(link, value) for link in links if (value := item_value(link.item.lines)) is not None and value < limit]
        count, total = len(lots) + 1, sum(value for _, value in lots) + own
        if own < limit and count >= seen.value(code, "n_least", 2) and total > limit:
            if total < seen.value(code, "share_of_limit_least", 0.35) * count * limit:
                continue
            some = [link for link, _ in lots]
            return [
                Indicator(
                    code,
                    None,
                    f"{count} items of one sender to one consignee on one day, together {total:.2f} EUR, each below {limit:.0f} EUR ({name}).",
                    (Evidence("lines", f"{own:.2f} EUR", note=seen.declaration.id), *of_items(some)),
                    float((count - 1).bit_length() - 1),
                    0.0,
                    seen.strength_of(some),
                )
            ]
    return []


def _near(seen: Seen, item: PriorItem, serials: int) -> bool:
    """Return whether an earlier item was posted at the same office or bears a neighbouring S10 serial."""
    if item.office and item.office == seen.declaration.office:
        return True
    own, other = parse_s10(seen.declaration.id), parse_s10(item.id)
    return own is not None and other is not None and abs(int(own.serial) - int(other.serial)) <= serials


def _many_to_one(seen: Seen) -> list[Indicator]:
    code = "network.many-to-one"
    if seen.rule(code) is None or seen.history is None:
        return []
    if seen.at is None:
        seen.lacks("no date is known", code)
        return []
    days, least = seen.value(code, "window_days", 14), seen.value(code, "bits_least", 14)
    for via in (SAME_CONSIGNEE, "address", "phone"):
        if via in seen.history.damped:
            continue
        own = seen.history.consignor_entity
        first: dict[str, HistoryLink] = {}
        for link in reversed(seen.links(via)):
            if link.item.consignor_entity and link.item.consignor_entity != own:
                first.setdefault(link.item.consignor_entity, link)
        if len(first) >= seen.value(code, "degree_most", 60):
            continue
        new = [link for link in first.values() if (seen.at - link.item.posted_at).total_seconds() <= days * 86400]
        count = len(new) + 1
        span = max((seen.at - link.item.posted_at).total_seconds() / 86400 for link in first.values()) if first else 0.0
        rate = (len(first) - len(new) + 1) / (span + seen.value(code, "prior_days", 120))
        bits = poisson_bits(count, rate * days)
        if count >= seen.value(code, "n_least", 4) and bits >= least:
            return [
                Indicator(
                    code,
                    None,
                    f"{count} different senders to one {'consignee' if via == SAME_CONSIGNEE else via} within {days:.0f} days.",
                    (Evidence("consignor.name", seen.declaration.consignor.name), *of_items(new)),
                    bits,
                    least,
                    seen.strength_of(new),
                )
            ]
    return []


def _one_to_many(seen: Seen) -> list[Indicator]:
    """Alike wording to several consignees in the same country; the city of earlier items is not kept in a view."""
    code = "network.one-to-many"
    if seen.rule(code) is None or seen.history is None or not seen.declaration.lines:
        return []
    words = _words(seen.declaration.lines[0].description)
    if not words:
        seen.lacks("no description is declared", code)
        return []
    place = seen.declaration.consignee.country
    likeness = seen.value(code, "cosine_least", 0.9)
    others: dict[str, HistoryLink] = {}
    everyone = {link.item.consignee_entity for link in seen.links(SAME_CONSIGNOR)}
    for link in seen.links(SAME_CONSIGNOR, days=seen.value(code, "window_days", 30)):
        item = link.item
        if (
            item.destination == place
            and item.consignee_entity not in ("", seen.history.consignee_entity)
            and item.lines
        ):
            if _cosine(words, _words(item.lines[0].description)) >= likeness:
                others.setdefault(item.consignee_entity, link)
    count = len(others) + 1
    if count < seen.value(code, "n_least", 5) or len(everyone) + 1 >= seen.value(code, "shop_from", 60):
        return []
    some = list(others.values())
    return [
        Indicator(
            code,
            0,
            f"One sender who is no shop sent alike goods to {count} consignees in {place or 'one place'}.",
            (Evidence("lines[0].description", seen.declaration.lines[0].description), *of_items(some)),
            strength=seen.strength_of(some),
        )
    ]


def _words(text: str) -> frozenset[str]:
    return frozenset(word for word in text.casefold().split() if not word.isdigit())


def _cosine(left: frozenset[str], right: frozenset[str]) -> float:
    return len(left & right) / (len(left) * len(right)) ** 0.5 if left and right else 0.0


def _shared(seen: Seen) -> list[Indicator]:
    found = []
    assert seen.history is not None
    for code, ways, what in (
        ("network.shared-contact", ("phone", "email"), "phone or e-mail"),
        ("network.shared-address", ("address",), "address"),
    ):
        if seen.rule(code) is None:
            continue
        links = [
            link
            for link in seen.links(*ways, days=seen.value(code, "window_days", 90))
            if link.via not in seen.history.damped
        ]
        own = {seen.history.consignor_entity, seen.history.consignee_entity} - {""}
        parties: dict[str, HistoryLink] = {}
        for link in links:
            entity = link.item.consignee_entity or link.item.consignor_entity
            if entity and entity not in own:
                parties.setdefault(entity, link)
        count = len(parties) + 1
        if seen.value(code, "n_least", 3) <= count <= seen.value(code, "degree_most", 40):
            some = list(parties.values())
            found.append(
                Indicator(
                    code,
                    None,
                    f"The same {what} was declared for {count} different parties.",
                    of_items(some),
                    strength=seen.strength_of(some),
                )
            )
    return found
