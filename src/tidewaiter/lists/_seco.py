"""The Swiss sanctions list of the State Secretariat for Economic Affairs (XML, `swiss-sanctions-list`).

The file is read twice: first the programmes and places that targets point at, then the targets.
"""

from __future__ import annotations

from itertools import islice, product

from tidewaiter.lists._draft import Draft
from tidewaiter.lists._numbers import numbers_in
from tidewaiter.lists._parsing import Imported, day_of, iso, iso_date
from tidewaiter.lists._xml import Element, attribute, broken, records, root_attributes, text_of, texts_of
from tidewaiter.model import Problem

CODE = "ch"
_TITLE = "Swiss sanctions list (SECO)"
_PUBLISHER = "State Secretariat for Economic Affairs (SECO)"
_LICENCE = "published official list of the Swiss Confederation; no separate licence stated"
_SCHEMAS = {"individual": "Person", "entity": "Organization", "object": ""}
_OBJECTS = {"vessel": "Vessel", "aircraft": "Aircraft"}
_NOT_IN_NAMES = frozenset({"title", "suffix"})
# Spelling variants of every part multiply; beyond this many whole names a variant adds nothing to the matching.
_MOST_VARIANTS = 24

Place = tuple[list[str], str, str]


def read_seco(file: str, content: bytes) -> Imported:
    """Read the list. Targets whose newest modification took them off the list are left out.

    Raises:
        ListError: When the file is not well-formed XML.
    """
    programmes: dict[str, tuple[str, str]] = {}
    places: dict[str, Place] = {}
    for record in records(file, content, ("sanctions-program", "place"), ("target",)):
        if record.tag == "place":
            places[attribute(record, "ssid")] = _place(record)
            continue
        found = (_english(record, "program-key"), _english(record, "program-name"))
        for part in record.iterfind("sanctions-set"):
            programmes[attribute(part, "ssid")] = found
    drafts: list[Draft] = []
    problems: list[Problem] = []
    gone = 0
    for target in records(file, content, ("target",), ("sanctions-program", "place")):
        if _is_delisted(target):
            gone += 1
            continue
        draft = _draft(target, programmes, places)
        if draft.has_name and draft.list_id:
            drafts.append(draft)
        else:
            problems.append(broken(file, target, "the target has no name or no ssid"))
    if gone:
        problems.append(
            Problem("list.delisted", f"{gone} targets are no longer listed and were left out", "note", file)
        )
    dated = day_of(root_attributes(file, content).get("date", ""))
    parties = tuple(draft.party(CODE) for draft in drafts)
    return Imported(CODE, _TITLE, _PUBLISHER, parties, tuple(problems), dated, licence=_LICENCE)


def _english(record: Element, tag: str) -> str:
    texts = {attribute(child, "lang"): text_of(child) for child in record.iterfind(tag)}
    return texts.get("eng") or next(iter(texts.values()), "")


def _place(element: Element) -> Place:
    country = element.find("country")
    code = attribute(country, "iso-code") if country is not None else ""
    parts = [text_of(element, tag) for tag in ("c-o", "address-details", "p-o-box", "zip-code", "location", "area")]
    return parts, text_of(country), code


def _is_delisted(target: Element) -> bool:
    """Return whether the newest modification is a de-listing; of several on one day the first written is the newest."""
    newest = max(
        enumerate(target.iterfind("modification")),
        key=lambda pair: (attribute(pair[1], "effective-date") or attribute(pair[1], "publication-date"), -pair[0]),
        default=None,
    )
    return newest is not None and attribute(newest[1], "modification-type") == "de-listed"


def _draft(target: Element, programmes: dict[str, tuple[str, str]], places: dict[str, Place]) -> Draft:
    draft = Draft(attribute(target, "ssid"))
    draft.source_list = _TITLE
    sets = [attribute(target, "sanctions-set-id"), *texts_of(target, "sanctions-set-id")]
    for number in filter(None, sets):
        key, name = programmes.get(number, ("", ""))
        draft.programmes.append(key or name)
        draft.legal_basis.append(name or key)
    for kind, schema in _SCHEMAS.items():
        for node in target.iterfind(kind):
            draft.schema = schema or _OBJECTS.get(attribute(node, "object-type"), "")
            _node(node, places, draft)
    # Some files put the identities beside the kind of party, not inside it.
    for identity in target.iterfind("identity"):
        _identity(identity, places, draft)
    for change in target.iterfind("modification"):
        if attribute(change, "modification-type") in ("listed", "re-listed"):
            draft.date_listed(iso_date(attribute(change, "effective-date") or attribute(change, "publication-date")))
    draft.remark("foreign reference", text_of(target, "foreign-identifier"))
    draft.legal_basis = [basis for basis in draft.legal_basis if basis]
    return draft


def _node(node: Element, places: dict[str, Place], draft: Draft) -> None:
    ordered = sorted(node.iterfind("identity"), key=lambda identity: attribute(identity, "main") != "true")
    for identity in ordered:
        _identity(identity, places, draft)
    for tag, label in (("justification", ""), ("other-information", "")):
        for note in texts_of(node, tag):
            draft.remark(label, note)
            draft.identifiers.extend(numbers_in(note))


def _identity(identity: Element, places: dict[str, Place], draft: Draft) -> None:
    for name in identity.iterfind("name"):
        weak = attribute(name, "quality") == "low"
        primary = attribute(name, "name-type") == "primary-name" and not draft.has_name
        for position, (whole, complete) in enumerate(_whole_names(name)):
            grade = "weak-alias" if weak or not complete else "primary" if primary and position == 0 else "alias"
            draft.name(whole, grade)
    for element in identity.iterfind("address"):
        parts, country, code = _place(element)
        known = places.get(attribute(element, "place-id"), ([], "", ""))
        draft.place([*parts, *known[0]], country or known[1], code or known[2])
    for born in identity.iterfind("day-month-year"):
        about = "~" if attribute(born, "quality") == "low" else ""
        found = iso(attribute(born, "year"), attribute(born, "month"), attribute(born, "day"))
        if draft.schema in ("Person", ""):
            draft.born([about + found] if found else [])
        else:
            draft.remark("date", found)
    for document in identity.iterfind("identification-document"):
        draft.number(attribute(document, "document-type").replace("-", " "), text_of(document, "number"))
    for country in texts_of(identity, "nationality/country"):
        draft.remark("nationality", country)
    for where in identity.iterfind("place-of-birth"):
        parts, country, _ = places.get(attribute(where, "place-id")) or _place(where)
        draft.remark("born in", ", ".join(filter(None, (*parts, country))))


def _whole_names(name: Element) -> list[tuple[str, bool]]:
    """Return the whole name and its spellings, and whether each has all parts.

    A part without a spelling of its own keeps the list's spelling in the Latin script; in another script it is missing,
    and a family name alone is a weak alias.
    """
    parts = sorted(
        (part for part in name.iterfind("name-part") if attribute(part, "name-part-type") not in _NOT_IN_NAMES),
        key=lambda part: int(found) if (found := attribute(part, "order")).isdigit() else 99,
    )
    plain = [text_of(part, "value") or text_of(part) for part in parts]
    names = [(" ".join(filter(None, plain)), True)]
    scripts: dict[tuple[str, str], list[list[str]]] = {}
    for position, part in enumerate(parts):
        for spelling in part.iterfind("spelling-variant"):
            key = (attribute(spelling, "lang"), attribute(spelling, "script"))
            options = scripts.setdefault(key, [[] for _ in parts])
            if text := text_of(spelling):
                options[position].append(text)
    for (_, script), options in scripts.items():
        latin = script.upper() in ("", "LATN")
        complete = latin or all(options)
        filled = [found or ([plain[index]] if latin else [""]) for index, found in enumerate(options)]
        spelled = (" ".join(filter(None, words)) for words in islice(product(*filled), _MOST_VARIANTS))
        names.extend((whole, complete) for whole in spelled)
    return [(whole, complete) for whole, complete in names if whole]
