"""How long the people of a corridor can have been there, as far as the stocks of UN DESA show it.

No source publishes the duration of stay of the world's migrants. The five-year rounds of one
revision allow a bound: of the people of 2024, no more can have been there since an earlier round
than the smallest stock since then, because somebody who was there throughout was in each of the
stocks. The rest came later. The other side stays unknown: those counted then may all have left
and been replaced. What a table of draws makes of it is a stated distribution, not this bound.

The bound takes the rounds as they are published. Where a round was estimated, or people changed
category, it may be off; where the stock counts citizenship, "came" includes born in the host.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from comity.world.countries import host_of, origin_of
from comity.world.published import STOCK
from comity.world.snapshot import packaged_snapshot
from comity.world.tables_people import ROUNDS

YEAR_OF_STOCK = 2024


@dataclass(frozen=True, slots=True)
class Since:
    """Of the people of 2024, at most so many persons were there in a year and ever since."""

    year: int
    at_most: int
    source: str = STOCK


@lru_cache(maxsize=1)
def _rounds() -> MappingProxyType[tuple[str | None, str], tuple[int, ...]]:
    """Persons of each corridor in each of `ROUNDS`, then in 2024."""
    found: dict[tuple[str | None, str], list[int]] = {}
    last = len(ROUNDS)
    for table in ("stock_rounds", "stock"):
        for row in packaged_snapshot().rows(table):
            corridor = (origin_of(row["origin"]), host_of(row["host"]))
            counts = found.setdefault(corridor, [0] * (last + 1))
            if table == "stock":
                counts[last] += int(row["female"]) + int(row["male"])
            else:
                for at, year in enumerate(ROUNDS):
                    counts[at] += int(row[str(year)])
    return MappingProxyType({corridor: tuple(counts) for corridor, counts in found.items()})


def stocks_of(origin: str | None, host: str) -> tuple[int, ...]:
    """Persons in each of `ROUNDS`, then in 2024; zeros where the corridor is not in the stock.

    origin: ISO3; None: unknown. Raises SnapshotDamaged.
    """
    return _rounds().get((origin, host), (0,) * (len(ROUNDS) + 1))


def here_since(origin: str | None, host: str) -> tuple[Since, ...]:
    """The bound for each of `ROUNDS`, earliest first; empty where nothing is known.

    origin: ISO3; None: unknown, for which the rounds bound nothing, as its people change.
    Raises SnapshotDamaged.
    """
    stocks = stocks_of(origin, host)
    if origin is None or not stocks[-1]:
        return ()
    return tuple(Since(year, min(stocks[at:])) for at, year in enumerate(ROUNDS))
