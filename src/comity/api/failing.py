"""For whom a refuted property fails: what `explain` says of one record, of which much is unknown.

Three-valued: true means that it surely fails for the person of the record, unknown that it may. A
property of two persons fails for somebody whose own position would be otherwise if the facts that
part the two had the other's values.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

from comity.agreement.conditions import Condition, FactRef
from comity.agreement.instruments import Instrument
from comity.agreement.positions import Bounds
from comity.agreement.regimes import Regime
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
    NoDeadText,
    NoGap,
    OperatesOnlyWith,
    PossibleCase,
    Reachable,
    TableComplete,
)
from comity.agreement.values import Possible, Range, Truth, conjunction, disjunction
from comity.api.failing_lives import Life, axioms_on
from comity.api.likeness import Facts, conditions_of_proof, scope_of
from comity.explain.evaluate import Evaluation
from comity.explain.kleene import between, truth_of
from comity.prove import lexicon
from comity.prove.law import Law, keys_of
from comity.prove.verdicts import Finding, Verdict

if TYPE_CHECKING:
    from comity.api.verdict_words import Task

Look: TypeAlias = Callable[[Regime, Facts], Evaluation]
"""A record seen under a regime, with the facts that take the place of its own."""

LawOf: TypeAlias = Callable[[Regime], Law]
"""The formulas of a regime."""


@dataclass(frozen=True, slots=True)
class Uncounted:
    """Why nobody is counted for a finding."""

    reason: str


@dataclass(frozen=True)
class Failure:
    """What it is for a property to fail for the person of a record.

    regimes: those under which the record is looked at.
    fails: asked of a look at the record.
    also: conditions asked of it besides those of the regimes.
    changed: the facts with which it is looked at too. held: facts of the host that the refutation
    found and that every record is looked at with.
    """

    regimes: tuple[Regime, ...]
    fails: Callable[[Look], Truth]
    also: tuple[Condition, ...] = ()
    changed: Facts = ()
    held: Facts = ()


def failure_of(task: Task, finding: Finding, law_of: LawOf) -> Failure | Uncounted:
    """What makes somebody of the population one of those whom a refutation concerns."""
    if finding.verdict is not Verdict.REFUTED:
        return Uncounted("the property is not refuted")
    match task.proof.property:
        case OperatesOnlyWith():
            return Uncounted("it speaks of sets of elements, not of persons")
        case NoDeadText() | TableComplete():
            return Uncounted("it speaks of the text, not of persons")
        case PossibleCase():
            return Uncounted("it is refuted because nobody can be so")
    if finding.person is None:  # excluded from work: a regime that opens work to nobody
        return Uncounted(f"{finding.reason or 'not refuted by a person'}: it concerns everybody")
    return Refutation(task, finding, law_of).failure()


@dataclass(frozen=True)
class Refutation:
    """A refuted property of persons. Its questions follow those of `prove`, three-valued."""

    task: Task
    finding: Finding
    law_of: LawOf

    @cached_property
    def regime(self) -> Regime:
        """The regime that was asked about, under the readings that refute."""
        regime = self.task.regime
        for question, option in self.finding.readings.items():
            regime = regime.reading(question, option)
        return regime

    @cached_property
    def held(self) -> Facts:
        """The reservations and parameters over which the proof ranges, as the solver found them."""
        assert self.finding.person is not None
        over = self.task.proof.over
        kinds = [
            k for k, o in (("reserved ", "reservations"), ("parameter ", "parameters")) if o in over
        ]
        facts = self.finding.person.facts.items()
        return tuple(sorted((k, v) for k, v in facts if k.startswith(tuple(kinds))))

    def failure(self) -> Failure:
        """What is asked of each record."""
        stated = self.task.proof.property
        also = tuple(conditions_of_proof(self.task.proof))
        match stated:
            case EqualFooting() | Monotone() | Decommodified():
                asked = (*also, *self._touched)
                return Failure((self.regime,), self._parts, asked, self.changed, held=self.held)
            case AgainstInstrument():
                other = self._other(stated)
                scope = () if self._owner is None else tuple(scope_of(self._owner))
                return Failure(
                    (self.regime, other),
                    lambda look: self._against(stated, self._seen(look), look(other, self.held)),
                    (*also, *scope),
                    held=self.held,
                )
            case Reachable() | NeverStuck():
                life = Life.of(self.task.proof, self.law_of(self.regime))
                return Failure(
                    (self.regime,),
                    lambda look: life.fails(lambda facts: self._seen(look, facts)),
                    (*also, *life.axioms),
                    held=self.held,
                )
            case _:
                return Failure(
                    (self.regime,),
                    lambda look: self._alone(self._seen(look)),
                    also,
                    held=self.held,
                )

    def _seen(self, look: Look, changed: Facts = ()) -> Evaluation:
        return look(self.regime, (*self.held, *changed))

    def _guarded(self, person: Evaluation) -> Truth:
        guard = self.task.proof.guard
        return Truth.TRUE if guard is None else person.truth(guard)

    @property
    def _owner(self) -> Instrument | None:
        return self.task.owner_of_scope

    # ---- of one person ----
    def _alone(self, person: Evaluation) -> Truth:
        fails: tuple[Truth, ...]
        match self.task.proof.property:
            case Implies(premise, conclusion):
                fails = (person.truth(premise), person.truth(conclusion).negated())
            case Never(condition):
                fails = (person.truth(condition),)
            case NoConflict(rights):
                fails = (disjunction(_conflicts(person, rights)),)
            case NoGap(rights):
                fails = tuple(_gap(person, rights or (lexicon.STAY,)))
            case LabourNeverAlone():
                fails = tuple(_labour_alone(person))
            case other:
                raise AssertionError(other)
        return conjunction((self._guarded(person), *fails))

    def _other(self, stated: AgainstInstrument) -> Regime:
        how = "instead" if stated.relation == "stands still against" else "alone"
        return self.task.against(self.regime, self._owner, stated.instrument, how)

    def _against(self, stated: AgainstInstrument, person: Evaluation, floor: Evaluation) -> Truth:
        """The other instrument guarantees more, to somebody of whom the owner speaks."""
        scope = () if self._owner is None else scope_of(self._owner)
        within = conjunction((self._guarded(person), *(person.truth(line) for line in scope)))
        if within is Truth.FALSE:
            return within
        rights = stated.rights or self._rights_in_question(stated, floor.regime)
        short = (_falls_short(stated, person.bounds(r), floor.bounds(r)) for r in rights)
        return min(within, disjunction(short))

    def _rights_in_question(self, stated: AgainstInstrument, other: Regime) -> Iterable[str]:
        """Of an earlier text the rights that it bounds, of an instrument its own, of a regime all."""
        if stated.relation == "stands still against":
            return [right for right, units in other.units.items() if units]
        if self._owner is None:
            return self.regime.vocabulary.rights
        return [
            right
            for right, units in self.regime.units.items()
            if any(unit.node.partition("/")[0] == self._owner.id for unit in units)
        ]

    # ---- of two persons ----
    @cached_property
    def changed(self) -> Facts:
        """The facts that part the two persons, with the values of the other."""
        person, other = self.finding.person, self.finding.other
        assert person is not None
        assert other is not None
        vocabulary = self.regime.vocabulary
        paths = [p for p in {**person.facts, **other.facts} if vocabulary.fact(p) is not None]
        return tuple(
            (path, other.known(path, vocabulary))
            for path in sorted(paths)
            if person.known(path, vocabulary) != other.known(path, vocabulary)
        )

    @cached_property
    def _touched(self) -> tuple[Condition, ...]:
        return axioms_on((path for path, _ in self.changed), self.regime.vocabulary)

    def _parts(self, look: Look) -> Truth:
        """The person's own position would be otherwise if the facts had the other's values."""
        person = self._seen(look)
        differs = self._may_change(person)
        if min(differs, self._guarded(person)) is Truth.FALSE:
            return Truth.FALSE
        after = self._seen(look, self.changed)
        can_be = conjunction(after.truth(axiom) for axiom in self._touched)
        ways = (self._way(person, after, right) for right in self._rights)
        return conjunction(
            (differs, self._guarded(person), self._guarded(after), can_be, disjunction(ways))
        )

    def _may_change(self, person: Evaluation) -> Truth:
        """The person has other values now; less of what grows, and what is lost not lost yet."""
        now = [(person.fact(path), value) for path, value in self.changed]
        if all(known == value for known, value in now):
            return Truth.FALSE
        match self.task.proof.property:
            case Monotone():
                return conjunction(_at_most(known, value) for known, value in now)
            case Decommodified() if self._is_loss:
                return conjunction(k.negated() for k, _ in now if isinstance(k, Truth))
            case _:
                return Truth.TRUE

    @property
    def _is_loss(self) -> bool:
        return all(path in lexicon.LOSSES for path, _ in self.changed)

    @property
    def _rights(self) -> tuple[str, ...]:
        known = self.regime.vocabulary.rights
        match self.task.proof.property:
            case EqualFooting(rights) | Monotone(rights):
                return rights or tuple(known)
            case _:
                return tuple(r for r in lexicon.ESSENTIALS if r in known)

    def _way(self, before: Evaluation, after: Evaluation, right: str) -> Truth:
        """The position changes; of what grows or is lost, for the worse."""
        if self._surely_same(before, after, right):
            return Truth.FALSE
        one, other = before.bounds(right), after.bounds(right)
        falls = _has_more(one, other)
        is_fall = isinstance(self.task.proof.property, Monotone) or (
            isinstance(self.task.proof.property, Decommodified) and self._is_loss
        )
        return falls if is_fall else max(falls, _has_more(other, one))

    def _surely_same(self, before: Evaluation, after: Evaluation, right: str) -> bool:
        """All that hangs on the facts is known and as before, so that what is unknown is the same."""
        hanging = self._hanging(right)
        seen = [
            {u: e.effective(u) for u in e.units(right) if u.node in hanging}
            for e in (before, after)
        ]
        return seen[0] == seen[1] and Truth.UNKNOWN not in seen[0].values()

    def _hanging(self, right: str) -> frozenset[str]:
        """The nodes that bound a right and hang on the facts that are changed."""
        if right not in self._hangs:
            law, keys = self.law_of(self.regime), {path for path, _ in self.changed}
            units = (*law.guarantees(right), *law.limits(right))
            self._hangs[right] = frozenset(
                unit.node
                for unit in units
                if not keys.isdisjoint(keys_of((law.effective(unit),)))
                or (isinstance(unit.level, FactRef) and unit.level.path in keys)
            )
        return self._hangs[right]

    @cached_property
    def _hangs(self) -> dict[str, frozenset[str]]:
        return {}


# ---- of one record ----
def _conflicts(person: Evaluation, rights: tuple[str, ...]) -> Iterator[Truth]:
    for right in rights or tuple(person.regime.vocabulary.rights):
        yield from (both for _, _, both in person.conflicts(right))


def _gap(person: Evaluation, rights: Iterable[str]) -> Iterator[Truth]:
    """Protected from return to the only origin, and at the bottom of a right."""
    shield = person.bounds(lexicon.SHIELD)
    yield between(
        shield.lower, shield.lower_possible, person.regime.vocabulary.rights[lexicon.SHIELD].top
    )
    same, second = (person.fact(path) for path in lexicon.ONLY_ORIGIN)
    assert isinstance(same, Truth)
    assert isinstance(second, Truth)
    yield same
    yield second.negated()
    yield disjunction(_has_some(person, right).negated() for right in rights)


def _labour_alone(person: Evaluation) -> Iterator[Truth]:
    """Work by right, and one of the rights that make a person more than labour lacks."""
    known = person.regime.vocabulary.rights
    yield disjunction(_has_some(person, r) for r in lexicon.ACCESS_TO_WORK if r in known)
    yield disjunction(
        _has_some(person, right).negated() for right in lexicon.MORE_THAN_LABOUR if right in known
    )


def _has_some(person: Evaluation, right: str) -> Truth:
    bounds = person.bounds(right)
    return between(bounds.lower, bounds.lower_possible, 1)


def _falls_short(stated: AgainstInstrument, ours: Bounds, theirs: Bounds) -> Truth:
    """The other guarantees what this one does not guarantee (or, if compatible, does not leave open)."""
    if stated.relation == "compatible with":
        return truth_of(theirs.lower > ours.upper_possible, theirs.lower_possible > ours.upper)
    fails = truth_of(theirs.lower > ours.lower_possible, theirs.lower_possible > ours.lower)
    if stated.relation == "stands still against":
        open_before = truth_of(
            theirs.upper > ours.upper_possible, theirs.upper_possible > ours.upper
        )
        return max(fails, open_before)
    return fails


def _has_more(one: Bounds, other: Bounds) -> Truth:
    """More is guaranteed or left open."""
    return truth_of(
        one.lower > other.lower_possible or one.upper > other.upper_possible,
        one.lower_possible > other.lower or one.upper_possible > other.upper,
    )


def _at_most(known: Possible, value: Possible) -> Truth:
    assert isinstance(known, Range)
    assert isinstance(value, Range)
    return truth_of(known.high <= value.low, known.low <= value.high)
