"""Coalitions by name: who can pass alone, who can block, who is needed, who never matters.

Of one leg by sorted sums; of several by a whole-number programme (HiGHS), which returns the coalition.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp

from comity.assembly.games import AtLeast, Bools, Game, Leg, OfLeg, Rule

SECONDS = 30.0
"""What one programme may take."""


class Unsolved(RuntimeError):
    """The solver gave up before it had found the smallest coalition."""


@dataclass(frozen=True, slots=True)
class Coalition:
    """Members by name, in the order of the game. size: how many."""

    members: tuple[str, ...]

    @property
    def size(self) -> int:
        """How many members it has."""
        return len(self.members)


def vetoes(game: Game) -> tuple[str, ...]:
    """Members without whom nothing passes."""
    everybody = np.ones(len(game.members), dtype=np.bool_)
    if not game.wins(everybody):
        return ()
    return tuple(name for n, name in enumerate(game.members) if not game.wins(_but(everybody, n)))


def dictators(game: Game) -> tuple[str, ...]:
    """Members who pass alone whatever they wish, and without whom nothing passes."""
    alone = np.zeros(len(game.members), dtype=np.bool_)
    needed = set(vetoes(game))
    return tuple(
        name for n, name in enumerate(game.members) if name in needed and game.wins(_with(alone, n))
    )


def dummies(game: Game) -> tuple[str, ...]:
    """Members whose vote never decides anything, each shown to be so by the solver."""
    return tuple(name for n, name in enumerate(game.members) if swing(game, n) is None)


def swing(game: Game, member: int) -> Coalition | None:
    """A coalition that passes with a member and not without; None if there is none."""
    same = game.weights
    if not same[member].any():
        return None
    return _solve(game, {member: 1}, needs=(member,), minimise=False)


def smallest_winning(game: Game, without: Sequence[str] = ()) -> Coalition | None:
    """A coalition of the fewest members that passes; None if nobody passes.

    without: members who vote no. Raises Unsolved.
    """
    barred = {game.members.index(name): 0 for name in without}
    return _solve(game, barred)


def smallest_blocking(game: Game, without: Sequence[str] = ()) -> Coalition | None:
    """The fewest members whose no stops everything; None if nothing passes anyway (all of no use).

    without: members who cannot be asked to block. Raises Unsolved.
    """
    if not game.wins(np.ones(len(game.members), dtype=np.bool_)):
        return None
    barred = {game.members.index(name): 0 for name in without}
    return _solve(dual(game), barred)


def dual(game: Game) -> Game:
    """The game of blocking: a coalition wins in it if the others cannot pass without it."""
    legs = tuple(
        Leg(leg.name, leg.weights, max(0, sum(leg.weights) - leg.needed + 1)) for leg in game.legs
    )

    def turned(rule: Rule) -> Rule:
        if isinstance(rule, OfLeg):
            return rule
        return AtLeast(len(rule.parts) - rule.k + 1, tuple(turned(part) for part in rule.parts))

    return Game(game.members, legs, turned(game.stated))


def _but(yes: Bools, n: int) -> Bools:
    without = yes.copy()
    without[n] = False
    return without


def _with(yes: Bools, n: int) -> Bools:
    joined = yes.copy()
    joined[n] = True
    return joined


# ---- the programme ----
class _Programme:
    """Yes or no for each member, and for each part of a rule whether it is to hold."""

    def __init__(self, game: Game) -> None:
        self.game = game
        self.members = len(game.members)
        self.columns = self.members
        self.rows: list[tuple[dict[int, float], float, float]] = []

    def wins(self) -> None:
        """The coalition passes."""
        root = self._holds(self.game.stated)
        self.rows.append(({root: 1.0}, 1.0, 1.0))

    def fails_without(self, member: int) -> None:
        """The coalition does not pass once a member has left."""
        root = self._fails(self.game.stated, member)
        self.rows.append(({root: 1.0}, 1.0, 1.0))

    def _new(self) -> int:
        self.columns += 1
        return self.columns - 1

    def _holds(self, rule: Rule) -> int:
        """A column that is 1 only if the rule holds."""
        column = self._new()
        if isinstance(rule, OfLeg):
            leg = self.game.legs[rule.leg]
            row = {n: float(w) for n, w in enumerate(leg.weights) if w}
            row[column] = -float(leg.needed)
            self.rows.append((row, 0.0, np.inf))
        else:
            row = {self._holds(part): 1.0 for part in rule.parts}
            row[column] = -float(rule.k)
            self.rows.append((row, 0.0, np.inf))
        return column

    def _fails(self, rule: Rule, member: int) -> int:
        """A column that is 1 only if the rule does not hold without a member."""
        column = self._new()
        if isinstance(rule, OfLeg):
            leg = self.game.legs[rule.leg]
            row = {n: float(w) for n, w in enumerate(leg.weights) if w and n != member}
            most = float(sum(leg.weights))
            row[column] = most - leg.needed + 1.0
            self.rows.append((row, -np.inf, most))
        else:
            parts = {self._fails(part, member): 1.0 for part in rule.parts}
            parts[column] = -float(len(rule.parts) - rule.k + 1)
            self.rows.append((parts, 0.0, np.inf))
        return column

    def solve(self, fixed: dict[int, int], *, minimise: bool) -> NDArray[np.float64] | None:
        matrix = np.zeros((len(self.rows), self.columns))
        low, high = np.empty(len(self.rows)), np.empty(len(self.rows))
        for n, (row, least, most) in enumerate(self.rows):
            for column, factor in row.items():
                matrix[n, column] += factor
            low[n], high[n] = least, most
        bottom, top = np.zeros(self.columns), np.ones(self.columns)
        for column, value in fixed.items():
            bottom[column] = top[column] = value
        wanted = np.zeros(self.columns)
        if minimise:
            wanted[: self.members] = 1.0
        found = milp(
            wanted,
            constraints=LinearConstraint(matrix, low, high),
            integrality=np.ones(self.columns, dtype=np.int64),
            bounds=Bounds(bottom, top),
            options={"time_limit": SECONDS, "mip_rel_gap": 0.0},
        )
        if found.status == 2:  # infeasible
            return None
        if found.status != 0 or found.x is None:
            raise Unsolved(f"the solver gave up: {found.message}")
        return np.asarray(found.x)


def _solve(
    game: Game,
    fixed: dict[int, int],
    *,
    needs: Sequence[int] = (),
    minimise: bool = True,
) -> Coalition | None:
    if len(game.legs) == 1 and not needs:
        return _sorted(game, fixed)
    programme = _Programme(game)
    programme.wins()
    for member in needs:
        programme.fails_without(member)
    found = programme.solve(fixed, minimise=minimise)
    if found is None:
        return None
    yes = found[: len(game.members)] > 0.5
    if not game.wins(yes):
        raise Unsolved("the coalition that the solver found does not pass")
    return Coalition(tuple(np.array(game.members)[yes].tolist()))


def _sorted(game: Game, fixed: dict[int, int]) -> Coalition | None:
    """One leg: the heaviest members first, in the order of the game where they are alike."""
    leg = game.legs[0]
    free = [n for n in range(len(game.members)) if fixed.get(n, 1) == 1]
    total, chosen = 0, []
    for n in sorted(free, key=lambda one: (-leg.weights[one], one)):
        if total >= leg.needed:
            break
        total += leg.weights[n]
        chosen.append(n)
    if total < leg.needed:
        return None
    return Coalition(tuple(game.members[n] for n in sorted(chosen)))
