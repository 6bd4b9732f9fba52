"""Real people under a regime, for the dossier: properties and positions of the cells of the population.

A count is an interval (certain, possible) with nothing assumed, and a number under one named set of
assumptions. The tests hold each standing to the reference evaluator's.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from comity.agreement.coding.formulas import some_of
from comity.agreement.conditions import AllOf, Condition, Guaranteed, Not
from comity.agreement.many.evaluator import Evaluated, Evaluator
from comity.agreement.positions import Bounds
from comity.agreement.regimes import Regime
from comity.agreement.values import Truth
from comity.agreement.vocabulary import LevelType, Vocabulary
from comity.api.likeness import Facts, Likeness
from comity.api.records import Records
from comity.api.tables_of_cells import table_of_cells
from comity.world.assumptions import NOTHING, ORDINARY, AssumptionSet
from comity.world.conflict import DangerReading
from comity.world.population import Cell

STEPS_OF = ("stay", "shield", "work", "family", "remedy", "health", "tenure", "movement")
"""Rights whose discretion the dossier averages over people."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What one distinct record gives under a regime: truths of the properties, bounds of rights."""

    properties: Mapping[str, Truth]
    bounds: Mapping[str, Bounds]


@dataclass(frozen=True, slots=True)
class Count:
    """Persons: certain and possible with nothing assumed, and under the set `ordinary`."""

    certain: int = 0
    possible: int = 0
    assumed: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(
            self.certain + other.certain,
            self.possible + other.possible,
            self.assumed + other.assumed,
        )


def assumptions_in_words(reading: DangerReading) -> str:
    """The set of assumptions under which the third number stands, and how conflict data are read."""
    return (
        f"{ORDINARY.name}: {ORDINARY.sentence} {ORDINARY.rest} Of conflict data: {reading.meaning}."
    )


def properties_of(vocabulary: Vocabulary) -> Mapping[str, Condition]:
    """The properties that the dossier counts, in the law's own terms.

    protected: removal to the destination is barred. unprotected_status: so, and no status that lasts
    (at least `temporary`) is guaranteed. lasting: a status that lasts is guaranteed.
    """
    barred = Guaranteed("shield", _rank(vocabulary, "shield", "not_there"))
    lasting = Guaranteed("stay", _rank(vocabulary, "stay", "temporary"))
    return {
        "protected": barred,
        "protected_without_status": AllOf((barred, Not(lasting))),
        "lasting": lasting,
    }


def _rank(vocabulary: Vocabulary, right: str, level: str) -> int:
    kind = vocabulary.rights[right].type
    assert isinstance(kind, LevelType)
    return kind.scale.rank(level)


class Tally:
    """The people of cells under one regime, evaluated many at a time.

    Cells of one signature are told apart by nothing that the regime asks (see `likeness`).
    """

    def __init__(self, regime: Regime, records: Records) -> None:
        self.regime, self.records, self.day = regime, records, records.day
        self.properties = properties_of(regime.vocabulary)
        self.evaluator = Evaluator(
            regime,
            self.day,
            conditions=tuple(self.properties.values()),
            asked=lambda rules: [some_of(rules.bound(f"{i.id}/") for i in regime.instruments)],
        )
        self._signatures: dict[Hashable, Hashable] = {}
        self._likeness = Likeness(records, regime.library)
        self._of_cell: dict[tuple[int, str], Standing] = {}
        self._standings: dict[bytes, Standing] = {}
        self._cells: list[Cell] = []

    def standing(self, cell: Cell, assumptions: AssumptionSet) -> Standing:
        """What the regime gives the people of a cell."""
        asked = (id(cell), assumptions.name)
        if asked not in self._of_cell:
            self.learn((cell,), assumptions)
        return self._of_cell[asked]

    def learn(self, cells: Sequence[Cell], assumptions: AssumptionSet) -> None:
        """Evaluates cells together: a thousand times as fast as one by one."""
        new = [cell for cell in cells if (id(cell), assumptions.name) not in self._of_cell]
        if not new:
            return
        self._cells += new  # kept, so that their ids stay their own
        table = table_of_cells(self.records, new, self.evaluator.keys, assumptions)
        found = self.evaluator.evaluate(table)
        rows = _rows(found)
        for number, cell in enumerate(new):
            print_ = rows[number].tobytes()
            if print_ not in self._standings:
                self._standings[print_] = self._standing(found, number)
            self._of_cell[id(cell), assumptions.name] = self._standings[print_]

    def _standing(self, found: Evaluated, row: int) -> Standing:
        bounds = {
            right: Bounds(
                int(one.lower[row]),
                int(one.lower_possible[row]),
                int(one.upper[row]),
                int(one.upper_possible[row]),
            )
            for right, one in found.rights.items()
        }
        for right, declared in self.regime.vocabulary.rights.items():
            bounds.setdefault(right, Bounds(0, 0, declared.top, declared.top))
        truths = [
            Truth.TRUE if surely[row] else Truth(int(possibly[row]))
            for surely, possibly in zip(found.surely, found.possibly, strict=True)
        ]
        properties = dict(zip((*self.properties, "host_bound"), truths, strict=True))
        surely = any(one.lower > 0 for one in bounds.values())
        perhaps = any(one.lower_possible > 0 for one in bounds.values())
        properties["nothing_guaranteed"] = (
            Truth.FALSE if surely else Truth.UNKNOWN if perhaps else Truth.TRUE
        )
        return Standing(properties, bounds)

    def signature(self, facts: Facts, host: str, assumptions: AssumptionSet) -> Hashable:
        """What tells a record from others for this regime."""
        asked = (facts, assumptions.name)
        if asked not in self._signatures:
            self._signatures[asked] = (
                self._likeness.signature(
                    self._likeness.asked(self.regime),
                    host,
                    self._likeness.countries(facts, assumptions),
                ),
                tuple((k, v) for k, v in facts if not self.records.is_country(k)),
                assumptions.name,
            )
        return self._signatures[asked]


def _rows(found: Evaluated) -> NDArray[np.uint32]:
    """All that was found of each record, a row a record."""
    columns = [
        one
        for p in found.rights.values()
        for one in (p.lower, p.lower_possible, p.upper, p.upper_possible)
    ]
    columns += [*found.surely, *found.possibly]
    return np.stack([column.astype(np.uint32) for column in columns], axis=1)


def count(
    tally: Tally,
    cells: Sequence[Cell],
    key: Callable[[Cell], str],
    prop: str,
    progress: Callable[[int], None] | None = None,
) -> dict[str, Count]:
    """Persons of whom a property holds, by a key of the cell.

    certain: surely present, counted once, and the property certain. possible: the property is not
    excluded. assumed: present as far as the set says, and certain under the set `ordinary`.
    """
    found: dict[str, Count] = {}
    for assumptions in (NOTHING, ORDINARY):
        tally.learn(cells, assumptions)
    for number, cell in enumerate(cells):
        truth = tally.standing(cell, NOTHING).properties[prop]
        assumed = tally.standing(cell, ORDINARY).properties[prop]
        counted = cell.is_certain
        one = Count(
            cell.persons if counted and truth is Truth.TRUE else 0,
            cell.persons if truth is not Truth.FALSE else 0,
            cell.persons if counted and assumed is Truth.TRUE else 0,
        )
        name = key(cell)
        found[name] = found.get(name, Count()) + one
        if progress is not None and number % 1000 == 0:
            progress(number)
    return found


@dataclass(frozen=True, slots=True)
class Hanging:
    """People of the assumed number who would leave it if one assumption were dropped."""

    sentence: str
    persons: int


def hanging(tally: Tally, cells: Sequence[Cell], prop: str) -> tuple[Hanging, ...]:
    """For each assumption of the set `ordinary`, the people who hang on it, most first.

    Each distinct record of which the property is certain under the set is evaluated again with one
    assumption left out. Assumptions may carry the same people, so the numbers do not add up.
    """
    tally.learn(cells, ORDINARY)
    held: dict[Hashable, list[Cell]] = {}
    for cell in cells:
        if cell.is_certain and tally.standing(cell, ORDINARY).properties[prop] is Truth.TRUE:
            facts = tally.records.facts(cell, ORDINARY)
            held.setdefault(tally.signature(facts, cell.host, ORDINARY), []).append(cell)
    first = [alike[0] for alike in held.values()]
    found = []
    for dropped in (*ORDINARY.assumptions, None):
        weaker = ORDINARY.without(dropped)
        tally.learn(first, weaker)
        persons = sum(
            cell.persons
            for alike in held.values()
            if tally.standing(alike[0], weaker).properties[prop] is not Truth.TRUE
            for cell in alike
        )
        sentence = dropped.sentence if dropped is not None else ORDINARY.rest
        found.append(Hanging(sentence, persons))
    return tuple(sorted(found, key=lambda one: -one.persons))
