"""The population of each year from 1960 to 2024 as cells, as far as published stocks give it.

| what | years | how |
|---|---|---|
| stock by corridor | 1960, 1970, 1980 | World Bank, as published |
| | 1990, 1995 ... 2020, 2024 | UN DESA, as published |
| | every other year | on the straight line between the two published years, corridor by corridor |
| refugees, asylum seekers, others in need | every year | UNHCR, end of the year, as published |

UNHCR's people are read as part of the stock of their corridor, up to its size, as in `population`.
Sex is not kept: the law asks no record for it. Stateless people and people refused asylum, whom
`population` has for 2024, are left out of every year, since they have no series.

**The break.** Until 1980 the World Bank's series stands, from 1990 UN DESA's; in the two years that
both have, they part (`overlap`). The years 1981 to 1989 lie on a line from one to the other, so a
change between 1980 and 1990 is in part a change of source. **What a line hides**: a stock that rose
and fell between two rounds. **Inside one State**: people whose origin and host were one State then
are kept apart (`former_states`). When such a State dissolves, its people become migrants without
having moved: the figures about law jump in 1991 to 1993. **Asylum seekers** have no figures before 1993 in
this release and none by country before 2000: they are unknown, not none. **Whose country of asylum is
unknown** is in no host's figure, and told beside (`host_unknown`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType

from comity.agreement.values import Truth
from comity.world.apportionment import apportioned
from comity.world.countries import Fate, fate_of, host_of, origin_of
from comity.world.errors import PopulationUnbalanced
from comity.world.former_states import one_state
from comity.world.population import Category, Cell, Corridor, beyond
from comity.world.published import STOCK, UNHCR
from comity.world.snapshot import packaged_snapshot
from comity.world.tables import YEAR
from comity.world.tables_history import KIND_CODES, OVERLAP_ROUNDS, PAST_ROUNDS, UNHCR_KINDS
from comity.world.tables_people import ROUNDS

PAST_STOCK = "world_bank_gbmd"
FIRST_YEAR, LAST_YEAR = PAST_ROUNDS[0], YEAR
PUBLISHED_YEARS = (*PAST_ROUNDS, *ROUNDS, YEAR)
BREAK = (PAST_ROUNDS[-1], ROUNDS[0])
"""The last year of the first source and the first year of the second."""
ASYLUM_SEEKERS_FROM = 2000

_KINDS = (Category.REFUGEE, Category.ASYLUM_SEEKER, Category.IN_NEED)
_KIND_OF_CODE = dict(zip(KIND_CODES, _KINDS, strict=True))


class Basis(StrEnum):
    """What the stock of a year rests on."""

    PUBLISHED = "published"
    INTERPOLATED = "interpolated"
    ACROSS_THE_BREAK = "interpolated across the break"


@dataclass(frozen=True, slots=True)
class YearPopulation:
    """The people of one year.

    between: the published years around it, twice the year itself where it is one.
    cells: people with an origin and a host that were two States. inside_one_state: persons by
    corridor who moved inside one. host_unknown: UNHCR's people of whom no country of asylum is
    published. stock: persons of cells in the stock and inside one State together.
    """

    year: int
    basis: Basis
    between: tuple[int, int]
    cells: tuple[Cell, ...]
    inside_one_state: Mapping[Corridor, int]
    host_unknown: int
    stock: int

    @property
    def sources(self) -> tuple[str, ...]:
        """The sources of the year's stock, and UNHCR."""
        return (*_stock_sources(self.year), UNHCR)


@dataclass(frozen=True, slots=True)
class Overlap:
    """One year that both sources of stocks have: persons by the earlier and by the later source."""

    year: int
    world_bank: int
    un_desa: int


def basis_of(year: int) -> Basis:
    """What the stock of a year rests on. year: 1960 to 2024."""
    if year in PUBLISHED_YEARS:
        return Basis.PUBLISHED
    return Basis.ACROSS_THE_BREAK if BREAK[0] < year < BREAK[1] else Basis.INTERPOLATED


def _stock_sources(year: int) -> tuple[str, ...]:
    if year <= BREAK[0]:
        return (PAST_STOCK,)
    return (PAST_STOCK, STOCK) if year < BREAK[1] else (STOCK,)


def _around(year: int) -> tuple[int, int]:
    return (
        max(one for one in PUBLISHED_YEARS if one <= year),
        min(one for one in PUBLISHED_YEARS if one >= year),
    )


@lru_cache(maxsize=1)
def _published() -> Mapping[int, Mapping[Corridor, int]]:
    """Persons of each corridor in each published year; codes joined as the table of odd codes says.

    Raises PopulationUnbalanced if a year is not its published total.
    """
    found: dict[int, dict[Corridor, int]] = {year: defaultdict(int) for year in PUBLISHED_YEARS}
    snapshot = packaged_snapshot()
    for table, years in (
        ("stock_past", PAST_ROUNDS),
        ("stock_rounds", ROUNDS),
        ("stock_ended", ROUNDS),
    ):
        for row in snapshot.rows(table):
            corridor = (origin_of(row["origin"]), host_of(row["host"]))
            for year in years:
                persons = int(row[str(year)])
                if persons:
                    found[year][corridor] += persons
    for row in snapshot.rows("stock"):
        corridor = (origin_of(row["origin"]), host_of(row["host"]))
        found[YEAR][corridor] += int(row["female"]) + int(row["male"])
    totals = {int(row["year"]): int(row["persons"]) for row in snapshot.rows("stock_totals")}
    hosts = list(snapshot.rows("stock_past_hosts"))
    totals |= {year: sum(int(row[str(year)]) for row in hosts) for year in PAST_ROUNDS}
    for year, corridors in found.items():
        _same(f"stock of {year}", sum(corridors.values()), totals[year])
    return MappingProxyType(found)


@lru_cache(maxsize=1)
def _of_concern() -> Mapping[int, Mapping[tuple[str, str, Category], int]]:
    """UNHCR's people of each year, by its own codes of origin and host, and category."""
    found: dict[int, dict[tuple[str, str, Category], int]] = defaultdict(dict)
    for row in packaged_snapshot().rows("unhcr_years"):
        key = (row["origin"], row["host"], _KIND_OF_CODE[row["kind"]])
        for year, number in enumerate(row["persons"].split(), int(row["first_year"])):
            found[year][key] = int(number)
    for row in packaged_snapshot().rows("unhcr_year_totals"):
        year = int(row["year"])
        for kind, column in zip(_KINDS, UNHCR_KINDS, strict=True):
            persons = sum(n for (_, _, one), n in found[year].items() if one is kind)
            _same(f"{kind.label} of {year}", persons, int(row[column]))
    return MappingProxyType(found)


def _same(what: str, found: int, published: int) -> None:
    if found != published:
        raise PopulationUnbalanced(f"{what}: {found:,} in cells, {published:,} published")


def _stock_of(year: int) -> Mapping[Corridor, int]:
    """Persons of each corridor in a year; between published years on the straight line.

    The whole of the year is rounded once, and shared out, so that no corridor's rounding adds up.
    """
    before, after = _around(year)
    if before == after:
        return _published()[year]
    first, last = _published()[before], _published()[after]
    corridors = sorted(first.keys() | last.keys(), key=lambda one: (one[1], one[0] or ""))
    span = after - before
    weights = tuple(
        first.get(one, 0) * (after - year) + last.get(one, 0) * (year - before) for one in corridors
    )
    shares = apportioned((2 * sum(weights) + span) // (2 * span), weights)
    return {one: persons for one, persons in zip(corridors, shares, strict=True) if persons}


@lru_cache(maxsize=2)
def population_of(year: int) -> YearPopulation:
    """The people of a year, cells sorted by host, origin (unknown first) and category.

    year: 1960 to 2024, else ValueError.
    Raises CountryLost or UnknownCountry if a source has a code for which nothing was decided,
    PopulationUnbalanced if a published total is not reproduced, SnapshotDamaged.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"no stocks of {year}")
    stock = _stock_of(year)
    inside = {one: n for one, n in stock.items() if one_state(*one, year) is not None}
    of_concern: dict[Corridor, dict[Category, int]] = defaultdict(lambda: defaultdict(int))
    cells: list[Cell] = []
    nowhere = 0
    for (origin, host, kind), persons in _of_concern().get(year, {}).items():
        if fate_of(host).fate is Fate.UNKNOWN:
            nowhere += persons
        elif fate_of(origin).fate is Fate.STATELESS:
            cells.append(_beyond(year, (None, host_of(host)), kind, persons, Truth.TRUE))
        else:
            of_concern[origin_of(origin), host_of(host)][kind] += persons
    for corridor in stock.keys() | of_concern.keys():
        here = 0 if corridor in inside else stock.get(corridor, 0)
        cells += _corridor(year, corridor, here, of_concern.get(corridor, {}))
    cells.sort(key=lambda c: (c.host, c.origin or "", c.category.value, c.stateless))
    made = YearPopulation(
        year,
        basis_of(year),
        _around(year),
        tuple(cells),
        MappingProxyType(inside),
        nowhere,
        sum(stock.values()),
    )
    _balance(made)
    return made


def _corridor(
    year: int, corridor: Corridor, stock: int, of_concern: Mapping[Category, int]
) -> Iterator[Cell]:
    """The cells of one corridor: UNHCR's people inside its stock, the other migrants, the rest."""
    origin, host = corridor
    wanted = tuple(of_concern.get(kind, 0) for kind in _KINDS)
    inside = apportioned(min(stock, sum(wanted)), wanted)
    before, after = _around(year)
    note = "" if before == after else f"on the line between the stocks of {before} and {after}"
    for kind, persons in zip(
        (*_KINDS, Category.MIGRANT), (*inside, stock - sum(inside)), strict=True
    ):
        if persons:
            of_unhcr = kind is not Category.MIGRANT
            yield Cell(
                host=host,
                origin=origin,
                sex=None,
                category=kind,
                persons=persons,
                presence=Truth.TRUE,
                in_stock=Truth.TRUE,
                overlap=Truth.FALSE,
                stateless=Truth.UNKNOWN,
                sources=(UNHCR, *_stock_sources(year)) if of_unhcr else _stock_sources(year),
                note=note,
                year=year,
            )
    for kind, asked, found in zip(_KINDS, wanted, inside, strict=True):
        if asked > found:
            yield _beyond(year, corridor, kind, asked - found, Truth.UNKNOWN)


def _beyond(year: int, corridor: Corridor, kind: Category, persons: int, stateless: Truth) -> Cell:
    sources = (UNHCR, *_stock_sources(year))
    return beyond(corridor, kind, persons, stateless=stateless, sources=sources, year=year)


def _balance(made: YearPopulation) -> None:
    """The stock and UNHCR's totals of the year are reproduced to the person, or it is an error."""
    in_stock = sum(cell.persons for cell in made.cells if cell.in_stock is Truth.TRUE)
    apart = sum(made.inside_one_state.values())
    _same(f"stock of {made.year}", in_stock + apart, made.stock)
    found = sum(cell.persons for cell in made.cells if cell.category.within in _KINDS)
    published = sum(_of_concern().get(made.year, {}).values())
    _same(f"people of concern of {made.year}", found + made.host_unknown, published)


def overlap(hosts: frozenset[str] | None = None) -> tuple[Overlap, ...]:
    """The years that both sources have, for some hosts (None: all), so that the break is measured.

    Raises SnapshotDamaged.
    """
    past: dict[int, int] = dict.fromkeys(OVERLAP_ROUNDS, 0)
    for row in packaged_snapshot().rows("stock_past_hosts"):
        if hosts is None or host_of(row["host"]) in hosts:
            for year in OVERLAP_ROUNDS:
                past[year] += int(row[str(year)])
    return tuple(
        Overlap(
            year,
            past[year],
            sum(
                persons
                for (_, host), persons in _published()[year].items()
                if hosts is None or host in hosts
            ),
        )
        for year in OVERLAP_ROUNDS
    )
