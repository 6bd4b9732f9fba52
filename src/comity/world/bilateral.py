"""Bilateral labour agreements: those known to have been formed, and the clauses of those coded.

What the coding says is a clause that is present or absent. A value that is missing, and whatever the
coding never asks of a text, is not observed: None, and never absent. Source: Bilateral Labor
Agreements Dataset, the packaged tables.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from types import MappingProxyType

from comity.world.countries import country, host_of, origin_of
from comity.world.errors import SnapshotDamaged
from comity.world.snapshot import packaged_snapshot
from comity.world.states import ENDED
from comity.world.tables_bilateral import CLAUSES, FORMER

SOURCES_OF = ("bla_formation", "bla_provisions")
STOCK_SOURCE = "un_desa_stock_2024"

Pair = tuple[str, str]
"""Two States by ISO3 code, in alphabetical order: the data do not say who sends."""


@dataclass(frozen=True, slots=True)
class Coded:
    """What was read in the text of one agreement.

    duration: `years`, `until_terminated`, `silent` or `other`. years: only where `years`.
    renews: whether it renews itself; amends: a protocol or an amendment to an earlier one;
    replaces: an earlier one fully; earlier: `none`, `one` or `several` that it refers to.
    clauses: by the name of the column; None where the value is missing.
    """

    title: str
    language: str
    duration: str
    years: int | None
    renews: bool | None
    amends: bool | None
    earlier: str
    replaces: bool | None
    quota: bool | None
    recruiters: tuple[str, ...]
    clauses: Mapping[str, bool | None]

    @property
    def present(self) -> frozenset[str]:
        """The clauses coded present."""
        return frozenset(name for name, value in self.clauses.items() if value)

    @property
    def observed(self) -> frozenset[str]:
        """The clauses of which the coding says something."""
        return frozenset(name for name, value in self.clauses.items() if value is not None)

    @property
    def is_memorandum(self) -> bool:
        """Whether the title calls it a memorandum, which often binds nobody; force is not coded."""
        return "memorandum" in self.title.casefold()


@dataclass(frozen=True, slots=True)
class BilateralAgreement:
    """One agreement between two States.

    year: None where it is unknown. signed: only a day within that year. has_copy: a text is available.
    """

    number: int
    pair: Pair
    year: int | None
    signed: date | None
    has_copy: bool
    collection: str
    coded: Coded | None

    @property
    def id(self) -> str:
        """`bla_17`, by which commands name it."""
        return f"bla_{self.number}"

    @property
    def decade(self) -> int | None:
        """The first year of its decade."""
        return None if self.year is None else self.year - self.year % 10

    @property
    def term_ends(self) -> date | None:
        """The first day after the number of years that the text states; None where it states none.

        A number of nought is none. The years run from the last day of the year of the agreement.
        """
        coded = self.coded
        if coded is None or self.year is None or coded.duration != "years" or not coded.years:
            return None
        return date(self.year + coded.years, 12, 31)

    @property
    def ends(self) -> date | None:
        """The first day on which it is over; None where no end is observed.

        Only a text that states its term and is coded as not renewing itself has one.
        """
        is_over_then = self.coded is not None and self.coded.renews is False
        return self.term_ends if is_over_then else None

    @property
    def is_of_today(self) -> bool:
        """Whether both parties are States of today."""
        return not FORMER & set(self.pair)


@lru_cache(maxsize=1)
def agreements() -> tuple[BilateralAgreement, ...]:
    """Every agreement by number, 1,222 of them, coded or not. Raises SnapshotDamaged."""
    snapshot = packaged_snapshot()
    texts = {int(row["id"]): _coded(row) for row in snapshot.rows("bilateral_coded")}
    found = tuple(
        BilateralAgreement(
            number=int(row["id"]),
            pair=(row["a"], row["b"]),
            year=int(row["year"]) if row["year"] else None,
            signed=date.fromisoformat(row["signed"]) if row["signed"] else None,
            has_copy=row["copy"] == "1",
            collection=row["collection"],
            coded=texts.pop(int(row["id"]), None),
        )
        for row in snapshot.rows("bilateral_formed")
    )
    if texts:
        raise SnapshotDamaged(f"coded agreements {sorted(texts)} are not among those formed")
    return found


def _coded(row: Mapping[str, str]) -> Coded:
    def said(column: str) -> bool | None:
        return {"1": True, "0": False, "": None}[row[column]]

    return Coded(
        title=row["title"],
        language=row["language"],
        duration=row["duration"],
        years=int(row["years"]) if row["years"] else None,
        renews=said("autorenew"),
        amends=said("amends"),
        earlier=row["earlier"],
        replaces=said("replaces"),
        quota=said("quota"),
        recruiters=tuple(row["recruiters"].split()),
        clauses=MappingProxyType({name: said(name) for name in CLAUSES}),
    )


@lru_cache(maxsize=1)
def people_of_pairs() -> Mapping[Pair, int]:
    """Migrants of mid-2024 between two States, both directions together; UN DESA.

    People of unknown origin are in no pair. Raises SnapshotDamaged, UnknownCountry, CountryLost.
    """
    found: dict[Pair, int] = defaultdict(int)
    for row in packaged_snapshot().rows("stock"):
        origin, host = origin_of(row["origin"]), host_of(row["host"])
        if origin is not None and origin != host:
            pair = (origin, host) if origin < host else (host, origin)
            found[pair] += int(row["female"]) + int(row["male"])
    return MappingProxyType(dict(found))


def name_of(code: str) -> str:
    """The name of a State of today, or of one that is no more. Raises UnknownCountry."""
    return ENDED[code].name if code in FORMER else country(code).name


def region_of(code: str) -> str:
    """The UN region of a party; those of the former States all lay in Europe.

    Raises UnknownCountry; a place without a region is its own name.
    """
    if code in FORMER:
        return "Europe"
    found = country(code)
    return found.region or found.name
