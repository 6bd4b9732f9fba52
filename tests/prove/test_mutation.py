"""Proofs notice that a norm which they need was changed, or there is a reason why they need not.

The whole, and what it says norm by norm, is in `benchmarks/MUTATION.md`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from random import Random

import pytest

from comity.agreement.cases import Case
from comity.agreement.conditions import (
    AllOf,
    AnyOf,
    Condition,
    Constant,
    FactRef,
    Guaranteed,
    Not,
    ParameterRef,
)
from comity.agreement.instruments import Statement
from comity.agreement.nodes import (
    Bounding,
    Favour,
    Kind,
    NodeTarget,
    Norm,
    NormException,
    Parameter,
    Prevalence,
    Standstill,
)
from comity.agreement.regimes import Regime
from comity.agreement.statements import (
    AgainstInstrument,
    Implies,
    Monotone,
    NeverStuck,
    NoConflict,
    Proof,
    Property,
    Reachable,
)
from comity.agreement.values import Truth, exactly
from comity.api.proving import Session, tasks
from comity.api.regimes import read_regime
from comity.api.verdict_words import Task
from comity.explain.evaluate import Evaluation
from comity.language.resolved import Library
from comity.prove.prover import Prover
from comity.prove.verdicts import Verdict
from tests.prove.asking import ON, holds, regime_of
from tests.prove.mutants import How, helps, mutants_of, mutated
from tests.prove.survivors import Bench, Changed, Duty, Fate, Trial
from tests.readers_agree.words import compare

DAY = date(2026, 11, 24)
AIM = 0.95

CHILD, EXCLUDED = holds("child"), holds("excluded")
THREE_MONTHS = compare(FactRef("residence"), "at least", Constant(3, "months"))


def gives(name: str, level: int, *when: Condition, right: str = "stay") -> Norm:
    """A guarantee."""
    return Norm(name, Kind.GUARANTEE, (Bounding(right, level),), when)


def takes(name: str, target: str, *when: Condition) -> NormException:
    """An exception."""
    return NormException(name, (NodeTarget("a", target),), when)


def bench_of(stated: Property, *body: Statement, over: frozenset[str] = frozenset()) -> Bench:
    """One text with one proof."""
    proof = Proof("by hand", stated, over=over)  # type: ignore[arg-type]
    regime = regime_of(*body, proof)
    library = Library(regime.vocabulary, dict(regime.library))
    return Bench((Task(proof, regime, library.instruments["a"], library),), ON)


def fates(stated: Property, *body: Statement, **more: frozenset[str]) -> dict[str, tuple[str, ...]]:
    """What becomes of a proof under each mutant, with the norms that are named."""
    with bench_of(stated, *body, **more) as bench:
        (duty,) = bench.duties()
        trials = [trial for m, duties in bench.pairs([duty]) for trial in bench.trials(m, duties)]
        return {str(t.mutant).removeprefix("a/"): (t.fate, *t.by) for t in trials}


# ---- mutants ----
P = Parameter("P", Constant(2, "months"))
LONG_ABSENT = Not(compare(FactRef("absence"), "less than", ParameterRef("a", "P")))
LINES = (CHILD, AnyOf((THREE_MONTHS, LONG_ABSENT)))


def made(*body: Statement, node: str = "1.1") -> dict[str, tuple[Statement, ...]]:
    """What each mutant of a norm makes of a text, the parameter left out."""
    regime = regime_of(P, *body)
    return {
        str(mutant).removeprefix("a/"): mutated(regime.library, mutant)["a"].statements[1:]
        for mutant in mutants_of(regime, f"a/{node}", ON)
    }


def test_a_guarantee_is_dropped_lowered_and_negated() -> None:
    found = made(gives("1.1", 2, CHILD))
    assert found == {
        "1.1 dropped": (),
        "1.1 weakened (stay to temporary)": (gives("1.1", 1, CHILD),),
        "1.1 negated": (gives("1.1", 2, Not(AllOf((CHILD,)))),),
    }


def test_what_comes_to_the_same_as_dropping_a_norm_is_no_mutant_of_its_own() -> None:
    assert ["1.1 dropped"] == list(made(gives("1.1", 1)))


def test_a_guarantee_of_several_rights_is_weakened_right_by_right() -> None:
    both = Norm("1.1", Kind.GUARANTEE, (Bounding("stay", 2), Bounding("wait", 1)))
    found = made(both)
    assert found["1.1 weakened (stay to temporary)"] == (
        Norm("1.1", Kind.GUARANTEE, (Bounding("stay", 1), Bounding("wait", 1))),
    )
    assert found["1.1 weakened (wait to nothing)"] == (gives("1.1", 2),)


def test_a_limit_is_weakened_upwards_and_gone_at_the_top() -> None:
    below = Norm("1.1", Kind.LIMIT, (Bounding("stay", 1), Bounding("work", 1)))
    found = made(below)
    assert found["1.1 weakened (stay to protected)"] == (
        Norm("1.1", Kind.LIMIT, (Bounding("stay", 2), Bounding("work", 1))),
    )
    assert found["1.1 weakened (work to nothing)"] == (
        Norm("1.1", Kind.LIMIT, (Bounding("stay", 1),)),
    )


def test_a_level_that_the_text_does_not_fix_is_lowered_or_left_out() -> None:
    of_text = Norm("1.1", Kind.GUARANTEE, (Bounding("permit", ParameterRef("a", "P")),))
    of_fact = Norm(
        "1.1", Kind.GUARANTEE, (Bounding("permit", FactRef("residence")), Bounding("stay", 2))
    )
    assert made(of_text)["1.1 weakened (permit to 1 months)"] == (gives("1.1", 1, right="permit"),)
    assert made(of_fact)["1.1 weakened (permit to nothing)"] == (gives("1.1", 2),)


def test_an_exception_reaches_further_without_its_last_line() -> None:
    norm = gives("1.1", 2, CHILD)
    found = made(norm, takes("1.2", "1.1", EXCLUDED, THREE_MONTHS), node="1.2")
    assert found["1.2 weakened (without its last line)"] == (norm, takes("1.2", "1.1", EXCLUDED))
    assert found["1.2 dropped"] == (norm,)


def test_a_standstill_is_weakened_right_by_right() -> None:
    found = made(Standstill("1.1", ("stay", "work"), None))
    assert found["1.1 weakened (without stay)"] == (Standstill("1.1", ("work",), None),)


def test_a_norm_that_gives_helps_and_what_takes_from_it_does_not() -> None:
    regime = regime_of(
        gives("1.1", 2),
        Norm("1.2", Kind.LIMIT, (Bounding("stay", 2),)),
        takes("1.3", "1.1"),
        takes("1.4", "1.2"),
        takes("1.5", "1.3"),
    )
    helping = [key.removeprefix("a/") for key in regime.nodes if helps(regime, key)]
    assert ["1.1", "1.4", "1.5"] == helping


@pytest.mark.parametrize(
    ("node", "residence", "absence", "before"),
    [("1.1", 3, 0, True), ("1.1", 0, 2, True), ("1.2", 2, 0, False), ("1.2", 0, 1, False)],
)
def test_a_number_moves_against_the_person_whichever_way_it_is_compared(
    node: str, residence: int, absence: int, before: bool
) -> None:
    """A guarantee loses who just had it, an exception takes whom it just spared, by each number."""
    body = (
        (gives("1.1", 2, *LINES),)
        if node == "1.1"
        else (gives("1.1", 2), takes("1.2", "1.1", *LINES))
    )
    regime = regime_of(P, *body)
    facts = {"child": exactly(True), "absence": exactly(absence), "residence": exactly(residence)}
    holds_before, *holds_after = (
        Evaluation(each, Case(ON, facts)).holds(f"a/{node}")
        for each in (regime, *(moved(regime, node)))
    )
    said = Truth.of(before)
    assert said is holds_before
    assert sorted((said, said.negated())) == sorted(holds_after)


def moved(regime: Regime, node: str) -> Iterator[Regime]:
    for mutant in mutants_of(regime, f"a/{node}", ON):
        if mutant.how is How.MOVED:
            library = mutated(regime.library, mutant)
            yield replace(regime, instruments=(library["a"],), library=library)


# ---- survivors ----
ALWAYS_CHILD = Implies(CHILD, Guaranteed("stay", 2))


def test_a_norm_by_which_alone_a_promise_is_kept_is_noticed_whatever_is_done_to_it() -> None:
    assert fates(ALWAYS_CHILD, gives("1.1", 2, CHILD)) == {
        "1.1 dropped": (Fate.REFUTED,),
        "1.1 weakened (stay to temporary)": (Fate.REFUTED,),
        "1.1 negated": (Fate.REFUTED,),
    }


def test_a_norm_that_another_one_repeats_for_everybody_is_equivalent() -> None:
    found = fates(ALWAYS_CHILD, gives("1.1", 2, CHILD), gives("1.2", 2, CHILD))
    assert [Fate.EQUIVALENT] * 2 == [f[0] for name, f in found.items() if "negated" not in name]


def test_a_norm_that_another_one_does_for_those_who_are_spoken_of_is_covered_by_it() -> None:
    stated = Implies(AllOf((CHILD, Not(EXCLUDED))), Guaranteed("stay", 2))
    found = fates(stated, gives("1.1", 2, CHILD), gives("1.2", 2, Not(EXCLUDED)))
    (needed,) = {name.partition(" ")[0] for name in found}
    other = {"1.1": "a/1.2", "1.2": "a/1.1"}[needed]
    assert {(Fate.COVERED, other)} == set(found.values())


def test_an_exception_that_is_gone_leaves_nobody_with_less() -> None:
    stated = Implies(AllOf((CHILD, Not(EXCLUDED))), Guaranteed("stay", 2))
    found = fates(stated, gives("1.1", 2, CHILD), takes("1.2", "1.1", EXCLUDED))
    assert (Fate.NO_LESS,) == found["1.2 dropped"]
    assert (Fate.REFUTED,) == found["1.2 negated"]


def test_a_level_above_the_one_that_is_promised_may_fall_to_it() -> None:
    found = fates(ALWAYS_CHILD, gives("1.1", 3, CHILD))
    assert (Fate.ABOVE,) == found["1.1 weakened (stay to protected)"]
    assert (Fate.REFUTED,) == found["1.1 dropped"]


def test_what_a_norm_gives_together_goes_together() -> None:
    stated = Implies(Guaranteed("work", 1), Guaranteed("stay", 2))
    both = (Bounding("stay", 2), Bounding("work", 1))
    first, second = (
        Norm(name, Kind.GUARANTEE, both, (line,))
        for name, line in (("1.1", CHILD), ("1.2", EXCLUDED))
    )
    found = fates(stated, first, second)
    assert (Fate.TOGETHER,) == found["1.1 dropped"] == found["1.2 dropped"]
    assert (Fate.REFUTED,) == found["1.1 weakened (stay to temporary)"]
    assert (Fate.EMPTY,) == fates(stated, first)["1.1 dropped"]


def test_two_who_are_compared_lose_a_norm_alike_and_its_negation_parts_them() -> None:
    found = fates(Monotone(("stay",), FactRef("residence")), gives("1.1", 2, THREE_MONTHS))
    assert found == {
        "1.1 dropped": (Fate.ALIKE,),
        "1.1 weakened (stay to temporary)": (Fate.ALIKE,),
        "1.1 negated": (Fate.REFUTED,),
        "1.1 moved (`residence at least 3 months`, by a month)": (Fate.ALIKE,),
    }


def test_who_lacks_a_norm_that_parts_two_may_have_as_much_by_another() -> None:
    found = fates(
        Monotone(("stay",), FactRef("residence")),
        gives("1.1", 2, THREE_MONTHS),
        gives("1.2", 3, compare(FactRef("residence"), "at least", Constant(2, "months"))),
    )
    assert (Fate.COVERED, "a/1.2") == found["1.1 negated"]
    assert (Fate.REFUTED,) == found["1.2 negated"]


def test_a_crossing_that_a_clause_settles_is_settled_whatever_the_levels() -> None:
    found = fates(
        NoConflict(("stay",)),
        gives("1.1", 2, CHILD),
        Norm("1.2", Kind.LIMIT, (Bounding("stay", 1),), (EXCLUDED,)),
        Prevalence("1.3", (Favour(),)),
    )
    assert found
    assert {(Fate.SETTLED,)} == set(found.values())


def test_a_norm_that_does_as_before_for_those_of_whom_is_spoken_is_touched_elsewhere() -> None:
    found = fates(ALWAYS_CHILD, gives("1.1", 2, AnyOf((CHILD, THREE_MONTHS))))
    assert (Fate.ELSEWHERE,) == found["1.1 moved (`residence at least 3 months`, by a month)"]


def test_what_ranges_over_readings_is_not_excused() -> None:
    residence = Monotone(("stay",), FactRef("residence"))
    found = fates(residence, gives("1.1", 2, THREE_MONTHS), over=frozenset({"readings"}))
    assert (Fate.LEFT,) == found["1.1 weakened (stay to temporary)"]


def test_a_life_that_comes_to_its_end_by_another_norm_is_covered_by_it() -> None:
    """The one norm counts in a single month, which every life passes; the other from the next month on."""
    residence = FactRef("residence")
    third = (
        compare(residence, relation, Constant(3, "months")) for relation in ("at least", "at most")
    )
    stated = Reachable(4, Bounding("stay", 3), Bounding("stay", 1), (residence,))
    found = fates(
        stated,
        gives("1.1", 1),
        gives("1.2", 3, compare(residence, "at least", Constant(4, "months"))),
        gives("1.3", 3, *third),
    )
    (needed,) = {name.partition(" ")[0] for name in found} - {"1.1"}
    other = {"1.2": "a/1.3", "1.3": "a/1.2"}[needed]
    assert (Fate.COVERED, other) == found[f"{needed} dropped"]


def test_the_rights_are_named_of_which_somebody_has_less() -> None:
    both = Norm("1.1", Kind.GUARANTEE, (Bounding("stay", 2), Bounding("work", 1)), (CHILD,))
    with bench_of(ALWAYS_CHILD, both, gives("1.2", 1, CHILD, right="work")) as bench:
        losses = {str(m): Changed(bench, m).losses() for m in mutants_of(bench.whole, "a/1.1", ON)}
    assert losses == {
        "a/1.1 dropped": ("stay",),
        "a/1.1 weakened (stay to temporary)": ("stay",),
        "a/1.1 weakened (work to nothing)": (),
        "a/1.1 negated": ("stay",),
    }


def test_the_norms_of_a_core_are_those_that_the_prover_names() -> None:
    body = (gives("1.1", 2, CHILD), takes("1.2", "1.1", EXCLUDED), gives("1.3", 2, EXCLUDED))
    with bench_of(ALWAYS_CHILD, *body) as bench, Prover() as prover:
        (duty,) = bench.duties()
        task = duty.task
        assert prover.prove(task.proof, task.regime, ON).needs == duty.needs


# ---- the Convention ----
@pytest.fixture(scope="module")
def convention() -> Iterator[Bench]:
    every = [t for t in tasks(read_regime("imfc")) if t.owner is not None and t.owner.id == "imfc"]
    with Bench(every, DAY) as bench:
        yield bench


def tried(bench: Bench, duties: list[Duty], chosen: Random | None) -> list[Trial]:
    """Every mutant, or half of them, and what becomes of the proofs that need its norm."""
    pairs = [(m, d) for m, d in bench.pairs(duties) if m.how is not How.MOVED]
    if chosen is not None:
        pairs = chosen.sample(pairs, len(pairs) // 2)
    return [trial for mutant, needing in pairs for trial in bench.trials(mutant, needing)]


def assert_noticed(trials: list[Trial]) -> None:
    found = Counter(trial.fate for trial in trials)
    noticed, missed = found[Fate.REFUTED], found[Fate.LEFT] + found[Fate.UNKNOWN]
    assert noticed > 100
    assert noticed >= AIM * (noticed + missed)


def test_half_of_the_changes_of_the_convention_are_noticed_or_need_not_be(
    convention: Bench,
) -> None:
    """But for the proofs that compare it with another text or follow a life: ten times as slow.

    Of some that are noticed, a person is made plain and replayed through `explain`.
    """
    rng, slow = Random(4), (AgainstInstrument, NeverStuck, Reachable)
    duties = [d for d in convention.duties() if not isinstance(d.task.proof.property, slow)]
    trials = tried(convention, duties, rng)
    assert_noticed(trials)
    by_label = {duty.label: duty for duty in duties}
    with Session(needs=False) as session:
        for trial in rng.sample([t for t in trials if t.fate is Fate.REFUTED], 5):
            task = Changed(convention, trial.mutant).task(by_label[trial.duty])
            finding, rights = session.find(task, DAY)
            assert (Verdict.REFUTED, True) == (finding.verdict, bool(rights)), str(trial.mutant)


@pytest.mark.slow
def test_every_change_of_the_convention_is_noticed_or_need_not_be(convention: Bench) -> None:
    assert_noticed(tried(convention, list(convention.duties()), None))
