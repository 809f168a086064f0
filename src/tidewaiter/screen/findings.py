"""Turn engine results into findings: message, evidence, contributions that add up, legal basis with date.

Every sentence comes from a template here; nothing is phrased in the hot path of ordinary mail.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tidewaiter.model import Contribution, Declaration, Evidence, Finding, GoodsLine, LegalBasis, Severity
from tidewaiter.model.goods import Assessment, Value
from tidewaiter.packs import Entry, PackSet, Reference, Rule
from tidewaiter.packs.types import PRECEDENCE
from tidewaiter.screen.goods import GoodsResult
from tidewaiter.screen.licence import Ground, LicenceAnswer

# The jurisdiction of rules about what may go by post at all (Universal Postal Convention and what countries tell of it).
POST = "upu"


def entry_basis(entry: Entry, assessment: Assessment) -> LegalBasis:
    """Return the control-list entry as a legal basis."""
    reference = entry.references[0] if entry.references else Reference()
    paragraph = next((p for p in entry.paragraphs if p.id == assessment.paragraph), None)
    return LegalBasis(
        entry.pack.jurisdiction,
        entry.pack.instrument or entry.pack.title,
        reference.citation or f"{entry.list} {entry.id}",
        "",
        entry.list,
        entry.id,
        assessment.paragraph,
        entry.valid_from,
        reference.as_of or entry.pack.as_of,
        reference.read_on,
        paragraph.status if paragraph is not None else entry.status,
        reference.url,
        "",
        (paragraph.summary if paragraph is not None and paragraph.summary else entry.summary),
    )


def rule_basis(ground: Ground) -> LegalBasis:
    """Return the licence rule of a ground as a legal basis."""
    rule = ground.rule
    reference = rule.references[0] if rule.references else Reference()
    return LegalBasis(
        rule.jurisdiction,
        rule.pack.instrument or rule.pack.title,
        reference.citation,
        ground.effect,
        ground.assessment.list if ground.assessment is not None else "",
        ground.assessment.entry if ground.assessment is not None else "",
        ground.assessment.paragraph if ground.assessment is not None else "",
        rule.valid_from,
        reference.as_of or rule.pack.as_of,
        reference.read_on,
        rule.status,
        reference.url,
        rule.authority.get("en", ""),
        rule.summary or rule.title,
    )


def evidence_of(
    concepts: Iterable[str], result: GoodsResult, used: Iterable[str], path: str, line: GoodsLine
) -> tuple[Evidence, ...]:
    """Return the matched words of the concepts and the parameter values that a finding rests on."""
    wanted = set(concepts)
    found: list[Evidence] = []
    for concept in result.concepts:
        if concept.concept in wanted:
            found.extend(concept.evidence)
    for name in used:
        kind, _, bare = name.partition(":")
        value = result.parameters.get(bare)
        if kind in ("parameter", "fact") and value is not None:
            found.append(
                Evidence(
                    f"{path}.description",
                    line.description,
                    value.start,
                    value.end,
                    f"{bare} = {_labels(value)}",
                    value.source,
                )
            )
    return tuple(dict.fromkeys(found))


def _labels(value: Value) -> str:
    labels = " or ".join(value.labels) or value.text
    return f"{labels} (converted, not conclusive)" if value.authority == "sourced" else labels


def licence_finding(
    answer: LicenceAnswer,
    result: GoodsResult,
    line: GoodsLine,
    number: int,
    jurisdiction: str,
    declaration: Declaration,
    packs: PackSet,
) -> Finding:
    """Return the finding of one jurisdiction's licence answer on one goods line."""
    grounds = [g for g in answer.grounds if g.binds and (g.settled is True or answer.required == "open")] or list(
        answer.grounds
    )
    lead = _lead(grounds, packs.policy.precedence if packs.policy is not None else PRECEDENCE)
    entries = packs.entries_by_id
    concept = lead.assessment.concept if lead.assessment is not None else ""
    found = next((c for c in result.concepts if c.concept == concept), None)
    bases: list[LegalBasis] = []
    for ground in grounds:
        if ground.assessment is not None:
            bases.append(entry_basis(entries[ground.assessment.list, ground.assessment.entry], ground.assessment))
        bases.append(rule_basis(ground))
    path = f"lines[{number}]"
    names = [g.assessment.concept for g in grounds if g.assessment is not None]
    used = [name for g in grounds if g.assessment is not None for name in g.assessment.used]
    used += [
        name
        for name in ("parameter:" + p for p, v in result.parameters.items() if v.authority == "sourced")
        if name in answer.open_facts
    ]
    contributions = list(found.contributions) if found is not None else []
    score = sum(c.points for c in contributions)
    if answer.required == "open" and lead.assessment is not None and lead.assessment.status == "open":
        kept = round(score * lead.assessment.likelihood)
        contributions.append(
            Contribution(
                "entry.not-known",
                kept - score,
                ", ".join(lead.assessment.open_facts),
                lead.assessment.ref,
                path,
                lead.rule.source,
                "What is not stated leaves it open whether the entry is met.",
            )
        )
        score = kept
    state = {"yes": "required", "open": "open", "no": "not-required"}[answer.required]
    if answer.required == "yes" and answer.prohibited and not answer.in_every_case:
        state = "prohibited"
    severity: Severity = "hold" if answer.required == "yes" else "review" if answer.required == "open" else "info"
    is_post = jurisdiction == POST
    what = found.title if found is not None else "The goods"
    return Finding(
        f"{'post' if is_post else 'licence'}.{state}",
        severity,
        f"{what}: {(_post_message if is_post else _message)(state, lead, answer)}, {_route(declaration)}.",
        evidence_of(names, result, used, path, line),
        tuple(contributions),
        score,
        tuple(dict.fromkeys(bases)),
        lead.rule.pack.label,
        number,
        _details(answer, grounds, jurisdiction),
    )


def _lead(grounds: list[Ground], precedence: Sequence[str]) -> Ground:
    """Return the ground that the message is about: settled before open, then the strictest effect, then the likeliest."""
    return max(grounds, key=lambda g: (g.settled is True, -precedence.index(g.effect), g.likelihood, g.rule.id))


def _route(declaration: Declaration) -> str:
    origin, destination = declaration.consignor.country, declaration.consignee.country
    return f"{origin or 'unknown origin'} to {destination or 'unknown destination'}"


def _entry_named(lead: Ground) -> str:
    row = lead.assessment
    return f"{row.list} {row.entry}{'.' + row.paragraph if row.paragraph else ''}" if row is not None else "the rule"


def _message(state: str, lead: Ground, answer: LicenceAnswer) -> str:
    entry, rule = _entry_named(lead), lead.rule.title
    if state == "prohibited":
        return f"{entry} is met and {rule} prohibits it"
    if state == "required":
        if answer.in_every_case:
            return f"whatever the missing facts are, {rule} asks for a licence"
        return f"{entry} is met and {rule} asks for a licence"
    if state == "open":
        if lead.assessment is not None and lead.assessment.status == "met":
            return f"{entry} is met; whether {rule} asks for a licence is open"
        return f"{entry} may be met; a fact is missing. If it is, {rule} applies"
    return f"{entry} is met; no individual licence is needed under {rule}"


def _post_message(state: str, lead: Ground, answer: LicenceAnswer) -> str:
    """What may go by post is no question of an export licence, whoever would give one."""
    rule = lead.rule.title
    if state == "prohibited":
        return f"not admitted to the post ({rule})"
    if state == "required":
        return f"admitted only with a permission ({rule})"
    if state == "open":
        rests = ", ".join(fact.replace(":", " ").replace("-", " ") for fact in answer.open_facts[:3])
        return f"whether the post admits it is open ({rule}){'; it rests on ' + rests if rests else ''}"
    return f"admitted to the post as far as read ({rule})"


def _details(answer: LicenceAnswer, grounds: list[Ground], jurisdiction: str) -> tuple[tuple[str, str], ...]:
    details = [("jurisdiction", jurisdiction), ("licence required", answer.required)]
    for ground in grounds:
        if ground.assessment is not None:
            row = ground.assessment
            status = (
                row.status
                + (f", because {row.because}" if row.because else "")
                + (" (draft encoding)" if row.draft else "")
            )
            details.append((f"entry {row.ref}", status))
            if row.open_facts:
                details.append((f"open in {row.ref}", ", ".join(row.open_facts)))
            if row.released_if:
                details.append((f"released in {row.ref} if", ", ".join(row.released_if)))
        if ground.reasons:
            details.append((f"reasons {ground.rule.id}", ", ".join(ground.reasons)))
        for seen in ground.releases:
            facts = f": {', '.join(seen.open_facts)}" if seen.open_facts else ""
            details.append((f"exception {seen.release.id}", f"{seen.state}{facts}"))
    if answer.in_every_case:
        details.append(("in every case", "; ".join(answer.cases)))
    if answer.open_facts:
        details.append(("open facts", ", ".join(answer.open_facts)))
    return tuple(dict.fromkeys(details))


def met_without_requirement(
    answer: LicenceAnswer,
    result: GoodsResult,
    line: GoodsLine,
    number: int,
    jurisdiction: str,
    rules: Iterable[Rule],
    packs: PackSet,
) -> Finding | None:
    """Return, as information, that entries are met and the rules of the place of posting ask for nothing on this route."""
    met = [row for row in answer.assessments if row.status == "met"]
    if not met:
        return None  # nearly all goods: no need to ask what the rules name
    lists = {name for rule in rules for name in rule.lists}
    rows = [row for row in met if row.list in lists]
    if not rows:
        return None
    entries = packs.entries_by_id
    found = next((c for c in result.concepts if c.concept == rows[0].concept), None)
    contributions = tuple(found.contributions) if found is not None else ()
    refs = ", ".join(f"{row.list} {row.entry}.{row.paragraph}" for row in rows)
    return Finding(
        "licence.not-required",
        "info",
        f"{found.title if found else 'The goods'}: {refs} met; the rules read ask for no licence on this route and day.",
        evidence_of([row.concept for row in rows], result, [], f"lines[{number}]", line),
        contributions,
        sum(c.points for c in contributions),
        tuple(dict.fromkeys(entry_basis(entries[row.list, row.entry], row) for row in rows)),
        entries[rows[0].list, rows[0].entry].pack.label,
        number,
        (("jurisdiction", jurisdiction), ("licence required", "no")),
    )


def listed_without_rule(
    result: GoodsResult, rows: list[tuple[Entry, Assessment]], line: GoodsLine, number: int, place: str
) -> Finding:
    """Return the finding for goods that meet a reference list where the law of the place of posting is not modelled."""
    entry, lead = rows[0]
    found = next((c for c in result.concepts if c.concept == lead.concept), None)
    contributions = list(found.contributions) if found is not None else []
    score = sum(c.points for c in contributions)
    if lead.status == "open":
        kept = round(score * lead.likelihood)
        contributions.append(
            Contribution(
                "entry.not-known",
                kept - score,
                ", ".join(lead.open_facts),
                lead.ref,
                sentence="What is not stated leaves it open whether the entry is met.",
            )
        )
        score = kept
    path = f"lines[{number}]"
    return Finding(
        "goods.listed",
        "review",
        f"{found.title if found else 'The goods'}: {lead.list} {lead.entry}.{lead.paragraph} {'is' if lead.status == 'met' else 'may be'} met; the export law of {place or 'an unknown country'} is not in the packs.",
        evidence_of([row.concept for _, row in rows], result, lead.used, path, line),
        tuple(contributions),
        score,
        tuple(dict.fromkeys(entry_basis(e, row) for e, row in rows)),
        entry.pack.label,
        number,
        tuple((f"entry {row.ref}", row.status) for _, row in rows),
    )


def weak_matches(result: GoodsResult, line: GoodsLine, number: int) -> tuple[Finding, ...]:
    """Return what was recognised but is not the goods (negated, accessory, served) as information."""
    found = []
    for concept in result.concepts:
        if concept.role == "is" and concept.score >= 400:
            continue
        if concept.score == 0 and not concept.because:
            continue
        if concept.score < 100 and concept.role == "is":
            continue
        reason = {
            "negated": "it is named as something else",
            "served": "the goods are for it",
            "accessory": "it is an accessory of it",
        }.get(concept.role, "the words alone are weak")
        because = f" (“{concept.because}”)" if concept.because else ""
        found.append(
            Finding(
                "goods.not-raised",
                "info",
                f"{concept.title} is named but not raised: {reason}{because}.",
                concept.evidence,
                concept.contributions,
                concept.score,
                (),
                "concepts",
                number,
            )
        )
    return tuple(found)
