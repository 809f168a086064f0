"""Labelled pairs of names to fit the name weights to: listed aliases, near strangers, altered names, ordinary people.

Public lists give pairs by themselves: two names of one entry are one party's, the nearest name of another entry is not.
To them come names altered as declarations alter them, names with one word replaced, and ordinary people and firms against
whatever the search proposes for them. Everything is drawn with a fixed seed.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz import fuzz, process

from tidewaiter.model import ListedParty
from tidewaiter.service.matching_measures.sources import PairRow
from tidewaiter.text.names_fold import to_latin

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_MOST_ENTRIES = 4500
_PAIR_SCHEMA = {"Company": "Organization", "LegalEntity": ""}
_LOCALES = (
    "en_US en_GB en_IN en_PK de_DE fr_FR es_ES es_MX pt_BR it_IT pl_PL nl_NL tr_TR ru_RU uk_UA ar_SA ar_EG fa_IR zh_CN "
    "ko_KR ja_JP hi_IN vi_VN id_ID az_AZ ka_GE el_GR he_IL th_TH yo_NG ha_NG uz_UZ"
)
_TRADES = (
    "Bakery Textiles Furniture Consulting Logistics Optics Garden Toys Books Motors Foods Dental Music Printing Design "
    "Travel Sports Fashion Plumbing Electronics Services Trading Engineering Software Media Farm Imports Supplies"
)
_FORMS = ("Ltd", "LLC", "GmbH", "Inc", "S.A.", "S.r.l.", "Co., Ltd.", "OOO", "Ltda", "Sp. z o.o.", "A.S.", "")


@dataclass(frozen=True, slots=True)
class NamePair:
    """Two names and whether they are one party's. `group` keeps pairs of one entry together when splitting."""

    schema: str
    declared: str
    listed: str
    is_match: bool
    group: str
    source: str


def labelled_pairs(rows: Iterable[PairRow]) -> list[NamePair]:
    """Return the shared labelled pairs; the listed name makes their group."""
    return [
        NamePair(_PAIR_SCHEMA.get(row.schema, row.schema), row.declared, row.listed, row.is_match, row.listed, row.file)
        for row in rows
    ]


def listed_pairs(parties: Sequence[ListedParty], without: frozenset[str], seed: int = 5) -> Iterator[NamePair]:
    """Yield pairs that a list holds: aliases of one entry, and the nearest names of other entries.

    Args:
        parties: Listed parties.
        without: Names that must not occur (those of the labelled pairs).
        seed: Seed of the draw.
    """
    chance = random.Random(seed)
    for schema in ("Person", "Organization"):
        entries = [party for party in parties if party.schema == schema and party.names]
        names = [(place, name.text) for place, party in enumerate(entries) for name in party.names]
        sorted_names = [_sorted(text) for _, text in names]
        drawn = chance.sample(range(len(entries)), min(len(entries), _MOST_ENTRIES))
        asked: list[tuple[int, str]] = []
        for place in drawn:
            texts = [name.text for name in entries[place].names]
            aliases = texts[1:]
            chance.shuffle(aliases)
            for alias in aliases[:2]:
                near = fuzz.token_set_ratio(to_latin(alias), to_latin(texts[0])) >= 60
                # Aliases that share no spelling are beyond any name matcher; a few keep the fit modest.
                if alias not in without and texts[0] not in without and (near or chance.random() < 0.05):
                    yield NamePair(schema, alias, texts[0], True, _group(entries[place]), "alias")
            if (one := chance.choice(texts)) not in without:
                asked.append((place, one))
        for start in range(0, len(asked), 400):
            part = asked[start : start + 400]
            likeness = process.cdist(
                [_sorted(text) for _, text in part], sorted_names, scorer=fuzz.ratio, dtype=np.uint8, workers=1
            )
            for row, (place, text) in zip(likeness, part, strict=True):
                nearest = np.argsort(-row.astype(np.int16), kind="stable")[:60]
                others = [names[number][1] for number in nearest if names[number][0] != place]
                rank = 0 if chance.random() < 0.6 else chance.choice((1, 2, 3))
                if len(others) > rank and others[rank] not in without:
                    yield NamePair(schema, text, others[rank], False, _group(entries[place]), "near")


def altered_pairs(pairs: Sequence[NamePair], count: int = 5000, seed: int = 11) -> Iterator[NamePair]:
    """Yield listed names altered as declarations alter them (true) and with one word replaced (false)."""
    chance = random.Random(seed)
    base = [pair for pair in pairs if pair.source in ("alias", "near")]
    chance.shuffle(base)
    words = {
        schema: [word for pair in base if pair.schema == schema for word in pair.listed.split() if len(word) > 2]
        for schema in ("Person", "Organization")
    }
    for pair in base[:count]:
        name = pair.listed.replace(",", "")
        altered, how = alter(name, pair.schema, chance)
        yield NamePair(pair.schema, altered, name, True, pair.group, how)
    for pair in base[count : count + int(0.7 * count)]:
        name = pair.listed.replace(",", "")
        parts = name.split()
        if len(parts) < 2:
            continue
        kind = chance.random()
        if pair.schema == "Person" and kind < 0.08:
            one, other, word = parts[0], parts[-1], chance.choice(("bin", "ibn", "bint"))
            whole = f"{one} {word} {other}"
            yield NamePair(pair.schema, f"{other} {word} {one}", whole, False, pair.group, "inverted")
            yield NamePair(
                pair.schema, f"{one} {chance.choice(('bin', 'ibn', 'ben'))} {other}", whole, True, pair.group, "descent"
            )
        elif kind < 0.8 or pair.schema == "Person":
            place = chance.randrange(len(parts) - (pair.schema != "Person" and len(parts) > 2))
            other = chance.choice(words[pair.schema])
            if fuzz.ratio(other.casefold(), parts[place].casefold()) <= 60:
                swapped = " ".join([*parts[:place], other, *parts[place + 1 :]])
                yield NamePair(pair.schema, swapped, name, False, pair.group, "replaced")
        else:
            number, against = chance.choice(("II", "III", "4", "7")), chance.choice(("V", "8", "11", ""))
            yield NamePair(pair.schema, f"{name} {number}", f"{name} {against}".strip(), False, pair.group, "numbered")


def alter(name: str, schema: str, chance: random.Random) -> tuple[str, str]:
    """Return the name altered in one way that declarations know, and the way."""
    words = name.split()
    way = chance.random()
    if way < 0.25:
        return typo(name, chance), "typo"
    if way < 0.45:
        return typo(typo(name, chance), chance), "two-typos"
    if way < 0.63:
        words = chance.sample(words, len(words)) if schema == "Person" else words[1:] + words[:1]
        text = " ".join(words)
        return (text, "order") if way < 0.55 else (typo(typo(text, chance), chance), "order-two-typos")
    if way < 0.73 and len(words) > 1:
        place = chance.randrange(len(words) - 1)
        return " ".join([*words[:place], words[place] + words[place + 1], *words[place + 2 :]]), "joined"
    if way < 0.8 and len(name) > 5:
        place = chance.randrange(2, len(name) - 2)
        return f"{name[:place]} {name[place:]}", "split"
    if way < 0.88 and len(name) > 30:
        return name[:30], "cut"
    if way < 0.94 and len(words) > 2:
        place = chance.randrange(len(words))
        return " ".join(words[:place] + words[place + 1 :]), "dropped"
    if schema == "Person" and len(words) > 1:
        place = chance.randrange(len(words))
        return " ".join([*words[:place], words[place][0], *words[place + 1 :]]), "initial"
    return name + chance.choice((" Warehouse Dept 3", " WAREHOUSE", " OFFICE 12", " BRANCH")), "appended"


def typo(name: str, chance: random.Random) -> str:
    """Return the name with one letter changed, dropped, added or swapped with the next."""
    letters = [place for place, char in enumerate(name) if char.isalpha()]
    if len(letters) < 4:
        return name
    place, way, letter = chance.choice(letters), chance.random(), chance.choice(_LETTERS)
    if way < 0.35:
        return name[:place] + letter + name[place + 1 :]
    if way < 0.6:
        return name[:place] + name[place + 1 :]
    if way < 0.8:
        return name[:place] + letter + name[place:]
    return name[:place] + name[place + 1 : place + 2] + name[place] + name[place + 2 :]


def ordinary_names(a_locale: int = 200, seed: int = 7) -> Iterator[tuple[str, str]]:
    """Yield (schema, name) of invented ordinary people and firms of many regions, by the Faker library."""
    from faker import Faker

    chance = random.Random(seed)
    for locale in _LOCALES.split():
        try:
            source = Faker(locale)
        except AttributeError:
            continue
        source.seed_instance(seed)
        for _ in range(a_locale):
            yield "Person", source.name()
        for _ in range(a_locale // 2):
            trades = " ".join(chance.sample(_TRADES.split(), chance.choice((1, 2))))
            yield "Organization", f"{source.last_name()} {trades} {chance.choice(_FORMS)}".strip()


def _sorted(text: str) -> str:
    return " ".join(sorted(to_latin(text).split()))


def _group(party: ListedParty) -> str:
    return f"{party.list}/{party.list_id}"
