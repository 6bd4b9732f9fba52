"""What tells people apart for the law: records that are the same for it are evaluated once.

Countries are many and the law asks little of them: whether the host is bound, whether a nationality
is of a group. Two records are alike for a regime when the same instruments bind the host, the same
conditions on countries hold, and all other facts are the same.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import TypeAlias

from comity.agreement.cases import Case
from comity.agreement.conditions import (
    Condition,
    Declared,
    DefinitionRef,
    FactRef,
    Includes,
    InGroup,
    IsEmpty,
    IsOneOf,
    Meets,
    atoms,
)
from comity.agreement.instruments import Instrument
from comity.agreement.nodes import Choice, Scope, Standstill
from comity.agreement.regimes import Regime, conditions_of, references
from comity.agreement.statements import Implies, Never, PossibleCase, Proof
from comity.agreement.values import Possible, Truth
from comity.agreement.vocabulary import Member, Vocabulary
from comity.api.records import Records, is_country
from comity.explain.evaluate import Evaluation
from comity.world.assumptions import AssumptionSet

Facts: TypeAlias = tuple[tuple[str, Possible], ...]
"""A record: its facts, sorted by path."""

CountryAtom: TypeAlias = Meets | Includes | IsEmpty | InGroup | IsOneOf
"""A condition on a country or a set of countries."""


# ---- conditions that are asked of countries ----
def conditions_in(instrument: Instrument) -> Iterator[Condition]:
    """Every condition of a text: of norms, definitions, its scope and its own proofs."""
    for node in instrument.holdings:
        yield from node.when
    for definition in instrument.definitions:
        yield from conditions_of(definition)
    yield from scope_of(instrument)
    for statement in instrument.statements:
        if isinstance(statement, Proof):
            yield from conditions_of_proof(statement)


def scope_of(instrument: Instrument) -> Iterator[Condition]:
    """What makes a person one of those of whom a text speaks."""
    for statement in instrument.statements:
        if isinstance(statement, Scope):
            yield from statement.when


def conditions_of_proof(proof: Proof) -> Iterator[Condition]:
    """The conditions that a proof states itself."""
    if proof.guard is not None:
        yield proof.guard
    match proof.property:
        case Implies(premise, conclusion):
            yield from (premise, conclusion)
        case Never(condition) | PossibleCase(condition):
            yield condition


def country_atoms(
    conditions: Iterable[Condition], vocabulary: Vocabulary, library: Mapping[str, Instrument]
) -> Iterator[tuple[CountryAtom, str]]:
    """The atoms on countries, each at every place of which it may be asked (`""` if of none).

    Where a definition picks the country, the question is put to each fact that it may pick.
    """
    for condition in conditions:
        for atom in atoms(condition):
            match atom:
                case Meets(subject) | Includes(subject) | IsEmpty(subject):
                    yield from _at_places(atom, subject, vocabulary)
                case InGroup(subject=subject) | IsOneOf(subject=subject):
                    for fact in _facts_behind(subject, library):
                        if _is_country(fact.path, vocabulary):
                            for one in _apart(replace(atom, subject=fact)):
                                yield from _at_places(one, fact, vocabulary)


def _facts_behind(
    subject: FactRef | DefinitionRef, library: Mapping[str, Instrument]
) -> Iterator[FactRef]:
    if isinstance(subject, FactRef):
        yield subject
        return
    for definition in library[subject.instrument].definitions:
        if isinstance(definition, Choice) and definition.name == subject.name:
            for value in (*(pick.value for pick in definition.picks), definition.otherwise):
                if isinstance(value, FactRef):
                    yield value
                elif value == "host":
                    yield FactRef("host")


def _apart(atom: InGroup | IsOneOf) -> Iterator[CountryAtom]:
    """Being the host and being one of the States named are two questions."""
    if isinstance(atom, IsOneOf) and "host" in atom.values:
        named = tuple(value for value in atom.values if value != "host")
        yield replace(atom, values=("host",))
        yield replace(atom, values=named)
    else:
        yield atom


def _is_country(path: str, vocabulary: Vocabulary) -> bool:
    if path.startswith("place."):
        path = path.replace("place", vocabulary.place_instances[0], 1)
    return is_country(vocabulary, path)


def _at_places(
    atom: CountryAtom, subject: FactRef, vocabulary: Vocabulary
) -> Iterator[tuple[CountryAtom, str]]:
    bound = subject.path.startswith("place.")
    for place in vocabulary.place_instances if bound else ("",):
        yield atom, place


# ---- what a regime asks ----
@dataclass(frozen=True, eq=False, slots=True)
class Asked:
    """What a regime asks of countries: conditions, by their number, and declarations of the host."""

    regime: Regime
    atoms: tuple[int, ...]
    declarations: frozenset[Declared]


def conditions_reached(regime: Regime, also: Iterable[Condition]) -> Iterator[Condition]:
    """The conditions of a regime's nodes, those that are asked besides, and of whatever they name."""
    asked = tuple(also)
    yield from asked
    left = [*regime.nodes, *(key for condition in asked for key in references(condition))]
    seen: set[str] = set()
    while left:
        key = left.pop()
        if key in seen:
            continue
        seen.add(key)
        for node in regime.nodes.get(key, ()):
            yield from node.when
        for definition in regime.definitions.get(key.replace("/term ", "/"), ()):
            yield from conditions_of(definition)
        left += regime.depends_on(key)


def host_class(
    regime: Regime, host: str, days: Iterable[date], declarations: Iterable[Declared]
) -> Hashable:
    """Which instruments bind a host, with which reservations, declarations and exercised powers."""

    def listed(spells: Iterable[tuple[Member, Hashable]], day: date) -> Hashable:
        return frozenset(what for spell, what in spells if spell.state == host and spell.on(day))

    found: list[Hashable] = []
    for day in days:
        for one in regime.instruments:
            everywhere = one.id in regime.for_every_host
            found.append(everywhere or host in regime.bound_states(one.id, "", day))
            if not everywhere:
                found.append(listed(((r.spell, r.articles) for r in one.reservations), day))
            found.append(listed(((e.spell, e.power) for e in one.exercised), day))
        declared = (
            (d.spell, asked)
            for asked in declarations
            for d in regime.library[asked.instrument].declarations
            if d.name == asked.name
        )
        found.append(listed(declared, day))
    return tuple(found)


# ---- likeness ----
Said: TypeAlias = tuple[tuple[date, tuple[tuple[Truth, ...], ...]], ...]
"""For each day whose law matters, what each condition on countries says of a record."""


class Likeness:
    """Tells whether the hosts and countries of two records are the same for a regime of a library.

    Answers are numbers: the same number, the same answer.
    also: conditions beyond those of the texts, of a property that a user names.
    """

    def __init__(
        self,
        records: Records,
        library: Mapping[str, Instrument],
        also: Iterable[Condition] = (),
    ) -> None:
        self.records, self.library = records, library
        vocabulary = records.vocabulary
        conditions = [*(axiom.condition for axiom in vocabulary.axioms), *also]
        for instrument in library.values():
            conditions += conditions_in(instrument)
        found = dict.fromkeys(country_atoms(conditions, vocabulary, library))
        self._numbers = {atom: number for number, atom in enumerate(found)}
        self._bare = Regime("", (), vocabulary, library)
        self._truths: dict[Hashable, tuple[Truth, ...]] = {}
        self._said: dict[Said, int] = {}
        self._every_said: list[Said] = []
        self._asked: dict[Hashable, Asked] = {}
        self._hosts: dict[tuple[Asked, str], Hashable] = {}
        self._signatures: dict[tuple[Asked, str, int], int] = {}
        self._interned: dict[Hashable, int] = {}
        self._days: dict[str, tuple[date, ...]] = {}

    def knows(self, conditions: Iterable[Condition]) -> bool:
        """Whether all that some conditions ask of countries is told of every record."""
        found = country_atoms(conditions, self.records.vocabulary, self.library)
        return all(atom in self._numbers for atom in found)

    def asked(self, regime: Regime, also: tuple[Condition, ...] = ()) -> Asked:
        """What a regime asks, and conditions that are known; the same object for the same."""
        named = (id(regime), also)
        if named not in self._asked:  # it holds the regime, whose identity stays its own
            reached = tuple(conditions_reached(regime, also))
            found = country_atoms(reached, self.records.vocabulary, self.library)
            numbers = tuple(sorted({self._numbers[atom] for atom in found}))
            declared = (a for c in reached for a in atoms(c) if isinstance(a, Declared))
            made = Asked(regime, numbers, frozenset(declared))
            same = (id(regime), made.atoms, made.declarations)
            self._asked[named] = self._asked.setdefault(same, made)
        return self._asked[named]

    def signature(self, asked: Asked, host: str, countries: int) -> int:
        """All that is asked of a record's host and other countries."""
        key = (asked, host, countries)
        if key not in self._signatures:
            if (asked, host) not in self._hosts:
                self._hosts[asked, host] = host_class(
                    asked.regime, host, self.days(host), asked.declarations
                )
            said = self._every_said[countries]
            truths = tuple((day, tuple(every[n] for n in asked.atoms)) for day, every in said)
            whole = (asked, self._hosts[asked, host], truths)
            self._signatures[key] = self._interned.setdefault(whole, len(self._interned))
        return self._signatures[key]

    def countries(self, facts: Facts, assumptions: AssumptionSet, changed: Facts = ()) -> int:
        """What the conditions of the texts say of the countries of a record, on each such day.

        changed: facts that take the place of the record's own.
        """
        whole = self.records.case(facts, assumptions).with_facts(dict(changed))
        known = {path: whole.facts[path] for path in self._read if path in whole.facts}
        case = Case(whole.on, known, whole.ordinary)
        host = next(iter(getattr(case.host, "names", None) or ()))
        said = tuple((day, self._say(case, host, day)) for day in self.days(host))
        if said not in self._said:
            self._said[said] = len(self._every_said)
            self._every_said.append(said)
        return self._said[said]

    def _say(self, case: Case, host: str, day: date) -> tuple[tuple[Truth, ...], ...]:
        evaluation = Evaluation(self._bare, case, on=day)
        found = []
        for (atom, place), number in self._numbers.items():
            before = host if _names_host(atom) else ""
            asked = (number, day, evaluation.operand(atom.subject, place), before)
            if asked not in self._truths:
                self._truths[asked] = tuple(self._ask(atom, place, evaluation))
            found.append(self._truths[asked])
        return tuple(found)

    @cached_property
    def _read(self) -> tuple[str, ...]:
        """The facts that say what is known of a country: where the destination is the origin too."""
        paths = self.records.vocabulary.concrete_paths()
        return (*(p for p in paths if self.records.is_country(p)), "destination.is_origin")

    def _ask(self, atom: CountryAtom, place: str, evaluation: Evaluation) -> Iterator[Truth]:
        yield evaluation.truth(atom, place)
        if isinstance(atom, (InGroup, Meets)) and atom.group == "parties":
            # it means every State where an instrument is taken as in force for every host
            everywhere = replace(self._bare, for_every_host=frozenset(self.library))
            yield Evaluation(everywhere, evaluation.case, on=evaluation.on).truth(atom, place)

    def days(self, host: str) -> tuple[date, ...]:
        """The day of the count, and earlier days whose rules a standstill preserves for the host."""
        if host not in self._days:
            earlier = {
                day
                for instrument in self.library.values()
                if instrument.force.binds
                for node in instrument.holdings
                if isinstance(node, Standstill)
                for day in _since(node, instrument, host)
                if day is not None and day < self.records.day
            }
            self._days[host] = (self.records.day, *sorted(earlier))
        return self._days[host]


def _since(node: Standstill, instrument: Instrument, host: str) -> Iterator[date | None]:
    if node.moved:
        return
    if node.since is not None:
        yield node.since
    else:
        yield from (spell.since for spell in instrument.parties if spell.state == host)


def _names_host(atom: CountryAtom) -> bool:
    match atom:
        case Includes(country=country):
            return country == "host"
        case IsOneOf(values=values):
            return "host" in values
        case _:
            return False
