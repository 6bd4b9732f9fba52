"""The tables of the snapshot, one function each: from a source's copy to rows of text.

Every function sorts its rows by key, so that the same input gives the same bytes. Persons are
whole numbers. A value that nobody has decided on raises `InputUnexpected`.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from comity.world.capitals import ADDED_COORDINATES
from comity.world.conflict_places import (
    ALSO_FOUGHT_IN,
    INTERSTATE_LISTED_FROM,
    INTERSTATE_PLACES,
)
from comity.world.errors import InputUnexpected
from comity.world.gleditsch_ward import iso3_of_state_number

Rows = list[tuple[str, ...]]

YEAR = 2024
DECISION_YEARS = (2020, 2024)
TOTAL_YEARS = (2019, 2024)
UNHCR_COLUMNS = ("refugees", "asylum_seekers", "oip", "stateless", "ooc", "idps")


def _text(row: Sequence[Any]) -> tuple[str, ...]:
    return tuple("" if value is None else str(value) for value in row)


def query(path: Path, sql: str, parameters: Sequence[object]) -> Rows:
    """Rows of a Parquet file; `?` of the statement's FROM is the file."""
    import duckdb  # here, because only the builder needs it and it takes 0.1 s to import

    with duckdb.connect() as connection:
        connection.execute("set threads = 1")
        rows = connection.execute(sql, [path.as_posix(), *parameters]).fetchall()
    return [_text(row) for row in rows]


def csv_rows(path: Path) -> list[dict[str, str]]:
    """Rows of a CSV file by the names of its columns."""
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def stock(path: Path) -> Rows:
    """origin, host, female, male: persons in mid-2024; UN DESA."""
    rows = query(
        path,
        "select origin_iso3, destination_iso3, female, male, total from read_parquet(?) "
        "where year = ? order by all",
        [YEAR],
    )
    unequal = [row[:2] for row in rows if int(row[2]) + int(row[3]) != int(row[4])]
    if unequal:
        raise InputUnexpected(f"female and male do not add up in corridors {unequal}")
    return [row[:4] for row in rows if row[4] != "0"]


def data_type(path: Path) -> Rows:
    """host, by_birth, by_citizenship, refugees_added, imputed (0/1 each); UN DESA."""
    columns = ("iso3", "by_birth", "by_citizenship", "refugees_added", "imputed")
    return sorted(tuple(row[column] for column in columns) for row in csv_rows(path))


def unhcr(path: Path) -> Rows:
    """origin, host and the persons of each category at the end of 2024; UNHCR.

    An empty field means that UNHCR publishes none (`oip` exists for Venezuelans only).
    """
    names = ", ".join(f"sum({name})" for name in UNHCR_COLUMNS)
    rows = query(
        path,
        f"select coo_iso, coa_iso, {names} from read_parquet(?) where year = ? "
        "group by all order by all",
        [YEAR],
    )
    return [row for row in rows if any(value not in {"", "0"} for value in row[2:])]


def unhcr_totals(path: Path) -> Rows:
    """year and the persons of each category, world; UNHCR."""
    names = ", ".join(f"sum({name})" for name in UNHCR_COLUMNS)
    return query(
        path,
        f"select year, {names} from read_parquet(?) where year between ? and ? "
        "group by year order by year",
        TOTAL_YEARS,
    )


def decisions(path: Path) -> Rows:
    """origin, host, level, unit (P persons, C cases), then decisions of 2020 to 2024; UNHCR.

    level: FI first instance, AR administrative review, JR judicial review, RA repeat or
      reopened, FA first instance and appeal together, NA new application, IN and EO the two
      authorities of the United States, TA temporary asylum, SP subsidiary protection.
    """
    return query(
        path,
        "select coo_iso, coa_iso, dec_level, dec_pc, sum(dec_recognized), sum(dec_other), "
        "sum(dec_rejected), sum(dec_closed) from read_parquet(?) where year between ? and ? "
        "group by all order by all",
        DECISION_YEARS,
    )


def _places(row: dict[str, str]) -> tuple[str, ...]:
    """Where the conflict of a row was fought: ISO3 codes; empty if the copy cannot say."""
    conflict, kind = int(row["conflict_id"]), row["type_of_conflict"]
    if kind in {"intrastate", "II"}:
        side_a = iso3_of_state_number(int(row["gwno_a"]))
        return (side_a, *ALSO_FOUGHT_IN.get(conflict, ()))
    if kind == "interstate":
        if conflict in INTERSTATE_PLACES:
            return INTERSTATE_PLACES[conflict]
        if int(row["year"]) >= INTERSTATE_LISTED_FROM:
            raise InputUnexpected(f"nobody has said where conflict {conflict} was fought")
        sides = [row["gwno_a"], row["gwno_b"]]
        return tuple(iso3_of_state_number(int(side)) for side in sides if side)
    if kind == "extrasystemic":
        return ()  # a colonial war: side A is the colonial power, the place is not in the copy
    raise InputUnexpected(f"type of conflict `{kind}`")


def conflict(path: Path) -> Rows:
    """iso3, last year of conflict, its intensity (1: 25 to 999 deaths, 2: 1,000 and more), its
    type, and the identifiers of that year's conflicts; UCDP/PRIO.

    The intensity is the highest of that year, the type is that of the conflicts which have it.
    """
    by_place: dict[str, dict[int, set[tuple[int, str, int]]]] = defaultdict(
        lambda: defaultdict(set)
    )
    for row in csv_rows(path):
        entry = (int(row["intensity_level"]), row["type_of_conflict"], int(row["conflict_id"]))
        for place in _places(row):
            by_place[place][int(row["year"])].add(entry)
    rows: Rows = []
    for place, years in sorted(by_place.items()):
        year = max(years)
        intensity = max(entry[0] for entry in years[year])
        kinds = sorted({kind for level, kind, _ in years[year] if level == intensity})
        ids = sorted({number for _, _, number in years[year]})
        rows.append((place, str(year), str(intensity), " ".join(kinds), " ".join(map(str, ids))))
    return rows


def country_table(path: Path) -> Rows:
    """iso3, iso2, m49, name, region, subregion, un_member, ldc, lldc, sids, latitude, longitude,
    coordinates_from; UN M49 and CEPII, with the two corrections of the source's defects.
    """
    kept = ("iso3", "iso2", "m49", "name", "region", "subregion", "un_member", "ldc", "lldc")
    rows: Rows = []
    for row in sorted(csv_rows(path), key=lambda entry: entry["iso3"]):
        # the source writes `SCR 2144`: no such resolution concerns Kosovo; it is 1244 of 1999
        name = row["name"].replace("(SCR 2144)", "(SCR 1244 (1999))")
        place = (row["capital_lat"], row["capital_lon"], "countries")
        if not row["capital_lat"]:
            added = ADDED_COORDINATES.get(row["iso3"])
            place = ("", "", "") if added is None else (f"{added[0]}", f"{added[1]}", "added")
        fields = {**row, "name": name}
        rows.append((*(fields[column] for column in kept), row["sids"], *place))
    return rows
