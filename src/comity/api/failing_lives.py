"""For whom a life fails: months that follow one another, looked at in a record of which much is unknown.

Follows the question of `prove`: a life begins where the first level is guaranteed and what interrupts
an ordinary life is ordinary; it fails if the goal is not reached in time, or the stay may end before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from comity.agreement.conditions import Condition, FactRef, atoms, operands
from comity.agreement.nodes import Bounding
from comity.agreement.statements import NeverStuck, Proof, Reachable
from comity.agreement.values import (
    Options,
    Possible,
    Range,
    Truth,
    conjunction,
    exactly,
    is_known,
)
from comity.agreement.vocabulary import Vocabulary
from comity.api.likeness import Facts
from comity.explain.evaluate import Evaluation
from comity.explain.kleene import between, truth_of
from comity.prove import lexicon
from comity.prove.law import Law, keys_of
from comity.prove.lives import default_bounds
from comity.prove.questions import Asker, of_bounding

Months: TypeAlias = Callable[[Facts], Evaluation]
"""The person of a record, with the counters that take the place of the record's."""


@dataclass(frozen=True)
class Life:
    """A promise that a level is reached. start, goal: the levels, as ranks of their rights.

    months: the longest that it may take. counters: what grows. usual: what an ordinary life does not
    meet, with its ordinary value. axioms: those that the counters would break if nothing else grew;
    one that they surely break ends the life, one that they may break does not, for in a real life
    age grows too.
    """

    guard: Condition | None
    start: tuple[str, int]
    goal: tuple[str, int]
    months: int
    counters: tuple[str, ...]
    usual: Facts
    axioms: tuple[Condition, ...]

    @staticmethod
    def of(proof: Proof, law: Law) -> Life:
        """The life of a proof of `reachable` or `never stuck`."""
        vocabulary = law.vocabulary
        stated = proof.property
        months = stated.months if isinstance(stated, Reachable) else lexicon.LONGEST_LIFE
        assert isinstance(stated, (Reachable, NeverStuck))
        goal, start, by = stated.goal, stated.start, stated.by
        if goal is None or start is None:
            goal, start, by = default_bounds(vocabulary)
        counters = tuple(dict.fromkeys(Asker(law).copies(by)))
        first, last = _ranked(start, law), _ranked(goal, law)
        asked = (of_bounding(law, goal), of_bounding(law, start), law.left_open(*first))
        named = frozenset(_facts_in(proof.guard, vocabulary)) if proof.guard is not None else ()
        usual = tuple(
            (path, exactly(declared.ordinary))
            for path in sorted(keys_of(asked))
            if path.startswith(lexicon.DEVIATIONS) and path not in named
            for declared in (vocabulary.fact(path),)
            if declared is not None and declared.ordinary is not None
        )
        axioms = axioms_on(counters, vocabulary)
        return Life(proof.guard, first, last, months, counters, usual, axioms)

    def fails(self, at: Months) -> Truth:
        """Whether the person is in the starting situation and the life fails."""
        now = at(())
        begins = conjunction((_reaches(now, self.start), self._is_ordinary(now)))
        if self.guard is not None:
            begins = min(begins, now.truth(self.guard))
        found, waits = Truth.FALSE, begins
        for month in range(self.months + 1):
            waits = min(waits, _reaches(now, self.goal).negated())
            if waits is Truth.FALSE:
                return found
            ends = Truth.TRUE if month == self.months else self._lasts(now).negated()
            found = max(found, min(waits, ends))
            if found is waits:
                return found  # later months can only be less sure
            now = at(tuple(self._grown(now, self.counters)))
            if any(now.truth(axiom) is Truth.FALSE for axiom in self.axioms):
                return found
        return found

    def _is_ordinary(self, person: Evaluation) -> Truth:
        return conjunction(_is(person.fact(path), value) for path, value in self.usual)

    def _lasts(self, person: Evaluation) -> Truth:
        """The first level is still guaranteed, and left open."""
        right, rank = self.start
        bounds = person.bounds(right)
        return min(_reaches(person, self.start), between(bounds.upper, bounds.upper_possible, rank))

    @staticmethod
    def _grown(person: Evaluation, counters: Iterable[str]) -> Iterator[tuple[str, Possible]]:
        """The counters a month later."""
        for path in counters:
            known = person.fact(path)
            assert isinstance(known, Range)
            yield path, Range(known.low + 1, known.high + 1)


def _ranked(bounding: Bounding, law: Law) -> tuple[str, int]:
    right = law.vocabulary.rights[bounding.right]
    return bounding.right, law.rank(bounding.level, right)


def _reaches(person: Evaluation, level: tuple[str, int]) -> Truth:
    right, rank = level
    bounds = person.bounds(right)
    return between(bounds.lower, bounds.lower_possible, rank)


def _is(known: Possible, value: Possible) -> Truth:
    """Whether a fact has a value."""
    if known == value:
        return Truth.TRUE
    if is_known(known):
        return Truth.FALSE
    match known, value:
        case Range(low, high), Range(least, most):
            return truth_of(False, low <= most and least <= high)
        case Options(names), Options(wanted):
            return truth_of(False, names is None or wanted is None or not names.isdisjoint(wanted))
        case _:
            return Truth.UNKNOWN


# ---- axioms ----
def axioms_on(changed: Iterable[str], vocabulary: Vocabulary) -> tuple[Condition, ...]:
    """What holds of every person and may not hold any more once some facts are changed."""
    paths = set(changed)
    paths |= {p.replace("origin1.", "destination.", 1) for p in paths}
    return tuple(
        axiom.condition
        for axiom in vocabulary.axioms
        if not paths.isdisjoint(_facts_in(axiom.condition, vocabulary))
    )


def _facts_in(condition: Condition, vocabulary: Vocabulary) -> Iterator[str]:
    for atom in atoms(condition):
        for operand in operands(atom):
            if isinstance(operand, FactRef):
                place, _, rest = operand.path.partition(".")
                if place == "place":
                    yield from (f"{instance}.{rest}" for instance in vocabulary.place_instances)
                else:
                    yield operand.path
