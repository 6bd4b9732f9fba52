"""Age and sex of the people of a corridor, each with its source, or unknown.

| people | age and sex | source | status |
|---|---|---|---|
| refugees, asylum seekers, others in need | 0-4, 5-11, 12-17, 18-59, 60 and over, by sex | UNHCR, end of 2025 | published for the corridor, or else for the host |
| stateless people | the same | UNHCR, end of 2025 | published for the host |
| displaced inside their country | the same | UNHCR, end of 2025 | published for the country |
| other migrants | 0-14, 15 and over, by sex | World Bank, foreign-born of 2020 | published for the host |
| the refused, and whoever is left | | | unknown |

The persons given are those of the source's year, not of 2024: they say in which shares people are
of an age and sex, and where those of 2024 differ in number, no one is added or taken away. UN DESA
publishes the sex of the stock (it stands in the cells) and no age. People of whom only the sex, or
neither, is published stand as such and in no share.
"""  # noqa: E501

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from types import MappingProxyType

from comity.world.countries import fate_of, host_of, origin_of
from comity.world.population import Category, Sex
from comity.world.snapshot import packaged_snapshot
from comity.world.tables_people import AGE_GROUPS


class Status(StrEnum):
    """Whether a source says it, and of whom."""

    PUBLISHED = "published"
    PUBLISHED_FOR_HOST = "published for the host"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class AgeGroup:
    """Full years of age from `low` to `high`, both included; None: open above."""

    low: int
    high: int | None

    @property
    def label(self) -> str:
        """For a person to read."""
        return f"{self.low} and over" if self.high is None else f"{self.low}-{self.high}"


UNHCR_GROUPS = (
    AgeGroup(0, 4),
    AgeGroup(5, 11),
    AgeGroup(12, 17),
    AgeGroup(18, 59),
    AgeGroup(60, None),
)
IMMIGRANT_GROUPS = (AgeGroup(0, 14), AgeGroup(15, None))

DEMOGRAPHICS, IMMIGRANTS = "unhcr_demographics", "wdr_2023_education"
_YEARS = {DEMOGRAPHICS: 2025, IMMIGRANTS: 2020}
_SEXES: Mapping[str, Sex] = MappingProxyType({"f": "female", "m": "male"})
_KINDS = {
    Category.REFUGEE: "REF",
    Category.ASYLUM_SEEKER: "ASY",
    Category.IN_NEED: "OIP",
    Category.STATELESS: "STA",
}


@dataclass(frozen=True, slots=True)
class AgesAndSexes:
    """Persons by age group and sex, as a source publishes them.

    persons: by sex and group; no group: the sex is published, the age is not.
    unrecorded: persons of the same people of whom neither is published.
    source: id; "": none.
    """

    status: Status
    persons: Mapping[tuple[Sex, AgeGroup | None], int]
    unrecorded: int = 0
    source: str = ""

    @property
    def year(self) -> int | None:
        """The year whose people these are; None: nothing is published."""
        return _YEARS.get(self.source)

    @property
    def total(self) -> int:
        """All persons, those of unknown age or sex too: the total that the source publishes."""
        return sum(self.persons.values()) + self.unrecorded

    def of_sex(self, sex: Sex) -> dict[AgeGroup, int]:
        """Persons of a sex by group, in order, those of published age only."""
        groups = [group for key, group in self.persons if key == sex and group is not None]
        return {group: self.persons[sex, group] for group in groups}


UNKNOWN = AgesAndSexes(Status.UNKNOWN, MappingProxyType({}))

_Counts = dict[tuple[Sex, AgeGroup | None], int]


def _counts(row: Mapping[str, str]) -> _Counts:
    found: _Counts = {}
    for short, sex in _SEXES.items():
        for name, group in zip(AGE_GROUPS, (*UNHCR_GROUPS, None), strict=True):
            found[sex, group] = int(row[f"{short}_{name}"])
    return found


@lru_cache(maxsize=1)
def _demographics() -> Mapping[tuple[str, str | None, str], tuple[_Counts, int]]:
    """By kind, origin and host: persons by sex and group, and all persons.

    A second entry a kind and host, under the origin `*`, is of all origins together.
    """
    counts: dict[tuple[str, str | None, str], _Counts] = {}
    totals: dict[tuple[str, str | None, str], int] = defaultdict(int)
    for row in packaged_snapshot().rows("demographics"):
        if fate_of(row["host"]).becomes is None:
            continue  # a host that UNHCR does not name: nobody of a known host
        host, found = host_of(row["host"]), _counts(row)
        for origin in (origin_of(row["origin"]), "*"):
            key = (row["kind"], origin, host)
            sums = counts.setdefault(key, dict.fromkeys(found, 0))
            for part, persons in found.items():
                sums[part] += persons
            totals[key] += int(row["total"])
    return MappingProxyType({key: (found, totals[key]) for key, found in counts.items()})


@lru_cache(maxsize=1)
def _immigrants() -> Mapping[str, _Counts]:
    found: dict[str, _Counts] = defaultdict(dict)
    for row in packaged_snapshot().rows("immigrants"):
        for name, group in zip(("0_14", "15"), IMMIGRANT_GROUPS, strict=True):
            found[host_of(row["host"])][_SEXES[row["sex"]], group] = int(row[name])
    return MappingProxyType(found)


def _of_unhcr(kind: str, origin: str | None, host: str, status: Status) -> AgesAndSexes:
    found, total = _demographics().get((kind, origin, host), ({}, 0))
    if not sum(found.values()):
        return UNKNOWN
    unrecorded = total - sum(found.values())
    return AgesAndSexes(status, MappingProxyType(found), unrecorded, DEMOGRAPHICS)


@cache
def ages_and_sexes(origin: str | None, host: str, category: Category) -> AgesAndSexes:
    """The published distribution of age and sex of a corridor's people of a category.

    origin: ISO3; None: unknown, of which the corridor's own figures are not read: UNHCR's people
    of unknown origin may be any. host: ISO3. Returns `UNKNOWN` where no source says it.
    Raises UnknownCountry, SnapshotDamaged.
    """
    kind = category.within
    if kind in _KINDS:
        if origin is not None:
            own = _of_unhcr(_KINDS[kind], origin, host, Status.PUBLISHED)
            if own is not UNKNOWN:
                return own
        return _of_unhcr(_KINDS[kind], "*", host, Status.PUBLISHED_FOR_HOST)
    if kind is Category.MIGRANT and host in _immigrants():
        found = MappingProxyType(_immigrants()[host])
        return AgesAndSexes(Status.PUBLISHED_FOR_HOST, found, 0, IMMIGRANTS)
    return UNKNOWN


def ages_and_sexes_displaced(country: str) -> AgesAndSexes:
    """The same of the people displaced inside a country. Raises SnapshotDamaged."""
    return _of_unhcr("IDP", country, country, Status.PUBLISHED)


def with_status(cells: Mapping[tuple[str | None, str, Category], int]) -> dict[Status, int]:
    """How many persons of some corridors have a published age and sex, by status.

    cells: persons by origin, host and category. Every status is in the answer.
    """
    found = dict.fromkeys(Status, 0)
    for (origin, host, category), persons in cells.items():
        found[ages_and_sexes(origin, host, category).status] += persons
    return found
