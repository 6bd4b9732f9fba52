"""The snapshot's tables of admissions: persons by destination, year and category of entry."""

from __future__ import annotations

from pathlib import Path

from comity.world.errors import InputUnexpected
from comity.world.tables import Rows, csv_rows

PERMANENT = (
    "work",
    "accompanying_family_of_workers",
    "family",
    "humanitarian",
    "free_movement",
    "other",
)
TEMPORARY = (
    "seasonal",
    "intra_company_transfer",
    "trainee",
    "working_holiday",
    "other_temporary_work",
    "international_student",
)
"""The OECD's categories, in the order of the columns."""


def permanent(path: Path) -> Rows:
    """host, year and persons of each permanent-type category; empty where none is published."""
    return _by_category(path, PERMANENT)


def temporary(path: Path) -> Rows:
    """host, year and persons of each temporary category; empty where none is published."""
    return _by_category(path, TEMPORARY)


def _by_category(path: Path, columns: tuple[str, ...]) -> Rows:
    found: dict[tuple[str, str], dict[str, str]] = {}
    for row in csv_rows(path):
        if row["category"] not in columns:
            raise InputUnexpected(f"`{row['category']}` is no category of {path.name}")
        one = found.setdefault((row["destination_iso3"], row["year"]), {})
        if row["category"] in one:
            raise InputUnexpected(f"{row['destination_iso3']} {row['year']} stands twice")
        one[row["category"]] = str(int(row["inflow"]))
    return [(*key, *(found[key].get(column, "") for column in columns)) for key in sorted(found)]
