"""A case: a person, a host State, a day, places; each fact known, partly known, or unknown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from comity.agreement.instruments import Instrument
from comity.agreement.statements import CaseStatement, Given
from comity.agreement.values import Options, Possible, Truth, exactly
from comity.agreement.vocabulary import Vocabulary


@dataclass(frozen=True)
class Case:
    """What is known of a person before a host on a day.

    facts: by path; also `exercised NODE`, `declared INSTRUMENT/NAME`,
    `reserved INSTRUMENT/ARTICLE`, `parameter INSTRUMENT/NAME` (the value that takes the place of the
    text's), `adopted INSTRUMENT/ELEMENT`, `acquired INSTRUMENT/ELEMENT`.
    ordinary: facts left out have their ordinary value (a case in an agreement) instead of being
    unknown (a person's record).
    sponsor: the record of the family's sponsor, read first; one level only.
    """

    on: date
    facts: Mapping[str, Possible]
    ordinary: bool = False
    sponsor: Case | None = None
    title: str = ""

    @property
    def host(self) -> Possible:
        """The State asked."""
        return self.facts.get("host", Options(None))

    def known(self, path: str, vocabulary: Vocabulary) -> Possible:
        """What is known of a fact, its ordinary value or all its values where nothing is said.

        Raises KeyError if the vocabulary has no such fact.
        """
        if path in self.facts:
            return self.facts[path]
        declared = vocabulary.fact(path)
        if declared is None:
            raise KeyError(path)
        if self.ordinary and declared.ordinary is not None:
            return exactly(declared.ordinary)
        return declared.type.everything()

    def with_facts(self, changed: Mapping[str, Possible]) -> Case:
        """The same case with some facts replaced."""
        return Case(self.on, {**self.facts, **changed}, self.ordinary, self.sponsor, self.title)


def case_of(
    statement: CaseStatement, instrument: Instrument, vocabulary: Vocabulary, *, on: date
) -> Case:
    """The case that a statement describes; `on` is used if it names no day."""
    day = statement.on or on
    base = _facts(statement.given, instrument, vocabulary)
    if statement.host:
        base["host"] = exactly(statement.host)
    sponsor = None
    if statement.sponsor:
        record = _facts(statement.sponsor, instrument, vocabulary)
        record.setdefault("host", base.get("host", Options(None)))
        for path, possible in base.items():
            if " " in path:  # powers, declarations and elements are the host's: they hold for both
                record.setdefault(path, possible)
        sponsor = Case(day, record, not statement.all_else_unknown, None, statement.title)
    return Case(day, base, not statement.all_else_unknown, sponsor, statement.title)


def other_case(
    statement: CaseStatement, case: Case, instrument: Instrument, vocabulary: Vocabulary
) -> Case:
    """The second person of a case: as the first, but for the facts given of the other."""
    return case.with_facts(_facts(statement.other, instrument, vocabulary))


def _facts(
    given: tuple[Given, ...], instrument: Instrument, vocabulary: Vocabulary
) -> dict[str, Possible]:
    facts: dict[str, Possible] = {}
    for entry in given:
        if entry.path in ("adopted", "acquired"):
            for element in instrument.elements_declared:
                facts[f"{entry.path} {instrument.id}/{element}"] = Truth.of(element in entry.order)
            continue
        facts[entry.path] = entry.possible
        if entry.path == "nationality" and entry.order:
            facts.update(places_of(entry.order, vocabulary))
    for (
        entry
    ) in given:  # what is said of a place itself stands before what follows from nationality
        if entry.path not in ("adopted", "acquired"):
            facts[entry.path] = entry.possible
    return facts


def places_of(nationalities: tuple[str, ...], vocabulary: Vocabulary) -> dict[str, Possible]:
    """Each nationality is an origin, in the order given; more origins than that do not exist."""
    facts: dict[str, Possible] = {}
    origin = vocabulary.places.get("origin")
    if origin is None:
        return facts
    for number, instance in enumerate(origin.instances):
        if number < len(nationalities):
            facts[f"{instance}.state"] = exactly(nationalities[number])
        if number >= 1:
            facts[f"{instance}.exists"] = Truth.of(number < len(nationalities))
    return facts
