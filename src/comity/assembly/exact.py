"""Exact indices of power of games with one or two legs, and of chambers that decide together.

How: the distribution of the totals of a random coalition, in which each member says yes with probability
p, by dynamic programming; for each class of equal members, the distribution without one of them, by
halving the classes again and again, so that nothing is ever subtracted. Banzhaf is read at p = 1/2;
Shapley and Shubik's index is the integral over p (Owen 1972), exact by Gauss and Legendre where there
are half as many nodes as members, and to 1e-13 with 48 of them at 190 members.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from comity.assembly.games import Bools, Game

Floats = NDArray[np.float64]

MOST_CELLS = 6_000_000
"""Totals that a distribution may tell apart; beyond, power is estimated by sampling."""
NODES = 48
"""Nodes of the integral over p; more would change the 13th digit of an assembly of all States."""
_AT_ONCE = 2_000_000
"""Cells of all nodes that are worked on together."""


class TooManyTotals(ValueError):
    """The legs have more totals together than can be told apart; sampling is the way."""


@dataclass(frozen=True, slots=True)
class Power:
    """What the members of a game can do. All of shape (members,) but `passes`.

    banzhaf: the chance that a member's vote decides, everybody else voting at random (not normalised).
    shapley: Shapley and Shubik's index; sums to 1. passes: the chance that a random proposal passes,
    which is Coleman's power of the body to act. error: one standard error, of sampling; 0 if exact.
    """

    members: tuple[str, ...]
    banzhaf: Floats
    shapley: Floats | None
    passes: float
    error: Floats
    shapley_error: Floats | None = None
    passes_error: float = 0.0

    @property
    def normalised(self) -> Floats:
        """Banzhaf's index as shares. Never to be shown alone: a veto can have the share of none."""
        whole = float(self.banzhaf.sum())
        return self.banzhaf / whole if whole else self.banzhaf

    @property
    def prevent(self) -> Floats:
        """Coleman's power to prevent: 1 is a veto. Zero where nothing passes at all."""
        return self.banzhaf / (2 * self.passes) if self.passes > 0 else np.zeros_like(self.banzhaf)

    @property
    def initiate(self) -> Floats:
        """Coleman's power to initiate."""
        fails = 1 - self.passes
        return self.banzhaf / (2 * fails) if fails > 0 else np.zeros_like(self.banzhaf)


def cells_of(game: Game) -> int:
    """How many totals its legs tell apart together."""
    return int(np.prod([int(total) + 1 for total in _scaled(game)[0].sum(axis=0)], dtype=float))


def power(game: Game, *, shapley: bool = True) -> Power:
    """The indices of a game, exact up to rounding. Raises TooManyTotals."""
    if cells_of(game) > MOST_CELLS:
        raise TooManyTotals(f"{cells_of(game):,} totals; at most {MOST_CELLS:,} are told apart")
    decisive, passes = at(game, np.array([0.5]))
    zeros = np.zeros(len(game.members))
    index = None
    if shapley:
        nodes, shares = nodes_of(len(game.members))
        several, _ = at(game, nodes)
        index = shares @ several
    return Power(game.members, decisive[0], index, float(passes[0]), zeros)


def nodes_of(members: int) -> tuple[Floats, Floats]:
    """Values of p in (0, 1) and their shares of the integral. Exact for 2 * nodes - 1 members."""
    x, share = np.polynomial.legendre.leggauss(min(NODES, (members + 1) // 2))
    return (x + 1) / 2, share / 2


def at(game: Game, p: Floats) -> tuple[Floats, Floats]:
    """The chance that each member decides, (p, members), and that a proposal passes, (p,)."""
    weights, needed = _scaled(game)
    classes, of, counts = np.unique(weights, axis=0, return_inverse=True, return_counts=True)
    shape = tuple(int(total) + 1 for total in weights.sum(axis=0))
    wins = _wins(game, shape, needed)
    at_once = max(1, _AT_ONCE // max(1, int(np.prod(shape))))
    decisive = np.empty((len(p), len(classes)))
    passes = np.empty(len(p))
    for first in range(0, len(p), at_once):
        some = slice(first, min(first + at_once, len(p)))
        halving = _Halving(classes, counts, p[some], shape, wins)
        decisive[some], passes[some] = halving.run()
    return decisive[:, of.ravel()], passes


def _scaled(game: Game) -> tuple[NDArray[np.int64], list[int]]:
    """Weights divided by what is common to a leg, and the totals that are then needed."""
    weights = game.weights.copy()
    needed = []
    for n, leg in enumerate(game.legs):
        common = int(np.gcd.reduce(weights[:, n])) or 1
        weights[:, n] //= common
        needed.append(-(-leg.needed // common))
    return weights, needed


def _wins(game: Game, shape: tuple[int, ...], needed: list[int]) -> Bools:
    grids = np.ogrid[tuple(slice(0, size) for size in shape)]
    met: Callable[[int], Bools] = lambda n: grids[n] >= needed[n]  # noqa: E731
    return np.ascontiguousarray(np.broadcast_to(game.passes(met), shape))


class _Halving:
    """Distributions of a game without one member of each class, for several p at once."""

    def __init__(
        self,
        classes: NDArray[np.int64],
        counts: NDArray[np.int64],
        p: Floats,
        shape: tuple[int, ...],
        wins: Bools,
    ) -> None:
        self.classes, self.counts, self.p = classes, counts, p
        self.shape, self.wins = shape, wins
        self.decisive = np.zeros((len(p), len(classes)))

    def run(self) -> tuple[Floats, Floats]:
        """The chance that a member of each class decides, and that a proposal passes."""
        start = np.zeros((len(self.p), *self.shape))
        start.reshape(len(self.p), -1)[:, 0] = 1.0  # nobody has said yes
        everybody = start
        for n, count in enumerate(self.counts):
            everybody = self._with(everybody, n, int(count))
        axes = tuple(range(1, everybody.ndim))
        passes = (everybody * self.wins).sum(axis=axes)
        self._halve(start, 0, len(self.classes))
        return self.decisive, passes

    def _halve(self, others: Floats, first: int, last: int) -> None:
        """others: the distribution of every class outside [first, last)."""
        if last - first == 1:
            without = self._with(others, first, int(self.counts[first]) - 1)
            self.decisive[:, first] = self._deciding(without, first)
            return
        middle = (first + last) // 2
        for own, rest in (((first, middle), (middle, last)), ((middle, last), (first, middle))):
            further = others
            for n in range(*rest):
                further = self._with(further, n, int(self.counts[n]))
            self._halve(further, *own)

    def _with(self, found: Floats, n: int, count: int) -> Floats:
        """The distribution with `count` members of a class more."""
        weight = tuple(int(w) for w in self.classes[n])
        yes = self.p.reshape(-1, *(1 for _ in self.shape))
        for _ in range(count):
            made = found * (1 - yes)
            to = (slice(None), *(slice(w, None) for w in weight))
            of = (slice(None), *(slice(0, s - w) for s, w in zip(self.shape, weight, strict=True)))
            made[to] += yes * found[of]
            found = made
        return found

    def _deciding(self, without: Floats, n: int) -> Floats:
        """The chance of a total that wins with a member of the class, and not without."""
        weight = tuple(int(w) for w in self.classes[n])
        to = tuple(slice(w, None) for w in weight)
        of = tuple(slice(0, s - w) for s, w in zip(self.shape, weight, strict=True))
        turned = self.wins[to] & ~self.wins[of]
        axes = tuple(range(1, without.ndim))
        return np.asarray((without[(slice(None), *of)] * turned).sum(axis=axes))
