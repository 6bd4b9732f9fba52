"""Chambers that decide together: what each can do in its own, and what is left of it in the whole.

The chambers' members are different people and decide independently, so that the chance that a member
decides for all is that of deciding in the own chamber while the others' votes let it count.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from comity.assembly.exact import Power, at, nodes_of, power
from comity.assembly.games import Game, GameFaulty, Rule, holds

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Composed:
    """Chambers by name, and the rule over them: the place of a leg is that of a chamber."""

    chambers: Mapping[str, Game]
    rule: Rule

    def __post_init__(self) -> None:
        if not self.chambers:
            raise GameFaulty("a body needs a chamber")

    @property
    def names(self) -> tuple[str, ...]:
        """The chambers, in the order of the rule's places."""
        return tuple(self.chambers)

    def let_through(self, chamber: int, passes: Floats) -> Floats:
        """The chance that a chamber's own yes decides the whole: it passes with it, and not without.

        passes: the chance of each chamber, (chambers, ...). Shape (...).
        """
        others = [n for n in range(len(self.chambers)) if n != chamber]
        chance = np.zeros(passes.shape[1:])
        for said in product((False, True), repeat=len(others)):
            yes = dict(zip(others, said, strict=True))
            with_, without = (self._decides({**yes, chamber: own}) for own in (True, False))
            if with_ and not without:
                one = np.ones(passes.shape[1:])
                for n, is_yes in yes.items():
                    one = one * (passes[n] if is_yes else 1 - passes[n])
                chance += one
        return chance

    def passes(self, chances: Floats) -> Floats:
        """The chance that the whole passes. chances: of each chamber, (chambers, ...)."""
        chance = np.zeros(chances.shape[1:])
        for said in product((False, True), repeat=len(self.chambers)):
            if self._decides(dict(enumerate(said))):
                one = np.ones(chances.shape[1:])
                for n, is_yes in enumerate(said):
                    one = one * (chances[n] if is_yes else 1 - chances[n])
                chance += one
        return chance

    def _decides(self, yes: Mapping[int, bool]) -> bool:
        return bool(holds(self.rule, lambda n: np.array(yes[n])))


def composed_power(whole: Composed, *, shapley: bool = True) -> dict[str, Power]:
    """Of each chamber, its members' power over the decision of the whole. Raises TooManyTotals."""
    alone = [power(game, shapley=False) for game in whole.chambers.values()]
    chances = np.array([[one.passes] for one in alone])
    together = float(whole.passes(chances)[0])
    several: list[Floats] = []
    if shapley:
        members = sum(len(game.members) for game in whole.chambers.values())
        p, shares = nodes_of(members)
        found = [at(game, p) for game in whole.chambers.values()]
        passing = np.array([one for _, one in found])
        several = [
            shares @ (decisive * whole.let_through(n, passing)[:, None])
            for n, (decisive, _) in enumerate(found)
        ]
    return {
        name: Power(
            game.members,
            alone[n].banzhaf * float(whole.let_through(n, chances)[0]),
            several[n] if shapley else None,
            together,
            np.zeros(len(game.members)),
        )
        for n, (name, game) in enumerate(whole.chambers.items())
    }
