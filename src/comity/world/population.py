"""The population of 2024 as weighted cells: who is where, in which category.

How the sources fit:

- **Stock.** UN DESA's 304.0 million migrants of mid-2024 by origin, host and sex are the base.
- **UNHCR inside the stock.** UNHCR's refugees, asylum seekers and others in need of international
  protection (end of 2024) of a corridor are part of its stock, up to its size: UN DESA itself adds
  refugees to the stock of most destinations. UNHCR publishes no sex by corridor here; inside the
  stock they take the shares by sex of the corridor's stock. If they are more than the stock, the
  three categories share it in proportion.
- **Beyond the stock.** What exceeds the stock of its corridor is a category of its own
  (`refugee_beyond_stock`, ...), sex unknown. For known origins they are taken as further persons (a
  child born in the host to refugees is no migrant by birth), though some, born in a third country,
  may stand in the stock under it: 3.0 million people, printed in the bridge.
- **Unknown origins stay unknown.** UNHCR's unknown origins in a host are matched with the host's
  stock of unknown origin; an excess may be in the stock under any origin, so its overlap is unknown.
- **Stateless by UNHCR's code** (XXA): refugees and asylum seekers among them are not in the stock
  under that code, and may be under a country of birth: beyond the stock, overlap unknown.
- **Stateless people** are a category of their own. Most live where they were born and are no
  migrants; others are refugees whom UNHCR counts twice (about one million Rohingya in Bangladesh).
  Nothing says which: their overlap is unknown, so they count as possible only in a sum of persons.
- **Refused** at first instance 2020-24, decisions that count persons only. Whether they are still
  present is unknown, and so is their overlap with the stock: possible only. A person refused in two
  years is counted twice.

Not in it: people displaced inside their own country (`displaced`: no host has a duty to them, as
they crossed no border), temporary protection as a category (UNHCR counts it among refugees and no
table here tells it apart), Palestine refugees
under UNRWA's mandate beyond those in the stock, UNHCR's "others of concern".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Literal, TypeAlias

from comity.agreement.values import Truth
from comity.world.apportionment import apportioned, split_by_sex
from comity.world.countries import Fate, fate_of, host_of, origin_of
from comity.world.errors import PopulationUnbalanced
from comity.world.published import (
    DECISIONS,
    FIRST_INSTANCE,
    PERSONS,
    STOCK,
    UNHCR,
    published_totals,
)
from comity.world.snapshot import packaged_snapshot
from comity.world.tables import YEAR

Sex: TypeAlias = Literal["female", "male"]
Corridor: TypeAlias = tuple[str | None, str]


class Category(StrEnum):
    """What a record says a person is."""

    MIGRANT = "migrant"
    REFUGEE = "refugee"
    ASYLUM_SEEKER = "asylum_seeker"
    IN_NEED = "in_need"
    REFUGEE_BEYOND_STOCK = "refugee_beyond_stock"
    ASYLUM_SEEKER_BEYOND_STOCK = "asylum_seeker_beyond_stock"
    IN_NEED_BEYOND_STOCK = "in_need_beyond_stock"
    STATELESS = "stateless"
    REFUSED = "refused"

    @property
    def label(self) -> str:
        """For a person to read."""
        return _LABELS[self]

    @property
    def within(self) -> Category:
        """The same category without regard to the stock."""
        return Category(self.value.removesuffix("_beyond_stock"))


_LABELS = {
    Category.MIGRANT: "other migrants",
    Category.REFUGEE: "refugees",
    Category.ASYLUM_SEEKER: "asylum seekers",
    Category.IN_NEED: "others in need of international protection",
    Category.REFUGEE_BEYOND_STOCK: "refugees beyond the stock of their corridor",
    Category.ASYLUM_SEEKER_BEYOND_STOCK: "asylum seekers beyond the stock of their corridor",
    Category.IN_NEED_BEYOND_STOCK: "others in need beyond the stock of their corridor",
    Category.STATELESS: "stateless people",
    Category.REFUSED: "people refused at first instance, 2020-24",
}

UNHCR_COLUMNS = {
    Category.REFUGEE: "refugees",
    Category.ASYLUM_SEEKER: "asylum_seekers",
    Category.IN_NEED: "oip",
}


@dataclass(frozen=True, slots=True)
class Cell:
    """People who are the same as far as the records know.

    host: ISO3. origin: ISO3; None: unknown. sex: None: unknown. persons: at least 1.
    presence: whether they are in the host.
    in_stock: whether they are part of UN DESA's 304.0 million.
    overlap: whether they may stand in another cell too (never TRUE: unknown or not).
    stateless: whether they have no nationality, as far as the code of the source says.
    sources: ids. note: what a reader must know of how the cell was made, or empty.
    year: of which the record speaks; other years than the last are made by `history`.
    """

    host: str
    origin: str | None
    sex: Sex | None
    category: Category
    persons: int
    presence: Truth
    in_stock: Truth
    overlap: Truth
    stateless: Truth
    sources: tuple[str, ...]
    note: str
    year: int = YEAR

    @property
    def is_certain(self) -> bool:
        """Whether a sum of persons may count them as certain."""
        return self.presence is Truth.TRUE and self.overlap is Truth.FALSE


def _stock() -> dict[Corridor, tuple[int, int]]:
    """Persons (female, male) by corridor; codes joined as the table of odd codes says."""
    sums: dict[Corridor, list[int]] = defaultdict(lambda: [0, 0])
    for row in packaged_snapshot().rows("stock"):
        corridor = (origin_of(row["origin"]), host_of(row["host"]))
        sums[corridor][0] += int(row["female"])
        sums[corridor][1] += int(row["male"])
    return {corridor: (women, men) for corridor, (women, men) in sums.items()}


def _of_concern() -> tuple[dict[Corridor, dict[Category, int]], list[Cell]]:
    """UNHCR's people by corridor and category; and the cells of those coded stateless."""
    sums: dict[Corridor, dict[Category, int]] = defaultdict(lambda: defaultdict(int))
    cells: list[Cell] = []
    for row in packaged_snapshot().rows("unhcr"):
        counts = {kind: int(row[column] or 0) for kind, column in UNHCR_COLUMNS.items()}
        stateless = int(row["stateless"])
        if not any(counts.values()) and not stateless:
            continue
        host = host_of(row["host"])
        is_stateless_code = fate_of(row["origin"]).fate is Fate.STATELESS
        if stateless:
            cells.append(_stateless(host, stateless))
        for kind, persons in counts.items():
            if not persons:
                continue
            if is_stateless_code:
                cells.append(beyond((None, host), kind, persons, stateless=Truth.TRUE))
            else:
                sums[origin_of(row["origin"]), host][kind] += persons
    return sums, cells


def _stateless(host: str, persons: int) -> Cell:
    return Cell(
        host=host,
        origin=None,
        sex=None,
        category=Category.STATELESS,
        persons=persons,
        presence=Truth.TRUE,
        in_stock=Truth.UNKNOWN,
        overlap=Truth.UNKNOWN,
        stateless=Truth.TRUE,
        sources=(UNHCR,),
        note="UNHCR counts some stateless people as refugees too; most are no migrants",
    )


def beyond(
    corridor: Corridor,
    kind: Category,
    persons: int,
    *,
    stateless: Truth,
    sources: tuple[str, ...] = (UNHCR, STOCK),
    year: int = YEAR,
) -> Cell:
    """People of UNHCR beyond the stock of their corridor; of unknown origin, they may be in it."""
    origin, host = corridor
    is_known = origin is not None
    return Cell(
        host=host,
        origin=origin,
        sex=None,
        category=Category(f"{kind.value}_beyond_stock"),
        persons=persons,
        presence=Truth.TRUE,
        in_stock=Truth.FALSE if is_known else Truth.UNKNOWN,
        overlap=Truth.FALSE if is_known else Truth.UNKNOWN,
        stateless=stateless,
        sources=sources,
        note=(
            "UNHCR counts more people than the stock of the corridor"
            if is_known
            else "origin unknown: may stand in the stock under any origin"
        ),
        year=year,
    )


def _within(
    corridor: Corridor, stock: tuple[int, int], of_concern: dict[Category, int]
) -> Iterator[Cell]:
    """The cells of one corridor: UNHCR's people inside its stock, the other migrants, the rest."""
    origin, host = corridor
    kinds = tuple(UNHCR_COLUMNS)
    wanted = tuple(of_concern.get(kind, 0) for kind in kinds)
    whole = sum(stock)
    inside = apportioned(min(whole, sum(wanted)), wanted)
    counts = (*inside, whole - sum(inside))
    pairs = split_by_sex(counts, *stock)
    for kind, (women, men) in zip((*kinds, Category.MIGRANT), pairs, strict=True):
        of_unhcr = kind is not Category.MIGRANT
        for sex, persons in (("female", women), ("male", men)):
            if persons:
                yield Cell(
                    host=host,
                    origin=origin,
                    sex="female" if sex == "female" else "male",
                    category=kind,
                    persons=persons,
                    presence=Truth.TRUE,
                    in_stock=Truth.TRUE,
                    overlap=Truth.FALSE,
                    stateless=Truth.UNKNOWN,
                    sources=(UNHCR, STOCK) if of_unhcr else (STOCK,),
                    note="sex by the shares of the corridor's stock" if of_unhcr else "",
                )
    for kind, asked, found in zip(kinds, wanted, inside, strict=True):
        if asked > found:
            yield beyond(corridor, kind, asked - found, stateless=Truth.UNKNOWN)


def _refused() -> Iterator[Cell]:
    """People refused at first instance, by corridor; rows that count cases are left out."""
    sums: dict[tuple[str | None, str, bool], int] = defaultdict(int)
    for row in packaged_snapshot().rows("decisions"):
        persons = int(row["rejected"])
        if row["level"] == FIRST_INSTANCE and row["unit"] == PERSONS and persons:
            stateless = fate_of(row["origin"]).fate is Fate.STATELESS
            sums[origin_of(row["origin"]), host_of(row["host"]), stateless] += persons
    for (origin, host, stateless), persons in sums.items():
        yield Cell(
            host=host,
            origin=origin,
            sex=None,
            category=Category.REFUSED,
            persons=persons,
            presence=Truth.UNKNOWN,
            in_stock=Truth.UNKNOWN,
            overlap=Truth.UNKNOWN,
            stateless=Truth.TRUE if stateless else Truth.UNKNOWN,
            sources=(DECISIONS,),
            note="may have left, been admitted on appeal, or been refused in two years",
        )


@lru_cache(maxsize=1)
def population() -> tuple[Cell, ...]:
    """Every cell of 2024, sorted by host, origin (unknown first), category and sex.

    Raises CountryLost or UnknownCountry if a source has a code for which nothing was decided,
    PopulationUnbalanced if the cells do not reproduce a published total, SnapshotDamaged.
    """
    stock = _stock()
    of_concern, cells = _of_concern()
    for corridor in stock.keys() | of_concern.keys():
        cells += _within(corridor, stock.get(corridor, (0, 0)), of_concern.get(corridor, {}))
    cells += _refused()
    cells.sort(
        key=lambda cell: (
            cell.host,
            cell.origin or "",
            cell.category.value,
            cell.sex or "",
            cell.stateless,
        )
    )
    made = tuple(cells)
    _balance(made)
    return made


def persons_in(cells: Iterable[Cell], *kinds: Category) -> int:
    """Persons of some categories together."""
    return sum(cell.persons for cell in cells if cell.category in kinds)


def _balance(cells: tuple[Cell, ...]) -> None:
    """Every published total is reproduced to the person, or it is an error."""
    totals = published_totals()
    found = {
        "stock": sum(cell.persons for cell in cells if cell.in_stock is Truth.TRUE),
        "refugees": persons_in(cells, Category.REFUGEE, Category.REFUGEE_BEYOND_STOCK),
        "asylum_seekers": persons_in(
            cells, Category.ASYLUM_SEEKER, Category.ASYLUM_SEEKER_BEYOND_STOCK
        ),
        "oip": persons_in(cells, Category.IN_NEED, Category.IN_NEED_BEYOND_STOCK),
        "stateless": persons_in(cells, Category.STATELESS),
        "refused": persons_in(cells, Category.REFUSED),
    }
    wrong = [
        f"{name}: {persons:,} in cells, {totals[name]:,} published"
        for name, persons in found.items()
        if persons != totals[name]
    ]
    if wrong:
        raise PopulationUnbalanced("; ".join(wrong))
