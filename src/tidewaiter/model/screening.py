"""What a screening says: outcome, findings with evidence and contributions, questions, counterfactuals, coverage.

Scores and points are integers in thousandths inside (1000 = certain), so that contributions add up exactly; they are
written as decimal fractions.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from tidewaiter.model.declaration import Declaration
from tidewaiter.model.problems import Problem

Outcome = Literal["no-finding", "review", "hold"]
Severity = Literal["info", "question", "review", "hold"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """The exact value a finding rests on.

    `path` is a field path in the declaration (`lines[0].description`, `consignee.name`). `start` and `end` mark the
    matched characters in `value` (the whole declared text) where there are any. `note` says what the value shows;
    `source` is the pack file and line, or the list and list id, that gave it meaning.
    """

    path: str
    value: str
    start: int | None = None
    end: int | None = None
    note: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Contribution:
    """One term of a score. `points` are thousandths; the points of all contributions of a match sum to its score.

    `left` is the declared value, `right` what it was compared with; `left_from` and `right_from` say where each came
    from; `sentence` is a template sentence for a reader.
    """

    code: str
    points: int
    left: str = ""
    right: str = ""
    left_from: str = ""
    right_from: str = ""
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """The legal ground of a finding, with its date and how far our encoding is trusted.

    `effect` is prohibited, licence, general-authorisation or none; `status` is draft, reviewed, stable or retired;
    `as_of` the date of the text that was read; `in_force_from` when the provision applies from.
    """

    jurisdiction: str
    instrument: str
    citation: str
    effect: str = ""
    list: str = ""
    entry: str = ""
    paragraph: str = ""
    in_force_from: date | None = None
    as_of: date | None = None
    read_on: date | None = None
    status: str = ""
    url: str = ""
    authority: str = ""
    summary: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule fired and someone should look.

    `score` is in thousandths and equals the sum of the points of `contributions`. `line` is the 0-based goods line, or
    None for the whole postal item. `details` holds short labelled facts for the reader (entry statuses, alternatives).
    """

    code: str
    severity: Severity
    message: str
    evidence: tuple[Evidence, ...] = ()
    contributions: tuple[Contribution, ...] = ()
    score: int = 0
    legal_basis: tuple[LegalBasis, ...] = ()
    pack: str = ""
    line: int | None = None
    details: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """The one fact to ask next. `texts` maps a language code to the wording; `language` is the one to use first."""

    fact: str
    line: int | None
    texts: tuple[tuple[str, str], ...]
    language: str = "en"
    settles: tuple[str, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class Counterfactual:
    """The smallest change of one stated fact that changes the outcome. Only facts that can be corrected are offered."""

    fact: str
    stated: str
    instead: str
    outcome: Outcome
    sentence: str


@dataclass(frozen=True, slots=True)
class Checked:
    """Something that was searched: a control list, a jurisdiction's licence rules, a party list, description quality."""

    what: str
    name: str
    as_of: date | None = None
    version: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class NotChecked:
    """Something that was not searched, and why."""

    what: str
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """What was and was not checked for this postal item."""

    checked: tuple[Checked, ...] = ()
    not_checked: tuple[NotChecked, ...] = ()


@dataclass(frozen=True, slots=True)
class Versions:
    """Everything needed to repeat the screening: code, packs with content hash, lists with content hash, legal date.

    `history` names the history that was looked into, and how much it held when the run began; empty without one. `leads` names the
    ledger whose leads counted, how many, and a hash of what they say; empty without one.
    """

    code: str
    legal_date: date
    packs: tuple[tuple[str, str], ...] = ()
    lists: tuple[tuple[str, str], ...] = ()
    history: str = ""
    leads: str = ""


@dataclass(frozen=True, slots=True)
class Screening:
    """The explained answer for one postal item. No outcome says "clear": `no-finding` means nothing found in `coverage`."""

    id: str
    outcome: Outcome
    findings: tuple[Finding, ...] = ()
    questions: tuple[Question, ...] = ()
    counterfactuals: tuple[Counterfactual, ...] = ()
    coverage: Coverage = Coverage()
    versions: Versions | None = None
    problems: tuple[Problem, ...] = ()
    declaration: Declaration | None = None
