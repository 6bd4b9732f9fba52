"""Properties as questions: is there somebody for whom the property fails?

Each question is a formula that a person (or two) satisfies if and only if the property is false.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from comity.agreement.coding.allowed import NO, YES, Numbers
from comity.agreement.coding.formulas import NEVER, SURELY, Formula, all_of, some_of
from comity.agreement.conditions import AllOf, Condition, FactRef
from comity.agreement.instruments import Instrument
from comity.agreement.nodes import Bounding, Element, Scope
from comity.agreement.statements import (
    AgainstInstrument,
    EqualFooting,
    Implies,
    Monotone,
    Never,
    NoConflict,
    NoGap,
    OperatesOnlyWith,
)
from comity.prove import lexicon
from comity.prove.law import Law
from comity.prove.variants import NotLess, Of, Variant


@dataclass(frozen=True)
class Question:
    """What is asked of all cases at once.

    claim: satisfiable if and only if the property fails.
    laws: the regimes read, the one that is asked about first.
    others: the persons or months beside the first, in the order in which a case tells them.
    premise: what the property presupposes; if nobody satisfies it, the property says nothing.
    subject: the fact whose absence from the text would prove the property by itself.
    """

    claim: Formula
    laws: tuple[Law, ...]
    others: tuple[Variant, ...] = ()
    premise: Formula = SURELY
    subject: frozenset[str] = frozenset()
    asked_of: tuple[Formula, ...] = ()
    about: str = ""

    @property
    def law(self) -> Law:
        """The regime that is asked about."""
        return self.laws[0]

    @property
    def by_absence(self) -> bool:
        """No article on which the rights depend mentions the fact."""
        return bool(self.subject) and not self.law.mentions(self.asked_of, self.subject)


@dataclass(frozen=True)
class Asker:
    """Makes questions about one regime.

    against: the law of another instrument, alone (`alone`) or in the place of the one that is
    asked about (`instead`).
    owner: the instrument whose proof it is, None for a regime that a user named.
    """

    law: Law
    guard: Condition | None = None
    owner: Instrument | None = None
    against: Callable[[str, str], Law] | None = None
    _cache: dict[str, object] = field(default_factory=dict)

    # ---- helpers ----
    @property
    def guarded(self) -> Formula:
        """The condition under which the property is asked."""
        return SURELY if self.guard is None else self.law.condition(self.guard)

    def rights(self, named: Iterable[str]) -> tuple[str, ...]:
        """The rights named; all that the regime bounds, if none are."""
        chosen = tuple(named)
        return chosen or tuple(r for r, units in self.law.regime.units.items() if units)

    def possible(self, claim: Formula, *variants: Variant) -> Formula:
        """A claim with the axioms that its facts hang on, for each person."""
        worlds = self.law.possible(claim)
        return all_of((worlds, *(Of(worlds, variant) for variant in variants), claim))

    def copies(self, facts: Iterable[FactRef]) -> tuple[str, ...]:
        """The facts by their concrete paths: `origin.role` is that of every origin."""
        found: dict[str, None] = {}
        for fact in facts:
            place, _, rest = fact.path.partition(".")
            declared = self.law.vocabulary.places.get(place)
            if declared is not None and rest and self.law.vocabulary.fact(fact.path) is None:
                found |= dict.fromkeys(f"{instance}.{rest}" for instance in declared.instances)
            elif place == "place":
                found |= dict.fromkeys(
                    f"{instance}.{rest}" for instance in self.law.vocabulary.place_instances
                )
            else:
                found[fact.path] = None
        return tuple(found)

    # ---- of one person ----
    def implies(self, stated: Implies) -> Question:
        """In every case in which the first holds, the second does."""
        first = all_of((self.guarded, self.law.condition(stated.premise)))
        claim = all_of((first, self.law.condition(stated.conclusion).negated))
        return Question(self.possible(claim), (self.law,), premise=self.possible(first))

    def never(self, stated: Never) -> Question:
        """No case satisfies the condition."""
        claim = all_of((self.guarded, self.law.condition(stated.condition)))
        return Question(self.possible(claim), (self.law,), premise=self.possible(self.guarded))

    def no_conflict(self, stated: NoConflict) -> Question:
        """Some rank is guaranteed and not left open: a guarantee and a limit cross, both effective."""
        law = self.law
        crossing = (
            all_of((law.guaranteed(right, rank), law.left_open(right, rank).negated))
            for right in self.rights(stated.rights)
            for rank in (law.rank_of(right),)
        )
        claim = all_of((self.guarded, some_of(crossing)))
        return Question(self.possible(claim), (self.law,), premise=self.possible(self.guarded))

    def no_gap(self, stated: NoGap) -> Question:
        """Whoever may not be removed to the only origin is not left at the bottom of a right."""
        law, vocabulary = self.law, self.law.vocabulary
        due = [law.guaranteed(lexicon.SHIELD, vocabulary.rights[lexicon.SHIELD].top)]
        same, second = lexicon.ONLY_ORIGIN
        due += [law.record(same, YES), law.record(second, NO), self.guarded]
        named = stated.rights or (lexicon.STAY,)
        bottom = some_of(law.guaranteed(right, 1).negated for right in named)
        first = all_of(due)
        return Question(
            self.possible(all_of((first, bottom))), (law,), premise=self.possible(first)
        )

    def labour_alone(self) -> Question:
        """Somebody has work by right and lacks a right that makes a person more than labour."""
        law = self.law
        opens = (r for r in lexicon.ACCESS_TO_WORK if r in law.vocabulary.rights)
        works = all_of((self.guarded, some_of(law.guaranteed(right, 1) for right in opens)))
        rights = [r for r in lexicon.MORE_THAN_LABOUR if r in law.vocabulary.rights]
        lacks = some_of(law.guaranteed(right, 1).negated for right in rights)
        return Question(self.possible(all_of((works, lacks))), (law,), premise=self.possible(works))

    # ---- of two persons ----
    def differs(self, rights: Iterable[str], other: Variant) -> Formula:
        """The first person has more of a right than the other, guaranteed or left open."""
        return some_of(
            all_of((bound(right, rank), Of(bound(right, rank), other).negated))
            for right in rights
            for rank in (self.law.rank_of(right),)
            for bound in (self.law.guaranteed, self.law.left_open)
        )

    def _positions(self, rights: Iterable[str]) -> tuple[Formula, ...]:
        return tuple(
            bound(right, self.law.rank_of(right))
            for right in rights
            for bound in (self.law.guaranteed, self.law.left_open)
        )

    def equal_footing(self, stated: EqualFooting) -> Question:
        """Two who differ in the facts only have not the same position.

        Facts that identity ties to nationality (the State of each origin) differ with it.
        """
        keys = set(self.copies(stated.facts))
        if "nationality" in keys:
            origins = self.law.vocabulary.places["origin"].instances
            keys |= {f"{o}.state" for o in origins if self.law.vocabulary.fact(f"{o}.state")}
        other = Variant("other", frozenset(keys))
        rights = self.rights(stated.rights)
        both = all_of((self.guarded, Of(self.guarded, other)))
        claim = all_of((both, self.differs(rights, other)))
        return Question(
            self.possible(claim, other),
            (self.law,),
            (other,),
            self.possible(self.guarded),
            frozenset(self.copies(stated.facts)),
            self._positions(rights),
        )

    def monotone(self, stated: Monotone) -> Question:
        """The one who has more of the fact has less of a right."""
        keys = self.copies((stated.fact,))
        other = Variant("other", frozenset(keys))
        rights = self.rights(stated.rights)
        more = all_of(NotLess(key, other) for key in keys)
        both = all_of((self.guarded, Of(self.guarded, other), more))
        claim = all_of((both, self.differs(rights, other)))
        return Question(
            self.possible(claim, other),
            (self.law,),
            (other,),
            self.possible(self.guarded),
            frozenset(keys),
            self._positions(rights),
        )

    def decommodified(self) -> Iterator[Question]:
        """The essentials do not depend on prices, and no loss of job, means or sponsor lowers them."""
        known = self.law.vocabulary
        rights = tuple(r for r in lexicon.ESSENTIALS if r in known.rights)
        prices = tuple(FactRef(path) for path in lexicon.PRICES if known.fact(path))
        if prices:
            yield self.equal_footing(EqualFooting(rights, prices))
        for path in lexicon.LOSSES:
            if known.fact(path) is not None:
                yield self._loss(path, rights)

    def _loss(self, path: str, rights: tuple[str, ...]) -> Question:
        other = Variant("other", frozenset({path}))
        lost = Of(self.law.record(path, YES), other)
        both = all_of((self.guarded, Of(self.guarded, other), lost, self.law.record(path, NO)))
        claim = all_of((both, self.differs(rights, other)))
        return Question(
            self.possible(claim, other),
            (self.law,),
            (other,),
            self.possible(self.guarded),
            frozenset({path}),
            self._positions(rights),
            about=path,
        )

    # ---- of two laws ----
    def against_instrument(self, stated: AgainstInstrument) -> Question:
        """The other text guarantees what this one does not, or forbids, or has lowered."""
        assert self.against is not None
        law = self.law
        is_old = stated.relation == "stands still against"
        other = self.against(stated.instrument, "instead" if is_old else "alone")
        rights = stated.rights or self._rights_in_question(other, is_old)
        failing: list[Formula] = []
        for right in rights:
            rank = law.rank_of(right)
            other.rank_of(right)
            due = other.guaranteed(right, rank)
            if stated.relation == "compatible with":
                failing.append(all_of((due, law.left_open(right, rank).negated)))
                continue
            failing.append(all_of((due, law.guaranteed(right, rank).negated)))
            if is_old:
                open_before = other.left_open(right, rank)
                failing.append(all_of((open_before, law.left_open(right, rank).negated)))
        within = all_of((self.guarded, self._scope()))
        claim = all_of((within, some_of(failing)))
        worlds = all_of((law.possible(claim), other.possible(claim)))
        return Question(all_of((worlds, claim)), (law, other), premise=self.possible(within))

    def _rights_in_question(self, other: Law, is_old: bool) -> tuple[str, ...]:
        """Of an instrument the rights that it bounds, of a regime all; of an earlier text its own."""
        if is_old:
            return tuple(r for r, units in other.regime.units.items() if units)
        if self.owner is None:
            return tuple(self.law.vocabulary.rights)
        own = {
            unit.right
            for units in self.law.regime.units.values()
            for unit in units
            if unit.node.partition("/")[0] == self.owner.id
        }
        return tuple(right for right in self.law.vocabulary.rights if right in own)

    def _scope(self) -> Formula:
        """Whom the instrument whose proof it is speaks of; everybody, of a regime."""
        if self.owner is None:
            return SURELY
        scopes = [s for s in self.owner.statements if isinstance(s, Scope)]
        return all_of(self.law.condition(AllOf(scope.when)) for scope in scopes)

    # ---- of elements ----
    def operates_only_with(self, stated: OperatesOnlyWith) -> Question:
        """A set of adopted elements in which one operates and a companion does not."""
        text = self.law.regime.library[stated.instrument]
        alone = some_of(operating(self.law, text, other, ()).negated for other in stated.companions)
        claim = all_of((operating(self.law, text, stated.element, ()), alone))
        return Question(claim, (self.law,), about="elements")


def operating(law: Law, instrument: Instrument, name: str, above: tuple[str, ...]) -> Formula:
    """An element operates, whichever are adopted: all sets of elements are looked at."""
    if name in above:
        return SURELY
    elements = (s for s in instrument.statements if isinstance(s, Element))
    element = next((e for e in elements if e.name == name), None)
    if element is None:
        return NEVER
    needs = (
        some_of(operating(law, instrument, other, (*above, name)) for other in alternatives)
        for alternatives in element.needs
    )
    return all_of((law.record(f"adopted {instrument.id}/{name}", YES), *needs))


def of_bounding(law: Law, bounding: Bounding) -> Formula:
    """A bounding of a proof is guaranteed."""
    right = law.vocabulary.rights[bounding.right]
    return law.guaranteed(bounding.right, law.rank(bounding.level, right))


def up_to(number: int) -> Numbers:
    """Every number up to one."""
    return Numbers(((-(10**9), number),))
