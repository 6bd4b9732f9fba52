"""Population and domestic product of States by year, as the World Bank publishes them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from comity.world.snapshot import packaged_snapshot

SOURCES_OF = ("world_bank_wdi",)


@dataclass(frozen=True, slots=True)
class Size:
    """population: persons. product: current US dollars. None: not published."""

    population: int | None
    product: int | None


@lru_cache(maxsize=1)
def sizes() -> Mapping[tuple[str, int], Size]:
    """By State and year. Raises SnapshotDamaged."""
    return {
        (row["iso3"], int(row["year"])): Size(_number(row["population"]), _number(row["gdp_usd"]))
        for row in packaged_snapshot().rows("economy")
    }


def _number(text: str) -> int | None:
    return int(text) if text else None
