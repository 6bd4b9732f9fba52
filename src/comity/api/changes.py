"""What NEW changes for one record, as `explain` sees it under both regimes.

Three-valued, so that the same questions serve a person found by the solver, who must surely show
the change, and records of a population, of which much is unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from comity.agreement.nodes import Kind
from comity.agreement.regimes import Unit
from comity.agreement.values import Truth, conjunction, disjunction
from comity.explain.evaluate import Evaluation
from comity.explain.kleene import truth_of
from comity.prove.regions import Change, Region

Seen = Callable[[Evaluation, Evaluation], Truth]
"""Whether one record, evaluated under OLD and under NEW, is one of those meant."""


def changed(change: Change, right: str) -> Seen:
    """NEW makes the change to a right."""

    def seen(old: Evaluation, new: Evaluation) -> Truth:
        is_gain = change in (Change.BETTER, Change.MORE_ROOM)
        more, less = (one.bounds(right) for one in ((new, old) if is_gain else (old, new)))
        if change.kind is Kind.GUARANTEE:
            return truth_of(more.lower > less.lower_possible, more.lower_possible > less.lower)
        return truth_of(more.upper > less.upper_possible, more.upper_possible > less.upper)

    return seen


def any_of(changes: Iterable[tuple[Change, str]]) -> Seen:
    """NEW makes one of some changes, each of a right."""
    several = [changed(change, right) for change, right in changes]
    return lambda old, new: disjunction(one(old, new) for one in several)


def both(better: Iterable[str], worse: Iterable[str]) -> Seen:
    """NEW guarantees more of a right of the first and less of one of the second."""
    gain = any_of((Change.BETTER, right) for right in better)
    loss = any_of((Change.WORSE, right) for right in worse)
    return lambda old, new: conjunction(side(old, new) for side in (gain, loss))


def none_of(changes: Iterable[tuple[Change, str]]) -> Seen:
    """NEW makes none of some changes: the same, if they are all that can come to anybody."""
    some = any_of(changes)
    return lambda old, new: some(old, new).negated()


def within(region: Region) -> Seen:
    """The record lies in a region: the norm decides, and the other regime gives less."""

    def seen(old: Evaluation, new: Evaluation) -> Truth:
        own, other = (new, old) if region.change.is_of_new else (old, new)
        return disjunction(_makes_it(unit, region, own, other) for unit in region.units)

    return seen


def _makes_it(unit: Unit, region: Region, own: Evaluation, other: Evaluation) -> Truth:
    """A unit is effective, nothing else of its regime goes further, and the other falls behind."""
    right = own.regime.vocabulary.rights[region.right]
    level = own.level(unit.level, right)
    ours, theirs = own.bounds(region.right), other.bounds(region.right)
    if region.change.kind is Kind.GUARANTEE:
        surely = level.low >= ours.lower_possible and level.low > theirs.lower_possible
        perhaps = level.high >= ours.lower and level.high > theirs.lower
    else:
        surely = level.high <= ours.upper and level.high < theirs.upper
        perhaps = level.low <= ours.upper_possible and level.low < theirs.upper_possible
    return min(own.effective(unit), truth_of(surely, perhaps))
