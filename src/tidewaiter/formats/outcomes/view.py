"""What the report template shows of one screening, worked out beforehand so that the template only places it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from tidewaiter.formats.outcomes.marks import Segment, language_tag, screening_spans, segments, spans_by_path
from tidewaiter.formats.outcomes.wording import (
    decimal_text,
    points_text,
    question_wordings,
    reason_lines,
    route_text,
    score_text,
    sorted_findings,
)
from tidewaiter.model import (
    Counterfactual,
    Coverage,
    Declaration,
    Evidence,
    Finding,
    LegalBasis,
    NotChecked,
    Question,
    Screening,
    Source,
)

_PARTY_LABELS = (
    ("name", "Name"),
    ("address", "Address"),
    ("city", "City"),
    ("postcode", "Postcode"),
    ("country", "Country"),
    ("phone", "Phone"),
    ("email", "E-mail"),
    ("id_number", "Identity number"),
    ("birth_date", "Date of birth"),
)
_LABELS = {
    "consignor": "Consignor",
    "consignee": "Consignee",
    "id_number": "identity number",
    "hs": "HS code",
    "net_mass_g": "net mass",
    "revised_hs": "revised HS code",
}
_GAPS_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Text:
    """A declared text with its marks and the language of its script."""

    segments: tuple[Segment, ...]
    lang: str


@dataclass(frozen=True, slots=True)
class Field:
    """A labelled declared value."""

    label: str
    text: Text


@dataclass(frozen=True, slots=True)
class LineView:
    """One goods line as declared."""

    number: int
    description: Text
    revised: Text | None
    hs: str
    quantity: str
    mass: str
    value: str
    origin: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One contribution and its bar: where on the scale it starts and how wide it is, in hundredths of a percent."""

    sentence: str
    left: str
    right: str
    sources: str
    points: str
    negative: bool
    start: float
    width: float


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """The evidence on one declared value: the value with all its spans, and what each span shows."""

    label: str
    text: Text
    notes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class FindingView:
    """One finding."""

    finding: Finding
    evidence: tuple[EvidenceView, ...]
    bars: tuple[Bar, ...]
    score: str
    score_start: float
    score_width: float
    sums: bool
    total: str


@dataclass(frozen=True, slots=True)
class QuestionView:
    """One question in the languages to show; `wordings` are (language, text)."""

    question: Question
    wordings: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ItemView:
    """One postal item in full."""

    anchor: str
    screening: Screening
    reason: tuple[str, str, str]
    route: str
    parties: tuple[tuple[str, tuple[Field, ...]], ...]
    facts: tuple[tuple[str, str], ...]
    lines: tuple[LineView, ...]
    extra: tuple[Field, ...]
    findings: tuple[FindingView, ...]
    questions: tuple[QuestionView, ...]
    counterfactuals: tuple[Counterfactual, ...]
    coverage: Coverage
    coverage_name: str
    gaps: tuple[NotChecked, ...]
    more_gaps: int
    source: str


def item_view(screening: Screening, anchor: str, coverage_name: str) -> ItemView:
    """Return the view of a screening.

    Args:
        screening: The screening.
        anchor: The fragment identifier of the postal item in the page.
        coverage_name: Name of the shared coverage table it points to; empty to list its coverage in place.
    """
    declaration = screening.declaration
    spans = screening_spans(screening)
    gaps = screening.coverage.not_checked
    return ItemView(
        anchor=anchor,
        screening=screening,
        reason=reason_lines(screening),
        route=route_text(declaration),
        parties=() if declaration is None else _parties(declaration, spans),
        facts=() if declaration is None else _facts(declaration),
        lines=() if declaration is None else _goods_lines(declaration, spans),
        extra=() if declaration is None else tuple(Field(name, _text(value)) for name, value in declaration.extra),
        findings=tuple(_finding(item) for item in sorted_findings(screening)),
        questions=tuple(QuestionView(item, tuple(question_wordings(item))) for item in screening.questions),
        counterfactuals=screening.counterfactuals,
        coverage=screening.coverage,
        coverage_name=coverage_name,
        gaps=gaps[:_GAPS_SHOWN],
        more_gaps=max(0, len(gaps) - _GAPS_SHOWN),
        source=source_text(declaration),
    )


def source_text(declaration: Declaration | None) -> str:
    """Return `file:line` of a declaration."""
    return "" if declaration is None else source_place(declaration.source)


def source_place(source: Source) -> str:
    """Return `file:line`, with the sheet of a workbook between."""
    parts = [source.file, source.sheet or "", "" if source.line is None else str(source.line)]
    return ":".join(part for part in parts if part)


def safe_url(basis: LegalBasis) -> str:
    """Return the address of a legal basis when a browser may follow it: http or https with a host, else nothing."""
    try:
        parts = urlsplit(basis.url)
    except ValueError:
        return ""
    return basis.url if parts.scheme in ("http", "https") and parts.netloc else ""


def path_label(path: str) -> str:
    """Return a field path as a reader would say it: `lines[0].description` is `Line 1, description`."""
    owner, _, name = path.rpartition(".")
    if owner.startswith("lines[") and owner.endswith("]") and owner[6:-1].isdecimal():
        owner = f"Line {int(owner[6:-1]) + 1}"
    owner = _LABELS.get(owner, owner)
    name = _LABELS.get(name, name.replace("_", " "))
    return f"{owner}, {name}" if owner else name


def bars(finding: Finding) -> tuple[tuple[Bar, ...], float, float]:
    """Return the bars of a waterfall, each beginning where the one before ended, and the start and width of the total.

    The scale runs from the lowest to the highest running total, or to certainty (1.000) when that is further.
    """
    running = [0]
    for term in finding.contributions:
        running.append(running[-1] + term.points)
    low, high = min(0, *running), max(1000, *running)
    scale = 100 / (high - low)
    made = tuple(
        Bar(
            sentence=term.sentence or term.code,
            left=term.left,
            right=term.right,
            sources=" ↔ ".join(part for part in (term.left_from, term.right_from) if part),
            points=points_text(term.points),
            negative=term.points < 0,
            start=round((min(before, after) - low) * scale, 2),
            width=round(abs(term.points) * scale, 2),
        )
        for term, before, after in zip(finding.contributions, running, running[1:], strict=False)
    )
    start = round((min(0, running[-1]) - low) * scale, 2)
    return made, start, round(abs(running[-1]) * scale, 2)


def _finding(finding: Finding) -> FindingView:
    made, start, width = bars(finding)
    total = sum(term.points for term in finding.contributions)
    return FindingView(
        finding=finding,
        evidence=_evidence(finding.evidence),
        bars=made,
        score=score_text(finding.score),
        score_start=start,
        score_width=width,
        sums=total == finding.score or not finding.contributions,
        total=score_text(total),
    )


def _evidence(evidence: tuple[Evidence, ...]) -> tuple[EvidenceView, ...]:
    views = []
    for (path, value), spans in spans_by_path(evidence).items():
        notes = ((item.note, item.source) for item in evidence if (item.path, item.value) == (path, value))
        shown = tuple(dict.fromkeys((note, source) for note, source in notes if note or source))
        views.append(EvidenceView(path_label(path), _text(value, spans), shown))
    return tuple(views)


def _text(value: str, spans: Iterable[tuple[int, int]] = ()) -> Text:
    return Text(segments(value, spans), language_tag(value))


Spans = dict[tuple[str, str], list[tuple[int, int]]]


def _parties(declaration: Declaration, spans: Spans) -> tuple[tuple[str, tuple[Field, ...]], ...]:
    result = []
    for role, title in (("consignor", "Consignor (from)"), ("consignee", "Consignee (to)")):
        party = getattr(declaration, role)
        values = ((name, label, getattr(party, name)) for name, label in _PARTY_LABELS)
        fields = tuple(
            Field(label, _text(value, spans.get((f"{role}.{name}", value), ())))
            for name, label, value in values
            if value
        )
        result.append((title, fields))
    return tuple(result)


def _facts(declaration: Declaration) -> tuple[tuple[str, str], ...]:
    nature = declaration.nature
    if declaration.nature_code:
        nature = f"{nature} (code {declaration.nature_code})".strip()
    mass = "" if declaration.gross_mass_g is None else f"{decimal_text(declaration.gross_mass_g)} g"
    documents = "; ".join(" ".join(part for part in (d.type, d.number, d.name) if part) for d in declaration.documents)
    facts = (
        ("Form", declaration.form),
        ("Posted", "" if declaration.posted is None else declaration.posted.isoformat()),
        ("Nature", nature),
        ("Gross mass", mass),
        ("Consignee type", declaration.consignee_type),
        ("End use", declaration.end_use),
        ("Documents", documents),
        ("Postal charges", declaration.postal_charges),
    )
    return tuple((label, value) for label, value in facts if value)


def _goods_lines(declaration: Declaration, spans: Spans) -> tuple[LineView, ...]:
    views = []
    for index, line in enumerate(declaration.lines):
        path = f"lines[{index}]"
        revised = line.revised_description
        views.append(
            LineView(
                number=index + 1,
                description=_text(line.description, spans.get((f"{path}.description", line.description), ())),
                revised=_text(revised, spans.get((f"{path}.revised_description", revised), ())) if revised else None,
                hs=" → ".join(part for part in (line.hs, line.revised_hs) if part),
                quantity="" if line.quantity is None else decimal_text(line.quantity),
                mass="" if line.net_mass_g is None else f"{decimal_text(line.net_mass_g)} g",
                value="" if line.value is None else f"{decimal_text(line.value)} {line.currency}".strip(),
                origin=line.origin,
            )
        )
    return tuple(views)
