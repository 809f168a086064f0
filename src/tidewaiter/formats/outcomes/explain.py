"""One screening for a person at a terminal: the reason first, then the evidence, then what was and was not checked.

Everything declared is made safe to print: escapes, line breaks and direction overrides show as what they are.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from tidewaiter.formats.outcomes.marks import declared_texts, marked_text, screening_spans, spans_by_path, visible
from tidewaiter.formats.outcomes.wording import (
    OUTCOME_SIGN,
    SEVERITY_MEANING,
    STATUS_MEANING,
    all_problems,
    basis_text,
    checked_text,
    decimal_text,
    entry_text,
    points_text,
    question_wordings,
    reason_lines,
    route_text,
    score_text,
    sorted_findings,
)
from tidewaiter.model import Declaration, Finding, GoodsLine, LegalBasis, Screening

BRACKETS = ("[[", "]]")
ANSI = ("\x1b[1;7m", "\x1b[0m")
_WIDTH = 100


def explain_text(screening: Screening, language: str = "en", *, marks: tuple[str, str] = BRACKETS) -> str:
    """Return one screening as text for a person.

    Args:
        screening: The screening.
        language: Language of the questions where we have a wording in it; the language chosen for the consignor, and
            English, otherwise. Labels are English.
        marks: What to put before and after matched words: `BRACKETS`, or `ANSI` for a terminal that shows styles.
    """
    return "\n".join(_lines(screening, language, marks)).rstrip() + "\n"


def _lines(screening: Screening, language: str, marks: tuple[str, str]) -> Iterator[str]:
    first, second, third = reason_lines(screening)
    yield f"{OUTCOME_SIGN[screening.outcome]} {screening.outcome.upper()}: {first}"
    yield f"  {visible(second)}"
    yield f"  {visible(third)}"
    yield ""
    if screening.declaration is not None:
        yield from _declared(screening, screening.declaration, marks)
    for number, finding in enumerate(sorted_findings(screening), start=1):
        yield from _finding(number, finding, marks)
    yield from _questions(screening, language)
    if screening.counterfactuals:
        yield "WHAT WOULD CHANGE THE OUTCOME"
        for item in screening.counterfactuals:
            yield from _wrap(item.sentence, "  - ")
        yield ""
    yield from _coverage(screening)
    yield from _problems_and_versions(screening)


def _declared(screening: Screening, declaration: Declaration, marks: tuple[str, str]) -> Iterator[str]:
    spans = screening_spans(screening)
    heads = [visible(screening.id), declaration.form, visible(route_text(declaration)), visible(declaration.nature)]
    if declaration.posted is not None:
        heads.append(f"posted {declaration.posted.isoformat()}")
    yield "DECLARED  " + "  ·  ".join(part for part in heads if part)
    facts = {index: _line_facts(line) for index, line in enumerate(declaration.lines)}
    texts = declared_texts(declaration)
    for role in ("consignor", "consignee"):
        parts = [
            marked_text(value, spans.get((path, value), ()), *marks)
            for path, value in texts
            if path.startswith(f"{role}.")
        ]
        yield f"  {role:<22} {', '.join(parts) or 'not declared'}"
    for path, value in texts:
        if not path.startswith("lines[") or path.endswith((".hs", ".origin")):
            continue
        label = _label(path)
        text = marked_text(value, spans.get((path, value), ()), *marks)
        if path.endswith("].description"):
            extra = facts[int(path[6 : path.index("]")])]
            text += f"  ({extra})" if extra else ""
        yield f"  {label:<22} {text}"
    yield ""


def _line_facts(line: GoodsLine) -> str:
    facts = []
    if line.hs:
        facts.append(f"HS {visible(line.hs)}")
    if line.quantity is not None:
        facts.append(f"{decimal_text(line.quantity)} pcs")
    if line.net_mass_g is not None:
        facts.append(f"{decimal_text(line.net_mass_g)} g")
    if line.value is not None:
        facts.append(f"{decimal_text(line.value)} {visible(line.currency)}".strip())
    if line.origin:
        facts.append(f"origin {visible(line.origin)}")
    return ", ".join(facts)


def _label(path: str) -> str:
    if path.startswith("lines["):
        index, name = path[6:].split("].", 1)
        return f"line {int(index) + 1} {name}".replace("_", " ")
    return path.replace(".", " ").replace("_", " ")


def _finding(number: int, finding: Finding, marks: tuple[str, str]) -> Iterator[str]:
    where = "" if finding.line is None else f", line {finding.line + 1}"
    yield f"FINDING {number}  {SEVERITY_MEANING[finding.severity]}{where}  ({finding.code})"
    yield from _wrap(finding.message, "  ")
    for (path, value), spans in spans_by_path(finding.evidence).items():
        yield f"  in {_label(path)}: {marked_text(value, spans, *marks)}"
    for item in finding.evidence:
        note = "; ".join(part for part in (item.note, item.source) if part)
        if note:
            yield from _wrap(note, "     ")
    for basis in finding.legal_basis:
        yield from _basis(basis)
    if finding.contributions:
        yield "  How the score adds up:"
        for term in finding.contributions:
            yield f"    {points_text(term.points):>8}  {visible(term.sentence or term.code)}"
        yield f"    {score_text(finding.score):>8}  score"
        total = sum(term.points for term in finding.contributions)
        if total != finding.score:
            yield f"    these terms add up to {score_text(total)}, not to the score: please report this as a defect"
    for label, value in finding.details:
        yield from _wrap(f"{label}: {value}", "  ")
    if finding.pack:
        yield f"  rule pack {visible(finding.pack)}"
    yield ""


def _basis(basis: LegalBasis) -> Iterator[str]:
    entry = entry_text(basis)
    yield from _wrap(f"{basis.jurisdiction} {entry}".strip() + f": {basis_text(basis)}", "  basis  ")
    if basis.summary:
        yield from _wrap(basis.summary, "         ")
    if basis.status == "draft":
        yield from _wrap(f"! {STATUS_MEANING['draft']}.", "         ")
    if basis.authority:
        yield from _wrap(f"authority: {basis.authority}", "         ")
    if basis.url:
        yield f"         {visible(basis.url)}"


def _questions(screening: Screening, language: str) -> Iterator[str]:
    if not screening.questions:
        return
    yield "ASK THE CONSIGNOR"
    for question in screening.questions:
        where = "" if question.line is None else f"line {question.line + 1}: "
        for index, (code, wording) in enumerate(question_wordings(question, language if language != "en" else "")):
            yield from _wrap(f"{where if index == 0 else ''}[{code}] {wording}", "  - " if index == 0 else "    ")
        if question.why:
            yield from _wrap(f"why: {question.why}", "    ")
        if question.settles:
            yield from _wrap(f"settles: {', '.join(question.settles)}", "    ")
    yield ""


def _coverage(screening: Screening) -> Iterator[str]:
    coverage = screening.coverage
    yield "CHECKED" if coverage.checked else "CHECKED  nothing is recorded as checked"
    for item in coverage.checked:
        yield from _wrap(f"{item.what}: {checked_text(item)}", "  + ")
    yield "NOT CHECKED" if coverage.not_checked else "NOT CHECKED  no gap recorded"
    for gap in coverage.not_checked:
        yield from _wrap(f"{gap.what}: {gap.name}: {gap.reason}", "  ! ")
    yield ""


def _problems_and_versions(screening: Screening) -> Iterator[str]:
    problems = all_problems(screening)
    if problems:
        yield "PROBLEMS WHILE READING"
        for problem in problems:
            yield from _wrap(f"{problem.severity}: {problem}", "  ! ")
        yield ""
    if screening.versions is not None:
        versions = screening.versions
        yield f"VERSIONS  legal date {versions.legal_date.isoformat()}, tidewaiter {visible(versions.code)}"
        for name, digest in (*versions.packs, *versions.lists):
            yield f"  {visible(name)}  {visible(digest)}"


def _wrap(text: str, lead: str) -> list[str]:
    return textwrap.wrap(
        visible(text),
        width=_WIDTH,
        initial_indent=lead,
        subsequent_indent=" " * len(lead),
        break_long_words=False,
        break_on_hyphens=False,
    ) or [lead.rstrip()]
