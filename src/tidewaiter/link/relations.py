"""The relations that every pattern reads: names, types and meaning of their columns, the same for every engine and exporter.

A relation is a Parquet file `<name>.parquet` or a folder `<name>/` of Parquet files. `items` and `lines` must be there; a
missing other relation, a missing optional column or a null field means "not checked, no data", never a match.

People appear by pseudonymous numbers only: `entity` is the number of the cluster of declared parties held to be one; a *key*
(name form, address, phone, e-mail, handle, payer) is a number made from the folded text (first 63 bits of a keyed hash), so
that equal text gives equal numbers and no text can be read back. Types are those of ANSI SQL as DuckDB and Spark know them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

ADDRESS_CLASSES = (
    "residential",
    "business",
    "po-box",
    "locker",
    "pick-up",
    "forwarder",
    "dormitory",
    "institution",
)
ROLES = ("consignor", "consignee")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `type` is BIGINT, INTEGER, DOUBLE, BOOLEAN, VARCHAR, DATE or TIMESTAMPTZ; `required` ones are never null."""

    name: str
    type: str
    meaning: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class Relation:
    """One relation and its columns. `optional` relations may be missing as a whole."""

    name: str
    meaning: str
    columns: tuple[Column, ...]
    optional: bool = False

    def column(self, name: str) -> Column:
        """Return a column by name.

        Raises:
            KeyError: the relation has no such column.
        """
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)


def _party(role: str) -> tuple[Column, ...]:
    return (
        Column(f"{role}_entity", "BIGINT", f"the {role}: number of its cluster; null where nothing was declared"),
        Column(f"{role}_name", "BIGINT", "key of the name form: folded and transliterated, word order left aside"),
        Column(f"{role}_address", "BIGINT", "key of the folded address with its city or postcode"),
        Column(f"{role}_address_class", "VARCHAR", f"what the address is, where known: {', '.join(ADDRESS_CLASSES)}"),
        Column(f"{role}_city", "VARCHAR", "folded city (a place, not a person)"),
        Column(f"{role}_postcode", "VARCHAR", "postcode without spaces"),
        Column(f"{role}_country", "VARCHAR", "ISO 3166-1 alpha-2 of the address"),
        Column(f"{role}_phone", "BIGINT", "key of the phone in E.164"),
        Column(f"{role}_phone_country", "VARCHAR", "territory of the phone number, alpha-2; null where it has none"),
        Column(f"{role}_email", "BIGINT", "key of the folded e-mail"),
        Column(f"{role}_handle", "BIGINT", "key of the marketplace or messenger account"),
        Column(
            f"{role}_incomplete", "VARCHAR", "why the party is fictitious or incomplete; empty: checked and found whole"
        ),
    )


ITEMS = Relation(
    "items",
    "One row per postal item, its newest version, with both parties",
    (
        Column("item", "BIGINT", "number of the item in this export; joins the relations", True),
        Column("item_id", "VARCHAR", "declared identifier (S10 or other)", True),
        Column("version", "INTEGER", "version of the message"),
        Column("posted_at", "TIMESTAMPTZ", "instant of posting", True),
        Column("posted_on", "DATE", "date of posting at the office, where posting took place", True),
        Column("origin", "VARCHAR", "country of posting, alpha-2"),
        Column("destination", "VARCHAR", "country of destination, alpha-2"),
        Column("route", "VARCHAR", "transit countries in order, alpha-2, separated by one space"),
        Column("office", "VARCHAR", "office of posting"),
        Column("nature", "VARCHAR", "sale, return, gift, sample, documents, mixed, other"),
        Column("nature_code", "VARCHAR", "the code as received"),
        Column("form", "VARCHAR", "CN 22, CN 23, ITMATT…"),
        Column("gross_mass_g", "DOUBLE", "declared gross mass, grams"),
        Column("measured_mass_g", "DOUBLE", "mass the post weighed, grams"),
        Column("value_eur", "DOUBLE", "sum of the declared values in EUR at the dated rates of packs/indicators"),
        Column("payer_name", "BIGINT", "key of the payer's name form, made as for the parties"),
        Column("licence", "VARCHAR", "stated licence number; empty: checked and none"),
        Column("documents", "VARCHAR", "types of the documents that travel along, separated by one space"),
        Column("outcome", "VARCHAR", "what screening said: no-finding, review, hold"),
        *_party("consignor"),
        *_party("consignee"),
    ),
)
LINES = Relation(
    "lines",
    "One row per declared goods line of the newest version",
    (
        Column("item", "BIGINT", "number of the item", True),
        Column("line", "INTEGER", "0-based number of the line", True),
        Column("description", "VARCHAR", "declared text, for evidence only; may be left out"),
        Column("wording", "BIGINT", "key of the folded words without numbers, sorted: alike texts have one key"),
        Column("hs", "VARCHAR", "HS code as declared, digits only"),
        Column("hs4", "VARCHAR", "its heading, four digits"),
        Column("hs6", "VARCHAR", "its subheading, six digits; null where fewer are declared"),
        Column("quantity", "DOUBLE", "pieces"),
        Column("net_mass_g", "DOUBLE", "net mass of the line, grams"),
        Column("value", "DOUBLE", "declared amount of the line"),
        Column("currency", "VARCHAR", "ISO 4217"),
        Column("value_eur", "DOUBLE", "the amount in EUR at the dated rates"),
        Column("origin", "VARCHAR", "country of origin of the goods, alpha-2"),
        Column("concepts", "VARCHAR", "concept ids found, separated by one space"),
        Column("entries", "VARCHAR", "control-list entries met or open, as list/entry, separated by one space"),
        Column("controlled", "DOUBLE", "0..1: how far the line is held to be controlled (score of its best entry)"),
    ),
)
VERSIONS = Relation(
    "versions",
    "One row per field changed between two versions of a message",
    (
        Column("item", "BIGINT", "number of the item", True),
        Column("version", "INTEGER", "the version that brought the change", True),
        Column("at", "TIMESTAMPTZ", "when it came", True),
        Column("before_dispatch", "BOOLEAN", "whether the item had not left yet"),
        Column("field", "VARCHAR", "description, hs, value, mass, consignee, consignor or destination", True),
        Column("old", "VARCHAR", "former value (a key where it is a person's)"),
        Column("new", "VARCHAR", "new value (a key where it is a person's)"),
        Column("lower_risk", "BOOLEAN", "towards lower risk: cheaper, or no longer a controlled code or wording"),
    ),
    True,
)
DECISIONS = Relation(
    "decisions",
    "What people decided",
    (
        Column("item", "BIGINT", "number of the item", True),
        Column("decision", "VARCHAR", "hold, release, refuse, refer or ask", True),
        Column("at", "TIMESTAMPTZ", "when", True),
        Column("random", "BOOLEAN", "whether the item was drawn at random"),
    ),
    True,
)
ENTITIES = Relation(
    "entities",
    "A register of firms, tied to entities",
    (
        Column("entity", "BIGINT", "number of the cluster", True),
        Column("entity_id", "VARCHAR", "its opaque id in the history, for printing"),
        Column("country", "VARCHAR", "country of registration, alpha-2"),
        Column("founded", "DATE", "date of incorporation"),
        Column("nace", "VARCHAR", "NACE code of the main business, digits and dot as in the register"),
        Column("extract", "VARCHAR", "reference of the register extract"),
    ),
    True,
)
LICENCES = Relation(
    "licences",
    "Licences that items may state",
    (
        Column("licence", "VARCHAR", "number as stated on items", True),
        Column("consignee", "BIGINT", "entity the licence names as consignee"),
        Column("quantity", "DOUBLE", "pieces allowed"),
        Column("value_eur", "DOUBLE", "value allowed, EUR"),
        Column("valid_from", "DATE", "first day"),
        Column("valid_to", "DATE", "last day"),
    ),
    True,
)
OFFICES = Relation(
    "offices",
    "Where offices of posting are",
    (
        Column("office", "VARCHAR", "code as on items", True),
        Column("lat", "DOUBLE", "degrees north", True),
        Column("lon", "DOUBLE", "degrees east", True),
    ),
    True,
)
LISTED = Relation(
    "listed",
    "Keys of addresses of listed parties, made as for the parties of items",
    (
        Column("address", "BIGINT", "address key", True),
        Column("list", "VARCHAR", "party list", True),
        Column("list_id", "VARCHAR", "the listed party's id there", True),
        Column("dated", "DATE", "date of the list"),
    ),
    True,
)
RELATIONS = (ITEMS, LINES, VERSIONS, DECISIONS, ENTITIES, LICENCES, OFFICES, LISTED)


def relation(name: str) -> Relation:
    """Return a relation by name.

    Raises:
        KeyError: there is no such relation.
    """
    for found in RELATIONS:
        if found.name == name:
            return found
    raise KeyError(name)


def problems_of(name: str, columns: Iterable[tuple[str, bool]]) -> list[str]:
    """Return what is wrong with a relation at hand: unknown relation, missing required columns.

    Args:
        name: name of the relation.
        columns: the columns at hand, each with whether it holds nulls.
    """
    try:
        wanted = relation(name)
    except KeyError:
        return [f"{name}: no pattern reads a relation of this name"]
    known = dict(columns)
    wrong = []
    for column in wanted.columns:
        if column.required and column.name not in known:
            wrong.append(f"{name}: the column {column.name} is missing")
        elif column.required and known[column.name]:
            wrong.append(f"{name}: the column {column.name} holds nulls")
    return wrong


__all__ = [
    "ADDRESS_CLASSES",
    "DECISIONS",
    "ENTITIES",
    "ITEMS",
    "LICENCES",
    "LINES",
    "LISTED",
    "OFFICES",
    "RELATIONS",
    "ROLES",
    "VERSIONS",
    "Column",
    "Relation",
    "problems_of",
    "relation",
]
