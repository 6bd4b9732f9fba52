"""What a record knows of its people, and what a named set assumes."""

from __future__ import annotations

import pytest

from comity.agreement.values import Truth
from comity.world.assumptions import (
    ASSUMPTION_SETS,
    NOTHING,
    ORDINARY,
    assumed_facts,
    assumption_set,
    facts_under,
    stays_unknown,
)
from comity.world.conflict import DEGREE, Band, DangerReading
from comity.world.errors import UnknownAssumptions
from comity.world.facts import Fact
from comity.world.people import (
    UNSETTLED_ORIGINS,
    AnyBut,
    Including,
    facts_of,
    hosts_counting_citizenship,
)
from comity.world.population import Category, Cell, population

SITUATION = DangerReading.SITUATION


def cell_of(origin: str | None, host: str, category: Category) -> Cell:
    return next(
        c for c in population() if (c.origin, c.host, c.category) == (origin, host, category)
    )


def test_a_refugees_record_knows_country_and_danger_but_not_the_status_held() -> None:
    assert {
        "host": "DEU",
        "origin1.state": "SYR",
        "origin1.in_europe": False,
        "origin1.degree": Band("danger_to_life", "mass_killing"),
        "origin1.immediacy": Band("real_risk", "imminent"),
        "nationality": Including(frozenset({"SYR"})),
        "outside_origin": True,
        "attachment": Band("present", "habitual"),
    } == facts_of(cell_of("SYR", "DEU", Category.REFUGEE), SITUATION)


def test_a_country_of_birth_is_no_nationality_and_no_danger() -> None:
    assert {"host": "SWE", "attachment": Band("present", "habitual")} == facts_of(
        cell_of("SYR", "SWE", Category.MIGRANT), SITUATION
    )


def test_a_host_that_counts_citizenship_makes_the_origin_known() -> None:
    assert "SAU" in hosts_counting_citizenship()
    assert 46 == len(hosts_counting_citizenship())
    facts = facts_of(cell_of("IND", "SAU", Category.MIGRANT), SITUATION)
    assert Including(frozenset({"IND"})) == facts[Fact.NATIONALITY]
    assert "IND" == facts[Fact.ORIGIN_STATE]


def test_an_asylum_seeker_claims_and_is_not_finally_refused() -> None:
    facts = facts_of(cell_of("AFG", "DEU", Category.ASYLUM_SEEKER), SITUATION)
    assert True is facts[Fact.CLAIMS]
    assert False is facts[Fact.PROCEDURE_FINAL]


def test_the_refused_have_claimed_and_nothing_says_where_they_are() -> None:
    facts = facts_of(cell_of("AFG", "DEU", Category.REFUSED), SITUATION)
    assert True is facts[Fact.CLAIMS]
    for fact in (Fact.OUTSIDE_ORIGIN, Fact.ATTACHMENT, Fact.PROCEDURE_FINAL):
        assert fact not in facts


def test_the_stateless_have_no_nationality_and_no_known_origin() -> None:
    facts = facts_of(cell_of(None, "CIV", Category.STATELESS), SITUATION)
    assert frozenset() == facts[Fact.NATIONALITY]
    assert Fact.ORIGIN_STATE not in facts
    assert Fact.OUTSIDE_ORIGIN not in facts


@pytest.mark.parametrize("origin", sorted(UNSETTLED_ORIGINS))
def test_an_unsettled_nationality_is_neither_known_nor_assumed(origin: str) -> None:
    cells = [cell for cell in population() if cell.origin == origin]
    assert cells
    for cell in cells:
        assert Fact.NATIONALITY not in facts_under(cell, SITUATION, ORDINARY)


def test_the_nationality_of_tibetans_in_nepal_is_neither_known_nor_assumed() -> None:
    cell = cell_of("CHN", "NPL", Category.REFUGEE)
    assert Fact.NATIONALITY not in facts_under(cell, SITUATION, ORDINARY)


def test_a_fact_known_is_never_overruled() -> None:
    for cell in population():
        known = facts_of(cell, SITUATION)
        assumed = assumed_facts(cell, SITUATION, ORDINARY)
        for fact in known.keys() & assumed.keys():
            before, after = known[fact], assumed[fact]
            if isinstance(before, Band):
                assert isinstance(after, Band)
                assert DEGREE.index(before.low) <= DEGREE.index(after.low)
                assert DEGREE.index(after.high) <= DEGREE.index(before.high)
                continue
            assert isinstance(before, Including)
            assert isinstance(after, frozenset)
            assert before.names <= after


def test_nothing_assumes_nothing() -> None:
    for cell in population()[::50]:
        assert {} == assumed_facts(cell, SITUATION, NOTHING)


def test_ordinary_people_have_the_nationality_of_their_country_of_birth() -> None:
    facts = facts_under(cell_of("SYR", "SWE", Category.MIGRANT), SITUATION, ORDINARY)
    assert frozenset({"SYR"}) == facts[Fact.NATIONALITY]
    assert Band("danger_to_life", "mass_killing") == facts[Fact.ORIGIN_DEGREE]
    assert True is facts[Fact.OUTSIDE_ORIGIN]
    assert Band("none", "none") == facts[Fact.THREAT]


def test_an_unknown_origin_stays_unknown_under_every_set() -> None:
    for cell in population():
        if cell.origin is None and cell.stateless is not Truth.TRUE:
            for chosen in ASSUMPTION_SETS.values():
                facts = facts_under(cell, SITUATION, chosen)
                for fact in (Fact.ORIGIN_STATE, Fact.ORIGIN_IMMEDIACY, Fact.NATIONALITY):
                    assert fact not in facts


def test_palestinians_are_not_assumed_to_be_without_another_agency() -> None:
    cell = next(c for c in population() if (c.origin, c.host) == ("PSE", "JOR"))
    assert Fact.AGENCY not in facts_under(cell, SITUATION, ORDINARY)


def test_danger_is_never_none_in_any_record() -> None:
    for reading in DangerReading:
        for cell in population():
            degree = facts_under(cell, reading, ORDINARY).get(Fact.ORIGIN_DEGREE)
            assert degree is None or (isinstance(degree, Band) and degree.low != "none")


def test_every_assumption_has_a_sentence_and_a_fact_of_its_own() -> None:
    facts = [assumption.fact for assumption in ORDINARY.assumptions]
    assert len(facts) == len(set(facts))
    for assumption in ORDINARY.assumptions:
        assert assumption.sentence.endswith(".")


def test_a_set_without_an_assumption_lacks_its_sentence_and_keeps_the_rest() -> None:
    first = ORDINARY.assumptions[0]
    weaker = ORDINARY.without(first)
    assert ORDINARY.assumptions[1:] == weaker.assumptions
    assert ORDINARY.rest == weaker.rest
    assert "" == ORDINARY.without(None).rest


def test_durations_and_danger_stay_unknown_under_every_set() -> None:
    assert stays_unknown("residence.lawful")
    assert stays_unknown("origin1.degree")
    assert not stays_unknown("family.relation")


def test_the_refugees_of_unhcr_are_assumed_to_fear_for_a_reason_of_the_convention() -> None:
    facts = facts_under(cell_of("SYR", "DEU", Category.REFUGEE), SITUATION, ORDINARY)
    assert AnyBut(frozenset({"none"})) == facts[Fact.ORIGIN_GROUND]
    others = facts_under(cell_of("SYR", "DEU", Category.MIGRANT), SITUATION, ORDINARY)
    assert Fact.ORIGIN_GROUND not in others


def test_an_unknown_set_is_refused() -> None:
    with pytest.raises(UnknownAssumptions) as caught:
        assumption_set("ordinery")
    assert "ordinary" == caught.value.suggestion
