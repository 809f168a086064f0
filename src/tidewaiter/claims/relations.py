"""Proposals that a later claim corrects an earlier one, that a case moved on, and that two claims say the same."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from tidewaiter.claims.sameness import Kinds, names_same, places_same, quantities_same, times_same
from tidewaiter.claims.slots import Difference, Text, counted, name_of, new_number
from tidewaiter.claims.status import LINE, RANK, asserted_status, may_follow
from tidewaiter.claims.units import FAMILIES
from tidewaiter.claims.upstreams import OriginFinder
from tidewaiter.model.claims import Claim, ClaimLink, Report
from tidewaiter.text.fold import fold_text


class Correcting:
    """Finds corrections between two texts about one event.

    Args:
        reports: documents by id.
        origins: tells who published them.
        cues: finds, in folded text, the words with which a text says that it corrects.
        kinds: relations of kinds of goods.
    """

    def __init__(
        self, reports: Mapping[str, Report], origins: OriginFinder, cues: re.Pattern[str], kinds: Kinds
    ) -> None:
        self.reports = reports
        self.origins = origins
        self.cues = cues
        self.kinds = kinds
        self._found: dict[tuple[str, str], bool] = {}

    def changed(self, one: Text, other: Text, known: set[str]) -> list[Difference]:
        """Return the number that a correcting text puts in place of one of the earlier text, which it may repeat.

        Args:
            one: a text.
            other: another.
            known: slots in which they differ already.
        """
        later, earlier = self._order(one, other)
        if later is None or earlier is None or "quantity" in known or not self._says_so(later):
            return []
        return new_number(later, earlier, self.kinds)

    def links(self, one: Text, other: Text, apart: Sequence[Difference]) -> list[ClaimLink]:
        """Return the corrections of the earlier text by the later one; none where their order cannot be told."""
        later, earlier = self._order(one, other)
        if later is None or earlier is None:
            return []
        said = self._says_so(later)
        same_outlet = bool(self.origins.publisher(later.document)) and (
            self.origins.publisher(later.document) == self.origins.publisher(earlier.document)
        )
        if not said and not same_outlet:
            return []
        because = "a later text says that it corrects" if said else "the same outlet says otherwise later"
        found = [_correction(d, later.document, because) for d in apart if d.slot != "age" or said or same_outlet]
        if found or not (said and same_outlet):
            return found
        return self._whole(later, earlier, because)

    def _order(self, one: Text, other: Text) -> tuple[Text | None, Text | None]:
        """The later and the earlier text, by their days, else by which says that it corrects."""
        if one.published is None or other.published is None or one.published == other.published:
            return self._by_cue_alone(one, other)
        return (one, other) if one.published > other.published else (other, one)

    def _by_cue_alone(self, one: Text, other: Text) -> tuple[Text | None, Text | None]:
        """Of one day, the text that says it corrects is the later one."""
        says = [self._says_so(one), self._says_so(other)]
        if says == [True, False]:
            return one, other
        return (other, one) if says == [False, True] else (None, None)

    def _says_so(self, text: Text) -> bool:
        """Return whether the headline, the beginning or the paragraph of a claim about the event says that it corrects."""
        report = self.reports[text.document]
        spans = [report.title, report.text[:200]]
        spans += [paragraph_of(report.text, claim) for claim in text.claims]
        return any(self._cued(text.document, span) for span in dict.fromkeys(spans))

    def _cued(self, document: str, span: str) -> bool:
        found = self._found.get((document, span))
        if found is None:
            found = self._found[document, span] = self.cues.search(fold_text(span)) is not None
        return found

    @staticmethod
    def _whole(later: Text, earlier: Text, because: str) -> list[ClaimLink]:
        """Nothing differs in a slot: link the first claims that speak of the same thing, else say nothing."""
        for claim in later.claims:
            for other in earlier.claims:
                if claim.predicate == other.predicate and claim.predicate in FAMILIES:
                    return [ClaimLink("corrects", claim.id, other.id, "", because)]
        return []


def _correction(found: Difference, later: str, because: str) -> ClaimLink:
    left, right = (found.left, found.right) if found.left.document == later else (found.right, found.left)
    return ClaimLink("corrects", left.id, right.id, found.slot, because)


def paragraph_of(text: str, claim: Claim) -> str:
    """Return the paragraph in which a claim stands, cut to a thousand characters before and after."""
    start = text.rfind("\n", max(0, claim.start - 1000), claim.start) + 1 or max(0, claim.start - 1000)
    end = text.find("\n", claim.end, claim.end + 1000)
    return text[start : end if end >= 0 else claim.end + 1000]


def supersessions(texts: Sequence[Text]) -> list[ClaimLink]:
    """Propose that a later step of a case supersedes an earlier one, along the lattice and in order of time.

    Each claim of a later step is linked to the claims of the step before it that texts tell of, once for two documents.
    """
    steps = [
        (claim, status, text.published) for text in texts for claim in text.claims if (status := asserted_status(claim))
    ]
    found: dict[tuple[str, str, str], ClaimLink] = {}
    for claim, status, published in steps:
        before = [
            (other, earlier)
            for other, earlier, day in steps
            if earlier != status
            and not (earlier in RANK and status in RANK and RANK[earlier] >= RANK[status])
            and may_follow(earlier, status)
            and claim.modality != "hypothetical"
            and names_same(name_of(claim), name_of(other)) is not False
            and not _sooner(claim, published, other, day)
        ]
        rank = max((RANK.get(earlier, len(LINE)) for _, earlier in before), default=-1)
        for other, earlier in before:
            if RANK.get(earlier, len(LINE)) == rank:
                key = (claim.document, other.document, status)
                link = ClaimLink(
                    "supersedes", claim.id, other.id, "status", f"the case moved from {earlier} to {status}"
                )
                found.setdefault(key, link)
    return list(found.values())


def _sooner(claim: Claim, published: date | None, other: Claim, day: date | None) -> bool:
    """Return whether a claim's step is dated before the other's; undated steps go by the day of their texts."""
    if claim.time.last is not None and other.time.first is not None:
        return claim.time.last < other.time.first
    if claim.document == other.document:
        return False
    return published is not None and day is not None and published < day


def same_as(texts: Sequence[Text], kinds: Kinds) -> list[ClaimLink]:
    """Propose claims of different documents that say the same, each linked to the first that says it."""
    firsts: list[Claim] = []
    found = []
    for claim in _in_order(texts):
        if claim.predicate not in FAMILIES:
            continue
        for first in firsts:
            if first.document != claim.document and _says_same(first, claim, kinds):
                found.append(ClaimLink("same-as", claim.id, first.id, "", "every slot that both state agrees"))
                break
        else:
            firsts.append(claim)
    return found


def _in_order(texts: Iterable[Text]) -> list[Claim]:
    rows = [(text.published or date.max, c.document, c.start, c.id, c) for text in texts for c in text.body.claims]
    return [row[-1] for row in sorted(rows, key=lambda row: row[:4])]


def _says_same(left: Claim, right: Claim, kinds: Kinds) -> bool:
    if left.predicate != right.predicate or left.polarity != right.polarity or left.modality != right.modality:
        return False
    goods = [[k for g in c.goods for k in g.concepts] for c in (left, right)]
    answers = [
        names_same(name_of(left), name_of(right)),
        kinds.same(*goods),
        times_same(left.time, right.time),
        places_same(left.place, right.place),
    ]
    answers += [quantities_same(a.quantity, b.quantity) for a in counted(left) for b in counted(right)]
    if left.value is not None and right.value is not None:
        answers.append(quantities_same(left.value, right.value, True))
    return False not in answers and True in answers
