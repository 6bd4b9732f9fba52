"""Discretion: how many steps of a right the norms of a regime leave to the State, mean over people.

Definition. A right is a scale, each level one step above the one before (of a number of days or
months, each unit is a step). Of one person, norms leave the State the steps between the lower bound,
below which it may not go, and the upper, above which it may not: `upper - lower`, none where the two
cross. Where facts are unknown the bounds are known in part only, so the width is an interval:

    least     upper bound surely left - lower bound possibly guaranteed
    greatest  upper bound possibly left - lower bound surely guaranteed

A right that no norm bounds leaves all its steps. The mean is over persons, all of them or only those
for whom some norm bounds the right. Source: design, section 2.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from comity.agreement.many.evaluator import Positions
from comity.agreement.positions import Bounds

Steps = NDArray[np.int64]
Persons = NDArray[np.int64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Widths:
    """Steps left to the State of each record: least and greatest, each of shape (records,).

    bounded: whether some norm surely bounds the right, on either side. top: steps of the right.
    """

    least: Steps
    greatest: Steps
    bounded: Mask
    top: int

    @property
    def everything_surely(self) -> Mask:
        """Records of which every step is surely left."""
        found: Mask = self.least == self.top
        return found

    @property
    def everything_possibly(self) -> Mask:
        """Records of which every step may be left."""
        found: Mask = self.greatest == self.top
        return found


@dataclass(frozen=True)
class MeanWidth:
    """Mean steps over people, least and greatest; persons: over how many; top: steps of the right."""

    least: float
    greatest: float
    persons: int
    top: int

    @property
    def shares(self) -> tuple[float, float]:
        """The same as shares of the scale, 0 to 1; 0 for a scale of one level."""
        return (self.least / self.top, self.greatest / self.top) if self.top else (0.0, 0.0)


def width(bounds: Bounds) -> tuple[int, int]:
    """Least and greatest number of steps that one position leaves."""
    least = max(0, bounds.upper - bounds.lower_possible)
    return least, max(0, bounds.upper_possible - bounds.lower)


def widths(found: Positions | None, top: int, records: int) -> Widths:
    """The steps that each record's position leaves.

    found: positions of the right, None where no norm of the regime bounds it. top: its highest rank.
    """
    if found is None:
        full = np.full(records, top, dtype=np.int64)
        return Widths(full, full, np.zeros(records, dtype=np.bool_), top)
    lower, lower_possible, upper, upper_possible = (
        levels.astype(np.int64)
        for levels in (found.lower, found.lower_possible, found.upper, found.upper_possible)
    )
    return Widths(
        np.maximum(0, upper - lower_possible),
        np.maximum(0, upper_possible - lower),
        (lower > 0) | (upper_possible < top),
        top,
    )


def mean_width(of: Widths, persons: Persons, among: Mask | None = None) -> MeanWidth | None:
    """The mean over people; None where nobody is.

    persons: of each record, shape (records,). among: the records that count; None for all.
    """
    counted = persons if among is None else np.where(among, persons, 0)
    everybody = int(counted.sum())
    if not everybody:
        return None
    least, greatest = (
        float((counted * part).sum()) / everybody for part in (of.least, of.greatest)
    )
    return MeanWidth(least, greatest, everybody, of.top)


def mean_of_hosts(of: Widths, persons: Persons, hosts: NDArray[np.int32]) -> MeanWidth | None:
    """Each host's mean over its people, then the mean of hosts, each counted once.

    hosts: a code of each record's host, from 0. persons of the result: all of them, for reference.
    """
    of_host = np.bincount(hosts, weights=persons)
    peopled = of_host > 0
    if not peopled.any():
        return None
    least, greatest = (
        float((np.bincount(hosts, weights=persons * part)[peopled] / of_host[peopled]).mean())
        for part in (of.least, of.greatest)
    )
    return MeanWidth(least, greatest, int(persons.sum()), of.top)


def deciding(
    codes: NDArray[np.uint16] | None, persons: Persons, names: tuple[str, ...]
) -> dict[str, int]:
    """Persons whose bound each norm decides, most first.

    codes: of each record the norm that decides, from 1; 0 where none does. names: the norms' keys.
    """
    if codes is None or not names:
        return {}
    sums = np.bincount(codes, weights=persons, minlength=len(names) + 1)[1:]
    found: dict[str, int] = {}
    for name, number in zip(names, sums, strict=False):
        if number:
            found[name] = found.get(name, 0) + int(number)
    return dict(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))
