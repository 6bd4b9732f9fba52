"""Formulas over facts: what the text makes of a truth, each fact named where it counts.

A fact `key` is a path of the record, one about the law's operation (`exercised NODE`), or a number
that a reader lets vary (a parameter, a rank). Every part of a formula may be shared by others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import chain

from comity.agreement.coding.allowed import Allowed
from comity.agreement.conditions import Condition
from comity.agreement.values import Range


class Formula:
    """What may be true, false or unknown in a case."""

    __slots__ = ("_keys", "_negated")

    def __init__(self, keys: frozenset[str] | None = None) -> None:
        self._keys = keys
        self._negated: Formula | None = None

    @property
    def keys(self) -> frozenset[str]:
        """The facts that it names, all told; of what is defined elsewhere, none."""
        if self._keys is None:
            self._keys = frozenset[str]().union(*(part.keys for part in self.below))
        return self._keys

    @property
    def below(self) -> tuple[Formula, ...]:
        """The formulas of which it is made."""
        return ()

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


class IsHost(Formula):
    """A country is the host, or a set of countries has the host in it."""

    __slots__ = ("key", "test")

    def __init__(self, key: str, test: Condition | None) -> None:
        super().__init__(frozenset({key, "host"}))
        self.key, self.test = key, test

    def _negate(self) -> Formula:
        return Opposite(self)


class Defined(Formula):
    """A truth with a name: that a node holds, a definition is met, a norm is effective.

    label: the node or definition that says so, `INSTRUMENT/ID` or `INSTRUMENT/term NAME`.
    The body is made when it is first asked for: two norms may each wait for the other, where it
    hangs on the host which of them prevails.
    """

    __slots__ = ("_body", "_make", "label", "name")

    def __init__(self, name: str, label: str, make: Callable[[], Formula]) -> None:
        super().__init__(frozenset())
        self.name, self.label = name, label
        self._make: Callable[[], Formula] | None = make
        self._body: Formula | None = None

    @property
    def body(self) -> Formula:
        """What the name stands for."""
        if self._body is None:
            assert self._make is not None
            self._body, self._make = self._make(), None
        return self._body

    def _negate(self) -> Formula:
        return Opposite(self)


class Opposite(Formula):
    """Not what has a name."""

    __slots__ = ("of",)

    def __init__(self, of: Formula) -> None:
        super().__init__(of.keys)
        self.of = of

    @property
    def below(self) -> tuple[Formula, ...]:
        """The formula that it denies."""
        return (self.of,)


class All(Formula):
    """All of several."""

    __slots__ = ("parts",)

    def __init__(self, parts: tuple[Formula, ...]) -> None:
        super().__init__()
        self.parts = parts

    @property
    def below(self) -> tuple[Formula, ...]:
        """The formulas of which it is made."""
        return self.parts

    def _negate(self) -> Formula:
        return Some(tuple(part.negated for part in self.parts))


class Some(Formula):
    """At least one of several."""

    __slots__ = ("parts",)

    def __init__(self, parts: tuple[Formula, ...]) -> None:
        super().__init__()
        self.parts = parts

    @property
    def below(self) -> tuple[Formula, ...]:
        """The formulas of which it is made."""
        return self.parts

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


def everything_in(formulas: Iterable[Formula]) -> Iterator[Formula]:
    """Every formula of which some are made, once, the bodies of what is defined included.

    A formula comes after those of which it is made, save where two definitions name one another.
    """
    seen: set[int] = set()
    for formula in formulas:
        if id(formula) in seen:
            continue
        seen.add(id(formula))
        stack = [(formula, iter(_parts(formula)))]
        while stack:
            current, parts = stack[-1]
            for part in parts:
                if id(part) not in seen:
                    seen.add(id(part))
                    stack.append((part, iter(_parts(part))))
                    break
            else:
                stack.pop()
                yield current


def _parts(formula: Formula) -> tuple[Formula, ...]:
    return (formula.body,) if isinstance(formula, Defined) else formula.below
