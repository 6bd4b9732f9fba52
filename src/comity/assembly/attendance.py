"""Rules that look at who is there: yes, no or absent, with a quorum and a majority of a base.

Such a rule need not be monotone: a member who stays away can stop what its no would let through, since
the no counts for the quorum. Whether it can is asked of a whole-number programme, for each member.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from comity.assembly.coalitions import SECONDS, Unsolved
from comity.assembly.games import GameFaulty


class Base(Enum):
    """Of what a majority is told: all members' weight, or that of those who say yes or no."""

    ALL = "all"
    VOTING = "voting"


@dataclass(frozen=True)
class Attended:
    """A rule with a quorum.

    weights: of each member, whole. quorum: the least weight that is there, saying yes or no. share: of
    the base that the yes votes reach; more: they must exceed it. Nothing passes without any yes.
    """

    members: tuple[str, ...]
    weights: tuple[int, ...]
    quorum: int
    share: Fraction
    more: bool
    base: Base

    def __post_init__(self) -> None:
        if not self.members or len(self.members) != len(self.weights):
            raise GameFaulty("a rule has a weight for each member, and a member")
        if len(set(self.members)) < len(self.members):
            raise GameFaulty("a member is named twice")
        if min(self.weights) < 0:
            raise GameFaulty("a member has a weight below zero")
        if not 0 <= self.share <= 1:
            raise GameFaulty(f"{self.share} is no share of a base")

    def passes(self, yes: Sequence[str], no: Sequence[str]) -> bool:
        """Whether it passes; who says neither is absent."""
        weight = dict(zip(self.members, self.weights, strict=True))
        for_, against = (sum(weight[name] for name in some) for some in (yes, no))
        if for_ == 0 or for_ + against < self.quorum:
            return False
        base = sum(self.weights) if self.base is Base.ALL else for_ + against
        return for_ > self.share * base if self.more else for_ >= self.share * base


@dataclass(frozen=True, slots=True)
class Absence:
    """One member whose absence stops what its no lets through. yes, no: what the others say."""

    member: str
    yes: tuple[str, ...]
    no: tuple[str, ...]
    absent: tuple[str, ...]

    @property
    def words(self) -> str:
        """The example in a sentence."""
        no = f", {', '.join(self.no)} say no" if self.no else ""
        return (
            f"{', '.join(self.yes)} say yes{no}: if {self.member} says no too, it passes; if "
            f"{self.member} stays away, there is no quorum and it fails."
        )


def absence_beats_no(rule: Attended) -> Absence | None:
    """An example in which staying away stops more than a no; None if there is proved to be none.

    Only the quorum can do this: on any base, a no is never better for a proposal than an absence.
    Raises Unsolved.
    """
    for place in range(len(rule.members)):
        found = _example(rule, place)
        if found is not None:
            member = rule.members[place]
            if rule.passes(found.yes, found.no) or not rule.passes(found.yes, (*found.no, member)):
                raise Unsolved("the example that the solver found is none")
            return found
    return None


def _example(rule: Attended, place: int) -> Absence | None:
    """Columns: yes of each member, then no of each; the member itself is absent."""
    n = len(rule.members)
    weights = np.array(rule.weights, dtype=np.float64)
    own = rule.weights[place]
    there = np.concatenate((weights, weights))
    top = np.ones(2 * n)
    top[[place, n + place]] = 0
    num, den = rule.share.numerator, rule.share.denominator
    if rule.base is Base.ALL:
        balance, fixed = np.concatenate((den * weights, np.zeros(n))), num * sum(rule.weights)
    else:
        balance, fixed = np.concatenate(((den - num) * weights, -num * weights)), num * own
    rows = [
        (np.concatenate((np.eye(n), np.eye(n)), axis=1), np.zeros(n), np.ones(n)),
        (there[None], np.array([rule.quorum - own]), np.array([rule.quorum - 1])),
        (balance[None], np.array([fixed + (1 if rule.more else 0)]), np.array([np.inf])),
        (np.concatenate((weights, np.zeros(n)))[None], np.array([1.0]), np.array([np.inf])),
    ]
    found = milp(
        np.ones(2 * n),
        constraints=[LinearConstraint(matrix, low, high) for matrix, low, high in rows],
        integrality=np.ones(2 * n, dtype=np.int64),
        bounds=Bounds(np.zeros(2 * n), top),
        options={"time_limit": SECONDS},
    )
    if found.status == 2:  # infeasible
        return None
    if found.status != 0 or found.x is None:
        raise Unsolved(f"the solver gave up: {found.message}")
    yes, no = found.x[:n] > 0.5, found.x[n:] > 0.5
    names = np.array(rule.members)
    away = ~yes & ~no
    return Absence(
        rule.members[place],
        tuple(names[yes].tolist()),
        tuple(names[no].tolist()),
        tuple(names[away].tolist()),
    )
