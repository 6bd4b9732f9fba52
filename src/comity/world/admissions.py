"""Permanent and temporary admissions by destination and year, as the OECD publishes them.

Persons admitted in a year, from all origins together. A category that is not published is None and
never nought. Source: OECD International Migration Database, the packaged tables.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from comity.world.snapshot import packaged_snapshot
from comity.world.tables_admissions import PERMANENT, TEMPORARY

SOURCES_OF = ("oecd_imd_permanent", "oecd_imd_temporary")
FREE_MOVEMENT = "free_movement"
STUDENTS = "international_student"


@dataclass(frozen=True, slots=True)
class Admitted:
    """Persons admitted to one destination in one year, by category of entry."""

    permanent: Mapping[str, int | None]
    temporary: Mapping[str, int | None]


@lru_cache(maxsize=1)
def admissions() -> Mapping[tuple[str, int], Admitted]:
    """By host and year; only where both tables speak of the two. Raises SnapshotDamaged."""
    lasting = _read("admissions_permanent", PERMANENT)
    passing = _read("admissions_temporary", TEMPORARY)
    return {
        key: Admitted(lasting[key], passing[key]) for key in sorted(lasting.keys() & passing.keys())
    }


def _read(table: str, columns: tuple[str, ...]) -> dict[tuple[str, int], dict[str, int | None]]:
    return {
        (row["host"], int(row["year"])): {
            column: int(row[column]) if row[column] else None for column in columns
        }
        for row in packaged_snapshot().rows(table)
    }
