"""The people of a refutation, all records at once: for properties of one person, and of two laws.

The same three-valued questions as `failing` asks of one record at a time; the tests hold the two
together. What looks at a record a second time with other facts (two persons, lives) stays there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from comity.agreement.coding.formulas import Formula, all_of
from comity.agreement.many.evaluator import Evaluated
from comity.agreement.many.rules import Rules
from comity.agreement.regimes import Regime
from comity.agreement.statements import (
    AgainstInstrument,
    Implies,
    LabourNeverAlone,
    Never,
    NoConflict,
    NoGap,
    Proof,
)
from comity.api.counting import Count
from comity.api.likeness import scope_of
from comity.api.people_counts import Held, Mask, PeopleCounts
from comity.api.verdict_words import Task
from comity.api.where import failing_formula

ALONE = (Implies, Never, NoConflict, NoGap, LabourNeverAlone)
"""Properties of one person under one law."""


def people_at_once(
    counts: PeopleCounts, task: Task, regime: Regime, hosts: frozenset[str] | None
) -> Count | None:
    """The people of some hosts (None: of all) for whom the property of a task fails.

    regime: the one asked about, as read. None where the property must be asked record by record.
    """
    stated = task.proof.property
    if isinstance(stated, ALONE):
        held = _alone(counts, task.proof, regime)
    elif isinstance(stated, AgainstInstrument):
        held = _against(counts, task, stated, regime)
    else:
        return None
    if hosts is not None:
        there = np.fromiter((cell.host in hosts for cell in counts.tables.cells), np.bool_)
        held = Held(held.surely & there, held.possibly & there, held.assumed & there)
    return next((found for _, found in counts.counted(held)), Count())


def _alone(counts: PeopleCounts, proof: Proof, regime: Regime) -> Held:
    return counts.under(regime, (), lambda rules: [failing_formula(rules, proof)]).asked(0)


def _against(counts: PeopleCounts, task: Task, stated: AgainstInstrument, regime: Regime) -> Held:
    owner = task.owner_of_scope
    how = "instead" if stated.relation == "stands still against" else "alone"
    other = task.against(regime, owner, stated.instrument, how)
    rights = tuple(stated.rights or _rights_in_question(task, stated, regime, other))

    def within(rules: Rules) -> Sequence[Formula]:
        lines = () if owner is None else tuple(scope_of(owner))
        guard = () if task.proof.guard is None else (task.proof.guard,)
        return [all_of(tuple(rules.condition(one) for one in (*guard, *lines)))]

    ours = counts.under(regime, rights, within)
    theirs = counts.under(other, rights)
    inside = ours.asked(0)
    now = _short(stated, rights, ours.nothing, theirs.nothing, regime)
    then = _short(stated, rights, ours.ordinary, theirs.ordinary, regime)
    return Held(inside.surely & now[0], inside.possibly & now[1], inside.assumed & then[0])


def _rights_in_question(
    task: Task, stated: AgainstInstrument, regime: Regime, other: Regime
) -> Iterable[str]:
    if stated.relation == "stands still against":
        return [right for right, units in other.units.items() if units]
    owner = task.owner_of_scope
    if owner is None:
        return list(regime.vocabulary.rights)
    return [
        right
        for right, units in regime.units.items()
        if any(unit.node.partition("/")[0] == owner.id for unit in units)
    ]


def _short(
    stated: AgainstInstrument,
    rights: Sequence[str],
    ours: Evaluated,
    theirs: Evaluated,
    regime: Regime,
) -> tuple[Mask, Mask]:
    """Of whom it is sure, and possible, that the other text gives or leaves open more."""
    size = _size(ours, theirs)
    surely: NDArray[np.bool_] = np.zeros(size, dtype=np.bool_)
    possibly: NDArray[np.bool_] = np.zeros(size, dtype=np.bool_)
    for right in rights:
        top = regime.vocabulary.rights[right].top
        ask = _bounds(ours, right, top, size), _bounds(theirs, right, top, size)
        for sure, may in _ways(stated, *ask):
            surely |= sure
            possibly |= may
    return surely, possibly


_FourBounds = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]


def _bounds(of: Evaluated, right: str, top: int, size: int) -> _FourBounds:
    """Lower, possible lower, upper and possible upper ranks; of what no norm bounds, all is open."""
    found = of.rights.get(right)
    if found is None:
        none, all_ = np.zeros(size, dtype=np.int64), np.full(size, top, dtype=np.int64)
        return none, none, all_, all_
    return (
        found.lower.astype(np.int64),
        found.lower_possible.astype(np.int64),
        found.upper.astype(np.int64),
        found.upper_possible.astype(np.int64),
    )


def _ways(
    stated: AgainstInstrument, ours: _FourBounds, theirs: _FourBounds
) -> Iterable[tuple[Mask, Mask]]:
    low, low_possible, up, up_possible = ours
    their_low, their_low_possible, their_up, their_up_possible = theirs
    if stated.relation == "compatible with":
        yield their_low > up_possible, their_low_possible > up
        return
    yield their_low > low_possible, their_low_possible > low
    if stated.relation == "stands still against":
        yield their_up > up_possible, their_up_possible > up


def _size(*evaluated: Evaluated) -> int:
    for one in evaluated:
        for positions in one.rights.values():
            return len(positions.lower)
        for mask in one.surely:
            return len(mask)
    return 0
