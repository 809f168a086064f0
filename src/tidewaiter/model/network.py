"""What stands around a postal item: items, parties and contacts as nodes, with the reason of every edge."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tidewaiter.model.screening import Contribution

NodeKind = Literal["item", "party", "address", "phone", "email", "handle"]


@dataclass(frozen=True, slots=True)
class NetworkNode:
    """A node: `label` is shown, `facts` are labelled values for a reader, `entity` the cluster of a party.

    `posted_at` (ISO with zone) stands for items. `start` marks the item that was asked about.
    """

    id: str
    kind: NodeKind
    label: str
    facts: tuple[tuple[str, str], ...] = ()
    entity: str = ""
    posted_at: str = ""
    start: bool = False


@dataclass(frozen=True, slots=True)
class NetworkEdge:
    """An edge and why it is there: a role in an item, a contact that is stated, or a join with its contributions.

    `score` is in thousandths of a bit and the sum of the points of `contributions`; 0 for what is simply declared.
    """

    id: str
    source: str
    target: str
    kind: str
    why: str
    score: int = 0
    contributions: tuple[Contribution, ...] = ()


@dataclass(frozen=True, slots=True)
class Network:
    """Nodes and edges around one item; `left_out` counts items beyond the limit."""

    start: str
    nodes: tuple[NetworkNode, ...]
    edges: tuple[NetworkEdge, ...]
    left_out: int = 0
