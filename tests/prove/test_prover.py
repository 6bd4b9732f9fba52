"""The prover's own part: two solvers that must agree, plain persons, needs that are needs, limits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from random import Random
from typing import Any

import pytest

from comity.agreement.cases import Case
from comity.agreement.coding.allowed import YES
from comity.agreement.coding.formulas import Formula, all_of, some_of
from comity.agreement.conditions import (
    AllOf,
    AnyOf,
    Condition,
    Constant,
    FactRef,
    Guaranteed,
    IsOneOf,
    Not,
)
from comity.agreement.nodes import Bounding, Kind, NodeTarget, Norm, NormException
from comity.agreement.statements import Implies, Monotone, Never, NoDeadText, PossibleCase, Proof
from comity.agreement.values import Truth, exactly
from comity.explain.evaluate import Evaluation
from comity.prove.law import Law
from comity.prove.prover import Disagreement, Prover
from comity.prove.questions import Asker, Question
from comity.prove.script import Writer
from comity.prove.solvers import Limits, Reply, Solver
from comity.prove.verdicts import Verdict
from tests.prove.asking import ON, holds, regime_of
from tests.readers_agree.draws import Draw, draws
from tests.readers_agree.people import broken_axioms
from tests.readers_agree.words import RIGHTS, WORDS, compare

CHILD = Norm("1.1", Kind.GUARANTEE, (Bounding("stay", 2),), (holds("child"),))
ADULT = Norm("1.2", Kind.GUARANTEE, (Bounding("stay", 1),), (Not(holds("child")),))
EXCEPTION = NormException("1.3", (NodeTarget("a", "1.1"),), (holds("excluded"),))
SOME_STAY = Guaranteed("stay", 1)


@pytest.fixture(scope="module")
def prover() -> Iterator[Prover]:
    with Prover() as found:
        yield found


@pytest.fixture(scope="module")
def both() -> Iterator[Prover]:
    with Prover(cross_check=True) as found:
        yield found


def proof(stated: Any, guard: Condition | None = None) -> Proof:
    return Proof("by hand", stated, guard=guard)


# ---- two solvers ----
class Says:
    """A solver that says the same of everything."""

    def __init__(self, verdict: str, limit: str = "", goals: str = "") -> None:
        self.reply, self.goals, self.asked = Reply(verdict, limit=limit), goals, 0

    def ask(self, _text: str, *, goals: tuple[str, ...] = (), **_: object) -> Reply:
        self.asked += 1
        return replace(self.reply, goals=tuple(self.goals for _ in goals))

    def stop(self) -> None:
        pass


def prover_with(second: Says) -> Prover:
    made = Prover()
    made.second = second  # type: ignore[assignment]
    return made


@pytest.mark.parametrize(
    ("norms", "said"), [((CHILD, ADULT), "sat"), ((CHILD, ADULT, EXCEPTION), "unsat")]
)
def test_two_solvers_that_say_opposite_things_are_never_passed_over(
    norms: tuple[Norm, ...], said: str
) -> None:
    everybody = proof(Implies(AnyOf((holds("child"), Not(holds("child")))), SOME_STAY))
    with prover_with(Says(said)) as two, pytest.raises(Disagreement):
        two.prove(everybody, regime_of(*norms), ON)


def test_neither_are_they_where_many_norms_are_asked_at_once() -> None:
    with prover_with(Says("goals", goals="unsat")) as two, pytest.raises(Disagreement):
        two.prove(proof(NoDeadText()), regime_of(CHILD), ON)


@pytest.mark.parametrize("norms", [(CHILD, ADULT), (CHILD, ADULT, EXCEPTION)])
def test_where_the_second_gives_up_the_verdict_is_unknown_with_its_limit(
    norms: tuple[Norm, ...],
) -> None:
    everybody = proof(Implies(AnyOf((holds("child"), Not(holds("child")))), SOME_STAY))
    with prover_with(Says("unknown", "time: 20 s")) as two:
        found = two.prove(everybody, regime_of(*norms), ON)
    assert (Verdict.UNKNOWN, "cvc5: time: 20 s") == (found.verdict, found.limit)
    assert ("z3", "cvc5") == found.engines


def test_one_solver_alone_says_that_it_was_alone(prover: Prover) -> None:
    assert ("z3",) == prover.prove(proof(Never(holds("child"))), regime_of(CHILD), ON).engines


@pytest.mark.parametrize("seed", range(4))
def test_on_random_agreements_both_solvers_give_the_verdict(seed: int, both: Prover) -> None:
    verdicts = set()
    for draw in draws(Random(seed), 4, cases=1):
        for stated in _properties(draw):
            found = both.prove(proof(stated), draw.regime, draw.on)
            assert found.verdict is not Verdict.UNKNOWN
            verdicts.add(found.verdict)
    assert {Verdict.PROVED, Verdict.REFUTED} == verdicts


def _properties(draw: Draw) -> Iterator[Any]:
    for right in RIGHTS:
        top = WORDS.rights[right].top
        yield Never(Guaranteed(right, top))
        yield Never(AllOf((Guaranteed(right, top), Not(Guaranteed(right, top)))))
        yield Monotone((right,), FactRef("residence"))


# ---- who refutes ----
def _refuted(prover: Prover, draw: Draw, condition: Condition) -> Case | None:
    found = prover.prove(proof(Never(condition)), draw.regime, draw.on)
    return found.person


def _conditions(draw: Draw) -> Iterator[Condition]:
    for right in RIGHTS:
        yield Guaranteed(right, 1)
        yield Not(Guaranteed(right, 1))
        young = AllOf((Guaranteed(right, 1), compare(FactRef("residence"), "at most", _months(1))))
        yield AllOf((young, IsOneOf(FactRef("host"), ("SWE", "DEU"))))


def _months(number: int) -> Constant:
    return Constant(number, "months")


def _is_ordinary(case: Case, path: str) -> bool:
    declared = WORDS.fact(path)
    if declared is None or declared.ordinary is None:
        return True
    return case.facts[path] == exactly(declared.ordinary)


@pytest.mark.parametrize("seed", range(20, 24))
def test_whoever_refutes_is_seen_by_explain_and_no_fact_of_theirs_is_unusual_for_nothing(
    seed: int, prover: Prover
) -> None:
    """Each single unusual fact is needed: with its ordinary value, they would not refute."""
    unusual = 0
    for draw in draws(Random(seed), 6, cases=1):
        for condition in _conditions(draw):
            person = _refuted(prover, draw, condition)
            if person is None:
                continue
            assert Truth.TRUE is Evaluation(draw.regime, person).truth(condition)
            assert [] == broken_axioms(person)
            for path in person.facts:
                if not _is_ordinary(person, path):
                    declared = WORDS.fact(path)
                    assert declared is not None
                    plainer = person.with_facts({path: exactly(declared.ordinary)})  # type: ignore[arg-type]
                    fits = Evaluation(draw.regime, plainer).truth(condition) is Truth.TRUE
                    assert not (fits and not broken_axioms(plainer)), path
                    unusual += 1
    assert unusual > 5


def test_a_person_is_as_plain_as_the_claim_lets_them_be(prover: Prover) -> None:
    text = regime_of(Norm("1.1", Kind.GUARANTEE, (Bounding("stay", 2),), (holds("child"),)))
    person = prover.prove(proof(Never(SOME_STAY)), text, ON).person
    assert person is not None
    assert Truth.TRUE is person.facts["child"]
    assert [] == [
        path for path in person.facts if path != "child" and not _is_ordinary(person, path)
    ]


# ---- what a proof needs ----
def _claim(law: Law, stated: Implies) -> Question:
    return Asker(law).implies(stated)


def _ruled_out(solver: Solver, question: Question, labels: set[str]) -> bool:
    """Whether some nodes and definitions rule a claim out by themselves."""
    script = Writer(question.laws, question.claim, labelled=True).write()
    symbols = tuple(symbol for label, symbol in script.labels.items() if label in labels)
    return solver.ask(script.text, labels=symbols).verdict == "unsat"


def test_a_proof_names_the_norms_that_it_needs_and_no_others(prover: Prover) -> None:
    idle = Norm("1.4", Kind.GUARANTEE, (Bounding("work", 1),), (holds("child"),))
    text = regime_of(CHILD, ADULT, idle)
    everybody = Implies(AnyOf((holds("child"), Not(holds("child")))), SOME_STAY)
    found = prover.prove(proof(everybody), text, ON)
    assert (Verdict.PROVED, ("a/1.1", "a/1.2")) == (found.verdict, found.needs)


def test_an_exception_is_needed_where_the_proof_hangs_on_it(prover: Prover) -> None:
    free = Implies(AllOf((holds("child"), holds("excluded"))), Not(SOME_STAY))
    found = prover.prove(proof(free), regime_of(CHILD, EXCEPTION), ON)
    assert (Verdict.PROVED, ("a/1.1", "a/1.3")) == (found.verdict, found.needs)


@pytest.mark.parametrize("seed", range(40, 43))
def test_of_a_random_proof_what_is_named_suffices_and_none_of_it_can_be_left_out(
    seed: int, prover: Prover
) -> None:
    proved = 0
    for draw in draws(Random(seed), 6, cases=1):
        law = Law(draw.regime, draw.on)
        for right in RIGHTS:
            for rank in range(1, WORDS.rights[right].top + 1):
                stated = Implies(_whatever_holds(draw), Guaranteed(right, rank))
                found = prover.prove(proof(stated), draw.regime, draw.on)
                if found.verdict is Verdict.PROVED and not found.vacuous and found.needs:
                    question = _claim(law, stated)
                    needs = set(found.needs)
                    assert _ruled_out(prover.solver, question, needs)
                    for one in needs:
                        assert not _ruled_out(prover.solver, question, needs - {one})
                    proved += 1
    assert proved > 0


def _whatever_holds(draw: Draw) -> Condition:
    """A person of whom all the tests of the first norm hold, before a host that is bound."""
    norms = [n for n in draw.regime.instruments[0].holdings if isinstance(n, Norm)]
    return AllOf((*norms[0].when, *norms[1].when, IsOneOf(FactRef("host"), ("SWE",))))


# ---- limits, and what is kept ----
HARD = Limits(seconds=0.001)


def test_where_a_limit_was_hit_the_verdict_is_unknown_with_it_and_is_not_kept() -> None:
    """It may be had in a calmer minute."""
    [draw] = draws(Random(60), 1, cases=1)
    stated = proof(Monotone(RIGHTS, FactRef("residence")))
    with Prover(limits=HARD) as hurried:
        first = hurried.prove(stated, draw.regime, draw.on)
        if first.verdict is not Verdict.UNKNOWN:
            pytest.fail("solved in a thousandth of a second")
        assert "time: 0.001 s" == first.limit
        hurried.solver.limits = Limits()
        hurried.solver.stop()
        assert hurried.prove(stated, draw.regime, draw.on).verdict is not Verdict.UNKNOWN


def test_a_question_is_asked_once_however_often_it_is_put() -> None:
    stated = proof(Never(SOME_STAY))
    with Prover() as one:
        first = one.prove(stated, regime_of(CHILD), ON)
        asked = one.asked
        assert asked > 0
        again = one.prove(stated, regime_of(CHILD), ON)  # another regime with the same words
        assert asked == one.asked
        assert first.person == again.person


def test_an_edited_norm_is_asked_again() -> None:
    stated = proof(Never(Guaranteed("stay", 3)))
    edited = replace(CHILD, boundings=(Bounding("stay", 3),))
    with Prover() as one:
        verdicts = [
            one.prove(stated, regime_of(norm), ON).verdict for norm in (CHILD, edited, CHILD)
        ]
    assert [Verdict.PROVED, Verdict.REFUTED, Verdict.PROVED] == verdicts


# ---- many goals ----
def test_goals_reached_together_or_apart_are_the_same(prover: Prover) -> None:
    law = Law(regime_of(CHILD, ADULT, EXCEPTION), ON)
    goals: list[Formula] = [
        law.guaranteed("stay", 1),
        law.guaranteed("stay", 2),
        law.guaranteed("stay", 3),
        all_of((law.node("a/1.1"), law.node("a/1.2"))),
        law.node("a/1.3"),
    ]
    together = prover.reached(law, goals, some_of(goals)).goals
    apart = tuple(prover.reached(law, [goal], goal).goals[0] for goal in goals)
    assert ("sat", "sat", "unsat", "unsat", "sat") == together == apart


def test_nobody_whom_an_axiom_shuts_out_reaches_a_goal(prover: Prover) -> None:
    """Also not where another goal is reached by everybody."""
    law = Law(regime_of(), ON)
    impossible = all_of(
        (law.record("destination.is_origin", YES), law.record("onward.exists", YES))
    )
    everybody = some_of((law.record("child", YES), law.record("child", YES).negated, all_of(())))
    goals = [impossible, everybody]
    assert ("unsat", "sat") == prover.reached(law, goals, all_of(())).goals


def test_a_possible_case_is_proved_by_somebody_and_refuted_by_nobody(prover: Prover) -> None:
    text = regime_of(CHILD)
    found = [
        prover.prove(proof(PossibleCase(Guaranteed("stay", rank))), text, ON) for rank in (2, 3)
    ]
    assert [Verdict.PROVED, Verdict.REFUTED] == [one.verdict for one in found]
    assert found[0].person is not None
    assert found[1].person is None
