"""Links between claims: what excludes what, what corrects what, what moved on, what says the same. Both sides always stay.

All of them are proposals worked out from the claims, so that the order of reading makes no difference.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import combinations

from tidewaiter.claims.custody import custody
from tidewaiter.claims.events import Event
from tidewaiter.claims.facts import Fact
from tidewaiter.claims.ledger_words import cue_pattern, whole_words
from tidewaiter.claims.relations import Correcting, same_as, supersessions
from tidewaiter.claims.sameness import Kinds, designator_key, is_specific, names_same
from tidewaiter.claims.slots import Difference, Text, differences, headlines_apart, name_of, voices_apart
from tidewaiter.claims.stated_text import nearest, stated_of
from tidewaiter.claims.status import AGAINST, CLEARED, asserted_status, moves_outside
from tidewaiter.claims.upstreams import OriginFinder
from tidewaiter.claims.within import outlets_of, within
from tidewaiter.model.claims import Claim, ClaimLink, Report
from tidewaiter.packs.report_ledger import LedgerRules


@dataclass(frozen=True)
class Known:
    """What links are worked out from: documents and claims by id, kinds of goods, origins, and the words of the ledger."""

    reports: Mapping[str, Report]
    claims: Mapping[str, Claim]
    kinds: Kinds
    origins: OriginFinder
    rules: LedgerRules
    facts: Mapping[str, tuple[Fact, ...]] = field(default_factory=dict)
    placed: frozenset[str] = frozenset()  # claims that belong to some event

    @cached_property
    def nobody(self) -> re.Pattern[str]:
        """Finds words for nobody."""
        return whole_words(self.rules.nobody)

    @cached_property
    def by_document(self) -> Mapping[str, Sequence[Claim]]:
        """The claims of each document."""
        found: dict[str, list[Claim]] = defaultdict(list)
        for claim in self.claims.values():
            found[claim.document].append(claim)
        return found

    def of_documents(self, documents: Iterable[str]) -> list[Claim]:
        """Return all claims of some documents, in no order."""
        return [claim for name in documents for claim in self.by_document.get(name, ())]

    def facts_by(self, claims: Sequence[Claim], document: str) -> list[Fact]:
        """Return the facts of a document that stand nearest to some of its claims rather than to those of its other incidents."""
        chosen = {claim.id for claim in claims}
        placed = [c for c in self.by_document.get(document, ()) if c.id in chosen or c.id in self.placed]
        if all(claim.id in chosen for claim in placed):
            return list(self.facts.get(document, ()))
        return [fact for fact in self.facts.get(document, ()) if nearest(fact, placed).id in chosen]


def propose_links(events: Iterable[Event], known: Known) -> tuple[ClaimLink, ...]:
    """Return every proposed link, sorted: conflicts, corrections, supersessions, and claims that say the same."""
    correcting = Correcting(known.reports, known.origins, cue_pattern(known.rules.corrects), known.kinds)
    including = cue_pattern(known.rules.including)
    chosen = list(events)
    known = replace(known, placed=frozenset(name for event in chosen for name in event.claims))
    found: set[ClaimLink] = set(_models(known))
    for event in chosen:
        found.update(_of_event(event, known, correcting, including))
    return tuple(
        sorted(
            found,
            key=lambda link: (
                link.kind,
                link.left,
                link.right,
                link.slot,
                link.because,
                link.left_at or (),
                link.right_at or (),
            ),
        )
    )


def _of_event(event: Event, known: Known, correcting: Correcting, including: re.Pattern[str]) -> list[ClaimLink]:
    texts = texts_of([known.claims[name] for name in event.claims], known)
    whole = {text.document: text for text in texts_of(known.of_documents(event.documents), known)}
    found = [_conflict(d) for text in texts for d in within(text, whole[text.document], known.kinds, including)]
    found += [_conflict(d) for text in texts for d in headlines_apart(text, text, known.kinds)]
    found += [_conflict(d) for text in texts for d in voices_apart(text.body, text.body, known.kinds, set())]
    leaders = {text.document: known.origins.leader(text.document) for text in texts}
    for left, right in combinations(texts, 2):
        if leaders[left.document] == leaders[right.document]:
            apart = _outlets(left, right) + differences(left.body, right.body, known.kinds)  # what a copy changes
        elif any(leaders[t.document] != t.document and leaders[t.document] in leaders for t in (left, right)):
            continue  # a copy says what its original says
        else:
            apart = differences(left.body, right.body, known.kinds)
            apart += voices_apart(left.body, right.body, known.kinds, {d.slot for d in apart})
        apart += headlines_apart(left, right, known.kinds)
        apart += correcting.changed(left.body, right.body, {d.slot for d in apart})
        found += correcting.links(left, right, apart)
        found += [_conflict(d) for d in apart]  # a correction settles nothing by itself: both claims stay in conflict
    claims = [claim for text in texts for claim in text.claims]
    found += _statuses(claims, known)
    found += [_conflict(d) for d in custody(texts, known.nobody, cue_pattern(known.rules.still_held))]
    found += supersessions(texts)
    found += same_as(texts, known.kinds)
    return found


def texts_of(claims: Iterable[Claim], known: Known) -> list[Text]:
    """Return claims by document, each in the order of its text, with what the text states beside them."""
    grouped: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        grouped[claim.document].append(claim)
    worth = cue_pattern(known.rules.worth)
    days = {d for name in grouped if (d := known.reports[name].published.first) is not None}
    found = []
    for name in sorted(grouped):
        report = known.reports[name]
        rows = tuple(sorted(grouped[name], key=lambda c: (c.start, c.id)))
        stated = stated_of(report, rows, known.facts_by(rows, name), worth)
        day = report.published.first
        earlier = frozenset(d for d in days if day is not None and d < day)
        found.append(Text(name, day, rows, stated, earlier))
    return found


def _conflict(found: Difference) -> ClaimLink:
    left, right = found.left, found.right
    if (right.document, right.start, right.id) < (left.document, left.start, left.id):
        words = re.sub(r"^(.*) here, (.*) there", r"\2 here, \1 there", found.because)
        spans = (found.right_at, found.left_at)
        return ClaimLink("conflicts-with", right.id, left.id, found.slot, words, "", *spans)
    return ClaimLink("conflicts-with", left.id, right.id, found.slot, found.because, "", found.left_at, found.right_at)


def _models(known: Known) -> list[ClaimLink]:
    """One model called two kinds of thing, in any event: a designator with a figure names one model, a bare name may be a kit's."""
    named: dict[str, dict[str, list[tuple[Claim, str, frozenset[str]]]]] = defaultdict(lambda: defaultdict(list))
    for claim in sorted(known.claims.values(), key=lambda c: (c.document, c.start, c.id)):
        for goods in claim.goods:
            kinds = known.kinds.stated(goods)
            if is_specific(goods.designator) and kinds:
                named[designator_key(goods.designator)][claim.document].append((claim, goods.text, kinds))
    for document, facts in known.facts.items():
        claims = known.by_document.get(document, ())
        for fact in facts if claims else ():
            if fact.kind != "goods" or fact.goods is None or not is_specific(fact.goods.designator):
                continue
            kinds = known.kinds.stated(fact.goods)
            if kinds:
                rows = named[designator_key(fact.goods.designator)][document]
                rows.append((nearest(fact, claims), fact.goods.text, kinds))
    found = []
    for model in sorted(named):
        texts = named[model]
        for one, other in (*combinations(sorted(texts), 2), *((name, name) for name in sorted(texts))):
            found += _called(texts[one], texts[other], known.kinds, one == other)
    return found


def _called(
    one: Sequence[tuple[Claim, str, frozenset[str]]],
    other: Sequence[tuple[Claim, str, frozenset[str]]],
    kinds: Kinds,
    same_text: bool,
) -> list[ClaimLink]:
    if same_text:
        for (a, words, left), (b, others, right) in combinations(one, 2):
            if kinds.same(left, right) is False:
                return [_conflict(Difference("goods", a, b, f"{words} here, {others} there"))]
        return []
    if any(kinds.same(x, y) for _, _, x in one for _, _, y in other):
        return []
    (a, words, _), (b, others, _) = one[0], other[0]
    return [_conflict(Difference("goods", a, b, f"{words} here, {others} there"))]


def _outlets(left: Text, right: Text) -> list[Difference]:
    """Copies of one text that name another outlet for it."""
    one, other = outlets_of(left.claims), outlets_of(right.claims)
    if not one or not other or set(one) & set(other):
        return []
    (a, first), (b, second) = next(iter(one.items())), next(iter(other.items()))
    return [Difference("outlet", first, second, f"{a} here, {b} there")]


def _statuses(claims: Sequence[Claim], known: Known) -> list[ClaimLink]:
    """Found guilty here, cleared there; and moves by stated days that the lattice does not allow."""
    found = []
    against = [c for c in claims if asserted_status(c) in AGAINST and c.modality == "asserted"]
    cleared = [c for c in claims if asserted_status(c) in CLEARED and c.modality == "asserted"]
    both = {c.document for c in against} & {
        c.document for c in cleared
    }  # a text that tells both tells of two defendants
    for a in against:
        for b in cleared:
            same = names_same(name_of(a), name_of(b))
            if same or (same is None and not {a.document, b.document} & both):
                words = f"{asserted_status(a)} here, {asserted_status(b)} there"
                found.append(_conflict(Difference("status", a, b, words)))
    published = {name: report.published.first for name, report in known.reports.items()}
    for person in _by_person(claims):
        for earlier, later in moves_outside(person, published):
            words = f"{later.status} on {later.on} after {earlier.status} on {earlier.on} is no move of a case"
            found.append(_conflict(Difference("status", known.claims[earlier.claim], known.claims[later.claim], words)))
    return found


def _by_person(claims: Sequence[Claim]) -> list[list[Claim]]:
    """Claims on one name, and those that name nobody; two names are two cases."""
    named: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        named[name_of(claim)].append(claim)
    return [named[name] for name in sorted(named)]
