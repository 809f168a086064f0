"""Which records become one entity, and which never do."""

from __future__ import annotations

from itertools import permutations

from tidewaiter.link import decide_groups, decide_join, entity_id


def test_a_record_without_a_candidate_in_reach_stands_alone(party, weights):
    decision = decide_join(party("1", name="Ann Lee"), [party("2", name="Bo Ray")], weights)
    assert decision.groups == (("1",),)
    assert decision.joins == ()


def test_a_join_states_its_reason(party, weights):
    old = party("1", name="Thomas Clifford", birth_date="1980-02-03", phone="0123456789")
    decision = decide_join(party("2", name="Tom Clifford", birth_date="1980-02-03"), [old], weights)
    (join,) = decision.joins
    assert (join.left, join.right, join.size) == ("1", "2", 2)
    assert sum(part.points for part in join.contributions) == join.score >= weights.threshold
    assert entity_id(decision.group_of("2")) == entity_id(["1"])


def test_what_a_person_parted_stays_parted(party, weights):
    records = [party(str(n), name="Thomas Clifford", birth_date="1980-02-03") for n in range(3)]
    decision = decide_groups(records, weights, apart=[("2", "0")])
    assert not any({"0", "2"} <= set(group) for group in decision.groups)
    assert {(kept.left, kept.right, kept.reason) for kept in decision.kept_apart} == {("0", "2", "undone")}


def test_the_order_of_records_does_not_matter(party, weights):
    records = [
        party("a", name="Thomas Clifford", birth_date="1980-02-03"),
        party("b", name="Tom Clifford", birth_date="1980-02-03", phone="0123456789"),
        party("c", name="T Clifford", phone="0123456789"),
        party("d", name="Ann Lee", phone="0987654321"),
    ]
    assert len({decide_groups(order, weights).groups for order in permutations(records)}) == 1


def test_entities_out_of_reach_are_left_alone(party, weights):
    candidates = [
        party("1", name="Thomas Clifford", birth_date="1980-02-03"),
        party("2", name="Mary Brown", birth_date="1951-04-30"),
    ]
    record = party("3", name="Thomas Clifford", birth_date="1980-02-03")
    decision = decide_join(record, candidates, weights, entities={"1": "x", "2": "y"})
    assert decision.groups == (("1", "3"),)
