"""What must hold of every position, on random agreements and random people."""

from __future__ import annotations

from random import Random

import pytest

from comity.agreement.cases import Case
from comity.agreement.conditions import FactHolds, FactRef
from comity.agreement.instruments import Force, Instrument, Statement
from comity.agreement.nodes import Bounding, Kind, Norm, Over, Prevalence, Side
from comity.agreement.positions import Bounds
from comity.agreement.regimes import Regime
from comity.agreement.values import Truth, exactly
from comity.explain.evaluate import Evaluation
from tests.explain.widened import wide_completed, wide_person, wide_regime
from tests.readers_agree.generator import (
    TODAY,
    VOCABULARY,
    hidden,
    person,
    regime,
    shuffled,
    with_statement,
    without_node,
)

SEEDS = range(200)
RIGHTS = tuple(VOCABULARY.rights)


def positions(drawn: Regime, case: Case) -> dict[str, Bounds]:
    evaluation = Evaluation(drawn, case)
    return {right: evaluation.bounds(right) for right in RIGHTS}


def within(known: Bounds, less_known: Bounds) -> bool:
    """Whether the better known position lies inside what was certain and possible before."""
    return (
        less_known.lower <= known.lower <= known.lower_possible <= less_known.lower_possible
        and less_known.upper <= known.upper <= known.upper_possible <= less_known.upper_possible
    )


def draw(seed: int) -> tuple[Random, Regime, Case]:
    """Of every three draws one has readings and sponsors; the host may be unknown like any fact."""
    rng = Random(seed)
    drawn = wide_regime(rng) if seed % 3 == 0 else regime(rng)
    draw_person = wide_person if seed % 3 == 0 else person
    unknown = rng.choice((0.1, 0.3, 0.6))
    return rng, drawn, draw_person(rng, drawn, unknown=unknown, host_known=False)


def test_hiding_facts_never_changes_a_certain_answer() -> None:
    for seed in SEEDS:
        rng, drawn, case = draw(seed)
        known, less = positions(drawn, case), positions(drawn, hidden(rng, case, keep_host=False))
        assert [] == [(seed, r) for r in RIGHTS if not within(known[r], less[r])]


def test_completing_what_is_unknown_stays_within_certain_and_possible() -> None:
    for seed in SEEDS:
        rng, drawn, case = draw(seed)
        before = positions(drawn, case)
        for _ in range(3):
            after = positions(drawn, wide_completed(rng, drawn, case))
            assert [] == [(seed, r) for r in RIGHTS if not within(after[r], before[r])]


def test_a_complete_case_has_one_position_and_no_unknown_truth() -> None:
    for seed in SEEDS:
        rng, drawn, case = draw(seed)
        evaluation = Evaluation(drawn, wide_completed(rng, drawn, case))
        for right in RIGHTS:
            bounds = evaluation.bounds(right)
            assert (bounds.lower, bounds.upper) == (bounds.lower_possible, bounds.upper_possible)
        assert Truth.UNKNOWN not in {evaluation.holds(key) for key in drawn.nodes}


def test_the_order_of_statements_never_matters() -> None:
    for seed in SEEDS:
        rng, drawn, case = draw(seed)
        assert positions(drawn, case) == positions(shuffled(rng, drawn), case), seed


def test_adding_a_guarantee_never_lowers_a_lower_bound() -> None:
    for seed in SEEDS:
        rng, drawn, case = draw(seed)
        before = positions(drawn, case)
        more = Norm("5.1", Kind.GUARANTEE, (Bounding("stay", rng.randint(1, 3)),))
        after = positions(with_statement(drawn, "a", more), case)
        for right in RIGHTS:
            assert before[right].lower <= after[right].lower, (seed, right)
            assert before[right].lower_possible <= after[right].lower_possible, (seed, right)


def test_a_conflict_is_always_between_a_guarantee_and_a_limit() -> None:
    for seed in SEEDS:
        _rng, drawn, case = draw(seed)
        evaluation = Evaluation(drawn, case)
        for right in RIGHTS:
            pairs = evaluation.conflicts(right)
            assert {(Kind.GUARANTEE, Kind.LIMIT)} >= {(g.kind, m.kind) for g, m, _ in pairs}
            if not any(unit.kind is Kind.LIMIT for unit in evaluation.units(right)):
                assert [] == pairs


def test_more_than_a_third_of_draws_hang_on_a_single_norm() -> None:
    """Else the generator would not test much."""
    changed = 0
    for seed in SEEDS:
        _rng, drawn, case = draw(seed)
        before = positions(drawn, case)
        norms = [key for key, variants in drawn.nodes.items() if isinstance(variants[0], Norm)]
        changed += any(before != positions(without_node(drawn, key), case) for key in norms)
    assert changed >= 0.3 * len(SEEDS)


# ---- prevalence by hand ----
def _three_norms(*clauses: tuple[str, str]) -> Regime:
    """A guarantee of protected, a limit of temporary, a guarantee of permanent when a child."""
    body: tuple[Statement, ...] = (
        Norm("1.1", Kind.GUARANTEE, (Bounding("stay", 2),)),
        Norm("1.2", Kind.LIMIT, (Bounding("stay", 1),)),
        Norm("1.3", Kind.GUARANTEE, (Bounding("stay", 3),), (FactHolds(FactRef("child")),)),
        *(
            Prevalence(f"10.{n}", (Over(Side("a", node=one), (Side("a", node=other),)),))
            for n, (one, other) in enumerate(clauses)
        ),
    )
    instrument = Instrument("a", "A", Force.BINDING, statements=body)
    drawn = Regime("by hand", (instrument,), VOCABULARY, {"a": instrument}, frozenset({"a"}))
    drawn.check_acyclic()
    return drawn


@pytest.mark.parametrize(("child", "lower", "upper"), [(False, 0, 1), (True, 3, 3)])
def test_a_defeated_norm_defeats_nobody(child: bool, lower: int, upper: int) -> None:
    """1.2 prevails over 1.1; but where 1.3 prevails over 1.2, 1.1 stands again."""
    drawn = _three_norms(("1.2", "1.1"), ("1.3", "1.2"))
    case = Case(TODAY, {"host": exactly("SWE"), "child": Truth.of(child)})
    evaluation = Evaluation(drawn, case)
    assert Bounds(lower, lower, upper, upper) == evaluation.bounds("stay")
    units = {unit.node: unit for unit in evaluation.units("stay")}
    assert Truth.of(child) is evaluation.effective(units["a/1.1"])
    assert [] == evaluation.conflicts("stay")


def test_a_crossing_that_no_clause_settles_is_a_conflict_and_both_bounds_stand() -> None:
    case = Case(TODAY, {"host": exactly("SWE"), "child": Truth.FALSE})
    evaluation = Evaluation(_three_norms(), case)
    assert Bounds(2, 2, 1, 1) == evaluation.bounds("stay")
    [(guarantee, limit, truth)] = evaluation.conflicts("stay")
    assert ("a/1.1", "a/1.2", Truth.TRUE) == (guarantee.node, limit.node, truth)


def test_it_is_unknown_who_is_defeated_while_the_stronger_norm_is_unknown() -> None:
    drawn = _three_norms(("1.2", "1.1"), ("1.3", "1.2"))
    case = Case(TODAY, {"host": exactly("SWE")})
    assert Bounds(0, 3, 1, 3) == Evaluation(drawn, case).bounds("stay")
