"""The figures of one year and place that are weighted by people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

import numpy as np

from comity.agreement.vocabulary import LevelType
from comity.api.people_counts import Held, Mask, Under
from comity.api.timeline_law import Figure, LawOfDay
from comity.api.timeline_places import Place
from comity.count.suppression import MIN_CELL
from comity.profile.discretion import mean_width, widths
from comity.world.population import Cell

STAY, WORK, EMPLOYMENT, SHIELD = "stay", "work", "employment", "shield"
TEMPORARY, ANY, AS_NATIONALS, NOT_THERE = "temporary", "any", "as_nationals", "not_there"


_RESTS_ON = {
    "people.stay": (STAY,),
    "people.work": (WORK, EMPLOYMENT),
    "people.shield": (SHIELD,),
    "people.shield_without_stay": (SHIELD, STAY),
}
"""The rights whose guarantees a figure rests on."""


class PeopleOfYear:
    """The people of a year under the law of its day, read for one place after the other."""

    def __init__(self, under: Under, law: LawOfDay) -> None:
        self.under, self.law = under, law
        self.vocabulary = under.evaluator.regime.vocabulary
        tables = under.of.tables
        self.cells: Sequence[Cell] = tables.cells
        self.persons, self.counted = tables.persons, tables.counted
        self._hosts = np.array([cell.host for cell in self.cells])

    def _rank(self, right: str, level: str) -> int:
        declared = self.vocabulary.rights[right].type
        assert isinstance(declared, LevelType)
        return declared.scale.rank(level)

    def _none(self) -> Mask:
        return np.zeros(len(self.cells), dtype=bool)

    def _least(self, right: str, rank: int) -> Held:
        if right not in self.under.nothing.rights:
            return Held(self._none(), self._none(), self._none())
        return self.under.at_least(right, rank)

    @cached_property
    def anything(self) -> Held:
        """Those to whom some level above the bottom of some right is guaranteed."""
        surely, possibly, assumed = self._none(), self._none(), self._none()
        for right in self.under.rights:
            one = self.under.at_least(right, 1)
            surely, possibly = surely | one.surely, possibly | one.possibly
            assumed = assumed | one.assumed
        return Held(surely, possibly, assumed)

    def figures(self, place: Place) -> Iterator[tuple[str, Figure]]:
        """Every figure of a place, by its id; nothing where nobody lives there."""
        here = np.isin(self._hosts, sorted(place.hosts))
        if not here.any():
            return
        anything = self.anything
        stay = self._least(STAY, self._rank(STAY, TEMPORARY))
        work = _either(
            self._least(WORK, self._rank(WORK, ANY)),
            self._least(EMPLOYMENT, self._rank(EMPLOYMENT, AS_NATIONALS)),
        )
        shield = self._least(SHIELD, self._rank(SHIELD, NOT_THERE))
        soft = np.isin(self._hosts, sorted(self.law.soft_hosts(place)))
        bound = np.isin(self._hosts, sorted(self.law.bound_hosts(place)))
        told = {
            "people.all": Held(here, here, here),
            "people.bound_host": Held(bound, bound, bound),
            "people.anything": anything,
            "people.stay": stay,
            "people.work": work,
            "people.shield": shield,
            "people.shield_without_stay": Held(
                shield.surely & ~stay.possibly,
                shield.possibly & ~stay.surely,
                shield.assumed & ~stay.assumed,
            ),
            "people.soft_only": Held(
                soft & ~anything.possibly, soft & ~anything.surely, soft & ~anything.assumed
            ),
        }
        for name, held in told.items():
            nodes = [n for r in _RESTS_ON.get(name, ()) for n in self.law.guarantees(r, place)]
            yield name, self._persons(held, here, tuple(nodes))
        for right in (STAY, WORK):
            yield f"width.{right}", self._width(right, here)

    def _persons(self, held: Held, here: Mask, articles: tuple[str, ...]) -> Figure:
        of, of_high = int(self.counted[here].sum()), int(self.persons[here].sum())
        low = int(self.counted[held.surely & here].sum())
        high = int(self.persons[held.possibly & here].sum())
        value = int(self.counted[held.assumed & here].sum())
        if any(_is_few(n, whole) for n, whole in ((low, of), (high, of_high), (value, of))):
            return Figure(None, None, None, of, of_high, hidden=True, articles=articles)
        return Figure(value, low, high, of, of_high, articles=articles)

    def _width(self, right: str, here: Mask) -> Figure:
        """What the law leaves to the host, in steps of the scale, averaged over people."""
        of = int(self.counted[here].sum())
        if not of or _is_few(of, of):
            return Figure(None, None, None, of or None, hidden=bool(of))
        top = self.vocabulary.rights[right].top
        left = widths(self.under.nothing.rights.get(right), top, len(self.cells))
        nothing = mean_width(left, self.counted, here)
        assert nothing is not None  # somebody is here
        one = self.under.ordinary.rights.get(right)
        ordinary = float(top)
        if one is not None:  # what stays unknown even so is left out on both sides
            steps = np.maximum(one.upper.astype(np.int64) - one.lower, 0)[here]
            ordinary = float((steps * self.counted[here]).sum() / of)
        return Figure(round(ordinary, 4), round(nothing.least, 4), round(nothing.greatest, 4), of)


def _either(one: Held, other: Held) -> Held:
    return Held(
        one.surely | other.surely, one.possibly | other.possibly, one.assumed | other.assumed
    )


def _is_few(number: int, whole: int) -> bool:
    """Whether a number, or what is left of the whole, is of so few people that it is not told."""
    return 0 < number < MIN_CELL or 0 < whole - number < MIN_CELL
