"""Which facts an answer hangs on, and the constants with which the law compares them.

A fact cannot change a truth that is already certain, so what is certain need not be looked into.
The constants divide the values of a fact into classes that the law does not tell apart; one value
of each class, a *representative*, stands for all.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import combinations
from math import ceil, floor

from comity.agreement.coding.allowed import Names, Numbers, Sets
from comity.agreement.coding.facts import SAME_PLACE, sources_of
from comity.agreement.coding.formulas import All, Fact, Formula, Linear, Some
from comity.agreement.conditions import FactRef
from comity.agreement.regimes import Unit
from comity.agreement.values import Members, Options, Possible, Range, Truth, exactly
from comity.agreement.vocabulary import NOBODY, EnumerationType, Vocabulary
from comity.explain.standing import Standing


@dataclass(slots=True)
class Constants:
    """What the law compares a fact with.

    cuts: numbers from which on something may be different. groups: sets of names it tests for.
    is_level: the fact itself is the level of a norm, so that every value may matter.
    """

    cuts: set[int] = field(default_factory=set)
    groups: set[frozenset[str]] = field(default_factory=set)
    is_level: bool = False


def constants_of(standing: Standing, rights: Iterable[str], *, open_only: bool) -> Dependence:
    """The facts on which positions hang, with their constants.

    open_only: unknown facts only, and only where a truth is still open.
    """
    found = Dependence(standing, open_only)
    for right in rights:
        found.of_rights[right] = found.of_right(right)
    found.add_host()
    return found


class Dependence:
    """constants: by fact, in the order in which the law names them. of_rights: the facts of each."""

    def __init__(self, standing: Standing, open_only: bool) -> None:
        self.standing, self.open_only = standing, open_only
        self.constants: dict[str, Constants] = {}
        self.of_rights: dict[str, frozenset[str]] = {}
        self._seen: dict[int, frozenset[str]] = {}

    def of_right(self, right: str) -> frozenset[str]:
        """The facts on which a position hangs."""
        meaning = self.standing.meaning
        units = (*meaning.guarantees(right), *meaning.limits(right))
        found = frozenset[str]().union(*(self.of(meaning.effective(unit)) for unit in units))
        return found.union(*(self._of_level(unit, units) for unit in units))

    def of(self, formula: Formula) -> frozenset[str]:
        """The facts on which a formula hangs."""
        if id(formula) not in self._seen:
            is_settled = self.open_only and self.standing.truth(formula) is not Truth.UNKNOWN
            self._seen[id(formula)] = frozenset() if is_settled else self._of(formula)
        return self._seen[id(formula)]

    def _of(self, formula: Formula) -> frozenset[str]:
        if isinstance(formula, (All, Some)):
            return frozenset[str]().union(*(self.of(part) for part in formula.parts))
        found = frozenset(key for key in sorted(formula.keys) if self._is_asked(key))
        for key in found:
            constants = self.constants.setdefault(key, Constants())
            if isinstance(formula, Fact):
                self._compare(constants, formula)
            elif isinstance(formula, Linear):
                self._cut(constants, formula, key)
        return found

    def _is_asked(self, key: str) -> bool:
        return not key.startswith("node ") and (not self.open_only or self.standing.is_open(key))

    def _compare(self, constants: Constants, fact: Fact) -> None:
        match fact.allowed:
            case Numbers(spans):
                constants.cuts.update(edge for low, high in spans for edge in (low, high + 1))
            case Names(names):
                constants.groups.add(names)
            case Sets(hits, avoids):
                constants.groups.update(names.names for names in (*hits, avoids))

    def _cut(self, constants: Constants, form: Linear, key: str) -> None:
        """Where the sum passes its bound, with the others at either end."""
        c = form.terms[key]
        others = {k: self.standing.range(k) for k in form.terms if k != key}
        ends: list[Fraction] = [form.constant, form.constant]
        for other, known in others.items():
            several = sorted((form.terms[other] * known.low, form.terms[other] * known.high))
            ends = [end + one for end, one in zip(ends, several, strict=True)]
        for end in ends:
            at = -end / c
            constants.cuts |= {floor(at), floor(at) + 1, ceil(at), ceil(at) + 1}

    def _of_level(self, unit: Unit, units: Iterable[Unit]) -> frozenset[str]:
        """The facts whose value is the unit's level, if the unit may be effective."""
        standing = self.standing
        if not isinstance(unit.level, FactRef):
            return frozenset()
        if self.open_only and standing.effective(unit) is Truth.FALSE:
            return frozenset()
        right = standing.regime.vocabulary.rights[unit.right]
        levels = [standing.level(other) for other in units]
        amounts = {right.amount(rank) for level in levels for rank in (level.low, level.high)}
        found = frozenset(key for key in sources_of(unit.level.path) if self._is_asked(key))
        for key in found:
            constants = self.constants.setdefault(key, Constants())
            if key != SAME_PLACE:
                constants.cuts |= {n for amount in amounts for n in (amount, amount + 1)}
                constants.is_level = True
        return found

    def add_host(self) -> None:
        """The host is told apart from each name that a fact compared with it may have."""
        host = self.constants.get("host")
        for key in self.standing.meaning.like_host if host is not None else ():
            known = self.standing.present(key)
            names: frozenset[str] = frozenset()
            if isinstance(known, Members):
                names = known.surely | (known.perhaps or frozenset())
            elif isinstance(known, Options):
                names = known.names or names
            assert host is not None
            host.groups.update(frozenset({name}) for name in names)


# ---- representatives ----
def representatives(
    known: Possible, constants: Constants, path: str, vocabulary: Vocabulary
) -> tuple[Possible, ...]:
    """One value for each class of values that the law does not tell apart, within what is known."""
    match known:
        case Truth():
            return (Truth.FALSE, Truth.TRUE)
        case Range(low, high):
            starts = sorted({low} | {cut for cut in constants.cuts if low < cut <= high})
            numbers = set(starts)
            if constants.is_level:
                numbers |= {start - 1 for start in starts[1:]} | {high}
            return tuple(Range(n, n) for n in sorted(numbers))
        case Options(names):
            return tuple(exactly(n) for n in _classes(names, constants.groups, path, vocabulary))
        case Members(surely, perhaps):
            extra = None if perhaps is None else perhaps - surely
            chosen_from = _classes(extra, constants.groups, "", vocabulary)
            return tuple(exactly(surely | chosen) for chosen in _subsets(chosen_from))


def _classes(
    names: frozenset[str] | None, groups: set[frozenset[str]], path: str, vocabulary: Vocabulary
) -> list[str]:
    """The first name of each class of names that lie in the same groups, and one in no group."""
    pool = sorted(frozenset().union(*groups)) if groups else []
    if names is not None:
        declared = vocabulary.fact(path)
        is_enumeration = declared is not None and isinstance(declared.type, EnumerationType)
        order = declared.type.enumeration.options if is_enumeration else sorted(names)  # type: ignore[union-attr]
        pool = [name for name in order if name in names]
    else:
        others = (code for code in vocabulary.states if code not in pool)
        pool = [*pool, next(others, NOBODY)]
    ordered = sorted(groups, key=sorted)
    found: dict[tuple[bool, ...], str] = {}
    for name in pool:
        found.setdefault(tuple(name in group for group in ordered), name)
    return list(found.values())


_ALL_SUBSETS_UP_TO = 5


def _subsets(names: list[str]) -> list[frozenset[str]]:
    """Every set of a few names; of many: none, single ones, pairs, and all."""
    sizes = range(len(names) + 1) if len(names) <= _ALL_SUBSETS_UP_TO else (0, 1, 2, len(names))
    return [frozenset(chosen) for size in sizes for chosen in combinations(names, size)]
