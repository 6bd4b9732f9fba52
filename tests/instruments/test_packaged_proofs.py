"""Every proof that a packaged agreement states gives its verdict; each person was seen by `explain`.

The working copy of the Convention has a module of its own, so that the two share the cores.
"""

from __future__ import annotations

import pytest

from comity.api import library as shelf
from tests.instruments.proving import not_as_stated, stated, verdicts, without_evidence

ALL_BUT_THE_CONVENTION = tuple(n for n in shelf.packaged().instruments if n != "imfc")


def test_no_packaged_agreement_is_left_out() -> None:
    assert {*ALL_BUT_THE_CONVENTION, "imfc"} == stated().keys()


@pytest.mark.parametrize("name", ALL_BUT_THE_CONVENTION)
def test_every_proof_gives_its_stated_verdict(name: str) -> None:
    assert [] == not_as_stated(verdicts(name))


@pytest.mark.parametrize("name", ALL_BUT_THE_CONVENTION)
def test_every_verdict_is_that_of_both_solvers_and_every_refutation_shows_why(name: str) -> None:
    found = verdicts(name)
    assert len(stated()[name]) == len(found) >= 3
    assert [] == without_evidence(found)
    assert {"by z3 and cvc5"} == {
        f"by z3{model.claim.partition(' by z3')[2][:9]}" for _, model in found
    }


@pytest.mark.parametrize("name", ALL_BUT_THE_CONVENTION)
def test_no_proof_says_nothing(name: str) -> None:
    """A vacuous proof is stated by nobody who has read what came of it."""
    assert [] == [model.name for _, model in verdicts(name) if model.vacuous]
