"""A decision that a party is not the listed one reaches exactly as far as it says, and no further."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tidewaiter.model import Dismissal, InputError, ListedName, ListedParty, Party
from tidewaiter.screen.party import Dismissals, PartyIndex, entry_digest
from tidewaiter.service.dismissals import read_dismissals

LISTED = ListedParty(
    "test", "3", "Person", (ListedName("PLIMTESK, Zorvan Hadrikovich"),), birth_dates=("1971-02-28",), countries=("RU",)
)
PARTY = Party(name="Zorvan Plimtesk")
ON = date(2026, 11, 24)
DECISION = Dismissal(
    "Zorvan Plimtesk", "test", "3", "another man, passport seen", "M. Sample", date(2026, 6, 1), date(2027, 6, 1)
)


def covered(decision: Dismissal, party: Party = PARTY, listed: ListedParty = LISTED, on: date = ON) -> bool:
    matches = PartyIndex.build([listed]).match(party)
    assert matches
    found = Dismissals([decision], on).find(party, listed, [part.code for part in matches[0].contributions])
    return found is not None


def test_the_same_party_and_entry_are_covered_in_any_order_of_words() -> None:
    assert covered(DECISION)
    assert covered(DECISION, Party(name="PLIMTESK Zorvan"))


@pytest.mark.parametrize("on", [date(2026, 5, 31), date(2027, 6, 1)])
def test_a_decision_holds_only_while_it_is_in_force(on: date) -> None:
    assert not covered(DECISION, on=on)


def test_another_entry_or_another_name_is_not_covered() -> None:
    assert not covered(DECISION, listed=replace(LISTED, list_id="4"))
    assert not covered(DECISION, Party(name="Zorvan Hadrikovich Plimtesk"))


def test_a_new_fact_that_agrees_brings_the_match_back() -> None:
    assert not covered(DECISION, Party(name="Zorvan Plimtesk", birth_date="1971-02-28"))
    assert covered(DECISION, Party(name="Zorvan Plimtesk", birth_date="1990-01-01"))


def test_a_changed_entry_brings_the_match_back() -> None:
    seen = replace(DECISION, entry=entry_digest(LISTED))
    assert covered(seen)
    assert not covered(seen, listed=replace(LISTED, countries=("RU", "AE")))


def test_a_faulty_file_names_every_faulty_row(tmp_path: Path) -> None:
    path = tmp_path / "decisions.csv"
    path.write_text(
        "name,list,list_id,reason,decided_by,decided_on,expires\n"
        "Zorvan Plimtesk,test,3,another man,M. Sample,2026-06-01,2027-06-01\n"
        "Zorvan Plimtesk,test,3,,M. Sample,2026-06-01,2027-06-01\n"
        "Zorvan Plimtesk,test,3,another man,M. Sample,2026-06-01,tomorrow\n",
        encoding="utf-8",
    )
    with pytest.raises(InputError) as error:
        read_dismissals(path)
    assert [(problem.line, problem.field) for problem in error.value.problems] == [(3, "reason"), (4, "decided_on")]
