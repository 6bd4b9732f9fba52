"""A hundred thousand persons before every packaged agreement, and as many random pairs: `make soak`."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest

from comity.agreement.many.evaluator import Evaluator
from comity.api.regimes import read_regime
from tests.readers_agree.draws import draws, less_known
from tests.readers_agree.many import conditions_in, differences, silent, stated_by
from tests.readers_agree.real_people import RealPeople
from tests.readers_agree.test_many_agree import REAL
from tests.readers_agree.test_solver_soak import SHARE, Record, write_down

ON = date(2026, 11, 24)
PERSONS, AT_ONCE = 100_000, 2_000


@pytest.mark.slow
@pytest.mark.parametrize("name", REAL)
def test_of_a_packaged_agreement_a_table_says_what_explain_says(
    name: str, record_property: Record
) -> None:
    regime = read_regime(name).regime
    numpy, compiled = (Evaluator(regime, ON, compile=one) for one in (False, True))
    people = RealPeople(numpy, Random(f"soak {name}"))
    chunks = max(1, round(SHARE * PERSONS / AT_ONCE))
    for number in range(chunks):
        cases = list(people.draw(AT_ONCE, ON))
        assert [] == list(differences(compiled if number % 2 else numpy, cases))
    write_down(record_property, chunks * AT_ONCE, PERSONS)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10))
def test_a_table_of_random_persons_says_what_explain_says(
    seed: int, record_property: Record
) -> None:
    rng, count = Random(1000 + seed), 0
    for number, draw in enumerate(draws(rng, max(1, round(SHARE * 250)), cases=20)):
        for cases in (draw.cases, tuple(silent(less_known(rng, c)) for c in draw.cases)):
            evaluator = Evaluator(
                draw.regime,
                draw.on,
                conditions=conditions_in(draw.regime),
                compile=bool(number % 2),
                stated=stated_by(cases),
            )
            assert [] == list(differences(evaluator, cases))
            count += len(cases)
    write_down(record_property, count, PERSONS // 10)
