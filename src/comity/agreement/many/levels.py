"""What is added up from planes: the bounds of each right, the norm that decides, and counts of records.

A bound of a right is the highest level of the guarantees that hold, or the lowest of the limits
(design, section 2). Most levels are fixed by the text; a level that is a fact is read from its
field's ranks by a list.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from comity.agreement.many.program import ALL, NONE, Plane, Program

Ranks32: TypeAlias = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Given:
    """A level that holds in a plane. unit: its number among the units of its right, from 1."""

    rank: int
    plane: Plane
    unit: int


@dataclass(frozen=True, slots=True, eq=False)
class GivenByFact:
    """A level read from a column: `ranks[code]`, where the plane holds."""

    column: int
    ranks: Ranks32
    plane: Plane
    unit: int


@dataclass(frozen=True, slots=True, eq=False)
class Bound:
    """One bound of one right: what a program adds up.

    base: the bound where no plane holds. steps: what each plane adds (of an upper bound, takes).
    read: levels by fact, of which the best for (a lower bound) or the worst counts. top: the right's.
    deciders: planes in order with the unit that decides there; later ones override.
    """

    base: int
    steps: tuple[tuple[Plane, int], ...]
    read: tuple[GivenByFact, ...]
    is_lower: bool
    top: int
    deciders: tuple[tuple[Plane, int], ...] = ()

    @property
    def planes(self) -> tuple[Plane, ...]:
        """The planes that must be kept until the bound is added up."""
        return (
            *(plane for plane, _ in self.steps),
            *(one.plane for one in self.read),
            *(plane for plane, _ in self.deciders),
        )


def lower_bound(
    given: Sequence[Given],
    read: Iterable[GivenByFact],
    top: int,
    program: Program,
    *,
    deciding: bool = False,
) -> Bound:
    """The highest of some levels. Planes are joined from the top down."""
    ranks = sorted({one.rank for one in given if one.plane != NONE and one.rank > 0})
    plane, joined = NONE, dict[int, Plane]()
    for rank in reversed(ranks):
        plane = program.some_of([plane, *(one.plane for one in given if one.rank == rank)])
        joined[rank] = plane
    base, steps, before = 0, list[tuple[Plane, int]](), 0
    for rank in ranks:
        if joined[rank] == ALL:
            base = rank
        else:
            steps.append((joined[rank], rank - before))
        before = rank
    decided = _deciders(given, ranks) if deciding else ()
    return Bound(base, tuple(steps), _possible(read), True, top, decided)


def upper_bound(
    given: Sequence[Given],
    read: Iterable[GivenByFact],
    top: int,
    program: Program,
    *,
    deciding: bool = False,
) -> Bound:
    """The lowest of some levels, the top if there is none. Planes are joined from the bottom up."""
    ranks = sorted({one.rank for one in given if one.plane != NONE and one.rank < top})
    plane, base, steps = NONE, top, list[tuple[Plane, int]]()
    for number, rank in enumerate(ranks):
        plane = program.some_of([plane, *(one.plane for one in given if one.rank == rank)])
        above = ranks[number + 1] if number + 1 < len(ranks) else top
        if plane == ALL:
            base = rank
            break
        steps.append((plane, above - rank))
    decided = _deciders(given, list(reversed(ranks))) if deciding else ()
    return Bound(base, tuple(steps), _possible(read), False, top, decided)


def _possible(read: Iterable[GivenByFact]) -> tuple[GivenByFact, ...]:
    return tuple(one for one in read if one.plane != NONE)


def _deciders(given: Sequence[Given], ranks: Sequence[int]) -> tuple[tuple[Plane, int], ...]:
    """The first unit of the best rank: ranks from the weakest on, units from the last on."""
    return tuple(
        (one.plane, one.unit)
        for rank in ranks
        for one in reversed(given)
        if one.rank == rank and one.plane != NONE
    )
