"""From hits to concepts with scores that add up.

The score of a concept (thousandths) reads as the likelihood of the kind given the words. It is the sum of contributions: a
strong name, a designator, a weak name with its context, agreement of the declared HS code, and what lowers it: negating
words, an accessory head, being only what the goods are for. Points are estimates, stated here once; `goods evaluate`
(a later issue) fits them.
"""

from __future__ import annotations

from tidewaiter.model import Contribution, Evidence
from tidewaiter.model.goods import ConceptFound
from tidewaiter.packs import Concept
from tidewaiter.screen.description import language_of
from tidewaiter.screen.goods.lexicon import Lexicon
from tidewaiter.screen.goods.reading import Hit, Reading, Role, Word, company_of, context_of, role_of
from tidewaiter.screen.goods.stated import Stated, stated_beside

POINTS = {
    "strong": 850,
    "designator": 930,
    "both": 40,
    "weak": 60,
    "weak-with-context": 550,
    "hs": 40,
    "negated": -800,
    "pretext": -500,
    "pretext-designator": -80,
    "accessory": -650,
    "served": -650,
    "spelling": -80,
    "loose": -120,
}
RAISED = 400
HIGHEST = 990


def find_concepts(reading: Reading, lexicon: Lexicon, hs: str, path: str) -> tuple[ConceptFound, ...]:
    """Return the concepts named in a description, best first, each with spans, contributions and role.

    Args:
        reading: the read description.
        lexicon: the compiled lexicon.
        hs: the declared commodity code, digits only, may be empty.
        path: field path of the description, for evidence.
    """
    by_concept: dict[str, list[Hit]] = {}
    for hit in reading.hits:
        by_concept.setdefault(hit.concept, []).append(hit)
    found = [
        _concept(lexicon.packs.concepts[name], hits, reading, lexicon, hs, path) for name, hits in by_concept.items()
    ]
    return tuple(sorted(found, key=lambda concept: (-concept.score, concept.concept)))


def _concept(concept: Concept, hits: list[Hit], reading: Reading, lexicon: Lexicon, hs: str, path: str) -> ConceptFound:
    """Score one concept from the hit that speaks most for it."""
    best: tuple[int, Hit, Role, list[Contribution]] | None = None
    for hit in hits:
        role = role_of(hit, reading, lexicon)
        contributions = _contributions(concept, hit, role, hits, reading, lexicon, hs, path)
        total = sum(contribution.points for contribution in contributions)
        if best is None or total > best[0]:
            best = (total, hit, role, contributions)
    assert best is not None
    total, hit, role, contributions = best
    if total > HIGHEST:
        contributions.append(
            Contribution("concept.ceiling", HIGHEST - total, sentence="Words alone are never certain.")
        )
    elif total < 0:
        contributions.append(Contribution("concept.floor", -total, sentence="A score does not fall below nothing."))
    original = reading.folded.original
    spans = tuple(sorted({reading.folded.span(h.start, h.end) for h in hits}))
    evidence = tuple(
        Evidence(path, original, start, end, f"names {concept.title.lower()}", concept.source) for start, end in spans
    )
    language = hit.term.language if hit.term is not None else language_of(original)
    shown_role = "is" if role.role == "pretext" else role.role
    because = (
        reading.folded.original[slice(*reading.folded.span(role.because.start, role.because.end))]
        if role.because
        else ""
    )
    return ConceptFound(
        concept.id,
        concept.title,
        sum(contribution.points for contribution in contributions),
        shown_role,
        spans,
        tuple(contributions),
        evidence,
        language,
        any(h.model >= 0 for h in hits),
        because,
    )


def _contributions(
    concept: Concept, hit: Hit, role: Role, hits: list[Hit], reading: Reading, lexicon: Lexicon, hs: str, path: str
) -> list[Contribution]:
    text = reading.folded.original[slice(*reading.folded.span(hit.start, hit.end))]
    designator = next((h for h in hits if h.model >= 0 and h.segment == hit.segment), None)
    found = [_name_contribution(concept, hit, text, reading, lexicon, path)]
    if hit.edits:
        found.append(
            Contribution(
                "concept.spelling",
                POINTS["spelling"] * hit.edits,
                text,
                hit.term.text if hit.term is not None else "",
                path,
                concept.source,
                f"“{text}” is read as a misspelling.",
            )
        )
    if hit.loose:
        found.append(
            Contribution(
                "concept.loose-name",
                POINTS["loose"],
                text,
                hit.term.text if hit.term is not None else "",
                path,
                concept.source,
                f"“{text}” has the words of the name, apart or in another order.",
            )
        )
    if hit.model < 0 and designator is not None:
        more = (
            POINTS["designator"] - POINTS["strong"] + POINTS["both"]
            if hit.strong
            else POINTS["designator"] - found[0].points
        )
        code = reading.folded.original[slice(*reading.folded.span(designator.start, designator.end))]
        found.append(
            Contribution(
                "concept.designator",
                more,
                code,
                concept.title,
                path,
                concept.source,
                f"“{code}” is a designation of this kind.",
            )
        )
    code = next((code for code in concept.hs if hs.startswith(code) or (len(hs) >= 4 and code.startswith(hs))), "")
    if hs and code:
        found.append(
            Contribution(
                "concept.hs-agrees",
                POINTS["hs"],
                hs,
                code,
                "hs",
                concept.source,
                f"The declared code {hs} is usual for this kind.",
            )
        )
    lowering = _lowering(role, designator is not None or hit.model >= 0)
    if lowering is not None and role.because is not None:
        name, points, sentence = lowering
        word = reading.folded.original[slice(*reading.folded.span(role.because.start, role.because.end))]
        found.append(
            Contribution(
                f"concept.{name}",
                points,
                word,
                concept.title,
                path,
                role.because.term.source,
                sentence.format(word=word),
            )
        )
    return found


def _name_contribution(
    concept: Concept, hit: Hit, text: str, reading: Reading, lexicon: Lexicon, path: str
) -> Contribution:
    if hit.model >= 0:
        model = concept.models[hit.model]
        return Contribution(
            "concept.designator",
            POINTS["designator"],
            text,
            model.note or concept.title,
            path,
            model.source,
            f"“{text}” is a designation of this kind.",
        )
    if hit.identifier:
        said = "is the registry number of" if hit.identifier == "cas" else "is a stock number of the class of"
        return Contribution(
            f"concept.{hit.identifier}",
            POINTS["designator"],
            text,
            concept.title,
            path,
            concept.source,
            f"“{text}” {said} {concept.title.lower()}.",
        )
    assert hit.term is not None
    if hit.strong:
        return Contribution(
            "concept.term",
            POINTS["strong"],
            text,
            hit.term.text,
            path,
            concept.source,
            f"“{text}” names {concept.title.lower()}.",
        )
    context: Word | Stated | Hit | None = (
        context_of(hit, reading) or stated_beside(hit, reading, lexicon) or company_of(hit, reading, lexicon)
    )
    if context is not None:
        other = reading.folded.original[slice(*reading.folded.span(context.start, context.end))]
        return Contribution(
            "concept.weak-term",
            POINTS["weak-with-context"],
            text,
            hit.term.text,
            path,
            concept.source,
            f"“{text}” together with “{other}” suggests {concept.title.lower()}.",
        )
    return Contribution(
        "concept.weak-term", POINTS["weak"], text, hit.term.text, path, concept.source, f"“{text}” alone says little."
    )


def _lowering(role: Role, designator: bool) -> tuple[str, int, str] | None:
    if role.role == "negated":
        return "negated", POINTS["negated"], "“{word}” says that it is something else."
    if role.role == "pretext":
        if designator:
            return "pretext", POINTS["pretext-designator"], "“{word}” lowers little: a designation is named."
        return "pretext", POINTS["pretext"], "“{word}” says that it is not the real thing."
    if role.role == "served":
        return "served", POINTS["served"], "“{word}”: the goods are for this, not this itself."
    if role.role == "accessory":
        return "accessory", POINTS["accessory"], "“{word}”: an accessory of this, not this itself."
    return None
