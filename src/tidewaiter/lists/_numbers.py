"""Identifiers that lists write into free text: INN, OGRN, IMO, LEI, tax and registration numbers, passports.

A number is taken only with the word that says what it is; the text itself is kept as a remark by the importers.
"""

from __future__ import annotations

import re

_VALUE = r"[\s:.\-–—#№]*(?:is\s+)?"
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        ("IMO", rf"\bIMO(?:\s*(?:number|no\.?))?{_VALUE}(\d{{7}})\b"),
        ("MMSI", rf"\bMMSI(?:\s*(?:number|no\.?))?{_VALUE}(\d{{9}})\b"),
        ("INN", rf"(?:\b(?:INN|TIN)\b|\bИНН\b|tax(?:payer)?\s+identification\s+number)[^\d\n;]{{0,30}}?{_VALUE}(\d{{10}}(?:\d\d)?)\b"),
        ("OGRN", rf"(?:\b(?:OGRN(?:IP)?|PSRN)\b|\bОГРН(?:ИП)?\b|primary\s+state\s+registration\s+number)[^\d\n;]{{0,20}}?{_VALUE}(\d{{13}}(?:\d\d)?)\b"),
        ("KPP", rf"(?:\bKPP\b|\bКПП\b){_VALUE}(\d{{9}})\b"),
        ("OKPO", rf"(?:\bOKPO\b|\bОКПО\b){_VALUE}(\d{{8}}(?:\d\d)?)\b"),
        ("LEI", rf"\b(?:LEI|legal\s+entity\s+identifier)\b(?:\s*(?:code|number))?{_VALUE}([0-9A-Z]{{18}}\d\d)\b"),
        ("SWIFT/BIC", rf"\b(?:SWIFT|BIC)(?:/BIC)?(?:\s*code)?{_VALUE}([A-Z]{{6}}[0-9A-Z]{{2}}(?:[0-9A-Z]{{3}})?)\b"),
        ("unified social credit code", rf"\b(?:USCC|unified\s+social\s+credit\s+(?:code|number))\b(?:\s*\(USCC\))?{_VALUE}([0-9A-Z]{{18}})\b"),
        ("passport", rf"\bpassport(?:\s*(?:number|no\.?))?{_VALUE}([A-Z]{{0,3}}\s?\d{{5,12}})\b"),
        ("registration number", rf"\b(?:registration|registry|company|state\s+registration)\s+(?:number|no\.?)(?:\s*\([^)]*\))?{_VALUE}([0-9A-Z][0-9A-Z/\-]*\d[0-9A-Z/\-]*)\b"),
        ("tax number", rf"\btax\s+(?:registration\s+)?(?:number|ID(?:\s*(?:number|no\.?))?){_VALUE}([0-9A-Z][0-9A-Z/\-]*\d[0-9A-Z/\-]*)\b"),
        ("national identification number", rf"\bnational\s+(?:identification|identity|ID)(?:\s*(?:card))?(?:\s*(?:number|no\.?)){_VALUE}([0-9A-Z][0-9A-Z/\-]*\d[0-9A-Z/\-]*)\b"),
    )
)  # fmt: skip


def numbers_in(text: str) -> list[tuple[str, str]]:
    """Return the identifiers a text names, each as (kind, number), the most telling kind first.

    Args:
        text: Free text such as `Taxpayer identification number: 7700000000; IMO number 9000001`.
    """
    if not any(char.isdigit() for char in text):
        return []
    found: dict[str, str] = {}
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            found.setdefault(" ".join(match.group(1).split()), kind)
    return [(kind, value) for value, kind in found.items()]


def number_of(text: str, kind: str) -> list[tuple[str, str]]:
    """Return the identifiers of a field that holds nothing else: those it names, or the whole field as one.

    Args:
        text: The field; several values stand apart by semicolons or by `(1)`, `(2)`.
        kind: What the field holds.
    """
    found = []
    for part in re.split(r";|\(\d\)|\n", text):
        part = part.strip(" ,.")
        if not part:
            continue
        named = numbers_in(part)
        if named:
            found.extend(named)
        elif any(char.isalnum() for char in part):
            found.append((kind, part))
    return found
