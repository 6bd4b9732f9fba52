"""Selectivity: what the same law guarantees to persons of several kinds in the same corridor.

Definitions. In a corridor each kind of person (`comity.profile.persons`) has a position. A **grant**
is a right at a level: entry (any above refused, at the door), stay (at least temporary), work (any
above none), family (any above none), the last three a year in. A kind's share is the share of
corridors, or of the people who live in them, in which the grant is guaranteed. The **gap** between two
kinds is the difference of their shares, in percentage points: from -100 to 100, shown for each grant
apart and never summed. The **advantage** in a corridor, on a right, is the highest level guaranteed to
a manager, an expert or an investor less that of a worker with an offer, in steps of the right.

Source: Overbeek 2002, section 4 (mobility is freed for those whom capital moves).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]
Ranks = NDArray[np.int64]
Persons = NDArray[np.int64]


@dataclass(frozen=True)
class Grant:
    """A right at a level that is asked of each kind. at_door: asked of who asks to come."""

    name: str
    right: str
    level: str
    at_door: bool


GRANTS = (
    Grant("entry", "entry", "on_application", at_door=True),
    Grant("stay at the door", "stay", "temporary", at_door=True),
    Grant("stay", "stay", "temporary", at_door=False),
    Grant("work", "work", "same_employer", at_door=False),
    Grant("free work", "work", "any", at_door=False),
    Grant("family", "family", "may_apply", at_door=False),
)
"""What is asked of each kind, in the order of the table."""


@dataclass(frozen=True)
class Share:
    """In how much of all corridors, and of the people in them, a grant is guaranteed: 0 to 1."""

    of_corridors: float
    of_people: float


def share(guaranteed: Mask, persons: Persons) -> Share:
    """The share of a grant.

    guaranteed: by corridor. persons: people of each, shape (corridors,). Nobody anywhere: 0.
    """
    everybody = int(persons.sum())
    of_people = float(persons[guaranteed].sum()) / everybody if everybody else 0.0
    of_corridors = float(np.count_nonzero(guaranteed)) / len(persons) if len(persons) else 0.0
    return Share(of_corridors, of_people)


def gap(one: float, other: float) -> float:
    """How much more of one share than of another, in percentage points."""
    return 100 * (one - other)


def advantage(levels: NDArray[np.int64], level: Ranks) -> NDArray[np.int64]:
    """The steps by which the best of some kinds stands above another, by corridor; may be negative.

    levels: guaranteed levels of the kinds, (kinds, corridors). level: of the other, (corridors,).
    """
    found: NDArray[np.int64] = levels.max(axis=0) - level
    return found
