"""What is said of a record holds of every person whom the record may be."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from comity.agreement.cases import Case
from comity.agreement.regimes import Regime
from comity.agreement.statements import AgainstInstrument, Monotone, NeverStuck, Reachable
from comity.agreement.values import Members, Options, Possible, Range, Truth, exactly, is_known
from comity.agreement.vocabulary import Fact
from comity.api.failing import Failure
from comity.api.likeness import Facts, scope_of
from comity.api.replaying import NotReplayed, Replay
from comity.api.verdict_words import Task
from comity.explain.evaluate import Evaluation
from comity.explain.expectations import broken_axioms
from comity.prove import lexicon
from comity.prove.verdicts import Finding
from comity.world.assumptions import NOTHING, ORDINARY
from tests.api.counted import ON, alone, failures, record, sample

NAMES = ("counted", "refugee_1951_1967", "eu_returns_2008_115", "echr_3_8")


def may_be(known: Possible, value: Possible) -> bool:
    """Whether a fact of which something is known may have a value."""
    match known, value:
        case Range(low, high), Range(least, most):
            return low <= least and most <= high
        case Options(names), Options(wanted):
            return names is None or (wanted is not None and wanted <= names)
        case Members(surely, perhaps), Members(wanted, _):
            return surely <= wanted and (perhaps is None or wanted <= perhaps)
        case _:
            return known in (Truth.UNKNOWN, value)


def at_random(rng: random.Random, known: Possible) -> Possible:
    """One of the values that a fact may have."""
    match known:
        case Truth.UNKNOWN:
            return rng.choice((Truth.TRUE, Truth.FALSE))
        case Range(low, high):
            return exactly(
                rng.choice((rng.randint(low, high), rng.randint(low, min(high, low + 9))))
            )
        case Options(names):
            return exactly(rng.choice(sorted(names or {"SYR", "DEU", "TUR", "KEN", "nobody"})))
        case Members(surely, None):
            return exactly(surely | set(rng.choice(((), ("SYR",), ("TUR",)))))
        case _:
            return known


def value_in(
    rng: random.Random, known: Possible, wished: Possible | None, declared: Fact | None
) -> Possible:
    """One of the values that a fact may have: mostly the one wished, or the ordinary one."""
    if wished is not None and may_be(known, wished) and rng.random() < 0.85:
        return wished
    if declared is not None and declared.ordinary is not None and rng.random() < 0.97:
        usual = exactly(declared.ordinary)
        if may_be(known, usual):
            return usual
    return at_random(rng, known)


def somebody(
    rng: random.Random, known: Case, wished: Case, regime: Regime, *, ordinary: bool
) -> Case | None:
    """A person of whom everything is known and whom a record may be, much like the one wished.

    ordinary: nothing interrupts the person's life. None: the one drawn cannot be.
    """
    vocabulary = regime.vocabulary
    facts = {}
    for path in vocabulary.concrete_paths():
        declared = vocabulary.fact(path)
        assert declared is not None
        value = value_in(rng, known.known(path, vocabulary), wished.facts.get(path), declared)
        if ordinary and path.startswith(lexicon.DEVIATIONS) and declared.ordinary is not None:
            value = exactly(declared.ordinary)
        facts[path] = value
    for path, made in wished.facts.items():
        if path.startswith("exercised "):
            facts[path] = value_in(rng, Truth.UNKNOWN, made, None)
    assert all(map(is_known, facts.values()))
    case = Case(ON, facts, ordinary=True)
    return None if broken_axioms(Evaluation(regime, case)) else case


def fails_for(case: Case, task: Task, finding: Finding, failure: Failure) -> bool:
    """Whether `explain` sees the property fail for a person of whom everything is known."""
    person = Evaluation(failure.regimes[0], case)
    if isinstance(task.proof.property, AgainstInstrument):
        assert task.owner is not None
        if any(person.truth(line) is not Truth.TRUE for line in scope_of(task.owner)):
            return False
    if isinstance(task.proof.property, Monotone):
        for path, value in failure.changed:
            known = person.fact(path)
            assert isinstance(known, Range)
            assert isinstance(value, Range)
            if known.low > value.low:
                return False
    other = case.with_facts(dict(failure.changed)) if finding.other is not None else None
    pairs = [(case, other)]
    if other is not None and not isinstance(task.proof.property, Monotone):
        pairs.append((other, case))
    replay = Replay(task.proof, task.regime, task.owner_of_scope, task.against)
    return any(_shows(replay, replace(finding, person=a, other=b)) for a, b in pairs)


def _shows(replay: Replay, finding: Finding) -> bool:
    try:
        return bool(replay.check(finding))
    except NotReplayed:
        return False


def held(task: Task, finding: Finding) -> Facts:
    """The reservations and parameters under which the property was refuted."""
    assert finding.person is not None
    begins = {"reservations": "reserved ", "parameters": "parameter "}
    ranged = tuple(begins[kind] for kind in task.proof.over if kind in begins)
    return tuple((p, v) for p, v in finding.person.facts.items() if p.startswith(ranged))


def is_of_lives(task: Task) -> bool:
    """A life is replayed as it is lived, so that the persons drawn must be ordinary."""
    return isinstance(task.proof.property, (Reachable, NeverStuck))


@pytest.mark.parametrize("name", NAMES)
def test_whoever_a_record_may_be_is_within_what_is_said_of_it(name: str) -> None:
    """True of a record: it fails for all whom it may be. False: for none. Both are met with."""
    rng = random.Random(11)
    said_so = dict.fromkeys(Truth, 0)
    fell = 0
    for task, finding, failure in failures(name):
        assert finding.person is not None
        law = dict(held(task, finding))
        for cell in rng.sample(sample(40, 9), 5):
            for assumptions in (NOTHING, ORDINARY):
                truth = alone(cell, assumptions, failure)
                said_so[truth] += 1
                for _ in range(6):
                    known = record(cell, assumptions)
                    case = somebody(
                        rng, known, finding.person, task.regime, ordinary=is_of_lives(task)
                    )
                    if case is None:
                        continue
                    fails = fails_for(case.with_facts(law), task, finding, failure)
                    fell += fails
                    said = (truth, task.proof.label, cell, case.facts)
                    assert truth is not (Truth.FALSE if fails else Truth.TRUE), said
    assert fell > 0
    assert said_so[Truth.UNKNOWN] > 0
    if name == "counted":
        assert said_so[Truth.TRUE] > 0
        assert said_so[Truth.FALSE] > 0


def seen(case: Case, failure: Failure) -> Truth:
    """What is said of one record."""

    def look(regime: Regime, facts: Facts) -> Evaluation:
        return Evaluation(regime, case.with_facts(dict(facts)))

    return failure.fails(look)


@pytest.mark.parametrize("name", NAMES)
def test_it_fails_for_the_person_found_and_may_fail_for_whom_nothing_is_known(name: str) -> None:
    for task, finding, failure in failures(name):
        assert finding.person is not None
        assert seen(finding.person, failure) is Truth.TRUE, task.proof.label
        assert seen(Case(ON, {}), failure) is Truth.UNKNOWN, task.proof.label
