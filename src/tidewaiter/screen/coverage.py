"""What was and was not checked for an item. Two items with the same coverage share one object, so it is written once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from tidewaiter.model import Checked, Coverage, HistoryState, ListVersion, NotChecked
from tidewaiter.packs import PackInfo, PackSet


def jurisdiction_members(jurisdiction: str, packs: PackSet) -> frozenset[str]:
    """Return the territories of a jurisdiction: a group of its name, or the country code itself."""
    return packs.groups.get(jurisdiction) or frozenset({jurisdiction.upper()})


class CoverageBuilder:
    """Builds coverage for a legal date from packs and lists; remembers what it built."""

    def __init__(
        self,
        packs: PackSet,
        lists: tuple[ListVersion, ...],
        on: date,
        jurisdictions: frozenset[str] | None,
        leads: Checked | None = None,
    ) -> None:
        self.packs = packs
        self.lists = lists
        self.on = on
        self.jurisdictions = jurisdictions
        self.modelled = {
            i.jurisdiction: jurisdiction_members(i.jurisdiction, packs) for i in packs.infos if i.kind == "licensing"
        }
        self._known: dict[tuple[object, ...], Coverage] = {}
        self._checked, self._not_checked = self._fixed()
        if leads is not None:
            self._checked.append(leads)
        self._every_checked = tuple(self._checked)
        self._missing = dict.fromkeys(self._not_checked)
        self._members = frozenset(place for places in self.modelled.values() for place in places)

    def _fixed(self) -> tuple[list[Checked], list[NotChecked]]:
        checked: list[Checked] = []
        missing: list[NotChecked] = []
        stale_days = self.packs.policy.list_stale_days if self.packs.policy is not None else 7
        for info in self.packs.infos:
            if info.kind == "control-list":
                if any(entry.list == info.id and entry.in_force(self.on) for entry in self.packs.entries):
                    checked.append(Checked("control-list", info.id, info.as_of, info.version, _age(info, self.on)))
                else:
                    missing.append(
                        NotChecked(
                            "control-list", info.id, f"no entry of this pack is in force on {self.on.isoformat()}"
                        )
                    )
            elif info.kind == "licensing":
                if self.jurisdictions is not None and info.jurisdiction not in self.jurisdictions:
                    missing.append(NotChecked("licence-rules", info.id, "jurisdiction not chosen"))
                else:
                    checked.append(Checked("licence-rules", info.id, info.as_of, info.version, _age(info, self.on)))
                    missing.extend(NotChecked("licence-rules", info.id, text) for text in info.not_modelled)
        for version in self.lists:
            note = "invented parties for the example" if version.invented else ""
            if self.on - version.dated > timedelta(days=stale_days):
                note = "; ".join(filter(None, (note, f"stale: {(self.on - version.dated).days} days old")))
            elif version.dated > self.on:
                note = "; ".join(filter(None, (note, "dated after the legal date")))
            checked.append(Checked("party-list", version.list, version.dated, version.sha256[:12], note))
        if not self.lists:
            missing.append(NotChecked("party-list", "all", "no party lists were given (use --lists DIR)"))
        missing.append(NotChecked("history", "earlier items", "no history was given (use --history DB)"))
        return checked, missing

    def coverage(
        self,
        origin: str,
        destination: str,
        route: tuple[str, ...],
        gaps: Iterable[tuple[str, str, str]],
        history: HistoryState | None = None,
    ) -> Coverage:
        """Return the coverage of one item.

        Args:
            origin: country of posting, may be empty.
            destination: country of destination, may be empty.
            route: transit countries.
            gaps: further things not checked: (what, name, reason).
            history: the history searched, if any.
        """
        gaps = tuple(gaps)
        key = (origin, destination, route, gaps, history)
        known = self._known.get(key)
        if known is not None:
            return known
        missing = dict(self._missing)
        checked = self._every_checked
        if history is not None:
            missing = {m: None for m in missing if m.what != "history"}
            checked = (*checked, Checked("history", history.name, history.last, "", str(history)))
        for role, place in (("origin", origin), ("destination", destination), *(("transit", t) for t in route)):
            row = self._unmodelled(role, place)
            if row is not None:
                missing[row] = None
        missing.update(dict.fromkeys([NotChecked(*gap) for gap in gaps]))
        coverage = Coverage(checked, tuple(missing))
        if len(self._known) > 20000:
            self._known.clear()
        self._known[key] = coverage
        return coverage

    def _unmodelled(self, role: str, place: str) -> NotChecked | None:
        """Return that the law of a place on the way is not in the packs, or that the place is not stated."""
        if not place:
            return NotChecked("licence-rules", role, f"the country of {role} is not stated")
        if place in self._members:
            return None
        return NotChecked("licence-rules", place, f"the law of the {role} {place} is not in the packs")


def _age(info: PackInfo, on: date) -> str:
    if info.as_of is None:
        return "no date"
    if info.is_stale(on):
        return f"stale: text of {info.as_of.isoformat()}"
    return "draft encoding" if info.status == "draft" else ""
