"""What may be known of a fact: a truth, a range, a set of options, or nothing.

Unknown is not false. A fact is held as the *set of values that it may still have*, so that
"unknown", "between 3 and 5 months" and "exactly 4 months" are the same kind of thing, and a
comparison is true when every possible value satisfies it, false when none does, else unknown.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from typing import TypeAlias


class Truth(IntEnum):
    """Strong Kleene logic, ordered: `and` is the minimum, `or` the maximum."""

    FALSE = 0
    UNKNOWN = 1
    TRUE = 2

    def negated(self) -> Truth:
        """Not: swaps true and false, leaves unknown."""
        return _NEGATED[self]

    @staticmethod
    def of(value: bool) -> Truth:
        """The truth of something that is known."""
        return Truth.TRUE if value else Truth.FALSE


_NEGATED = (Truth.TRUE, Truth.UNKNOWN, Truth.FALSE)


def conjunction(truths: Iterable[Truth]) -> Truth:
    """All of them; true when there are none. Asks no further once one is false."""
    found = Truth.TRUE
    for truth in truths:
        if truth is Truth.FALSE:
            return truth
        if truth is Truth.UNKNOWN:
            found = truth
    return found


def disjunction(truths: Iterable[Truth]) -> Truth:
    """Any of them; false when there are none. Asks no further once one is true."""
    found = Truth.FALSE
    for truth in truths:
        if truth is Truth.TRUE:
            return truth
        if truth is Truth.UNKNOWN:
            found = truth
    return found


@dataclass(frozen=True, slots=True)
class Range:
    """The whole numbers (or ranks of a scale, or day numbers) from `low` to `high`, both possible."""

    low: int
    high: int

    def __post_init__(self) -> None:
        if self.low > self.high:
            raise ValueError(f"empty range {self.low}..{self.high}")

    @property
    def is_known(self) -> bool:
        """Only one value is left."""
        return self.low == self.high


@dataclass(frozen=True, slots=True)
class Options:
    """The names (of an enumeration or of countries) that are still possible; None: any at all."""

    names: frozenset[str] | None

    @property
    def is_known(self) -> bool:
        """Only one name is left."""
        return self.names is not None and len(self.names) == 1


@dataclass(frozen=True, slots=True)
class Members:
    """A set of countries: those that are surely in it, and those that may be (None: any at all)."""

    surely: frozenset[str]
    perhaps: frozenset[str] | None

    @property
    def is_known(self) -> bool:
        """Nothing is left open."""
        return self.perhaps is not None and self.perhaps == self.surely


Possible: TypeAlias = Truth | Range | Options | Members


def exactly(value: bool | int | str | Iterable[str]) -> Possible:
    """A fact that is known: yes/no, a number or rank, a name, or a set of countries."""
    if isinstance(value, bool):
        return Truth.of(value)
    if isinstance(value, int):
        return Range(value, value)
    if isinstance(value, str):
        return Options(frozenset({value}))
    names = frozenset(value)
    return Members(names, names)


def is_known(possible: Possible) -> bool:
    """Whether only one value is left."""
    if isinstance(possible, Truth):
        return possible is not Truth.UNKNOWN
    return possible.is_known
