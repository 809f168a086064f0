"""Measure the ledger against clusters marked by hand: independent upstreams, conflicts, corrections and later steps of a case.

A marked conflict is found when a conflict of its slot stands between its two documents (or others that say the same, `also`). What
is found between two documents in a slot that nobody marked is false.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tidewaiter.claims.ledger import LedgerView, happened, ledger_view, origins_of
from tidewaiter.claims.reading import ReadReport
from tidewaiter.claims.sameness import Kinds
from tidewaiter.model import InputError
from tidewaiter.model.ledger import HandWork
from tidewaiter.packs.report_ledger import LedgerRules
from tidewaiter.packs.yamlio import Map, Seq, read

HALVES = (
    "open",
    "measured",
)  # rules of the ledger may look at the first, third, … cluster by name, never at the others
ASKED = {"upstreams": 1.0, "conflicts": 0.80, "false_in_ten_documents": 1.0}
Pair = tuple[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Cluster:
    """Documents on one event with what the ledger must find. A conflict is a slot with the pairs of documents that may show it."""

    name: str
    documents: tuple[str, ...]
    upstreams: int
    conflicts: tuple[tuple[str, frozenset[frozenset[str]]], ...]
    corrects: frozenset[tuple[str, str]]
    supersedes: frozenset[tuple[str, str]]


@dataclass
class LedgerMeasures:
    """Counts over clusters, and what went wrong in words."""

    clusters: int = 0
    documents: int = 0
    upstreams_right: int = 0
    together: int = 0
    conflicts: int = 0
    conflicts_found: int = 0
    conflicts_false: int = 0
    links: int = 0
    links_found: int = 0
    failures: list[str] = field(default_factory=list)

    def row(self) -> dict[str, float]:
        """Return the shares that are asked for."""
        return {
            "clusters": self.clusters,
            "documents": self.documents,
            "upstreams": self.upstreams_right / self.clusters if self.clusters else 0.0,
            "conflicts": self.conflicts_found / self.conflicts if self.conflicts else 1.0,
            "false_in_ten_documents": 10 * self.conflicts_false / self.documents if self.documents else 0.0,
            "corrects_and_supersedes": self.links_found / self.links if self.links else 1.0,
            "documents_in_largest_event": self.together / self.documents if self.documents else 0.0,
        }


def read_clusters(folder: Path) -> list[Cluster]:
    """Read the clusters of a folder of marked articles (`clusters/*.yaml`).

    Raises:
        InputError: a file does not read.
    """
    found = []
    for path in sorted(folder.glob("clusters/*.yaml")):
        node, problems = read(path)
        if problems or not isinstance(node, Map):
            raise InputError(f"{path}: not a cluster", problems)
        documents = node["documents"]
        found.append(cluster_of(node, tuple(map(str, documents)) if isinstance(documents, Seq) else ()))
    return found


def halves(clusters: Iterable[Cluster]) -> dict[str, list[Cluster]]:
    """Return the clusters that may be looked at and those that are only measured, every second by name."""
    rows = sorted(clusters, key=lambda cluster: cluster.name)
    return {name: rows[first::2] for first, name in enumerate(HALVES)}


def cluster_of(node: Map, documents: tuple[str, ...]) -> Cluster:
    """Return a cluster of its file, with the names of its documents."""
    return Cluster(
        str(node["cluster"]),
        documents,
        int(str(node["upstreams"])),
        tuple((str(row["slot"]), frozenset(_pairs(row))) for row in _rows(node, "conflicts")),
        frozenset((str(row["document"]), str(row["corrects"])) for row in _rows(node, "corrects")),
        frozenset((str(row["document"]), str(row["supersedes"])) for row in _rows(node, "supersedes")),
    )


def _rows(node: Map, name: str) -> Iterator[Map]:
    rows = node.get(name)
    yield from (row for row in (rows if isinstance(rows, Seq) else ()) if isinstance(row, Map))


def _pairs(row: Map) -> Iterator[frozenset[str]]:
    left, right = (row[side] for side in ("left", "right"))
    for one in _documents(left):
        for other in _documents(right):
            yield frozenset((one, other))


def _documents(side: object) -> tuple[str, ...]:
    if not isinstance(side, Map):
        return ()
    also = side.get("also")
    return (str(side["document"]), *(map(str, also) if isinstance(also, Seq) else ()))


def measure_ledger(
    clusters: Iterable[Cluster], readings: Mapping[str, ReadReport], kinds: Kinds, rules: LedgerRules
) -> LedgerMeasures:
    """Measure the ledger on clusters.

    Args:
        clusters: what must be found.
        readings: documents with the claims read from them, by the name the clusters use.
        kinds: relations of kinds of goods.
        rules: data of the ledger.
    """
    found = LedgerMeasures()
    for cluster in clusters:
        chosen = {name: readings[name] for name in cluster.documents if name in readings}
        if len(chosen) == len(cluster.documents):
            names = {reading.report.id: name for name, reading in chosen.items()}
            view = ledger_view(tuple(chosen.values()), HandWork(), kinds, rules)
            _count(cluster, view, names, found)
            _count_upstreams(cluster, tuple(chosen.values()), rules, found)
    return found


def _count(cluster: Cluster, view: LedgerView, names: Mapping[str, str], found: LedgerMeasures) -> None:
    found.clusters += 1
    found.documents += len(cluster.documents)
    found.together += max((len(incident.documents) for incident in view.incidents), default=0)
    links = [*view.links, *(link for incident in view.incidents for link in incident.links)]
    seen = [(link, names[_document(link.left)], names[_document(link.right)]) for link in links]
    pairs: set[Pair] = {(k.slot, frozenset((left, right))) for k, left, right in seen if k.kind == "conflicts-with"}
    left_over = set(pairs)
    for slot, allowed in cluster.conflicts:
        found.conflicts += 1
        if any((slot, pair) in pairs for pair in allowed):
            found.conflicts_found += 1
        else:
            found.failures.append(f"{cluster.name}: conflict of {slot} not found between {_shown(allowed)}")
        left_over -= {(slot, pair) for pair in allowed}
    for slot, pair in sorted((slot, sorted(pair)) for slot, pair in left_over):
        found.conflicts_false += 1
        why = next(
            k.because for k, a, b in seen if k.kind == "conflicts-with" and k.slot == slot and {a, b} == set(pair)
        )
        found.failures.append(f"{cluster.name}: false conflict of {slot} between {' and '.join(pair)}: {why}")
    for kind, wanted in (("corrects", cluster.corrects), ("supersedes", cluster.supersedes)):
        made = {(left, right) for link, left, right in seen if link.kind == kind}
        found.links += len(wanted)
        found.links_found += len(wanted & made)
        found.failures += [f"{cluster.name}: {a} {kind} {b} not found" for a, b in sorted(wanted - made)]


def _count_upstreams(
    cluster: Cluster, readings: tuple[ReadReport, ...], rules: LedgerRules, found: LedgerMeasures
) -> None:
    claims = [claim for reading in readings for claim in reading.claims]
    upstreams = origins_of(readings, rules).upstreams(happened(claims))
    if upstreams.count == cluster.upstreams:
        found.upstreams_right += 1
    else:
        keys = ", ".join(origin.key for origin in upstreams.origins)
        found.failures.append(f"{cluster.name}: {upstreams.count} upstreams instead of {cluster.upstreams}: {keys}")


def _document(claim: str) -> str:
    """The document in a claim's id `document:start-end:predicate:n`."""
    return claim.rsplit(":", 3)[0]


def _shown(pairs: frozenset[frozenset[str]]) -> str:
    return ", ".join(sorted("-".join(sorted(pair)) for pair in pairs))
