"""Everything that a regime says of a person, each truth as both readers tell it.

`explain` tells it by evaluating, the solver by a formula. What there is to tell is enumerated from
the text alone, so that a reader cannot leave anything out by not asking for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TypeAlias

from comity.agreement.coding.formulas import Formula, all_of, some_of
from comity.agreement.conditions import (
    Comparison,
    Condition,
    Constant,
    DefinitionRef,
    IsOneOf,
    Lapse,
    Part,
    Relation,
    Sum,
)
from comity.agreement.instruments import Definition
from comity.agreement.nodes import Choice, Kind, Norm, Standstill, Table, Term
from comity.agreement.regimes import Regime, Unit
from comity.agreement.values import Truth, conjunction
from comity.explain.evaluate import Evaluation
from comity.explain.kleene import between
from comity.prove.law import Law
from tests.readers_agree.words import NAMES, RIGHTS, WORDS

Said: TypeAlias = tuple[Truth, ...]
"""What `explain` says: one truth, or one for each rank of a right, from the first above the bottom."""


@dataclass(frozen=True)
class Told:
    """One truth that both readers tell.

    right: where the formula speaks of a rank that varies, the right whose rank it is.
    """

    name: str
    formula: Callable[[Law], Formula]
    explained: Callable[[Evaluation], Said]
    right: str = ""


def everything_told(regime: Regime, day: date) -> tuple[Told, ...]:
    """Bounds, what is effective, conflicts, what holds and has lapsed, definitions, axioms."""
    return tuple(_everything(regime, day))


def _everything(regime: Regime, day: date) -> Iterator[Told]:
    for right in RIGHTS:
        yield from _of_positions(right)
        yield from (_of_unit(unit) for unit in _units(regime, day, right))
        yield _of_conflict(right)
    for key in regime.nodes:
        yield _one(f"{key} holds", lambda law, k=key: law.node(k), lambda e, k=key: e.holds(k))
        if isinstance(regime.node(key, day), Norm):
            yield _asked(f"{key} has lapsed", Lapse(key))
    for key, variants in regime.definitions.items():
        yield from _of_definition(key, variants[0])
    yield _one("the axioms hold", _axioms, _axioms_hold)


def _one(
    name: str, formula: Callable[[Law], Formula], explained: Callable[[Evaluation], Truth]
) -> Told:
    return Told(name, formula, lambda evaluation: (explained(evaluation),))


def _asked(name: str, condition: Condition) -> Told:
    return _one(name, lambda law: law.condition(condition), lambda e: e.truth(condition))


# ---- positions ----
def _of_positions(right: str) -> Iterator[Told]:
    ranks = range(1, WORDS.rights[right].top + 1)
    for side, bound in (("lower", Law.guaranteed), ("upper", Law.left_open)):
        for rank in ranks:
            yield _one(
                f"{side} {right} at least {rank}",
                lambda law, b=bound, n=rank: b(law, right, n),
                lambda e, s=side, n=rank: reaches(e, right, s, n),
            )
        yield Told(
            f"{side} {right} at least a rank",
            lambda law, b=bound: b(law, right, law.rank_of(right)),
            lambda e, s=side: tuple(reaches(e, right, s, n) for n in ranks),
            right,
        )


def reaches(evaluation: Evaluation, right: str, side: str, rank: int) -> Truth:
    """Whether the lower or the upper bound of a right is at least a rank."""
    bounds = evaluation.bounds(right)
    certain, possible = getattr(bounds, side), getattr(bounds, f"{side}_possible")
    return between(certain, possible, rank)


def _units(regime: Regime, day: date, right: str) -> Iterator[Unit]:
    """The units of the text, and what standstills may preserve at each rank."""
    yield from regime.units_on(right, day)
    for instrument in regime.instruments:
        for node in instrument.holdings if instrument.force.binds else ():
            if isinstance(node, Standstill) and right in node.rights:
                for rank in range(1, WORDS.rights[right].top + 1):
                    yield Unit(instrument.key(node.id), Kind.GUARANTEE, right, rank)


def _of_unit(unit: Unit) -> Told:
    return _one(
        f"{unit.node} is effective on {unit.right} at {unit.level}",
        lambda law: law.effective(unit),
        lambda evaluation: evaluation.effective(unit),
    )


def _of_conflict(right: str) -> Told:
    def conflict(law: Law) -> Formula:
        return some_of(
            all_of((law.crosses(one, other), law.effective(one), law.effective(other)))
            for one in law.guarantees(right)
            for other in law.limits(right)
        )

    def explained(evaluation: Evaluation) -> Truth:
        return max((both for *_, both in evaluation.conflicts(right)), default=Truth.FALSE)

    return _one(f"a conflict on {right}", conflict, explained)


# ---- definitions ----
def _of_definition(key: str, definition: Definition) -> Iterator[Told]:
    instrument, _, name = key.partition("/")
    is_of_place = not isinstance(definition, Choice) and definition.of_place
    for place in WORDS.place_instances if is_of_place else ("",):
        here = f"{key} of {place}" if place else key
        match definition:
            case Term():
                yield _one(
                    here,
                    lambda law, p=place: law.term(key, p),
                    lambda e, p=place: e.term(key, p),
                )
            case Table(gives=scale):
                for condition in _levels(DefinitionRef(instrument, name, place), scale):
                    yield _asked(f"{here}: {condition}", condition)
            case Choice(gives=gives):
                listed = WORDS.enumerations.get(gives)
                for option in (*NAMES, "host") if listed is None else listed.options:
                    asked = IsOneOf(DefinitionRef(instrument, name), (option,))
                    yield _asked(f"{here} is {option}", asked)


def _levels(ref: DefinitionRef, scale: str) -> Iterator[Condition]:
    relations: tuple[Relation, ...] = ("at least", "at most")
    top = len(WORDS.scales[scale].levels) - 1
    for rank in range(1, top + 1):
        for relation in relations:
            yield Comparison(_sum(ref), relation, _sum(Constant(rank, scale)))
    yield IsOneOf(ref, (Constant(0, scale), Constant(top, scale)))


def _sum(operand: DefinitionRef | Constant) -> Sum:
    return Sum((Part(Fraction(1), operand),))


# ---- who may exist ----
def _axioms(law: Law) -> Formula:
    return all_of(law.condition(axiom.condition) for axiom in WORDS.axioms)


def _axioms_hold(evaluation: Evaluation) -> Truth:
    return conjunction(evaluation.truth(axiom.condition) for axiom in WORDS.axioms)
