"""A list of one's own: CSV, TSV or JSON Lines with column names as offices write them.

Facts about the list stand in comment lines above the header, or are given on the command line:

# code: invented
# title: Invented parties for trying things out
# dated: 2026-11-01
# invented: yes
list_id,schema,name,aliases,birth_date,country,address,id_number,programme,legal_basis
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from datetime import date

import msgspec

from tidewaiter.lists._columns import IDENTIFIERS, fields_of
from tidewaiter.lists._draft import Draft
from tidewaiter.lists._numbers import numbers_in
from tidewaiter.lists._parsing import BROKEN, Imported, birth_dates, country_code_anywhere, iso_date, left_over
from tidewaiter.lists._tables import Table, key_of
from tidewaiter.model import ListError, Problem

_KINDS = {
    "Person": "person individual naturalperson human p natürlicheperson личность физлицо 个人",
    "Organization": "organization organisation company entity enterprise legalentity legalperson publicbody e o firm "
    "business body corporation юрлицо 公司 组织",
    "Vessel": "vessel ship boat v судно 船舶",
    "Aircraft": "aircraft airplane plane a воздушноесудно",
}
_SCHEMAS = {word: schema for schema, words in _KINDS.items() for word in words.split()}
_SEVERAL = re.compile(r"[;|\n]")


def read_simple(file: str, text: str, mapping: Mapping[str, str] | None = None) -> Imported:
    """Read a list of one's own.

    Args:
        file: Name for messages.
        text: The decoded file.
        mapping: Our field to the user's column name, where the names do not say it themselves.

    Returns:
        The list; a row without a name is left out and located, an id that is missing is made of the name and birth date.

    Raises:
        ListError: When the stated date cannot be read.
    """
    facts, skipped = _facts(text)
    problems: list[Problem] = []
    seen: dict[str, int] = {}
    drafts: list[Draft] = []
    invented = facts.get("invented", "").casefold() in ("yes", "true", "1")
    code = facts.get("code") or ("invented" if invented else "")
    for line, fields in _rows(file, text, skipped, mapping, problems, seen):
        draft = _draft(fields, file, line, problems)
        if not draft.has_name:
            problems.append(
                Problem(BROKEN, "the row has no name and was left out", "error", file, line, "name", expected="a value")
            )
            continue
        draft.source_list = draft.source_list or facts.get("title", "")
        drafts.append(draft)
        invented = invented or "INVENTED EXAMPLE" in " ".join(draft.legal_basis).upper()
    problems.extend(left_over(seen, "the column", file))
    title, publisher = facts.get("title", code or file), facts.get("publisher", "")
    return Imported(
        code, title, publisher, tuple(draft.party(code) for draft in drafts), tuple(problems),
        _dated(file, facts.get("dated", "")), invented, facts.get("url", ""), facts.get("licence", ""),
    )  # fmt: skip


def _dated(file: str, text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise ListError(f"{file}: dated: read {text!r}, expected a date such as 2026-11-01") from error


def _facts(text: str) -> tuple[dict[str, str], int]:
    """Return what the comment lines above the header say, and how many there are."""
    facts: dict[str, str] = {}
    count = 0
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        count += 1
        key, colon, value = line[1:].partition(":")
        if colon:
            facts.setdefault(key.strip().casefold(), value.strip())
    return facts, count


def _rows(
    file: str, text: str, skipped: int, mapping: Mapping[str, str] | None, problems: list[Problem], seen: dict[str, int]
) -> Iterable[tuple[int, dict[str, str]]]:
    """Yield the line and the fields by our names; count the columns whose meaning is not known."""
    lines = text.splitlines()
    is_json = any(line.strip() for line in lines[skipped:]) and next(
        line for line in lines[skipped:] if line.strip()
    ).lstrip().startswith("{")
    if is_json:
        source: Iterable[tuple[int, dict[str, str]]] = _json_rows(file, lines, skipped, problems)
        meanings: dict[str, str] = {}
    else:
        table = Table(file, text, skip=skipped)
        source, meanings = table, fields_of(table.columns, mapping)
    for line, row in source:
        known = meanings or fields_of(list(row), mapping)
        fields: dict[str, str] = {}
        for column, value in row.items():
            field = known.get(key_of(column), "")
            if field:
                fields[field] = value
            elif value:
                seen[column] = seen.get(column, 0) + 1
        yield line, fields
    if not is_json:
        problems.extend(table.problems)


def _json_rows(
    file: str, lines: list[str], skipped: int, problems: list[Problem]
) -> Iterable[tuple[int, dict[str, str]]]:
    for number, line in enumerate(lines[skipped:], start=skipped + 1):
        if not line.strip():
            continue
        try:
            record = msgspec.json.decode(line, type=dict[str, object])
        except (msgspec.MsgspecError, RecursionError, UnicodeEncodeError) as error:
            problems.append(Problem(BROKEN, f"the line is not a JSON object: {error}", "error", file, number))
            continue
        yield number, {key: _flat(value) for key, value in record.items()}


def _flat(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return "; ".join(filter(None, (_flat(item) for item in value)))
    return str(value).strip()


def _several(text: str) -> list[str]:
    return [part.strip() for part in _SEVERAL.split(text) if part.strip()]


def _draft(fields: dict[str, str], file: str, line: int, problems: list[Problem]) -> Draft:
    get = fields.get
    parts = (get("first_name", ""), get("middle_name", ""), get("last_name", ""))
    name = get("name", "") or " ".join(filter(None, parts))
    draft = Draft(get("list_id", "") or _made_id(name, get("birth_date", "")))
    draft.name(name, "primary")
    for field, grade in (("aliases", "alias"), ("original_name", "alias"), ("weak_aliases", "weak-alias")):
        for alias in _several(get(field, "")):
            draft.name(alias, grade)
    kind = get("schema", "")
    draft.schema = _SCHEMAS.get(key_of(kind), "Person" if any(parts) and not get("name") else "")
    if kind and not draft.schema:
        problems.append(
            Problem("list.schema", "the kind of party is not known; it is compared with persons and organisations alike",
                    "warning", file, line, "schema", kind, "Person, Organization, Vessel, Aircraft or nothing")
        )  # fmt: skip
    for part in _several(get("birth_date", "")):
        found = birth_dates(part)
        draft.born(found)
        if not found:
            problems.append(
                Problem("list.birth-date", "the date cannot be read", "warning", file, line, "birth_date", part,
                        "a date such as 1970-05-31 or 1970")
            )  # fmt: skip
    countries = _several(get("country", ""))
    for country in countries:
        code = country_code_anywhere(country)
        draft.countries.append(code)
        if not code:
            problems.append(
                Problem("list.country", "the country is not known", "warning", file, line, "country", country,
                        "a name or a code such as DE")
            )  # fmt: skip
    address = [get(field, "") for field in ("address", "address_2", "postcode", "city", "state")]
    if any(address[1:]):
        draft.place(address)
    else:
        draft.addresses.extend(part.strip() for part in re.split(r"[;\n]", address[0]) if part.strip())
    for field, label in IDENTIFIERS.items():
        for value in _several(get(field, "")):
            draft.identifiers.extend((numbers_in(value) if field == "id_number" else []) or [(label, value)])
    draft.programmes = _several(get("programme", ""))
    draft.legal_basis = [get("legal_basis", "")] if get("legal_basis") else []
    draft.date_listed(iso_date(get("listed_on", "")))
    draft.licence_requirement, draft.licence_policy = get("licence_requirement", ""), get("licence_policy", "")
    draft.source_list = get("source_list", "")
    draft.remark("", get("remarks", ""))
    return draft


def _made_id(name: str, born: str) -> str:
    """Return an id made of the name and birth date, so that a list without ids keeps them when its order changes."""
    return hashlib.sha256(f"{name.casefold()}|{born}".encode("utf-8", "replace")).hexdigest()[:16]
