"""Danger at origin, read as a band from the last conflict of the country; never `none`.

UCDP/PRIO say in which years a country had a state-based conflict of 25 or of 1,000 battle deaths.
That is not a danger to a given person. Two readings stand side by side, and a figure that rests
on one of them names it:

| reading | conflict of the last 3 years | degree | immediacy |
|---|---|---|---|
| `situation`: each person's situation | intensity 2 | danger_to_life .. mass_killing | real_risk .. imminent |
| | intensity 1 | deprivation .. danger_to_life | reasonable_possibility .. under_way |
| `person`: it reaches some | intensity 2 | deprivation .. mass_killing | reasonable_possibility .. imminent |
| | intensity 1 | hardship .. danger_to_life | remote .. under_way |

No conflict, an older one, or no known origin: unknown. A country at peace may still persecute.
For the people of an earlier year the three years are those up to it.
The bands are this project's reading, not UCDP's.
"""  # noqa: E501

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType

from comity.world.errors import UnknownReading
from comity.world.snapshot import packaged_snapshot

DEGREE = ("none", "hardship", "deprivation", "grave_harm", "danger_to_life", "mass_killing")
IMMEDIACY = ("remote", "reasonable_possibility", "real_risk", "under_way", "imminent")

SOURCE_ID = "ucdp_prio_acd"
LAST_YEAR_OF_DATA = 2024
YEARS_THAT_COUNT = 3


class DangerReading(StrEnum):
    """How a country's conflict bears on a person from there."""

    SITUATION = "situation"
    PERSON = "person"

    @property
    def meaning(self) -> str:
        """The reading in one sentence."""
        return {
            DangerReading.SITUATION: "the country's conflict is taken as each person's situation",
            DangerReading.PERSON: "the conflict reaches some of the people, not surely this one",
        }[self]


@dataclass(frozen=True, slots=True)
class Band:
    """Levels of an ordered scale from `low` to `high`, by name, both possible."""

    low: str
    high: str


@dataclass(frozen=True, slots=True)
class LastConflict:
    """The last year in which a country had a state-based conflict.

    intensity: 1 (25 to 999 battle-related deaths in the year) or 2 (1,000 and more), the
      highest of that year. types: `intrastate`, `II`, `interstate`.
    """

    iso3: str
    year: int
    intensity: int
    types: tuple[str, ...]
    conflict_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Danger:
    """Danger at an origin as far as the conflict data show it.

    degree, immediacy: bands of levels; None: unknown.
    year: the last year of conflict, also where it is too old to count; None: none on record.
    """

    degree: Band | None
    immediacy: Band | None
    year: int | None
    source: str
    reading: DangerReading


_BANDS: Mapping[tuple[DangerReading, int], tuple[Band, Band]] = MappingProxyType(
    {
        (DangerReading.SITUATION, 2): (
            Band("danger_to_life", "mass_killing"),
            Band("real_risk", "imminent"),
        ),
        (DangerReading.SITUATION, 1): (
            Band("deprivation", "danger_to_life"),
            Band("reasonable_possibility", "under_way"),
        ),
        (DangerReading.PERSON, 2): (
            Band("deprivation", "mass_killing"),
            Band("reasonable_possibility", "imminent"),
        ),
        (DangerReading.PERSON, 1): (
            Band("hardship", "danger_to_life"),
            Band("remote", "under_way"),
        ),
    }
)


def danger_reading(name: str) -> DangerReading:
    """The reading of a name. Raises UnknownReading."""
    try:
        return DangerReading(name)
    except ValueError as cause:
        raise UnknownReading(f"`{name}` is no reading of danger at origin") from cause


@lru_cache(maxsize=1)
def last_conflicts() -> Mapping[str, LastConflict]:
    """The last conflict of each country that had one since 1946. Raises SnapshotDamaged."""
    return MappingProxyType(
        {
            row["iso3"]: LastConflict(
                iso3=row["iso3"],
                year=int(row["last_year"]),
                intensity=int(row["intensity"]),
                types=tuple(row["type"].split()),
                conflict_ids=tuple(int(number) for number in row["conflict_ids"].split()),
            )
            for row in packaged_snapshot().rows("conflict")
        }
    )


@lru_cache(maxsize=1)
def conflict_years() -> Mapping[str, Mapping[int, int]]:
    """The intensity of each year of conflict of a country, from 1958 on. Raises SnapshotDamaged.

    Places of conflicts between States before 2020 and of colonial wars were decided one by one
    (`conflict_places_past`), so the last year may differ from that of `last_conflicts`, which
    gives such a conflict to both sides.
    """
    found: dict[str, dict[int, int]] = {}
    for row in packaged_snapshot().rows("conflict_years"):
        found.setdefault(row["iso3"], {})[int(row["year"])] = int(row["intensity"])
    return MappingProxyType(found)


def _last_by(origin: str, year: int) -> tuple[int, int] | None:
    """The last year of conflict up to a year, and its intensity."""
    if year == LAST_YEAR_OF_DATA:
        last = last_conflicts().get(origin)
        return None if last is None else (last.year, last.intensity)
    years = conflict_years().get(origin, {})
    last_year = max((one for one in years if one <= year), default=None)
    return None if last_year is None else (last_year, years[last_year])


def danger_at(origin: str | None, reading: DangerReading, year: int = LAST_YEAR_OF_DATA) -> Danger:
    """Danger at an origin under a reading.

    origin: ISO3 code; None: unknown. year: of the people, 1960 to 2024.
    Returns unknown bands where there is no origin, no conflict, or none in the year and the two
    before it. Raises SnapshotDamaged.
    """
    last = None if origin is None else _last_by(origin, year)
    if last is None:
        return Danger(None, None, None, SOURCE_ID, reading)
    last_year, intensity = last
    if last_year <= year - YEARS_THAT_COUNT:
        return Danger(None, None, last_year, SOURCE_ID, reading)
    degree, immediacy = _BANDS[reading, intensity]
    return Danger(degree, immediacy, last_year, SOURCE_ID, reading)
