"""Between declarations and rows: instants, digests of content, and the fields that have no column of their own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime, time, timedelta, timezone, tzinfo
from decimal import Decimal
from hashlib import blake2b
from typing import Any

import orjson

from tidewaiter.formats import from_object, to_object
from tidewaiter.model import Declaration, GoodsLine, Party, Source

PARTY_FIELDS = tuple(f.name for f in fields(Party))
NOON = time(12)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_REST = ("form", "nature_code", "postal_charges", "consignee_type", "end_use", "payer")

INSTANT, DATE, RECEIVED = 2, 1, 0


def micros(at: datetime) -> int:
    """Return an instant with a zone as microseconds since 1970 in UTC."""
    return (at - _EPOCH) // _MICROSECOND


def instant(posted: int, shift: int = 0) -> datetime:
    """Return the instant of microseconds since 1970 in a zone of `shift` minutes east of Greenwich."""
    zone = timezone(timedelta(minutes=shift)) if shift else UTC
    return (_EPOCH + timedelta(microseconds=posted)).astimezone(zone)


@dataclass(frozen=True, slots=True)
class Posting:
    """When an item was posted: microseconds in UTC, minutes east of Greenwich, and how it is known (2 instant, 1 date, 0 neither)."""

    posted: int
    shift: int
    timed: int


def posting_of(declaration: Declaration, received: datetime, zone: tzinfo = UTC) -> Posting:
    """Return when an item was posted: the declared instant, else noon of the declared date in `zone`, else when it came."""
    if declaration.posted_at is not None:
        at, timed = declaration.posted_at, INSTANT
    elif declaration.posted is not None:
        at, timed = datetime.combine(declaration.posted, NOON, zone), DATE
    else:
        at, timed = received, RECEIVED
    offset = at.utcoffset()
    assert offset is not None
    return Posting(micros(at), int(offset.total_seconds() // 60), timed)


class Hasher:
    """Makes 63-bit numbers of text with the key of one history: equal text, equal number; nothing can be read back."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def __call__(self, text: str) -> int:
        """Return the number of a text."""
        digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8, key=self._secret).digest()
        return int.from_bytes(digest, "big") >> 1


def digest_of(declaration: Declaration) -> bytes:
    """Return a digest of what is declared: everything but where it was read from and the version of its message."""
    content = to_object(declaration)
    content.pop("message_version", None)
    content["extra"] = [list(pair) for pair in declaration.extra]
    return blake2b(orjson.dumps(content, option=orjson.OPT_SORT_KEYS), digest_size=16).digest()


def party_text(party: Party) -> str:
    """Return the declared fields of a party as JSON text, empty where nothing was declared."""
    filled = {name: value for name in PARTY_FIELDS if (value := getattr(party, name))}
    if not filled or filled.keys() == {"country"}:
        return ""
    return orjson.dumps(filled).decode()


def party_of(text: str, country: str = "") -> Party:
    """Return the party of its JSON text."""
    return Party(**orjson.loads(text)) if text else Party(country=country)


def rest_of(declaration: Declaration) -> str:
    """Return the fields of a declaration that have no column, as JSON text; empty where there are none."""
    rest: dict[str, Any] = {name: value for name in _REST if (value := getattr(declaration, name))}
    if declaration.route:
        rest["route"] = list(declaration.route)
    for name in ("gross_mass_g", "measured_mass_g"):
        if getattr(declaration, name) is not None:
            rest[name] = str(getattr(declaration, name))
    if declaration.documents:
        rest["documents"] = [[d.type, d.number, d.name] for d in declaration.documents]
    if declaration.extra:
        rest["extra"] = [list(pair) for pair in declaration.extra]
    return orjson.dumps(rest).decode() if rest else ""


def revised_of(line: GoodsLine) -> str:
    """Return a line's revised description and code as JSON text, empty where there are none."""
    if not line.revised_description and not line.revised_hs:
        return ""
    return orjson.dumps([line.revised_description, line.revised_hs]).decode()


def decimal_or_none(text: str | None) -> Decimal | None:
    """Return a stored decimal."""
    return None if text is None else Decimal(text)


def text_or_none(value: Decimal | None) -> str | None:
    """Return a decimal as it is stored."""
    return None if value is None else format(value, "f")


def declaration_from(
    item: Mapping[str, Any], lines: list[dict[str, Any]], consignor: Party, consignee: Party
) -> Declaration:
    """Return the declaration of a stored version, as it was read.

    Args:
        item: the columns of its row.
        lines: its goods lines as JSON objects.
        consignor: the declared consignor.
        consignee: the declared consignee.
    """
    rest = orjson.loads(item["rest"]) if item["rest"] else {}
    extra = [tuple(pair) for pair in rest.pop("extra", [])]
    documents = [dict(zip(("type", "number", "name"), d, strict=True)) for d in rest.pop("documents", [])]
    posted = {INSTANT: instant(item["posted"], item["shift"]).isoformat()}
    posted[DATE] = posted[INSTANT][:10]
    content: dict[str, Any] = {
        **rest,
        "id": item["id"],
        "message_id": item["message"],
        "message_version": item["version"],
        "posted": posted.get(item["timed"], ""),
        "office": item["office"],
        "nature": item["nature"],
        "documents": documents,
        "lines": lines,
        "consignor": {name: getattr(consignor, name) for name in PARTY_FIELDS},
        "consignee": {name: getattr(consignee, name) for name in PARTY_FIELDS},
    }
    found = from_object(content, Source("history", item["no"]))
    assert isinstance(found, Declaration)
    return replace(found, extra=(*found.extra, *extra))
