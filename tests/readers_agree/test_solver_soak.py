"""A million pairs of an agreement and a person, both readers asked of each: part of `make soak`.

`COMITY_SOAK=0.1` runs a tenth; the page of the last soak says how many were compared of how many.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from random import Random

import pytest

from comity.prove.law import NONE, Latitude
from tests.readers_agree.comparing import compared, drawn
from tests.readers_agree.partly import partly_known
from tests.readers_agree.smallest import difference
from tests.readers_agree.solver import FREE, asked_of, within_the_law
from tests.readers_agree.test_solver_and_unknown import overclaimed

SHARE = float(os.environ.get("COMITY_SOAK", "1"))
"""How much of the full size is run."""
CHUNKS, AGREEMENTS, PEOPLE = 25, 500, 40
"""Of each latitude: 500,000 pairs."""
Record = Callable[[str, object], None]


def _of(agreements: int) -> int:
    return max(1, round(SHARE * agreements))


def write_down(record_property: Record, count: int, full: int) -> None:
    """For the page: how many pairs were compared, of how many at full size."""
    record_property("compared", count)
    record_property("of", full)


@pytest.mark.slow
@pytest.mark.parametrize("latitude", [NONE, FREE], ids=["the law alone", "at large"])
@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_a_million_pairs(chunk: int, latitude: Latitude, record_property: Record) -> None:
    seed = 1_000_000 + 2 * chunk + (latitude == FREE)
    count = compared(seed, _of(AGREEMENTS), PEOPLE, latitude)
    assert _of(AGREEMENTS) * PEOPLE == count
    write_down(record_property, count, AGREEMENTS * PEOPLE)


@pytest.mark.slow
@pytest.mark.parametrize("chunk", range(4))
def test_fifty_thousand_people_partly_known(chunk: int, record_property: Record) -> None:
    rng = Random(2_000_000 + chunk)
    count = 0
    for draw in drawn(2_000_000 + chunk, _of(312), PEOPLE):
        asked = asked_of(draw)
        for case in draw.cases:
            part = partly_known(rng, within_the_law(draw.regime, case, NONE), asked.asked.script)
            names = overclaimed(asked, part)
            assert not names, difference(draw.regime, part, names)
            count += 1
    write_down(record_property, count, 312 * PEOPLE)


@pytest.mark.slow
@pytest.mark.parametrize("latitude", [NONE, FREE], ids=["the law alone", "at large"])
@pytest.mark.parametrize("chunk", range(2))
def test_fifty_thousand_people_read_back(
    chunk: int, latitude: Latitude, record_property: Record
) -> None:
    seed = 3_000_000 + 2 * chunk + (latitude == FREE)
    rng = Random(seed)
    count = 0
    for draw in drawn(seed, _of(312), PEOPLE, latitude):
        asked = asked_of(draw, latitude)
        for case in draw.cases:
            found = asked.read_back(rng, case)
            if found is not None:
                person, names = found
                assert not names, difference(draw.regime, person, names)
                count += 1
    write_down(record_property, count, 312 * PEOPLE)
