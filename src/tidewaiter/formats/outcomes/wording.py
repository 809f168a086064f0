"""The words a reader meets for outcomes, severities, effects and encoding status, and the reason in three lines.

One place, so that the terminal, the report and the summary say the same thing and none of them claims more than was
checked.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from tidewaiter.model import Checked, Declaration, Finding, LegalBasis, Outcome, Problem, Question, Screening, Severity

OUTCOMES: tuple[Outcome, ...] = ("hold", "review", "no-finding")
OUTCOME_MEANING: dict[str, str] = {
    "hold": "Hold it",
    "review": "Look at it",
    "no-finding": "Nothing found in what was checked",
}
OUTCOME_SIGN: dict[str, str] = {"hold": "■", "review": "▲", "no-finding": "○"}

SEVERITIES: tuple[Severity, ...] = ("hold", "review", "question", "info")
SEVERITY_MEANING: dict[str, str] = {
    "hold": "Ground to hold",
    "review": "Look at it",
    "question": "Ask the consignor",
    "info": "For information",
}
SEVERITY_SIGN: dict[str, str] = {"hold": "■", "review": "▲", "question": "?", "info": "i"}

EFFECT_MEANING: dict[str, str] = {
    "prohibited": "Prohibited",
    "licence": "Licence required",
    "general-authorisation": "General authorisation: conditions apply",
    "none": "This rule asks for no licence",
}
STATUS_MEANING: dict[str, str] = {
    "draft": "Draft encoding: no second reader has checked it. Compare with the text before relying on it",
    "reviewed": "Encoding reviewed by a second reader",
    "stable": "Encoding stable",
    "retired": "Encoding retired: kept for replay only",
}


def points_text(thousandths: int) -> str:
    """Return points as a signed decimal fraction, `+0.350` or `−0.120` (with a true minus sign)."""
    sign = "−" if thousandths < 0 else "+"
    return f"{sign}{abs(thousandths) / 1000:.3f}"


def score_text(thousandths: int) -> str:
    """Return a score as a decimal fraction, `0.870`."""
    sign = "−" if thousandths < 0 else ""
    return f"{sign}{abs(thousandths) / 1000:.3f}"


def decimal_text(value: Decimal) -> str:
    """Return a decimal exactly as declared, without an exponent unless writing it out would be absurdly long."""
    text = str(value)
    if "E" not in text:
        return text
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and abs(exponent) > 30:
        return text
    return format(value, "f")


def date_text(value: date | None) -> str:
    """Return an ISO date, or nothing."""
    return "" if value is None else value.isoformat()


def severity_order(finding: Finding) -> int:
    """Return a sort key that puts the gravest finding first; findings of one severity keep their order."""
    return SEVERITIES.index(finding.severity)


def sorted_findings(screening: Screening) -> list[Finding]:
    """Return the findings, gravest first."""
    return sorted(screening.findings, key=severity_order)


def all_problems(screening: Screening) -> tuple[Problem, ...]:
    """Return the problems of the screening and of its declaration, each once."""
    declared = screening.declaration.problems if screening.declaration is not None else ()
    return screening.problems + tuple(problem for problem in declared if problem not in screening.problems)


def route_text(declaration: Declaration | None) -> str:
    """Return `RU → AE → US`, with `?` for an end that was not declared; empty without a declaration."""
    if declaration is None:
        return ""
    stops = (declaration.consignor.country or "?", *declaration.route, declaration.consignee.country or "?")
    return " → ".join(stops)


def descriptions_text(declaration: Declaration | None, separator: str = " | ") -> str:
    """Return the declared descriptions of all lines in one string."""
    if declaration is None:
        return ""
    return separator.join(line.description for line in declaration.lines if line.description)


def entry_text(basis: LegalBasis) -> str:
    """Return `eu-military/ML13.d.2` from the list, entry and paragraph of a basis."""
    entry = basis.entry
    if basis.paragraph and not entry.endswith(basis.paragraph):
        entry = f"{entry}.{basis.paragraph}" if entry else basis.paragraph
    return "/".join(part for part in (basis.list, entry) if part)


def basis_text(basis: LegalBasis) -> str:
    """Return a legal basis in one line: citation, effect, dates, and a flag when our encoding is a draft."""
    parts = [basis.citation or basis.instrument or entry_text(basis)]
    if basis.effect:
        parts.append(EFFECT_MEANING.get(basis.effect, basis.effect).lower())
    if basis.in_force_from is not None:
        parts.append(f"in force from {basis.in_force_from.isoformat()}")
    if basis.as_of is not None:
        parts.append(f"text as of {basis.as_of.isoformat()}")
    if basis.status in ("draft", "retired"):
        parts.append(f"{basis.status.upper()} encoding")
    return ", ".join(parts)


def question_wordings(question: Question, language: str = "") -> list[tuple[str, str]]:
    """Return (language, wording) pairs to show: the wanted or chosen language first, then English when it differs.

    Args:
        question: The question.
        language: A language to prefer over the one the question names; ignored when there is no wording in it.
    """
    texts = dict(question.texts)
    first = next((code for code in (language, question.language) if code in texts), "")
    order = [code for code in (first, "en") if code in texts] or list(texts)[:1]
    return [(code, texts[code]) for code in dict.fromkeys(order)]


def checked_text(checked: Checked) -> str:
    """Return one checked source in a line: name, version, date and note."""
    parts = [checked.name]
    if checked.version:
        parts.append(checked.version)
    if checked.as_of is not None:
        parts.append(f"as of {checked.as_of.isoformat()}")
    if checked.note:
        parts.append(checked.note)
    return ", ".join(parts)


def oldest_date(screening: Screening) -> date | None:
    """Return the date of the oldest text that was checked."""
    return min((item.as_of for item in screening.coverage.checked if item.as_of is not None), default=None)


def coverage_line(screening: Screening) -> str:
    """Return the coverage in one sentence: how much was checked, how old the oldest text is, what was not checked."""
    coverage = screening.coverage
    if not coverage.checked:
        text = "Nothing is recorded as checked"
    else:
        plural = "source" if len(coverage.checked) == 1 else "sources"
        text = f"Checked against {len(coverage.checked)} {plural}"
        oldest = oldest_date(screening)
        if oldest is not None:
            text += f", the oldest as of {oldest.isoformat()}"
    if not coverage.not_checked:
        return f"{text}; no gap recorded."
    names = [item.name or item.what for item in coverage.not_checked]
    shown = ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
    return f"{text}; NOT checked: {shown}."


def reason_lines(screening: Screening) -> tuple[str, str, str]:
    """Return the outcome and its reason in three lines: what to do, why, and on what ground or with what coverage."""
    meaning = OUTCOME_MEANING[screening.outcome]
    findings = sorted_findings(screening)
    questions = len(screening.questions)
    first = f"{meaning}."
    if questions:
        first += f" {questions} question{'s' if questions > 1 else ''} to the consignor."
    if not findings:
        return first, "No rule raised anything.", coverage_line(screening)
    second = findings[0].message
    if len(findings) > 1:
        second += f" (and {len(findings) - 1} more)"
    grounds = [basis for finding in findings for basis in finding.legal_basis]
    third = f"Ground: {basis_text(grounds[0])}." if grounds else coverage_line(screening)
    return first, second, third
