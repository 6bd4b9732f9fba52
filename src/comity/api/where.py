"""For whom a property of one person fails, as a formula that can be asked of many records at once.

The same three-valued questions as `failing` asks of one record; the tests hold the two together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from comity.agreement.coding.allowed import YES
from comity.agreement.coding.formulas import Formula, all_of, some_of
from comity.agreement.many.rules import Rules
from comity.agreement.regimes import Regime
from comity.agreement.statements import (
    Implies,
    LabourNeverAlone,
    Never,
    NoConflict,
    NoGap,
    Proof,
)
from comity.language.faults import ComityError, Fault
from comity.prove import lexicon


def failing_formula(rules: Rules, proof: Proof) -> Formula:
    """A person for whom a property of one person fails. Raises ComityError (E492) for any other."""
    guard = () if proof.guard is None else (rules.condition(proof.guard),)
    return all_of((*guard, *_fails(rules, proof)))


def _fails(rules: Rules, proof: Proof) -> Iterator[Formula]:
    match proof.property:
        case Implies(premise, conclusion):
            yield rules.condition(premise)
            yield rules.condition(conclusion).negated
        case Never(condition):
            yield rules.condition(condition)
        case NoConflict(rights):
            yield some_of(_conflicts(rules, rights or tuple(rules.vocabulary.rights)))
        case NoGap(rights):
            yield from _gap(rules, rights or (lexicon.STAY,))
        case LabourNeverAlone():
            known = rules.vocabulary.rights
            access = [right for right in lexicon.ACCESS_TO_WORK if right in known]
            more = [right for right in lexicon.MORE_THAN_LABOUR if right in known]
            yield some_of(_some_of(rules, right) for right in access)
            yield some_of(_some_of(rules, right).negated for right in more)
        case _:
            raise ComityError(
                Fault(
                    "E492",
                    f"`{proof.label}` is no property of one person, so nobody can be listed by it",
                    proof.span,
                    possible="`A implies B`, `never A`, `no gap`, `no conflict`, "
                    "`labour never travels alone`, each with `when`",
                    suggestion="comity prove REGIME --property counts the people of a refutation",
                )
            )


def _some_of(rules: Rules, right: str) -> Formula:
    return rules.guaranteed(right, 1)


def _conflicts(rules: Rules, rights: Sequence[str]) -> Iterator[Formula]:
    """A guarantee and a limit that cross are both effective: no clause says which prevails."""
    for right in rights:
        for guarantee, limit in product(rules.guarantees(right), rules.limits(right)):
            yield all_of(
                (
                    rules.crosses(guarantee, limit),
                    rules.effective(guarantee),
                    rules.effective(limit),
                )
            )


def _gap(rules: Rules, rights: Sequence[str]) -> Iterator[Formula]:
    """Protected from return to the only origin, and at the bottom of a right."""
    yield rules.guaranteed(lexicon.SHIELD, rules.vocabulary.rights[lexicon.SHIELD].top)
    same, second = lexicon.ONLY_ORIGIN
    yield rules.fact(same, YES)
    yield rules.fact(second, YES).negated
    yield some_of(_some_of(rules, right).negated for right in rights)


def refuse_unknown_rights(regime: Regime, rights: Sequence[str]) -> None:
    """E491: a right that no norm of the regime bounds has no counts."""
    known = [name for name, units in regime.units.items() if units]
    for right in rights:
        if right not in known:
            raise ComityError(
                Fault(
                    "E491",
                    f"no norm of {regime.name} bounds a right `{right[:60]}`",
                    possible=", ".join(known),
                )
            )
