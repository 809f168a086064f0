"""The generated mail has the shares its docstring states; a reader of a benchmark can rely on them."""

from __future__ import annotations

import random
from collections import Counter
from itertools import islice, pairwise

import pytest

from tidewaiter.model import Declaration
from tidewaiter.service.generate import CONTROLLED_SHARE, NEW_CONSIGNEE, NEW_CONSIGNOR, generate
from tidewaiter.service.mail.people import make_party
from tidewaiter.service.mail.repeats import Repeats, by_rank, mistyped
from tidewaiter.service.mail.words import words
from tidewaiter.text.s10 import parse_s10

COUNT = 20_000


@pytest.fixture(scope="module")
def mail() -> list[Declaration]:
    return list(generate(COUNT))


def seen_before(things: list[object]) -> float:
    """Return the share of things that came earlier in the list."""
    return 1 - len(set(things)) / len(things)


def test_the_same_seed_gives_the_same_mail_and_another_seed_other_mail(mail: list[Declaration]) -> None:
    assert list(generate(200)) == mail[:200]
    assert list(generate(200, seed=1)) != mail[:200]


def test_every_item_has_two_named_parties_with_addresses_and_a_valid_identifier(mail: list[Declaration]) -> None:
    for item in mail[:2000]:
        for party in (item.consignor, item.consignee):
            assert party.name
            assert party.address
            assert len(party.country) == 2
        identifier = parse_s10(item.id)
        assert identifier is not None
        assert identifier.valid
    assert len({item.id for item in mail}) == COUNT


def test_senders_and_receivers_come_again_as_often_as_stated(mail: list[Declaration]) -> None:
    assert 1 - NEW_CONSIGNOR - 0.08 < seen_before([item.consignor for item in mail]) < 1 - NEW_CONSIGNOR
    assert 1 - NEW_CONSIGNEE - 0.05 < seen_before([item.consignee for item in mail]) < 1 - NEW_CONSIGNEE


def test_a_few_senders_send_much_and_most_send_once(mail: list[Declaration]) -> None:
    counts = [count for _, count in Counter(item.consignor for item in mail).most_common()]
    assert sum(counts[: len(counts) // 100]) > 0.06 * COUNT
    assert counts[0] < 0.01 * COUNT
    assert sum(count == 1 for count in counts) > 0.4 * len(counts)


def test_names_are_many_and_their_words_repeat(mail: list[Declaration]) -> None:
    names = {party.name for item in mail for party in (item.consignor, item.consignee)}
    heard = Counter(word for name in names for word in name.split())
    assert len(names) > 0.9 * COUNT
    assert len(heard) > 8000
    assert sum(count for _, count in heard.most_common(200)) > 0.3 * heard.total()


def test_wording_repeats_and_is_in_at_least_seven_languages(mail: list[Declaration]) -> None:
    texts = [line.description for item in mail for line in item.lines]
    assert 0.75 < seen_before(list(texts)) < 0.88
    nouns = {language: {nouns[language] for _, nouns in words().goods} for language in words().languages}
    spoken = Counter(
        language for text in islice(texts, 3000) for language, of in nouns.items() if any(noun in text for noun in of)
    )
    assert len(spoken) >= 7
    assert min(spoken.values()) > 30


def test_one_line_in_a_thousand_is_controlled(mail: list[Declaration]) -> None:
    texts = {text for _, text in words().controlled}
    lines = [line for item in mail for line in item.lines]
    share = sum(line.description in texts for line in lines) / len(lines)
    assert 0.4 * CONTROLLED_SHARE < share < 1.7 * CONTROLLED_SHARE
    assert 1.35 < len(lines) / COUNT < 1.45


def test_typing_errors_are_as_many_as_stated() -> None:
    chance = random.Random(4)
    assert {len(mistyped(chance, "children")) for _ in range(50)} == {7, 8, 9}
    assert mistyped(chance, "tea") == "tea"


def test_what_is_drawn_again_follows_a_power_law() -> None:
    chance, made = random.Random(3), iter(range(10**6))
    repeats: Repeats[int] = Repeats(0.3, 100)
    counts = [
        count for _, count in Counter(repeats.draw(chance, lambda: next(made)) for _ in range(50_000)).most_common()
    ]
    # Rank times ten makes the count about 10 ** 0.7 times smaller, as the exponent 1 - 0.3 says.
    ratios = [counts[rank] / counts[10 * rank] for rank in (100, 300)]
    assert all(3 < ratio < 8 for ratio in ratios)


def test_draws_by_rank_favour_the_first() -> None:
    chance = random.Random(5)
    counts = Counter(by_rank(chance, "abcdefgh") for _ in range(20_000))
    drawn = [counts[letter] for letter in "abcdefgh"]
    assert all(more > fewer for more, fewer in pairwise(drawn[:5]))
    assert drawn[0] / drawn[3] == pytest.approx(4, rel=0.15)


@pytest.mark.parametrize("code", sorted(words().cultures))
def test_every_culture_makes_people_and_firms(code: str) -> None:
    chance, culture = random.Random(6), words().cultures[code]
    made = [make_party(chance, culture, serial, 0.5) for serial in range(300)]
    assert len({party.name for party in made}) > 150
    assert any(party.name.endswith(tuple(culture.forms)) for party in made)
    assert {party.country for party in made} <= set(culture.places)
