"""Run the cases that stand beside pack files: worked examples that are executable documentation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

from tidewaiter.claims.read import ClaimReader
from tidewaiter.model import Declaration, Document, GoodsLine, Party
from tidewaiter.model.goods import Assessment
from tidewaiter.packs import Case, PackSet
from tidewaiter.screen.facts import facts_of
from tidewaiter.screen.goods import GoodsEngine, GoodsResult
from tidewaiter.screen.licence import LicenceAnswer, assess_all
from tidewaiter.screen.pipeline import Screener, candidates_of
from tidewaiter.service.reports.cases import run_report_case
from tidewaiter.service.reports.claims import claim_reader

DEFAULT_DAY = date(2026, 11, 24)


@dataclass(frozen=True, slots=True)
class CaseResult:
    """One case with what was wrong (empty: it passed)."""

    case: Case
    failures: tuple[str, ...]


def run_cases(packs: PackSet, cases: Iterable[Case]) -> list[CaseResult]:
    """Run cases and return their results in order."""
    screeners: dict[date, Screener] = {}
    # Reading goods does not depend on the day; compiling for each day anew would take seconds and memory.
    engine = GoodsEngine(packs)
    reports: ClaimReader | None = None
    results = []
    for case in cases:
        if "report" in case.goods:
            reports = reports or _claim_reader(packs, engine)
            results.append(CaseResult(case, tuple(run_report_case(case, reports))))
            continue
        day = case.on or DEFAULT_DAY
        if day not in screeners:
            screeners[day] = Screener(packs, None, (), day, engine=engine)
        results.append(CaseResult(case, tuple(_run(case, screeners[day], day))))
    return results


def _claim_reader(packs: PackSet, engine: GoodsEngine) -> ClaimReader:
    folder = next(Path(info.path).parent for info in packs.infos if info.kind == "report-words")
    return claim_reader(packs, engine, folder)


def _decimal(text: str) -> Decimal | None:
    try:
        return Decimal(text) if text else None
    except InvalidOperation:
        return None


def declaration_of(case: Case) -> Declaration:
    """Return the declaration a case describes."""
    goods, route = case.goods, case.route
    line = GoodsLine(
        str(goods.get("description", "")),
        str(goods.get("hs", "")),
        _decimal(str(goods.get("quantity", ""))),
        _decimal(str(goods.get("net_mass_g", ""))),
        _decimal(str(goods.get("value", ""))),
        str(goods.get("currency", "")),
        str(goods.get("origin", "")),
    )
    transit = route.get("transit") or route.get("route") or ()
    places = (transit,) if isinstance(transit, str) else tuple(transit)
    licence = str(route.get("licence", "") or route.get("licence_number", ""))
    return Declaration(
        case.name,
        (line,),
        consignor=Party(country=str(route.get("origin", ""))),
        consignee=Party(country=str(route.get("destination", ""))),
        route=places,
        nature=str(route.get("nature", goods.get("nature", ""))),
        consignee_type=str(route.get("consignee_type", "")),
        end_use=str(route.get("end_use", "")),
        documents=(Document("licence", licence),) if licence else (),
    )


_LAW = frozenset({"required", "rule", "exception"})


def _run(case: Case, screener: Screener, day: date) -> Iterable[str]:
    declaration = declaration_of(case)
    line = declaration.lines[0]
    result, _ = screener.read_line(line, 0)
    facts = facts_of(declaration, line, result, screener.packs, day)
    candidates = candidates_of(result.raised)
    rows, _ = assess_all(candidates, facts, day)
    expect = case.expect
    # Deciding costs far more than assessing, and most cases ask about an entry only.
    asks_law = not _LAW.isdisjoint(expect)
    answers = screener.decide_line(declaration, line, 0, result, facts) if asks_law else []
    yield from _goods(expect, result)
    yield from _entry(expect, rows, result)
    yield from _licence(expect, [(answer, jurisdiction) for answer, _, jurisdiction in answers])
    if "outcome" in expect or "next_question" in expect:
        screening = screener.screen(declaration)
        if "outcome" in expect and screening.outcome != expect["outcome"]:
            codes = ", ".join(f.code for f in screening.findings)
            yield f"outcome is {screening.outcome}, expected {expect['outcome']} ({codes})"
        if "next_question" in expect:
            asked = [q.fact.partition(":")[2] or q.fact for q in screening.questions]
            open_facts = [fact.partition(":")[2] or fact for row in rows for fact in row.open_facts]
            if expect["next_question"] not in asked and (asked or expect["next_question"] not in open_facts):
                yield f"next question is {asked or 'none'}, expected {expect['next_question']} (open: {sorted(set(open_facts))})"


def _goods(expect: Mapping[str, object], result: GoodsResult) -> Iterable[str]:
    kinds = [kind.concept for kind in result.kinds]
    for concept in _list(expect.get("concepts")):
        if concept not in kinds:
            seen = ", ".join(f"{c.concept} ({c.role}, {c.score})" for c in result.concepts)
            yield f"{concept} is not found; found {seen or 'nothing'}"
    for concept in _list(expect.get("not_concepts")):
        if concept in kinds:
            yield f"{concept} is found and should not be"
    wanted = expect.get("parameters")
    for name, value in wanted.items() if isinstance(wanted, Mapping) else ():
        known = result.parameters.get(name)
        shown = _shown(known.labels, known.low, known.text) if known is not None else "nothing"
        if known is None or (str(value) not in known.labels and not _same(str(value), known.low, known.text)):
            yield f"parameter {name} is {shown}, expected {value}"


def _shown(labels: Sequence[str], low: object, text: str) -> str:
    return " or ".join(labels) or f"{text} ({low})"


def _same(value: str, low: object, text: str) -> bool:
    if value.casefold().replace(" ", "") == text.casefold().replace(" ", ""):
        return True
    from tidewaiter.text.units import parse_quantity

    try:
        return low is not None and parse_quantity(value).low == low
    except ValueError:
        return value.isdigit() and low == int(value)


def _entry(expect: Mapping[str, object], rows: Sequence[Assessment], result: GoodsResult) -> Iterable[str]:
    wanted = expect.get("entry")
    if not isinstance(wanted, str):
        return
    paragraph, status = str(expect.get("paragraph", "")), str(expect.get("status", ""))
    listed, _, entry = wanted.rpartition("/")
    found = [
        r
        for r in rows
        if r.entry == entry and (not listed or r.list == listed) and (not paragraph or r.paragraph == paragraph)
    ]
    if status == "not-raised":
        raised = [r for r in found if r.status != "excluded"]
        if raised:
            yield f"{wanted} is raised: {', '.join(f'{r.paragraph} {r.status}' for r in raised)}"
        return
    if not found:
        seen = ", ".join(f"{r.ref} {r.status}" for r in rows) or "nothing raised"
        concepts = ", ".join(f"{c.concept} ({c.role}, {c.score})" for c in result.concepts)
        yield f"{wanted}{'.' + paragraph if paragraph else ''} is not raised ({seen}; concepts: {concepts or 'none'})"
        return
    if status and not any(r.status == status for r in found):
        shown = "; ".join(
            f"{r.paragraph} {r.status} because {r.because or ', '.join(r.open_facts) or 'all holds'}" for r in found
        )
        yield f"{wanted} has {shown}; expected {status}"
    because = str(expect.get("because", ""))
    if because and not any(because in r.because or because in r.released_if for r in found):
        yield f"{wanted} is decided by {[r.because for r in found]}, expected {because}"


def _licence(expect: Mapping[str, object], answers: Sequence[tuple[LicenceAnswer, str]]) -> Iterable[str]:
    jurisdiction = str(expect.get("jurisdiction", ""))
    chosen = [(a, j) for a, j in answers if not jurisdiction or j == jurisdiction]
    if "required" in expect:
        required = [a.required for a, _ in chosen] or ["no"]
        if str(expect["required"]) not in required:
            shown = "; ".join(_say(a, j) for a, j in chosen)
            yield f"licence required is {' / '.join(required)}, expected {expect['required']} ({shown})"
    rules = {g.rule.id for a, _ in chosen for g in (*a.grounds, *a.quiet)}
    for rule in _list(expect.get("rule")):
        if rule not in rules:
            yield f"rule {rule} is no ground; grounds: {', '.join(sorted(rules)) or 'none'}"
    releases = {seen.release.id for a, _ in chosen for g in (*a.grounds, *a.quiet) for seen in g.releases}
    for release in _list(expect.get("exception")):
        if release not in releases:
            yield f"exception {release} was not seen; seen: {', '.join(sorted(releases)) or 'none'}"


def _say(answer: LicenceAnswer, jurisdiction: str) -> str:
    grounds = [
        f"{g.rule.id}{'' if g.assessment is None else ' ' + g.assessment.ref} {g.effect} {'settled' if g.settled else 'open: ' + ', '.join(g.open_facts)} P={g.likelihood:.2f}"
        for g in (*answer.grounds, *answer.quiet)
    ]
    return f"{jurisdiction}: {'; '.join(grounds) or 'no ground'}"


def _list(value: object) -> list[str]:
    if value is None:
        return []
    if isinstance(value, str):
        return [value]
    return [str(item) for item in value] if isinstance(value, Sequence) else []
