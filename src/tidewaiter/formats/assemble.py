"""From named text fields to a `Declaration` with located problems. Every codec ends here, so all defects read alike."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache

from tidewaiter.formats.values import (
    is_empty,
    read_country,
    read_currency,
    read_date,
    read_instant,
    read_nature,
    read_number,
)
from tidewaiter.model import Declaration, Document, GoodsLine, Party, Problem, Source
from tidewaiter.text.s10 import parse_s10

Fields = Mapping[str, str]
LINE_FIELDS = (
    "description",
    "revised_description",
    "hs",
    "revised_hs",
    "quantity",
    "net_mass_g",
    "net_mass_kg",
    "value",
    "currency",
    "origin",
)
PARTY_FIELDS = ("name", "address", "city", "postcode", "phone", "email", "id_number", "birth_date", "handle")
MAX_FIELD = 100_000
CONSIGNEE_TYPES = {"private-person", "business", "government", "military", "university", "forwarder"}
END_USES = {"civil", "military", "resale", "research", "wmd"}
_BETWEEN_PLACES = re.compile(r"[;,\s]+")
_HS_MARKS = re.compile(r"[\s.\u00a0]")


@dataclass(frozen=True, slots=True)
class Rejected:
    """An item that could not become a declaration, with the reasons and what was read."""

    id: str
    problems: tuple[Problem, ...] = ()
    source: Source = Source()
    raw: tuple[tuple[str, str], ...] = ()


@dataclass
class Collector:
    """Collects the problems of one item."""

    file: str
    line: int | None = None
    problems: list[Problem] = field(default_factory=list)

    def add(
        self,
        code: str,
        message: str,
        name: str,
        read: str = "",
        expected: str = "",
        hint: str = "",
        severity: str = "warning",
    ) -> None:
        """Record one problem."""
        self.problems.append(Problem(code, message, severity, self.file, self.line, name, read[:200], expected, hint))

    def number(self, name: str, text: str) -> tuple[Decimal | None, str]:
        """Return a number and what is glued to it; an unreadable one is a problem."""
        if not text or is_empty(text):
            return None, ""
        found = read_number(text)
        if found is None:
            self.add("format.number", "not a number", name, text, "a number such as 12.50 or 12,50")
            return None, ""
        if found[0] < 0:
            self.add("format.number", "a negative number", name, text, "zero or more")
            return None, ""
        return found

    def country(self, name: str, text: str) -> str:
        """Return a country code; an unknown one is a problem."""
        if not text:
            return ""
        code = read_country(text)  # no word for an empty cell is a country, so the known ones are asked first
        if not code and not is_empty(text):
            self.add(
                "format.country",
                "not a country",
                name,
                text,
                "an ISO 3166-1 alpha-2 code",
                "write the two-letter code, e.g. DE",
            )
        return code


def read_line(fields: Fields, collect: Collector) -> GoodsLine:
    """Return one goods line."""
    get = fields.get
    mass, mass_unit = collect.number("net_mass_g", get("net_mass_g", ""))
    if mass_unit and mass is not None and mass_unit.casefold() in ("kg", "кг"):
        mass *= 1000
    if mass is None and not is_empty(get("net_mass_kg", "")):
        mass, mass_unit = collect.number("net_mass_kg", get("net_mass_kg", ""))
        if mass is not None and mass_unit.casefold() not in ("g", "г", "гр", "gr"):
            mass *= 1000
    value, glued = collect.number("value", get("value", ""))
    written = get("currency", "")
    currency = read_currency(written) or read_currency(glued)
    if written and not currency and not is_empty(written):
        collect.add(
            "format.currency",
            "not a currency",
            "currency",
            written,
            "an ISO 4217 code",
            "write the three-letter code, e.g. EUR",
        )
    return GoodsLine(
        _clean(get("description", "")),
        _hs(get("hs", ""), collect),
        collect.number("quantity", get("quantity", ""))[0],
        mass,
        value,
        currency,
        collect.country("origin", origin) if (origin := get("origin")) else "",
        _clean(revised) if (revised := get("revised_description")) else "",
        _hs(revised_hs, collect) if (revised_hs := get("revised_hs")) else "",
    )


def _clean(text: str) -> str:
    if not text:
        return ""
    return text.replace("\0", "").strip() if "\0" in text else text.strip()


def _hs(text: str, collect: Collector) -> str:
    if not text or is_empty(text):
        return ""
    digits = text if text.isdigit() else _HS_MARKS.sub("", text)
    if not digits.isdigit():
        collect.add("format.hs-shape", "not a commodity code", "hs", text, "4, 6, 8 or 10 digits, e.g. 903180")
        return ""
    if len(digits) in (6, 10, 8, 4):
        return digits
    if len(digits) in (5, 7, 9):
        collect.add(
            "format.hs-shape",
            "an odd number of digits",
            "hs",
            text,
            "4, 6, 8 or 10 digits",
            f"a spreadsheet may have dropped a zero: 0{digits}",
        )
    else:
        collect.add("format.hs-shape", "an unusual number of digits", "hs", text, "4, 6, 8 or 10 digits")
    return digits[:14]


def read_party(prefix: str, fields: Fields, collect: Collector) -> Party:
    """Return one declared party."""
    get = fields.get
    name, address, city, postcode, phone, email, id_number, birth_date, handle = [
        _clean(text) if (text := get(column)) else "" for column in _columns_of(prefix)
    ]
    column = f"{prefix}_country"
    country = collect.country(column, get(column, ""))
    return Party(name, address, city, postcode, country, phone, email, id_number, birth_date, handle)


@cache
def _columns_of(prefix: str) -> tuple[str, ...]:
    return tuple(f"{prefix}_{name}" for name in PARTY_FIELDS)


def assemble(
    identifier: str,
    rows: Sequence[Fields],
    source: Source,
    extra: Sequence[tuple[str, str]] = (),
    documents: Sequence[Document] = (),
) -> Declaration | Rejected:
    """Return the declaration of the rows of one item; rows after the first add goods lines.

    An item with neither a description nor a party nor a code is rejected, with its problems.
    """
    collect = Collector(source.file, source.line)
    head = rows[0]
    lines = []
    for row in rows:
        if _says_goods(row):
            lines.append(read_line(row, collect))
    consignor, consignee = read_party("consignor", head, collect), read_party("consignee", head, collect)
    if not lines and not consignor.name and not consignee.name:
        collect.add(
            "format.empty",
            "no goods and no parties",
            "id",
            identifier,
            "at least a description or a party",
            severity="error",
        )
        return Rejected(identifier, tuple(collect.problems), source, tuple((k, v) for k, v in head.items() if v))
    if not any(line.description for line in lines):
        collect.add("format.missing", "no description of goods", "description", "", "what the goods are, in words")
    posted, nature, code = _deal(head, collect)
    gross, measured = _grams("gross_mass", head, collect), _grams("measured_mass", head, collect)
    _checks(identifier, lines, gross, collect)
    licence = _clean(head.get("licence_number", ""))
    found = [*documents, *([Document("licence", licence)] if licence and not is_empty(licence) else [])]
    return Declaration(
        identifier,
        tuple(lines),
        _clean(head.get("form", "")),
        posted,
        nature,
        code,
        consignor,
        consignee,
        _route(head.get("route", ""), collect),
        gross,
        _clean(head.get("postal_charges", "")),
        _one_of("consignee_type", head, CONSIGNEE_TYPES, collect),
        _one_of("end_use", head, END_USES, collect),
        tuple(found),
        source,
        tuple(collect.problems),
        tuple(extra),
        posted_at=read_instant(head.get("posted", "")),
        office=_clean(head.get("office", "")),
        message_id=_clean(head.get("message_id", "")),
        message_version=_clean(head.get("message_version", "")),
        measured_mass_g=measured,
        payer=_clean(head.get("payer", "")),
    )


def _says_goods(row: Fields) -> bool:
    """Return whether a row says anything of goods; a description settles it for nearly all."""
    if not is_empty(row.get("description", "")):
        return True
    return any(not is_empty(row.get(name, "")) for name in LINE_FIELDS)


def _route(text: str, collect: Collector) -> tuple[str, ...]:
    if not text:
        return ()
    return tuple(code for part in _BETWEEN_PLACES.split(text) if part and (code := collect.country("route", part)))


def _grams(name: str, head: Fields, collect: Collector) -> Decimal | None:
    """Return a mass of the whole item in grams, from the field in grams or the one in kilograms."""
    grams = collect.number(f"{name}_g", head.get(f"{name}_g", ""))[0]
    if grams is not None:
        return grams
    kilograms = collect.number(f"{name}_kg", head.get(f"{name}_kg", ""))[0]
    return kilograms * 1000 if kilograms is not None else None


def _deal(head: Fields, collect: Collector):  # type: ignore[no-untyped-def]
    posted = None
    text = head.get("posted", "")
    if not is_empty(text):
        posted, why = read_date(text)
        if why == "ambiguous":
            collect.add(
                "format.date-order",
                "day and month may change places",
                "posted",
                text,
                "YYYY-MM-DD",
                "the date is left out",
            )
        elif why:
            collect.add("format.date", "not a date", "posted", text, "YYYY-MM-DD")
    code = _clean(head.get("nature_code", ""))
    word = head.get("nature", "")
    nature = read_nature(word) or read_nature(code)
    if not code and word.strip().isdigit():
        code = word.strip()
    if not is_empty(word) and not nature:
        collect.add(
            "format.nature",
            "nature of transaction not known",
            "nature",
            word,
            "sale, gift, return, sample, documents, mixed, other, or a UPU code",
        )
    return posted, nature, code


def _one_of(name: str, head: Fields, allowed: set[str], collect: Collector) -> str:
    said = head.get(name, "")
    if not said:
        return ""
    text = _clean(said).casefold()
    if not text or is_empty(text):
        return ""
    if text not in allowed:
        collect.add(
            "format.value",
            "not one of the known values",
            name,
            text,
            ", ".join(sorted(allowed)),
            "it is taken as unknown",
        )
        return ""
    return text


def _checks(identifier: str, lines: Sequence[GoodsLine], gross: Decimal | None, collect: Collector) -> None:
    found = parse_s10(identifier)
    if found is not None and not found.valid:
        collect.add(
            "format.s10-check-digit",
            "the check digit does not fit",
            "id",
            identifier,
            f"check digit {found.expected}",
            "the identifier may be mistyped",
        )
    net = Decimal(0)
    if gross is not None and gross > 0:
        net = sum([line.net_mass_g for line in lines if line.net_mass_g is not None], net)
    if gross is not None and net > gross:
        collect.add(
            "format.net-above-gross",
            "the net masses add up to more than the gross mass",
            "gross_mass_g",
            str(gross),
            f"at least {net}",
        )
    for line in lines:
        if len(line.description) > MAX_FIELD:
            collect.add(
                "format.too-long",
                "the description is very long",
                "description",
                line.description[:50],
                f"at most {MAX_FIELD} characters",
            )
