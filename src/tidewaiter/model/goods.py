"""What the goods engine says about one goods line: concepts, parameters, and list paragraphs assessed.

These are model values so that the licence engine can read them without knowing the goods engine.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from tidewaiter.model.screening import Contribution, Evidence


@dataclass(frozen=True, slots=True)
class Value:
    """A known value of a parameter or fact.

    `labels` holds the possible labels of a boolean (`yes`/`no`), category or scale (several when only a set is known);
    `low` and `high` the interval of a quantity in its base unit. `authority` is `stated` (the text says it), `designator`
    (a model designation implies it), `derived` (follows from the postal channel) or `sourced` (converted by a table that has
    no legal force: supports `open`, never `met` or `excluded`). `start`/`end` is the span in the description.
    """

    labels: tuple[str, ...] = ()
    low: Fraction | None = None
    high: Fraction | None = None
    dimension: str = ""
    authority: str = "stated"
    text: str = ""
    start: int | None = None
    end: int | None = None
    source: str = ""

    def show(self) -> str:
        """Return the value as a reader would write it."""
        return self.text or " or ".join(self.labels)


@dataclass(frozen=True, slots=True)
class ConceptFound:
    """A kind of thing found in a description.

    `score` (thousandths) is the sum of `contributions` and reads as the likelihood of the kind given the words. `role` is
    `is` (the goods are this), `served` (the goods are for this), `accessory` (a case or cover of this) or `negated`.
    """

    concept: str
    title: str
    score: int
    role: str
    spans: tuple[tuple[int, int], ...]
    contributions: tuple[Contribution, ...]
    evidence: tuple[Evidence, ...]
    language: str = "en"
    designator: bool = False
    because: str = ""


@dataclass(frozen=True, slots=True)
class Assessment:
    """One paragraph of one list entry against one goods line.

    `status` is `met`, `open` or `excluded`. `because` names the note or condition that excludes. `open_facts` are the facts
    that would settle it. `likelihood` estimates, for an open paragraph, how likely it would be met. `released_if` names notes
    an exporter could still claim. `draft` says the encoding is not trusted enough to conclude.
    """

    list: str
    entry: str
    paragraph: str
    status: str
    concept: str
    score: int
    because: str = ""
    open_facts: tuple[str, ...] = ()
    likelihood: float = 1.0
    released_if: tuple[str, ...] = ()
    draft: bool = False
    used: tuple[str, ...] = ()

    @property
    def ref(self) -> str:
        """The citation `list/entry.paragraph`."""
        return f"{self.list}/{self.entry}" + (f".{self.paragraph}" if self.paragraph else "")
