"""Which unknown facts would change something, most decisive first."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from comity.agreement.cases import Case
from comity.agreement.conditions import Condition
from comity.agreement.positions import Bounds
from comity.agreement.regimes import Regime
from comity.agreement.values import Possible, Truth
from comity.agreement.vocabulary import LevelType
from comity.explain.constants import Dependence, representatives
from comity.explain.evaluate import Evaluation


@dataclass(frozen=True, slots=True)
class Question:
    """A fact that is not fully known and some value of which changes a position.

    path: a fact, or `exercised NODE`, `declared INSTRUMENT/NAME`, `adopted INSTRUMENT/ELEMENT`,
    `acquired INSTRUMENT/ELEMENT`.
    settles: how many of the open truths `lower >= level` and `upper >= level` an answer settles,
    the mean over `values`, rounded up.
    values: one value for each class of answers that the law does not tell apart.
    """

    path: str
    settles: int
    values: tuple[Possible, ...]


def deciding_facts(regime: Regime, case: Case) -> list[str]:
    """Paths of the unknown facts whose answers could change a position, most decisive first."""
    return [question.path for question in questions(regime, case)]


def questions(regime: Regime, case: Case) -> tuple[Question, ...]:
    """The facts to ask, most decisive first; ties in the order of the vocabulary.

    A fact is a question if, all else as known, one of its possible values changes the certain or
    the possible bounds of a right. Two facts that decide something only together are therefore no
    questions until one of them is known; two that decide it each alone are both.
    """
    evaluation = Evaluation(regime, case)
    rights = {right: evaluation.bounds(right) for right in regime.vocabulary.rights}
    dependence = Dependence(evaluation, open_only=True)
    hangs = {right: dependence.right(right) for right, b in rights.items() if _is_open(b)}
    paths = frozenset().union(*hangs.values())
    if not paths:
        return ()
    ranks = {right: _ranks(evaluation, right) for right in hangs}
    order = {path: place for place, path in enumerate(regime.vocabulary.concrete_paths())}
    found: list[tuple[Fraction, Question]] = []
    in_order = sorted(paths, key=lambda path: (order.get(path, len(order)), path))
    memory = _Memory(dependence)
    for path in in_order:
        values = representatives(
            dependence.own(path), dependence.facts[path], path, regime.vocabulary
        )
        settled, changes = 0, False
        for value in values:
            refined = memory.with_answer(path, value)
            for right, on in hangs.items():
                if path in on:
                    bounds = refined.bounds(right)
                    changes = changes or bounds != rights[right]
                    settled += _open(rights[right], ranks[right]) - _open(bounds, ranks[right])
        if changes:
            mean = Fraction(settled, len(values))
            found.append((mean, Question(path, max(1, ceil(mean)), values)))
    found.sort(key=lambda entry: -entry[0])
    return tuple(question for _, question in found)


def _is_open(bounds: Bounds) -> bool:
    return bounds.lower < bounds.lower_possible or bounds.upper < bounds.upper_possible


def _open(bounds: Bounds, ranks: tuple[int, ...]) -> int:
    """How many of the truths `lower >= rank` and `upper >= rank` are unknown."""
    return sum(bounds.lower < rank <= bounds.lower_possible for rank in ranks) + sum(
        bounds.upper < rank <= bounds.upper_possible for rank in ranks
    )


def _ranks(evaluation: Evaluation, name: str) -> tuple[int, ...]:
    """The levels of a right that count: all of a scale, those that norms name of a number."""
    right = evaluation.regime.vocabulary.rights[name]
    if isinstance(right.type, LevelType):
        return tuple(range(1, right.top + 1))
    ranks: set[int] = set()
    for unit in evaluation.units(name):
        level = evaluation.level(unit.level, right)
        ranks |= {level.low, level.low + 1, level.high}
        if level.high < right.top:
            ranks.add(level.high + 1)
    return tuple(sorted(rank for rank in ranks if 1 <= rank <= right.top))


class _Memory:
    """What an evaluation knows, by the facts it hangs on, so that an answer re-opens only those."""

    def __init__(self, dependence: Dependence) -> None:
        self.dependence = dependence
        self.nodes: dict[str, list[str]] = {}
        self.terms: dict[str, list[tuple[str, str]]] = {}
        self.units: dict[str, list[object]] = {}
        for node, paths in dependence.of_nodes.items():
            for path in paths:
                self.nodes.setdefault(path, []).append(node)
        for term, paths in dependence.of_terms.items():
            for path in paths:
                self.terms.setdefault(path, []).append(term)
        for unit, paths in dependence.of_units.items():
            for path in paths:
                self.units.setdefault(path, []).append(unit)
        self.earlier = {day: _Memory(d) for day, d in dependence.earlier.items()}
        self._truths: dict[tuple[int, str], Truth] = {}
        self._facts: dict[str, Possible] = {}
        self._bound: dict[str, Truth] = {}

    def truth(self, condition: Condition, place: str, answered: str) -> Truth | None:
        """What was found of a condition, if an answer to that fact cannot change it."""
        key = (id(condition), place)
        if key not in self._truths:
            self._truths[key] = self.dependence.evaluation.truth(condition, place)
        if self._truths[key] is Truth.UNKNOWN:
            hangs_on = self.dependence.of_conditions.get(key)
            if hangs_on is None or answered in hangs_on:
                return None
        return self._truths[key]

    def fact(self, path: str) -> Possible:
        """What the case says of a fact without the answer."""
        if path not in self._facts:
            self._facts[path] = self.dependence.evaluation.fact(path)
        return self._facts[path]

    def bound(self, key: str) -> Truth:
        """Whether the host is bound: no answer but the host's changes it."""
        if key not in self._bound:
            self._bound[key] = self.dependence.evaluation.bound(key)
        return self._bound[key]

    def with_answer(self, path: str, value: Possible) -> Evaluation:
        """The evaluation with one fact answered, sharing what does not hang on it."""
        base = self.dependence.evaluation
        case = base.case.with_facts({path: value})
        if path == "host":
            return Evaluation(
                base.regime, case, on=base.on, without_standstills=base.without_standstills
            )
        return _Refined(self, case, path, value)


class _Refined(Evaluation):
    """An evaluation that begins with what another one found. A certain truth stays certain."""

    def __init__(self, memory: _Memory, case: Case, path: str, value: Possible) -> None:
        base = memory.dependence.evaluation
        super().__init__(
            base.regime, case, on=base.on, without_standstills=base.without_standstills
        )
        self._memory, self._answered = memory, path
        self._holds = base._holds.copy()
        self._terms = base._terms.copy()
        self._effective = base._effective.copy()
        for node in memory.nodes.get(path, ()):
            self._holds.pop(node, None)
        for term in memory.terms.get(path, ()):
            self._terms.pop(term, None)
        for unit in memory.units.get(path, ()):
            self._effective.pop(unit, None)  # type: ignore[call-overload]
        self._earlier = {
            day: earlier.with_answer(path, value) for day, earlier in memory.earlier.items()
        }
        self.__dict__["_units"] = base._units
        self.__dict__["sponsor"] = base.sponsor

    def truth(self, condition: Condition, place: str = "") -> Truth:
        found = self._memory.truth(condition, place, self._answered)
        return super().truth(condition, place) if found is None else found

    def fact(self, path: str) -> Possible:
        # What is true of a destination may follow from another fact, the origin's.
        if path == self._answered or path.startswith("destination."):
            return super().fact(path)
        return self._memory.fact(path)

    def bound(self, key: str) -> Truth:
        return self._memory.bound(key)
