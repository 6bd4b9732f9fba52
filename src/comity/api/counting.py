"""Real people under a regime: each distinct record is evaluated once, by the reference evaluator.

A first version, for the dossier; the reader `count` takes its place when it comes. A count is an
interval (certain, possible) with nothing assumed, and a number under one named set of assumptions.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from comity.agreement.cases import Case
from comity.agreement.conditions import (
    AllOf,
    Condition,
    FactRef,
    Guaranteed,
    Includes,
    InGroup,
    IsEmpty,
    IsOneOf,
    Meets,
    Not,
    atoms,
)
from comity.agreement.positions import Bounds
from comity.agreement.regimes import Regime, conditions_of
from comity.agreement.values import Members, Options, Possible, Range, Truth, exactly
from comity.agreement.vocabulary import (
    CountriesType,
    CountryType,
    EnumerationType,
    LevelType,
    Vocabulary,
)
from comity.explain.evaluate import Evaluation
from comity.world.assumptions import (
    NOTHING,
    ORDINARY,
    AssumptionSet,
    facts_under,
    stays_unknown,
)
from comity.world.conflict import Band, DangerReading
from comity.world.people import AnyBut, FactValue, Including
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


class Records:
    """The records of cells as facts, each worked out once and shared by the laws that are counted.

    What no source says stays unknown; under a set with a `rest`, it takes the vocabulary's ordinary
    value but for the facts that stay unknown under every set.
    """

    def __init__(self, vocabulary: Vocabulary, day: date, reading: DangerReading) -> None:
        self.vocabulary = vocabulary
        self.day = day
        self.reading = reading
        # Cells are kept by the caller while the records live, so that their identities stay theirs.
        self._facts: dict[tuple[int, str], tuple[tuple[str, Possible], ...]] = {}
        self._possible: dict[tuple[str, FactValue], Possible] = {}

    def facts(self, cell: Cell, assumptions: AssumptionSet) -> tuple[tuple[str, Possible], ...]:
        """What is known or assumed of a cell's people, host included, sorted by fact."""
        asked = (id(cell), assumptions.name)
        if asked not in self._facts:
            found = facts_under(cell, self.reading, assumptions)
            facts = {str(path): self._value(str(path), value) for path, value in found.items()}
            facts.setdefault("host", exactly(cell.host))
            self._facts[asked] = tuple(sorted(facts.items()))
        return self._facts[asked]

    def _value(self, path: str, value: FactValue) -> Possible:
        if (path, value) not in self._possible:
            self._possible[path, value] = possible_of(path, value, self.vocabulary)
        return self._possible[path, value]

    def case(self, facts: tuple[tuple[str, Possible], ...], assumptions: AssumptionSet) -> Case:
        """The record as a case."""
        if not assumptions.rest:
            return Case(self.day, dict(facts))
        unknown = dict(self._open)
        declared = self.vocabulary.fact(assumptions.left_open)
        if declared is not None:
            unknown[assumptions.left_open] = declared.type.everything()
        return Case(self.day, {**unknown, **dict(facts)}, ordinary=True)

    @cached_property
    def _open(self) -> Mapping[str, Possible]:
        found = {}
        for path in self.vocabulary.concrete_paths():
            declared = self.vocabulary.fact(path)
            if declared is not None and stays_unknown(path):
                found[path] = declared.type.everything()
        return found

    def is_country(self, path: str) -> bool:
        """Whether a fact is a country or a set of countries."""
        return path in self._country_paths

    @cached_property
    def _country_paths(self) -> frozenset[str]:
        return frozenset(
            path for path in self.vocabulary.concrete_paths() if _is_country(self.vocabulary, path)
        )


def possible_of(path: str, value: FactValue, vocabulary: Vocabulary) -> Possible:
    """A fact of the world's room as a set of possible values. Raises KeyError for an unknown fact."""
    declared = vocabulary.fact(path)
    if declared is None:
        raise KeyError(path)
    match value:
        case Band(low, high):
            assert isinstance(declared.type, LevelType)
            scale = declared.type.scale
            return Range(scale.rank(low), scale.rank(high))
        case Including(names):
            return Members(names, None)
        case AnyBut(names):
            assert isinstance(declared.type, EnumerationType)
            return Options(frozenset(declared.type.enumeration.options) - names)
        case str() if isinstance(declared.type, LevelType):
            return exactly(declared.type.scale.rank(value))
        case _:
            return exactly(value)


class Tally:
    """Evaluates cells under one regime, each distinct record once.

    Two records are the same for a regime when the same instruments bind the host, the same
    conditions on countries hold, and all other facts are the same.
    """

    def __init__(self, regime: Regime, records: Records) -> None:
        self.regime = regime
        self.records = records
        self.day = records.day
        self.properties = properties_of(regime.vocabulary)
        self._standings: dict[Hashable, Standing] = {}
        self._signatures: dict[Hashable, Hashable] = {}
        self._country_atoms = _country_atoms(regime)
        self._countries: dict[Hashable, tuple[Hashable, Hashable]] = {}
        self._hosts: dict[str, Hashable] = {}
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

    def signature(
        self, facts: tuple[tuple[str, Possible], ...], host: str, assumptions: AssumptionSet
    ) -> Hashable:
        """What tells a record from others for this regime."""
        asked = (facts, assumptions.name)
        if asked not in self._signatures:
            countries = tuple((k, v) for k, v in facts if self.records.is_country(k))
            rest = tuple((k, v) for k, v in facts if not self.records.is_country(k))
            self._signatures[asked] = (
                *self._of_countries(countries, facts, host, assumptions),
                rest,
                assumptions.name,
            )
        return self._signatures[asked]

    def _of_countries(
        self,
        countries: tuple[tuple[str, Possible], ...],
        facts: tuple[tuple[str, Possible], ...],
        host: str,
        assumptions: AssumptionSet,
    ) -> tuple[Hashable, Hashable]:
        asked = (countries, assumptions.name)
        if asked not in self._countries:
            evaluation = Evaluation(self.regime, self.records.case(facts, assumptions))
            truths = tuple(evaluation.truth(atom, place) for atom, place in self._country_atoms)
            self._countries[asked] = (self._host_class(evaluation, host), truths)
        return self._countries[asked]

    def _host_class(self, evaluation: Evaluation, host: str) -> Hashable:
        """Which instruments, reservations, declarations and exercised powers are the host's."""
        if host not in self._hosts:
            found: list[Hashable] = []
            for i in self.regime.instruments:
                found.append(evaluation.bound(f"{i.id}/"))
                found.append(
                    tuple(
                        sorted(
                            a
                            for r in i.reservations
                            if r.spell.state == host and r.spell.on(self.day)
                            for a in r.articles
                        )
                    )
                )
                found.append(
                    tuple(
                        sorted(
                            d.name
                            for d in i.declarations
                            if d.spell.state == host and d.spell.on(self.day)
                        )
                    )
                )
                found.append(
                    tuple(
                        sorted(
                            e.power
                            for e in i.exercised
                            if e.spell.state == host and e.spell.on(self.day)
                        )
                    )
                )
            self._hosts[host] = tuple(found)
        return self._hosts[host]

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


def _is_country(vocabulary: Vocabulary, path: str) -> bool:
    declared = vocabulary.fact(path)
    return declared is not None and isinstance(declared.type, (CountryType, CountriesType))


def _country_atoms(regime: Regime) -> tuple[tuple[Condition, str], ...]:
    """Every condition on countries that the regime reads, at every place where it may be asked."""
    found: dict[tuple[Condition, str], None] = {}
    conditions: list[Condition] = []
    for instrument in regime.instruments:
        for node in instrument.holdings:
            conditions += node.when
    for instrument in regime.library.values():
        for definition in instrument.definitions:
            conditions += conditions_of(definition)
    for condition in conditions:
        for atom in atoms(condition):
            match atom:
                case Meets(subject) | Includes(subject) | IsEmpty(subject):
                    operand: object = subject
                case InGroup(subject=subject):
                    operand = subject
                case IsOneOf(subject=subject) if isinstance(subject, FactRef) and _is_country(
                    regime.vocabulary, subject.path.replace("place.", "destination.", 1)
                ):
                    operand = subject
                case _:
                    continue
            if not isinstance(operand, FactRef):
                continue
            bound = operand.path.startswith("place.")
            for place in regime.vocabulary.place_instances if bound else ("",):
                found[atom, place] = None
    return tuple(found)


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
