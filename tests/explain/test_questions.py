"""A question is a fact whose answer changes something, by definition: every value is tried."""

from __future__ import annotations

from random import Random

from comity.agreement.cases import Case
from comity.agreement.conditions import Comparison, Constant, FactHolds, FactRef, Not, Part, Sum
from comity.agreement.instruments import Force, Instrument
from comity.agreement.nodes import Bounding, Kind, NodeTarget, Norm, NormException, Power
from comity.agreement.regimes import Regime
from comity.agreement.values import Range, Truth, exactly, is_known
from comity.explain.evaluate import Evaluation
from comity.explain.questions import deciding_facts, questions
from tests.explain.widened import SPONSOR, values, wide_person, wide_regime
from tests.readers_agree.generator import (
    TODAY,
    VOCABULARY,
    person,
    regime,
    unknown_paths,
    within,
)

RIGHTS = tuple(VOCABULARY.rights)


def questions_by_trying(drawn: Regime, case: Case) -> set[str]:
    """The definition: unknown facts some possible value of which changes a position."""
    evaluation = Evaluation(drawn, case)
    before = [evaluation.bounds(right) for right in RIGHTS]
    found = set()
    paths = unknown_paths(drawn, case)
    if drawn.vocabulary.fact(SPONSOR) and not is_known(evaluation.fact(SPONSOR)):
        paths = (*paths, SPONSOR)
    for path in paths:
        for value in values(path):
            known = evaluation.fact(path) if path == SPONSOR else case.facts.get(path)
            if known is None or within(value, known):
                after = Evaluation(drawn, case.with_facts({path: value}))
                if before != [after.bounds(right) for right in RIGHTS]:
                    found.add(path)
                    break
    return found


def test_the_questions_are_the_facts_that_change_something_and_no_others() -> None:
    asked = 0
    for seed in range(200):
        rng = Random(seed)
        drawn = regime(rng)
        case = person(rng, drawn, unknown=rng.choice((0.2, 0.4, 0.7)))
        expected = questions_by_trying(drawn, case)
        asked += len(expected)
        assert expected == set(deciding_facts(drawn, case)), seed
    assert asked > 200  # the draws do ask


def test_so_it_is_where_readings_part_and_where_a_sponsor_decides() -> None:
    asked = 0
    for seed in range(100):
        rng = Random(seed)
        drawn = wide_regime(rng)
        case = wide_person(rng, drawn, unknown=rng.choice((0.2, 0.4, 0.7)))
        expected = questions_by_trying(drawn, case)
        asked += SPONSOR in expected
        assert expected == set(deciding_facts(drawn, case)), seed
    assert asked > 5


def test_an_unknown_host_is_asked_for_when_it_decides() -> None:
    for seed in range(60):
        rng = Random(seed)
        drawn = regime(rng)
        case = person(rng, drawn, unknown=0.4)
        case = Case(case.on, {p: v for p, v in case.facts.items() if p != "host"})
        assert ("host" in questions_by_trying(drawn, case)) <= (
            "host" in deciding_facts(drawn, case)
        ), seed


def test_a_complete_case_asks_nothing() -> None:
    drawn = _regime(Norm("1.1", Kind.GUARANTEE, (Bounding("stay", 2),)))
    assert [] == deciding_facts(drawn, Case(TODAY, {"host": exactly("SWE")}))


# ---- by hand ----
def _regime(*body: Norm | NormException | Power) -> Regime:
    instrument = Instrument("a", "A", Force.BINDING, statements=body)
    return Regime("by hand", (instrument,), VOCABULARY, {"a": instrument}, frozenset({"a"}))


def _residence_at_least(months: int) -> Comparison:
    return Comparison(
        Sum((Part(1, FactRef("residence")),)),  # type: ignore[arg-type]
        "at least",
        Sum((Part(1, Constant(months, "months")),)),  # type: ignore[arg-type]
    )


def test_the_fact_that_settles_most_levels_is_asked_first() -> None:
    drawn = _regime(
        Norm("1.1", Kind.GUARANTEE, (Bounding("work", 1),), (FactHolds(FactRef("excluded")),)),
        Norm("1.2", Kind.GUARANTEE, (Bounding("stay", 3),), (FactHolds(FactRef("child")),)),
    )
    asked = questions(drawn, Case(TODAY, {"host": exactly("SWE")}))
    assert [("child", 3), ("excluded", 1)] == [(q.path, q.settles) for q in asked]


def test_an_unknown_power_is_asked_for() -> None:
    drawn = _regime(
        Norm("1.1", Kind.GUARANTEE, (Bounding("stay", 2),)),
        Power("2.1", (NodeTarget("a", "1.1"),)),
    )
    assert ["exercised a/2.1"] == deciding_facts(drawn, Case(TODAY, {"host": exactly("SWE")}))


def test_a_fact_is_not_asked_for_where_another_has_already_decided() -> None:
    drawn = _regime(
        Norm(
            "1.1",
            Kind.GUARANTEE,
            (Bounding("stay", 2),),
            (FactHolds(FactRef("child")), Not(FactHolds(FactRef("excluded")))),
        ),
    )
    case = Case(TODAY, {"host": exactly("SWE"), "excluded": Truth.TRUE})
    assert [] == deciding_facts(drawn, case)


def test_values_lie_on_both_sides_of_a_threshold_and_within_what_is_known() -> None:
    drawn = _regime(
        Norm("1.1", Kind.GUARANTEE, (Bounding("stay", 2),), (_residence_at_least(3),)),
    )
    case = Case(TODAY, {"host": exactly("SWE"), "residence": Range(2, 5)})
    [question] = questions(drawn, case)
    assert (Range(2, 2), Range(3, 3)) == question.values
    band = Case(TODAY, {"host": exactly("SWE"), "residence": Range(3, 5)})
    assert () == questions(drawn, band)
