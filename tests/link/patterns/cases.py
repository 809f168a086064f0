"""For each pattern what it must find, and a near miss that it must not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.link.patterns.making import Mail

CHIP = {"hs": "854231", "value_eur": 60.0}
SECRET = {"controlled": 0.9, "hs": "901380", "value_eur": 400.0}


def _lots(m: Mail, gap: float) -> None:
    to = m.new()
    for n in range(4):
        m.item(100 + n * gap, {"value_eur": 120.0 + n}, consignee_entity=to)


def _pair(m: Mail, gap: float) -> None:
    by, to = m.new(), m.new()
    for n in range(2):
        m.item(100 + n * gap, {"value_eur": 120.0 + n}, consignor_entity=by, consignee_entity=to)


def _kit(m: Mail, parts: int) -> None:
    to = m.new()
    names = ["uav-flight-controller", "electronic-speed-controller", "uav-motor", "fpv-camera"]
    for n, name in enumerate(names[:parts]):
        m.item(90 + n * 9, {"concepts": name}, consignee_entity=to)


def _many(m: Mail, senders: int) -> None:
    to = m.new()
    for n in range(senders):
        m.item(110 + n, consignee_entity=to)


def _alike(m: Mail, same_city: bool) -> None:
    by = m.new()
    for n in range(8):
        m.item(106 + n, {"wording": 77}, consignor_entity=by, consignee_city="c-case" if same_city else f"c-case-{n}")


def _phone(m: Mail, parties: int) -> None:
    phone = m.new()
    for n in range(parties):
        m.item(120 + n, consignee_phone=phone)


def _address(m: Mail, parties: int) -> None:
    address = m.new()
    for n in range(parties):
        m.item(115 + n, consignee_address=address)


def _forms(m: Mail, forms: int) -> None:
    by = m.new()
    for n in range(12):
        m.item(121 + n * 0.5, consignor_entity=by, consignor_name=by * 1000 + n % forms)


def _offices(m: Mail, *offices: str) -> None:
    by = m.new()
    for n, office in enumerate(offices):
        m.item(110.3 + n * 0.1, consignor_entity=by, office=office)


def _burst(m: Mail, last: int) -> None:
    by = m.new()
    for week in range(8, 18):
        m.item(week * 7 + 3, consignor_entity=by)
    for n in range(last):
        m.item(127.3 + n * 0.3, consignor_entity=by)


def _held(m: Mail, other: bool) -> None:
    by, to = m.new(), m.new()
    held = m.item(100, consignor_entity=by, consignee_entity=to)
    m.add("decisions", item=held, decision="hold", at=m.at(101), random=False)
    m.item(105, consignor_entity=m.new() if other else by, consignee_entity=to)


def _class(m: Mail, known: bool) -> None:
    by = m.new()
    for n in range(30):
        m.item(60 + n, {"hs": "848620" if known and n == 3 else "950300"}, consignor_entity=by)
    m.item(120, {"hs": "848640", "controlled": 0.9}, consignor_entity=by)


def _firm(m: Mail, founded: str, nace: str, line: dict[str, Any]) -> None:
    from datetime import date

    to = m.new()
    m.add("entities", entity=to, country="KZ", founded=date.fromisoformat(founded), nace=nace)
    m.item(100, line, consignee_entity=to, destination="KZ")


def _licence(m: Mail, pieces: float) -> None:
    from datetime import date

    to, number = m.new(), f"L{m.new()}"
    m.add(
        "licences",
        licence=number,
        consignee=to,
        quantity=10.0,
        value_eur=1e6,
        valid_from=date(2026, 1, 1),
        valid_to=date(2026, 12, 31),
    )
    m.item(100, {"quantity": pieces}, consignee_entity=to, licence=number)


def _stack(m: Mail, times: int) -> None:
    by, to = m.new(), m.new()
    for n in range(times):
        m.item(
            100 + n,
            {"controlled": 0.9, "entries": "us-usml/I", "value_eur": 300.0},
            consignor_entity=by,
            consignee_entity=to,
        )


def _ids(m: Mail, same: bool) -> None:
    first = m.item(100)
    row = m.rows["items"][-1]
    assert row["item"] == first
    m.item(110, **({"item_id": row["item_id"]} if same else {}))


def _changes(m: Mail, times: int, field: str = "value") -> None:
    item = m.item(100)
    for n in range(times):
        m.add(
            "versions",
            item=item,
            version=n + 2,
            at=m.at(100.2 + n),
            before_dispatch=True,
            field=field,
            old="a",
            new="b",
            lower_risk=True,
        )


def _handle(m: Mail, senders: int) -> None:
    handle = m.new()
    for n in range(senders):
        m.item(100 + n, consignor_handle=handle)


def _round(m: Mail, last: str) -> None:
    middle = m.new()
    m.item(90, {"hs": "854370"}, consignee_entity=middle)
    m.item(105, {"hs": "854370"}, consignor_entity=middle, origin="DE", destination=last)


def _hub(m: Mail, heading: str) -> None:
    middle = m.new()
    m.item(90, CHIP, consignee_entity=middle, destination="KZ")
    m.item(105, {"hs": heading}, consignor_entity=middle, origin="KZ", destination="RU")


def _cover(m: Mail, others: int) -> None:
    cheap = [{"hs": hs, "value_eur": 8.0} for hs in ("610910", "950300", "330499")]
    m.item(100, SECRET, *cheap[:others])


def _seen(m: Mail, before: bool) -> None:
    to = m.new()
    if before:
        m.item(50, consignee_entity=to)
    m.item(120, CHIP | {"value_eur": 3000.0}, consignee_entity=to)


def _values(m: Mail, low: float) -> None:
    by = m.new()
    for n in range(30):
        m.item(60 + n, {"value_eur": low + n * 0.2}, consignor_entity=by)


def _equal(m: Mail, step: float) -> None:
    by = m.new()
    for n in range(6):
        m.item(60 + n, {"value_eur": 31.0 + n * step}, consignor_entity=by)


def _listed(m: Mail, same: bool) -> None:
    address = m.new()
    m.add("listed", address=address, list="test-list", list_id="1")
    m.item(100, consignee_address=address if same else m.new())


def _payer(m: Mail, other: bool) -> None:
    name = m.new()
    m.item(100, SECRET, consignee_name=name, payer_name=m.new() if other else name)


def _one(*lines: dict[str, Any], day: float = 100, **fields: Any) -> Callable[[Mail], object]:
    return lambda m: m.item(day, *lines, **fields)


Case = tuple[Callable[[Mail], object], Callable[[Mail], object]]
CASES: dict[str, Case] = {
    "value.under": (_one({"hs": "610910", "value_eur": 0.05, "net_mass_g": 5000.0}), _one({"hs": "610910", "value_eur": 9.0, "net_mass_g": 180.0})),
    "value.over-priority": (_one({"hs": "850440", "value_eur": 5000.0, "net_mass_g": 90.0}), _one({"hs": "850440", "value_eur": 20.0, "net_mass_g": 150.0})),
    "value.repeated": (lambda m: _equal(m, 0.0), lambda m: _equal(m, 1.0)),
    "value.bunching": (lambda m: _values(m, 141.0), lambda m: _values(m, 90.0)),
    "split.consignee": (lambda m: _lots(m, 1.0), lambda m: _lots(m, 9.0)),
    "split.same-day": (lambda m: _pair(m, 0.1), lambda m: _pair(m, 3.0)),
    "split.kit": (lambda m: _kit(m, 4), lambda m: _kit(m, 3)),
    "network.many-to-one": (lambda m: _many(m, 7), lambda m: _many(m, 3)),
    "network.one-to-many": (lambda m: _alike(m, True), lambda m: _alike(m, False)),
    "network.shared-contact": (lambda m: _phone(m, 9), lambda m: _phone(m, 2)),
    "network.shared-address": (lambda m: _address(m, 14), lambda m: _address(m, 7)),
    "party.phone-country": (_one(consignee_phone_country="US"), _one(consignee_phone_country="CN")),
    "party.residential": (_one(CHIP, consignee_address_class="residential"), _one(CHIP, consignee_address_class="business")),
    "party.forwarder-final": (_one(CHIP, consignee_address_class="forwarder"), _one(consignee_address_class="forwarder")),
    "route.transshipment-hub": (_one(CHIP, destination="KZ"), _one(CHIP, destination="FR")),
    "party.new-consignee": (lambda m: _seen(m, False), lambda m: _seen(m, True)),
    "party.new-company": (lambda m: _firm(m, "2023-02-01", "46.52", CHIP), lambda m: _firm(m, "2019-02-01", "46.52", CHIP)),
    "route.illogical": (_one(route="US"), _one(route="PL")),
    "route.third-country-origin": (_one(CHIP | {"origin": "US"}, origin="KZ", destination="RU"), _one(CHIP | {"origin": "KZ"}, origin="KZ", destination="RU")),
    "route.changed-after-posting": (lambda m: _changes(m, 1, "destination"), lambda m: _changes(m, 1, "description")),
    "nature.misused": (_one({"quantity": 20.0, "value_eur": 300.0}, nature="gift"), _one({"quantity": 2.0, "value_eur": 300.0}, nature="gift")),
    "party.incomplete": (_one(consignor_incomplete="placeholder"), _one(consignor_incomplete="")),
    "party.many-spellings": (lambda m: _forms(m, 6), lambda m: _forms(m, 1)),
    "party.near-listed": (lambda m: _listed(m, True), lambda m: _listed(m, False)),
    "behaviour.dispersed-posting": (lambda m: _offices(m, "O0000", "O0400", "O0800"), lambda m: _offices(m, "O0000", "O0001", "O0002")),
    "behaviour.velocity": (lambda m: _burst(m, 14), lambda m: _burst(m, 2)),
    "behaviour.after-hold": (lambda m: _held(m, True), lambda m: _held(m, False)),
    "behaviour.new-class": (lambda m: _class(m, False), lambda m: _class(m, True)),
    "enduse.line-of-business": (lambda m: _firm(m, "2010-01-01", "10.71", SECRET), lambda m: _firm(m, "2010-01-01", "26.11", SECRET)),
    "enduse.technical-level": (_one({"hs": "848620"}, destination="KG"), _one({"hs": "848620"}, destination="DE")),
    "licence.missing-document": (_one(SECRET), _one(SECRET, licence="L-1")),
    "licence.misused": (lambda m: _licence(m, 20.0), lambda m: _licence(m, 5.0)),
    "licence.exemption-stacking": (lambda m: _stack(m, 2), lambda m: _stack(m, 1)),
    "record.s10-reused": (lambda m: _ids(m, True), lambda m: _ids(m, False)),
    "record.mass-drift": (_one(gross_mass_g=1000.0, measured_mass_g=2500.0), _one(gross_mass_g=1000.0, measured_mass_g=1150.0)),
    "record.amended": (lambda m: _changes(m, 3), lambda m: _changes(m, 2)),
    "concealment.cover-goods": (lambda m: _cover(m, 3), lambda m: _cover(m, 2)),
    "relation.marketplace-handle": (lambda m: _handle(m, 5), lambda m: _handle(m, 1)),
    "relation.circular-flow": (lambda m: _round(m, "RU"), lambda m: _round(m, "FR")),
    "relation.hub-redispatch": (lambda m: _hub(m, "854231"), lambda m: _hub(m, "610910")),
    "relation.payer-differs": (lambda m: _payer(m, True), lambda m: _payer(m, False)),
    "queue.outlier": (_one({"value_eur": 900_000.0}, gross_mass_g=2.0), _one({"value_eur": 20.0}, gross_mass_g=300.0)),
}  # fmt: skip
