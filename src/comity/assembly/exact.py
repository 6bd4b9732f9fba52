"""Exact indices of power of games with one or two legs, and of chambers that decide together.

How: the distribution of the totals of a random coalition, in which each member says yes with probability
p, by dynamic programming; for each class of equal members, the distribution without one of them, by
halving the classes again and again, so that nothing is ever subtracted. A leg is followed by its yes
votes up to what it needs, or by its no votes up to what blocks it, whichever is less: all totals beyond
are one. Banzhaf is read at p = 1/2; Shapley and Shubik's index is the integral over p (Owen 1972), exact
by Gauss and Legendre where there are half as many nodes as members; with 49 nodes its sum is off by
2e-12 at 195 members. Where a leg counts heads its totals tell how many said yes, and no integral is needed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import product
from math import ceil, comb, sqrt

import numpy as np
from numpy.typing import NDArray

from comity.assembly.games import AtLeast, Bools, Game, OfLeg

Floats = NDArray[np.float64]

MOST_CELLS = 6_000_000
"""Totals that a distribution may tell apart; beyond, power is estimated by sampling."""
NODES_BY_ROOT = 3.5
"""Nodes of the integral over p for the root of the members: 49 for all States. The integrand is about
1 / root(members) wide, so this is as good for a parliament of 705."""
_MOST_HEADS = 1_000
"""Members beyond whom the chance of one coalition is less than a float holds."""
_AT_ONCE = 200_000
"""Cells of all nodes that are worked on together: few enough for the processor's cache."""


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
    """How many totals its legs tell apart together, for all that the rule can see."""
    return _Legs(game).cells


def power(game: Game, *, shapley: bool = True) -> Power:
    """The indices of a game, exact up to rounding. Raises TooManyTotals."""
    if cells_of(game) > MOST_CELLS:
        raise TooManyTotals(f"{cells_of(game):,} totals; at most {MOST_CELLS:,} are told apart")
    zeros = np.zeros(len(game.members))
    heads = _heads(game) if shapley else None
    if heads is not None:
        half = np.array([0.5])
        decisive, passes, orders = _found(_Legs(game, heads), half, _orders(game, heads))
        return Power(game.members, decisive[0], orders[0], float(passes[0]), zeros)
    decisive, passes = at(game, np.array([0.5]))
    index = None
    if shapley:
        nodes, shares = nodes_of(len(game.members))
        several, _ = at(game, nodes)
        index = shares @ several
    return Power(game.members, decisive[0], index, float(passes[0]), zeros)


def nodes_of(members: int) -> tuple[Floats, Floats]:
    """Values of p in (0, 1) and their shares of the integral. Exact for 2 * nodes - 1 members."""
    several = min(ceil(NODES_BY_ROOT * sqrt(members)), (members + 1) // 2)
    x, share = np.polynomial.legendre.leggauss(several)
    return (x + 1) / 2, share / 2


def at(game: Game, p: Floats) -> tuple[Floats, Floats]:
    """The chance that each member decides, (p, members), and that a proposal passes, (p,)."""
    decisive, passes, _ = _found(_Legs(game), p, None)
    return decisive, passes


def _found(legs: _Legs, p: Floats, orders: Floats | None) -> tuple[Floats, Floats, Floats]:
    """The chances at p, and the sums of those of deciding times `orders`, of each total's shape."""
    classes, of, counts = np.unique(legs.weights, axis=0, return_inverse=True, return_counts=True)
    order = np.argsort(-counts, kind="stable")
    place = np.argsort(order)[of.ravel()]
    at_once = max(1, _AT_ONCE // legs.cells)
    decisive, ordered = (np.empty((len(p), len(classes))) for _ in range(2))
    passes = np.empty(len(p))
    for first in range(0, len(p), at_once):
        some = slice(first, min(first + at_once, len(p)))
        halving = _Halving(legs, classes[order], counts[order], p[some], orders)
        halving.run()
        decisive[some], passes[some] = halving.decisive, halving.passes
        ordered[some] = halving.ordered
    return decisive[:, place], passes, ordered[:, place]


def _heads(game: Game) -> int | None:
    """A leg that counts heads and has to be met: its totals tell how many said yes; None if none."""
    rule = game.stated
    parts = rule.parts if isinstance(rule, AtLeast) and rule.k == len(rule.parts) else (rule,)
    if len(game.members) > _MOST_HEADS:
        return None
    for part in parts:
        if isinstance(part, OfLeg):
            weights = game.legs[part.leg].weights
            if min(weights) == max(weights) > 0:
                return part.leg
    return None


def _orders(game: Game, heads: int) -> Floats:
    """What a coalition of each number of no votes of others counts in Shapley and Shubik's index.

    Of n members, those with j others against stand in j! (n - 1 - j)! of n! orders.
    """
    n = len(game.members)
    legs = _Legs(game, heads)
    counted = [
        float(Fraction(2 ** (n - 1), n * comb(n - 1, j))) if j < n else 0.0
        for j in range(legs.shape[heads])
    ]
    return np.array(counted).reshape([-1 if k == heads else 1 for k in range(len(legs.shape))])


class _Legs:
    """What has to be told apart of a game's totals: of each leg, those short of its limit.

    by_no: of each leg, whether its no votes are followed. limits: the total from which more changes
    nothing: it is met by that many yes votes, or blocked by that many no votes. heads: a leg whose no
    votes are followed in any case.
    """

    def __init__(self, game: Game, heads: int | None = None) -> None:
        self.game = game
        self.weights = game.weights.copy()
        self.by_no: list[bool] = []
        self.limits: list[int] = []
        for n, leg in enumerate(game.legs):
            common = int(np.gcd.reduce(self.weights[:, n])) or 1
            self.weights[:, n] //= common
            needed = max(0, -(-leg.needed // common))
            blocking = max(0, int(self.weights[:, n].sum()) - needed + 1)
            self.by_no.append(blocking < needed or n == heads)
            self.limits.append(blocking if self.by_no[-1] else needed)
        self.shape = tuple(limit + 1 for limit in self.limits)

    @property
    def cells(self) -> int:
        """How many totals are told apart on all legs together."""
        found = 1
        for size in self.shape:
            found *= size
        return found

    @cached_property
    def _grids(self) -> tuple[NDArray[np.int64], ...]:
        return tuple(np.ogrid[tuple(slice(0, size) for size in self.shape)])

    def wins(self, weight: NDArray[np.int64], *, yes: bool) -> Bools:
        """Whether the rule holds at each total of the others, with a member who says so."""

        def met(n: int) -> Bools:
            moved = self._grids[n] + (int(weight[n]) if yes != self.by_no[n] else 0)
            reached = moved >= self.limits[n]
            return np.asarray(~reached if self.by_no[n] else reached)

        return np.broadcast_to(self.game.passes(met), self.shape)

    def move(self, weight: NDArray[np.int64], *, yes: bool) -> tuple[int, ...]:
        """How far a member's vote moves each leg's total."""
        return tuple(int(w) if yes != no else 0 for w, no in zip(weight, self.by_no, strict=True))


class _Halving:
    """Distributions of a game without one member of each class, for several p at once."""

    def __init__(
        self,
        legs: _Legs,
        classes: NDArray[np.int64],
        counts: NDArray[np.int64],
        p: Floats,
        orders: Floats | None,
    ) -> None:
        self.legs, self.classes, self.counts, self.p = legs, classes, counts, p
        self.decisive, self.ordered = (np.zeros((len(p), len(classes))) for _ in range(2))
        self.orders = orders
        self.passes = np.zeros(len(p))
        self._kept: dict[int, Floats] = {}
        self._moved, self._stays = (np.empty((len(p), *legs.shape)) for _ in range(2))

    def run(self) -> None:
        """Finds the chance that a member of each class decides, and that a proposal passes."""
        self._halve(None, 0, len(self.classes), 0)

    def _halve(self, others: Floats | None, first: int, last: int, depth: int) -> None:
        """others: the distribution of every class outside [first, last); None if there is none.

        Large classes are split off first, so that they are seldom added to others again.
        """
        if last - first == 1:
            own_others = others if others is None else self._copy(others, depth)
            self._read(self._with(own_others, first, int(self.counts[first]) - 1), first)
            return
        before = np.cumsum(self.counts[first:last])
        middle = first + 1 + int(np.searchsorted(before[:-1], before[-1] / 2))
        middle = min(middle, last - 1)
        for own, rest in (((first, middle), (middle, last)), ((middle, last), (first, middle))):
            further = others if others is None else self._copy(others, depth)
            for n in range(*rest):
                further = self._with(further, n, int(self.counts[n]))
            self._halve(further, *own, depth + 1)

    def _copy(self, others: Floats, depth: int) -> Floats:
        """A copy in the place that is kept for its depth: fresh memory costs more than the sums."""
        if depth not in self._kept:
            self._kept[depth] = np.empty_like(others)
        self._kept[depth][...] = others
        return self._kept[depth]

    def _with(self, found: Floats | None, n: int, count: int) -> Floats:
        """The distribution with `count` members of a class more, in the place of the one before."""
        if found is None:
            return self._alone(n, count)
        by_yes, by_no = (self.legs.move(self.classes[n], yes=yes) for yes in (True, False))
        yes = self.p.reshape(-1, *(1 for _ in self.legs.shape))
        for _ in range(count):
            np.multiply(found, yes, out=self._moved)
            found *= 1 - yes
            if any(by_no):
                self._stays[...] = found
                found[...] = 0.0
                _add(found, self._stays, by_no)
            _add(found, self._moved, by_yes)
        return found

    def _alone(self, n: int, count: int) -> Floats:
        """The distribution of `count` members of one class and nobody else: a binomial's."""
        found = np.zeros((len(self.p), *self.legs.shape))
        said = np.arange(count + 1)
        yes = self.p[:, None]
        chances = np.zeros((len(self.p), count + 1))
        chances[:, 0] = 1.0
        for m in range(1, count + 1):
            chances[:, 1 : m + 1] = chances[:, 1 : m + 1] * (1 - yes) + chances[:, :m] * yes
            chances[:, 0] *= 1 - self.p
        place = tuple(
            np.minimum((count - said if no else said) * int(w), limit)
            for w, no, limit in zip(self.classes[n], self.legs.by_no, self.legs.limits, strict=True)
        )
        for row, chance in zip(found, chances, strict=True):
            np.add.at(row, place, chance)
        return found

    def _read(self, without: Floats, n: int) -> None:
        """Takes what the distribution without one member of a class says."""
        flat = without.reshape(len(self.p), -1)
        with_ = self.legs.wins(self.classes[n], yes=True)
        against = self.legs.wins(self.classes[n], yes=False)
        turned = (with_ & ~against).astype(np.float64)
        self.decisive[:, n] = flat @ turned.ravel()
        if self.orders is not None:
            self.ordered[:, n] = flat @ (turned * self.orders).ravel()
        if n == 0:
            always = flat @ against.ravel().astype(np.float64)
            self.passes = always + self.p * self.decisive[:, n]


def _add(made: Floats, part: Floats, move: tuple[int, ...]) -> None:
    """Adds a part moved along each leg; what passes the last total stays on it."""
    for to, of, over in _blocks(made.shape[1:], move):
        block = part[(slice(None), *of)]
        if over:
            block = block.sum(axis=over, keepdims=True)
        made[(slice(None), *to)] += block


def _blocks(
    shape: tuple[int, ...], move: tuple[int, ...]
) -> Iterator[tuple[tuple[slice, ...], tuple[slice, ...], tuple[int, ...]]]:
    """Where each block of totals goes, whence it comes, and the axes on which it is summed."""
    ways = []
    for size, far in zip(shape, move, strict=True):
        way = [(slice(far, None), slice(0, size - far), False)] if far < size else []
        if far:
            way.append((slice(size - 1, size), slice(max(0, size - far), size), True))
        ways.append(way)
    for chosen in product(*ways):
        yield (
            tuple(to for to, _, _ in chosen),
            tuple(of for _, of, _ in chosen),
            tuple(n + 1 for n, (_, _, ends) in enumerate(chosen) if ends),
        )
