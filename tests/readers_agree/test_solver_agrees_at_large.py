"""The same with all that a proof may range over: parameters, reservations, declarations.

A person is here also one whose host has done other than its text says, and of whom the law varies:
each parameter within its bounds, a reservation to any article that permits one.
"""

from __future__ import annotations

from collections import Counter

import pytest

from comity.agreement.values import Possible, Range, Truth
from comity.prove.law import Latitude
from tests.readers_agree.comparing import compared, drawn
from tests.readers_agree.solver import FREE, asked_of, within_the_law

AGREEMENTS, PEOPLE = 50, 20
ONE_AT_A_TIME = (Latitude(parameters=True), Latitude(reservations=True))


@pytest.mark.parametrize("seed", range(100, 108))
def test_the_solver_says_of_everybody_what_explain_says(seed: int) -> None:
    assert AGREEMENTS * PEOPLE == compared(seed, AGREEMENTS, PEOPLE, FREE)


@pytest.mark.parametrize("latitude", ONE_AT_A_TIME, ids=("parameters", "reservations"))
def test_the_same_where_a_proof_ranges_over_one_of_them(latitude: Latitude) -> None:
    assert AGREEMENTS * PEOPLE == compared(120, AGREEMENTS, PEOPLE, latitude)


def test_parameters_and_reservations_reach_the_solver_and_take_several_values() -> None:
    """A law that ranged over nothing would agree as well."""
    parameters: Counter[int] = Counter()
    others: Counter[tuple[str, Possible]] = Counter()
    for draw in drawn(130, 50, 8, FREE):
        asked = asked_of(draw, FREE)
        for case in draw.cases:
            facts = within_the_law(draw.regime, case, FREE).facts
            for path, _ in asked.asked.script.fields:
                kind, _, rest = path.partition(" ")
                value = facts.get(path, Truth.FALSE)
                if kind == "parameter" and isinstance(value, Range):
                    parameters[value.low] += 1
                elif rest and kind != "level":
                    others[kind, value] += 1
    assert {0, 1, 2, 3, 4} == parameters.keys()
    kinds = ("exercised", "declared", "reserved", "adopted", "acquired")
    assert {(kind, truth) for kind in kinds for truth in (Truth.FALSE, Truth.TRUE)} == others.keys()
    assert min(*parameters.values(), *others.values()) > 10
