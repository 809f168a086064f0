"""The ledger on small clusters written apart from those by which it is measured: origins, conflicts, what stays apart; and where facts stand."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tidewaiter.claims.ledger import LedgerView, happened, ledger_view, origins_of
from tidewaiter.claims.reading import ReadReport
from tidewaiter.model.claims import Passage, Report, Stamp
from tidewaiter.model.ledger import HandWork
from tidewaiter.packs.report_ledger import read_ledger_rules
from tidewaiter.packs.yamlio import Map, read
from tidewaiter.service.compiled import packs_and_engine
from tidewaiter.service.reports.claims import claim_reader
from tidewaiter.service.reports.ledger import kinds_of
from tidewaiter.service.reports.ledger_measures import cluster_of, measure_ledger
from tidewaiter.service.reports.stated import fact_reader

CLUSTERS = sorted((Path(__file__).parent / "clusters").glob("*.yaml"))
PACKS = ROOT / "packs"


@pytest.fixture(scope="module")
def reading():
    packs, engine = packs_and_engine(PACKS)
    reader, rules = claim_reader(packs, engine, PACKS), read_ledger_rules(PACKS)
    facts = fact_reader(reader, rules)
    kinds = kinds_of(packs, engine, rules)
    return (lambda report: ReadReport(report, reader.claims(report), facts.facts(report))), kinds, rules


def reports(node: Map) -> list[Report]:
    found = []
    for row in node["documents"]:
        text, on = str(row["text"]), date.fromisoformat(str(row["published"]))
        head = text.index("\n")
        found.append(
            Report(
                str(row["id"]),
                text,
                publisher=str(row["publisher"]),
                title=text[:head],
                language=str(row["language"]),
                published=Stamp(on, on, "day"),
                passages=(Passage("headline", 0, head), Passage("body", head, len(text))),
            )
        )
    return found


@pytest.fixture(scope="module")
def measured(reading):
    read_one, kinds, rules = reading
    clusters, readings = [], {}
    for path in CLUSTERS:
        node, problems = read(path)
        assert not problems
        assert isinstance(node, Map)
        made = reports(node)
        readings.update({r.id: read_one(r) for r in made})
        clusters.append(cluster_of(node, tuple(r.id for r in made)))
    return clusters, readings, measure_ledger(clusters, readings, kinds, rules)


def test_origins_conflicts_and_links_of_the_clusters(measured) -> None:
    row = measured[2].row()
    assert row["upstreams"] >= 0.85, measured[2].failures
    assert row["conflicts"] >= 0.85, measured[2].failures
    assert row["false_in_ten_documents"] <= 1, measured[2].failures
    assert row["corrects_and_supersedes"] == 1, measured[2].failures


def views(measured, reading) -> list[LedgerView]:
    clusters, readings, _ = measured
    return [ledger_view([readings[d] for d in c.documents], HandWork(), reading[1], reading[2]) for c in clusters]


def test_two_incidents_of_one_town_with_the_same_goods_stay_apart(measured, reading) -> None:
    view = next(v for v, c in zip(views(measured, reading), measured[0], strict=True) if c.name == "p-apart")
    assert [sorted(r.id for r in i.documents) for i in view.incidents if "i3" in [r.id for r in i.documents]] == [
        ["i3"]
    ]


def test_both_sides_of_a_conflict_stand_at_their_offsets(measured, reading) -> None:
    readings = measured[1]
    seen = 0
    for view in views(measured, reading):
        for link in (k for incident in view.incidents for k in incident.links if k.left_at is not None):
            for claim, at in ((link.left, link.left_at), (link.right, link.right_at)):
                text = readings[claim.rsplit(":", 3)[0]].report.text
                assert at is not None
                assert text[at[0] : at[1]].strip()
                seen += 1
    assert seen > 10


def test_facts_stand_at_their_offsets_and_the_order_of_reading_makes_no_difference(measured, reading) -> None:
    chosen = list(measured[1].values())
    for one in chosen:
        for fact in one.facts:
            assert 0 <= fact.first <= fact.start < fact.end <= len(one.report.text)
    first = ledger_view(chosen, HandWork(), reading[1], reading[2])
    assert ledger_view(chosen[::-1], HandWork(), reading[1], reading[2]) == first


def test_wide_names_fold_and_copies_count_once(measured, reading) -> None:
    readings = [measured[1][name] for name in ("g1", "g2")]
    claims = [c for r in readings for c in r.claims]
    assert origins_of(readings, reading[2]).upstreams(happened(claims)).count == 1
