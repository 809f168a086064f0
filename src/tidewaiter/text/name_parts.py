"""What each word of a personal name is: given or family name, patronymic, particle, title, suffix, initial, numeral.

A tag is a guess from the word and its place. Names that stand in no table are tagged by their ending or left as `name`;
a comparison may give a tag weight, never a veto.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from tidewaiter.text.names_data import name_kinds, title_words, words_in

GIVEN, FAMILY, PATRONYMIC, PARTICLE = "given", "family", "patronymic", "particle"
TITLE, SUFFIX, INITIAL, NUMERAL, NAME = "title", "suffix", "initial", "numeral", "name"

_PARTICLES = frozenset(
    words_in(
        "al el ul ar as ad an at az ash ibn bin ben bint binti binte bte ould wuld ag de da do dos das del della "
        "delle degli di du des der den dem ten ter tot van von vom zu zum zur af av la le las les los lo y e i "
        "und vande vanden vander san santa saint st abu abou umm um aal ait nic ni mac mc ap fitz ha"
    )
)
_CHILD_OF = frozenset({"bin", "ibn", "ben", "bint", "binti", "binte", "bte", "ould", "wuld", "ag"})
# Written after the father's name.
_OF_FATHER = frozenset({"oglu", "ogly", "oghlu", "ugli", "ogli", "uly", "uli", "uulu", "kyzy", "qizi", "kizi", "gizi"})
_PATRONYMIC = re.compile(
    r".{2,}(?:(?:[oeiy]v|ii?v|yv)(?:ich|ych|itch|itsch|ic|ici)|(?:[oeiy]v)n[ay]|ichna|inichna|(?<=il)yich|(?<=kuz)mich|(?<=lu)kich|(?<=fo)mich|(?<=niki)tich|(?<=sav)v?ich)$"
)
_PATRONYMIC_ALWAYS = re.compile(r".{2,}(?:(?:ov|ev|iv)n[ay]|ichna|(?:oglu|ogly|oghlu|qizi|kyzy|kizi|gizi|uulu))$")
_FAMILY_ENDING = re.compile(
    r".{2,}(?:ov|ova|eva|ev|sky|skiy|skyi|skyy|skii|ski|skaya|skaia|enko|chuk|yan|shvili|dze|escu|opoulos|idis|akis|ovic|evic|zadeh?|pour|nejad|"
    r"sson|wicz|czyk|moto|yama|mura|kawa|guchi)$"
)
# Family names that stand before the given name, usual in East Asia.
_FIRST_FAMILY = frozenset(
    words_in(
        "xi kim pak park bak ri lee yi choe choi jong jung chung jeong kang cho jo yun yoon chang jang rim lim im "
        "han so seo suh sin shin kwon hwang an ahn song chon jeon hong yu yoo ryu ko mun moon son pae bae paek "
        "baek ho hur no roh nam sim wang li zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo he lin "
        "gao luo zheng liang xie tang feng dong xiao cheng cao yuan deng shen zeng peng su jiang cai ye yan pan "
        "ding ren yao liao qiu fan wei shi jin tan bai meng qin hou long duan lei qian mao wen tian du dai xia "
        "zhong fu lu lyu cui kong shao tao gu nguyen tran le pham hoang phan vu vo dang bui do ngo duong ly "
        "ouyang situ sima zhuge chan wong cheung leung lau ng tsang yip kwok tsui chow chau tse hui fung sato "
        "suzuki takahashi tanaka ito watanabe yamamoto nakamura kobayashi kato yoshida"
    )
)


def is_patronymic(token: str) -> bool:
    """Return whether a word has the ending of a patronymic; some family names have it too (Abramovich)."""
    return _PATRONYMIC.match(token) is not None or _PATRONYMIC_ALWAYS.match(token) is not None


def is_given(token: str) -> bool:
    """Return whether a word is a known given name."""
    return name_kinds().get(token, "f") != "f"


def is_family(token: str) -> bool:
    """Return whether a word is a known family name or ends like one."""
    kind = name_kinds().get(token)
    return kind in ("f", "b") or (kind is None and _FAMILY_ENDING.match(token) is not None)


@lru_cache(maxsize=1 << 14)
def tag_parts(tokens: tuple[str, ...]) -> tuple[str, ...]:
    """Return one tag for each word of a person's name.

    Args:
        tokens: Lower-case Latin words in their order, as in `NormalName.tokens` or before titles are dropped.

    Returns:
        For each word one of given, family, patronymic, particle, title, suffix, initial, numeral or name (not known).
    """
    if not tokens:
        return ()
    tags = [""] * len(tokens)
    _tag_fixed(tokens, tags)
    _tag_descent(tokens, tags)
    _tag_patronymics(tokens, tags)
    _tag_names(tokens, tags)
    return tuple(tags)


@cache
def _title(token: str) -> str:
    return title_words().get(token, "")


def _tag_fixed(tokens: tuple[str, ...], tags: list[str]) -> None:
    """Tag what the word alone tells: numerals, initials, titles before the name, suffixes after it, particles."""
    last = len(tokens) - 1
    for place, token in enumerate(tokens):
        if token.isdigit():
            tags[place] = NUMERAL
        elif len(token) == 1:
            tags[place] = PARTICLE if token in ("y", "e", "i") and 0 < place < last else INITIAL
        elif (place and token in _PARTICLES and place < last) or (
            token in ("abu", "abou", "umm", "abdul", "abd") and place < last
        ):
            tags[place] = PARTICLE
        elif place == last and last > 1 and (_title(token) == "end" or token in ("jr", "sr", "iii", "iv", "ii")):
            tags[place] = SUFFIX
    place = 0
    while place < last - 1 + (_title(tokens[0]) == "drop") and _title(tokens[place]) in ("drop", "keep"):
        # A word that is a name as well (Amir, Sultan, Sharif) is a title only before two other words.
        if not tags[place] and (_title(tokens[place]) == "drop" or last - place >= 2):
            tags[place] = TITLE
        place += 1


def _tag_descent(tokens: tuple[str, ...], tags: list[str]) -> None:
    """Tag the father's name after bin, ibn and bint, and before oglu and kyzy."""
    for place, token in enumerate(tokens):
        if token in ("abdul", "abd") and place == len(tokens) - 2:
            tags[place + 1] = tags[place + 1] or GIVEN
        if token in _CHILD_OF and tags[place] == PARTICLE:
            father = place + 1
            while father < len(tokens) - 1 and tags[father] == PARTICLE:
                father += 1
            if not tags[father]:
                tags[father] = PATRONYMIC
        elif token in _OF_FATHER and place and len(tokens) > 2:
            tags[place] = PARTICLE
            if not tags[place - 1]:
                tags[place - 1] = PATRONYMIC


def _tag_patronymics(tokens: tuple[str, ...], tags: list[str]) -> None:
    """Tag at most one word by its ending; of two candidates the one after a known given name."""
    free = [place for place, tag in enumerate(tags) if not tag]
    candidates = [place for place in free if is_patronymic(tokens[place])]
    if not candidates:
        return
    after_given = [place for place in candidates if place and is_given(tokens[place - 1])]
    always = [place for place in candidates if _PATRONYMIC_ALWAYS.match(tokens[place])]
    if always:
        tags[always[0]] = PATRONYMIC
    elif len(free) + sum(tag == INITIAL for tag in tags) > 2:
        tags[(after_given or [place for place in candidates if place] or candidates)[0]] = PATRONYMIC


def _tag_names(tokens: tuple[str, ...], tags: list[str]) -> None:
    """Tag the words left as given and family names, by the tables, the ending and the place."""
    free = [place for place, tag in enumerate(tags) if not tag]
    if not free:
        return
    if PATRONYMIC in tags and len(free) > 1:
        _tag_around_patronymic(tokens, tags, free)
        return
    if len(free) == 1:
        token = tokens[free[0]]
        alone = (
            FAMILY
            if INITIAL in tags or (is_family(token) and not is_given(token))
            else GIVEN
            if is_given(token)
            else NAME
        )
        tags[free[0]] = alone
        return
    given = [place for place in free if is_given(tokens[place])]
    family = [place for place in free if is_family(tokens[place])]
    first, last = free[0], free[-1]
    if (
        (first in family and first not in given and last not in family)
        or (
            tokens[first] in _FIRST_FAMILY
            and len(free) < 4
            and not (last in family and first in given)
            and last not in given
        )
        or (last in given and last not in family and first not in given and len(free) == 2)
    ):
        chosen = first
    else:
        chosen = last
    for place in free:
        tags[place] = FAMILY if place == chosen else GIVEN


def _tag_around_patronymic(tokens: tuple[str, ...], tags: list[str], free: list[int]) -> None:
    """Tag given and family name beside a patronymic: the given name is known, or stands right before it."""
    patronymic = tags.index(PATRONYMIC)
    known = [place for place in free if is_given(tokens[place])]
    before = [place for place in free if place < patronymic]
    given = before[-1] if before and (before[-1] in known or not known) else (known or free)[0]
    for place in free:
        tags[place] = GIVEN if place == given else FAMILY
