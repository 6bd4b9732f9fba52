"""Regions: for whom one law gives more than another, in the terms of a norm that makes it so.

A *region* is those for whom one norm decides (nothing else of its law gives more) and whom the
other law gives less. The regions of a right cover everybody for whom the right differs, so a right
none of whose regions is inhabited is the same for all. Losing room (what the State may still grant)
is kept apart from losing a guarantee.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from comity.agreement.coding.formulas import NEVER, Defined, Formula, all_of, some_of
from comity.agreement.conditions import FactRef, ParameterRef
from comity.agreement.nodes import Kind, Standstill
from comity.agreement.regimes import Unit
from comity.prove.law import Law

_EVERY_LEVEL_UP_TO = 12


class Change(StrEnum):
    """What NEW does to a position, seen from the person."""

    BETTER = "better"
    WORSE = "worse"
    MORE_ROOM = "more_room"
    LESS_ROOM = "less_room"

    @property
    def is_of_new(self) -> bool:
        """Whether it is a norm of NEW that makes the difference."""
        return self in (Change.BETTER, Change.LESS_ROOM)

    @property
    def kind(self) -> Kind:
        """The kind of norm that makes the difference."""
        return Kind.GUARANTEE if self in (Change.BETTER, Change.WORSE) else Kind.LIMIT


@dataclass(frozen=True, eq=False)
class Region:
    """Those for whom one norm decides a right, and whom the other law gives less (leaves more).

    level: the rank that the norm gives or leaves, the fact whose level it is, or None for a
    standstill, which gives what earlier law gave. units: the bounding units of the norm meant.
    """

    change: Change
    right: str
    node: str
    level: int | FactRef | None
    units: tuple[Unit, ...]
    who: Formula


def regions_of(change: Change, right: str, own: Law, other: Law) -> Iterator[Region]:
    """The regions of a change of a right, inhabited or not, in the order of the texts.

    own: the law whose norms make the change.
    """
    ours, theirs = (living(law, right, change.kind) for law in (own, other))
    several: dict[tuple[str, int | FactRef | None], list[Unit]] = {}
    for unit in ours:
        several.setdefault((unit.node, level_of(own, unit)), []).append(unit)
    for (node, level), units in several.items():
        who = some_of(
            all_of((_decides(own, unit, ours), _falls_behind(own, unit, other, theirs)))
            for unit in units
        )
        if who is not NEVER:
            yield Region(change, right, node, level, tuple(units), who)


def living(law: Law, right: str, kind: Kind) -> list[Unit]:
    """The units of a right that can be effective at all: no standstill of a text without parties."""
    units = law.guarantees(right) if kind is Kind.GUARANTEE else law.limits(right)
    return [unit for unit in units if not _never(law.effective(unit))]


def _never(formula: Formula) -> bool:
    return formula is NEVER or (isinstance(formula, Defined) and formula.body is NEVER)


def fixed(law: Law, unit: Unit) -> Unit:
    """The unit with its parameter's value for its level: the other law may not have that parameter."""
    if not isinstance(unit.level, ParameterRef):
        return unit
    rank = law.rank(unit.level, law.vocabulary.rights[unit.right])
    return replace(unit, level=rank)


def level_of(law: Law, unit: Unit) -> int | FactRef | None:
    """The rank of a unit, the fact that gives it, or None for what a standstill preserves."""
    if isinstance(law.regime.node(unit.node, law.day), Standstill):
        return None
    level = fixed(law, unit).level
    assert not isinstance(level, ParameterRef)
    return level


def _decides(law: Law, unit: Unit, ours: Sequence[Unit]) -> Formula:
    """The unit is effective and says something, and no other of its law goes further."""
    right, own = law.vocabulary.rights[unit.right], fixed(law, unit)
    further = []
    for another in ours:
        pair = (fixed(law, another), own)
        beyond = law.crosses(*(pair if unit.kind is Kind.GUARANTEE else pair[::-1]))
        further.append(all_of((beyond, law.effective(another))))
    low, high = (1, right.top) if unit.kind is Kind.GUARANTEE else (0, right.top - 1)
    says = law.level(own.level, right, low, high)
    return all_of((says, law.effective(unit), some_of(further).negated))


def _falls_behind(law: Law, unit: Unit, other: Law, theirs: Sequence[Unit]) -> Formula:
    """The other law has nothing effective that gives as much (leaves as little)."""
    own, parts = fixed(law, unit), []
    for another in theirs:
        pair = (own, fixed(other, another))
        beyond = law.crosses(*(pair if unit.kind is Kind.GUARANTEE else pair[::-1]))
        parts.append(some_of((beyond, other.effective(another).negated)))
    return all_of(parts)


def gives_something(law: Law, unit: Unit) -> Formula:
    """A guarantee is effective, at a level above the bottom."""
    right = law.vocabulary.rights[unit.right]
    return all_of((law.level(fixed(law, unit).level, right, 1, right.top), law.effective(unit)))


def may_lie_below(region: Region, other: Law, unit: Unit) -> bool:
    """Whether a unit of the other law may be effective in a region, as far as its level tells."""
    level = fixed(other, unit).level
    return not (isinstance(region.level, int) and isinstance(level, int) and level >= region.level)


def named_ranks(law: Law, right: str) -> set[int]:
    """The ranks at which the guarantees of a law stand, those that a fact gives left out."""
    levels = (level_of(law, unit) for unit in living(law, right, Kind.GUARANTEE))
    return {level for level in levels if isinstance(level, int)} - {0}


def ranks_of(law: Law, right: str) -> set[int]:
    """The ranks that a law may give: those named; all of a short scale where a fact gives one."""
    top = law.vocabulary.rights[right].top
    units = living(law, right, Kind.GUARANTEE)
    preserved = {u.level for u in units if level_of(law, u) is None and isinstance(u.level, int)}
    found = named_ranks(law, right) | preserved
    if any(isinstance(level_of(law, unit), FactRef) for unit in units):
        found |= set(range(1, top + 1)) if top <= _EVERY_LEVEL_UP_TO else {top}
    return found
