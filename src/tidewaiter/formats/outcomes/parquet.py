"""Screenings as Parquet for analysis: flat columns to filter and group by, and the full detail as JSON text beside them."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO

from tidewaiter.formats.outcomes.jsonl import (
    JsonEncoder,
    counterfactual_to_dict,
    declaration_to_dict,
    dumps,
    finding_to_dict,
    problem_to_dict,
    question_to_dict,
)
from tidewaiter.formats.outcomes.marks import storable
from tidewaiter.formats.outcomes.target import OutcomeWriter
from tidewaiter.formats.outcomes.wording import all_problems, descriptions_text, sorted_findings
from tidewaiter.model import Screening

COLUMNS: tuple[tuple[str, str], ...] = (
    ("id", "string"),
    ("outcome", "string"),
    ("findings", "int32"),
    ("questions", "int32"),
    ("problems", "int32"),
    ("not_checked", "int32"),
    ("codes", "strings"),
    ("entries", "strings"),
    ("top_code", "string"),
    ("top_severity", "string"),
    ("top_message", "string"),
    ("top_score", "float64"),
    ("legal_date", "date32"),
    ("posted", "date32"),
    ("consignor_country", "string"),
    ("consignee_country", "string"),
    ("consignor_name", "string"),
    ("consignee_name", "string"),
    ("description", "string"),
    ("file", "string"),
    ("file_line", "int64"),
    ("findings_json", "string"),
    ("questions_json", "string"),
    ("counterfactuals_json", "string"),
    ("coverage_json", "string"),
    ("versions_json", "string"),
    ("problems_json", "string"),
    ("input_json", "string"),
)
"""Name and Arrow type of each column; `strings` is a list of strings."""
ROW_GROUP = 10_000
_DECLARED = (
    "posted",
    "consignor_country",
    "consignee_country",
    "consignor_name",
    "consignee_name",
    "description",
    "file",
    "file_line",
    "input_json",
)


class ParquetWriter(OutcomeWriter):
    """Writes one row a screening in row groups of `row_group` rows; at most one row group is held in memory.

    Args:
        target: A path, or a binary stream.
        row_group: Rows in a row group.
    """

    def __init__(self, target: str | Path | BinaryIO, *, row_group: int = ROW_GROUP) -> None:
        super().__init__(target)
        self._row_group = row_group
        self._encoder = JsonEncoder()
        self._columns: dict[str, list[Any]] = {name: [] for name, _ in COLUMNS}
        # Arrow is imported here: it takes longer to load than a small file to screen.
        self._arrow: Any = import_module("pyarrow")
        self._schema = _schema(self._arrow)
        self._file = import_module("pyarrow.parquet").ParquetWriter(
            self._target.handle, self._schema, compression="zstd"
        )

    def write(self, screening: Screening) -> None:
        """Write one screening as one row."""
        row = self._row(screening)
        for name, column in self._columns.items():
            column.append(row[name])
        if len(self._columns["id"]) >= self._row_group:
            self._flush()

    def _row(self, screening: Screening) -> dict[str, Any]:
        problems = all_problems(screening)
        findings = sorted_findings(screening)
        bases = (basis for finding in screening.findings for basis in finding.legal_basis)
        entries = (f"{basis.list}/{basis.entry}" for basis in bases if basis.entry)
        row: dict[str, Any] = {
            "id": storable(screening.id),
            "outcome": screening.outcome,
            "findings": len(screening.findings),
            "questions": len(screening.questions),
            "problems": len(problems),
            "not_checked": len(screening.coverage.not_checked),
            "codes": list(dict.fromkeys(item.code for item in screening.findings)),
            "entries": list(dict.fromkeys(entries)),
            "top_code": findings[0].code if findings else None,
            "top_severity": findings[0].severity if findings else None,
            "top_message": storable(findings[0].message) if findings else None,
            "top_score": findings[0].score / 1000 if findings else None,
            "legal_date": None if screening.versions is None else screening.versions.legal_date,
            "findings_json": _json([finding_to_dict(item) for item in screening.findings]),
            "questions_json": _json([question_to_dict(item) for item in screening.questions]),
            "counterfactuals_json": _json([counterfactual_to_dict(item) for item in screening.counterfactuals]),
            "coverage_json": self._encoder.coverage(screening.coverage).decode(),
            "versions_json": self._encoder.versions(screening.versions).decode(),
            "problems_json": _json([problem_to_dict(item) for item in problems]),
        }
        row.update(_declared(screening))
        return row

    def _flush(self) -> None:
        if not self._columns["id"]:
            return
        self._file.write_table(self._arrow.table(self._columns, schema=self._schema), row_group_size=self._row_group)
        self._columns = {name: [] for name, _ in COLUMNS}

    def _finish(self) -> None:
        self._flush()
        self._file.close()

    def _discard(self) -> None:
        # Closing writes the footer into a file that is about to be removed; it releases the handle cleanly.
        self._file.close()


def _schema(arrow: Any) -> Any:
    fields = []
    for name, kind in COLUMNS:
        type_ = arrow.list_(arrow.string()) if kind == "strings" else getattr(arrow, kind)()
        fields.append(arrow.field(name, type_, nullable=name not in ("id", "outcome")))
    return arrow.schema(fields)


def _declared(screening: Screening) -> dict[str, Any]:
    declaration = screening.declaration
    if declaration is None:
        return dict.fromkeys(_DECLARED)
    return {
        "posted": declaration.posted,
        "consignor_country": storable(declaration.consignor.country),
        "consignee_country": storable(declaration.consignee.country),
        "consignor_name": storable(declaration.consignor.name),
        "consignee_name": storable(declaration.consignee.name),
        "description": storable(descriptions_text(declaration)),
        "file": storable(declaration.source.file),
        "file_line": declaration.source.line,
        "input_json": _json(declaration_to_dict(declaration)),
    }


def _json(value: Any) -> str:
    return dumps(value).decode()
