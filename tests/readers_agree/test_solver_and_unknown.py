"""What `explain` calls certain of a person holds of everybody whom the solver finds to be like them.

The solver chooses what is not known: facts hidden, numbers within a band, one of several States. It
is no weaker for those who cannot exist, since three values do not know the axioms either.
"""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from comity.agreement.cases import Case
from comity.agreement.regimes import Regime
from comity.agreement.values import Truth, is_known
from comity.prove.assignments import values_of
from comity.prove.law import NONE
from tests.readers_agree.comparing import drawn
from tests.readers_agree.partly import partly_known, values_left
from tests.readers_agree.smallest import difference
from tests.readers_agree.solver import AskedOfRegime, asked_of, within_the_law
from tests.readers_agree.words import WORDS

AGREEMENTS, PEOPLE = 25, 20


def overclaimed(asked: AskedOfRegime, case: Case) -> list[str]:
    """Names of what is certain to `explain` and not so in some completion of the case."""
    values = values_left(asked.asked.script, asked.regime, case)
    return asked.asked.differing(values, asked.explained(case))


@pytest.mark.parametrize("seed", range(200, 208))
def test_what_is_certain_holds_in_every_completion_that_the_solver_finds(seed: int) -> None:
    rng = Random(seed)
    for draw in drawn(seed, AGREEMENTS, PEOPLE):
        asked = asked_of(draw)
        for case in draw.cases:
            whole = within_the_law(draw.regime, case, NONE)
            part = partly_known(rng, whole, asked.asked.script)
            names = overclaimed(asked, part)
            assert not names, _told(asked, part, names)


def _told(asked: AskedOfRegime, case: Case, names: list[str]) -> str:
    def differ(regime: Regime, person: Case) -> bool:
        return names[0] in overclaimed(AskedOfRegime(regime, asked.on), person)

    return difference(asked.regime, case, names, differ)


def test_much_is_unknown_of_them_and_much_is_certain() -> None:
    rng = Random(220)
    said: Counter[Truth] = Counter()
    bands = 0
    for draw in drawn(220, 20, 5):
        asked = asked_of(draw)
        for case in draw.cases:
            part = partly_known(rng, within_the_law(draw.regime, case, NONE), asked.asked.script)
            bands += sum(not is_known(value) for value in part.facts.values())
            for truths in asked.explained(part):
                said.update(truths)
    total = sum(said.values())
    assert min(said[truth] / total for truth in Truth) > 0.15, said
    assert bands > 100


def test_of_a_person_fully_known_both_ways_of_fixing_the_symbols_are_one() -> None:
    for draw in drawn(230, 20, 5):
        asked = asked_of(draw)
        for case in draw.cases:
            whole = within_the_law(draw.regime, case, NONE)
            fixed = values_of(asked.asked.script, whole, WORDS)
            assert fixed == values_left(asked.asked.script, draw.regime, whole)


def test_a_claim_that_is_too_certain_is_found() -> None:
    """Of unknown truths the solver finds a completion with either answer, so a claim would be seen."""
    rng = Random(240)
    tried = found = 0
    for draw in drawn(240, 20, 5):
        asked = asked_of(draw)
        for case in draw.cases:
            part = partly_known(rng, within_the_law(draw.regime, case, NONE), asked.asked.script)
            values = values_left(asked.asked.script, draw.regime, part)
            said = asked.explained(part)
            open_ = [n for n, truths in enumerate(said) if truths == (Truth.UNKNOWN,)]
            if open_:
                n = rng.choice(open_)
                tried += 1
                found += any(
                    asked.asked.differing(values, [*said[:n], (claim,), *said[n + 1 :]])
                    for claim in (Truth.FALSE, Truth.TRUE)
                )
    assert tried > 50
    assert found == tried
