"""The words that agreements share: places, scales, facts, rights, groups of States, counters.

A vocabulary is read from a file in the language (`instruments/vocabulary.md`); nothing here knows
a scale or a right by name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TypeAlias

from comity.agreement.conditions import Condition, Constant, FactRef, atoms, operands
from comity.agreement.spans import NOWHERE, Span
from comity.agreement.values import Members, Options, Possible, Range, Truth

NOBODY = "nobody"
"""The value of a country fact when there is no such country."""

Value: TypeAlias = bool | int | str | frozenset[str]
"""A known value: yes/no, a number or rank of a scale, a name, or a set of countries."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """One sentence of what a word means, and the legal source of it."""

    text: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Scale:
    """Ordered levels, lowest first; a level's rank is its place in the tuple."""

    name: str
    levels: tuple[str, ...]
    meaning: Meaning | None = None
    span: Span = field(default=NOWHERE, compare=False)

    def rank(self, level: str) -> int:
        """Place of a level, from 0. Raises ValueError if it is not of this scale."""
        return self.levels.index(level)


@dataclass(frozen=True, slots=True)
class Enumeration:
    """Options without an order."""

    name: str
    options: tuple[str, ...]
    meaning: Meaning | None = None
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class TruthType:
    """Yes or no."""

    def everything(self) -> Possible:
        """Nothing is known."""
        return Truth.UNKNOWN


@dataclass(frozen=True, slots=True)
class LevelType:
    """A level of a scale, held as its rank."""

    scale: Scale

    def everything(self) -> Possible:
        """Any level."""
        return Range(0, len(self.scale.levels) - 1)


@dataclass(frozen=True, slots=True)
class NumberType:
    """A whole number from 0 to `high` of a unit (`months`, `days`, `persons`, `percent`, ...)."""

    unit: str
    high: int

    def everything(self) -> Possible:
        """Any number within the bounds."""
        return Range(0, self.high)


@dataclass(frozen=True, slots=True)
class EnumerationType:
    """One of the options."""

    enumeration: Enumeration

    def everything(self) -> Possible:
        """Any option."""
        return Options(frozenset(self.enumeration.options))


@dataclass(frozen=True, slots=True)
class CountryType:
    """A country by its ISO 3166 alpha-3 code, or `nobody`."""

    def everything(self) -> Possible:
        """Any country, or nobody."""
        return Options(None)


@dataclass(frozen=True, slots=True)
class CountriesType:
    """A finite set of countries; empty means stateless, for nationalities."""

    def everything(self) -> Possible:
        """Any set."""
        return Members(frozenset(), None)


@dataclass(frozen=True, slots=True)
class DateType:
    """A day, held as its ordinal (`date.toordinal`)."""

    def everything(self) -> Possible:
        """Any day of the calendar."""
        return Range(date.min.toordinal(), date.max.toordinal())


FactType: TypeAlias = (
    TruthType | LevelType | NumberType | EnumerationType | CountryType | CountriesType | DateType
)
RightType: TypeAlias = LevelType | NumberType


@dataclass(frozen=True, slots=True)
class Place:
    """A kind of place in a case (`origin`, `destination`, `onward`) and how many it may have."""

    name: str
    count: int = 1
    meaning: Meaning | None = None
    span: Span = field(default=NOWHERE, compare=False)

    @property
    def instances(self) -> tuple[str, ...]:
        """Names of the single places: `origin1`, `origin2`, ..., or the name itself."""
        if self.count == 1:
            return (self.name,)
        return tuple(f"{self.name}{number}" for number in range(1, self.count + 1))


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that may be known of a case. A path that begins `place.` exists for every place.

    ordinary: the value that a case written in an agreement takes where it says nothing; None where
    silence has no ordinary meaning.
    position_of: the right whose position, worked out first for the sponsor, is this fact.
    """

    path: str
    type: FactType
    ordinary: Value | None = None
    position_of: str = ""
    meaning: Meaning | None = None
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Right:
    """A quantity that agreements bound. Ranks count upwards in the person's favour.

    less_is_better: the number is a burden (waiting, detention); rank 0 is then its highest value.
    measured_by: the fact whose lapse past the bound means that the bound was not kept.
    absolute: for a comparator ("as nationals"), the right that carries the level behind it.
    """

    name: str
    type: RightType
    less_is_better: bool = False
    measured_by: str = ""
    absolute: str = ""
    meaning: Meaning | None = None
    span: Span = field(default=NOWHERE, compare=False)

    @property
    def top(self) -> int:
        """Highest rank; the bottom is 0."""
        if isinstance(self.type, LevelType):
            return len(self.type.scale.levels) - 1
        return self.type.high

    def rank(self, amount: int) -> int:
        """Rank of a level's place or of a number, in the person's favour."""
        return self.top - amount if self.less_is_better else amount

    def amount(self, rank: int) -> int:
        """The level's place or the number behind a rank: the inverse of `rank`."""
        return self.rank(rank)

    def name_of(self, rank: int) -> str:
        """A rank in words: `temporary`, `24 months`."""
        if isinstance(self.type, LevelType):
            return self.type.scale.levels[rank]
        return f"{self.amount(rank)} {self.type.unit}"


@dataclass(frozen=True, slots=True)
class Member:
    """A State's spell in a group: from the first day, until the first day no more."""

    state: str
    since: date | None = None
    until: date | None = None

    def on(self, day: date) -> bool:
        """Whether the spell covers the day."""
        return (self.since is None or self.since <= day) and (
            self.until is None or day < self.until
        )


@dataclass(frozen=True, slots=True)
class Group:
    """States by dates, such as the members of a union."""

    name: str
    members: tuple[Member, ...]
    span: Span = field(default=NOWHERE, compare=False)

    def on(self, day: date) -> frozenset[str]:
        """The States that are in it on a day."""
        return frozenset(member.state for member in self.members if member.on(day))


@dataclass(frozen=True, slots=True)
class State:
    """A country code of the `states` table with the days between which it named a State."""

    code: str
    name: str
    since: date | None = None
    until: date | None = None

    def existed(self, day: date) -> bool:
        """Whether the code named a State on the day."""
        return (self.since is None or self.since <= day) and (
            self.until is None or day < self.until
        )


@dataclass(frozen=True, slots=True)
class SpellKind:
    """A kind of dated spell on a record (`residence`) and the tags that a spell may carry."""

    name: str
    tags: tuple[str, ...]
    meaning: Meaning | None = None
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Event:
    """A dated event on a record (`arrival`, `final_decision`)."""

    name: str
    meaning: Meaning | None = None
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Counter:
    """How a fact that counts months or days is derived from dated spells or events.

    form: `in` (sum over spells), `longest`, `window` (the last `window` months before the date),
    `since` (an event), `between` (two events).
    """

    fact: str
    unit: str
    form: str
    spells: str = ""
    tags: tuple[str, ...] = ()
    window: int = 0
    first: str = ""
    second: str = ""
    meaning: Meaning | None = None
    span: Span = field(default=NOWHERE, compare=False)


QualityType: TypeAlias = TruthType | LevelType | NumberType | EnumerationType


@dataclass(frozen=True, slots=True)
class Quality:
    """Something that an instrument can say of how it is governed (`published`, `monitor`).

    several: an instrument may have more than one of the options at a time.
    """

    name: str
    type: QualityType
    several: bool = False
    meaning: Meaning | None = None
    span: Span = field(default=NOWHERE, compare=False)

    def name_of(self, value: bool | int | str) -> str:
        """A value in words: `full`, `24 months`, `yes`."""
        if isinstance(value, str):
            return value
        if isinstance(self.type, LevelType):
            return self.type.scale.levels[value]
        if isinstance(self.type, NumberType):
            return f"{value} {self.type.unit}"
        return "yes" if value else "no"


@dataclass(frozen=True, slots=True)
class Axiom:
    """Facts that cannot go together: every case satisfies the condition."""

    condition: Condition
    meaning: Meaning | None = None
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True)
class Vocabulary:
    """Everything declared, by name, in the order of the file."""

    places: Mapping[str, Place] = field(default_factory=dict)
    scales: Mapping[str, Scale] = field(default_factory=dict)
    enumerations: Mapping[str, Enumeration] = field(default_factory=dict)
    facts: Mapping[str, Fact] = field(default_factory=dict)
    rights: Mapping[str, Right] = field(default_factory=dict)
    groups: Mapping[str, Group] = field(default_factory=dict)
    states: Mapping[str, State] = field(default_factory=dict)
    spells: Mapping[str, SpellKind] = field(default_factory=dict)
    events: Mapping[str, Event] = field(default_factory=dict)
    counters: Mapping[str, Counter] = field(default_factory=dict)
    axioms: tuple[Axiom, ...] = ()
    qualities: Mapping[str, Quality] = field(default_factory=dict)

    def fact(self, path: str) -> Fact | None:
        """The declaration of a concrete path: `origin1.degree` is declared as `place.degree`."""
        found = self.facts.get(path)
        if found is not None:
            return found
        place, _, rest = path.partition(".")
        if rest and place in self.place_instances:
            return self.facts.get(f"place.{rest}")
        return None

    @cached_property
    def place_instances(self) -> tuple[str, ...]:
        """Names of the single places, origins first."""
        return tuple(name for place in self.places.values() for name in place.instances)

    def concrete_paths(self) -> Iterator[str]:
        """Every fact of a case, those of places once for each place."""
        for path in self.facts:
            if path.startswith("place."):
                for instance in self.place_instances:
                    yield instance + path.removeprefix("place")
            else:
                yield path

    @cached_property
    def axiom_facts(self) -> tuple[frozenset[str] | None, ...]:
        """The facts that each axiom reads; None where they follow from others (of any place, of the
        destination, of the sponsor's position)."""
        return tuple(self._facts_of(axiom.condition) for axiom in self.axioms)

    def _facts_of(self, condition: Condition) -> frozenset[str] | None:
        paths = set()
        for atom in atoms(condition):
            for operand in operands(atom):
                if not isinstance(operand, FactRef | Constant):
                    return None
                if isinstance(operand, FactRef):
                    paths.add(operand.path)
        for path in paths:
            declared = self.facts.get(path)
            derived = path.startswith(("place.", "destination.")) and not path.endswith("is_origin")
            if derived or (declared is not None and declared.position_of):
                return None
        return frozenset(paths)
