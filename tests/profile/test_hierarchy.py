"""Rings of States by date, and levels between them, by hand."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from comity.api import library as shelf
from comity.profile.hierarchy import (
    ACCESSION,
    AMERICAS,
    EUROPE,
    HEARTLAND,
    PERIPHERY,
    SYSTEMS,
    levels,
    rings,
)

WORDS = shelf.packaged().vocabulary


def test_poland_moves_inwards() -> None:
    where = {}
    for year in (1993, 1998, 2005):
        found = rings(EUROPE, WORDS, date(year, 6, 1))
        where[year] = next(ring for ring, states in found.items() if "POL" in states)
    assert where == {1993: PERIPHERY, 1998: ACCESSION, 2005: HEARTLAND}


def test_who_left_stands_outside_and_can_be_left_out() -> None:
    day = date(2026, 12, 1)
    assert "GBR" in rings(EUROPE, WORDS, date(2019, 1, 1))[HEARTLAND]
    assert "GBR" in rings(EUROPE, WORDS, day)[PERIPHERY]
    assert not any("GBR" in s for s in rings(EUROPE, WORDS, day, without_left=True).values())


def test_the_americas_by_who_was_there_from_the_first_day() -> None:
    found = rings(AMERICAS, WORDS, date(1997, 1, 1))
    assert found[HEARTLAND] == ("CAN", "USA")
    assert found[ACCESSION] == ("MEX",)
    assert "GTM" in found[PERIPHERY]
    assert not rings(AMERICAS, WORDS, date(1980, 1, 1))[HEARTLAND]


@pytest.mark.parametrize("year", range(1951, 2027, 5))
def test_no_state_stands_in_two_rings(year: int) -> None:
    for system in SYSTEMS:
        states = [s for several in rings(system, WORDS, date(year, 1, 1)).values() for s in several]
        assert len(states) == len(set(states))


def test_the_example_of_the_definition() -> None:
    heart = levels(np.array([4, 4]), np.array([300, 100]))
    assert heart is not None
    assert (heart.by_people, heart.by_pair, heart.least, heart.most) == (4.0, 4.0, 4, 4)
    outer = levels(np.array([0, 2]), np.array([1000, 0]))
    assert outer is not None
    assert (outer.by_people, outer.by_pair, outer.people) == (0.0, 1.0, 1000)
    assert levels(np.array([], dtype=int), np.array([], dtype=int)) is None
    nobody = levels(np.array([3]), np.array([0]))
    assert nobody is not None
    assert nobody.by_people is None
