"""Power by sampling, for rules whose totals are too many to tell apart: three legs at real scale.

Every sampled coalition serves every member. Where a rule asks for much, plain coalitions never pass:
members then say yes with a higher probability and each coalition counts by its likelihood ratio.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from comity.assembly.exact import Power
from comity.assembly.games import Bools, Game

Floats = NDArray[np.float64]

DRAWS = 400_000
SEED = 20_021_201
BATCH = 4_000


def sampled(game: Game, *, draws: int = DRAWS, seed: int = SEED, shapley: bool = True) -> Power:
    """The indices of a game with one standard error each. draws: coalitions; the same for each index.

    The seed is printed by whoever shows the figures, so that anyone can draw the same again.
    """
    rng = np.random.default_rng(seed)
    lean = _leaning(game)
    banzhaf = _Mean(len(game.members))
    passing = _Mean(1)
    while banzhaf.count < draws:
        size = min(BATCH, draws - banzhaf.count)
        yes = rng.random((size, len(game.members))) < lean
        ratio = _ratio(yes, lean)
        turned, wins = _decisive(game, yes)
        banzhaf.add(turned * ratio[:, None])
        passing.add((wins * ratio)[:, None])
    index, index_error = _shapley(game, draws, rng) if shapley else (None, None)
    return Power(
        game.members,
        banzhaf.mean,
        index,
        float(passing.mean[0]),
        banzhaf.error,
        index_error,
        float(passing.error[0]),
    )


def _leaning(game: Game) -> float:
    """The probability of a yes under which about half of the coalitions pass; 1/2 for easy rules."""
    low, high = 0.5, 1.0
    rng = np.random.default_rng(SEED)
    if _share(game, 0.5, rng) > 0.02:
        return 0.5
    for _ in range(20):
        middle = (low + high) / 2
        low, high = (low, middle) if _share(game, middle, rng) > 0.5 else (middle, high)
    return (low + high) / 2


def _share(game: Game, p: float, rng: np.random.Generator) -> float:
    yes = rng.random((2_000, len(game.members))) < p
    return float(_wins(game, yes).mean())


def _ratio(yes: Bools, lean: float) -> Floats:
    """How much likelier each coalition is when everybody decides by a fair coin."""
    said = yes.sum(axis=1)
    members = yes.shape[1]
    return np.asarray(
        np.exp(said * math.log(0.5 / lean) + (members - said) * math.log(0.5 / (1 - lean)))
    )


def _wins(game: Game, yes: Bools) -> Bools:
    totals = yes.astype(np.float64) @ game.weights.astype(np.float64)
    return game.passes(lambda n: game.legs[n].met(totals[:, n]))


def _decisive(game: Game, yes: Bools) -> tuple[Bools, Bools]:
    """Of each coalition and member, whether the member's vote decides; and whether it passes.

    Totals are sums of whole numbers below 2**53, which floats hold exactly.
    """
    weights = game.weights.astype(np.float64)
    totals = yes.astype(np.float64) @ weights
    over = [totals[:, n, None] - game.legs[n].needed for n in range(len(game.legs))]
    without = game.passes(lambda n: over[n] >= np.where(yes, weights[:, n], 0.0))
    with_ = game.passes(lambda n: over[n] >= np.where(yes, 0.0, -weights[:, n]))
    wins = game.passes(lambda n: over[n][:, 0] >= 0)
    return with_ & ~without, wins


def _shapley(game: Game, draws: int, rng: np.random.Generator) -> tuple[Floats, Floats]:
    """Owen's integral with p drawn from equal strata, one in each of a batch."""
    mean = _Mean(len(game.members))
    while mean.count < draws:
        size = min(BATCH, draws - mean.count)
        p = (np.arange(size) + rng.random(size)) / size
        turned, _ = _decisive(game, rng.random((size, len(game.members))) < p[:, None])
        mean.add(turned.astype(np.float64))
    return mean.mean, mean.error


class _Mean:
    """A running mean with its standard error, of several numbers at once."""

    def __init__(self, size: int) -> None:
        self.count = 0
        self._sum = np.zeros(size)
        self._squares = np.zeros(size)

    def add(self, several: Floats) -> None:
        """Takes rows of numbers, (draws, size)."""
        self.count += len(several)
        self._sum += several.sum(axis=0)
        self._squares += (several * several).sum(axis=0)

    @property
    def mean(self) -> Floats:
        """The mean of each number."""
        return self._sum / self.count

    @property
    def error(self) -> Floats:
        """One standard error of each mean."""
        spread = np.maximum(0.0, self._squares / self.count - self.mean**2)
        return np.sqrt(spread / max(1, self.count - 1))
