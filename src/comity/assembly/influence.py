"""A person's influence on a decision by country, and how unequal it is.

A person of a State decides its vote with a chance of about the square root of 2 / (pi n), everybody
voting at random (Penrose 1946): the influence of one is the State's power over the root of its people.
The factor is the same everywhere and is left out: only ratios are told.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Inequality:
    """How unequal influence is among people. ratio: greatest over least; None where somebody has none.

    hoover: the share of influence that would have to move; gini: of influence among people, both
    from 0 (equal). without: people of countries without any influence.
    """

    ratio: float | None
    hoover: float
    gini: float
    without: int


def influence(power: Floats, people: Floats) -> Floats:
    """Influence of one person of each country, the mean of all people being 1; (countries,).

    power: Banzhaf's, not normalised. people: at least 1 each. Raises ValueError.
    """
    if (people < 1).any():
        raise ValueError("a country without people has no person whose influence could be told")
    one = power / np.sqrt(people)
    mean = float((one * people).sum() / people.sum())
    return np.asarray(one / mean) if mean > 0 else np.zeros_like(one)


def inequality(one: Floats, people: Floats) -> Inequality:
    """How unequal the influence of persons is; each country's people counted."""
    whole = float(people.sum())
    order = np.argsort(one)
    shares = people[order] / whole
    has = one[order] * shares
    total = float(has.sum())
    if total <= 0:
        return Inequality(None, 0.0, 0.0, int(whole))
    cumulated = np.concatenate(([0.0], np.cumsum(has) / total))
    gini = 1.0 - float((shares * (cumulated[1:] + cumulated[:-1])).sum())
    hoover = float(np.abs(has / total - shares).sum()) / 2
    least = float(one.min())
    return Inequality(
        float(one.max()) / least if least > 0 else None,
        hoover,
        max(0.0, gini),
        int(people[one <= 0].sum()),
    )
