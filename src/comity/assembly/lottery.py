"""A fair draw by lot of a panel under quotas: whoever is least likely to sit is as likely as can be.

The lottery is a list of panels, each equally likely, so that a draw is one number and everybody can
count how often they are in the list. People who are alike in every feature of a quota have exactly the
same probability: which of them sits is drawn too. Source: Flanigan, Golz, Gupta, Hennig & Procaccia
2021, "Fair algorithms for selecting citizens' assemblies", Nature 596; Flanigan, Kehne & Procaccia
2021, "Fair sortition made transparent", on lists of equally likely panels.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

import numpy as np

from comity.assembly.dealing import dealt
from comity.assembly.draws import Draws
from comity.assembly.games import Bools
from comity.assembly.panels import (
    CLOSE,
    Floats,
    Ints,
    LotteryUnsolved,
    Relaxed,
    Seating,
    bound,
    ceiling,
    dearest,
    mixed,
    relaxation,
)
from comity.assembly.panels import totals as totals_of

Told = Callable[[str, int, int], None]

WIDER = 1.05
"""How far above its least the likeliest may be: with none to spare, panels are hard to deal."""
ROUNDS_FOR_FEW, FEW, ROUNDS_FOR_MANY = 2_000, 120, 20
"""Panels that column generation may add: for few types until nothing is better, for many some."""

STEEP = (60.0, 400.0)
"""How much more a list weighs the least likely than those above: e to this by their share of it."""
LOOKED_AT = 24
"""Panels that may come, and that may leave, in one change of a list."""


class QuotasUnmet(ValueError):
    """No panel keeps all quotas. relaxed: those that must give way, by the fewest places in all."""

    def __init__(self, relaxed: tuple[Relaxed, ...]) -> None:
        super().__init__("no panel keeps all quotas")
        self.relaxed = relaxed


class NeverSeated(ValueError):
    """Somebody is on no panel that keeps the quotas. types: places of those types."""

    def __init__(self, types: tuple[int, ...]) -> None:
        super().__init__("somebody can be on no panel")
        self.types = types


class Made(StrEnum):
    """How the list of panels was made."""

    DEALT = "dealt out together, places exchanged until each panel keeps the quotas"
    COLUMNS = "column generation, rounded to equally likely panels"


@dataclass(frozen=True)
class Lottery:
    """A list of equally likely panels.

    panels: types, sorted, (panels, seats). sizes: people of each type, (types,). bound: what no
    lottery can exceed for who is least likely. columns: that of the best lottery found with panels of
    any probability; None where the list came without.
    """

    panels: Ints
    sizes: Ints
    bound: float
    made: Made
    columns: float | None = None

    def chances(self) -> tuple[Fraction, ...]:
        """The exact probability of one person of each type."""
        seats = np.bincount(self.panels.ravel(), minlength=len(self.sizes))
        return tuple(
            Fraction(int(n), len(self.panels) * int(size))
            for n, size in zip(seats, self.sizes, strict=True)
        )

    @property
    def least(self) -> Fraction:
        """The probability of whoever is least likely to sit."""
        return min(self.chances())


def fair_lottery(seating: Seating, panels: int, told: Told = lambda *_: None) -> Lottery:
    """A list of so many panels in which whoever is least likely is as likely as could be found.

    told: what is being done, how much is done, of how much. The same every time with the same
    versions of the libraries. Raises QuotasUnmet, NeverSeated, LotteryUnsolved.
    """
    told("quotas", 0, panels)
    if int(seating.sizes.sum()) < seating.seats or (relaxed := relaxation(seating)):
        raise QuotasUnmet(relaxed if int(seating.sizes.sum()) >= seating.seats else ())
    top = bound(seating)
    if top <= CLOSE:
        raise NeverSeated(_without_a_seat(seating))
    lists, start = [], list[Ints]()
    highest = math.floor(top * panels + CLOSE)
    for less in dict.fromkeys((0, math.ceil(highest / 100), math.ceil(highest / 30))):
        places, kept = _dealt(seating, panels, max(0, highest - less), told)
        if len(places) == panels and kept.all():
            lists.append(Lottery(places, seating.sizes, top, Made.DEALT))
            break
        start += [np.bincount(one, minlength=seating.types) for one in places[kept]]
    # Whoever is alone of a kind sits on a whole number of panels: below one panel nothing is lost.
    if lists and (seating.types > FEW or top - float(lists[0].least) < 1 / panels):
        return lists[0]
    lists.append(_by_columns(seating, panels, top, _different(start), told))
    return max(lists, key=lambda one: one.least)


def draw(lottery: Lottery, ids: Sequence[Sequence[str]], text: str) -> tuple[int, tuple[str, ...]]:
    """(number of the panel from 0, ids of those on it) that a public text draws.

    ids: of each type's people, in an order that is stated. First the panel, then, type after type in
    the order of the panel, who of the type's people sits (`Draws.some_of`).
    """
    draws = Draws(text)
    number = draws.below(len(lottery.panels))
    types, counts = np.unique(lottery.panels[number], return_counts=True)
    drawn: list[str] = []
    for at, count in zip(types.tolist(), counts.tolist(), strict=True):
        drawn += draws.some_of(ids[at], count)
    return number, tuple(drawn)


# ---- the list ----
def _dealt(seating: Seating, panels: int, least: int, told: Told) -> tuple[Ints, Bools]:
    """Panels, sorted, and which keep the quotas, if everybody is to be on so many at least."""
    told("dealing", 0, panels)
    highest = min(1.0, WIDER * ceiling(seating, least / panels))
    seats = totals_of(seating, panels, least, math.ceil(highest * panels - CLOSE))
    if seats is None:
        return np.zeros((0, seating.seats), dtype=np.int64), np.zeros(0, dtype=np.bool_)
    places, kept = dealt(seating, seats, panels, lambda n, of: told("dealing", n, of))
    return np.sort(places, axis=1), kept


def _different(several: Sequence[Ints]) -> list[Ints]:
    return list({one.tobytes(): one for one in several}.values())


def _by_columns(
    seating: Seating, panels: int, top: float, start: Sequence[Ints], told: Told
) -> Lottery:
    columns, probabilities, least, upper = column_generation(seating, top, start, told)
    if upper <= CLOSE:
        reached = np.sum(columns, axis=0)
        raise NeverSeated(tuple(np.flatnonzero(reached == 0).tolist()))
    chosen = rounded(columns, probabilities, seating.sizes, panels)
    places = np.array(
        [np.repeat(np.arange(seating.types), columns[at]) for at in np.repeat(*chosen)]
    )
    return Lottery(places, seating.sizes, upper, Made.COLUMNS, least)


def column_generation(
    seating: Seating, top: float, start: Sequence[Ints], told: Told = lambda *_: None
) -> tuple[list[Ints], Floats, float, float]:
    """(panels, probabilities, least, bound): panels are added until none could raise the least.

    top: a bound that is known. start: panels to begin with. Each round mixes what there is, and asks
    for the panel that is worth most at the prices of the mixture: what it is worth bounds every
    lottery. Raises LotteryUnsolved.
    """
    columns = [np.asarray(one, dtype=np.int64) for one in start]
    if not columns:
        columns = [dearest(seating, 1.0 / seating.sizes, gap=CLOSE)[0]]
    known = {one.tobytes() for one in columns}
    upper = top
    many = seating.types > FEW
    # For many kinds one more panel takes seconds to find and helps few: what was dealt is mixed.
    rounds = ROUNDS_FOR_FEW if not many else ROUNDS_FOR_MANY if len(columns) < seating.seats else 0
    for n in range(rounds):
        told("better panels", n, rounds)
        probabilities, least, prices = mixed(seating, columns)
        if upper - least <= CLOSE:
            break
        prices /= prices.sum()
        panel, worth = dearest(seating, prices / seating.sizes, gap=CLOSE)
        upper = min(upper, worth)
        if upper - least <= CLOSE or panel.tobytes() in known:
            break
        known.add(panel.tobytes())
        columns.append(panel)
    else:
        probabilities, least, _ = mixed(seating, columns)
    return columns, probabilities, least, upper


def rounded(
    columns: Sequence[Ints], probabilities: Floats, sizes: Ints, panels: int
) -> tuple[Ints, Ints]:
    """(places of columns, how often each is listed): as near as whole numbers come to a lottery.

    Each is listed its share rounded down; then, one at a time, the panel that lifts the least likely
    most; then panels change for others as long as that lifts them.
    """
    chances = np.array(columns, dtype=np.float64) / sizes  # (columns, types), seats a person
    listed = np.floor(probabilities * panels + CLOSE).astype(np.int64)
    seats = listed @ chances
    target = max(float((probabilities @ chances).min()), CLOSE) * panels

    def need(held: Floats, steep: float) -> Floats:
        return np.asarray(np.exp(-steep * (held / target - 1.0)))

    for _ in range(panels - int(listed.sum())):
        best = int(np.argmax(chances @ need(seats, STEEP[0])))
        listed[best] += 1
        seats += chances[best]
    for steep in STEEP:
        unmet = need(seats, steep).sum()
        for _ in range(panels):
            worth = chances @ need(seats, steep)
            comes = np.argsort(-worth)[:LOOKED_AT]
            leaves = np.argsort(np.where(listed > 0, worth, np.inf))[:LOOKED_AT]
            leaves = leaves[listed[leaves] > 0]
            after = seats + chances[comes][:, None] - chances[leaves][None, :]
            left = need(after, steep).sum(axis=2)
            come, leave = divmod(int(np.argmin(left)), len(leaves))
            if left[come, leave] >= unmet * (1 - CLOSE):
                break
            listed[leaves[leave]] -= 1
            listed[comes[come]] += 1
            seats, unmet = after[come, leave], left[come, leave]
    found = np.flatnonzero(listed)
    return found, listed[found]


def _without_a_seat(seating: Seating) -> tuple[int, ...]:
    """Types that are on no panel, each asked for by its own programme."""
    never = []
    for at in range(seating.types):
        only = np.zeros(seating.types)
        only[at] = 1.0
        if dearest(seating, only, gap=0.5)[0][at] == 0:
            never.append(at)
            if len(never) == 5:  # enough to see what is wrong
                break
    return tuple(never)


__all__ = [
    "Lottery",
    "LotteryUnsolved",
    "Made",
    "NeverSeated",
    "QuotasUnmet",
    "column_generation",
    "draw",
    "fair_lottery",
    "rounded",
]
