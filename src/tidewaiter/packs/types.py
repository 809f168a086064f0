"""Rule packs as typed, frozen values: what the loader produces and the engines read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from tidewaiter.packs.conditions import ALWAYS, Condition
from tidewaiter.packs.evaluate import Definition
from tidewaiter.packs.nomenclature import OrdinaryGoods
from tidewaiter.packs.report_words import ReportWords
from tidewaiter.text.numerals import NumberWords

if TYPE_CHECKING:
    from tidewaiter.packs.indicators import Indicators


@dataclass(frozen=True, slots=True)
class Reference:
    """Where a statement comes from: citation or title, address, date of the text, and when it was read."""

    citation: str = ""
    url: str = ""
    as_of: date | None = None
    read_on: date | None = None


@dataclass(frozen=True, slots=True)
class PackInfo:
    """The head of a pack, with the hash of its content."""

    id: str
    kind: str
    title: str
    version: str
    status: str
    jurisdiction: str = ""
    instrument: str = ""
    as_of: date | None = None
    stale_after_days: int | None = None
    not_modelled: tuple[str, ...] = ()
    sha256: str = ""
    path: str = ""
    expect_min: int | None = None
    expect_max: int | None = None

    @property
    def label(self) -> str:
        """`id@version`, as stored with every finding."""
        return f"{self.id}@{self.version}"

    def is_stale(self, on: date) -> bool:
        """Return whether its text is older on a day than its makers stand for; a pack that states no age never is."""
        if self.as_of is None or self.stale_after_days is None:
            return False
        return (on - self.as_of).days > self.stale_after_days


@dataclass(frozen=True, slots=True)
class Model:
    """A designator pattern over folded text and the parameter values it implies."""

    pattern: str
    gives: tuple[tuple[str, str], ...] = ()
    status: str = "reviewed"
    note: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Parameter:
    """How one parameter is read from text and what is usual."""

    name: str
    type: str
    words: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    scale: str = ""
    dimension: str = ""
    units: tuple[str, ...] = ()
    near: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    typically: Mapping[str, float] = field(default_factory=dict)
    source: str = ""


@dataclass(frozen=True, slots=True)
class Concept:
    """A kind of thing: its names in every language, designators, look-alikes, parameters and questions."""

    id: str
    title: str
    family: str
    broader: str
    status: str
    summary: str
    strong: Mapping[str, tuple[str, ...]]
    weak: Mapping[str, tuple[str, ...]]
    context: Mapping[str, tuple[str, ...]]
    models: tuple[Model, ...]
    not_when: Mapping[str, tuple[str, ...]]
    heads: tuple[str, ...]
    confused_with: tuple[str, ...]
    exclusive_with: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    ask: Mapping[str, Mapping[str, str]]
    hs: tuple[str, ...]
    unit_mass_g: tuple[int, int] | None
    source: str
    cas: tuple[str, ...] = ()
    fsc: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Level:
    """One written level of a standard. `labels` are the canonical values it may stand for (empty: no counterpart)."""

    label: str
    labels: tuple[str, ...]
    patterns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Standard:
    """A nomenclature of levels. `authority`: stated (the law's own), legal (may conclude) or sourced (supports open only)."""

    id: str
    title: str
    authority: str
    levels: tuple[Level, ...]
    reference: Reference


@dataclass(frozen=True, slots=True)
class Scale:
    """An ordered set of values and the standards in which they are written."""

    id: str
    title: str
    order: tuple[str, ...]
    standards: tuple[Standard, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A sub-paragraph: what it names (trigger) and its conditions (qualifiers)."""

    id: str
    summary: str
    goods: tuple[str, ...]
    codes: tuple[str, ...]
    when: Condition
    after: tuple[str, ...]
    status: str
    source: str


@dataclass(frozen=True, slots=True)
class Note:
    """A note that releases paragraphs, restores what another note released, or widens the goods."""

    id: str
    summary: str
    releases: tuple[str, ...]
    restores: tuple[str, ...]
    includes: tuple[str, ...]
    when: Condition
    if_unknown: str
    source: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One numbered entry of a control list with its paragraphs and notes.

    `outline` marks a row of an outline: titled and cited, its conditions not encoded, a draft that never concludes.
    """

    id: str
    list: str
    title: str
    summary: str
    status: str
    valid_from: date | None
    valid_to: date | None
    references: tuple[Reference, ...]
    chapeau: Condition
    paragraphs: tuple[Paragraph, ...]
    notes: tuple[Note, ...]
    see: tuple[tuple[str, str], ...]
    hs: tuple[str, ...]
    pack: PackInfo
    source: str
    regime: tuple[str, ...] = ()
    outline: bool = False

    def in_force(self, on: date) -> bool:
        """Return whether the law's own dates cover the day."""
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on <= self.valid_to)


# Effects of licence rules, strictest first, where the policy states no order of its own.
PRECEDENCE = ("prohibited", "licence", "general-authorisation", "none")


@dataclass(frozen=True, slots=True)
class Release:
    """An exception or authorisation. `effect`: none, exempt, general-authorisation, or may-be-authorised (does not lift)."""

    id: str
    title: str
    effect: str
    entries: tuple[str, ...]
    paragraphs: tuple[str, ...]
    when: Condition
    unless: Condition | None
    conditions: tuple[str, ...]
    references: tuple[Reference, ...]
    status: str
    source: str
    valid_from: date | None = None
    valid_to: date | None = None

    def in_force(self, on: date) -> bool:
        """Return whether the exception's own dates cover the day; it never lives longer than its rule."""
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True, slots=True)
class RequirementRow:
    """One reason for control: which paragraphs, and for which destinations (chart column, or listed places)."""

    reason: str
    chart: str
    on: tuple[str, ...]
    except_: tuple[str, ...]
    destinations: tuple[str, ...]
    groups: tuple[str, ...]
    when: Condition
    source: str


@dataclass(frozen=True, slots=True)
class Requirement:
    """The licence requirement rows and exceptions of one list entry."""

    entry: str
    status: str
    valid_from: date | None
    valid_to: date | None
    references: tuple[Reference, ...]
    rows: tuple[RequirementRow, ...]
    exceptions: tuple[Release, ...]
    source: str

    def in_force(self, on: date) -> bool:
        """Return whether the law's own dates cover the day."""
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Rule:
    """A licence rule: what it applies to, on which route, with which effect and exceptions."""

    id: str
    jurisdiction: str
    title: str
    summary: str
    effect: str
    authority: Mapping[str, str]
    status: str
    valid_from: date | None
    valid_to: date | None
    references: tuple[Reference, ...]
    lists: tuple[str, ...]
    entries: tuple[str, ...]
    codes: tuple[str, ...]
    any_goods: bool
    uses_requirements: bool
    when: Condition
    raised_by: Condition | None
    exceptions: tuple[Release, ...]
    pack: PackInfo
    source: str

    def in_force(self, on: date) -> bool:
        """Return whether the law's own dates cover the day."""
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Case:
    """One worked example beside a pack file, run by `pack test`."""

    name: str
    on: date | None
    goods: Mapping[str, str]
    route: Mapping[str, str]
    expect: Mapping[str, object]
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Grammar:
    """Words that tell what a concept does in a sentence, by language; see packs/grammar."""

    for_markers: Mapping[str, tuple[str, ...]]
    heads_after: Mapping[str, tuple[str, ...]]
    heads_before: Mapping[str, tuple[str, ...]]
    negators: Mapping[str, Mapping[str, tuple[str, ...]]]
    negated_negators: Mapping[str, tuple[str, ...]]
    separators: tuple[str, ...]
    connectors: Mapping[str, tuple[str, ...]]
    pack: PackInfo
    against: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    for_markers_after: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    alike: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    links: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DescriptionRules:
    """What makes a description useless, by kind and language, and what to ask then."""

    words: Mapping[str, Mapping[str, tuple[str, ...]]]
    placeholders: Mapping[str, tuple[str, ...]]
    questions: Mapping[str, Mapping[str, str]]
    references: tuple[Reference, ...]
    pack: PackInfo


@dataclass(frozen=True, slots=True)
class PolicyRow:
    """A row of the outcome table: which finding, from which score, gives which outcome and why."""

    finding: str
    min_score: int
    outcome: str
    reason: str


@dataclass(frozen=True, slots=True)
class PolicyRole:
    """Who screens, and the rows that come before the common ones for them: what they can do and must answer for differs."""

    id: str
    title: str
    summary: str
    rows: tuple[PolicyRow, ...]


@dataclass(frozen=True, slots=True)
class Policy:
    """The table that turns findings into an outcome, and the thresholds of surfacing; indicators have a pack of their own.

    `learned_*` are the lines (thousandths) from which a learned model is heard: too vague, worded like controlled goods,
    another HS chapter; above a thousand never. `history_points` are thousandths that earlier items add (`HISTORY_POINTS`).
    `precedence` orders the effects of rules, strictest first.
    """

    rows: tuple[PolicyRow, ...]
    roles: Mapping[str, PolicyRole]
    surface_licence: float
    surface_prohibition: float
    party_review: int
    party_review_organisation: int
    party_hold: int
    party_min_evidence: int
    hold_min_concept: int
    list_stale_days: int
    pack: PackInfo
    learned_vague: int = 1001
    learned_concern: int = 1001
    learned_chapter: int = 1001
    precedence: tuple[str, ...] = PRECEDENCE
    history_points: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LinkingField:
    """How often each level of one compared field occurs: `rates` level → (among true pairs, among chance pairs).

    `typical` is the rarity of the value two chance records agree on, thousandths of a bit; `shares` level → which part
    (thousandths) of the further rarity of a value counts.
    """

    rates: Mapping[str, tuple[float, float]]
    typical: int = 0
    shares: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Linking:
    """Rates, gates and words for linking parties; see packs/linking and docs/reference/linking.md.

    `threshold` is in thousandths of a bit. `unified` maps abbreviations of addresses to one word, `classes` class of
    address → phrases, `noble` words of rank that are no part of a name; all folded to lower-case Latin.
    """

    fields: Mapping[str, LinkingField]
    threshold: int
    gates: Mapping[str, int]
    unified: Mapping[str, str]
    classes: Mapping[str, tuple[str, ...]]
    noble: frozenset[str]
    pack: PackInfo


@dataclass(frozen=True)
class PackSet:
    """Every pack that was loaded, indexed for the engines. `report_words` are by language.

    `questions` is fact → language → wording, `answers` fact → label → language → wording (`common`: of any fact), and
    `question_sources` says where a question (`answers.` before it: an answer table) stands.
    """

    infos: tuple[PackInfo, ...] = ()
    concepts: Mapping[str, Concept] = field(default_factory=dict)
    common_parameters: tuple[Parameter, ...] = ()
    scales: Mapping[str, Scale] = field(default_factory=dict)
    entries: tuple[Entry, ...] = ()
    definitions: Mapping[str, Definition] = field(default_factory=dict)
    rules: tuple[Rule, ...] = ()
    requirements: Mapping[str, Requirement] = field(default_factory=dict)
    groups: Mapping[str, frozenset[str]] = field(default_factory=dict)
    chart: Mapping[str, frozenset[str]] = field(default_factory=dict)
    chart_reference: Reference = Reference()
    grammar: Grammar | None = None
    description: DescriptionRules | None = None
    policy: Policy | None = None
    questions: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    cases: tuple[Case, ...] = ()
    ordinary: tuple[OrdinaryGoods, ...] = ()
    numbers: tuple[NumberWords, ...] = ()
    linking: Linking | None = None
    indicators: Indicators | None = None
    answers: Mapping[str, Mapping[str, Mapping[str, str]]] = field(default_factory=dict)
    question_sources: Mapping[str, str] = field(default_factory=dict)
    report_words: Mapping[str, ReportWords] = field(default_factory=dict)

    @cached_property
    def parameter_scales(self) -> Mapping[str, str]:
        """The scale of every scale parameter."""
        found = {p.name: p.scale for p in self.common_parameters if p.scale}
        for concept in self.concepts.values():
            found.update({p.name: p.scale for p in concept.parameters if p.scale})
        return found

    @cached_property
    def commonly(self) -> Mapping[str, float]:
        """What is usual of the common parameters, as `parameter=value` to likelihood."""
        return {f"{p.name}={value}": chance for p in self.common_parameters for value, chance in p.typically.items()}

    @cached_property
    def entries_by_id(self) -> Mapping[tuple[str, str], Entry]:
        """The entries by list and id; of several texts of one entry, the last."""
        return {(entry.list, entry.id): entry for entry in self.entries}

    @cached_property
    def yes_or_no(self) -> frozenset[str]:
        """The parameters that are true or false of a thing."""
        every = (*self.common_parameters, *(p for concept in self.concepts.values() for p in concept.parameters))
        return frozenset(parameter.name for parameter in every if parameter.type == "boolean")

    @cached_property
    def scale_orders(self) -> Mapping[str, tuple[str, ...]]:
        """The labels of every scale, lowest first."""
        return {name: scale.order for name, scale in self.scales.items()}

    @cached_property
    def asked(self) -> Mapping[str, Mapping[str, str]]:
        """The question of the first concept that has one, for every parameter that any concept asks for."""
        found: dict[str, Mapping[str, str]] = {}
        for concept in self.concepts.values():
            for name, texts in concept.ask.items():
                found.setdefault(name, texts)
        return found

    def parents(self, concept: str) -> tuple[str, ...]:
        """Return the concept and everything it falls under, nearest first."""
        chain: list[str] = []
        while concept and concept not in chain:
            chain.append(concept)
            found = self.concepts.get(concept)
            concept = found.broader if found is not None else ""
        return tuple(chain)


__all__ = [
    "ALWAYS",
    "Case",
    "Concept",
    "Definition",
    "DescriptionRules",
    "Entry",
    "Grammar",
    "Level",
    "Linking",
    "LinkingField",
    "Model",
    "Note",
    "PackInfo",
    "PackSet",
    "Paragraph",
    "Parameter",
    "Policy",
    "PolicyRow",
    "Reference",
    "Release",
    "Requirement",
    "RequirementRow",
    "Rule",
    "Scale",
    "Standard",
]
