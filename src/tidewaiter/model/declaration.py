"""What a sender declares about one postal item: parties, goods lines, route and documents.

Every field but the id and the lines may be missing, because in real messages anything is. Values are kept as declared;
nothing here corrects or guesses.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from tidewaiter.model.problems import Problem


@dataclass(frozen=True, slots=True)
class Source:
    """Where a declaration was read from, for located messages.

    `line` is the 1-based line (text formats) or row (spreadsheets) on which the postal item starts.
    """

    file: str = ""
    line: int | None = None
    sheet: str | None = None


@dataclass(frozen=True, slots=True)
class Party:
    """A declared party as written by the sender. Nationality is deliberately not a field.

    `country` is an ISO 3166-1 alpha-2 code of the address, `birth_date` an ISO date or part of one (`1970`, `1970-05`),
    `handle` a marketplace or messenger account.
    """

    name: str = ""
    address: str = ""
    city: str = ""
    postcode: str = ""
    country: str = ""
    phone: str = ""
    email: str = ""
    id_number: str = ""
    birth_date: str = ""
    handle: str = ""


@dataclass(frozen=True, slots=True)
class GoodsLine:
    """One declared content line.

    `hs` holds digits only (leading zeros kept); `net_mass_g` is grams for the whole line; `value` is the amount for the
    whole line in `currency` (ISO 4217); `origin` is the ISO 3166-1 alpha-2 country of origin of the goods.
    """

    description: str = ""
    hs: str = ""
    quantity: Decimal | None = None
    net_mass_g: Decimal | None = None
    value: Decimal | None = None
    currency: str = ""
    origin: str = ""
    revised_description: str = ""
    revised_hs: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A document that travels with the postal item; `type` is licence, certificate, invoice or as declared."""

    type: str = ""
    number: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Declaration:
    """The customs data about one postal item.

    `nature` is one of sale, return, gift, sample, documents, mixed, other or empty; `nature_code` the code as received.
    `route` lists transit countries in order (alpha-2). `consignee_type` and `end_use` take the values of
    `docs/reference/interface`; empty means unknown. `extra` keeps every field the codec did not understand, so that
    nothing is lost. `problems` are the located defects found while reading.

    `posted_at` is the instant of posting with its zone where the message gives one (`posted` is the date alone); `office`
    the office of posting; `message_id` and `message_version` identify the message, so that a second reading is not a second
    item; `measured_mass_g` is what the post weighed; `payer` who paid where that is told.
    """

    id: str
    lines: tuple[GoodsLine, ...] = ()
    form: str = ""
    posted: date | None = None
    nature: str = ""
    nature_code: str = ""
    consignor: Party = Party()
    consignee: Party = Party()
    route: tuple[str, ...] = ()
    gross_mass_g: Decimal | None = None
    postal_charges: str = ""
    consignee_type: str = ""
    end_use: str = ""
    documents: tuple[Document, ...] = ()
    source: Source = Source()
    problems: tuple[Problem, ...] = ()
    extra: tuple[tuple[str, str], ...] = field(default=())
    posted_at: datetime | None = None
    office: str = ""
    message_id: str = ""
    message_version: str = ""
    measured_mass_g: Decimal | None = None
    payer: str = ""
