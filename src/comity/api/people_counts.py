"""People under a regime, counted by the evaluator of many cases: intervals, by group, right and level.

Three numbers each: certain and possible with nothing assumed, and those under the set `ordinary`.
A level is counted as *at least*: whoever is guaranteed more is counted there too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from comity.agreement.coding.formulas import Formula
from comity.agreement.many.evaluator import Evaluated, Evaluator
from comity.agreement.many.rules import Rules
from comity.agreement.nodes import Kind
from comity.agreement.regimes import Regime
from comity.agreement.vocabulary import Vocabulary
from comity.api.counting import Count
from comity.api.engine_positions import evaluated_on
from comity.api.population_table import Groups, PopulationTables
from comity.count.engines.engine import Engine
from comity.world.assumptions import NOTHING, ORDINARY, AssumptionSet
from comity.world.conflict import DangerReading
from comity.world.population import Cell, population

Mask: TypeAlias = NDArray[np.bool_]
Key: TypeAlias = tuple[str, ...]
Asked: TypeAlias = Callable[[Rules], Sequence[Formula]]
Progress: TypeAlias = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Held:
    """Of which cells something holds: surely and possibly with nothing assumed, and as assumed."""

    surely: Mask
    possibly: Mask
    assumed: Mask


class PeopleCounts:
    """Counts the population on one day; each regime is evaluated once under each set of assumptions.

    cells: the people; without them, the population of the world's room. engine: who finds the
    positions; None: the evaluator of many cases.
    """

    def __init__(
        self,
        vocabulary: Vocabulary,
        day: date,
        reading: DangerReading,
        *,
        cells: Sequence[Cell] | None = None,
        engine: Engine | None = None,
        progress: Progress | None = None,
    ) -> None:
        self.day, self.engine = day, engine
        self.tables = PopulationTables(
            vocabulary, day, reading, population() if cells is None else cells
        )
        self._tell = progress or (lambda _what, _done, _all: None)

    def under(
        self, regime: Regime, rights: Sequence[str] | None = None, asked: Asked | None = None
    ) -> Under:
        """The people under a regime. asked: makes formulas that are told of each cell besides."""
        evaluator = Evaluator(
            regime, self.day, rights=None if rights is None else tuple(rights), asked=asked
        )
        found = []
        for number, assumptions in enumerate((NOTHING, ORDINARY)):
            self._tell(f"people under {regime.name}, {assumptions.name} assumed", number, 2)
            found.append(self._evaluated(evaluator, assumptions))
        return Under(self, evaluator, *found)

    def _evaluated(self, evaluator: Evaluator, assumptions: AssumptionSet) -> Evaluated:
        table = self.tables.table(evaluator.keys, assumptions)
        if self.engine is not None and evaluator.rights:
            return evaluated_on(self.engine, evaluator, table)
        return evaluator.evaluate(table)

    def counted(self, held: Held, groups: Sequence[Groups] = ()) -> Iterator[tuple[Key, Count]]:
        """People of whom something holds, for each combination of groups in which somebody may be."""
        sizes = [len(one.names) for one in groups]
        codes = np.zeros(len(self.tables.persons), dtype=np.int64)
        for one, size in zip(groups, sizes, strict=True):
            codes = codes * size + one.codes
        most = int(np.prod(sizes, dtype=np.int64)) if sizes else 1
        certain = _summed(codes, self.tables.counted, held.surely, most)
        possible = _summed(codes, self.tables.persons, held.possibly, most)
        assumed = _summed(codes, self.tables.counted, held.assumed, most)
        for number, key in enumerate(product(*(one.names for one in groups))):
            count = Count(int(certain[number]), int(possible[number]), int(assumed[number]))
            if count.possible or count.assumed:
                yield key, count


@dataclass(frozen=True)
class Under:
    """The people under one regime, evaluated."""

    of: PeopleCounts
    evaluator: Evaluator
    nothing: Evaluated
    ordinary: Evaluated

    @property
    def rights(self) -> tuple[str, ...]:
        """The rights that some norm bounds, in the vocabulary's order."""
        return tuple(self.nothing.rights)

    def at_least(self, right: str, rank: int) -> Held:
        """Those to whom at least a level of a right is guaranteed."""
        now, then = self.nothing.rights[right], self.ordinary.rights[right]
        return Held(now.lower >= rank, now.lower_possible >= rank, then.lower >= rank)

    def levels(self, right: str) -> tuple[int, ...]:
        """The ranks above the bottom that somebody may be guaranteed, up to which all are counted."""
        best = int(self.nothing.rights[right].lower_possible.max(initial=0))
        best = max(best, int(self.ordinary.rights[right].lower.max(initial=0)))
        return levels_to(self.evaluator, right, best)

    def asked(self, number: int) -> Held:
        """Those of whom a formula holds that was asked."""
        return Held(
            self.nothing.surely[number],
            self.nothing.possibly[number],
            self.ordinary.surely[number],
        )


@dataclass(frozen=True)
class Changed:
    """The people under two regimes, right by right."""

    old: Under
    new: Under

    def changes(self, right: str) -> Mapping[str, Held]:
        """Those to whom more is guaranteed than before, and those to whom less is."""
        found = {}
        for name, before, after in (("more", self.old, self.new), ("less", self.new, self.old)):
            one, other = before.nothing.rights[right], after.nothing.rights[right]
            first, second = before.ordinary.rights[right], after.ordinary.rights[right]
            found[name] = Held(
                other.lower > one.lower_possible,
                other.lower_possible > one.lower,
                second.lower > first.lower,
            )
        return found


def levels_to(evaluator: Evaluator, right: str, best: int) -> tuple[int, ...]:
    """The ranks of a right that are told apart, up to one: all of a scale, of many those of the text."""
    declared = evaluator.regime.vocabulary.rights[right]
    if declared.top <= _EVERY_LEVEL_UP_TO:
        return tuple(range(1, best + 1))
    fixed = evaluator.rules.ranks_named(right)
    return tuple(rank for rank in fixed if rank <= best)[:_MOST_LEVELS]


_EVERY_LEVEL_UP_TO = 12
_MOST_LEVELS = 24


def articles_of(rights: Sequence[str]) -> Asked:
    """Asks of each guarantee of some rights whether it gives something, in the regime's order."""

    def asked(rules: Rules) -> Sequence[Formula]:
        return [
            rules.gives(unit, 1)
            for right in rights
            for unit in rules.guarantees(right)
            if unit.kind is Kind.GUARANTEE
        ]

    return asked


def _summed(
    codes: NDArray[np.int64], persons: NDArray[np.int64], mask: Mask, most: int
) -> NDArray[np.int64]:
    """Persons of the cells in a mask, by code; exact, since no sum comes near to 2**53."""
    return np.bincount(codes[mask], weights=persons[mask], minlength=most).astype(np.int64)
