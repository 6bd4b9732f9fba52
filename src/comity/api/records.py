"""The people of the population as records of the law: cells of the world's room turned into cases."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Hashable, Mapping
from datetime import date
from functools import cached_property

from comity.agreement.cases import Case
from comity.agreement.values import Members, Options, Possible, Range, exactly
from comity.agreement.vocabulary import (
    CountriesType,
    CountryType,
    EnumerationType,
    LevelType,
    Vocabulary,
)
from comity.world.assumptions import AssumptionSet, facts_under, stays_unknown
from comity.world.conflict import Band, DangerReading
from comity.world.people import AnyBut, FactValue, Including, kind_of_record
from comity.world.population import Cell


class Records:
    """The records of cells as facts, each worked out once and shared by the laws that are counted.

    What no source says stays unknown; under a set with a `rest`, it takes the vocabulary's ordinary
    value but for the facts that stay unknown under every set.
    """

    def __init__(self, vocabulary: Vocabulary, day: date, reading: DangerReading) -> None:
        self.vocabulary = vocabulary
        self.day = day
        self.reading = reading
        self._facts: dict[Hashable, tuple[tuple[str, Possible], ...]] = {}
        self._kinds: dict[Hashable, tuple[int, tuple[tuple[str, Possible], ...]]] = {}
        self._possible: dict[tuple[str, FactValue], Possible] = {}

    def facts(self, cell: Cell, assumptions: AssumptionSet) -> tuple[tuple[str, Possible], ...]:
        """What is known or assumed of a cell's people, host included, sorted by fact."""
        asked = (known_by(cell), assumptions.name)
        if asked not in self._facts:
            at, facts = self._but_for_host(cell, assumptions)
            host = ("host", self._value("host", cell.host))
            self._facts[asked] = (*facts[:at], host, *facts[at:])
        return self._facts[asked]

    def _but_for_host(
        self, cell: Cell, assumptions: AssumptionSet
    ) -> tuple[int, tuple[tuple[str, Possible], ...]]:
        """A record's other facts, sorted, worked out once for all hosts; and where the host belongs."""
        kind = (kind_of_record(cell), assumptions.name)
        if kind not in self._kinds:
            found = facts_under(cell, self.reading, assumptions)
            facts = {str(path): self._value(str(path), value) for path, value in found.items()}
            facts.pop("host", None)
            paths = sorted(facts)
            made = tuple((path, facts[path]) for path in paths)
            self._kinds[kind] = bisect(paths, "host"), made
        return self._kinds[kind]

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
            path for path in self.vocabulary.concrete_paths() if is_country(self.vocabulary, path)
        )


def known_by(cell: Cell) -> Hashable:
    """All that the world's room reads of a cell to say what is known of its people.

    Cells that differ only in sex, size or source have one record.
    """
    return cell.host, cell.origin, cell.category, cell.presence, cell.stateless, cell.year


def is_country(vocabulary: Vocabulary, path: str) -> bool:
    """Whether a fact of a vocabulary is a country or a set of countries."""
    declared = vocabulary.fact(path)
    return declared is not None and isinstance(declared.type, (CountryType, CountriesType))


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
