"""People whom the solver makes up, read back: `explain` says of them what their model says.

The other direction of `test_solver_agrees.py`. There the person is drawn and fixed; here the solver
chooses, so that what it may choose wrongly (a code that no value has, a State that is and is not
the host, a person whom an axiom shuts out) is seen.
"""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from comity.prove.assignments import values_of
from comity.prove.law import NONE, Latitude
from tests.readers_agree.comparing import drawn
from tests.readers_agree.people import PATHS, broken_axioms
from tests.readers_agree.smallest import difference
from tests.readers_agree.solver import FREE, asked_of
from tests.readers_agree.words import WORDS, drawn_value

LATITUDES = (NONE, FREE)
NAMED = ("the law alone", "at large")


@pytest.mark.parametrize("latitude", LATITUDES, ids=NAMED)
@pytest.mark.parametrize("seed", range(300, 304))
def test_a_person_whom_the_solver_makes_up_is_who_it_says(seed: int, latitude: Latitude) -> None:
    rng = Random(seed)
    people = 0
    for draw in drawn(seed, 25, 8, latitude):
        asked = asked_of(draw, latitude)
        for case in draw.cases:
            found = asked.read_back(rng, case)
            if found is not None:
                person, names = found
                assert not names, difference(draw.regime, person, names)
                people += 1
    assert people > 150


@pytest.mark.parametrize("latitude", LATITUDES, ids=NAMED)
def test_such_a_person_read_back_again_has_the_same_symbols(latitude: Latitude) -> None:
    """`person_in` and `values_of` undo one another."""
    rng = Random(310)
    for draw in drawn(310, 25, 8, latitude):
        asked = asked_of(draw, latitude)
        for case in draw.cases:
            found = asked.read_back(rng, case)
            if found is not None:
                person = found[0]
                values = values_of(asked.asked.script, person, WORDS)
                assert asked.asked.is_possible(values, dict.fromkeys(asked.asked.worlds, True))
                assert not asked.asked.differing(values, asked.explained(person))


@pytest.mark.parametrize("latitude", LATITUDES, ids=NAMED)
def test_nobody_who_may_exist_is_shut_out(latitude: Latitude) -> None:
    for draw in drawn(320, 50, 8, latitude):
        asked = asked_of(draw, latitude)
        for case in draw.cases:
            assert not asked.shut_out(case), difference(draw.regime, case, ["shut out"])


def test_of_people_who_cannot_exist_both_readers_say_the_same_and_why() -> None:
    rng = Random(330)
    impossible = 0
    for draw in drawn(330, 40, 8):
        asked = asked_of(draw)
        for drawn_case in draw.cases:
            facts = {path: drawn_value(rng, path) for path in PATHS}
            case = replace(drawn_case, facts={**drawn_case.facts, **facts})
            impossible += bool(broken_axioms(case))
            names = asked.differing(case)
            assert not names, difference(draw.regime, case, names)
    assert impossible > 150
