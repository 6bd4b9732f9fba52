"""Which unknown facts would change something, most decisive first."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from comity.agreement.cases import Case
from comity.agreement.positions import Bounds
from comity.agreement.regimes import Regime
from comity.agreement.values import Possible
from comity.agreement.vocabulary import LevelType
from comity.explain.constants import constants_of, representatives
from comity.explain.standing import Standing


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
    standing = Standing(regime, case, case.on)
    rights = {right: standing.bounds(right) for right in regime.vocabulary.rights}
    still_open = [right for right, bounds in rights.items() if _is_open(bounds)]
    dependence = constants_of(standing, still_open, open_only=True)
    ranks = {right: _ranks(standing, right) for right in still_open}
    order = {path: place for place, path in enumerate(regime.vocabulary.concrete_paths())}
    found: list[tuple[Fraction, Question]] = []
    for path in sorted(dependence.constants, key=lambda p: (order.get(p, len(order)), p)):
        constants = dependence.constants[path]
        values = representatives(standing.present(path), constants, path, regime.vocabulary)
        settled, changes = 0, False
        for value in values:
            refined = standing.with_facts({path: value}, refines=True)
            for right, on in dependence.of_rights.items():
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


def _ranks(standing: Standing, name: str) -> tuple[int, ...]:
    """The levels of a right that count: all of a scale, those that norms name of a number."""
    right = standing.regime.vocabulary.rights[name]
    if isinstance(right.type, LevelType):
        return tuple(range(1, right.top + 1))
    ranks: set[int] = set()
    for unit in (*standing.meaning.guarantees(name), *standing.meaning.limits(name)):
        level = standing.level(unit)
        ranks |= {level.low, level.low + 1, level.high}
        if level.high < right.top:
            ranks.add(level.high + 1)
    return tuple(sorted(rank for rank in ranks if 1 <= rank <= right.top))
