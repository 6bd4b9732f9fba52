"""A rule of decision as a simple game: members with whole weights on legs, and what the legs must reach.

Everybody votes yes or no: an abstention counts as the rule says, and the index of a rule whose base is
the votes cast is that of the same rule with everybody voting. Source: Felsenthal & Machover 1998.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Weights: TypeAlias = NDArray[np.int64]
Bools: TypeAlias = NDArray[np.bool_]
Totals: TypeAlias = NDArray[np.int64] | NDArray[np.float64]


class GameFaulty(ValueError):
    """A game that is none: no members, weights below zero, a rule that more support can undo."""


@dataclass(frozen=True, slots=True)
class Leg:
    """One majority: the yes votes' weight reaches a threshold.

    name: as the text calls it (states, population). weights: of each member, whole, (members,).
    needed: the least total that meets it.
    """

    name: str
    weights: tuple[int, ...]
    needed: int

    def met(self, totals: Totals) -> Bools:
        """Whether totals of yes votes meet it; same shape."""
        return np.asarray(totals >= self.needed)


@dataclass(frozen=True, slots=True)
class OfLeg:
    """The leg of that place is met."""

    leg: int


@dataclass(frozen=True, slots=True)
class AtLeast:
    """At least k of several parts hold: all of them is `and`, one of them is `or`."""

    k: int
    parts: tuple[Rule, ...]


Rule: TypeAlias = OfLeg | AtLeast


def all_of(parts: Sequence[Rule]) -> Rule:
    """Every part holds."""
    return parts[0] if len(parts) == 1 else AtLeast(len(parts), tuple(parts))


def any_of(parts: Sequence[Rule]) -> Rule:
    """One part at least holds."""
    return parts[0] if len(parts) == 1 else AtLeast(1, tuple(parts))


@dataclass(frozen=True)
class Game:
    """A chamber that decides: the same members on one or more legs.

    members: names, in the order of the weights. rule: over the legs; every leg must be met if None.
    Monotone by construction: another yes never unmakes a decision. Raises GameFaulty.
    """

    members: tuple[str, ...]
    legs: tuple[Leg, ...]
    rule: Rule | None = None

    def __post_init__(self) -> None:
        if not self.members or not self.legs:
            raise GameFaulty("a game needs members and a leg")
        if len(set(self.members)) < len(self.members):
            raise GameFaulty("a member is named twice")
        for leg in self.legs:
            if len(leg.weights) != len(self.members):
                raise GameFaulty(f"`{leg.name}` has a weight for each member, or is no leg")
            if min(leg.weights) < 0:
                raise GameFaulty(f"`{leg.name}` has a weight below zero")

    @cached_property
    def weights(self) -> Weights:
        """Weights, (members, legs)."""
        return np.array([leg.weights for leg in self.legs], dtype=np.int64).T

    @property
    def stated(self) -> Rule:
        """The rule, spelled out."""
        return self.rule or all_of([OfLeg(n) for n in range(len(self.legs))])

    def passes(self, met: Callable[[int], Bools]) -> Bools:
        """Whether the rule holds. met: of each leg, whether it is met; any shapes that broadcast."""
        return holds(self.stated, met)

    def wins(self, yes: Bools) -> bool:
        """Whether one coalition decides. yes: of each member, (members,)."""
        totals = self.weights[yes].sum(axis=0)
        return bool(self.passes(lambda n: self.legs[n].met(totals[n])))

    def wins_named(self, coalition: Sequence[str]) -> bool:
        """The same of members by name."""
        return self.wins(np.isin(np.array(self.members), list(coalition)))


def holds(rule: Rule, met: Callable[[int], Bools]) -> Bools:
    """Whether a rule holds. met: of each place that it names, whether that is met."""
    if isinstance(rule, OfLeg):
        return met(rule.leg)
    parts = [holds(part, met) for part in rule.parts]
    if rule.k == len(parts):
        found = parts[0]
        for part in parts[1:]:
            found = found & part
        return found
    if rule.k == 1:
        found = parts[0]
        for part in parts[1:]:
            found = found | part
        return found
    counted = sum(part.astype(np.int64) for part in parts)
    return np.asarray(counted >= rule.k)
