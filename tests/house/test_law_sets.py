"""The law sets of `benchmarks.prove` have the property that they are said to have, or not to."""

from __future__ import annotations

from random import Random

import pytest

from benchmarks.boxes import EVERYONE, FIELDS, lines, partition
from benchmarks.law_drafts import MAKERS, TODAY
from benchmarks.law_sets import SIZES, law_set, written
from comity.agreement.cases import Case
from comity.agreement.conditions import AllOf
from comity.agreement.nodes import Norm
from comity.agreement.values import Truth, exactly
from comity.explain.evaluate import Evaluation

SMALL = 30
SEEDS = range(1, 9)


@pytest.mark.parametrize("name", MAKERS)
def test_the_planted_fault_shows_in_its_witness_and_only_there(name: str) -> None:
    for seed in SEEDS:
        whole, broken = (law_set(name, SMALL, seed, broken=b) for b in (False, True))
        assert not whole.proof.refuted
        assert broken.proof.refuted
        assert broken.is_refuted_by(broken.witness), seed
        assert not whole.is_refuted_by(broken.witness), seed


@pytest.mark.parametrize("name", MAKERS)
def test_nobody_refutes_a_law_that_holds(name: str) -> None:
    for seed in SEEDS:
        whole, rng = law_set(name, SMALL, seed), Random(seed)
        assert not any(whole.is_refuted_by(whole.people(rng)) for _ in range(25)), seed


@pytest.mark.parametrize("name", MAKERS)
def test_random_people_come_upon_some_of_the_faults(name: str) -> None:
    """Or the test above would not see a law that is wrongly said to hold."""
    rng = Random(name)
    laws = [law_set(name, 20, seed, broken=True) for seed in SEEDS]
    assert any(law.is_refuted_by(law.people(rng)) for law in laws for _ in range(25))


@pytest.mark.parametrize("name", MAKERS)
def test_a_law_set_has_the_norms_that_it_says_and_comes_back_the_same(name: str) -> None:
    for norms in SIZES[name][:2]:
        once, again = law_set(name, norms, 1), law_set(name, norms, 1)
        instruments = once.regime.library.values()
        found = [n for i in instruments for n in i.holdings if isinstance(n, Norm)]
        assert norms == len(found)
        assert once.regime.library == again.regime.library
        assert once.regime.library != law_set(name, norms, 2).regime.library
        once.regime.check_acyclic()


def test_a_box_means_the_same_however_it_is_written() -> None:
    rng = Random(1)
    regime = law_set("no-gap", 20, 1).regime
    for box in partition(rng, EVERYONE, 40):
        other = next(b for b in partition(rng, EVERYONE, 5) if box.meet(b) is not None)
        for point in (box.point(rng), other.point(rng)):
            facts = {
                name: exactly(bool(value) if FIELDS[name].is_yes_no else value)
                for name, value in point.items()
            }
            person = Evaluation(regime, Case(TODAY, facts, ordinary=True))
            inside = Truth.of(box.has(point))
            assert inside is person.truth(AllOf(lines(box)))
            for writing in ("plain", "strict", "denied", "halved"):
                assert inside is person.truth(AllOf(written(box, writing))), writing
