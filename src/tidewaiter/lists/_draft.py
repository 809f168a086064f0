"""A listed party while it is gathered from the records, rows and files that speak of it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tidewaiter.lists._parsing import country_code, infer_schema, unique
from tidewaiter.model import ListedName, ListedParty

# The weaker the grade, the more it takes to match by that name alone: a name graded twice keeps the weaker.
_GRADES = {"primary": 0, "alias": 1, "weak-alias": 2}


_IMO = re.compile(r"(IMO[ :.-]*)?(\d{7})", re.IGNORECASE)


class Draft:
    """Names, facts and grounds of one party, each kept once and in the order of the list."""

    __slots__ = (
        "_names",
        "addresses",
        "births",
        "countries",
        "identifiers",
        "legal_basis",
        "licence_policy",
        "licence_requirement",
        "list_id",
        "listed_on",
        "programmes",
        "remarks",
        "schema",
        "source_list",
    )

    def __init__(self, list_id: str, schema: str = "") -> None:
        """Begin with an id of the publisher."""
        self.list_id = list_id
        self.schema = schema
        self._names: dict[str, tuple[str, str]] = {}
        self.births: list[str] = []
        self.countries: list[str] = []
        self.addresses: list[str] = []
        self.identifiers: list[tuple[str, str]] = []
        self.programmes: list[str] = []
        self.legal_basis: list[str] = []
        self.remarks: list[str] = []
        self.listed_on = ""
        self.licence_requirement = ""
        self.licence_policy = ""
        self.source_list = ""

    @property
    def has_name(self) -> bool:
        """Whether any name was found; a party without one cannot be screened."""
        return bool(self._names)

    def name(self, text: str, kind: str = "alias") -> None:
        """Add a name; one that differs in case only is the same name and keeps the weaker of the alias grades."""
        text = " ".join(text.split())
        if not any(char.isalnum() for char in text):
            return
        key = text.casefold()
        known = self._names.get(key)
        if known is None:
            self._names[key] = (text, kind)
        elif known[1] != "primary" and (kind == "primary" or _GRADES[kind] > _GRADES[known[1]]):
            self._names[key] = (known[0], kind)

    def born(self, dates: Iterable[str]) -> None:
        """Add birth dates; several are alternatives."""
        self.births.extend(dates)

    def place(self, parts: Iterable[str], country: str = "", code: str = "") -> None:
        """Add an address of its parts and the country's name or code; a country alone is kept as a country."""
        code = (code or country_code(country)).upper()
        text = ", ".join(part for part in unique(part.strip(" ,") for part in (*parts, country)) if part)
        if text and text != country:
            self.addresses.append(text)
        if len(code) == 2:
            self.countries.append(code)

    def number(self, kind: str, value: str) -> None:
        """Add an identifier that has at least one letter or digit; `IMO 1234567` in whatever field is an IMO number."""
        value = " ".join(value.split())
        imo = _IMO.fullmatch(value)
        if imo is not None and (imo.group(1) or kind.casefold().startswith(("imo", "vessel registration"))):
            kind, value = "IMO", imo.group(2)
        if any(char.isalnum() for char in value):
            self.identifiers.append((kind or "identifier", value))

    def remark(self, label: str, value: str) -> None:
        """Add a remark with its label."""
        value = " ".join(value.split())
        if value:
            self.remarks.append(f"{label}: {value}" if label else value)

    def date_listed(self, on: str) -> None:
        """Keep the earliest ISO date on which the party was listed."""
        if on and (not self.listed_on or on < self.listed_on):
            self.listed_on = on

    def party(self, code: str) -> ListedParty:
        """Return the finished party: the primary name first, every fact once.

        Args:
            code: The list code.
        """
        ordered = sorted(self._names.values(), key=lambda name: name[1] != "primary")
        names = [ListedName(text, kind) for text, kind in ordered]
        if names[0].kind != "primary":
            # Some list calls no name primary; the first then stands for the party, in the grade it has.
            strong = next((name for name in names if name.kind != "weak-alias"), names[0])
            names = [ListedName(strong.text), *(name for name in names if name is not strong)]
        return ListedParty(
            list=code,
            list_id=self.list_id,
            schema=self.schema or infer_schema(names[0].text),
            names=tuple(names),
            birth_dates=unique(self.births),
            countries=unique(self.countries),
            addresses=unique(self.addresses),
            identifiers=tuple(dict.fromkeys(self.identifiers)),
            programmes=unique(self.programmes),
            legal_basis="; ".join(unique(self.legal_basis)),
            licence_requirement=self.licence_requirement,
            licence_policy=self.licence_policy,
            source_list=self.source_list,
            remarks="; ".join(unique(self.remarks)),
            listed_on=self.listed_on,
        )
