"""Does a proof notice that a norm which it needs was changed, and if not, why not?

Each proved property is asked of each mutant of each norm that its minimal core names. A mutant of which
the property is *refuted* was noticed. A survivor is sorted, by the solver wherever it says "nobody":

- *equivalent*: what the property hangs on (positions of its rights, its own conditions) is the same for
  everybody;
- *covered*: other norms do what the mutated one did, and are named. Those whom the mutation touches have
  what is promised even without the norm; of two persons whom it parts, the one who lacks it has what the
  other has; or, in a life, the proof needs norms that it did not need before.

What the property by its own meaning cannot notice:

- *no less*: it promises something, and nobody has less of that, at any level. It cannot see that somebody
  gets more, nor that less is presupposed;
- *above*: it promises a level, another was lowered, and nobody, of whom it speaks or not, falls below the
  one promised (the questions are then often word for word the same);
- *together*: it promises something to those whom the law gives something else, and whoever has less of the
  one has no longer the other: the norm gave both;
- *alike*: it compares two persons under one text, and a norm dropped or a level lowered is lost to both; or
  the norm holds for both or for neither, or only for the one who may have it alone. So too of two texts
  and a norm of a third that stands beside both;
- *settled*: it says that no two norms conflict, and for every norm that the mutated one may cross, at
  whatever level and for whomever, a clause says which of them prevails;
- *elsewhere*: the norm does as before for everybody of whom it speaks;
- *empty*: nobody is left of whom it speaks, and the proof says so itself (`vacuous`).

What is *left* is none of these: the property is too weak to notice, or the mutant keeps the duty.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import cached_property

from comity.agreement.coding.formulas import all_of, some_of
from comity.agreement.regimes import Regime
from comity.agreement.statements import AgainstInstrument, NoConflict
from comity.api.verdict_words import Task
from comity.prove.law import Latitude, Law
from comity.prove.questions import Asker, Question
from comity.prove.verdicts import Finding, Verdict
from tests.prove.mutants import Mutant, mutants_of, under
from tests.prove.quick import Quick, Remembering, norms_in
from tests.prove.reasons import Reasons
from tests.prove.spoken import PROMISES, RELATIONAL, bounds, rights_of


class Fate(StrEnum):
    """What became of a property under a mutant."""

    REFUTED = "refuted"
    EQUIVALENT = "equivalent"
    COVERED = "covered"
    NO_LESS = "no less"
    ABOVE = "above"
    TOGETHER = "together"
    ALIKE = "alike"
    SETTLED = "settled"
    ELSEWHERE = "elsewhere"
    EMPTY = "empty"
    LEFT = "left"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Duty:
    """A proved property with the nodes that its proof needs.

    said: the prints of the questions that the proof asked. questions: those questions.
    """

    task: Task
    needs: tuple[str, ...]
    said: frozenset[int]
    questions: tuple[Question, ...]

    @property
    def label(self) -> str:
        """The name of the proof."""
        return self.task.proof.label

    @property
    def norms(self) -> tuple[str, ...]:
        """The norms that the proof needs."""
        return norms_in(self.needs)


@dataclass(frozen=True)
class Trial:
    """What became of one property under one mutant. by: the norms that took its place."""

    duty: str
    mutant: Mutant
    fate: Fate
    by: tuple[str, ...] = ()


@dataclass
class Bench:
    """Proves the properties of a text, and asks each of the mutants of the norms that it needs.

    All tasks are of one regime. Use as a context, so that the solver's process ends.
    """

    tasks: Sequence[Task]
    day: date
    solver: Remembering = field(default_factory=Remembering)

    def __enter__(self) -> Bench:
        return self

    def __exit__(self, *_: object) -> None:
        self.solver.stop()

    @cached_property
    def text(self) -> Quick:
        """Asked about the text as it is."""
        return Quick(self.solver)

    @cached_property
    def whole(self) -> Regime:
        """Every text together, also those with which a proof compares."""
        texts = self.tasks[0].library.instruments
        return replace(self.tasks[0].regime, instruments=tuple(texts.values()), library=texts)

    # ---- the text itself ----
    def duties(self) -> Iterator[Duty]:
        """Each property that is stated as proved, is proved, and needs a norm for it."""
        for task in self.tasks:
            if task.proof.refuted:
                continue
            self.text.forget()
            found = self.found(self.text, task)
            if found.verdict is Verdict.PROVED and not found.vacuous:
                questions = tuple(self.text.questions)
                needs = dict.fromkeys(k for q in questions for k in self.text.core(q))
                if norms_in(needs):
                    yield Duty(task, tuple(needs), frozenset(self.text.said), questions)

    def found(self, prover: Quick, task: Task) -> Finding:
        """What a prover finds of a task."""
        owner, against = task.owner_of_scope, prover.against(task)
        return prover.prove(task.proof, task.regime, self.day, owner=owner, against=against)

    def mutants(self, duty: Duty) -> Iterator[Mutant]:
        """The mutants of the norms that a proof needs; of levels, those that its rights hang on."""
        rights = rights_of(duty.task.proof, self.asker(self.text, duty.task))
        for key in duty.norms:
            for mutant in mutants_of(self.whole, key, self.day):
                declared = self.whole.vocabulary.rights.get(mutant.right)
                if declared is None or declared.measured_by or mutant.right in rights:
                    yield mutant

    def pairs(self, duties: Iterable[Duty]) -> list[tuple[Mutant, list[Duty]]]:
        """Every mutant with the properties whose proofs need its norm."""
        found: dict[str, tuple[Mutant, list[Duty]]] = {}
        for duty in duties:
            for mutant in self.mutants(duty):
                found.setdefault(str(mutant), (mutant, []))[1].append(duty)
        return list(found.values())

    def asker(self, prover: Quick, task: Task) -> Asker:
        """Makes questions about the text of a task."""
        regime, owner, over = task.regime, task.owner_of_scope, task.proof.over
        latitude = Latitude("parameters" in over, "reservations" in over)

        def other(name: str, how: str) -> Law:
            against = prover.against(task)(regime, owner, name, how)
            return prover.law(against, self.day, latitude, f"{name} {how} ")

        law = prover.law(regime, self.day, latitude)
        return Asker(law, task.proof.guard, owner, other)

    # ---- mutants ----
    def trials(self, mutant: Mutant, duties: Iterable[Duty]) -> Iterator[Trial]:
        """What becomes of some properties under one mutant; its law is built once for all."""
        changed = Changed(self, mutant)
        for duty in duties:
            yield changed.trial(duty)


@dataclass
class Changed:
    """One mutant, and what becomes of properties under it."""

    bench: Bench
    mutant: Mutant

    def __post_init__(self) -> None:
        self.prover = Quick(self.bench.solver)
        self.first = under(self.bench.tasks[0], (self.mutant,))

    def task(self, duty: Duty) -> Task:
        """The same property, asked of the changed text."""
        return replace(self.first, proof=duty.task.proof)

    def verdict(self, duty: Duty) -> Verdict:
        """Whether a property holds of the changed text."""
        return self._found(duty).verdict

    def _found(self, duty: Duty) -> Finding:
        self.prover.forget()
        return self.bench.found(self.prover, self.task(duty))

    def losses(self) -> tuple[str, ...]:
        """The rights of which somebody has less, by the solver; none of a text outside the regime."""
        text, latitude = self.bench.tasks[0].regime, Latitude()
        before = self.bench.text.law(text, self.bench.day, latitude)
        after = self.prover.law(self.first.regime, self.bench.day, latitude)
        rights = [right for right, units in text.units.items() if units]
        lost = {
            right: some_of(
                all_of((old, new.negated)) for old, new in bounds(before, after, [right])
            )
            for right in rights
        }
        if self.prover.nobody((before, after), some_of(lost.values())):
            return ()
        return tuple(r for r in rights if not self.prover.nobody((before, after), lost[r]))

    def trial(self, duty: Duty) -> Trial:
        """What becomes of a property."""
        found = self._found(duty)
        fate, by = Fate.REFUTED, tuple[str, ...]()
        if found.verdict is Verdict.UNKNOWN:
            fate = Fate.UNKNOWN
        elif found.verdict is Verdict.PROVED:
            fate, by = self._survives(duty, found)
        return Trial(duty.label, self.mutant, fate, by)

    def _survives(self, duty: Duty, found: Finding) -> tuple[Fate, tuple[str, ...]]:
        if found.vacuous:
            return Fate.EMPTY, ()
        if "readings" in duty.task.proof.over:  # what follows would be asked under one of them only
            return Fate.LEFT, ()
        return next(self._reasons(duty))

    def _reasons(self, duty: Duty) -> Iterator[tuple[Fate, tuple[str, ...]]]:
        """Why a property need not notice, each asked only if no reason was found before."""
        reasons = Reasons(self, duty, tuple(self.prover.questions))
        kind, said = duty.task.proof.property, self.prover.said
        if said and duty.said.issuperset(said):  # the very questions are the same
            yield (Fate.EQUIVALENT if reasons.is_same() else Fate.ABOVE), ()
        if isinstance(kind, RELATIONAL) and reasons.is_alike():
            yield Fate.ALIKE, ()
        if isinstance(kind, NoConflict) and reasons.is_settled():
            yield Fate.SETTLED, ()
        no_less = isinstance(kind, PROMISES) and reasons.is_no_less()
        if reasons.is_same():
            yield Fate.EQUIVALENT, ()
        if no_less:
            yield Fate.NO_LESS, ()
        if self.mutant.right and reasons.is_above():
            yield Fate.ABOVE, ()
        if reasons.is_elsewhere():
            yield Fate.ELSEWHERE, ()
        if isinstance(kind, PROMISES) and reasons.goes_together():
            yield Fate.TOGETHER, ()
        if isinstance(kind, AgainstInstrument) and reasons.is_beside_both():
            yield Fate.ALIKE, ()
        others = reasons.others()
        yield (Fate.COVERED, others) if others else (Fate.LEFT, ())
