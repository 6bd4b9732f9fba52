"""Whether a person found by `prove` is one: the property asked of that person by `explain`.

The two readers share the typed form and nothing else of the meaning, so a fault of the encoding
shows here before anybody sees the person.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from comity.agreement.cases import Case
from comity.agreement.conditions import Condition
from comity.agreement.instruments import Instrument
from comity.agreement.nodes import Bounding
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
    NoGap,
    OperatesOnlyWith,
    PossibleCase,
    Proof,
    Reachable,
)
from comity.agreement.values import Range, Truth
from comity.explain.evaluate import Evaluation
from comity.explain.expectations import broken_axioms
from comity.prove import lexicon
from comity.prove.lives import default_bounds
from comity.prove.verdicts import Finding

Against = Callable[[Regime, Instrument | None, str, str], Regime]


class NotReplayed(Exception):
    """`explain` does not see in a person what the solver saw: a fault of one reader, never shown."""

    code = "E456"
    name = "readers-disagree"
    help = "this is a fault of comity: please report the text and the property"


@dataclass(frozen=True)
class Replay:
    """A proof, the regime that it was asked of, and how to find another instrument's."""

    proof: Proof
    regime: Regime
    owner: Instrument | None
    against: Against

    def check(self, finding: Finding) -> tuple[str, ...]:
        """The rights that show it. Raises NotReplayed where the person shows nothing."""
        assert finding.person is not None
        regime = self.regime
        for question, option in finding.readings.items():
            regime = regime.reading(question, option)
        if isinstance(self.proof.property, OperatesOnlyWith):
            return self._elements(self.proof.property, regime, finding.person)
        person = Evaluation(regime, finding.person)
        other = Evaluation(regime, finding.other) if finding.other is not None else None
        for one in (person, other):
            if one is not None and broken_axioms(one):
                raise NotReplayed(f"{self.proof.label}: a person who cannot be")
            if one is not None and not self._is_guarded(one):
                raise NotReplayed(f"{self.proof.label}: the condition of the proof does not hold")
        shown = tuple(dict.fromkeys(self._shown(person, other, regime)))
        if not shown:
            raise NotReplayed(f"{self.proof.label}: explain does not see what the solver saw")
        return shown

    def _is_guarded(self, person: Evaluation) -> bool:
        guard = self.proof.guard
        return guard is None or person.truth(guard) is Truth.TRUE

    def _shown(self, person: Evaluation, other: Evaluation | None, regime: Regime) -> Iterator[str]:
        """What the person shows: names of rights, or `-` where the property names none."""
        match self.proof.property:
            case Implies(premise, conclusion):
                if _is(person, premise, Truth.TRUE) and _is(person, conclusion, Truth.FALSE):
                    yield from _rights_in((premise, conclusion))
            case Never(condition) | PossibleCase(condition):
                if _is(person, condition, Truth.TRUE):
                    yield from _rights_in((condition,))
            case NoConflict(rights):
                for right in rights or tuple(regime.vocabulary.rights):
                    if any(both is Truth.TRUE for _, _, both in person.conflicts(right)):
                        yield right
            case NoGap(rights):
                yield from self._gap(person, rights or (lexicon.STAY,))
            case EqualFooting(rights) | Monotone(rights):
                yield from self._less(person, other, rights)
            case Decommodified():
                known = regime.vocabulary.rights
                essentials = tuple(r for r in lexicon.ESSENTIALS if r in known)
                yield from self._less(person, other, essentials)
            case LabourNeverAlone():
                yield from self._labour(person)
            case AgainstInstrument() as stated:
                yield from self._against(stated, person, regime)
            case Reachable(months, goal, start, by):
                paths = tuple(fact.path for fact in by)
                yield from _life(person, months, goal, start, paths, regime)
            case NeverStuck(goal, start, by):
                if goal is None or start is None:
                    goal, start, by = default_bounds(regime.vocabulary)
                paths = tuple(fact.path for fact in by)
                yield from _life(person, None, goal, start, paths, regime)

    def _gap(self, person: Evaluation, rights: Iterable[str]) -> Iterator[str]:
        shield = person.regime.vocabulary.rights[lexicon.SHIELD]
        same, second = lexicon.ONLY_ORIGIN
        is_due = (
            person.bounds(lexicon.SHIELD).lower == shield.top
            and person.fact(same) is Truth.TRUE
            and person.fact(second) is Truth.FALSE
        )
        for right in rights:
            if is_due and person.bounds(right).lower == 0:
                yield lexicon.SHIELD  # what makes something due, then what is missing
                yield right

    def _less(
        self, person: Evaluation, other: Evaluation | None, rights: Iterable[str]
    ) -> Iterator[str]:
        assert other is not None
        for right in rights or tuple(person.regime.vocabulary.rights):
            first, second = person.bounds(right), other.bounds(right)
            if first.lower > second.lower or first.upper > second.upper:
                yield right

    def _labour(self, person: Evaluation) -> Iterator[str]:
        known = person.regime.vocabulary.rights
        opens = [right for right in lexicon.ACCESS_TO_WORK if right in known]
        if any(person.bounds(right).lower for right in opens):
            for right in lexicon.MORE_THAN_LABOUR:
                if right in known and person.bounds(right).lower == 0:
                    yield right

    def _against(
        self, stated: AgainstInstrument, person: Evaluation, regime: Regime
    ) -> Iterator[str]:
        is_old = stated.relation == "stands still against"
        how = "instead" if is_old else "alone"
        floor = Evaluation(self.against(regime, self.owner, stated.instrument, how), person.case)
        for right in stated.rights or tuple(regime.vocabulary.rights):
            ours, theirs = person.bounds(right), floor.bounds(right)
            if stated.relation == "compatible with":
                fails = theirs.lower > ours.upper
            else:
                fails = theirs.lower > ours.lower or (is_old and theirs.upper > ours.upper)
            if fails:
                yield right

    def _elements(self, stated: OperatesOnlyWith, regime: Regime, person: Case) -> tuple[str, ...]:
        free = replace(regime.library[stated.instrument], elements={})
        library = {**regime.library, free.id: free}
        instruments = tuple(free if i.id == free.id else i for i in regime.instruments)
        among = replace(regime, instruments=instruments, library=library)
        operating = Evaluation(among, person).operating(free, certain=True)
        missing = [name for name in stated.companions if name not in operating]
        if stated.element not in operating or not missing:
            raise NotReplayed(f"{self.proof.label}: the elements do not operate so")
        return tuple(missing)


def _is(person: Evaluation, condition: Condition, truth: Truth) -> bool:
    return person.truth(condition) is truth


def _rights_in(conditions: Iterable[Condition]) -> Iterator[str]:
    from comity.agreement.conditions import Guaranteed, LeftOpen, atoms

    found = [
        atom.right
        for condition in conditions
        for atom in atoms(condition)
        if isinstance(atom, (Guaranteed, LeftOpen))
    ]
    yield from found or ["-"]


# ---- lives ----
def _life(
    person: Evaluation,
    months: int | None,
    goal: Bounding,
    start: Bounding,
    by: tuple[str, ...],
    regime: Regime,
) -> Iterator[str]:
    """A life is followed month by month until the goal is reached, the stay may end, or time is up."""
    if life_of(person, months, goal, start, by, regime) is not None:
        yield goal.right


def life_of(
    person: Evaluation,
    months: int | None,
    goal: Bounding,
    start: Bounding,
    by: tuple[str, ...],
    regime: Regime,
) -> tuple[int, str] | None:
    """The month in which a life fails and how (`ends`, `never`); None if the goal is reached."""
    counters = _concrete(by, regime)
    wanted, least = _rank(person, goal), _rank(person, start)
    month = 0
    while True:
        now = Evaluation(regime, _later(person.case, counters, month, regime))
        if now.bounds(goal.right).lower >= wanted:
            return None
        bounds = now.bounds(start.right)
        if bounds.lower < least or bounds.upper < least:
            return (month, "ends") if month else None
        if month == (lexicon.LONGEST_LIFE if months is None else months):
            return month, "never"
        if broken_axioms(now):
            return None
        month += 1


def _rank(person: Evaluation, bounding: Bounding) -> int:
    right = person.regime.vocabulary.rights[bounding.right]
    return person.level(bounding.level, right).low


def _concrete(paths: Iterable[str], regime: Regime) -> tuple[str, ...]:
    found: list[str] = []
    for path in paths:
        place, _, rest = path.partition(".")
        declared = regime.vocabulary.places.get(place)
        if declared is not None and regime.vocabulary.fact(path) is None:
            found += [f"{instance}.{rest}" for instance in declared.instances]
        else:
            found.append(path)
    return tuple(found)


def _later(case: Case, counters: Iterable[str], months: int, regime: Regime) -> Case:
    grown = {}
    for path in counters:
        known = case.known(path, regime.vocabulary)
        assert isinstance(known, Range)
        grown[path] = Range(known.low + months, known.high + months)
    return case.with_facts(grown)
