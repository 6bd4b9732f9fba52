"""People displaced inside their own country, whom no agreement on movement gives a host.

UNHCR's own column, end of 2024: people whom it protects or assists, not every displaced person.
They crossed no border, so they are outside every host's duty and never part of a sum of people
of hosts; a list that has them says `OUTSIDE_EVERY_DUTY`, and gives their total apart.

Temporary protection is no category here. UNHCR counts people with temporary protection among
refugees, and no table of the mirror tells them apart: Eurostat's has first applications for
asylum, which they need not make. Who of Ukraine's refugees holds it stays unknown.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

from comity.world.countries import country, fate_of, origin_of
from comity.world.errors import CountryLost, PopulationUnbalanced
from comity.world.published import UNHCR, published_totals
from comity.world.snapshot import packaged_snapshot

CATEGORY = "displaced_inside"
LABEL = "people displaced inside their own country"
OUTSIDE_EVERY_DUTY = "outside every host's duty"


@dataclass(frozen=True, slots=True)
class Displaced:
    """People displaced inside one country; they have no host.

    country: ISO3, where they are and where they belong. persons: at least 1.
    sources: ids. note: what a list must say beside the figure.
    """

    country: str
    persons: int
    sources: tuple[str, ...] = (UNHCR,)
    note: str = OUTSIDE_EVERY_DUTY

    @property
    def name(self) -> str:
        """The country's name, for a person to read."""
        return country(self.country).name


@lru_cache(maxsize=1)
def displaced_inside() -> tuple[Displaced, ...]:
    """One record a country at the end of 2024, sorted by code.

    Raises CountryLost if a row is of no country or of two, UnknownCountry, PopulationUnbalanced if
    the records do not reproduce UNHCR's total, SnapshotDamaged.
    """
    sums: dict[str, int] = defaultdict(int)
    for row in packaged_snapshot().rows("unhcr"):
        persons = int(row["idps"] or 0)
        if not persons:
            continue
        here, there = origin_of(row["origin"]), fate_of(row["host"]).becomes
        if here is None or here != there:
            raise CountryLost(
                f"{persons:,} people displaced inside `{row['origin']}` stand under `{row['host']}`"
            )
        sums[here] += persons
    found, published = sum(sums.values()), published_totals()["idps"]
    if found != published:
        raise PopulationUnbalanced(f"idps: {found:,} in records, {published:,} published")
    return tuple(Displaced(code, persons) for code, persons in sorted(sums.items()))
