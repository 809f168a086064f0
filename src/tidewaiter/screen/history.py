"""Findings from what the history says of an item: earlier items of the same parties, the same unusual goods, parts of a kit.

Earlier items alone are information. They are worth a review where one of them was held or refused, or carried the same
controlled kind of goods; never more, for what somebody sent before is no ground in law.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tidewaiter.model import Contribution, Declaration, Evidence, Finding, HistoryLink, HistoryView
from tidewaiter.packs import Kit, PackSet, Policy
from tidewaiter.screen.goods import GoodsResult

RELEASED = "release"  # a person looked: the same goods again are no news
HELD = frozenset({"hold", "refuse", "refer", "seize"})
SHOWN = 8
_MOST = 1000


def history_findings(
    declaration: Declaration,
    results: Sequence[GoodsResult],
    view: HistoryView | None,
    policy: Policy,
    packs: PackSet,
    post: str,
) -> list[Finding]:
    """Return the findings of one item's history; none without a view.

    Args:
        declaration: the item.
        results: what its goods are, by line.
        view: what the history says of it.
        policy: points of the findings (`history`).
        packs: recipes of kits in the indicator pack.
        post: the jurisdiction of what may go by post at all; its entries make nothing controlled.
    """
    if view is None or not view.links:
        return []
    kinds = frozenset(r.concept for result in results for r in result.raised if r.entry.pack.jurisdiction != post)
    found = [
        _prior_items(view, kinds, policy),
        _same_goods(view, policy),
        _kit(declaration, results, view, policy, packs),
    ]
    return [finding for finding in found if finding is not None]


def history_gaps(declaration: Declaration, view: HistoryView | None) -> list[tuple[str, str, str]]:
    """Return what could not be looked up in the history, as (what, name, reason)."""
    if view is None:
        return []
    gaps = [("history", contact, "shared by so many that it ties nobody by itself") for contact in view.damped]
    for role, entity in (("consignor", view.consignor_entity), ("consignee", view.consignee_entity)):
        if not entity:
            stated = getattr(declaration, role).name
            reason = "too little is declared to tell who it is" if stated else "no name is declared"
            gaps.append(("history", role, reason))
    return gaps


def is_party_link(link: HistoryLink) -> bool:
    """Return whether a link ties an item by its parties or contacts, not by goods alone."""
    return link.via != "goods"


def _prior_items(view: HistoryView, kinds: frozenset[str], policy: Policy) -> Finding | None:
    links = [link for link in view.links if is_party_link(link)]
    if not links:
        return None
    points = policy.history_points
    by_party = any("=" in link.via for link in links)
    contributions = [
        Contribution(
            "history.party" if by_party else "history.contact",
            points["party" if by_party else "contact"],
            right=f"{view.total} earlier item(s)",
            sentence="The same party was on earlier items."
            if by_party
            else "The same address, phone, e-mail or account was on earlier items of others.",
        )
    ]
    held = [link for link in links if _was_held(link)]
    alike = [link for link in links if kinds & _concepts(link) and link.item.decision != RELEASED]
    controlled = [link for link in links if link not in alike and any(line.entries for line in link.item.lines)]
    for code, some, sentence in (
        ("held", held, "An earlier item was held or refused."),
        ("same-kind", alike, "An earlier item carried the same controlled kind of goods."),
        ("controlled", controlled, "An earlier item carried goods of a control list."),
    ):
        if some:
            contributions.append(
                Contribution(
                    f"history.{code}",
                    points[code],
                    right=", ".join(link.item.id for link in some[:SHOWN]),
                    right_from="history",
                    sentence=sentence,
                )
            )
    worst = [*held, *(link for link in alike if link not in held)]
    shown = [*worst, *(link for link in controlled if link not in worst)]
    shown += [link for link in links if link not in shown]
    message = f"{_some(len(links), view)} of the same party or contact"
    if held:
        message += f", {len(held)} of them held or refused"
    if alike:
        message += f", {len(alike)} with the same controlled kind of goods"
    return _finding("history.prior-items", f"{message}.", shown, contributions, policy, _details(shown))


def _was_held(link: HistoryLink) -> bool:
    """Return whether an earlier item was held: by what a person decided, or, where nobody did, by its screening."""
    if link.item.decision:
        return link.item.decision in HELD
    return link.item.outcome == "hold"


def _concepts(link: HistoryLink) -> frozenset[str]:
    return frozenset(concept for line in link.item.lines for concept in line.concepts)


def _same_goods(view: HistoryView, policy: Policy) -> Finding | None:
    links = [link for link in view.links if not is_party_link(link)]
    if not links:
        return None
    points = policy.history_points
    senders = dict.fromkeys(link.item.consignor_entity or link.item.consignor or link.item.id for link in links)
    contributions = [
        Contribution(
            "history.other-sender",
            points["other-sender"],
            right=sender,
            right_from="history",
            sentence="Another sender sent the same unusual goods to the same place.",
        )
        for sender in list(senders)[: max(1, _MOST // max(1, points["other-sender"]))]
    ]
    what = next((c.left for c in links[0].contributions if c.left), "goods")
    message = f"{len(links)} earlier item(s) of {len(senders)} other sender(s) brought the same unusual goods ({what}) to the same place."
    return _finding("history.same-goods-same-place", message, links, contributions, policy, _details(links))


def _kit(
    declaration: Declaration, results: Sequence[GoodsResult], view: HistoryView, policy: Policy, packs: PackSet
) -> Finding | None:
    """Parts of one whole on several items of the same parties, of which this item brings one."""
    if packs.indicators is None:
        return None
    points = policy.history_points
    best: tuple[int, Kit, dict[str, str], list[HistoryLink]] | None = None
    here = {kind.concept for result in results for kind in result.kinds}
    for kit in packs.indicators.kits:
        own = {part.part for part in kit.parts if part.concepts & here}
        if not own:
            continue
        where = dict.fromkeys(sorted(own), declaration.id)
        links = []
        for link in view.links:
            new = {part.part for part in kit.parts if part.concepts & _concepts(link)} - where.keys()
            if "=" in link.via and new:
                where.update(dict.fromkeys(sorted(new), link.item.id))
                links.append(link)
        if links and len(where) >= points["kit-parts"] and (best is None or len(where) > best[0]):
            best = (len(where), kit, where, links)
    if best is None:
        return None
    _, kit, where, links = best
    contributions = [
        Contribution(
            "history.kit-part",
            points["kit-part"],
            part,
            item,
            right_from="this item" if item == declaration.id else "history",
            sentence=f"A part of: {kit.title}.",
        )
        for part, item in where.items()
    ]
    message = f"With {len(links)} earlier item(s) of the same parties, {len(where)} parts of a whole came together: {kit.title} ({', '.join(where)})."
    return _finding("history.kit", message, links, contributions, policy, tuple(where.items()))


def _finding(
    code: str,
    message: str,
    links: Sequence[HistoryLink],
    contributions: Iterable[Contribution],
    policy: Policy,
    details: tuple[tuple[str, str], ...],
) -> Finding:
    terms = list(contributions)
    total = sum(c.points for c in terms)
    if total > _MOST:
        terms.append(
            Contribution("history.cap", _MOST - total, sentence="More of the same does not count beyond certainty.")
        )
    return Finding(
        code,
        "info",
        message,
        tuple(_evidence(link) for link in links[:SHOWN]),
        tuple(terms),
        min(total, _MOST),
        (),
        policy.pack.label,
        None,
        details,
    )


def _evidence(link: HistoryLink) -> Evidence:
    item = link.item
    goods = "; ".join(line.description for line in item.lines[:3])
    said = item.decision or item.outcome or "no outcome kept"
    return Evidence(
        f"history:{item.id}",
        item.id,
        note=f"{item.posted_at.isoformat()}; {goods}; {said}; by {link.via}, {link.score / 1000:.1f} bits",
        source=", ".join(f"{c.sentence} ({c.points / 1000:+.1f})" for c in link.contributions),
    )


def _details(links: Sequence[HistoryLink]) -> tuple[tuple[str, str], ...]:
    left = len(links) - SHOWN
    return (("not shown", f"{left} further earlier item(s)"),) if left > 0 else ()


def _some(count: int, view: HistoryView) -> str:
    return f"{count} earlier item(s)" if view.total <= len(view.links) else f"{view.total} or more earlier items"
