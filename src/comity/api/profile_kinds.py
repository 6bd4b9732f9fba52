"""The kinds of persons in each corridor of a setting: what each is guaranteed there, and by which norm."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np

from comity.agreement.many.evaluator import Evaluated
from comity.api.profile_corridors import Invented
from comity.profile.commodification import rank_of
from comity.profile.discretion import deciding
from comity.profile.persons import EXPERT, KINDS, MANAGER, WORKER, Kind, Person
from comity.profile.selectivity import Grant, Mask

RIGHTS = ("entry", "stay", "work", "family")

VARIANTS: tuple[tuple[Kind, str, str, Mapping[str, bool | int | str]], ...] = (
    (EXPERT, "average_pay", "with average pay", {"salary": 100}),
    (EXPERT, "no_degree", "with no degree and no experience on record",
     {"work.qualification": 0, "work.experience": 0}),
    (EXPERT, "unscheduled", "whose sector stands in no schedule and no list",
     {"work.scheduled": False, "work.listed": False}),
    (MANAGER, "six_months", "with six months in the firm", {"work.prior": 6}),
    (MANAGER, "average_pay", "with average pay", {"salary": 100}),
    (MANAGER, "unscheduled", "whose sector stands in no schedule", {"work.scheduled": False}),
    (MANAGER, "both", "whose sector stands in no schedule, with average pay",
     {"work.scheduled": False, "salary": 100}),
    (WORKER, "high_pay", "with 160 % of average pay", {"salary": 160}),
    (WORKER, "skilled", "who is skilled, with three years of training",
     {"skill": "skilled", "work.qualification": 36}),
    (WORKER, "both", "who is skilled, with three years of training and 160 % of average pay",
     {"skill": "skilled", "work.qualification": 36, "salary": 160}),
)  # fmt: skip
"""The same kinds with other facts: what it is that opens the door."""


class Kinds(Invented):
    """The corridors and what each kind of person has there."""

    @property
    def rights(self) -> tuple[str, ...]:
        """The rights that are compared."""
        return tuple(RIGHTS)

    @cached_property
    def persons(self) -> tuple[Person, ...]:
        """Each kind at both moments, then the variants at the door."""
        variants = (
            kind.door.with_facts(f"{kind.name}.{name}", f"{kind.title}, {title}, asks to come", facts)
            for kind, name, title, facts in VARIANTS
        )  # fmt: skip
        return (*(p for kind in KINDS for p in (kind.door, kind.inside)), *variants)

    def guaranteed(self, person: str, right: str, level: str) -> tuple[Mask, Mask]:
        """In which corridors a person surely and possibly has a right at a level."""
        rank = rank_of(self.setting.regime.vocabulary, right, level)
        twice = self.found[person]
        unused, used = (self._lower(one, right) >= rank for one in (twice.unused, twice.used))
        return unused & used, unused | used

    def _lower(self, found: Evaluated, right: str) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        position = found.rights.get(right)
        if position is None:
            return np.zeros(self.corridors.size, dtype=np.int64)
        return position.lower.astype(np.int64)

    def levels(
        self, right: str, kinds: Sequence[Kind], *, at_door: bool
    ) -> np.ndarray[tuple[int, int], np.dtype[np.int64]]:
        """The guaranteed level of some kinds in each corridor, (kinds, corridors); no power used."""
        persons = [kind.door.id if at_door else kind.inside.id for kind in kinds]
        return np.stack([self._lower(self.found[p].unused, right) for p in persons])

    def articles(self, person: str, right: str, mask: Mask) -> dict[str, int]:
        """The norms by which a person has a right in some corridors, with the people of those."""
        position = self.found[person].unused.rights.get(right)
        if position is None:
            return {}
        persons = self.corridors.counted * mask
        return deciding(position.by, persons, self.evaluator.units(right))

    def article(self, person: str, right: str, at: int) -> str:
        """The norm by which a person has a right in one corridor; "" for none."""
        position = self.found[person].unused.rights.get(right)
        if position is None or position.by is None or not position.by[at]:
            return ""
        return self.evaluator.units(right)[int(position.by[at]) - 1]


def person_of(kind: Kind, grant: Grant) -> str:
    """The person of a kind of whom a grant is asked, by id."""
    return kind.door.id if grant.at_door else kind.inside.id
