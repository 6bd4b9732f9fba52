"""Formulas over facts: what the text makes of a truth, each fact named where it counts.

A fact `key` is a path of the record, one about the law's operation, or `node KEY`: whether a node
is left as it is (yes) or out of the way (no). Every part of a formula may be shared by others.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from itertools import chain

from comity.agreement.conditions import Condition
from comity.agreement.values import Range
from comity.explain.allowed import Allowed


class Formula:
    """What may be true, false or unknown in a case. keys: the facts it names, all told."""

    __slots__ = ("_negated", "keys")

    def __init__(self, keys: frozenset[str]) -> None:
        self.keys = keys
        self._negated: Formula | None = None

    @property
    def negated(self) -> Formula:
        """Not this."""
        if self._negated is None:
            self._negated = self._negate()
            self._negated._negated = self
        return self._negated

    def _negate(self) -> Formula:
        return self  # what nobody can settle stays so


class Fact(Formula):
    """A fact has one of some values. denied: its other values. test: the condition that asks."""

    __slots__ = ("allowed", "denied", "key", "test")

    def __init__(self, key: str, allowed: Allowed, denied: Allowed, test: Condition | None) -> None:
        super().__init__(frozenset({key}))
        self.key, self.allowed, self.denied, self.test = key, allowed, denied, test

    def _negate(self) -> Formula:
        return Fact(self.key, self.denied, self.allowed, self.test)


class Linear(Formula):
    """A sum of facts times numbers, plus a number, is at least 0 (more than 0, if strict)."""

    __slots__ = ("constant", "strict", "terms", "test")

    def __init__(
        self,
        terms: Mapping[str, Fraction],
        constant: Fraction,
        strict: bool,
        test: Condition | None,
    ) -> None:
        super().__init__(frozenset(terms))
        self.terms, self.constant, self.strict, self.test = terms, constant, strict, test

    def _negate(self) -> Formula:
        terms = {key: -c for key, c in self.terms.items()}
        return Linear(terms, -self.constant, not self.strict, self.test)

    def holds_at(self, total: Fraction) -> bool:
        """Whether a value of the sum is enough."""
        return total > 0 if self.strict else total >= 0

    def ends(self, known: Mapping[str, Range]) -> tuple[Fraction, Fraction]:
        """Least and greatest value of the sum over what the facts may be."""
        low = high = self.constant
        for key, c in self.terms.items():
            one, other = c * known[key].low, c * known[key].high
            low, high = low + min(one, other), high + max(one, other)
        return low, high


class All(Formula):
    """All of several."""

    __slots__ = ("parts",)

    def __init__(self, parts: tuple[Formula, ...]) -> None:
        super().__init__(frozenset().union(*(part.keys for part in parts)))
        self.parts = parts

    def _negate(self) -> Formula:
        return Some(tuple(part.negated for part in self.parts))


class Some(Formula):
    """At least one of several."""

    __slots__ = ("parts",)

    def __init__(self, parts: tuple[Formula, ...]) -> None:
        super().__init__(frozenset().union(*(part.keys for part in parts)))
        self.parts = parts

    def _negate(self) -> Formula:
        return All(tuple(part.negated for part in self.parts))


SURELY, NEVER = All(()), Some(())
SURELY._negated, NEVER._negated = NEVER, SURELY
UNSETTLED = Formula(frozenset({"host"}))
"""Neither true nor false while the host is unknown, whatever else is found out."""


def all_of(parts: Iterable[Formula]) -> Formula:
    """All of them; parts are taken one by one, and none after one that never holds."""
    return _joined(parts, All, SURELY, NEVER)


def some_of(parts: Iterable[Formula]) -> Formula:
    """At least one; parts are taken one by one, and none after one that always holds."""
    return _joined(parts, Some, NEVER, SURELY)


def either(test: Formula, then: Formula, otherwise: Formula) -> Formula:
    """The one if the test holds, else the other; while it is unknown, what both say."""
    if then is otherwise:
        return then
    cases = ((test, then), (test.negated, otherwise), (then, otherwise))
    return some_of(all_of(case) for case in cases)


def _joined(
    parts: Iterable[Formula], kind: type[All] | type[Some], neutral: Formula, decisive: Formula
) -> Formula:
    found: dict[int, Formula] = {}
    for part in parts:
        if part is decisive:
            return decisive
        for one in part.parts if isinstance(part, kind) else (part,):
            found[id(one)] = one
    if len(found) < 2:
        return next(chain(found.values(), (neutral,)))
    return kind(tuple(found.values()))
