"""Where an indicator runs both live and nightly, both say the same of the same items (random small data)."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from tests.link.patterns.making import Mail
from tidewaiter.backends.duckdb_patterns import Patterns
from tidewaiter.model import Declaration, GoodsLine, HistoryLink, HistoryView, Party, PriorItem, PriorLine
from tidewaiter.screen.pipeline import Screener

BY_ITEM = ("record.mass-drift", "route.transshipment-hub", "party.phone-country", "route.third-country-origin")
BY_PARTY = ("split.same-day", "relation.hub-redispatch", "behaviour.after-hold", "licence.exemption-stacking")
PHONES = {
    "DE": "+49 561 5550144",
    "KZ": "+7 701 5550144",
    "RU": "+7 916 5550144",
    "US": "+1 212 5550144",
    "TR": "+90 212 5550144",
}


@dataclass
class Item:
    number: int
    name: str
    day: float
    by: int
    to: int
    origin: str
    destination: str
    hs: str
    value: float
    made_in: str
    phone: str
    weighed: float
    held: bool


def _traffic(seed: int) -> list[Item]:
    rng = random.Random(seed)
    found = []
    day = 10.0
    for n in range(160):
        day += rng.expovariate(3.0)
        by, to = rng.randrange(1, 9), rng.randrange(5, 13)
        origin = "KZ" if by >= 5 else rng.choice(["DE", "US"])
        destination = rng.choice(["KZ", "RU", "FR"]) if by < 5 else rng.choice(["RU", "FR"])
        found.append(
            Item(
                n,
                "",
                day,
                by,
                to,
                origin,
                destination,
                rng.choice(["854231", "610910", "901380"]),
                round(rng.uniform(40, 190), 2),
                rng.choice(["US", "KZ", "DE"]),
                rng.choice([origin, destination, "TR"]) if destination != "FR" else rng.choice([origin, "TR"]),
                rng.choice([300.0, 310.0, 600.0, 150.0]),
                rng.random() < 0.04,
            )
        )
    return found


def _as_prior(i: Item, mail: Mail) -> PriorItem:
    return PriorItem(
        i.name,
        mail.at(i.day),
        (PriorLine("goods", i.hs, value_eur=Decimal(str(i.value))),),
        i.origin,
        i.destination,
        "O1",
        consignor_entity=f"e{i.by}",
        consignee_entity=f"e{i.to}",
        decision="hold" if i.held else "",
    )


def _view(items: list[Item], own: Item, mail: Mail) -> HistoryView:
    links = []
    for i in reversed(items):
        sides = (("consignor", own.by), ("consignee", own.to))
        for (mine, a), (theirs, b) in [(x, y) for x in sides for y in (("consignor", i.by), ("consignee", i.to))]:
            if a == b:
                links.append(HistoryLink(_as_prior(i, mail), f"{mine}={theirs}", 20_000))
    return HistoryView(mail.at(own.day), tuple(links), len(links), f"e{own.by}", f"e{own.to}")


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_live_and_nightly_agree(seed: int, shipped_screener: Screener, tmp_path: Path) -> None:
    mail, items = Mail(), _traffic(seed)
    live: dict[str, set[object]] = {code: set() for code in (*BY_ITEM, *BY_PARTY)}
    for place, i in enumerate(items):
        i.number = mail.item(
            i.day,
            {"hs": i.hs, "value_eur": i.value, "origin": i.made_in},
            origin=i.origin,
            destination=i.destination,
            office="O1",
            consignor_entity=i.by,
            consignee_entity=i.to,
            consignee_phone_country=i.phone,
            gross_mass_g=300.0,
            measured_mass_g=i.weighed,
        )
        i.name = mail.rows["items"][-1]["item_id"]
        if i.held:
            mail.add(
                "decisions", item=i.number, decision="hold", at=mail.at(i.day) + timedelta(seconds=1), random=False
            )
        declaration = Declaration(
            i.name,
            (GoodsLine("plain goods", i.hs, Decimal(1), Decimal(250), Decimal(str(i.value)), "EUR", i.made_in),),
            consignor=Party("A", country=i.origin),
            consignee=Party("B", country=i.destination, phone=PHONES.get(i.phone, "")),
            posted_at=mail.at(i.day),
            office="O1",
            gross_mass_g=Decimal(300),
            measured_mass_g=Decimal(str(i.weighed)),
        )
        for finding in shipped_screener.screen(declaration, _view(items[:place], i, mail)).findings:
            if finding.code in BY_ITEM:
                live[finding.code].add(i.name)
            elif finding.code in BY_PARTY:
                live[finding.code].add(i.by if finding.code == "relation.hub-redispatch" else i.to)
    nightly: dict[str, set[object]] = {code: set() for code in live}
    with Patterns(mail.write(tmp_path), shipped_screener.packs, mail.at(60).date()) as patterns:
        patterns.run(nightly)
        for hit in patterns.hits():
            nightly[hit.code].update(hit.items if hit.code in BY_ITEM else [hit.subject])
    for code in (*BY_ITEM, *BY_PARTY):
        if (
            code != "behaviour.after-hold"
        ):  # nightly it leaves senders with more than three consignees out, who are many here
            assert live[code] == nightly[code], code
    assert nightly["behaviour.after-hold"] <= live["behaviour.after-hold"]
    assert live["split.same-day"]
    assert live["relation.hub-redispatch"]
    assert live["record.mass-drift"]
