"""Seats of the Convention's chambers against the numbers that they are made from."""

from __future__ import annotations

import math

import pytest

from comity.api.seats import (
    HALF,
    LEAST,
    MOST,
    WORLD,
    Method,
    Regions,
    migrants,
    parliaments,
    populations,
    sensitivity,
)
from comity.world.countries import countries, members_of
from comity.world.snapshot import packaged_snapshot


def test_the_populations_are_the_worlds() -> None:
    rows = [row for row in packaged_snapshot().rows("age_structure") if row["iso3"] == WORLD]
    world = sum(int(n) for row in rows for name, n in row.items() if name not in {"iso3", "sex"})
    assert len(rows) == 2
    assert world == sum(populations().values())


def test_every_member_has_the_seats_of_article_8() -> None:
    found = parliaments()
    assert members_of("un_members") == set(found.seats)
    for code, people in found.persons.items():
        root = math.sqrt(people / 1_000_000)
        assert found.seats[code] == min(MOST, max(LEAST, math.ceil(root))), code
    assert found.outside == sum(populations().values()) - sum(found.persons.values()) > 0


@pytest.mark.parametrize("regions", Regions)
@pytest.mark.parametrize("method", Method)
def test_both_halves_are_whole_and_nobody_is_lost(regions: Regions, method: Method) -> None:
    stock = sum(int(row["female"]) + int(row["male"]) for row in packaged_snapshot().rows("stock"))
    known = {getattr(c, regions.value) for c in countries().values() if c.is_un_member}
    for half in migrants(regions, method):
        assert sum(half.seats.values()) == HALF
        assert sum(half.persons.values()) + half.outside == stock
        assert set(half.persons) == known
        assert half.tie == ()
        assert half.sources and half.defects


def test_methods_part_by_a_seat_or_two_and_rounding_up_leaves_no_region_out() -> None:
    """What Article 9 leaves open decides whether a region of origin is heard at all."""
    found = sensitivity(Regions.REGION)
    by_origin = {method: dict(both[1].seats) for method, both in found.items()}
    assert by_origin[Method.ADAMS]["Oceania"] == 1
    assert by_origin[Method.SAINTE_LAGUE]["Oceania"] == 0
    for seats in by_origin.values():
        assert all(abs(n - by_origin[Method.SAINTE_LAGUE][name]) <= 2 for name, n in seats.items())
