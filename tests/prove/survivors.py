"""Does a proof notice that a norm which it needs was changed, and if not, why not?

Each proved property is asked of each mutant of each norm that its minimal core names. A mutant of which
the property is *refuted* was noticed. A survivor is sorted, by the solver wherever it says "nobody":

- *equivalent*: what the property hangs on (positions of its rights, its own conditions) is the same for
  everybody;
- *no less*: of a property that promises something: nobody has less of what it promises, at any level.
  It cannot see that somebody gets more, nor that less is presupposed;
- *above*: of such a property and a level that was lowered: nobody, of whom it speaks or not, falls below
  the level that it asks;
- *alike*: of a property that compares two persons under one text: what both lose alike (a norm dropped, a
  level lowered) it cannot see; nor a norm that in the mutant holds for both or for neither, or only for
  the one who may have it alone;
- *together*: of such a property: whoever has less of what it promises is, under the mutant, no longer one
  of whom it speaks; the norm gave the one with the other;
- *elsewhere*: the norm does as before for everybody of whom the property speaks;
- *empty*: nobody is left of whom it speaks, and the proof says so itself (`vacuous`);
- *covered*: the proof needs norms that it did not need before and cannot do without; or there is a norm
  without which the property is refuted of the mutant, and not of the text;
- *left*: none of these. The property is too weak to notice, or the mutant keeps the duty.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any

from comity.agreement.coding.formulas import Formula, all_of, some_of
from comity.api.verdict_words import Task
from comity.prove.law import Latitude, Law
from comity.prove.prover import Prover
from comity.prove.questions import Asker, Question
from comity.prove.script import Writer
from comity.prove.solvers import Reply, Solver
from comity.prove.variants import Of, Variant
from comity.prove.verdicts import Finding, Verdict
from tests.prove.mutants import How, Mutant, dropped, helps, mutants_of, mutated
from tests.prove.spoken import (
    PROMISES,
    RELATIONAL,
    as_asked,
    bounds,
    compared,
    conditions_of,
    laws_of,
    promised,
    rights_of,
    unequal,
    uneven,
)


class Fate(StrEnum):
    """What became of a property under a mutant."""

    REFUTED = "refuted"
    EQUIVALENT = "equivalent"
    NO_LESS = "no less"
    ABOVE = "above"
    TOGETHER = "together"
    ALIKE = "alike"
    ELSEWHERE = "elsewhere"
    EMPTY = "empty"
    COVERED = "covered"
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
        """The norms that the proof needs; definitions are no norms."""
        return norms_in(self.needs)


@dataclass(frozen=True)
class Trial:
    """What became of one property under one mutant. by: the norms that took its place."""

    duty: str
    mutant: Mutant
    fate: Fate
    by: tuple[str, ...] = ()


def norms_in(needs: Iterable[str]) -> tuple[str, ...]:
    """The norms of a core."""
    return tuple(key for key in needs if "/term " not in key)


# ---- asking ----
class Remembering(Solver):
    """A solver that is not asked the same thing twice."""

    def __init__(self) -> None:
        super().__init__("z3")
        self._replies: dict[int, Reply] = {}

    def ask(self, text: str, **wanted: Any) -> Reply:
        """The answer to one question."""
        asked = hash((text, repr(wanted)))
        if asked not in self._replies:
            self._replies[asked] = super().ask(text, **wanted)
        return self._replies[asked]


class Quick(Prover):
    """Asks only whether there is somebody: makes no person plain, names no article.

    said, questions: what was asked since they were last emptied.
    """

    def __init__(self, solver: Solver) -> None:
        super().__init__(needs=False)
        self.solver = solver
        self.said: list[int] = []
        self.questions: list[Question] = []

    def ask(self, question: Question, *, plain: bool = True, needs: bool = True) -> Finding:
        """Whether somebody satisfies a claim."""
        self.questions.append(question)
        if question.by_absence:
            return super().ask(question, plain=False, needs=False)
        text = Writer(question.laws, question.claim).write().text
        self.said.append(hash(text))
        verdict = self.solver.ask(text).verdict
        if verdict == "unsat":
            return Finding(Verdict.PROVED, vacuous=not self.is_possible(question, question.premise))
        return Finding(Verdict.REFUTED if verdict == "sat" else Verdict.UNKNOWN)

    def nobody(self, laws: tuple[Law, ...], formula: Formula, *others: Variant) -> bool:
        """It is proved that no case satisfies a formula. others: of whom it speaks besides."""
        worlds = all_of(law.possible(formula) for law in laws)
        claim = all_of((worlds, *(Of(worlds, other) for other in others), formula))
        return self.solver.ask(Writer(laws, claim).write().text).verdict == "unsat"


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
    def _cores(self) -> Prover:
        return self._with_cores()

    def _with_cores(self) -> Prover:
        prover = Prover()
        prover.solver = self.solver
        return prover

    # ---- the text itself ----
    def duties(self) -> Iterator[Duty]:
        """Each property that is stated as proved, is proved, and needs a norm for it."""
        for task in self.tasks:
            needs = () if task.proof.refuted else self.needs(task, self._cores)
            if norms_in(needs):
                self.text.said.clear()
                self.text.questions.clear()
                self.found(self.text, task)
                yield Duty(task, needs, frozenset(self.text.said), tuple(self.text.questions))

    def needs(self, task: Task, prover: Prover | None = None) -> tuple[str, ...]:
        """A minimal core of a property's proof; empty if it has none."""
        found = self.found(prover or self._with_cores(), task)
        return found.needs if found.verdict is Verdict.PROVED else ()

    def found(self, prover: Prover, task: Task) -> Finding:
        """What a prover finds of a task."""
        return prover.prove(
            task.proof, task.regime, self.day, owner=task.owner_of_scope, against=task.against
        )

    def mutants(self, duty: Duty) -> Iterator[Mutant]:
        """The mutants of the norms that a proof needs; of levels, those that its rights hang on."""
        texts = duty.task.library.instruments
        whole = replace(duty.task.regime, instruments=tuple(texts.values()), library=texts)
        rights = rights_of(duty.task.proof, self.asker(self.text, duty.task))
        for key in duty.norms:
            for mutant in mutants_of(whole, key, self.day):
                declared = whole.vocabulary.rights.get(mutant.right)
                if declared is None or declared.measured_by or mutant.right in rights:
                    yield mutant

    def asker(self, prover: Prover, task: Task) -> Asker:
        """Makes questions about the text of a task."""
        regime, owner, over = task.regime, task.owner_of_scope, task.proof.over
        latitude = Latitude("parameters" in over, "reservations" in over)

        def other(name: str, how: str) -> Law:
            against = task.against(regime, owner, name, how)
            return prover.law(against, self.day, latitude, f"{name} {how} ")

        law = prover.law(regime, self.day, latitude)
        return Asker(law, task.proof.guard, owner, other)

    # ---- mutants ----
    def trials(self, mutant: Mutant, duties: Iterable[Duty]) -> Iterator[Trial]:
        """What becomes of some properties under one mutant; its law is built once for all."""
        changed = _Changed(self, mutant)
        for duty in duties:
            yield changed.trial(duty)


@dataclass
class _Changed:
    """One mutant, and what becomes of properties under it."""

    bench: Bench
    mutant: Mutant

    def __post_init__(self) -> None:
        self.prover = Quick(self.bench.solver)
        self.first = _under(self.bench.tasks[0], (self.mutant,))
        self.asked: tuple[Question, ...] = ()

    def task(self, duty: Duty) -> Task:
        """The same property, asked of the changed text."""
        return replace(self.first, proof=duty.task.proof)

    def trial(self, duty: Duty) -> Trial:
        """What becomes of a property."""
        self.prover.said.clear()
        self.prover.questions.clear()
        found = self.bench.found(self.prover, self.task(duty))
        self.asked = tuple(self.prover.questions)
        if found.verdict is Verdict.PROVED:
            same = bool(self.prover.said) and duty.said.issuperset(self.prover.said)
            return Trial(
                duty.label,
                self.mutant,
                *((Fate.EQUIVALENT, ()) if same else self._survives(duty, found)),
            )
        is_refuted = found.verdict is Verdict.REFUTED
        return Trial(duty.label, self.mutant, Fate.REFUTED if is_refuted else Fate.UNKNOWN)

    def _survives(self, duty: Duty, found: Finding) -> tuple[Fate, tuple[str, ...]]:
        proof = duty.task.proof
        if found.vacuous:
            return Fate.EMPTY, ()
        if "readings" not in proof.over:  # or what follows would be asked under one of them only
            here = self.bench.asker(self.bench.text, duty.task)
            there = self.bench.asker(self.prover, self.task(duty))
            for fate in self._reasons(duty, here, there):
                return fate, ()
        by = self._others(duty)
        return (Fate.COVERED, by) if by else (Fate.LEFT, ())

    def _reasons(self, duty: Duty, here: Asker, there: Asker) -> Iterator[Fate]:
        """The reasons why the property need not notice, each asked only if none was found before."""
        proof = duty.task.proof
        if isinstance(proof.property, RELATIONAL) and self._is_alike(duty, there):
            yield Fate.ALIKE
        no_less = isinstance(proof.property, PROMISES) and self._gives_no_less(duty, here, there)
        if self._is_same(duty, here, there):
            yield Fate.EQUIVALENT
        if no_less:
            yield Fate.NO_LESS
        if self.mutant.right and self._is_above(duty, here, there):
            yield Fate.ABOVE
        if self._is_elsewhere(duty, here, there):
            yield Fate.ELSEWHERE
        if isinstance(proof.property, PROMISES) and self._goes_together(duty, here, there):
            yield Fate.TOGETHER

    # ---- for everybody ----
    def _is_same(self, duty: Duty, here: Asker, there: Asker) -> bool:
        """Positions of the property's rights, and its own conditions, are the same for everybody."""
        proof, laws = duty.task.proof, []
        differs = []
        rights = rights_of(proof, here)
        for one, other in zip(laws_of(proof, here), laws_of(proof, there), strict=True):
            laws += [one, other]
            differs += [unequal(*pair) for pair in bounds(one, other, rights)]
        for condition in conditions_of(proof):
            differs.append(unequal(here.law.condition(condition), there.law.condition(condition)))
        return self.prover.nobody(tuple(laws), some_of(differs))

    def _gives_no_less(self, duty: Duty, here: Asker, there: Asker) -> bool:
        """Nobody has less of what the property promises, at any level."""
        return self.prover.nobody((here.law, there.law), _less(duty, here, there))

    def _is_above(self, duty: Duty, here: Asker, there: Asker) -> bool:
        """Nobody falls below what the property asks."""
        proof = duty.task.proof
        before, after = as_asked(proof, here), as_asked(proof, there)
        if before is None or after is None:
            return False
        return self.prover.nobody((here.law, there.law), all_of((before, after.negated)))

    # ---- for two persons ----
    def _is_alike(self, duty: Duty, there: Asker) -> bool:
        """The change touches the two persons who are compared alike, or not against the direction."""
        if self.mutant.how is How.DROPPED or self.mutant.right:
            return True
        proof, holds = duty.task.proof, there.law.node(self.mutant.node)
        is_on_their_side = helps(there.law.regime, self.mutant.node)
        return all(
            self.prover.nobody(
                (there.law,),
                all_of((both, uneven(proof, holds, other, helps=is_on_their_side))),
                other,
            )
            for both, other in compared(proof, there)
        )

    # ---- for those of whom the property speaks ----
    def _is_elsewhere(self, duty: Duty, here: Asker, there: Asker) -> bool:
        """The norm does as before for everybody of whom the property speaks."""
        key = self.mutant.node
        if key not in here.law.regime.nodes:
            return False
        before, after = here.law.node(key), there.law.node(key)
        touched = some_of((before, after)) if self.mutant.right else unequal(before, after)
        spoken = some_of(question.premise for question in duty.questions)
        return self.prover.nobody((here.law, there.law), all_of((spoken, touched)))

    def _goes_together(self, duty: Duty, here: Asker, there: Asker) -> bool:
        """The property speaks of others under the mutant, and none of them has less of what it promises."""
        laws = (here.law, there.law)
        before = some_of(question.premise for question in duty.questions)
        after = some_of(question.premise for question in self.asked)
        if self.prover.nobody(laws, unequal(before, after)):
            return False
        return self.prover.nobody(laws, all_of((after, _less(duty, here, there))))

    # ---- other norms ----
    def _others(self, duty: Duty) -> tuple[str, ...]:
        """Norms that do now what the mutated one did."""
        needs = norms_in(self.bench.needs(self.task(duty)))
        new = tuple(key for key in needs if key not in duty.needs)
        if new and not all(self._is_proved_without(new, question) for question in self.asked):
            return new
        for key in (*new, *(key for key in needs if key in duty.needs)):
            if key != self.mutant.node and self._stands_in(key, duty):
                return (key,)
        return ()

    def _is_proved_without(self, norms: Sequence[str], question: Question) -> bool:
        """The proof of one question can do without knowing what some norms say."""
        script = Writer(question.laws, question.claim, labelled=True).write()
        labels = [symbol for label, symbol in script.labels.items() if label not in norms]
        return self.bench.solver.ask(script.text, labels=labels).verdict == "unsat"

    def _stands_in(self, key: str, duty: Duty) -> bool:
        """Without a norm the property is refuted of the mutant, and not of the text."""
        prover = Quick(self.bench.solver)
        verdicts = (
            self.bench.found(prover, _under(duty.task, mutants)).verdict
            for mutants in ((self.mutant, dropped(key)), (dropped(key),))
        )
        return tuple(verdicts) == (Verdict.REFUTED, Verdict.PROVED)


def _less(duty: Duty, here: Asker, there: Asker) -> Formula:
    """Somebody has less, under the second text, of what a property promises."""
    proof = duty.task.proof
    pairs = list(bounds(here.law, there.law, promised(proof, here)))
    before, after = as_asked(proof, here), as_asked(proof, there)
    if before is not None and after is not None:
        pairs.append((before, after))
    return some_of(all_of((old, new.negated)) for old, new in pairs)


def _under(task: Task, mutants: Iterable[Mutant]) -> Task:
    """A task asked of changed texts."""
    texts = task.library.instruments
    for mutant in mutants:
        texts = mutated(texts, mutant)
    regime = replace(
        task.regime, instruments=tuple(texts[i.id] for i in task.regime.instruments), library=texts
    )
    owner = None if task.owner is None else texts[task.owner.id]
    return Task(task.proof, regime, owner, replace(task.library, instruments=texts))
