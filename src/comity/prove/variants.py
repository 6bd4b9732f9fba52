"""Formulas said of another person, or of a later month: the same law, some facts otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from comity.agreement.coding.formulas import Formula


@dataclass(frozen=True, eq=False)
class Variant:
    """Another person, or the same person later.

    renamed: the facts of which this person has values of their own; all others are shared.
    later: how much higher each of some counters is.
    at: the value that each of some counters has just then, whatever it was at first.
    """

    name: str
    renamed: frozenset[str] = frozenset()
    later: Mapping[str, int] = field(default_factory=dict)
    at: Mapping[str, int] = field(default_factory=dict)

    @property
    def touched(self) -> frozenset[str]:
        """The facts that are otherwise."""
        return self.renamed | frozenset(self.later) | frozenset(self.at)


class Of(Formula):
    """A formula said of a variant."""

    __slots__ = ("of", "variant")

    def __init__(self, of: Formula, variant: Variant) -> None:
        super().__init__()
        self.of, self.variant = of, variant

    @property
    def below(self) -> tuple[Formula, ...]:
        """The formula that is said."""
        return (self.of,)

    def _negate(self) -> Formula:
        return Of(self.of.negated, self.variant)


class NotLess(Formula):
    """A number is at least as high for a variant as for the first person."""

    __slots__ = ("key", "variant")

    def __init__(self, key: str, variant: Variant) -> None:
        super().__init__(frozenset({key}))
        self.key, self.variant = key, variant

    def _negate(self) -> Formula:
        raise AssertionError("asked only as a hypothesis")
