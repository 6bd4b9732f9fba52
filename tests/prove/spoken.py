"""What a property speaks of: its rights, what it promises, and whom it compares."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from comity.agreement.coding.formulas import Formula, all_of, some_of
from comity.agreement.conditions import Condition, Guaranteed, LeftOpen, atoms
from comity.agreement.nodes import Bounding
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
from comity.prove.questions import Asker, of_bounding
from comity.prove.variants import NotLess, Of, Variant

RELATIONAL = (EqualFooting, Monotone, Decommodified)
"""Properties that compare two persons under one text."""
LIVES = (Reachable, NeverStuck)
"""Properties of lives, month after month."""
PROMISES = (Implies, NoGap, LabourNeverAlone, AgainstInstrument, *LIVES)
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
            found += [bounding.right for bounding in _of_life(proof, asker)]
    known = asker.law.vocabulary.rights
    return tuple(right for right in dict.fromkeys(found) if right in known)


def _rights_in(condition: Condition) -> Iterator[str]:
    return (a.right for a in atoms(condition) if isinstance(a, (Guaranteed, LeftOpen)))


def _of_life(proof: Proof, asker: Asker) -> tuple[Bounding, Bounding]:
    assert isinstance(proof.property, LIVES)
    goal, start = proof.property.goal, proof.property.start
    if goal is None or start is None:
        goal, start, _ = default_bounds(asker.law.vocabulary)
    return goal, start


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


def as_asked(proof: Proof, asker: Asker) -> tuple[Formula, ...]:
    """What a property promises, at the level at which it does; none where another text sets the level.

    Of a life: what is to be reached, and what is to last until then, in whatever month.
    """
    law = asker.law
    match proof.property:
        case Implies(_, conclusion):
            return (law.condition(conclusion),)
        case NoGap() | LabourNeverAlone():
            return tuple(law.guaranteed(right, 1) for right in promised(proof, asker))
        case Reachable() | NeverStuck():
            goal, start = _of_life(proof, asker)
            right = law.vocabulary.rights[start.right]
            may_last = law.left_open(start.right, law.rank(start.level, right))
            return of_bounding(law, goal), of_bounding(law, start), may_last
        case _:
            return ()


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


def parted(holds: Formula, other: Variant, *, helps: bool) -> Formula:
    """A norm holds for one of two persons only, in favour of the first.

    helps: the norm is on the person's side.
    """
    theirs = Of(holds, other)
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


def less(proof: Proof, here: Asker, there: Asker) -> Formula:
    """Somebody has less, under the second text, of what a property promises, at whatever level."""
    pairs = bounds(here.law, there.law, promised(proof, here))
    lower = some_of(all_of((old, new.negated)) for old, new in pairs)
    return some_of((lower, below(proof, here, there)))


def below(proof: Proof, here: Asker, there: Asker) -> Formula:
    """Somebody falls, under the second text, below what a property promises."""
    asked = zip(as_asked(proof, here), as_asked(proof, there), strict=True)
    return some_of(all_of((before, after.negated)) for before, after in asked)


def laws_of(proof: Proof, asker: Asker) -> tuple[Law, ...]:
    """The law of which a property speaks, and the one with which it compares it."""
    if not isinstance(proof.property, AgainstInstrument):
        return (asker.law,)
    assert asker.against is not None
    how = "instead" if proof.property.relation == "stands still against" else "alone"
    return asker.law, asker.against(proof.property.instrument, how)
