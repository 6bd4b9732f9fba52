"""The duties of the working copy of the Convention: its stated proofs, each with its verdict."""

from __future__ import annotations

from tests.instruments.proving import not_as_stated, stated, verdicts, without_evidence


def test_every_proof_of_the_convention_gives_its_stated_verdict() -> None:
    assert [] == not_as_stated(verdicts("imfc"))


def test_every_refutation_of_the_convention_shows_why() -> None:
    found = verdicts("imfc")
    assert len(stated()["imfc"]) == len(found) >= 50
    assert [] == without_evidence(found)


def test_no_proof_of_the_convention_says_nothing() -> None:
    assert [] == [model.name for _, model in verdicts("imfc") if model.vacuous]
