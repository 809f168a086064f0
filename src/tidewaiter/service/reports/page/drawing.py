"""The page of a ledger: its incidents one below the other, in one file that needs no network and no script."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from tidewaiter.claims.ledger import ClaimView, IncidentView, LedgerView
from tidewaiter.formats.outcomes.marks import segments
from tidewaiter.model.claims import Claim, ClaimLink, GoodsMention, Report
from tidewaiter.service.reports.exports.rows import quantity_text, stamp_text
from tidewaiter.service.reports.page.map import Map, map_of
from tidewaiter.service.reports.page.marked import Paragraph, anchor, paragraphs_of

_BACKGROUND = "Claims that belong to no incident"


@dataclass(frozen=True, slots=True)
class Step:
    """A line of the timeline: a day or span, and what is said to have happened or was published then."""

    on: date
    said: str
    precision: str
    what: str
    quote: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Origin:
    """The claims that rest on one origin. `name` is empty where it cannot be told."""

    name: str
    documents: tuple[str, ...]
    claims: tuple[ClaimView, ...]


@dataclass(frozen=True, slots=True)
class Goods:
    """Goods as the claims name them, with what our vocabulary makes of the words."""

    text: str
    designator: str
    concepts: tuple[str, ...]
    entries: tuple[str, ...]
    quantities: tuple[str, ...]
    anchors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two claims side by side, and in what they differ."""

    link: ClaimLink
    left: ClaimView
    right: ClaimView


@dataclass(frozen=True, slots=True)
class Shown:
    """All of an incident that its section shows."""

    incident: IncidentView
    title: str
    steps: tuple[Step, ...]
    origins: tuple[Origin, ...]
    goods: tuple[Goods, ...]
    conflicts: tuple[Conflict, ...]
    others: tuple[Conflict, ...]
    alike: int
    map: Map | None
    documents: tuple[tuple[Report, tuple[Paragraph, ...]], ...]


def ledger_page(view: LedgerView, at: datetime, title: str = "Incidents as reported") -> bytes:
    """Return a ledger as one HTML page.

    Args:
        view: the ledger, or a part of it.
        at: when the page is made.
        title: its heading.
    """
    told = Counter(report.id for incident in view.incidents for report in incident.documents)
    shown = [_shown(incident, told) for incident in view.incidents]
    return (
        _template()
        .render(title=title, at=at, shown=shown, background=view.background, background_title=_BACKGROUND)
        .encode("utf-8", "replace")
    )


def _shown(incident: IncidentView, told: Counter[str]) -> Shown:
    claims = [view.claim for view in incident.claims]
    known = {view.claim.id: view for view in incident.claims}
    pairs = [
        Conflict(link, known[link.left], known[link.right])
        for link in incident.links
        if link.left in known and link.right in known
    ]
    conflicts = tuple(pair for pair in pairs if pair.link.kind == "conflicts-with")
    return Shown(
        incident,
        _title(incident, told),
        _steps(incident),
        _origins(incident),
        _goods(claims),
        conflicts,
        tuple(pair for pair in pairs if pair.link.kind in ("corrects", "supersedes")),
        sum(pair.link.kind == "same-as" for pair in pairs),
        map_of(claims),
        tuple((report, paragraphs_of(report, claims)) for report in incident.documents),
    )


def _title(incident: IncidentView, told: Counter[str]) -> str:
    """The headline of the first document, where it tells of this incident alone; else the first words that tell of it."""
    if incident.by_hand is not None:
        return incident.title
    first = min(incident.documents, key=lambda r: (r.published.first or date.max, r.id), default=None)
    return first.title if first is not None and first.title and told[first.id] == 1 else incident.title


def _steps(incident: IncidentView) -> tuple[Step, ...]:
    """What is dated, by day: acts as told, and publications."""
    steps = []
    for view in incident.claims:
        time = view.claim.time
        if time.first is not None and time.precision != "unknown":
            what = ("not " if view.claim.polarity == "negated" else "") + view.claim.predicate.value
            steps.append(Step(time.first, stamp_text(time), time.precision, what, view.claim.quote, anchor(view.claim)))
    for report in incident.documents:
        if report.published.first is not None:
            steps.append(
                Step(
                    report.published.first,
                    stamp_text(report.published),
                    report.published.precision,
                    "published",
                    f"{report.publisher or report.source}: {report.title}",
                    f"d-{report.id}",
                )
            )
    return tuple(sorted(steps, key=lambda s: (s.on, s.what != "published", s.what, s.quote)))


def _origins(incident: IncidentView) -> tuple[Origin, ...]:
    known = {view.claim.id: view for view in incident.claims}
    found = [
        Origin(origin.key, origin.documents, _in_order(known[name] for name in origin.claims if name in known))
        for origin in incident.upstreams.origins
    ]
    unknown = _in_order(known[name] for name in incident.upstreams.unknown if name in known)
    if unknown:
        found.append(Origin("", tuple(sorted({view.claim.document for view in unknown})), unknown))
    return tuple(found)


def _in_order(views: Iterable[ClaimView]) -> tuple[ClaimView, ...]:
    return tuple(sorted(views, key=lambda v: (v.claim.document, v.claim.start, v.claim.id)))


def _goods(claims: Sequence[Claim]) -> tuple[Goods, ...]:
    """Goods with one wording, over all claims."""
    grouped: dict[str, list[tuple[Claim, GoodsMention]]] = defaultdict(list)
    for claim in claims:
        for goods in claim.goods:
            grouped[" ".join(goods.text.casefold().split())].append((claim, goods))
    found = []
    for rows in grouped.values():
        first = rows[0][1]
        found.append(
            Goods(
                first.text,
                next((g.designator for _, g in rows if g.designator), ""),
                tuple(dict.fromkeys(name for _, g in rows for name in g.concepts)),
                tuple(dict.fromkeys(name for _, g in rows for name in g.entries)),
                tuple(dict.fromkeys(quantity_text(g.quantity) for _, g in rows if g.quantity is not None)),
                tuple(dict.fromkeys(anchor(claim) for claim, _ in rows)),
            )
        )
    return tuple(sorted(found, key=lambda g: (not g.entries, not g.concepts, g.text.casefold())))


def plain(text: str) -> Markup:
    """Return text for a page: escaped, with invisible characters named, in its own direction."""
    parts = [
        Markup('<span class="ctl" title="invisible character">{}</span>').format(part.text)
        if part.control
        else Markup.escape(part.text)
        for part in segments(text)
    ]
    return Markup("<bdi>{}</bdi>").format(Markup("").join(parts))


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("tidewaiter.service.reports.page", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(plain=plain, anchor=anchor, stamp=stamp_text, amount=quantity_text)
    return environment.get_template("page.html")
