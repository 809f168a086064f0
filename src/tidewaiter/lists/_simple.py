"""Our own simple form of a party list: CSV or JSON Lines, with facts about the list in comment lines above the header.

# code: invented
# title: Invented parties for trying things out
# dated: 2026-11-01
# invented: yes
list_id,schema,name,aliases,birth_date,country,address,id_number,programme,legal_basis
"""

from __future__ import annotations

import csv
import io
from datetime import date

import msgspec

from tidewaiter.lists._parsing import Imported, birth_dates, country_code, infer_schema, left_over, unique
from tidewaiter.model import ListedName, ListedParty, ListError, Problem

COLUMNS = ("list_id", "schema", "name", "aliases", "birth_date", "country", "address", "id_number", "programme",
           "legal_basis")  # fmt: skip
_SCHEMAS = frozenset({"", "Person", "Organization", "Vessel", "Aircraft"})


def is_simple(header: list[str]) -> bool:
    """Return whether a header holds at least the columns of the simple form that are needed."""
    return {"list_id", "name"} <= {column.strip() for column in header}


def read_simple(file: str, text: str) -> Imported:
    """Read the simple form.

    Raises:
        ListError: When a row has no id or name, an id occurs twice, or a schema or date cannot be read; all defects
            are listed.
    """
    facts, body, skipped = _facts(text)
    problems: list[Problem] = []
    parties: list[ListedParty] = []
    ids: dict[str, int] = {}
    seen: dict[str, int] = {}
    invented = facts.get("invented", "").casefold() in ("yes", "true", "1")
    code = facts.get("code") or ("invented" if invented else "")
    for line, row in _rows(file, body, skipped):
        fields = {key: row.pop(key, "").strip() for key in COLUMNS}
        for column, value in row.items():
            if value:
                seen[column] = seen.get(column, 0) + 1
        problems.extend(_defects(fields, ids, file, line))
        ids.setdefault(fields["list_id"], line)
        parties.append(_party(code, facts, fields))
        invented = invented or "INVENTED EXAMPLE" in fields["legal_basis"].upper()
    errors = [problem for problem in problems if problem.severity == "error"]
    if errors:
        raise ListError(f"{file}: {len(errors)} rows cannot be used", problems)
    problems.extend(left_over(seen, "the column", file))
    dated = _dated(file, facts.get("dated", ""))
    title, publisher = facts.get("title", code or file), facts.get("publisher", "")
    return Imported(code, title, publisher, tuple(parties), tuple(problems), dated, invented, facts.get("url", ""))


def _dated(file: str, text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise ListError(f"{file}: dated: read {text!r}, expected a date such as 2026-11-01") from error


def _facts(text: str) -> tuple[dict[str, str], str, int]:
    """Part the comment lines above the header from the body."""
    facts: dict[str, str] = {}
    lines = text.lstrip("\ufeff").splitlines(keepends=True)
    count = 0
    for line in lines:
        if not line.startswith("#"):
            break
        count += 1
        key, colon, value = line[1:].partition(":")
        if colon:
            facts.setdefault(key.strip().casefold(), value.strip())
    return facts, "".join(lines[count:]), count


def _rows(file: str, body: str, skipped: int) -> list[tuple[int, dict[str, str]]]:
    if body.lstrip().startswith("{"):
        rows = []
        for number, line in enumerate(body.splitlines(), start=skipped + 1):
            if not line.strip():
                continue
            try:
                record = msgspec.json.decode(line, type=dict[str, str | list[str] | None])
            except msgspec.MsgspecError as error:
                raise ListError(f"{file}:{number}: the line is not a JSON object of texts: {error}") from error
            rows.append((number, {key: "; ".join(value) if isinstance(value, list) else value or ""
                                  for key, value in record.items()}))  # fmt: skip
        return rows
    reader = csv.DictReader(io.StringIO(body, newline=""))
    return [
        (skipped + reader.line_num, {key: value or "" for key, value in row.items() if isinstance(key, str)})
        for row in reader
    ]


def _defects(fields: dict[str, str], ids: dict[str, int], file: str, line: int) -> list[Problem]:
    problems = []
    for name in ("list_id", "name"):
        if not fields[name]:
            problems.append(
                Problem("list.missing", "the field is empty", "error", file, line, name, expected="a value")
            )
    if fields["list_id"] in ids:
        problems.append(
            Problem("list.duplicate-id", f"the id stands on line {ids[fields['list_id']]} already", "error", file, line,
                    "list_id", fields["list_id"], hint="give each party its own id")
        )  # fmt: skip
    if fields["schema"] not in _SCHEMAS:
        problems.append(
            Problem("list.schema", "the schema is not known", "error", file, line, "schema", fields["schema"],
                    "Person, Organization, Vessel, Aircraft or nothing")
        )  # fmt: skip
    for part in filter(None, fields["birth_date"].split(";")):
        if not birth_dates(part):
            problems.append(
                Problem("list.birth-date", "the date cannot be read", "warning", file, line, "birth_date", part,
                        "a date such as 1970-05-31 or 1970")
            )  # fmt: skip
    return problems


def _party(code: str, facts: dict[str, str], fields: dict[str, str]) -> ListedParty:
    aliases = [part.strip() for part in fields["aliases"].split(";")]
    countries = [country_code(part) for part in fields["country"].split(";")]
    return ListedParty(
        list=code,
        list_id=fields["list_id"],
        schema=fields["schema"] or infer_schema(fields["name"]),
        names=(ListedName(fields["name"]), *(ListedName(alias, "alias") for alias in unique(aliases))),
        birth_dates=unique(date for part in fields["birth_date"].split(";") for date in birth_dates(part)),
        countries=unique(countries),
        addresses=unique((fields["address"],)),
        identifiers=tuple(("id number", part.strip()) for part in fields["id_number"].split(";") if part.strip()),
        programmes=unique(part.strip() for part in fields["programme"].split(";")),
        legal_basis=fields["legal_basis"],
        source_list=facts.get("title", ""),
    )
