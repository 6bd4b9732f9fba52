"""Distributions as tables to draw from: quantiles of whole numbers, and shares of options.

A draw is one look into a table at a place given by random bits, so that a column of a million
people is a few passes over memory. The stated shares of the microdata stand here and in `lives`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from comity.world.attributes import AgeGroup
from comity.world.stay import YEAR_OF_STOCK
from comity.world.tables_people import FIVE_YEAR_GROUPS, ROUNDS

QUANTILES = 4096
SHARES = 256
MONTHS = 12 * (FIVE_YEAR_GROUPS[-1] + 5)
"""One more than the greatest age that is drawn: the open group is taken as five years."""

KEPT_A_YEAR = 0.97
"""Of those of one year, so many are still there a year later: stated, not measured."""

TAIL_MONTHS = 120
"""Mean further stay of those who were there before the first round: stated, not measured."""

_PLACES = (np.arange(QUANTILES) + 0.5) / QUANTILES


def quantiles(weights: np.ndarray) -> np.ndarray:
    """The whole numbers 0, 1, ... of a distribution at `QUANTILES` even places.

    weights: not negative, one a number, not all 0. Returns int16, in order.
    """
    upto = np.cumsum(weights, dtype=np.float64)
    places = np.searchsorted(upto, _PLACES * upto[-1], side="right")
    return np.asarray(places, dtype=np.int16)


def shares(percent: Mapping[int, float]) -> np.ndarray:
    """`SHARES` codes in the shares given; every code that has a share has a place.

    percent: share of 100 by code; what is missing to 100 goes to the greatest.
    """
    counts = {code: max(1, round(share * SHARES / 100)) for code, share in percent.items() if share}
    greatest = max(counts, key=lambda code: counts[code])
    counts[greatest] += SHARES - sum(counts.values())
    return np.repeat(
        np.array(list(counts), dtype=np.int8), np.array(list(counts.values()), dtype=np.int64)
    )


def ages(residents: Sequence[int], groups: Mapping[AgeGroup, int]) -> np.ndarray:
    """Quantiles of age in months.

    residents: persons of each five-year group of the host, the structure within a group.
    groups: published persons by group; empty, or all 0: the structure alone.
    """
    weights = np.repeat(np.array(residents, dtype=np.float64), 60)
    if not sum(groups.values()):
        return quantiles(weights)
    made = np.zeros(MONTHS)
    for group, persons in groups.items():
        high = MONTHS if group.high is None else 12 * (group.high + 1)
        span = slice(12 * group.low, high)
        inside = weights[span]
        if not inside.sum():
            inside = np.ones_like(inside)
        made[span] = inside * (persons / inside.sum())
    return quantiles(made)


def stays(stocks: Sequence[int]) -> np.ndarray:
    """Weights of each month of stay from the stocks of the rounds, then of 2024.

    Of the people of 2024 those here since a round are at most the smallest stock since; of these
    a stated share a year has left. Between rounds the months are even.
    """
    now = stocks[-1]
    points, left = [0], [1.0]
    for at in reversed(range(len(ROUNDS))):
        years = YEAR_OF_STOCK - ROUNDS[at]
        points.append(12 * years)
        left.append(min(stocks[at:]) / now * KEPT_A_YEAR**years)
    months = np.arange(MONTHS + 1)
    surviving = np.interp(months, points, left)
    before = months > points[-1]
    surviving[before] *= np.exp(-(months[before] - points[-1]) / TAIL_MONTHS)
    return np.asarray(-np.diff(surviving))


def geometric(mean: float) -> np.ndarray:
    """Weights of each month of a geometric distribution."""
    return np.asarray(np.exp(-np.arange(MONTHS) / mean))


def up_to(weights: np.ndarray) -> np.ndarray:
    """For each month the share of at most that many, in 1/65535, to cut a draw at the age."""
    upto: np.ndarray = np.cumsum(weights)
    found: np.ndarray = np.minimum(np.rint(upto * (65535 / upto[-1])), 65535)
    return found.astype(np.uint16)
