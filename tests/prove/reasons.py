"""Why a property may hold of a mutant: what the solver can say of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from comity.agreement.coding.formulas import SURELY, Formula, all_of, some_of
from comity.agreement.nodes import Kind, Norm
from comity.api.verdict_words import Task
from comity.prove.law import Law
from comity.prove.questions import Asker, Question
from comity.prove.variants import Of, Variant
from tests.prove.mutants import How, dropped, helps, under
from tests.prove.quick import Quick, norms_in, worldly
from tests.prove.spoken import (
    LIVES,
    RELATIONAL,
    as_asked,
    below,
    bounds,
    compared,
    conditions_of,
    laws_of,
    less,
    parted,
    rights_of,
    unequal,
)

if TYPE_CHECKING:
    from tests.prove.survivors import Changed, Duty


@dataclass
class Reasons:
    """Asks of one property that holds of a mutant. questions: those whose answers prove it."""

    changed: Changed
    duty: Duty
    questions: tuple[Question, ...]

    def __post_init__(self) -> None:
        self.bench, self.mutant = self.changed.bench, self.changed.mutant
        self.prover, self.proof = self.changed.prover, self.duty.task.proof

    @cached_property
    def here(self) -> Asker:
        """Makes questions about the text."""
        return self.bench.asker(self.bench.text, self.duty.task)

    @cached_property
    def there(self) -> Asker:
        """Makes questions about the mutant."""
        return self.bench.asker(self.prover, self.changed.task(self.duty))

    @property
    def laws(self) -> tuple[Law, Law]:
        """The law of the text, and that of the mutant."""
        return self.here.law, self.there.law

    # ---- for everybody ----
    def is_same(self) -> bool:
        """Positions of the property's rights, and its own conditions, are the same for everybody."""
        laws: list[Law] = []
        differs: list[Formula] = []
        rights = rights_of(self.proof, self.here)
        pairs = zip(laws_of(self.proof, self.here), laws_of(self.proof, self.there), strict=True)
        for one, other in pairs:
            laws += (one, other)
            differs += (unequal(*pair) for pair in bounds(one, other, rights))
        for condition in conditions_of(self.proof):
            before, after = (law.condition(condition) for law in self.laws)
            differs.append(unequal(before, after))
        return self.prover.nobody(tuple(laws), some_of(differs))

    def is_no_less(self) -> bool:
        """Nobody has less of what the property promises, at any level."""
        return self.prover.nobody(self.laws, less(self.proof, self.here, self.there))

    def is_above(self) -> bool:
        """Nobody falls below what the property asks."""
        if not as_asked(self.proof, self.here):
            return False
        return self.prover.nobody(self.laws, below(self.proof, self.here, self.there))

    # ---- for those of whom the property speaks ----
    def is_elsewhere(self) -> bool:
        """The norm does as before for everybody of whom the property speaks.

        Not asked of a life, in which the norm may do something else in a later month.
        """
        if self.mutant.node not in self.here.law.regime.nodes:
            return False
        if isinstance(self.proof.property, LIVES):
            return False
        return self.prover.nobody(self.laws, all_of((self._spoken[0], self._touched)))

    @cached_property
    def _spoken(self) -> tuple[Formula, Formula]:
        """Of whom the property speaks under the text, and under the mutant: of a life, in any month."""
        if isinstance(self.proof.property, LIVES):
            before, after = (as_asked(self.proof, asker)[1] for asker in (self.here, self.there))
            return before, after
        before = some_of(question.premise for question in self.duty.questions)
        return before, some_of(question.premise for question in self.questions)

    @property
    def _touched(self) -> Formula:
        """The mutation touches the person: the norm holds that did not, or the reverse, or is another."""
        before, after = (law.node(self.mutant.node) for law in self.laws)
        return some_of((before, after)) if self.mutant.right else unequal(before, after)

    def goes_together(self) -> bool:
        """The property speaks of others under the mutant, and none of them has less of what it promises."""
        if self.prover.nobody(self.laws, unequal(*self._spoken)):
            return False
        lost = (below if isinstance(self.proof.property, LIVES) else less)(
            self.proof, self.here, self.there
        )
        return self.prover.nobody(self.laws, all_of((self._spoken[1], lost)))

    # ---- for two persons, or two texts ----
    def is_alike(self) -> bool:
        """The change touches the two persons who are compared alike, or not against the direction."""
        if self.mutant.how is How.DROPPED or self.mutant.right:
            return True
        return all(
            self.prover.nobody((self.there.law,), parted, other) for parted, other in self._parted()
        )

    def _parted(self) -> Iterator[tuple[Formula, Variant]]:
        """The two persons who are compared, one of whom has the mutated norm and should not alone."""
        holds = self.there.law.node(self.mutant.node)
        for both, other in compared(self.proof, self.there):
            yield all_of((both, parted(holds, other, helps=self._helps))), other

    @property
    def _helps(self) -> bool:
        """The mutated norm is on the person's side."""
        return helps(self.bench.whole, self.mutant.node)

    def is_beside_both(self) -> bool:
        """The norm is of a text beside both that are compared, and does under both the same."""
        law, other = laws_of(self.proof, self.there)
        if self.mutant.node.partition("/")[0] not in law.regime.by_id.keys() & other.regime.by_id:
            return False
        if self.mutant.how is How.DROPPED or self.mutant.right:
            return True
        differ = unequal(law.node(self.mutant.node), other.node(self.mutant.node))
        return self.prover.nobody((law, other), differ)

    # ---- clauses ----
    def is_settled(self) -> bool:
        """Of every norm that the mutated one may cross, a clause says which of the two prevails."""
        regime = self.there.law.regime
        for units in regime.units.values():
            for unit in units:
                for other in units:
                    if unit.node == self.mutant.node and other.kind is not unit.kind:
                        is_guarantee = unit.kind is Kind.GUARANTEE
                        pair = (unit.node, other.node) if is_guarantee else (other.node, unit.node)
                        ruling = regime.ruling(*pair)
                        if bool(ruling.for_guarantee) is bool(ruling.for_limit):
                            return False
        return True

    # ---- other norms ----
    def others(self) -> tuple[str, ...]:
        """Norms that do now what the mutated one did."""
        match self.proof.property:
            case stated if isinstance(stated, RELATIONAL):
                return self.given_to_both()
            case _:
                return self.given_besides() or self.needed_now()

    @cached_property
    def _without(self) -> Asker:
        """Makes questions about the text without the norm."""
        return self.bench.asker(Quick(self.bench.solver), self._task_without)

    @property
    def _task_without(self) -> Task:
        return under(self.duty.task, (dropped(self.mutant.node),))

    def given_to_both(self) -> tuple[str, ...]:
        """Norms that give the second of two persons, whom the mutated one parts, what the first has."""
        laws = self.there.law, self._without.law
        first, second = laws if self._helps else laws[::-1]
        pairs = list(bounds(first, second, rights_of(self.proof, self.there)))
        found: dict[str, None] = {}
        for parts, other in self._parted():
            more = some_of(all_of((one, Of(two, other).negated)) for one, two in pairs)
            claim = worldly(laws, all_of((parts, more)), other)
            found |= dict.fromkeys(self._givers(Question(claim, laws, (other,))))
        return tuple(found)

    def given_besides(self) -> tuple[str, ...]:
        """Norms by which those whom the mutation touches have what is promised without the norm.

        In a life it may touch them in any month, so there without it is without it for everybody.
        """
        questions, touched = self.questions, self._touched
        if isinstance(self.proof.property, LIVES):
            touched = SURELY
        if self._helps:
            prover = Quick(self.bench.solver)
            self.bench.found(prover, self._task_without)
            questions = tuple(prover.questions)
        found: dict[str, None] = {}
        for question in questions:
            laws = (*question.laws, *self.laws)
            claim = worldly(laws, all_of((question.claim, touched)))
            found |= dict.fromkeys(self._givers(Question(claim, laws)))
        return tuple(found)

    def _givers(self, question: Question) -> tuple[str, ...]:
        """The guarantees that rule a claim out; none if it is not ruled out."""
        if self.prover.is_possible(question, question.claim):
            return ()
        nodes = self.bench.whole.nodes
        return tuple(
            key
            for key in norms_in(self.prover.core(question))
            if key != self.mutant.node
            and any(isinstance(n, Norm) and n.kind is Kind.GUARANTEE for n in nodes.get(key, ()))
        )

    @cached_property
    def _needs(self) -> tuple[str, ...]:
        """The norms that the proof needs now."""
        needs = dict.fromkeys(k for q in self.questions for k in self.prover.core(q))
        return tuple(key for key in norms_in(needs) if key != self.mutant.node)

    def needed_now(self) -> tuple[str, ...]:
        """Norms that the proof did not need before, and cannot do without now."""
        new = tuple(key for key in self._needs if key not in self.duty.needs)
        needed = new and not all(self.prover.is_proved_without(new, q) for q in self.questions)
        return new if needed else ()
