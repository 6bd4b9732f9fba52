"""Real people under a regime: each distinct record is evaluated once, by the reference evaluator.

A first version, for the dossier; the reader `count` takes its place when it comes. A count is an
interval (certain, possible) with nothing assumed, and a number under one named set of assumptions.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass

from comity.agreement.cases import Case
from comity.agreement.conditions import AllOf, Condition, Guaranteed, Not
from comity.agreement.positions import Bounds
from comity.agreement.regimes import Regime
from comity.agreement.values import Truth
from comity.agreement.vocabulary import LevelType, Vocabulary
from comity.api.likeness import Facts, Likeness
from comity.api.records import Records
from comity.explain.evaluate import Evaluation
from comity.world.assumptions import NOTHING, ORDINARY, AssumptionSet
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
    """Evaluates cells under one regime, each distinct record once (see `likeness`)."""

    def __init__(self, regime: Regime, records: Records) -> None:
        self.regime = regime
        self.records = records
        self.day = records.day
        self.properties = properties_of(regime.vocabulary)
        self._standings: dict[Hashable, Standing] = {}
        self._signatures: dict[Hashable, Hashable] = {}
        self._likeness = Likeness(records, regime.library)
        self._of_cell: dict[tuple[int, str], Standing] = {}

    @property
    def distinct(self) -> int:
        """Records that were evaluated."""
        return len(self._standings)

    def standing(self, cell: Cell, assumptions: AssumptionSet) -> Standing:
        """What the regime gives the people of a cell."""
        asked = (id(cell), assumptions.name)
        if asked not in self._of_cell:
            facts = self.records.facts(cell, assumptions)
            signature = self.signature(facts, cell.host, assumptions)
            if signature not in self._standings:
                self._standings[signature] = self._evaluate(self.records.case(facts, assumptions))
            self._of_cell[asked] = self._standings[signature]
        return self._of_cell[asked]

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

    def _evaluate(self, case: Case) -> Standing:
        evaluation = Evaluation(self.regime, case)
        truths = {name: evaluation.truth(c) for name, c in self.properties.items()}
        bounds = {name: evaluation.bounds(name) for name in self.regime.vocabulary.rights}
        surely = any(b.lower > 0 for b in bounds.values())
        perhaps = any(b.lower_possible > 0 for b in bounds.values())
        truths["nothing_guaranteed"] = (
            Truth.FALSE if surely else Truth.UNKNOWN if perhaps else Truth.TRUE
        )
        bound = [evaluation.bound(f"{i.id}/") for i in self.regime.instruments]
        truths["host_bound"] = max(bound, default=Truth.FALSE)
        return Standing(truths, bounds)


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
    held: dict[Hashable, list[Cell]] = {}
    for cell in cells:
        if cell.is_certain and tally.standing(cell, ORDINARY).properties[prop] is Truth.TRUE:
            facts = tally.records.facts(cell, ORDINARY)
            held.setdefault(tally.signature(facts, cell.host, ORDINARY), []).append(cell)
    found = []
    for dropped in (*ORDINARY.assumptions, None):
        weaker = ORDINARY.without(dropped)
        persons = 0
        for alike in held.values():
            if not _still_holds(tally, alike[0], weaker, prop):
                persons += sum(cell.persons for cell in alike)
        sentence = dropped.sentence if dropped is not None else ORDINARY.rest
        found.append(Hanging(sentence, persons))
    return tuple(sorted(found, key=lambda one: -one.persons))


def _still_holds(tally: Tally, cell: Cell, weaker: AssumptionSet, prop: str) -> bool:
    records = tally.records
    facts = records.facts(cell, weaker)
    if facts == records.facts(cell, ORDINARY) and weaker.rest == ORDINARY.rest:
        return True
    evaluation = Evaluation(tally.regime, records.case(facts, weaker))
    return evaluation.truth(tally.properties[prop]) is Truth.TRUE
