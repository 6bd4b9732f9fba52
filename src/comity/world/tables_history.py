"""The tables of the snapshot about earlier years: from a source's copy to rows of text.

As in `tables`: sorted by key, whole persons, and a value that nobody has decided on is an error.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import groupby
from pathlib import Path

from comity.world.conflict_places import INTERSTATE_LISTED_FROM, INTERSTATE_PLACES
from comity.world.conflict_places_past import BETWEEN_STATES, COLONIAL, FIRST_YEAR, places_within
from comity.world.errors import InputUnexpected
from comity.world.gleditsch_ward import iso3_of_state_number
from comity.world.tables import YEAR, Rows, csv_rows, query
from comity.world.tables_people import ROUNDS

PAST_ROUNDS = (1960, 1970, 1980)
"""The years of the World Bank's stock that go before UN DESA's."""

OVERLAP_ROUNDS = (1990, 2000)
"""The years that both sources have: how far they part is measured on them."""

FIRST_OF_UNHCR = 1960
UNHCR_KINDS = ("refugees", "asylum_seekers", "oip")
KIND_CODES = ("REF", "ASY", "OIP")
"""UNHCR's own codes of `UNHCR_KINDS`, as in the table of demographics."""


def stock_past(path: Path) -> Rows:
    """origin, host and persons of each of `PAST_ROUNDS`; World Bank."""
    sums = ", ".join(f"sum(case when year = {year} then total else 0 end)" for year in PAST_ROUNDS)
    rows = query(
        path,
        f"select origin_iso3, destination_iso3, {sums} from read_parquet(?) "
        "group by all order by all",
        [],
    )
    return [row for row in rows if any(value != "0" for value in row[2:])]


def stock_past_hosts(path: Path) -> Rows:
    """host and persons of each of `PAST_ROUNDS` and `OVERLAP_ROUNDS`; World Bank."""
    sums = ", ".join(
        f"sum(case when year = {year} then total else 0 end)"
        for year in (*PAST_ROUNDS, *OVERLAP_ROUNDS)
    )
    return query(
        path,
        f"select destination_iso3, {sums} from read_parquet(?) group by all order by all",
        [],
    )


def stock_ended(path: Path) -> Rows:
    """origin, host and persons of each of `ROUNDS`, of corridors without people in 2024; UN DESA.

    Those with people in 2024 stand in `stock_rounds`.
    """
    sums = ", ".join(f"sum(case when year = {year} then total else 0 end)" for year in ROUNDS)
    rows = query(
        path,
        f"select origin_iso3, destination_iso3, {sums} from read_parquet(?) group by all "
        "having sum(case when year = ? then total else 0 end) = 0 order by all",
        [YEAR],
    )
    return [row for row in rows if any(value != "0" for value in row[2:])]


def stock_totals(path: Path) -> Rows:
    """year and persons of the world's stock, 1990 to 2024; UN DESA."""
    return query(
        path, "select year, sum(total) from read_parquet(?) group by all order by year", []
    )


def unhcr_years(path: Path) -> Rows:
    """origin, host, kind, first year, persons of that year and the next ones, until a year without.

    kind: one of `KIND_CODES`. Ends of the years from 1960 to 2024; UNHCR.
    """
    rows: Rows = []
    for kind, code in zip(UNHCR_KINDS, KIND_CODES, strict=True):
        found = query(
            path,
            f"select coo_iso, coa_iso, year, sum({kind}) from read_parquet(?) "
            f"where year between ? and ? group by all having sum({kind}) > 0 order by all",
            [FIRST_OF_UNHCR, YEAR],
        )
        for (origin, host), several in groupby(found, key=lambda row: row[:2]):
            spell: list[str] = []
            first = 0
            for _, _, year, persons in several:
                if spell and int(year) != first + len(spell):
                    rows.append((origin, host, code, str(first), " ".join(spell)))
                    spell = []
                if not spell:
                    first = int(year)
                spell.append(persons)
            rows.append((origin, host, code, str(first), " ".join(spell)))
    return sorted(rows)


def unhcr_year_totals(path: Path) -> Rows:
    """year and the world's persons of each of `UNHCR_KINDS`, 1960 to 2024; UNHCR."""
    names = ", ".join(f"coalesce(sum({kind}), 0)" for kind in UNHCR_KINDS)
    return query(
        path,
        f"select year, {names} from read_parquet(?) where year between ? and ? "
        "group by year order by year",
        [FIRST_OF_UNHCR, YEAR],
    )


def _places(row: dict[str, str]) -> tuple[str, ...]:
    """Where the conflict of a row was fought, in codes of today."""
    conflict, kind, year = int(row["conflict_id"]), row["type_of_conflict"], int(row["year"])
    if kind in {"intrastate", "II"}:
        return places_within(conflict, year, iso3_of_state_number(int(row["gwno_a"])))
    listed = COLONIAL if kind == "extrasystemic" else BETWEEN_STATES
    if kind == "interstate" and (year >= INTERSTATE_LISTED_FROM or conflict not in listed):
        listed = INTERSTATE_PLACES
    if conflict not in listed:
        raise InputUnexpected(f"nobody has said where conflict {conflict} was fought in {year}")
    return listed[conflict]


def conflict_years(path: Path) -> Rows:
    """iso3, year, intensity (1: 25 to 999 deaths, 2: 1,000 and more) and the identifiers of the
    conflicts fought there in that year, from 1958 to 2024; UCDP/PRIO.

    The intensity is the highest of the year.
    """
    found: dict[tuple[str, int], set[tuple[int, int]]] = defaultdict(set)
    for row in csv_rows(path):
        year = int(row["year"])
        if year >= FIRST_YEAR:
            for place in _places(row):
                found[place, year].add((int(row["intensity_level"]), int(row["conflict_id"])))
    return [
        (
            place,
            str(year),
            str(max(level for level, _ in entries)),
            " ".join(str(number) for number in sorted({number for _, number in entries})),
        )
        for (place, year), entries in sorted(found.items())
    ]
