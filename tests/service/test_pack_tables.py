"""Packs as tables: nothing is lost, and the coverage page is the one in the documentation."""

from __future__ import annotations

import csv
import io

from tests.conftest import ROOT
from tidewaiter.packs import PackSet
from tidewaiter.service.pack_tables import (
    CONCEPT_COLUMNS,
    ENTRY_COLUMNS,
    concept_rows,
    coverage_page,
    entry_rows,
    write_table,
)


def test_every_concept_and_entry_is_in_its_table(shipped_packs: PackSet) -> None:
    out = io.StringIO()
    write_table(CONCEPT_COLUMNS, concept_rows(shipped_packs), out)
    assert {row["concept"] for row in csv.DictReader(io.StringIO(out.getvalue()))} == set(shipped_packs.concepts)
    out = io.StringIO()
    write_table(ENTRY_COLUMNS, entry_rows(shipped_packs), out)
    rows = list(csv.DictReader(io.StringIO(out.getvalue())))
    assert {(row["list"], row["entry"]) for row in rows} == {(e.list, e.id) for e in shipped_packs.entries}
    assert all(row["citation"] and row["as_of"] and row["title"] and row["summary"] for row in rows)


def test_the_coverage_page_is_that_of_the_packs(shipped_packs: PackSet) -> None:
    page = (ROOT / "docs" / "reference" / "coverage.md").read_text(encoding="utf-8")
    assert page == coverage_page(shipped_packs), "write it anew with `make coverage-page`"
