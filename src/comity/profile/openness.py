"""Openness: what the same text grants to goods, capital, services and people, side by side.

Belongs here: which pairs of States a text joins, the best level by pair, and how levels compare. Does
not belong here: what a text states (`agreement.governance`), the persons who are evaluated (`api`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from comity.agreement.instruments import Instrument

QUALITIES = ("goods", "capital", "services", "people")
"""What a text may open, by the words of the language."""
SPOKES = frozenset({"eu_ankara_1_80", "eu_europe_agreements", "eu_euromed_association"})
"""Texts that hold several agreements of the Union, each with one partner: partners grant one another
nothing by them."""
HUB = "eu"
NOT_SAID = -1
"""The level of a pair for which no text states anything."""


class Compared(StrEnum):
    """How people fare beside goods in one text."""

    LESS = "less"
    SAME = "the same"
    MORE = "more"
    UNKNOWN = "not observed"


def compared(levels: Mapping[str, int]) -> Compared:
    """People beside goods; unknown unless the text states both."""
    if "people" not in levels or "goods" not in levels:
        return Compared.UNKNOWN
    gap = levels["people"] - levels["goods"]
    return Compared.LESS if gap < 0 else Compared.MORE if gap else Compared.SAME


def stated(instrument: Instrument, day: date) -> dict[str, int]:
    """The level of each quality that a text states on a day; what it does not state is left out."""
    found = {}
    for name, said in instrument.governance_on(day).items():
        if name in QUALITIES and isinstance(said.values[0], int):
            found[name] = int(said.values[0])
    return found


@dataclass(frozen=True, eq=False)
class Grid:
    """Levels of ordered pairs of States, rows the origins, columns the hosts; -1 where nothing is said.

    levels: by quality, (states, states). The diagonal is -1.
    """

    states: tuple[str, ...]
    levels: Mapping[str, NDArray[np.int8]]


def grid(
    texts: Sequence[tuple[Instrument, frozenset[str]]],
    states: Sequence[str],
    day: date,
    hub: frozenset[str],
    acts: frozenset[str] = frozenset(),
) -> Grid:
    """The best level of each pair over some texts. texts: with the States that each binds.

    hub: the members of the Union, who alone stand on the one side of the texts of `SPOKES`. acts: ids
    of the Union's acts, which state what its treaties grant, so among its members only, although some
    bind others too.
    """
    place = {state: n for n, state in enumerate(states)}
    size = len(states)
    best = {q: np.full((size, size), NOT_SAID, dtype=np.int8) for q in QUALITIES}
    inside = np.array([state in hub for state in states], dtype=np.bool_)
    for instrument, bound in texts:
        said = stated(instrument, day)
        rows = np.zeros(size, dtype=np.bool_)
        rows[[place[state] for state in bound if state in place]] = True
        joined = rows[:, None] & rows[None, :]
        if instrument.id in SPOKES:
            joined = joined & (inside[:, None] != inside[None, :])
        if instrument.id in acts:
            joined = joined & inside[:, None] & inside[None, :]
        for quality, level in said.items():
            table = best[quality]
            np.maximum(table, np.where(joined, level, NOT_SAID).astype(np.int8), out=table)
    for table in best.values():
        np.fill_diagonal(table, NOT_SAID)
    return Grid(tuple(states), best)
