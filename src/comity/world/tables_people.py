"""The tables of the snapshot about age, sex and time: from a source's copy to rows of text.

As in `tables`: sorted by key, whole persons, and a value that nobody has decided on is an error.
"""

from __future__ import annotations

from pathlib import Path

from comity.world.errors import InputUnexpected
from comity.world.tables import YEAR, Rows, csv_rows, query

ROUNDS = (1990, 1995, 2000, 2005, 2010, 2015, 2020)
"""The years before 2024 for which UN DESA published a stock, in order."""

AGE_GROUPS = ("0_4", "5_11", "12_17", "18_59", "60", "other")
"""UNHCR's age groups as the file's columns name them; `other`: sex known, age not."""

DEMOGRAPHIC_COLUMNS = tuple(f"{sex}_{group}" for sex in "fm" for group in AGE_GROUPS)
KINDS = ("REF", "ASY", "OIP", "STA", "IDP")

FIVE_YEAR_GROUPS = tuple(range(0, 101, 5))
"""The first ages of the groups of World Population Prospects; the last is open."""

WDR_YEAR = "2020"
_TWO_COUNTRIES = "SCG"  # Serbia and Montenegro: says nothing of either


def stock_rounds(path: Path) -> Rows:
    """origin, host and persons of each of `ROUNDS`, of corridors with people in 2024; UN DESA."""
    sums = ", ".join(f"sum(case when year = {year} then total else 0 end)" for year in ROUNDS)
    rows = query(
        path,
        f"select origin_iso3, destination_iso3, {sums} from read_parquet(?) group by all "
        "having sum(case when year = ? then total else 0 end) > 0 order by all",
        [YEAR],
    )
    return [row for row in rows if any(value != "0" for value in row[2:])]


def demographics(path: Path) -> Rows:
    """origin, host, kind, persons by sex and age group, and all persons; UNHCR, end of 2025.

    kind: REF refugees, ASY asylum seekers, OIP others in need, STA stateless, IDP displaced
      inside their own country. Places inside a host are added up. Corridors of which no sex is
      published are left out: their age and sex are unknown.
    """
    names = ", ".join(f"sum({name})" for name in DEMOGRAPHIC_COLUMNS)
    kinds = ", ".join(f"'{kind}'" for kind in KINDS)
    rows = query(
        path,
        f"select coo_iso, coa_iso, pop_type, {names}, sum(total) from read_parquet(?) "
        f"where pop_type in ({kinds}) group by all order by all",
        [],
    )
    return [row for row in rows if any(value != "0" for value in row[3:-1])]


def age_structure(path: Path) -> Rows:
    """iso3, sex (f, m) and residents of each five-year age group in mid-2024; UN DESA."""
    names = ", ".join(
        f"cast(round(1000 * sum(case when age_start = {age} then population_k end)) as bigint)"
        for age in FIVE_YEAR_GROUPS
    )
    rows = query(
        path,
        f"select iso3, lower(sex), {names} from read_parquet(?) where year = ? "
        "group by all order by all",
        [YEAR],
    )
    gaps = [row[:2] for row in rows if "" in row]
    if gaps:
        raise InputUnexpected(f"an age group is missing in {gaps}")
    return rows


def immigrants(path: Path) -> Rows:
    """host, sex (f, m), foreign-born aged 0 to 14 and 15 and over, of these with tertiary
    education, 2020; World Bank. Hosts in which it has no children are left out.
    """
    rows: Rows = []
    for row in csv_rows(path):
        if row["year"] != WDR_YEAR or row["iso3"] == _TWO_COUNTRIES:
            continue
        tertiary, below = int(row["immigrants_tertiary"]), int(row["immigrants_below_tertiary"])
        if int(row["immigrants_0_14"]):
            found = (row["immigrants_0_14"], str(tertiary + below), str(tertiary))
            rows.append((row["iso3"], row["sex"].lower(), *found))
    return sorted(rows)
