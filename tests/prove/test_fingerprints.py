"""A verdict that is kept is the verdict: an edit that it hangs on changes its print."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import pytest

from comity.agreement.conditions import FactRef, Guaranteed, LeftOpen, NodeHolds, Not
from comity.agreement.regimes import Cycle, Regime
from comity.agreement.statements import (
    EqualFooting,
    Implies,
    Monotone,
    Never,
    NoConflict,
    NoDeadText,
    Proof,
)
from comity.prove.fingerprints import Fingerprints
from comity.prove.prover import Prover
from comity.prove.verdicts import Finding
from tests.prove.asking import holds
from tests.readers_agree.changes import FEATURES
from tests.readers_agree.draws import Draw, draws
from tests.readers_agree.generator import without_node

EDITS = 6


def proofs(draw: Draw) -> Iterator[Proof]:
    """Of one right each, and of a node: what hangs on a part of the text only."""
    node = next(iter(draw.regime.nodes))
    yield Proof("one", Never(Guaranteed("stay", 2)))
    yield Proof("two", Implies(holds("child"), LeftOpen("work", 1)))
    yield Proof("three", EqualFooting(("permit",), (FactRef("residence"), FactRef("host"))))
    yield Proof("four", Monotone(("wait",), FactRef("waited")))
    yield Proof("five", NoConflict(("stay",)))
    yield Proof("six", Never(NodeHolds(node)), guard=Not(holds("excluded")))


def edited(rng: Random, draw: Draw) -> Iterator[Regime]:
    """The same text with a node left out, or a feature taken away or turned round."""
    nodes = rng.sample(list(draw.regime.nodes), EDITS // 2)
    several = [without_node(draw.regime, node) for node in nodes]
    names = rng.sample(list(FEATURES), EDITS - len(several))
    several += [rng.choice(FEATURES[name])(draw.regime) for name in names]
    for regime in several:
        try:
            regime.check_acyclic()
        except Cycle:
            continue
        yield regime


def told(finding: Finding) -> object:
    """What a finding says, but for the choice between persons and cores that would do as well."""
    return (finding.verdict, finding.dead, finding.by_absence, finding.vacuous)


@pytest.mark.parametrize("seed", range(4))
def test_a_warm_prover_says_of_every_edited_text_what_a_cold_one_says(seed: int) -> None:
    rng = Random(seed)
    kept = 0
    with Prover() as warm, Prover() as cold:
        for draw in draws(rng, 3, cases=1):
            for proof in proofs(draw):
                warm.prove(proof, draw.regime, draw.on)
            for regime in edited(rng, draw):
                for proof in proofs(draw):
                    cold._found.clear()
                    before = warm.asked
                    said = told(warm.prove(proof, regime, draw.on))
                    kept += before == warm.asked
                    assert told(cold.prove(proof, regime, draw.on)) == said
    assert kept > 10, "nothing was kept, so that nothing was tried"


def test_of_the_same_words_the_prints_are_the_same_and_of_others_mostly_not() -> None:
    rng = Random(9)
    alike = apart = 0
    for draw in draws(rng, 10, cases=1):
        one = Fingerprints(draw.regime)
        for proof in proofs(draw):
            again = Fingerprints(without_node(draw.regime, "no/such"))
            assert one.of(proof, draw.on) == again.of(proof, draw.on)
        for regime in edited(rng, draw):
            other = Fingerprints(regime)
            for proof in (*proofs(draw), Proof("all", NoDeadText())):
                is_alike = one.of(proof, draw.on) == other.of(proof, draw.on)
                alike, apart = alike + is_alike, apart + (not is_alike)
    assert min(alike, apart) > 20
