"""What reports say: documents, passages, mentions and claims. A claim is somebody's word about something, never a fact.

Offsets are characters in `Report.text`, start inclusive, end exclusive. A claim's `quote` is `text[start:end]` of its document:
`service` refuses any other. A mention is words in a text, not an identity; joining two mentions is a judgement of a person.
Nationality, religion, language and origin of names are no slot of anything here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Literal

PassageKind = Literal["headline", "body", "caption", "quotation"]
Polarity = Literal["affirmed", "negated"]
Modality = Literal["asserted", "hedged", "attempted", "hypothetical"]
MentionKind = Literal[
    "person", "people", "organisation", "authority", "court", "outlet", "place", "law", "goods", "other"
]
SpeakerType = Literal[
    "official", "court", "outlet", "named-person", "company", "suspect", "anonymous", "document", "author"
]
DatePrecision = Literal["day", "part-of-month", "month", "season", "year", "unknown"]
PlacePrecision = Literal["address", "site", "city", "region", "country", "unknown"]


class Predicate(StrEnum):
    """What a claim says, from a closed list. In brackets: whom the subject names.

    `subject` is the doer in POSTED, EXPORTED, PRIOR_SHIPMENT, PURCHASED, STORED, COPIED; whom it concerns in DETAINED, SEARCHED,
    CHARGED, PLEADED, CONVICTED, ACQUITTED, RELEASED; the authority in SEIZED and FOUND; the speaker in DENIAL and STATED;
    whose motive it is in MOTIVE_ALLEGED; the law in LAW_STATES; nobody in GOODS_ARE, SEEN_IN_USE, FIGURE_STATED, UNVERIFIED
    and GENERALISATION.
    """

    POSTED = "posted"  # sent or tried to send by post, parcel, courier
    EXPORTED = "exported"  # taken or sent out of a place in another or unstated way, smuggled
    PRIOR_SHIPMENT = "prior-shipment"  # earlier items sent, before the one the report is about
    PURCHASED = "purchased"  # bought or ordered, with where
    STORED = "stored"  # kept somewhere
    COPIED = "copied"  # studied, reverse-engineered, reproduced
    SEIZED = "seized"  # taken by an authority
    FOUND = "found"  # discovered by an authority; "no weapon was found" is a negated one
    SEARCHED = "searched"
    DETAINED = "detained"  # detained, arrested, remanded
    CHARGED = "charged"  # charged, indicted, a case opened against
    PLEADED = "pleaded"  # pleaded or admitted guilt
    CONVICTED = "convicted"  # found guilty, sentenced, fined
    ACQUITTED = "acquitted"  # acquitted, or the case dismissed
    RELEASED = "released"
    GOODS_ARE = "goods-are"  # what goods are said to be: a kind, a model, a property
    SEEN_IN_USE = "seen-in-use"  # goods seen somewhere in use
    MOTIVE_ALLEGED = "motive-alleged"
    LAW_STATES = "law-states"  # what a law is said to require or forbid
    DENIAL = "denial"
    FIGURE_STATED = "figure-stated"  # a count, sum, value or share that is no slot of another claim
    STATED = "stated"  # a position of a named speaker that fits no other predicate
    UNVERIFIED = "unverified"  # the text says that something was not verified
    GENERALISATION = "generalisation"  # of a nation or group; stays its speaker's and becomes nothing else


class LegalStatus(StrEnum):
    """How far a case is said to be against somebody; the last three are exits that can follow several others."""

    REPORTED = "reported"
    SUSPECTED = "suspected"
    DETAINED = "detained"
    CHARGED = "charged"
    PLEADED = "pleaded"
    CONVICTED = "convicted"
    FINAL = "final"
    RELEASED = "released"
    DISMISSED = "dismissed"
    ACQUITTED = "acquitted"


@dataclass(frozen=True, slots=True)
class Stamp:
    """A time as a text gives it: `first` to `last` day it may mean, how precise, and the words (empty: from the page's data)."""

    first: date | None = None
    last: date | None = None
    precision: DatePrecision = "unknown"
    text: str = ""
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A span of a document and what it is. Passages of one document do not overlap, and lie in the order of the text."""

    kind: PassageKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Report:
    """One report as read: its text without boilerplate, where it came from, and what is known of it.

    `id` is the first 16 hex digits of the SHA-256 of the bytes (of the row for a table of texts). `language` is an ISO 639-1
    code or `und`. `byline` is the author line as printed ("By AI"). `notes` say what was left out or doubtful in reading.
    """

    id: str
    text: str
    source: str = ""
    url: str = ""
    publisher: str = ""
    title: str = ""
    byline: str = ""
    language: str = "und"
    published: Stamp = Stamp()
    retrieved: date | None = None
    sha256: str = ""
    passages: tuple[Passage, ...] = ()
    near_dup_of: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """Words in a text that stand for somebody or something.

    `name` is the proper name in it ("" for "the student"), without title, age or nationality. `head` is the noun that says what
    it is ("student", "customs"), lower case. `age` and `birth_year` are as the text states them of this person, here or elsewhere. `refers_to` is the start offset of an earlier mention of the same text
    that this one takes up ("he", "the suspect"), where a rule says so.
    """

    kind: MentionKind
    text: str
    start: int
    end: int
    name: str = ""
    head: str = ""
    age: int | None = None
    birth_year: int | None = None
    refers_to: int | None = None


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with what it counts. `value` is the number (a range's lower end, `upper` its upper), `unit` "piece", "g", "EUR", "parcel"…; always as reported."""

    value: Decimal
    unit: str = "piece"
    upper: Decimal | None = None
    about: bool = False
    text: str = ""
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class GoodsMention:
    """Goods named in a text: the words, a model designator in them, and the concepts and list entries our vocabulary meets.

    `concepts` are concept ids, best first; `entries` are `list/entry` met or open under them. An unknown model has a designator
    and no concept of its own.
    """

    text: str
    start: int
    end: int
    designator: str = ""
    concepts: tuple[str, ...] = ()
    entries: tuple[str, ...] = ()
    quantity: Quantity | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A place as stated. `country` is an ISO 3166-1 alpha-2 code where the place is known; `latitude`, `longitude` in degrees."""

    text: str
    start: int
    end: int
    name: str = ""
    country: str = ""
    precision: PlacePrecision = "unknown"
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class Route:
    """Where goods are said to go."""

    origin: Place | None = None
    transit: tuple[Place, ...] = ()
    destination: Place | None = None


@dataclass(frozen=True, slots=True)
class Speaker:
    """One link of an attribution chain. `key` is what makes two speakers one upstream ("izvestia"); "" where nobody can be told.

    `reliability` is a suggested letter A–F of the Admiralty scale, F where it cannot be judged.
    """

    type: SpeakerType
    text: str
    name: str = ""
    key: str = ""
    reliability: str = "F"
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Extraction:
    """What read a claim: `reader` "rules" or "model:<name>", the rule with its file and line, and confidence of extraction in thousandths.

    Confidence of extraction says how surely the text was read, never how true it is.
    """

    reader: str
    rule: str
    confidence: int


@dataclass(frozen=True, slots=True)
class Claim:
    """One assertion in one passage. `id` is `document:start-end:predicate:n`.

    `chain` are the speakers from outermost to innermost, without the outlet of the document itself: empty means that the document
    says it in its own voice. `upstream` is the key of the innermost identifiable origin, "" where it is unknown. `detail` is the verbatim words of what
    no slot holds: a motive, what a law is said to require, a position. `status` is the legal status that this claim asserts.
    """

    id: str
    document: str
    predicate: Predicate
    quote: str
    start: int
    end: int
    passage: PassageKind = "body"
    subject: Mention | None = None
    object: Mention | None = None
    goods: tuple[GoodsMention, ...] = ()
    quantity: Quantity | None = None
    value: Quantity | None = None
    route: Route = Route()
    time: Stamp = Stamp()
    place: Place | None = None
    detail: str = ""
    polarity: Polarity = "affirmed"
    modality: Modality = "asserted"
    status: LegalStatus | None = None
    chain: tuple[Speaker, ...] = ()
    upstream: str = ""
    extraction: Extraction = Extraction("rules", "", 0)


@dataclass(frozen=True, slots=True)
class Grade:
    """An Admiralty pair. Shown as `C3`; never multiplied, averaged or turned into a probability. F and 6 mean "cannot be judged".

    `because` are the stated rules that gave it; `raise_by` what would raise it. `by` is empty for a suggestion, else the analyst.
    """

    reliability: str
    credibility: int
    because: tuple[str, ...] = ()
    raise_by: tuple[str, ...] = ()
    by: str = ""

    def __str__(self) -> str:
        return f"{self.reliability}{self.credibility}"


LinkKind = Literal["same-as", "conflicts-with", "corrects", "supersedes"]


@dataclass(frozen=True, slots=True)
class ClaimLink:
    """A link between two claims. `slot` is the slot that differs in a conflict; `because` says why in one sentence; `by` is empty for a proposal.

    `left_at`, `right_at` are where, in the documents of the two, the words stand that show it, where that is not the quotes of the claims.
    """

    kind: LinkKind
    left: str
    right: str
    slot: str = ""
    because: str = ""
    by: str = ""
    left_at: tuple[int, int] | None = None
    right_at: tuple[int, int] | None = None
