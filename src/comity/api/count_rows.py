"""The rows of one question about people: by group, right, level, article, or change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from comity.agreement.many.rules import Rules
from comity.agreement.regimes import Regime
from comity.api.count_questions import Asked
from comity.api.counting import Count
from comity.api.people_counts import Changed, Held, PeopleCounts, articles_of
from comity.api.population_table import OF_CELLS
from comity.api.regimes import Read, read_regime
from comity.api.where import failing_formula
from comity.language.properties import read_property

Key: TypeAlias = tuple[str, ...]

OF_RIGHTS = ("right", "level", "article")
"""Fields of what is counted, not of the record."""


def everybody(counts: PeopleCounts) -> Held:
    """All cells."""
    every = np.ones(len(counts.tables.cells), dtype=np.bool_)
    return Held(every, every, every)


@dataclass
class Counting:
    """The rows of one question. fields: of each row, in order. means: what a row counts."""

    read: Read
    asked: Asked
    counts: PeopleCounts

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields of a row: of a property none of rights, of a comparison the change too."""
        if self.asked.where:
            return tuple(name for name in self.asked.by if name in OF_CELLS)
        if self.asked.against:
            kept = tuple(name for name in self.asked.by if name not in ("level", "article"))
            return (*kept, *(() if "right" in kept else ("right",)), "change")
        named = self.asked.by
        of_rights = self.asked.rights or not {"level", "article"}.isdisjoint(named)
        is_right_missing = "right" not in named and bool(of_rights)
        return ("right", *named) if is_right_missing else named

    @property
    def means(self) -> str:
        """What a row counts."""
        if self.asked.where:
            return f"people for whom `{self.asked.where}` fails"
        if self.asked.against:
            return (
                f"people to whom {self.read.regime.name} guarantees more, or less, than "
                f"{self.asked.against}"
            )
        if "article" in self.fields:
            return "people for whom the norm guarantees the right: nothing prevails over it"
        if "level" in self.fields:
            return "people to whom at least this level is guaranteed"
        if "right" in self.fields:
            return "people to whom something of the right is guaranteed"
        return "people of the population"

    def rows(self) -> Iterator[tuple[Key, Count]]:
        """Each combination of fields in which somebody may be."""
        if self.asked.where:
            yield from self._grouped((), self._failing())
        elif self.asked.against:
            yield from self._changes()
        elif not set(OF_RIGHTS).isdisjoint(self.fields):
            yield from self._of_rights()
        else:
            yield from self._grouped((), everybody(self.counts))

    def _grouped(self, fixed: Sequence[tuple[str, str]], held: Held) -> Iterator[tuple[Key, Count]]:
        """People by the fields of their records, and what is fixed."""
        of_cells = [name for name in self.fields if name in OF_CELLS]
        groups = [self.counts.tables.groups(name) for name in of_cells]
        known = dict(fixed)
        for key, found in self.counts.counted(held, groups):
            named = {**known, **dict(zip(of_cells, key, strict=True))}
            yield tuple(named[name] for name in self.fields), found

    def _failing(self) -> Held:
        ids = [i.id for i in self.read.regime.instruments]
        proof = read_property(self.asked.where, self.read.library, ids)
        under = self.counts.under(
            self.read.regime, (), lambda rules: [failing_formula(rules, proof)]
        )
        return under.asked(0)

    def _of_rights(self) -> Iterator[tuple[Key, Count]]:
        rights = self.asked.rights or None
        if "article" in self.fields:
            yield from self._of_articles()
            return
        under = self.counts.under(self.read.regime, rights)
        for right in under.rights:
            declared = self.read.regime.vocabulary.rights[right]
            ranks = under.levels(right) if "level" in self.fields else (1,)
            for rank in ranks:
                fixed = [("right", right), ("level", declared.name_of(rank))]
                yield from self._grouped(fixed, under.at_least(right, rank))

    def _of_articles(self) -> Iterator[tuple[Key, Count]]:
        regime = self.read.regime
        rights = self.asked.rights or tuple(r for r, units in regime.units.items() if units)
        under = self.counts.under(regime, (), articles_of(rights))
        rules: Rules = under.evaluator.rules
        units = [unit for right in rights for unit in rules.guarantees(right)]
        for number, unit in enumerate(units):
            declared = regime.vocabulary.rights[unit.right]
            rank = rules.rank(unit.level, declared)
            level = declared.name_of(rank) if rank else "as a fact says"
            fixed = [("right", unit.right), ("article", unit.node), ("level", level)]
            yield from self._grouped(fixed, under.asked(number))

    def _changes(self) -> Iterator[tuple[Key, Count]]:
        other: Regime = read_regime(self.asked.against, readings=self.asked.readings).regime
        regimes = (other, self.read.regime)
        rights = self.asked.rights or tuple(
            dict.fromkeys(r for regime in regimes for r, units in regime.units.items() if units)
        )
        changed = Changed(*(self.counts.under(regime, rights) for regime in regimes))
        for right in rights:
            for name, held in changed.changes(right).items():
                yield from self._grouped([("right", right), ("change", name)], held)
