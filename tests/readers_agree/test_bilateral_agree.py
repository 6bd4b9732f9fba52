"""Agreements made from data are read alike by `explain` and by the evaluation of many cases."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest

from comity.agreement.cases import Case
from comity.agreement.many.evaluator import Evaluator
from comity.agreement.values import Members, Truth
from comity.api.bilateral_instruments import ENDING
from comity.api.regimes import read_regime
from comity.profile.bilateral import CLAUSES
from comity.world.bilateral import BilateralAgreement, agreements
from tests.readers_agree.many import conditions_in, differences, table_for
from tests.readers_agree.real_people import RealPeople

CODED = [a for a in agreements() if a.coded is not None]
GIVING = [
    a
    for a in CODED
    if a.coded and any(a.coded.clauses[c.column] for c in CLAUSES if c.is_guarantee)
]
WITH_A_RIGHT = {"fee", "organise", "pay", "housing", "social_security", "remedy", "recognition"}


@pytest.mark.parametrize("seed", range(6))
def test_random_persons_before_drawn_agreements(seed: int) -> None:
    """Half of the persons have a nationality of the pair, known or perhaps; the rest any."""
    rng, given, in_doubt = Random(seed), 0, 0
    for number, one in enumerate(rng.sample(GIVING, 20)):
        regime, day = read_regime(one.id).regime, _day(one, rng)
        ending = f"exercised {one.id}/{ENDING}"
        is_said = number % 4 > 0
        evaluator = Evaluator(
            regime,
            day,
            conditions=conditions_in(regime),
            compile=bool(number % 2),
            stated=frozenset({ending}) if is_said else frozenset(),
        )
        drawn = RealPeople(evaluator, rng).draw(60, day)
        cases = [_of_the_pair(case, one, rng) for case in drawn]
        if is_said:
            cases = [c.with_facts({ending: Truth.of(rng.random() < 0.3)}) for c in cases]
        found = evaluator.evaluate(table_for(evaluator, cases))
        assert [] == list(differences(evaluator, cases, found))
        given += sum(int((p.lower > 0).sum()) for p in found.rights.values())
        in_doubt += sum(int((p.lower < p.lower_possible).sum()) for p in found.rights.values())
    assert given > 20
    assert in_doubt > 20


def _day(one: BilateralAgreement, rng: Random) -> date:
    """The day on which it ends, if it has one, or a day about its beginning, or years later."""
    assert one.year is not None
    later = date(one.year + rng.randint(0, 12), rng.choice((1, 12)), 31)
    return later if one.ends is None else rng.choice((later, one.ends, one.ends.replace(day=30)))


def _of_the_pair(case: Case, one: BilateralAgreement, rng: Random) -> Case:
    if rng.random() < 0.5:
        return case
    held = frozenset({rng.choice(one.pair)})
    perhaps = held | {rng.choice(one.pair)} if rng.random() < 0.3 else held
    surely = frozenset() if rng.random() < 0.2 else held
    return case.with_facts({"nationality": Members(surely, perhaps)})


def test_every_agreement_is_read_and_bounds_the_rights_of_its_clauses() -> None:
    seen: set[str] = set()
    for one in CODED:
        regime = read_regime(one.id).regime
        regime.check_acyclic()
        seen |= {right for right, units in regime.units.items() if units}
    assert WITH_A_RIGHT == seen
