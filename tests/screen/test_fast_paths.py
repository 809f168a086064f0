"""What is remembered and what is worked out together never changes an answer: the same bytes by every way through."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest
from tests.conftest import LEGAL_DATE

from tidewaiter.formats.outcomes import JsonEncoder, screening_to_json
from tidewaiter.model import Declaration, GoodsLine, ListedName, ListedParty, Party
from tidewaiter.packs import PackSet
from tidewaiter.screen.goods import GoodsEngine
from tidewaiter.screen.memory import Memory
from tidewaiter.screen.party import PartyIndex
from tidewaiter.screen.pipeline import Screener
from tidewaiter.service.generate import generate
from tidewaiter.service.models import load_models, models_file

PLACES = ("US", "CN", "RU", "DE", "FR", "GB", "IR", "KP", "TR", "AE", "UA", "BY", "JP", "CH", "")
WORDINGS = (
    "бронепластина 6Б45", "rifle scope 4-16x44", "night vision monocular gen 3", "чехол для телефона", "防弹插板", "gift",
    "fishing vest", "GPS jammer 2 W", "thermal camera 640x480 9 Hz", "cotton t-shirt", "accelerometer", "books", "", "n/a",
    "toy rifle scope", "drone motor 2212", "valves", "red dot sight", "luxury watch", "банкноты", "plate carrier for dogs",
)  # fmt: skip
LISTED = (
    "Ivan Petrovich Orlov",
    "Karimov Trading LLC",
    "Чжан Вэй",
    "Golden Horn Shipping",
    "Abd al-Rahman Haddad",
    "TARA LTD",
)


def listed_parties() -> list[ListedParty]:
    kinds = ("Person", "Organization", "Person", "Organization", "Person", "Organization")
    return [
        ListedParty("us-sdn", str(place), kind, (ListedName(name), ListedName(name.upper() + " II")), ("1965-03-12",))
        for place, (name, kind) in enumerate(zip(LISTED, kinds, strict=True))
    ]


def altered(chance: random.Random, text: str) -> str:
    """Return a text with a slip, cut off, or in another order of words."""
    words = text.split()
    kind = chance.randrange(5)
    if kind == 0 and len(text) > 4:
        place = chance.randrange(len(text) - 1)
        return text[:place] + text[place + 1] + text[place] + text[place + 2 :]
    if kind == 1:
        return " ".join(reversed(words))
    return text[:30] if kind == 2 else text.upper() if kind == 3 else text


def items(seed: int, count: int) -> list[Declaration]:
    """Return declarations of every kind on every route, many of them alike in part."""
    chance = random.Random(seed)

    def party(plain: Party) -> Party:
        name = altered(chance, chance.choice(LISTED)) if chance.random() < 0.3 else plain.name
        return replace(
            plain, name=name, country=chance.choice(PLACES), birth_date=chance.choice(("", "", "1965-03-12"))
        )

    def line(plain: GoodsLine) -> GoodsLine:
        text = altered(chance, chance.choice(WORDINGS)) if chance.random() < 0.6 else plain.description
        value = Decimal(chance.choice(("1", "299", "300", "301", "750", "5000", "70000")))
        return replace(
            plain,
            description=text,
            hs=chance.choice(("", "", "901320", "930690", "85", "7113110000")),
            quantity=Decimal(chance.choice(("1", "2", "40"))),
            value=chance.choice((None, value, value)),
            currency=chance.choice(("EUR", "USD", "GBP", "")),
            origin=chance.choice(("", "US", "RU")),
        )

    return [
        replace(
            item,
            lines=tuple(map(line, item.lines)),
            consignor=party(item.consignor),
            consignee=party(item.consignee),
            nature=chance.choice(("gift", "sale", "return", "")),
            end_use=chance.choice(("", "", "military", "civil")),
            consignee_type=chance.choice(("", "person", "military")),
            route=chance.choice(((), (), ("TR",), ("AE", "IR"))),
        )
        for item in generate(count, seed=seed)
    ]


@pytest.fixture(scope="module")
def engine(shipped_packs: PackSet) -> GoodsEngine:
    return GoodsEngine(shipped_packs)


def screener(packs: PackSet, engine: GoodsEngine, remember: int) -> Screener:
    """Return a screener with all layers on that remembers so many answers."""
    index = PartyIndex.build(listed_parties(), cache_size=remember)
    learned = load_models(models_file())
    return Screener(packs, index, (), LEGAL_DATE, remember=remember, learned=learned, engine=engine)


def written(made: Screener, batches: Sequence[Sequence[Declaration]]) -> dict[str, bytes]:
    """Return each screening as bytes, by id, from an encoder that remembers what screenings share."""
    encoder = JsonEncoder()
    return {found.id: encoder.encode(found) for batch in batches for found in made.screen_batch(batch)}


@pytest.mark.parametrize("seed", [3, 29])
def test_memory_batches_and_their_order_never_change_an_answer(
    shipped_packs: PackSet, engine: GoodsEngine, seed: int
) -> None:
    every = items(seed, 110)
    forgetful = screener(shipped_packs, engine, 0)
    plain = {item.id: screening_to_json(forgetful.screen(item)) for item in every}
    assert {b'"hold"' in row for row in plain.values()} == {True, False}
    shuffled = random.Random(seed).sample(every, len(every))
    parts = [shuffled[first : first + 37] for first in range(0, len(shuffled), 37)]
    for remember in (0, 5, 10_000):
        made = screener(shipped_packs, engine, remember)
        assert written(made, [every]) == plain
        # A second time, in another order and other batches, with the memory of the first.
        assert written(made, parts) == plain


def test_a_fact_that_a_rule_for_all_goods_reads_is_never_answered_from_memory_of_another(
    shipped_packs: PackSet, engine: GoodsEngine
) -> None:
    remembering = screener(shipped_packs, engine, 1000)
    base = items(4, 1)[0]
    for value in ("299", "300", "300.01", "750", "751", "1000.01"):
        for place in ("RU", "BY", "KP"):
            for nature, end_use in (("gift", ""), ("sale", ""), ("sale", "military")):
                item = replace(
                    base,
                    nature=nature,
                    end_use=end_use,
                    consignor=replace(base.consignor, country="DE"),
                    consignee=replace(base.consignee, country=place),
                    lines=(replace(base.lines[0], description="luxury watch", value=Decimal(value), currency="EUR"),),
                )
                plain = screener_of_none(shipped_packs, engine).screen(item)
                assert screening_to_json(remembering.screen(item)) == screening_to_json(plain)


_NONE: list[Screener] = []


def screener_of_none(packs: PackSet, engine: GoodsEngine) -> Screener:
    """Return a screener without any memory, made once."""
    if not _NONE:
        _NONE.append(screener(packs, engine, 0))
    return _NONE[0]


def test_a_memory_stays_within_its_bounds_and_keeps_what_is_asked_for() -> None:
    memory: Memory[int, str] = Memory(10)
    for number in range(1000):
        assert memory.get(number) is None
        memory.put(number, str(number))
        assert memory.get(0) == "0"
        assert len(memory) <= 20
    assert memory.get(500) is None
    nothing: Memory[int, str] = Memory(0)
    nothing.put(1, "1")
    assert nothing.get(1) is None
