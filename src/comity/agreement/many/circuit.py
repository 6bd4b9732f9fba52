"""A regime's positions as one straight list of gates over tests of fields.

A gate is a test of one field, or all or some of earlier gates; a *literal* is the number of a gate,
or its bitwise complement for "not". Equal gates are made once. Three-valued by strong Kleene: what
is joined, cancelled or left out here never changes what is known of a record.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeAlias

from comity.agreement.coding.allowed import Allowed
from comity.agreement.coding.formulas import (
    All,
    Defined,
    Fact,
    Formula,
    IsHost,
    Linear,
    Opposite,
    Some,
    everything_in,
)

Literal: TypeAlias = int


@dataclass(frozen=True, slots=True)
class OfFact:
    """A field of the record: a fact under its key."""

    key: str


@dataclass(frozen=True, slots=True)
class OfSum:
    """A sum of facts times numbers, which is compared with numbers."""

    terms: tuple[tuple[str, Fraction], ...]


@dataclass(frozen=True, slots=True)
class OfHost:
    """Whether a country is the host, or a set of countries has it."""

    key: str


Field: TypeAlias = OfFact | OfSum | OfHost


@dataclass(frozen=True, slots=True)
class Above:
    """A sum is at least a number (more than it, if strict)."""

    number: Fraction
    strict: bool


Wanted: TypeAlias = Allowed | Above | None
"""What a test asks of its field; of whether it is the host, nothing more."""


@dataclass(frozen=True, slots=True)
class Test:
    """A field is as wanted."""

    field: Field
    wanted: Wanted


@dataclass(frozen=True, slots=True)
class AllOf:
    """All of several literals."""

    parts: tuple[Literal, ...]


@dataclass(frozen=True, slots=True)
class SomeOf:
    """At least one of several literals."""

    parts: tuple[Literal, ...]


@dataclass(frozen=True, slots=True)
class Open:
    """Neither true nor false, whatever the record says."""


Gate: TypeAlias = Test | AllOf | SomeOf | Open

YES: Literal = 0
"""The gate that always holds, first of every circuit: all of nothing."""
NO: Literal = ~YES


@dataclass
class Circuit:
    """Gates in order: each names earlier ones only."""

    gates: list[Gate] = field(default_factory=lambda: [AllOf(())])
    _numbers: dict[Gate, int] = field(default_factory=lambda: {AllOf(()): YES})
    _literals: dict[int, Literal] = field(default_factory=dict)
    _kept: list[Formula] = field(default_factory=list)

    @property
    def fields(self) -> tuple[Field, ...]:
        """The fields that are tested, in the order of their first test."""
        return tuple(dict.fromkeys(gate.field for gate in self.gates if isinstance(gate, Test)))

    @property
    def keys(self) -> tuple[str, ...]:
        """The facts of the record on which something hangs."""
        found: dict[str, None] = {}
        for one in self.fields:
            if isinstance(one, OfSum):
                found |= dict.fromkeys(key for key, _ in one.terms)
            else:
                found[one.key] = None
            if isinstance(one, OfHost):
                found["host"] = None
        return tuple(found)

    def wanted_of(self) -> Mapping[Field, tuple[Wanted, ...]]:
        """What is asked of each field."""
        found: dict[Field, list[Wanted]] = {}
        for gate in self.gates:
            if isinstance(gate, Test):
                found.setdefault(gate.field, []).append(gate.wanted)
        return {one: tuple(several) for one, several in found.items()}

    # ---- from formulas ----
    def literals(self, formulas: Iterable[Formula]) -> list[Literal]:
        """The literals of formulas, whose gates are added.

        Two definitions may wait for one another where it hangs on the host which of them says
        something. Such a circle is walked as often as it has members: for every single host it has
        ended by then.
        """
        asked = list(formulas)
        new = [f for f in everything_in(asked) if id(f) not in self._literals]
        self._kept += new  # so that their ids stay their own
        circular = self._convert(new, {})
        for _ in circular:
            before = {
                id(one): self._literals[id(one.body if isinstance(one, Defined) else one)]
                for one in circular
            }
            for one in new:
                del self._literals[id(one)]
            self._convert(new, before)
        return [self._literals[id(f)] for f in asked]

    def _convert(self, formulas: list[Formula], before: Mapping[int, Literal]) -> list[Formula]:
        """Adds formulas, parts first; returns those that were named before what they are made of.

        before: what those were found to be when the circle was walked before; else open.
        """
        circular: dict[int, Formula] = {}

        def named_early(one: Formula) -> None:
            circular[id(one)] = one
            self._literals[id(one)] = before[id(one)] if before else self.gate(Open())

        for formula in formulas:
            if isinstance(formula, Defined) and id(formula.body) not in self._literals:
                named_early(formula)
                continue
            for part in formula.below:
                if id(part) not in self._literals:
                    named_early(part)
            self._literals[id(formula)] = self._literal(formula)
        return list(circular.values())

    def _literal(self, formula: Formula) -> Literal:
        match formula:
            case All():
                return self.all_of(self._literals[id(part)] for part in formula.parts)
            case Some():
                return self.some_of(self._literals[id(part)] for part in formula.parts)
            case Opposite():
                return ~self._literals[id(formula.of)]
            case Defined():
                return self._literals[id(formula.body)]
            case Fact():
                return self._test(OfFact(formula.key), formula.allowed, formula.denied)
            case Linear():
                return self._above(formula)
            case IsHost():
                return self.gate(Test(OfHost(formula.key), None))
            case _:
                return self.gate(Open())

    def _test(self, of: Field, allowed: Allowed, denied: Allowed) -> Literal:
        negated = self._numbers.get(Test(of, denied))
        return self.gate(Test(of, allowed)) if negated is None else ~negated

    def _above(self, formula: Linear) -> Literal:
        """A sum and its negative are one field: scaled so that its first number is one."""
        ordered = sorted(formula.terms.items())
        scale = ordered[0][1] if ordered else Fraction(1)
        terms = OfSum(tuple((key, c / scale) for key, c in ordered))
        number = -formula.constant / scale
        if scale > 0:
            return self.gate(Test(terms, Above(number, formula.strict)))
        return ~self.gate(Test(terms, Above(number, not formula.strict)))

    # ---- gates ----
    def gate(self, gate: Gate) -> Literal:
        """The number of a gate, which is added if it is new."""
        if gate not in self._numbers:
            self._numbers[gate] = len(self.gates)
            self.gates.append(gate)
        return self._numbers[gate]

    def all_of(self, parts: Iterable[Literal]) -> Literal:
        """All of several literals."""
        return self._joined(parts, AllOf, YES)

    def some_of(self, parts: Iterable[Literal]) -> Literal:
        """At least one of several literals."""
        return self._joined(parts, SomeOf, NO)

    def _joined(
        self, parts: Iterable[Literal], kind: type[AllOf | SomeOf], neutral: Literal
    ) -> Literal:
        found = dict.fromkeys(parts)
        if ~neutral in found:
            return ~neutral
        found.pop(neutral, None)
        if len(found) < 2:
            return next(iter(found), neutral)
        return self.gate(kind(tuple(sorted(found))))
