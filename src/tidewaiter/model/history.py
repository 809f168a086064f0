"""What is known of earlier postal items when one is screened: a view as of an instant, looked up before and passed in.

Scores of links are log-odds that two declared parties are one, in thousandths of a bit (1000 = twice as likely); the points
of the contributions of a link sum to its score (Fellegi and Sunter, 1969). An entity is a cluster of declared parties held
to be one person, firm or household; its id carries no meaning and no name.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from tidewaiter.model.screening import Contribution


@dataclass(frozen=True, slots=True)
class PriorLine:
    """One goods line of an earlier item, with what was found in it then.

    `concepts` are concept ids, `entries` control-list entries as `list/entry` (met or open); `value_eur` is the declared
    value converted at the dated rates of the indicator pack, `net_mass_g` grams for the line.
    """

    description: str = ""
    hs: str = ""
    concepts: tuple[str, ...] = ()
    entries: tuple[str, ...] = ()
    quantity: Decimal | None = None
    net_mass_g: Decimal | None = None
    value_eur: Decimal | None = None


@dataclass(frozen=True, slots=True)
class FoundLine:
    """What was found in one goods line, for the history.

    `concepts` are the kinds that the goods are, `entries` control-list entries as `list/entry` (met or open), `controlled`
    thousandths of how far the line is held to be controlled (the score of its best entry), `value_eur` as in `PriorLine`.
    """

    concepts: tuple[str, ...] = ()
    entries: tuple[str, ...] = ()
    controlled: int | None = None
    value_eur: Decimal | None = None


@dataclass(frozen=True, slots=True)
class FoundItem:
    """What was found in one item, for the history: what screening said, its lines, and the kinds of goods worth finding elsewhere."""

    outcome: str = ""
    lines: tuple[FoundLine, ...] = ()
    watched: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PriorItem:
    """An earlier postal item as it stands in the history (its newest version before the instant looked from).

    `posted_at` has a zone. `outcome` is what screening said then; `decision` what a person decided (`hold`, `release`,
    `refuse`…) or empty. Addresses and phones are folded keys, not the declared text.
    """

    id: str
    posted_at: datetime
    lines: tuple[PriorLine, ...] = ()
    origin: str = ""
    destination: str = ""
    office: str = ""
    nature: str = ""
    consignor: str = ""
    consignee: str = ""
    consignor_entity: str = ""
    consignee_entity: str = ""
    consignor_address: str = ""
    consignee_address: str = ""
    consignor_phone: str = ""
    consignee_phone: str = ""
    outcome: str = ""
    decision: str = ""


@dataclass(frozen=True, slots=True)
class HistoryLink:
    """Why an earlier item is tied to this one.

    `via` says through what: `consignor=consignor`, `consignee=consignee`, `consignor=consignee` or `consignee=consignor`
    (one entity; this item's role first), `address`, `phone`, `email`, `handle` (one contact), or `goods` (the same unusual
    goods to the same place). `score` is the sum of the points of `contributions`, thousandths of a bit.
    """

    item: PriorItem
    via: str
    score: int = 0
    contributions: tuple[Contribution, ...] = ()


@dataclass(frozen=True, slots=True)
class HistoryView:
    """Everything the history says about one item as of an instant: links newest first, and how many there were in all.

    `links` may be cut to the newest; `total` is the number before the cut. `damped` names contacts shared by so many
    parties (a locker, a forwarder, a dormitory) that they tie nobody by themselves.
    """

    as_of: datetime
    links: tuple[HistoryLink, ...] = ()
    total: int = 0
    consignor_entity: str = ""
    consignee_entity: str = ""
    damped: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HistoryState:
    """Which history was searched: the name of its file, how many items it held when the run began, and their first and last day."""

    name: str
    items: int = 0
    first: date | None = None
    last: date | None = None

    def __str__(self) -> str:
        """Return the state in words."""
        span = f", posted {self.first.isoformat()} to {self.last.isoformat()}" if self.first and self.last else ""
        return f"{self.items} item(s){span}"
