"""From a match with a listed party to a finding: how sure it is, what it rests on, and whether a person dismissed it before."""

from __future__ import annotations

from tidewaiter.model import Evidence, Finding, LegalBasis, ListVersion, Party
from tidewaiter.packs import Policy
from tidewaiter.screen.party import Dismissals, PartyMatch


class PartyFindings:
    """Makes findings of matches.

    Args:
        policy: the scores from which a match is strong.
        lists: the versions of the party lists.
        dismissals: decisions that a declared party is not a listed one, or None.
    """

    def __init__(self, policy: Policy, lists: tuple[ListVersion, ...], dismissals: Dismissals | None) -> None:
        self.policy = policy
        self.dismissals = dismissals
        self._lists = {version.list: version for version in lists}

    def of(self, role: str, party: Party, match: PartyMatch) -> Finding:
        """Return the finding of one match; `role` is consignor or consignee."""
        listed = match.listed
        version = self._lists.get(listed.list)
        beside = any(c.points > 0 and not c.code.startswith(("name.", "form.")) for c in match.contributions)
        strong = (
            match.score >= self.policy.party_hold
            and match.evidence >= self.policy.party_min_evidence
            and (listed.schema != "Person" or beside)  # many people share a name: a person's name alone is looked at
        )
        code = "party.listed" if strong else "party.possible"
        dismissed = ""
        if self.dismissals is not None:
            decision = self.dismissals.find(party, listed, [c.code for c in match.contributions])
            if decision is not None:
                code = "party.dismissed"
                dismissed = (
                    f" Dismissed on {decision.decided_on} by {decision.decided_by} until {decision.expires}: "
                    f"{decision.reason}"
                )
        what = ", ".join(filter(None, (listed.source_list, *listed.programmes)))
        basis = LegalBasis(
            listed.list.partition("-")[0],
            version.title if version is not None else listed.list,
            listed.legal_basis or what or listed.list,
            "",
            listed.list,
            listed.list_id,
            "",
            None,
            version.dated if version is not None else None,
            url=version.url if version is not None else "",
            summary="; ".join(filter(None, (listed.licence_requirement, listed.licence_policy))),
        )
        return Finding(
            code,
            "review",
            f"The {role} “{party.name}” {'matches' if strong else 'may be'} “{match.name.text}” on {listed.list} ({what or 'no programme given'}).{dismissed}",
            (
                Evidence(
                    f"{role}.name", party.name, 0, len(party.name), "declared name", f"{listed.list} {listed.list_id}"
                ),
                Evidence(
                    f"list:{listed.list}",
                    match.name.text,
                    note=f"listed name ({match.name.kind})",
                    source=listed.list_id,
                ),
            ),
            match.contributions,
            match.score,
            (basis,),
            f"{listed.list}@{version.dated.isoformat()}" if version is not None else listed.list,
            None,
            (("evidence", f"{match.evidence / 1000:.3f}"), ("schema", listed.schema)),
        )
