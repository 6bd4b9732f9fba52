"""Hierarchy: the rings of States on a day, and what one ring's people are guaranteed in another.

Belongs here: which groups of the vocabulary make a ring, and means and ends of levels by pair of
rings. Does not belong here: the persons and positions that are summed (`api`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from comity.agreement.vocabulary import Vocabulary

HEARTLAND, ACCESSION, PERIPHERY = "heartland", "accession", "periphery"
RINGS = (HEARTLAND, ACCESSION, PERIPHERY)
"""From the inside outwards. Source: Overbeek 2002, section 3."""


@dataclass(frozen=True, slots=True)
class System:
    """Rings of States around one heartland.

    heartland, accession, periphery: groups of the vocabulary; a State stands in the innermost ring
    that has it. founders: only those in the group from its first day are of the heartland.
    """

    id: str
    title: str
    heartland: tuple[str, ...]
    accession: tuple[str, ...]
    periphery: tuple[str, ...]
    founders: bool = False


EUROPE = System(
    "europe",
    "Europe",
    ("eu", "eea", "eu_swiss_fmp"),
    ("europe_agreement", "ankara_association"),
    ("budapest_process", "euromed_association", "eu_maghreb_1976"),
)
AMERICAS = System(
    "americas",
    "North and Central America",
    ("nafta_tn",),
    ("nafta_tn",),
    ("puebla_rcm", "ca4"),
    founders=True,
)
SYSTEMS = (EUROPE, AMERICAS)
BY_SCHENGEN = System(
    "europe",
    "Europe, by the Schengen area",
    ("schengen",),
    ("eu", "eea", "europe_agreement", "ankara_association"),
    EUROPE.periphery,
)
"""Another choice of the heartland: who has no border checks."""


def rings(
    system: System, vocabulary: Vocabulary, day: date, *, without_left: bool = False
) -> dict[str, tuple[str, ...]]:
    """The States of each ring on a day, by code; a ring without a State is empty.

    without_left: leaves out of the outer rings whoever was of the heartland's groups once and is no
    more.
    """
    taken: set[str] = set()
    found: dict[str, tuple[str, ...]] = {}
    for ring, groups in zip(
        RINGS, (system.heartland, system.accession, system.periphery), strict=True
    ):
        states = frozenset[str]().union(*(_members(vocabulary, g, day) for g in groups))
        if ring == HEARTLAND and system.founders:
            states &= _founders(vocabulary, groups)
        if ring != HEARTLAND and without_left:
            states -= _once(vocabulary, system.heartland, day)
        found[ring] = tuple(sorted(states - taken))
        taken |= states
    return found


def _members(vocabulary: Vocabulary, group: str, day: date) -> frozenset[str]:
    declared = vocabulary.groups.get(group)
    return frozenset() if declared is None else declared.on(day)


def _founders(vocabulary: Vocabulary, groups: Sequence[str]) -> frozenset[str]:
    found: set[str] = set()
    for name in groups:
        members = vocabulary.groups[name].members if name in vocabulary.groups else ()
        first = min((m.since for m in members if m.since is not None), default=None)
        found |= {m.state for m in members if m.since == first}
    return frozenset(found)


def _once(vocabulary: Vocabulary, groups: Sequence[str], day: date) -> frozenset[str]:
    return frozenset(
        m.state
        for name in groups
        if name in vocabulary.groups
        for m in vocabulary.groups[name].members
        if m.until is not None and m.until <= day
    )


@dataclass(frozen=True, slots=True)
class Levels:
    """A right's guaranteed levels over the pairs of two rings.

    by_people: mean over the people in the corridors; None where nobody is. by_pair: mean over the
    pairs. least, most: over the pairs. people: those in the corridors.
    """

    pairs: int
    people: int
    by_people: float | None
    by_pair: float
    least: int
    most: int


def levels(lower: NDArray[np.integer], people: NDArray[np.int64]) -> Levels | None:
    """Mean and ends of the levels of some pairs, (pairs,) each; None for no pair."""
    if not lower.size:
        return None
    total = int(people.sum())
    return Levels(
        int(lower.size),
        total,
        float((lower.astype(np.int64) * people).sum() / total) if total else None,
        float(lower.mean()),
        int(lower.min()),
        int(lower.max()),
    )
