"""The snapshot's table of population and domestic product by State and year."""

from __future__ import annotations

from pathlib import Path

from comity.world.tables import Rows, query

FIRST, LAST = 2012, 2024
"""From two years before the tables of admissions, whose tests take means over three years."""


def economy(path: Path) -> Rows:
    """iso3, year, population, domestic product in whole current dollars; empty where not published."""
    return query(
        path,
        "select iso3, cast(year as integer), cast(round(population) as bigint), "
        "cast(round(gdp_usd) as bigint) from read_parquet(?) where not is_aggregate "
        "and iso3 is not null and year between ? and ? "
        "and (population is not null or gdp_usd is not null) order by 1, 2",
        [FIRST, LAST],
    )
