"""Model names in reports that no concept knows: proposals with their quotes, as a patch to the packs that a person may accept.

A report changes no pack. The patch adds a designator to the kind that the report itself names beside it, with quotes as comments; it is
for a person to apply (`git apply`), to correct, or to throw away.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path

from tidewaiter.claims.ledger import ClaimView, LedgerView
from tidewaiter.claims.sameness import designator_key, is_specific
from tidewaiter.formats.outcomes.marks import visible
from tidewaiter.model import GoodsLine
from tidewaiter.model.claims import GoodsMention, Report
from tidewaiter.packs import PackSet
from tidewaiter.screen.goods import GoodsEngine
from tidewaiter.service.reports.exports.rows import claims_of, reports_of, stamp_text

MOST_QUOTES = 5


@dataclass(frozen=True, slots=True)
class Quoted:
    """Where a report names a model: the words, who printed them, when, and how the claim is graded."""

    quote: str
    publisher: str
    published: str
    grade: str
    claim: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """A model name that the packs do not know.

    `key` is its folded form, as designators are matched; `concept` the kind that the reports name beside it, "" where they name none or
    disagree; `others` are the kinds named less often. `fits` says whether a patch can be written: it has a digit and a kind.
    """

    designator: str
    key: str
    concept: str
    others: tuple[str, ...]
    quotes: tuple[Quoted, ...]

    @property
    def fits(self) -> bool:
        """Whether it can become a designator of a concept as it stands."""
        return bool(self.concept) and is_specific(self.key) and self.key[:2].isalnum() and len(self.key) > 2


def proposals_of(view: LedgerView, packs: PackSet, engine: GoodsEngine) -> tuple[Proposal, ...]:
    """Return the model names of a ledger that no concept of the packs knows, by designator.

    Args:
        view: the ledger; negated and hypothetical claims propose nothing.
        packs: the packs.
        engine: the goods engine over them.
    """
    reports = reports_of(view)
    found: dict[str, list[tuple[GoodsMention, ClaimView]]] = defaultdict(list)
    for claim in claims_of(view):
        if claim.claim.polarity == "negated" or claim.claim.modality == "hypothetical":
            continue
        for goods in claim.claim.goods:
            key = designator_key(goods.designator) if goods.designator else ""
            if key and not engine.read(GoodsLine(goods.designator)).kinds:
                found[key].append((goods, claim))
    return tuple(_proposal(key, rows, reports, packs, engine) for key, rows in sorted(found.items()))


def _proposal(
    key: str,
    rows: list[tuple[GoodsMention, ClaimView]],
    reports: dict[str, Report],
    packs: PackSet,
    engine: GoodsEngine,
) -> Proposal:
    kinds: Counter[str] = Counter()
    for goods, _ in rows:
        words = goods.text.replace(goods.designator, " ")
        named = [kind.concept for kind in engine.read(GoodsLine(words)).kinds] or list(goods.concepts)
        kinds.update(name for name in named[:1] if name in packs.concepts)
    ranked = [name for name, _ in sorted(kinds.items(), key=lambda k: (-k[1], k[0]))]
    tied = len(ranked) > 1 and kinds[ranked[0]] == kinds[ranked[1]]
    quotes: dict[str, Quoted] = {}
    for _, view in rows:
        quotes.setdefault(view.claim.quote, _quoted(view, reports))
    return Proposal(
        rows[0][0].designator,
        key,
        "" if tied or not ranked else ranked[0],
        tuple(ranked if tied else ranked[1:]),
        tuple(quotes.values())[:MOST_QUOTES],
    )


def _quoted(view: ClaimView, reports: dict[str, Report]) -> Quoted:
    report = reports.get(view.claim.document)
    publisher = (report.publisher or report.source) if report is not None else view.claim.document
    published = stamp_text(report.published) if report is not None else ""
    return Quoted(view.claim.quote, publisher, published, str(view.standing), view.claim.id)


def as_patch(proposals: Iterable[Proposal], packs: PackSet, folder: Path) -> str:
    """Return a patch to the concepts (`git apply` from the folder above `packs`), empty where nothing fits.

    Args:
        proposals: what was found; those that do not fit are left out.
        packs: the packs, for where each concept stands.
        folder: the folder of packs.
    """
    by_file: dict[Path, list[Proposal]] = defaultdict(list)
    for proposal in proposals:
        if proposal.fits:
            by_file[Path(packs.concepts[proposal.concept].source.rpartition(":")[0])].append(proposal)
    return "".join(_file_patch(path, some, folder) for path, some in sorted(by_file.items()))


def _file_patch(path: Path, proposals: list[Proposal], folder: Path) -> str:
    where = path if path.is_absolute() or path.exists() else folder.parent / path
    before = where.read_text(encoding="utf-8").splitlines(keepends=True)
    lines = [line for proposal in proposals for line in _lines(proposal)]
    at = next((n + 1 for n, line in enumerate(before) if line.rstrip() == "models:"), None)
    after = [*before[:at], *lines, *before[at:]] if at is not None else [*before, "models:\n", *lines]
    try:
        name = (Path(folder.name) / where.resolve().relative_to(folder.resolve())).as_posix()
    except ValueError:
        name = where.as_posix()
    return "".join(unified_diff(before, after, f"a/{name}", f"b/{name}"))


def _lines(proposal: Proposal) -> list[str]:
    comments = [
        f"  # “{visible(q.quote)[:160]}” ({', '.join(filter(None, (visible(q.publisher), q.published, q.grade)))})\n"
        for q in proposal.quotes
    ]
    note = visible(proposal.designator).replace("\\", "\\\\").replace('"', '\\"')
    return [*comments, f"  - {{pattern: '{proposal.key}', note: \"proposed from reports: {note}\"}}\n"]
