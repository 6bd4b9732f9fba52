"""Every proof that a test agreement states gives its verdict, by both solvers and `explain`."""

from __future__ import annotations

from functools import cache

import pytest

from comity.agreement.statements import Proof
from comity.api.regimes import own_regime
from comity.api.schema_proofs import ProofModel
from comity.api.verdict_words import Task
from tests.agreements.test_floor import library
from tests.instruments.proving import not_as_stated, proved, without_evidence

WITHOUT_PROOFS = {"national_law_demo", "prevalence_rival", "readings_neighbour", "sponsor_host_law"}
"""They only stand beside others."""


@cache
def stated() -> dict[str, list[Task]]:
    """The proofs of each agreement of this folder, by its id."""
    read, own = library()
    return {
        name: [
            Task(statement, own_regime(owner, read), owner, read)
            for statement in owner.statements
            if isinstance(statement, Proof)
        ]
        for name in own
        for owner in (read.instruments[name],)
    }


@cache
def verdicts() -> tuple[tuple[Task, ProofModel], ...]:
    """What comes of all of them, by one warm prover."""
    return tuple(proved(task for several in stated().values() for task in several))


def of(name: str) -> list[tuple[Task, ProofModel]]:
    """What comes of the proofs of one agreement."""
    return [(task, model) for task, model in verdicts() if model.instrument == name]


NAMES = tuple(name for name in stated() if name not in WITHOUT_PROOFS)


def test_all_but_those_that_stand_beside_others_state_proofs() -> None:
    assert WITHOUT_PROOFS == {name for name, several in stated().items() if not several}


@pytest.mark.parametrize("name", NAMES)
def test_every_proof_gives_its_stated_verdict(name: str) -> None:
    assert len(stated()[name]) == len(of(name)) > 0
    assert [] == not_as_stated(of(name))


@pytest.mark.parametrize("name", NAMES)
def test_every_refutation_shows_why_and_no_proof_says_nothing(name: str) -> None:
    assert [] == without_evidence(of(name))
    assert [] == [model.name for _, model in of(name) if model.vacuous]
