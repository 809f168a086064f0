"""Family H, concealment and relations (indicators 40–46)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from tidewaiter.model import Evidence, HistoryLink
from tidewaiter.screen.indicators.seen import Indicator, Seen, of_items

MILITARY_LISTS = frozenset({"eu-military", "us-usml", "ru-military"})
_PART_NUMBER = re.compile(r"(?=[\w\-/.]*\d)(?=[\w\-/.]*[^\W\d_])[\w\-/.]{5,}")
_LEET = re.compile(r"\b[^\W\d_]+[013457@$][^\W\d_]{2,}[013457@$]?[^\W\d_]*\b")
_EMOJI = re.compile("[\U0001f300-\U0001faff☀-➿]")


@cache
def _spaced(least: int) -> re.Pattern[str]:
    """Return what finds so many single letters set apart."""
    return re.compile(rf"(?:(?<=\s)|^)(?:[^\W\d_][\s.\-_*]){{{least - 1},}}[^\W\d_](?=\s|$)")


def concealment_indicators(seen: Seen) -> list[Indicator]:
    """Return what fires of family H."""
    found = [*_cover(seen), *_masking(seen), *_pretext(seen), *_payer(seen)]
    if seen.history is not None:
        found += [*_handle(seen), *_redispatch(seen)]
    return found


def _cover(seen: Seen) -> list[Indicator]:
    """Cheap unrelated lines around one that is controlled, or around one that says nothing beside one that is negated military."""
    code = "concealment.cover-goods"
    lines = seen.declaration.lines
    if len(lines) < 3 or seen.rule(code) is None:
        return []
    others = int(seen.value(code, "others_least", 3))
    if len(seen.controlled) == 1 and len(lines) > others:
        number = seen.controlled[0]
        rest = [line for n, line in enumerate(lines) if n != number]
        chapters = {line.hs[:2] for line in rest if line.hs}
        values = [line.value for line in rest if line.value is not None]
        own = lines[number].value
        cheap = own is None or all(value <= own for value in values)
        if cheap and len(chapters) >= seen.value(code, "chapters_least", 2) and lines[number].hs[:2] not in chapters:
            return [
                Indicator(
                    code,
                    number,
                    f"One sensitive line lies among {len(rest)} unrelated cheap ones.",
                    (
                        Evidence(f"lines[{number}].description", lines[number].description, note="sensitive"),
                        *(
                            Evidence(f"lines[{n}].description", x.description)
                            for n, x in enumerate(lines)
                            if n != number
                        ),
                    ),
                )
            ]
    chapters = {line.hs[:2] for line in lines if line.hs}
    if len(chapters) < 3 and any(line.hs for line in lines):
        return []
    pretext = [n for n, r in enumerate(seen.results) if any(c.role == "negated" or c.because for c in r.concepts)]
    empty = [n for n, defect in enumerate(seen.defects) if defect is not None]
    if not pretext or not empty:
        return []
    return [
        Indicator(
            code,
            None,
            "Unrelated lines of which one names no goods and one names a military thing as something else.",
            tuple(Evidence(f"lines[{n}].description", lines[n].description) for n in (*pretext[:1], *empty[:1])),
        )
    ]


def _masking(seen: Seen) -> list[Indicator]:
    code = "concealment.masking-language"
    if seen.rule(code) is None:
        return []
    apart = int(seen.value(code, "apart_least", 5))
    for number, line in enumerate(seen.declaration.lines):
        text = line.description
        masks = _masks_in(text, apart)
        if not masks:
            continue
        for what in ("letters set apart", "a sign for a word"):
            if what in masks:
                return [_masked(number, text, *masks[what], what)]
        defect, what = seen.defects[number], "a part number without a noun"
        if defect is not None and defect.kind == "code-only" and what in masks:
            return [_masked(number, text, *masks[what], what)]
        what = "digits for letters"
        if seen.controlled and what in masks:
            return [_masked(number, text, *masks[what], what)]
    return []


@lru_cache(maxsize=8192)
def _masks_in(text: str, apart: int) -> Mapping[str, tuple[int, int]]:
    """Return where a text looks masked, by what masks it; `apart` single letters count as letters set apart."""
    found = {
        "letters set apart": _spaced(apart).search(text),
        "a sign for a word": _EMOJI.search(text),
        "a part number without a noun": _PART_NUMBER.search(text),
        "digits for letters": _LEET.search(text),
    }
    return {what: match.span() for what, match in found.items() if match is not None}


def _masked(number: int, text: str, start: int, end: int, what: str) -> Indicator:
    return Indicator(
        "concealment.masking-language",
        number,
        f"The wording hides what the thing is: {what}.",
        (Evidence(f"lines[{number}].description", text, start, end, what),),
    )


def _pretext(seen: Seen) -> list[Indicator]:
    if not any(result.raised for result in seen.results) or seen.rule("concealment.collectible-pretext") is None:
        return []
    found = []
    for number, result in enumerate(seen.results):
        military = {raised.concept for raised in result.raised if raised.entry.list in MILITARY_LISTS}
        for concept in result.concepts:
            if (
                concept.concept in military
                and concept.designator
                and any(c.code == "concept.pretext" for c in concept.contributions)
            ):
                found.append(
                    Indicator(
                        "concealment.collectible-pretext",
                        number,
                        f"“{concept.because}” stands beside a military designation.",
                        concept.evidence,
                    )
                )
                break
    return found


def _payer(seen: Seen) -> list[Indicator]:
    code = "relation.payer-differs"
    declaration = seen.declaration
    if not seen.controlled or seen.rule(code) is None:
        return []
    if not declaration.payer or not declaration.consignee.name:
        seen.lacks("no payer is declared", code)
        return []
    payer = sorted(declaration.payer.casefold().split())
    if any(
        payer == sorted(name.casefold().split()) for name in (declaration.consignee.name, declaration.consignor.name)
    ):
        return []
    return [
        Indicator(
            code,
            None,
            "Controlled goods are paid for by someone who is neither sender nor consignee.",
            (Evidence("payer", declaration.payer), Evidence("consignee.name", declaration.consignee.name)),
        )
    ]


def _handle(seen: Seen) -> list[Indicator]:
    code = "relation.marketplace-handle"
    assert seen.history is not None
    if seen.rule(code) is None:
        return []
    declared = seen.declaration.consignor
    if not declared.handle and not declared.email:
        seen.lacks("no handle or e-mail of the consignor is declared", code)
        return []
    own = seen.history.consignor_entity
    senders: dict[str, HistoryLink] = {}
    for link in seen.links("handle", "email", days=seen.value(code, "window_days", 180)):
        entity = link.item.consignor_entity
        if link.via not in seen.history.damped and entity and own and entity != own:
            senders.setdefault(entity, link)
    count = len(senders) + 1
    if not seen.value(code, "n_least", 2) <= count <= seen.value(code, "degree_most", 25) or count < 2:
        return []
    some = list(senders.values())
    return [
        Indicator(
            code,
            None,
            f"The account “{declared.handle or declared.email}” stands for {count} different senders.",
            (
                Evidence(
                    "consignor.handle" if declared.handle else "consignor.email", declared.handle or declared.email
                ),
                *of_items(some),
            ),
            strength=seen.strength_of(some),
        )
    ]


def _redispatch(seen: Seen) -> list[Indicator]:
    """The sender is the consignee of earlier priority goods in a hub, and sends the same heading on."""
    code = "relation.hub-redispatch"
    declaration = seen.declaration
    if seen.rule(code) is None:
        return []
    place = declaration.consignee.country
    onward = seen.pack.embargoed(seen.packs.groups) | seen.pack.neighbours
    headings = {line.hs[:4] for line in declaration.lines if len(line.hs) >= 4}
    if not headings or not place:
        seen.lacks("no HS code or destination is declared", code)
        return []
    if place not in onward:
        return []
    listed = {code_[:6] for e in seen.packs.entries if e.list == "us-chpl" for p in e.paragraphs for code_ in p.codes}
    links = [
        link
        for link in seen.links("consignor=consignee", days=seen.value(code, "window_days", 30))
        if link.item.destination in seen.pack.hubs
        and link.item.destination != place
        and link.item.origin != link.item.destination
        and any(x.hs[:4] in headings and (x.hs[:6] in listed or x.entries) for x in link.item.lines)
    ]
    if not links:
        return []
    return [
        Indicator(
            code,
            None,
            f"The sender got goods of the same heading in {links[0].item.destination} within a month, and sends them on to {place}.",
            (Evidence("consignee.country", place), *of_items(links)),
            float(len(links) - 1),
            0.0,
            seen.strength_of(links),
        )
    ]
