"""What a property speaks of: its rights, what it promises, and whom it compares."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from comity.agreement.coding.formulas import Formula, all_of, some_of
from comity.agreement.conditions import Condition, Guaranteed, LeftOpen, atoms
from comity.agreement.statements import (
    AgainstInstrument,
    Decommodified,
    EqualFooting,
    Implies,
    LabourNeverAlone,
    Monotone,
    Never,
    NeverStuck,
    NoConflict,
    NoGap,
    Proof,
    Reachable,
)
from comity.prove import lexicon
from comity.prove.law import Law
from comity.prove.lives import default_bounds
from comity.prove.questions import Asker
from comity.prove.variants import NotLess, Of, Variant

RELATIONAL = (EqualFooting, Monotone, Decommodified)
"""Properties that compare two persons under one text."""
PROMISES = (Implies, NoGap, LabourNeverAlone, AgainstInstrument, Reachable, NeverStuck)
"""Properties that say that something is given."""


# ---- rights and conditions ----
def conditions_of(proof: Proof) -> tuple[Condition, ...]:
    """The conditions that a property states, its guard first."""
    guard = () if proof.guard is None else (proof.guard,)
    match proof.property:
        case Implies(premise, conclusion):
            return (*guard, premise, conclusion)
        case Never(condition):
            return (*guard, condition)
        case _:
            return guard


def rights_of(proof: Proof, asker: Asker) -> tuple[str, ...]:
    """The rights on whose positions a property hangs."""
    found = [right for condition in conditions_of(proof) for right in _rights_in(condition)]
    match proof.property:
        case EqualFooting(rights) | Monotone(rights) | NoConflict(rights):
            found += asker.rights(rights)
        case AgainstInstrument(_, _, rights):
            found += rights or asker.law.vocabulary.rights
        case NoGap(rights):
            found += (*(rights or (lexicon.STAY,)), lexicon.SHIELD)
        case LabourNeverAlone():
            found += (*lexicon.ACCESS_TO_WORK, *lexicon.MORE_THAN_LABOUR)
        case Decommodified():
            found += lexicon.ESSENTIALS
        case Reachable() | NeverStuck():
            found += _of_life(proof, asker)
    known = asker.law.vocabulary.rights
    return tuple(right for right in dict.fromkeys(found) if right in known)


def _rights_in(condition: Condition) -> Iterator[str]:
    return (a.right for a in atoms(condition) if isinstance(a, (Guaranteed, LeftOpen)))


def _of_life(proof: Proof, asker: Asker) -> Iterator[str]:
    assert isinstance(proof.property, (Reachable, NeverStuck))
    goal, start = proof.property.goal, proof.property.start
    if goal is None or start is None:
        goal, start, _ = default_bounds(asker.law.vocabulary)
    yield from (goal.right, start.right)


# ---- promises ----
def promised(proof: Proof, asker: Asker) -> tuple[str, ...]:
    """The rights of which a property promises something."""
    match proof.property:
        case Implies(_, conclusion):
            found: Sequence[str] = tuple(_rights_in(conclusion))
        case NoGap(rights):
            found = rights or (lexicon.STAY,)
        case LabourNeverAlone():
            found = lexicon.MORE_THAN_LABOUR
        case _:
            found = rights_of(proof, asker)
    return tuple(right for right in dict.fromkeys(found) if right in asker.law.vocabulary.rights)


def as_asked(proof: Proof, asker: Asker) -> Formula | None:
    """What a property promises, at the level at which it does; None where it is more than a formula."""
    law = asker.law
    match proof.property:
        case Implies(_, conclusion):
            return law.condition(conclusion)
        case NoGap() | LabourNeverAlone():
            return all_of(law.guaranteed(right, 1) for right in promised(proof, asker))
        case _:
            return None


# ---- persons ----
def compared(proof: Proof, asker: Asker) -> Iterator[tuple[Formula, Variant]]:
    """The two persons whom a property compares: what is said of both, and the second one."""
    match proof.property:
        case EqualFooting() as stated:
            questions = [asker.equal_footing(stated)]
        case Monotone() as stated:
            questions = [asker.monotone(stated)]
        case _:
            questions = list(asker.decommodified())
    for question in questions:
        (other,) = question.others
        both = [asker.guarded, Of(asker.guarded, other)]
        if isinstance(proof.property, Monotone):
            both += [NotLess(key, other) for key in sorted(other.renamed)]
        yield all_of(both), other


def uneven(proof: Proof, holds: Formula, other: Variant, *, helps: bool) -> Formula:
    """A norm holds for one of two persons and not for the other, against what the property asks.

    helps: the norm is on the person's side, so that who has more of the fact may not lose it.
    """
    theirs = Of(holds, other)
    if not isinstance(proof.property, Monotone):
        return unequal(holds, theirs)
    return all_of((holds, theirs.negated) if helps else (holds.negated, theirs))


# ---- two texts ----
def unequal(one: Formula, other: Formula) -> Formula:
    """One of two formulas holds and the other does not."""
    return some_of((all_of((one, other.negated)), all_of((one.negated, other))))


def bounds(one: Law, other: Law, rights: Sequence[str]) -> Iterator[tuple[Formula, Formula]]:
    """For each right, that any rank is guaranteed, and that it is left open, by each of two laws."""
    for right in rights:
        rank = one.rank_of(right)
        other.rank_of(right)
        yield one.guaranteed(right, rank), other.guaranteed(right, rank)
        yield one.left_open(right, rank), other.left_open(right, rank)


def laws_of(proof: Proof, asker: Asker) -> tuple[Law, ...]:
    """The law of which a property speaks, and the one with which it compares it."""
    if not isinstance(proof.property, AgainstInstrument):
        return (asker.law,)
    assert asker.against is not None
    how = "instead" if proof.property.relation == "stands still against" else "alone"
    return asker.law, asker.against(proof.property.instrument, how)
