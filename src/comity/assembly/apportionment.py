"""Seats shared out in whole numbers: by highest averages, by largest remainder, degressively, by root.

All is done in integers and exact fractions, so that no rounding error decides a seat. Where claims to
the last seats are equal, a stated rule decides and the result says so, or nobody does and it is an error.
Sources: Balinski & Young 2001, "Fair Representation"; Pukelsheim 2017, "Proportional Representation".
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from heapq import heapify, heappop, heappush
from math import isqrt


class SeatsFaulty(ValueError):
    """Seats that cannot be shared out: nothing to share by, or bounds that nothing meets."""


class SeatsTied(ValueError):
    """Claims to the last seats are equal and the rule is to leave that open."""


class TieRule(StrEnum):
    """What decides between equal claims; whatever decides, the result names the claims."""

    LARGER = "to the larger, and between equals to the earlier in the list"
    SMALLER = "to the smaller, and between equals to the earlier in the list"
    EARLIER = "to the earlier in the list"
    REFUSED = "left open: an error"


class Divisors(StrEnum):
    """Which signposts a weight is divided by, once for each seat held already (s = 0, 1, 2, ...)."""

    DHONDT = "s + 1 (D'Hondt, Jefferson: rounds down)"
    SAINTE_LAGUE = "2 s + 1 (Sainte-Lague, Webster: rounds to the nearest)"
    ADAMS = "s (Adams: rounds up, so that nobody is without a seat)"


_SIGNPOST: dict[Divisors, Callable[[int], int]] = {
    Divisors.DHONDT: lambda held: held + 1,
    Divisors.SAINTE_LAGUE: lambda held: 2 * held + 1,
    Divisors.ADAMS: lambda held: held,
}


@dataclass(frozen=True, slots=True)
class Tie:
    """Equal claims to fewer seats. claimants, given: places in the list; given got one seat each."""

    claimants: tuple[int, ...]
    given: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Apportionment:
    """Seats of each place in the list, and the tie that the rule had to decide, if there was one."""

    seats: tuple[int, ...]
    tie: Tie | None = None


def highest_averages(
    weights: Sequence[int],
    seats: int,
    *,
    divisors: Divisors,
    ties: TieRule,
    least: int = 0,
    most: int | None = None,
) -> Apportionment:
    """Seats one after the other to the highest average, weight over divisor.

    weights: whole, not below 0. least, most: seats that each has at least and at most; under ADAMS
    whoever has a weight has one at least. House monotone, and no coalition of both quotas is promised:
    a share rounded down or up may be missed. Raises SeatsFaulty, SeatsTied.
    """
    return _by_averages(weights, seats, divisors, ties, least, most, squared=False)


def by_root(
    weights: Sequence[int], seats: int, *, ties: TieRule, least: int = 0, most: int | None = None
) -> Apportionment:
    """Seats in proportion to the square roots of the weights, by Sainte-Lague (Penrose).

    Exact: averages are compared by their squares, no root is taken. Raises SeatsFaulty, SeatsTied.
    Source: Penrose 1946; Slomczynski & Zyczkowski 2006 on seats and votes by root.
    """
    return _by_averages(weights, seats, Divisors.SAINTE_LAGUE, ties, least, most, squared=True)


def largest_remainder(weights: Sequence[int], seats: int, *, ties: TieRule) -> Apportionment:
    """Each share of the seats rounded down, the rest to the largest remainders (Hare, Hamilton).

    Keeps the quota: nobody is a seat or more from the exact share. Not house monotone: with one seat
    more somebody may lose one. Raises SeatsFaulty, SeatsTied.
    """
    whole = _checked(weights, seats)
    shares = [seats * weight // whole for weight in weights]
    left = seats - sum(shares)
    remainders = {at: seats * weight % whole for at, weight in enumerate(weights)}
    ranked = sorted(remainders, key=lambda at: -remainders[at])
    cut = remainders[ranked[left - 1]] if left else -1
    sure = [at for at in ranked if left and remainders[at] > cut]
    equal = [at for at in ranked if left and remainders[at] == cut]
    given, tie = _decided(equal, left - len(sure), weights, ties)
    for at in (*sure, *given):
        shares[at] += 1
    return Apportionment(tuple(shares), tie)


def base_and_proportion(
    populations: Sequence[int],
    seats: int,
    *,
    base: int,
    most: int,
    ties: TieRule,
) -> Apportionment:
    """A base for each, and the rest in proportion, rounded up, to at most `most` (degressive).

    The European Parliament's Cambridge Compromise is base 5 and most 96: since a share is rounded up,
    nobody has fewer than 6. Raises SeatsFaulty, SeatsTied.
    Source: Grimmett, Laslier, Pukelsheim and others 2011, "The allocation between the EU member States
    of the seats in the European Parliament".
    """
    if base < 0 or most <= base:
        raise SeatsFaulty(f"a base of {base} seats leaves nothing up to {most}")
    rest = seats - base * len(populations)
    if rest < 0:
        raise SeatsFaulty(f"{seats} seats are fewer than the bases of {len(populations)} together")
    more = highest_averages(
        populations, rest, divisors=Divisors.ADAMS, ties=ties, most=most - base, least=0
    )
    return Apportionment(tuple(base + one for one in more.seats), more.tie)


def root_seats(population: int, *, unit: int, least: int, most: int) -> int:
    """The least whole s with s x s x unit at least the population, no fewer than least, no more than most.

    The Convention's Article 8: unit 1,000,000, least 2, most 20. Nothing is tied: nobody competes.
    Raises SeatsFaulty for a population below 0.
    """
    if population < 0 or unit <= 0 or not 0 <= least <= most:
        raise SeatsFaulty(f"no seats by root of {population} in units of {unit}")
    units = -(-population // unit)  # s is whole, so that whole units decide alike
    root = isqrt(units)
    return min(most, max(least, root + (root * root < units)))


def degressive_faults(
    populations: Sequence[int], seats: Sequence[int]
) -> tuple[tuple[int, int], ...]:
    """Pairs (larger, smaller) whose seats are not degressively proportional; places in the list.

    A larger population has no fewer seats, and each of its seats stands for no fewer people. Rounded
    seats can miss the second: the European Council asks for it before rounding only (Decision
    2013/312/EU, Article 1, and 2018/937).
    """
    found = []
    by_size = sorted(range(len(populations)), key=lambda at: (populations[at], at))
    for n, smaller in enumerate(by_size):
        for larger in by_size[n + 1 :]:
            if populations[larger] == populations[smaller]:
                continue
            fewer = seats[larger] < seats[smaller]
            dearer = populations[larger] * seats[smaller] < populations[smaller] * seats[larger]
            if fewer or dearer:
                found.append((larger, smaller))
    return tuple(found)


# ---- how ----
def _checked(weights: Sequence[int], seats: int) -> int:
    """The sum of the weights."""
    if seats < 0:
        raise SeatsFaulty(f"{seats} seats cannot be shared out")
    if not weights or min(weights) < 0:
        raise SeatsFaulty("seats need somebody to go to, and weights not below 0")
    whole = sum(weights)
    if whole == 0:
        raise SeatsFaulty("every weight is 0: there is nothing to share by")
    return whole


def _by_averages(
    weights: Sequence[int],
    seats: int,
    divisors: Divisors,
    ties: TieRule,
    least: int,
    most: int | None,
    *,
    squared: bool,
) -> Apportionment:
    _checked(weights, seats)
    top = seats if most is None else most
    free = divisors is Divisors.ADAMS  # its first divisor is 0: every first seat comes before all
    held = [max(least, int(free and weight > 0)) for weight in weights]
    if sum(held) > seats:
        raise SeatsFaulty(f"{seats} seats are fewer than {sum(held)} that must be given")
    if not 0 <= least <= top:
        raise SeatsFaulty(f"at least {least} and at most {top} seats cannot both be kept")

    def claim(at: int) -> tuple[Fraction, int]:
        signpost = _SIGNPOST[divisors](held[at])
        return (-Fraction(weights[at], signpost**2 if squared else signpost), at)

    heap = [claim(at) for at, weight in enumerate(weights) if weight and held[at] < top]
    heapify(heap)
    left, tie = seats - sum(held), None
    while left:
        if not heap:
            raise SeatsFaulty(f"{left} of {seats} seats are left when everybody has {top}")
        average, first = heappop(heap)
        equal = [first]
        while heap and heap[0][0] == average:
            equal.append(heappop(heap)[1])
        given, tie = _decided(equal, min(left, len(equal)), weights, ties)
        for at in given:
            held[at] += 1
            if held[at] < top:
                heappush(heap, claim(at))
        left -= len(given)
    return Apportionment(tuple(held), tie)


def _decided(
    equal: Sequence[int], seats: int, weights: Sequence[int], ties: TieRule
) -> tuple[tuple[int, ...], Tie | None]:
    """Who of equal claims gets a seat, and the tie if not all do."""
    if seats in {0, len(equal)}:
        return tuple(equal[:seats]), None
    places = tuple(sorted(equal))
    if ties is TieRule.REFUSED:
        raise SeatsTied(f"places {', '.join(map(str, places))} have equal claims to {seats} seats")
    sign = {TieRule.LARGER: -1, TieRule.SMALLER: 1, TieRule.EARLIER: 0}[ties]
    ranked = sorted(places, key=lambda at: (sign * weights[at], at))
    return tuple(ranked[:seats]), Tie(places, tuple(sorted(ranked[:seats])))
