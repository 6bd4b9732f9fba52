"""Conditions: what must hold for a norm to fire. Booleans of comparisons; total and decidable.

A path that begins `place.` is bound by the `EveryPlace` or `SomePlace` around it, or by the place
at which a definition `of place` is asked. No loops, no recursion, no floating point.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal, TypeAlias


# ---- operands ----
@dataclass(frozen=True, slots=True)
class FactRef:
    """A fact by its path (`residence.lawful`, `place.degree`, `host`)."""

    path: str


@dataclass(frozen=True, slots=True)
class ParameterRef:
    """A named number of an instrument."""

    instrument: str
    name: str


@dataclass(frozen=True, slots=True)
class DefinitionRef:
    """The level that a table gives or the option that an ordered choice gives.

    place: `place` where it is bound like a fact's path, the name of one place, or "".
    """

    instrument: str
    name: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Constant:
    """A number of a unit, the rank of a level of a scale, or a day's ordinal.

    kind: the unit, the scale's name, or `date`.
    written: how the text wrote it (`5 years` for 60 months), for the printer only.
    """

    value: int
    kind: str
    written: str = field(default="", compare=False)


Operand: TypeAlias = FactRef | ParameterRef | DefinitionRef | Constant


@dataclass(frozen=True, slots=True)
class Part:
    """A summand: an operand times an exact fraction (negative where it is subtracted)."""

    coefficient: Fraction
    operand: Operand


@dataclass(frozen=True, slots=True)
class Sum:
    """A linear form. Of a single operand for levels of a scale and for days."""

    parts: tuple[Part, ...]


# ---- atoms ----
Relation: TypeAlias = Literal["at least", "at most", "more than", "less than"]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two linear forms compared exactly, denominators cleared, no rounding."""

    left: Sum
    relation: Relation
    right: Sum


@dataclass(frozen=True, slots=True)
class IsOneOf:
    """A level, option or country is among those listed. `host` stands for the host."""

    subject: FactRef | DefinitionRef
    values: tuple[Constant | str, ...]


@dataclass(frozen=True, slots=True)
class InGroup:
    """A country is in a group of States on the day of the case; `parties` means the instrument's."""

    subject: FactRef | DefinitionRef
    group: str
    instrument: str = ""


@dataclass(frozen=True, slots=True)
class Meets:
    """A set of countries has a member in the group on the day of the case."""

    subject: FactRef
    group: str
    instrument: str = ""


@dataclass(frozen=True, slots=True)
class Includes:
    """A set of countries has this country in it (`host` for the host)."""

    subject: FactRef
    country: str


@dataclass(frozen=True, slots=True)
class IsEmpty:
    """A set of countries has no member."""

    subject: FactRef


@dataclass(frozen=True, slots=True)
class FactHolds:
    """A yes/no fact is yes."""

    fact: FactRef


@dataclass(frozen=True, slots=True)
class TermHolds:
    """A defined term holds; `place` as for `DefinitionRef`."""

    instrument: str
    name: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class NodeHolds:
    """A rule, exception, power or standstill holds: it is in force and nothing excepts it."""

    node: str


@dataclass(frozen=True, slots=True)
class Lapse:
    """A guarantee holds and the clock of its right has passed its bound."""

    node: str


@dataclass(frozen=True, slots=True)
class Declared:
    """The host has made the declaration or reservation of that name to the instrument."""

    instrument: str
    name: str


@dataclass(frozen=True, slots=True)
class Guaranteed:
    """Of positions, in proofs only: the lower bound of a right is at least the rank."""

    right: str
    rank: int


@dataclass(frozen=True, slots=True)
class LeftOpen:
    """Of positions, in proofs only: the upper bound of a right is at least the rank."""

    right: str
    rank: int


# ---- composition ----
@dataclass(frozen=True, slots=True)
class Not:
    """Negation."""

    condition: Condition


@dataclass(frozen=True, slots=True)
class AllOf:
    """All hold."""

    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one holds."""

    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class EveryPlace:
    """The condition holds of every place of a kind that the case has.

    implicit: written as `origin.x` rather than `every origin (place.x)`.
    """

    kind: str
    condition: Condition
    implicit: bool = False


@dataclass(frozen=True, slots=True)
class SomePlace:
    """The condition holds of some place: `destination` ranges over destination and onward."""

    kind: str
    condition: Condition


Atom: TypeAlias = (
    Comparison
    | IsOneOf
    | InGroup
    | Meets
    | Includes
    | IsEmpty
    | FactHolds
    | TermHolds
    | NodeHolds
    | Lapse
    | Declared
    | Guaranteed
    | LeftOpen
)
Condition: TypeAlias = Atom | Not | AllOf | AnyOf | EveryPlace | SomePlace


def atoms(condition: Condition) -> Iterator[Atom]:
    """Every atom of a condition, left to right."""
    match condition:
        case Not(inner) | EveryPlace(condition=inner) | SomePlace(condition=inner):
            yield from atoms(inner)
        case AllOf(several) | AnyOf(several):
            for one in several:
                yield from atoms(one)
        case atom:
            yield atom


def operands(atom: Atom) -> Iterator[Operand]:
    """The operands that an atom reads."""
    match atom:
        case Comparison(left, _, right):
            for part in left.parts + right.parts:
                yield part.operand
        case IsOneOf(subject=subject) | InGroup(subject=subject):
            yield subject
        case Meets(subject=subject) | Includes(subject=subject) | IsEmpty(subject=subject):
            yield subject
        case FactHolds(fact):
            yield fact
        case _:
            return
