"""Panels as whole numbers: how many of each type of people sit, under quotas that all must be kept.

People who are alike in every feature that a quota names are one type; a panel is how many of each type
sit on it. Here are the programmes over panels (HiGHS): what no lottery can exceed, the panel that is
worth most, the smallest change of quotas that can be kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

CLOSE = 1e-9
"""What the solver's figures may be off by before they are read as whole numbers or as equal."""

ROOM = 0.4
"""Seats, on average, by which a quota is kept clear of its ends where it can be."""


class LotteryUnsolved(RuntimeError):
    """The solver gave up; nothing that it had found is used."""


@dataclass(frozen=True, slots=True)
class Quota:
    """How many people with a value of a feature sit on the panel: at least `least`, at most `most`."""

    feature: str
    value: str
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Relaxed:
    """A quota and what it would have to be."""

    quota: Quota
    least: int
    most: int


@dataclass(frozen=True)
class Seating:
    """What every panel must be.

    sizes: people of each type, (types,). member: 1 where a type has the value of a quota, (quotas,
    types). quotas: in the order of the rows. seats: of a panel.
    """

    sizes: Ints
    member: Floats
    quotas: tuple[Quota, ...]
    seats: int

    @property
    def types(self) -> int:
        """How many types of people there are."""
        return len(self.sizes)

    @cached_property
    def least(self) -> Floats:
        """The least of each quota, (quotas,)."""
        return np.array([quota.least for quota in self.quotas], dtype=np.float64)

    @cached_property
    def most(self) -> Floats:
        """The most of each quota, (quotas,)."""
        return np.array([quota.most for quota in self.quotas], dtype=np.float64)

    @cached_property
    def rows(self) -> Any:
        """The quotas and the number of seats as rows, sparse (quotas + 1, types)."""
        return sparse.csr_array(np.vstack([self.member, np.ones((1, self.types))]))

    @cached_property
    def low(self) -> Floats:
        """The least of each row."""
        return np.append(self.least, self.seats)

    @cached_property
    def high(self) -> Floats:
        """The most of each row."""
        return np.append(self.most, self.seats)

    def keeps(self, panel: Ints) -> bool:
        """Whether a panel, (types,), keeps every quota and takes nobody twice."""
        reached = self.rows @ panel
        return bool(
            (panel >= 0).all()
            and (panel <= self.sizes).all()
            and (reached >= self.low).all()
            and (reached <= self.high).all()
        )


# ---- what can be kept at all ----
def relaxation(seating: Seating) -> tuple[Relaxed, ...]:
    """The quotas that must give way, by the fewest places in all; empty if every quota can be kept.

    Seats stay as they are, and there must be as many people. Raises LotteryUnsolved.
    """
    quotas, types = len(seating.quotas), seating.types
    slack = sparse.vstack([sparse.eye_array(quotas), sparse.csr_array((1, quotas))])
    rows = sparse.hstack([seating.rows, slack, -slack]).tocsr()
    wanted = np.concatenate([np.zeros(types), np.ones(2 * quotas)])
    most = np.concatenate([seating.sizes, np.full(2 * quotas, seating.seats)])
    found = milp(
        wanted,
        constraints=LinearConstraint(rows, seating.low, seating.high),
        integrality=np.ones(len(wanted), dtype=np.int64),
        bounds=Bounds(np.zeros(len(wanted)), most),
        options={"mip_rel_gap": 0.0},
    )
    if found.x is None or found.status != 0:
        raise LotteryUnsolved(f"no relaxation was found: {found.message}")
    below = np.rint(found.x[types : types + quotas]).astype(int)
    above = np.rint(found.x[types + quotas :]).astype(int)
    return tuple(
        Relaxed(quota, quota.least - int(under), quota.most + int(over))
        for quota, under, over in zip(seating.quotas, below, above, strict=True)
        if under or over
    )


# ---- what no lottery can exceed ----
def bound(seating: Seating) -> float:
    """The probability of whoever is least likely to sit that no lottery can exceed.

    Shares of people may sit here, so that it is a bound and not always reached. Raises
    LotteryUnsolved if not even shares keep the quotas.
    """
    return _extreme(seating, -1.0, (0.0, np.inf), np.zeros(seating.types))


def ceiling(seating: Seating, least: float) -> float:
    """What the likeliest cannot undercut where everybody sits with at least the probability `least`."""
    floor = np.minimum(seating.sizes * least * (1 - CLOSE), seating.sizes)
    return _extreme(seating, 1.0, (-np.inf, 0.0), floor)


def _extreme(seating: Seating, sign: float, between: tuple[float, float], floor: Floats) -> float:
    """The least or most q such that the people of every type, over q times their number, is between."""
    types = seating.types
    share = sparse.csr_array(seating.sizes.astype(np.float64)[:, None])
    none = sparse.csr_array((len(seating.low), 1))
    quotas = LinearConstraint(sparse.hstack([seating.rows, none]), seating.low, seating.high)
    each = LinearConstraint(sparse.hstack([sparse.eye_array(types), -share]), *between)
    found = milp(
        np.append(np.zeros(types), sign),
        constraints=[quotas, each],
        bounds=Bounds(np.append(floor, 0.0), np.append(seating.sizes, 1.0)),
    )
    if found.x is None or found.status != 0:
        raise LotteryUnsolved(f"no bound was found: {found.message}")
    return float(found.x[types])


def totals(seating: Seating, panels: int, least: int, most: int) -> Ints | None:
    """Seats of each type over so many panels together, each person on `least` to `most` of them.

    As far from the ends of the quotas as they allow, so that panels have room to be dealt. None if no
    whole numbers do that. Returns (types,).
    """
    quotas, types = len(seating.quotas), seating.types
    room = sparse.vstack([sparse.eye_array(quotas), sparse.csr_array((1, quotas))])
    found = milp(
        np.concatenate([np.zeros(types), -np.ones(quotas)]),
        constraints=[
            LinearConstraint(sparse.hstack([seating.rows, -room]), seating.low * panels, np.inf),
            LinearConstraint(sparse.hstack([seating.rows, room]), -np.inf, seating.high * panels),
        ],
        integrality=np.concatenate([np.ones(types), np.zeros(quotas)]),
        bounds=Bounds(
            np.concatenate([seating.sizes * least, np.zeros(quotas)]),
            np.concatenate([seating.sizes * most, np.full(quotas, ROOM * panels)]),
        ),
        options={"mip_rel_gap": 0.02, "node_limit": 2_000},
    )
    return None if found.x is None else np.rint(found.x[:types]).astype(np.int64)


# ---- panels by what they are worth ----
def dearest(seating: Seating, worth: Floats, *, gap: float) -> tuple[Ints, float]:
    """A panel that is worth most, and what no panel exceeds. worth: of one person, (types,).

    gap: how far, of its worth, the panel may be from that. Raises LotteryUnsolved.
    """
    found = milp(
        -worth,
        constraints=LinearConstraint(seating.rows, seating.low, seating.high),
        integrality=np.ones(seating.types, dtype=np.int64),
        bounds=Bounds(np.zeros(seating.types), seating.sizes),
        options={"mip_rel_gap": gap},
    )
    if found.x is None or found.status != 0:
        raise LotteryUnsolved(f"no panel was found: {found.message}")
    panel = np.rint(found.x).astype(np.int64)
    if not seating.keeps(panel):
        raise LotteryUnsolved("the panel that the solver found does not keep the quotas")
    return panel, -float(found.mip_dual_bound)


def mixed(seating: Seating, columns: Sequence[Ints]) -> tuple[Floats, float, Floats]:
    """(probabilities, least, worth): how often to draw each panel so that whoever is least likely to
    sit is most likely, that probability, and the prices of one more chance, (types,), summing to 1.

    columns: panels, each (types,). Raises LotteryUnsolved.
    """
    chances = sparse.csr_array(np.array(columns, dtype=np.float64).T / seating.sizes[:, None])
    rows: Any = sparse.hstack([-chances, sparse.csr_array(np.ones((seating.types, 1)))]).tocsr()
    count = len(columns)
    one: Any = sparse.csr_array(np.append(np.ones(count), 0.0)[None, :])
    found = linprog(
        np.append(np.zeros(count), -1.0),
        A_ub=rows,
        b_ub=np.zeros(seating.types),
        A_eq=one,
        b_eq=[1.0],
        bounds=(0.0, None),
        method="highs",
    )
    if found.status != 0 or found.x is None or found.fun is None:
        raise LotteryUnsolved(f"no lottery over {count} panels was found: {found.message}")
    prices = -np.asarray(found.ineqlin.marginals)
    return np.asarray(found.x[:count]), -float(found.fun), np.maximum(prices, 0.0)
