"""What is proved holds of random people, and whoever refutes is seen by `explain` to do so.

The properties of `prove` on random agreements; their meaning is said here once more, of positions,
so that a question that asks for something else than its property is found out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from random import Random

import pytest

from comity.agreement.cases import Case
from comity.agreement.conditions import Condition, FactRef, Guaranteed, LeftOpen, Not
from comity.agreement.nodes import Kind
from comity.agreement.regimes import Regime
from comity.agreement.statements import (
    EqualFooting,
    Implies,
    Monotone,
    Never,
    NoConflict,
    NoDeadText,
    PossibleCase,
    Proof,
    Varied,
)
from comity.agreement.values import Range, Truth
from comity.explain.evaluate import Evaluation
from comity.prove.law import Latitude
from comity.prove.prover import Prover
from comity.prove.verdicts import Finding, Verdict
from tests.readers_agree.draws import Draw, draws
from tests.readers_agree.people import broken_axioms, varied
from tests.readers_agree.smallest import difference
from tests.readers_agree.solver import within_the_law
from tests.readers_agree.words import RIGHTS, drawn_value

AGREEMENTS, PEOPLE = 12, 12
FREE: frozenset[Varied] = frozenset({"parameters", "reservations"})
Fails = Callable[[Regime, Case, Case], bool]
"""Whether a property fails of two persons; of one, both are the same."""


@pytest.fixture(scope="module")
def prover() -> Iterator[Prover]:
    with Prover(needs=False) as found:
        yield found


# ---- what the properties mean ----
def bounds(regime: Regime, case: Case, right: str) -> tuple[int, int]:
    found = Evaluation(regime, case).bounds(right)
    return found.lower, found.upper


def satisfied(condition: Condition) -> Fails:
    return lambda regime, case, _: Evaluation(regime, case).truth(condition) is Truth.TRUE


def in_conflict(right: str) -> Fails:
    def fails(regime: Regime, case: Case, _: Case) -> bool:
        return any(t is Truth.TRUE for *_, t in Evaluation(regime, case).conflicts(right))

    return fails


def apart(right: str) -> Fails:
    return lambda regime, one, other: bounds(regime, one, right) != bounds(regime, other, right)


def falls(right: str, fact: str) -> Fails:
    """Whether one of the two has more of the fact and less of the right."""

    def fails(regime: Regime, one: Case, other: Case) -> bool:
        less, more = sorted((one, other), key=lambda case: _number(case, fact))
        before, after = bounds(regime, less, right), bounds(regime, more, right)
        is_more = _number(less, fact) < _number(more, fact)
        return is_more and (after[0] < before[0] or after[1] < before[1])

    return fails


def _number(case: Case, fact: str) -> int:
    known = case.facts.get(fact, Range(0, 0))
    assert isinstance(known, Range)
    return known.low


def asked_of_one(draw: Draw) -> Iterator[tuple[object, Fails]]:
    """Properties of one person with what it is for them to fail."""
    for right in RIGHTS:
        first, open_ = Guaranteed(right, 1), LeftOpen(right, 1)
        yield Never(first), satisfied(first)
        yield Never(Not(open_)), satisfied(Not(open_))
        line = next((c for n in draw.regime.instruments[0].holdings for c in n.when), first)
        yield Implies(line, first), _both(satisfied(line), satisfied(Not(first)))
        yield NoConflict((right,)), in_conflict(right)


def _both(one: Fails, other: Fails) -> Fails:
    return lambda *told: one(*told) and other(*told)


def asked_of_two() -> Iterator[tuple[object, Fails, tuple[str, ...]]]:
    """Properties of two persons, with the facts in which they may differ."""
    for right in RIGHTS:
        for facts in (("child",), ("nationality", "kind"), ("origin1.degree", "origin2.degree")):
            yield EqualFooting((right,), tuple(map(FactRef, facts))), apart(right), facts
        for fact in ("residence", "waited", "status", "origin1.degree"):
            yield Monotone((right,), FactRef(fact)), falls(right, fact), (fact,)


# ---- tests ----
def texts(rng: Random, people: int = PEOPLE) -> Iterator[Draw]:
    """Agreements whose parameters have the values of the text, which are within its bounds."""
    for draw in draws(rng, AGREEMENTS, cases=people):
        yield replace(draw, regime=replace(draw.regime, parameters={}))


def people(rng: Random, draw: Draw, over: frozenset[Varied]) -> Iterator[Case]:
    latitude = Latitude("parameters" in over, "reservations" in over)
    for case in draw.cases:
        yield within_the_law(
            draw.regime, varied(rng, draw.regime, case) if over else case, latitude
        )


def check(draw: Draw, found: Finding, fails: Fails, pairs: Iterator[tuple[Case, Case]]) -> None:
    """A refutation is one to `explain`; a proof is not refuted by any of some people."""
    assert found.verdict is not Verdict.UNKNOWN
    if found.verdict is Verdict.REFUTED:
        one, other = found.person, found.other or found.person
        assert one is not None
        assert other is not None
        assert fails(draw.regime, one, other), difference(draw.regime, one, ["no refutation"])
        assert [] == [*broken_axioms(one), *broken_axioms(other)]
        return
    for one, other in pairs:
        if not broken_axioms(other):
            assert not fails(draw.regime, one, other), difference(draw.regime, one, ["refutes it"])


@pytest.mark.parametrize("over", [frozenset(), FREE], ids=["the law alone", "at large"])
@pytest.mark.parametrize("seed", (800, 801))
def test_properties_of_one_person(seed: int, over: frozenset[Varied], prover: Prover) -> None:
    rng = Random(seed)
    verdicts: Counter[Verdict] = Counter()
    for draw in texts(rng):
        for stated, fails in asked_of_one(draw):
            proof = Proof("random", stated, over=over)  # type: ignore[arg-type]
            found = prover.prove(proof, draw.regime, draw.on)
            everybody = list(people(rng, draw, over))
            check(draw, found, fails, iter(zip(everybody, everybody, strict=True)))
            verdicts[found.verdict] += 1
    assert min(verdicts[v] for v in (Verdict.PROVED, Verdict.REFUTED)) > 20


@pytest.mark.parametrize("over", [frozenset(), FREE], ids=["the law alone", "at large"])
def test_properties_of_two_persons(over: frozenset[Varied], prover: Prover) -> None:
    rng = Random(810)
    verdicts: Counter[Verdict] = Counter()
    for draw in texts(rng):
        everybody = list(people(rng, draw, over))
        for stated, fails, facts in asked_of_two():
            proof = Proof("random", stated, over=over)  # type: ignore[arg-type]
            found = prover.prove(proof, draw.regime, draw.on)
            if found.person is not None:
                assert found.other is not None
                _differ_only_in(found.person, found.other, facts)
            others = [c.with_facts({f: drawn_value(rng, f) for f in facts}) for c in everybody]
            check(draw, found, fails, iter(zip(everybody, others, strict=True)))
            verdicts[found.verdict] += 1
    assert min(verdicts[v] for v in (Verdict.PROVED, Verdict.REFUTED)) > 20


def _differ_only_in(one: Case, other: Case, facts: tuple[str, ...]) -> None:
    assert {path for path in one.facts if one.facts[path] != other.facts.get(path)} <= set(facts)


def test_a_possible_case_is_the_contrary_of_one_that_never_is(prover: Prover) -> None:
    for draw in texts(Random(820), people=1):
        for right in RIGHTS:
            condition = Guaranteed(right, 1)
            never, possible = (
                prover.prove(Proof("random", stated), draw.regime, draw.on).verdict
                for stated in (Never(condition), PossibleCase(condition))
            )
            assert {Verdict.PROVED, Verdict.REFUTED} == {never, possible}


def test_a_norm_that_is_called_dead_is_alone_the_highest_or_lowest_for_nobody(
    prover: Prover,
) -> None:
    dead = alive = 0
    for draw in texts(Random(830)):
        found = prover.prove(Proof("random", NoDeadText()), draw.regime, draw.on)
        assert found.verdict is not Verdict.UNKNOWN
        dead += len(found.dead)
        for case in people(Random(1), draw, frozenset()):
            deciding = set(_deciding(Evaluation(draw.regime, case)))
            assert deciding.isdisjoint(found.dead), difference(draw.regime, case, [*deciding])
            alive += len(deciding)
    assert min(dead, alive) > 20


def _deciding(evaluation: Evaluation) -> Iterator[str]:
    """Norms that alone give the lower bound of a right, or alone leave the upper."""
    for right in RIGHTS:
        declared = evaluation.regime.vocabulary.rights[right]
        levels: dict[str, int] = {}
        for kind, extreme in ((Kind.GUARANTEE, max), (Kind.LIMIT, min)):
            levels = {}
            for unit in evaluation.units(right):
                if unit.kind is kind and evaluation.effective(unit) is Truth.TRUE:
                    level = evaluation.level(unit.level, declared).low
                    levels[unit.node] = extreme(level, levels.get(unit.node, level))
            if levels:
                end = extreme(levels.values())
                nodes = [node for node, level in levels.items() if level == end]
                idle = end == (0 if kind is Kind.GUARANTEE else declared.top)
                yield from nodes if len(nodes) == 1 and not idle else ()
