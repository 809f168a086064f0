"""Screenings as JSON Lines: the form other programs read, with the names of `docs/reference/interface`.

Points and scores are written as decimal fractions, decimals as text, dates as ISO dates. The keys of a screening and of
everything in it are always present and in a fixed order; only `input` leaves out what was not declared.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any, BinaryIO

import orjson

from tidewaiter.formats.outcomes.marks import storable
from tidewaiter.formats.outcomes.target import OutcomeWriter
from tidewaiter.formats.outcomes.wording import all_problems, date_text, decimal_text
from tidewaiter.model import (
    Checked,
    Contribution,
    Counterfactual,
    Coverage,
    Declaration,
    Evidence,
    Finding,
    GoodsLine,
    LegalBasis,
    NotChecked,
    Party,
    Problem,
    Question,
    Screening,
    Versions,
)

Json = dict[str, Any]

_PARTY_FIELDS = (
    "name",
    "address",
    "city",
    "postcode",
    "country",
    "phone",
    "email",
    "id_number",
    "birth_date",
    "handle",
)
_INPUT_FIELDS = frozenset((*(item.name for item in fields(Declaration)), "source", "extra"))
_CACHED = 4096
LINE_END = orjson.OPT_APPEND_NEWLINE


def screening_to_dict(screening: Screening) -> Json:
    """Return a screening as plain dicts, lists, text and numbers, with the keys of the interface."""
    return _screening(screening, coverage_to_dict(screening.coverage), versions_to_dict(screening.versions))


def screening_to_json(screening: Screening) -> bytes:
    """Return a screening as one JSON object without a line break at its end; equal screenings give equal bytes."""
    return JsonEncoder().encode(screening)


class JsonEncoder:
    """Encodes screenings, remembering the bytes of coverage and versions objects that many screenings share.

    Objects are recognised by identity and kept alive while remembered, so an id is never mistaken for another's.
    """

    def __init__(self) -> None:
        self._known: dict[int, tuple[object, bytes]] = {}
        self._shared: tuple[tuple[NotChecked, ...], list[bytes]] | None = None

    def encode(self, screening: Screening, option: int = 0) -> bytes:
        """Return the screening as one JSON object, without a line break unless `option` is `LINE_END`."""
        coverage = orjson.Fragment(self.coverage(screening.coverage))
        versions = orjson.Fragment(self.versions(screening.versions))
        return dumps(_screening(screening, coverage, versions), option)

    def coverage(self, coverage: Coverage) -> bytes:
        """Return the coverage as JSON."""
        return self._remember(coverage, self._encode_coverage)

    def versions(self, versions: Versions | None) -> bytes:
        """Return the versions as JSON, `null` without."""
        return self._remember(versions, lambda some: dumps(versions_to_dict(some)))

    def _encode_coverage(self, coverage: Coverage) -> bytes:
        """Put the coverage together of parts that nearly all coverages share: what was checked, and the first rows of what
        was not."""
        checked = self._remember(coverage.checked, lambda rows: dumps([_checked(row) for row in rows]))
        rows = coverage.not_checked
        if self._shared is None or rows[: len(self._shared[0])] != self._shared[0]:
            same = rows if self._shared is None else _beginning(self._shared[0], rows)
            self._shared = same, [dumps(_not_checked(row)) for row in same]
        first, encoded = self._shared
        rest = [dumps(_not_checked(row)) for row in rows[len(first) :]]
        return b'{"checked":%b,"not_checked":[%b]}' % (checked, b",".join(encoded + rest))

    def _remember(self, value: Any, encode: Callable[[Any], bytes]) -> bytes:
        known = self._known.get(id(value))
        if known is not None:
            return known[1]
        if len(self._known) >= _CACHED:
            self._known.clear()
        encoded = encode(value)
        self._known[id(value)] = (value, encoded)
        return encoded


class JsonlWriter(OutcomeWriter):
    """Writes one JSON object a line."""

    def __init__(self, target: str | Path | BinaryIO) -> None:
        super().__init__(target)
        self._encoder = JsonEncoder()

    def write(self, screening: Screening) -> None:
        """Write one screening as one line."""
        self._target.handle.write(self._encoder.encode(screening, LINE_END))


def dumps(value: Any, option: int = 0) -> bytes:
    """Return JSON bytes; text no encoding can carry (lone surrogates) is replaced instead of failing the run."""
    try:
        return orjson.dumps(value, option=option)
    except orjson.JSONEncodeError:
        return orjson.dumps(_storable(value), option=option)


def _storable(value: Any) -> Any:
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, dict):
        return {storable(key): _storable(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_storable(item) for item in value]
    return value


def _screening(screening: Screening, coverage: Any, versions: Any) -> Json:
    return {
        "id": screening.id,
        "outcome": screening.outcome,
        "findings": [finding_to_dict(item) for item in screening.findings],
        "questions": [question_to_dict(item) for item in screening.questions],
        "counterfactuals": [counterfactual_to_dict(item) for item in screening.counterfactuals],
        "coverage": coverage,
        "versions": versions,
        "problems": [problem_to_dict(item) for item in all_problems(screening)],
        "input": None if screening.declaration is None else declaration_to_dict(screening.declaration),
    }


def finding_to_dict(finding: Finding) -> Json:
    """Return a finding; `line` counts from 0 and is null for the whole postal item."""
    return {
        "code": finding.code,
        "severity": finding.severity,
        "message": finding.message,
        "line": finding.line,
        "score": finding.score / 1000,
        "evidence": [_evidence(item) for item in finding.evidence],
        "contributions": [_contribution(item) for item in finding.contributions],
        "legal_basis": [_basis(item) for item in finding.legal_basis],
        "pack": finding.pack,
        "details": [{"label": label, "value": value} for label, value in finding.details],
    }


def question_to_dict(question: Question) -> Json:
    """Return a question; `text` is its wording in `language`, `texts` has every language we have."""
    texts = dict(question.texts)
    return {
        "fact": question.fact,
        "line": question.line,
        "language": question.language,
        "text": texts.get(question.language, texts.get("en", "")),
        "texts": texts,
        "settles": list(question.settles),
        "why": question.why,
    }


def counterfactual_to_dict(item: Counterfactual) -> Json:
    """Return a counterfactual."""
    return {
        "fact": item.fact,
        "stated": item.stated,
        "instead": item.instead,
        "outcome": item.outcome,
        "sentence": item.sentence,
    }


def problem_to_dict(problem: Problem) -> Json:
    """Return a located problem; `line` is the 1-based line of the file."""
    return {
        "code": problem.code,
        "severity": problem.severity,
        "message": problem.message,
        "file": problem.file,
        "line": problem.line,
        "field": problem.field,
        "read": problem.read,
        "expected": problem.expected,
        "hint": problem.hint,
    }


def coverage_to_dict(coverage: Coverage) -> Json:
    """Return what was checked and what was not, and why."""
    return {
        "checked": [_checked(item) for item in coverage.checked],
        "not_checked": [_not_checked(item) for item in coverage.not_checked],
    }


def _beginning(one: tuple[NotChecked, ...], other: tuple[NotChecked, ...]) -> tuple[NotChecked, ...]:
    """Return the rows with which both begin."""
    same = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        same += 1
    return one[:same]


def _checked(item: Checked) -> Json:
    return {
        "what": item.what,
        "name": item.name,
        "as_of": _date(item.as_of),
        "version": item.version,
        "note": item.note,
    }


def _not_checked(item: NotChecked) -> Json:
    return {"what": item.what, "name": item.name, "reason": item.reason}


def versions_to_dict(versions: Versions | None) -> Json | None:
    """Return everything needed to repeat the screening; `packs` and `lists` map a name to its content hash.

    `history` and `leads` are there only where they were looked into.
    """
    if versions is None:
        return None
    history = {"history": versions.history} if versions.history else {}
    leads = {"leads": versions.leads} if versions.leads else {}
    return {
        "code": versions.code,
        "legal_date": versions.legal_date.isoformat(),
        "packs": dict(versions.packs),
        "lists": dict(versions.lists),
        **history,
        **leads,
    }


def declaration_to_dict(declaration: Declaration) -> Json:
    """Return a declaration as declared, in the form the JSON Lines reader takes; what was not declared is left out.

    Columns the codec did not understand stand beside the known ones under their own names. One that bears a known name,
    or comes twice, goes into `extra` as a [name, value] pair, so that nothing is lost or overwritten.
    """
    posted = declaration.posted_at.isoformat() if declaration.posted_at is not None else date_text(declaration.posted)
    result: Json = {"form": declaration.form, "id": declaration.id, "posted": posted}
    result["office"] = declaration.office
    result["message_id"] = declaration.message_id
    result["message_version"] = declaration.message_version
    result["nature"] = declaration.nature
    result["nature_code"] = declaration.nature_code
    result["consignor"] = _party(declaration.consignor)
    result["consignee"] = _party(declaration.consignee)
    result["route"] = list(declaration.route)
    result["gross_mass_g"] = None if declaration.gross_mass_g is None else decimal_text(declaration.gross_mass_g)
    result["measured_mass_g"] = (
        None if declaration.measured_mass_g is None else decimal_text(declaration.measured_mass_g)
    )
    result["postal_charges"] = declaration.postal_charges
    result["payer"] = declaration.payer
    result["consignee_type"] = declaration.consignee_type
    result["end_use"] = declaration.end_use
    result["documents"] = [
        _filled({"type": item.type, "number": item.number, "name": item.name}) for item in declaration.documents
    ]
    source = declaration.source
    result["source"] = _filled({"file": source.file, "line": source.line, "sheet": source.sheet})
    result = _filled(result)
    result["id"] = declaration.id
    result["lines"] = [_line(item) for item in declaration.lines]
    clashes: list[list[str]] = []
    for name, value in declaration.extra:
        if name in _INPUT_FIELDS or name in result:
            clashes.append([name, value])
        else:
            result[name] = value
    if clashes:
        result["extra"] = clashes
    return result


def _filled(value: Json) -> Json:
    return {name: item for name, item in value.items() if item or item == 0}


def _party(party: Party) -> Json:
    return {name: value for name in _PARTY_FIELDS if (value := getattr(party, name))}


def _line(line: GoodsLine) -> Json:
    return _filled(
        {
            "description": line.description,
            "hs": line.hs,
            "quantity": None if line.quantity is None else decimal_text(line.quantity),
            "net_mass_g": None if line.net_mass_g is None else decimal_text(line.net_mass_g),
            "value": None if line.value is None else decimal_text(line.value),
            "currency": line.currency,
            "origin": line.origin,
            "revised_description": line.revised_description,
            "revised_hs": line.revised_hs,
        }
    )


def _evidence(item: Evidence) -> Json:
    return {
        "path": item.path,
        "value": item.value,
        "start": item.start,
        "end": item.end,
        "note": item.note,
        "source": item.source,
    }


def _contribution(item: Contribution) -> Json:
    return {
        "code": item.code,
        "points": item.points / 1000,
        "left": item.left,
        "right": item.right,
        "left_from": item.left_from,
        "right_from": item.right_from,
        "sentence": item.sentence,
    }


def _basis(item: LegalBasis) -> Json:
    return {
        "jurisdiction": item.jurisdiction,
        "instrument": item.instrument,
        "citation": item.citation,
        "effect": item.effect,
        "list": item.list,
        "entry": item.entry,
        "paragraph": item.paragraph,
        "in_force_from": _date(item.in_force_from),
        "as_of": _date(item.as_of),
        "read_on": _date(item.read_on),
        "status": item.status,
        "url": item.url,
        "authority": item.authority,
        "summary": item.summary,
    }


def _date(value: Any) -> str | None:
    return None if value is None else value.isoformat()
