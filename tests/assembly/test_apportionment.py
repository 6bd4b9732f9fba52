"""Seats by hand, and what each method promises on any weights."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.assembly.apportionment import (
    Apportionment,
    Divisors,
    SeatsFaulty,
    SeatsTied,
    Tie,
    TieRule,
    base_and_proportion,
    by_root,
    degressive_faults,
    highest_averages,
    largest_remainder,
    root_seats,
)

PARTIES = (53_000, 24_000, 23_000)
LARGER, REFUSED = TieRule.LARGER, TieRule.REFUSED

weights = st.lists(st.integers(0, 10**9), min_size=1, max_size=12).filter(any)
populations = st.lists(st.integers(1, 10**8), min_size=1, max_size=12)
houses = st.integers(0, 200)
divisors = st.sampled_from([Divisors.DHONDT, Divisors.SAINTE_LAGUE])


@pytest.mark.parametrize(
    ("method", "seats"),
    # The tenth: 53/6 = 8.8 before 24/3 = 8 by D'Hondt; 53/11 = 4.82 before 24/5 = 4.8 by
    # Sainte-Lague; 24/2 = 12 before 53/5 = 10.6 by Adams.
    [(Divisors.DHONDT, (6, 2, 2)), (Divisors.SAINTE_LAGUE, (6, 2, 2)), (Divisors.ADAMS, (5, 3, 2))],
)
def test_ten_seats_by_hand(method: Divisors, seats: tuple[int, ...]) -> None:
    assert seats == highest_averages(PARTIES, 10, divisors=method, ties=REFUSED).seats


def test_rounding_down_favours_the_large_and_rounding_up_the_small() -> None:
    votes = (100_000, 80_000, 30_000, 20_000)
    assert (4, 3, 1, 0) == highest_averages(votes, 8, divisors=Divisors.DHONDT, ties=REFUSED).seats
    nearest = highest_averages(votes, 8, divisors=Divisors.SAINTE_LAGUE, ties=REFUSED)
    assert (3, 3, 1, 1) == nearest.seats
    assert (4, 3, 2, 1) == highest_averages(votes, 10, divisors=Divisors.ADAMS, ties=LARGER).seats


def test_alabama_loses_a_seat_when_there_is_one_more() -> None:
    """With one seat more, the smallest loses one: why no house is monotone under remainders."""
    votes = (6, 6, 2)
    assert (4, 4, 2) == largest_remainder(votes, 10, ties=REFUSED).seats
    assert (5, 5, 1) == largest_remainder(votes, 11, ties=REFUSED).seats


def test_a_tie_is_told_and_decided_by_the_rule_that_is_named() -> None:
    found = {
        rule: highest_averages((10, 20, 10), 2, divisors=Divisors.DHONDT, ties=rule)
        for rule in (TieRule.LARGER, TieRule.SMALLER, TieRule.EARLIER)
    }
    assert Apportionment((0, 2, 0), Tie((0, 1, 2), (1,))) == found[TieRule.LARGER]
    assert Apportionment((1, 1, 0), Tie((0, 1, 2), (0,))) == found[TieRule.SMALLER]
    assert Apportionment((1, 1, 0), Tie((0, 1, 2), (0,))) == found[TieRule.EARLIER]
    with pytest.raises(SeatsTied, match="0, 1, 2"):
        highest_averages((10, 20, 10), 2, divisors=Divisors.DHONDT, ties=REFUSED)
    with pytest.raises(SeatsTied):
        largest_remainder((1, 1), 1, ties=REFUSED)
    assert Tie((0, 1), (0,)) == largest_remainder((1, 1), 1, ties=LARGER).tie


@pytest.mark.parametrize(
    ("population", "seats"),
    [
        (0, 2),
        (11_000, 2),
        (4_000_000, 2),
        (4_000_001, 3),
        (9_000_000, 3),
        (84_000_000, 10),
        (361_000_000, 19),
        (361_000_001, 20),
        (1_450_000_000, 20),
    ],
)
def test_seats_by_root_as_article_8_says(population: int, seats: int) -> None:
    assert seats == root_seats(population, unit=1_000_000, least=2, most=20)


def test_a_root_that_is_exact_gives_exact_shares() -> None:
    assert (1, 2, 3, 4) == by_root((1, 4, 9, 16), 10, ties=REFUSED).seats


@pytest.mark.parametrize(
    ("people", "seats", "bounds"),
    [((), 3, {}), ((0, 0), 3, {}), ((1, -1), 3, {}), ((1, 1), -1, {}), ((3, 1), 9, {"most": 2})],
)
def test_what_cannot_be_shared_is_an_error(
    people: tuple[int, ...], seats: int, bounds: dict[str, int]
) -> None:
    with pytest.raises(SeatsFaulty):
        highest_averages(people, seats, divisors=Divisors.DHONDT, ties=LARGER, **bounds)


def test_bounds_that_cannot_all_be_kept_are_an_error() -> None:
    with pytest.raises(SeatsFaulty):
        highest_averages((3, 1), 3, divisors=Divisors.DHONDT, ties=LARGER, least=2)
    with pytest.raises(SeatsFaulty):
        base_and_proportion((3, 1), 9, base=5, most=96, ties=LARGER)
    with pytest.raises(SeatsFaulty):
        base_and_proportion((3, 1), 20, base=5, most=5, ties=LARGER)


@given(weights, houses, divisors)
def test_every_seat_goes_and_a_larger_never_has_fewer(
    people: list[int], seats: int, method: Divisors
) -> None:
    found = highest_averages(people, seats, divisors=method, ties=LARGER).seats
    assert seats == sum(found)
    for one, has in zip(people, found, strict=True):
        for other, got in zip(people, found, strict=True):
            assert has >= got or one <= other


@given(weights, houses, divisors)
def test_one_seat_more_takes_none_away(people: list[int], seats: int, method: Divisors) -> None:
    before = highest_averages(people, seats, divisors=method, ties=LARGER).seats
    after = highest_averages(people, seats + 1, divisors=method, ties=LARGER).seats
    assert all(a >= b for a, b in zip(after, before, strict=True))


@given(weights, houses)
def test_what_each_rounds_to(people: list[int], seats: int) -> None:
    """D'Hondt never falls below the share rounded down, remainders are never a whole seat away."""
    shares = [Fraction(seats * one, sum(people)) for one in people]
    down = highest_averages(people, seats, divisors=Divisors.DHONDT, ties=LARGER).seats
    assert all(has >= int(share) for has, share in zip(down, shares, strict=True))
    nearest = largest_remainder(people, seats, ties=LARGER).seats
    assert seats == sum(nearest)
    assert all(abs(has - share) < 1 for has, share in zip(nearest, shares, strict=True))


@given(populations, st.integers(0, 200))
def test_rounding_up_leaves_nobody_out_and_never_exceeds_the_share_rounded_up(
    people: list[int], more: int
) -> None:
    seats = len(people) + more
    found = highest_averages(people, seats, divisors=Divisors.ADAMS, ties=LARGER).seats
    assert min(found) >= 1
    for has, one in zip(found, people, strict=True):
        assert has <= max(1, -(-seats * one // sum(people)))


@given(weights, houses, divisors, st.integers(2, 50))
def test_seats_do_not_depend_on_the_unit(
    people: list[int], seats: int, method: Divisors, unit: int
) -> None:
    scaled = [one * unit for one in people]
    for ours, theirs in (
        (
            highest_averages(people, seats, divisors=method, ties=LARGER),
            highest_averages(scaled, seats, divisors=method, ties=LARGER),
        ),
        (
            largest_remainder(people, seats, ties=LARGER),
            largest_remainder(scaled, seats, ties=LARGER),
        ),
        (by_root(people, seats, ties=LARGER), by_root(scaled, seats, ties=LARGER)),
    ):
        assert ours == theirs


@given(populations, st.integers(0, 300))
def test_the_cambridge_compromise_keeps_its_bounds_and_its_order(
    people: list[int], more: int
) -> None:
    seats = min(6 * len(people) + more, 96 * len(people))
    found = base_and_proportion(people, seats, base=5, most=96, ties=LARGER).seats
    assert seats == sum(found)
    assert 6 <= min(found) <= max(found) <= 96
    # What is missed is missed by rounding alone: a larger population never has fewer seats.
    for larger, smaller in degressive_faults(people, found):
        assert found[larger] >= found[smaller]


def test_the_faults_of_degression_are_named() -> None:
    assert () == degressive_faults((10, 30, 90), (6, 10, 20))
    assert ((1, 0),) == degressive_faults((10, 30, 90), (6, 19, 20))
    assert ((2, 1),) == degressive_faults((10, 30, 90), (6, 10, 9))
