"""Shares of agreements that keep a bundle, with two intervals: of chance, and of what is not coded.

Belongs here: counts and shares of agreements and of the people between two States. Does not belong
here: what a clause means (`bilateral`).

**Wilson's interval** (95 per cent) says how far chance alone would move a share among so many
agreements. The coded ones are no sample by chance: so beside it stand the **bounds of selection**,
the least and greatest share of all agreements formed, were none or all of those not coded to keep
the bundle. Source: Wilson 1927; Manski 1995 for the bounds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import sqrt
from typing import TypeAlias

from comity.profile.bilateral import Bundle, Keeps, keeps, kept
from comity.world.bilateral import BilateralAgreement, Coded, Pair, region_of

Z = 1.959963984540054
"""The normal deviate of 95 per cent, two-sided."""

FEW = 10
"""Of fewer agreements than these a share says little: their count is told instead."""

Several: TypeAlias = Iterable[BilateralAgreement]


def wilson(successes: int, of: int) -> tuple[float, float]:
    """Wilson's interval of a share, 0 to 1; the whole range of nothing."""
    if not of:
        return 0.0, 1.0
    share, square = successes / of, Z * Z
    middle = (share + square / (2 * of)) / (1 + square / of)
    half = Z * sqrt(share * (1 - share) / of + square / (4 * of * of)) / (1 + square / of)
    low = 0.0 if not successes else max(0.0, middle - half)
    high = 1.0 if successes == of else min(1.0, middle + half)
    return low, high


@dataclass(frozen=True, slots=True)
class Share:
    """Agreements of one group that keep a bundle. formed: all of the group, coded or not."""

    all: int
    some: int
    none: int
    not_observed: int
    formed: int

    @property
    def coded(self) -> int:
        """Agreements of which the coding says how much they keep."""
        return self.all + self.some + self.none

    @property
    def share(self) -> float | None:
        """Those that keep all, of those coded; None of none."""
        return self.all / self.coded if self.coded else None

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's interval of the share."""
        return wilson(self.all, self.coded)

    @property
    def bounds(self) -> tuple[float, float]:
        """The share of all formed, were none or all of the others to keep the bundle."""
        if not self.formed:
            return 0.0, 1.0
        return self.all / self.formed, (self.formed - self.some - self.none) / self.formed


def share_of(several: Several, bundle: Bundle) -> Share:
    """How many of some agreements keep all, some or none of a bundle."""
    listed = tuple(several)
    found = [keeps(one.coded, bundle) for one in listed if one.coded is not None]
    return _counted(found, len(listed))


def present_in(several: Several, column: str) -> tuple[int, int]:
    """Coded agreements that mention a topic, and those of which it is observed."""
    values = [a.coded.clauses[column] for a in several if a.coded is not None]
    return values.count(True), len(values) - values.count(None)


def grouped(
    several: Several, key: Callable[[BilateralAgreement], str | None]
) -> dict[str, tuple[BilateralAgreement, ...]]:
    """Agreements by a key, sorted; those without one are left out."""
    found: dict[str, list[BilateralAgreement]] = {}
    for one in several:
        name = key(one)
        if name is not None:
            found.setdefault(name, []).append(one)
    return {name: tuple(found[name]) for name in sorted(found)}


def decade(one: BilateralAgreement) -> str | None:
    """`1990s`; None where the year is unknown."""
    return None if one.decade is None else f"{one.decade}s"


def regions(one: BilateralAgreement) -> str:
    """`Africa-Europe`: the UN regions of the two States, in alphabetical order."""
    return "-".join(sorted(region_of(code) for code in one.pair))


def corridor(one: BilateralAgreement) -> str:
    """`DEU-TUR`."""
    return "-".join(one.pair)


def of_each_pair(several: Several, bundle: Bundle) -> Share:
    """Pairs of States counted once, all their coded texts together. formed: pairs, coded or not."""
    pairs = grouped(several, corridor)
    found = []
    for members in pairs.values():
        texts = [a.coded for a in members if a.coded is not None]
        if texts:
            found.append(_of_texts(texts, bundle, together=True))
    return _counted(found, len(pairs))


def _counted(found: Sequence[Keeps], formed: int) -> Share:
    return Share(
        found.count(Keeps.ALL),
        found.count(Keeps.SOME),
        found.count(Keeps.NONE),
        found.count(Keeps.NOT_OBSERVED),
        formed,
    )


# ---- people between two States ----
@dataclass(frozen=True, slots=True)
class PeopleUnder:
    """Migrants between two States, by how much of a bundle their agreements may give them.

    all, some, none: of pairs with a coded agreement that is not surely over. beside: of `some` and
    `none`, those whose pair has another agreement that is not coded, and so may have more.
    not_coded: only agreements that nobody coded. over: only agreements that are surely over.
    without: no agreement in the data.
    """

    all: int
    some: int
    none: int
    beside: int
    not_coded: int
    over: int
    without: int


def people_under(
    several: Several,
    bundle: Bundle,
    people: Mapping[Pair, int],
    on: date,
    *,
    together: bool = True,
) -> PeopleUnder:
    """How many people live between States whose agreements keep all, some or none of a bundle.

    people: migrants by pair of States, both directions. together: the clauses of all agreements of a
    pair count as one text; else the best single text counts. Agreements of States that are no more
    are in no pair. Whether an agreement still binds is observed only where its end is.
    """
    of_pair: dict[Pair, list[BilateralAgreement]] = {}
    for one in several:
        if one.is_of_today and (one.year is None or one.year <= on.year):
            of_pair.setdefault(one.pair, []).append(one)
    sums = dict.fromkeys(("all", "some", "none", "beside", "not_coded", "over", "without"), 0)
    for pair, persons in people.items():
        known = of_pair.get(pair, [])
        living = [a for a in known if a.ends is None or a.ends > on]
        texts = [a.coded for a in living if a.coded is not None]
        if not known:
            sums["without"] += persons
        elif not living:
            sums["over"] += persons
        elif not texts:
            sums["not_coded"] += persons
        else:
            how = _of_texts(texts, bundle, together=together)
            sums[how.value] += persons
            if how is not Keeps.ALL and len(texts) < len(living):
                sums["beside"] += persons
    return PeopleUnder(**sums)


def _of_texts(texts: Sequence[Coded], bundle: Bundle, *, together: bool) -> Keeps:
    """How much the agreements of one pair keep; what is missing of a text is not there to count on."""
    if together:
        return kept({name: any(text.clauses[name] for text in texts) for name in bundle.clauses})
    most = max(sum(bool(text.clauses[name]) for name in bundle.clauses) for text in texts)
    if most == len(bundle.clauses):
        return Keeps.ALL
    return Keeps.SOME if most else Keeps.NONE
