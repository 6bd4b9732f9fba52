"""Panels dealt out together: everybody's number of panels is fixed first, then places are exchanged.

Seats are dealt out like cards, sorted, one panel after the other, so that each type has exactly its
number of seats over all panels. Two panels then exchange two people, again and again, until each keeps
the quotas. An exchange changes nobody's number of panels, so that what was fair stays so.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from comity.assembly.panels import Floats, Ints, Seating

Small = NDArray[np.float32]

SEED = 20_021_201
TRIES = 60
"""Panels that one panel may be compared with, on average, before dealing is given up."""
TURNS = 12
"""Exchanges from one comparison of panels."""
BARRED = np.float32(1e6)


def dealt(
    seating: Seating, totals: Ints, panels: int, told: Callable[[int, int], None]
) -> tuple[Ints, NDArray[np.bool_]]:
    """Panels as (panels, seats) types, and which of them keep the quotas, (panels,).

    totals: seats of each type over all panels, (types,), summing to panels x seats, none more than
    the type has people on every panel. told: panels that keep the quotas, of all. The same every time.
    """
    table = _Table(seating, totals, panels)
    rng = np.random.default_rng(SEED)
    budget = TRIES * panels
    while table.off.any() and budget > 0:
        budget -= table.exchange(rng)
        told(panels - int(np.count_nonzero(table.off)), panels)
    kept = np.array([seating.keeps(one) for one in table.seated])
    return table.places, kept


class _Table:
    """Who sits where, how far each panel is from its quotas, and exchanges that bring it nearer."""

    def __init__(self, seating: Seating, totals: Ints, panels: int) -> None:
        self.seating = seating
        self.of_type: Small = seating.member.T.astype(np.float32)
        order = np.lexsort(seating.member[::-1])
        flat = np.repeat(order, totals[order])
        self.places: Ints = flat.reshape(seating.seats, panels).T.copy()
        self.seated: Ints = np.zeros((panels, seating.types), dtype=np.int64)
        np.add.at(self.seated, (np.arange(panels)[:, None], self.places), 1)
        self.reached: Small = (self.seated @ seating.member.T).astype(np.float32)
        together = seating.member @ totals
        # A quota that is used up over all panels must be met exactly by each: a panel below it,
        # though it keeps it, would leave another panel above.
        exact = together == seating.most * panels
        self.low: Small = np.where(exact, seating.most, seating.least).astype(np.float32)
        exact = together == seating.least * panels
        self.high: Small = np.where(exact, seating.least, seating.most).astype(np.float32)
        self.off: Small = self._off(self.reached).sum(axis=1)

    def _off(self, reached: Small) -> Small:
        below, above = np.maximum(self.low - reached, 0), np.maximum(reached - self.high, 0)
        return np.asarray(below + above)

    def exchange(self, rng: np.random.Generator) -> int:
        """One panel that is off its quotas against some others. Returns how many it was held to."""
        bad = np.flatnonzero(self.off)
        one = int(bad[rng.integers(len(bad))])
        others = self._partners(one, rng)
        turns = 0
        for _ in range(TURNS):
            change = self._changes(one, others)
            best = change.min()
            turns += len(others)
            if best > 0:
                break
            picks = np.flatnonzero(change.ravel() == best)
            pick = int(picks[rng.integers(len(picks))])
            seats = self.seating.seats
            which, rest = divmod(pick, seats * seats)
            self._swap(one, rest // seats, int(others[which]), rest % seats)
            # a change that costs nothing is a step aside: then another panel is looked at
            if best == 0 or self.off[one] == 0:
                break
        return turns

    def _partners(self, one: int, rng: np.random.Generator) -> Ints:
        """Panels that with this one come nearest to what two panels must have."""
        panels = len(self.places)
        both = self.reached + self.reached[one]
        far = np.maximum(both - 2 * self.high, 0) + np.maximum(2 * self.low - both, 0)
        score = far.sum(axis=1) + 0.9 * rng.random(panels) - 0.2 * np.minimum(self.off, 5)
        score[one] = np.inf
        off = float(self.off.sum())
        width = min(2 if off > 4 * panels else 4 if off > panels else 8, panels - 1)
        return np.argpartition(score, width - 1)[:width] if width else np.zeros(0, dtype=np.int64)

    def _changes(self, one: int, others: Ints) -> Small:
        """By how much the distance changes, (others, seats of the one, seats of the other)."""
        if not len(others):
            return np.full((1, 1, 1), BARRED, dtype=np.float32)
        here, there = self.reached[one], self.reached[others]
        now, then = self._off(here), self._off(there)
        leaves = self._off(here - 1) - now + self._off(there + 1) - then
        comes = self._off(here + 1) - now + self._off(there - 1) - then
        mine, theirs = self.places[one], self.places[others]
        my, their = self.of_type[mine], self.of_type[theirs]
        change = (
            (leaves @ my.T)[:, :, None]
            + np.matmul(their, comes[:, :, None])[:, None, :, 0]
            # who has the same value as who comes leaves the count of that value as it was
            - np.matmul(my[None] * (leaves + comes)[:, None, :], their.transpose(0, 2, 1))
        )
        sizes = self.seating.sizes
        full_there = self.seated[others][:, mine] >= sizes[mine]
        full_here = self.seated[one][theirs] >= sizes[theirs]
        same = mine[None, :, None] == theirs[:, None, :]
        barred = (full_there[:, :, None] | full_here[:, None, :]) | same
        return np.asarray(np.where(barred, BARRED, change))

    def _swap(self, one: int, at: int, other: int, where: int) -> None:
        mine, theirs = int(self.places[one, at]), int(self.places[other, where])
        self.places[one, at], self.places[other, where] = theirs, mine
        moved = self.of_type[theirs] - self.of_type[mine]
        for panel, left, come, sign in ((one, mine, theirs, 1), (other, theirs, mine, -1)):
            self.seated[panel, left] -= 1
            self.seated[panel, come] += 1
            self.reached[panel] += sign * moved
            self.off[panel] = self._off(self.reached[panel]).sum()


def chances(panels: Ints, sizes: Ints) -> Floats:
    """Probability of one person of each type over panels that are equally likely, (types,)."""
    seats = np.bincount(panels.ravel(), minlength=len(sizes))
    return np.asarray(seats / (len(panels) * sizes))
