"""Seats of the Convention's chambers on real people: by population, by migrants, by emigrants.

Belongs here: what Articles 8 and 9 of the draft Convention say, put to the numbers of the snapshot.
Does not belong here: how seats are shared out (`assembly.apportionment`), power (`assembly`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from comity.assembly.apportionment import (
    Apportionment,
    Divisors,
    TieRule,
    highest_averages,
    largest_remainder,
    root_seats,
)
from comity.world.countries import countries, host_of, origin_of
from comity.world.snapshot import packaged_snapshot

HALF = 60
"""Seats of each half of the Chamber of Migrants (Article 9(1))."""
UNIT, LEAST, MOST = 1_000_000, 2, 20
"""Of the Chamber of Parliaments: root of the population in millions, 2 to 20 (Article 8)."""

WORLD = "WLD"
"""The world's own row in the table of ages."""
STOCK, RESIDENTS, PLACES = "un_desa_stock_2024", "un_wpp_age_2024", "countries"

DEFECTS = (
    "The stock counts by country of birth in most States and by citizenship in others; Article 9 speaks of "
    "nationals who live abroad, whom no table counts.",
    "Some stocks are imputed by UN DESA, and refugees are added to some.",
    "Persons whose origin is unknown are in no region of origin; they count among migrants of their host.",
    "Everybody is counted, children too: the Article allots seats by migrants, not by voters.",
    "Persons without regular status are in the stock as far as censuses and surveys reach them.",
    "Persons born in territories that are no members are outside, though many are nationals of a Party.",
    "All member States of the United Nations are taken as Parties; which will be is not known.",
)


class Regions(StrEnum):
    """What Article 9 calls a region is open: either list of the United Nations' M49 can be meant."""

    REGION = "region"
    SUBREGION = "subregion"


class Method(StrEnum):
    """How a half of the seats is shared out; the Article names none."""

    SAINTE_LAGUE = "sainte_lague"
    DHONDT = "dhondt"
    ADAMS = "adams"
    LARGEST_REMAINDER = "largest_remainder"


_DIVISORS = {
    Method.SAINTE_LAGUE: Divisors.SAINTE_LAGUE,
    Method.DHONDT: Divisors.DHONDT,
    Method.ADAMS: Divisors.ADAMS,
}


@dataclass(frozen=True, slots=True)
class Seats:
    """Seats of regions or States.

    persons, seats: by name, in the same order. outside: persons who are counted nowhere. tie: names
    with equal claims to the last seats, decided for the larger; empty if there was none.
    """

    persons: Mapping[str, int]
    seats: Mapping[str, int]
    outside: int
    tie: tuple[str, ...]
    sources: tuple[str, ...]
    defects: tuple[str, ...] = DEFECTS


def populations() -> dict[str, int]:
    """Residents of every country and territory in mid-2024, by ISO3 code, in persons; UN DESA.

    Sums of the age structure: persons of each sex and age group, as published. Raises SnapshotDamaged.
    """
    found: dict[str, int] = defaultdict(int)
    for row in packaged_snapshot().rows("age_structure"):
        if row["iso3"] == WORLD:
            continue
        ages = [value for column, value in row.items() if column not in {"iso3", "sex"}]
        found[host_of(row["iso3"])] += sum(int(value) for value in ages)
    return dict(sorted(found.items()))


def parliaments() -> Seats:
    """Seats of each State in the Chamber of Parliaments, all members of the United Nations taken as
    Parties (Article 8). Raises SnapshotDamaged, KeyError if a State has no population."""
    of = populations()
    members = sorted(c.iso3 for c in countries().values() if c.is_un_member)
    persons = {code: of[code] for code in members}
    seats = {
        code: root_seats(people, unit=UNIT, least=LEAST, most=MOST)
        for code, people in persons.items()
    }
    outside = sum(of.values()) - sum(persons.values())
    return Seats(persons, seats, outside, (), (RESIDENTS, PLACES))


def migrants(regions: Regions, method: Method) -> tuple[Seats, Seats]:
    """(by host, by origin): the two halves of the Chamber of Migrants (Article 9(1)).

    Seats of host regions go by the migrants there, those of regions of origin by the emigrants from
    there; equal claims go to the larger. Migrants of hosts, and from origins, that are no member of the
    United Nations are in `outside`. Raises SnapshotDamaged.
    """
    hosts: dict[str, int] = defaultdict(int)
    origins: dict[str, int] = defaultdict(int)
    no_host = no_origin = 0
    for row in packaged_snapshot().rows("stock"):
        persons = int(row["female"]) + int(row["male"])
        host = _region(host_of(row["host"]), regions)
        origin = _region(origin_of(row["origin"]), regions)
        if host is None:
            no_host += persons
        else:
            hosts[host] += persons
        if origin is None:
            no_origin += persons
        else:
            origins[origin] += persons
    return _half(hosts, no_host, method), _half(origins, no_origin, method)


def sensitivity(regions: Regions) -> dict[Method, tuple[Seats, Seats]]:
    """Both halves under every method: how much hangs on what the Article leaves open."""
    return {method: migrants(regions, method) for method in Method}


def _region(code: str | None, regions: Regions) -> str | None:
    """The region of a member of the United Nations; None: unknown, or no member."""
    if code is None or not countries()[code].is_un_member:
        return None
    return str(getattr(countries()[code], regions.value) or "") or None


def _half(persons: Mapping[str, int], outside: int, method: Method) -> Seats:
    ordered = dict(sorted(persons.items(), key=lambda pair: (-pair[1], pair[0])))
    found = _shared(tuple(ordered.values()), method)
    names = tuple(ordered)
    tie = tuple(names[at] for at in found.tie.claimants) if found.tie else ()
    seats = dict(zip(names, found.seats, strict=True))
    return Seats(ordered, seats, outside, tie, (STOCK, PLACES))


def _shared(persons: tuple[int, ...], method: Method) -> Apportionment:
    if method is Method.LARGEST_REMAINDER:
        return largest_remainder(persons, HALF, ties=TieRule.LARGER)
    return highest_averages(persons, HALF, divisors=_DIVISORS[method], ties=TieRule.LARGER)
