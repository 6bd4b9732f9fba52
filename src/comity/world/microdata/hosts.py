"""What is drawn from in one host: its cells as arrays, and a table of each distribution."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np

from comity.agreement.values import Truth
from comity.world.assumptions import ORDINARY, facts_under
from comity.world.attributes import ages_and_sexes
from comity.world.conflict import DEGREE, IMMEDIACY, Band, DangerReading
from comity.world.countries import host_of
from comity.world.errors import UnknownCountry
from comity.world.facts import Fact
from comity.world.microdata.columns import GROUND, LIKELIHOOD, SEX, country_codes
from comity.world.microdata.shares import CATEGORIES, skills
from comity.world.microdata.tables import ages, geometric, quantiles, stays, up_to
from comity.world.people import AnyBut, FactValue
from comity.world.population import Category, Cell, Sex, population
from comity.world.snapshot import packaged_snapshot
from comity.world.stay import stocks_of
from comity.world.tables_people import FIVE_YEAR_GROUPS

READING = DangerReading.SITUATION
"""How the danger at an origin is read in the microdata."""

_WORLD = "WLD"  # stands in for a host whose residents are not published by age
_SEXES: tuple[Sex, Sex] = ("female", "male")
_MEAN_OF_ASYLUM = 20.0  # months that a claim has waited: stated, not measured
_TERTIARY = 0.25  # where nothing is published: stated, not measured
_RANKED: Mapping[Fact, tuple[str, ...]] = {
    Fact.ORIGIN_DEGREE: DEGREE,
    Fact.ORIGIN_IMMEDIACY: IMMEDIACY,
    Fact.ORIGIN_LIKELIHOOD: LIKELIHOOD,
}


@dataclass(frozen=True, slots=True)
class HostTables:
    """Arrays of one entry a cell, and the tables that they point into.

    ends: persons up to and with each cell. known: codes by fact, -1 unknown.
    bands: by fact the lowest code and the number of codes from it on (-1 and 1: unknown).
    age_at: first place in `ages`. stay_at: number of the distribution in `stays`, `stays_up_to`.
    sex_at: first place in `skills`.
    """

    host: str
    host_code: int
    ends: np.ndarray
    category: np.ndarray
    known: Mapping[str, np.ndarray]
    bands: Mapping[str, tuple[np.ndarray, np.ndarray]]
    age_at: np.ndarray
    ages: np.ndarray
    stay_at: np.ndarray
    stays: np.ndarray
    stays_up_to: np.ndarray
    sex_at: np.ndarray
    skills: np.ndarray

    @property
    def people(self) -> int:
        """Persons of all cells."""
        return int(self.ends[-1])

    def spreader(self, first: int, people: int) -> Callable[[np.ndarray], np.ndarray]:
        """What turns one entry a cell into one a person, for the persons from `first` on."""
        start = int(np.searchsorted(self.ends, first, side="right"))
        stop = int(np.searchsorted(self.ends, first + people - 1, side="right")) + 1
        edges = np.minimum(self.ends[start:stop], first + people)
        sizes = np.diff(edges, prepend=first)
        return lambda entries: np.repeat(entries[start:stop], sizes)


@cache
def cells_by_host() -> Mapping[str, tuple[Cell, ...]]:
    """The cells of the 304.0 million migrants, in the order of the population.

    Raises as `population` does.
    """
    found: dict[str, list[Cell]] = {}
    for cell in population():
        if cell.in_stock is Truth.TRUE:
            found.setdefault(cell.host, []).append(cell)
    return {host: tuple(cells) for host, cells in found.items()}


def cells_of(host: str) -> tuple[Cell, ...]:
    """The same of one host. Raises UnknownCountry if no migrant is counted there."""
    cells = cells_by_host().get(host)
    if cells is None:
        raise UnknownCountry(f"nobody of the stock of 2024 is counted in `{host}`")
    return cells


@cache
def _residents() -> Mapping[tuple[str, Sex], tuple[int, ...]]:
    """Residents by five-year group, joined as the table of odd codes says; the world's as `WLD`."""
    sexes: Mapping[str, Sex] = {"f": "female", "m": "male"}
    found: dict[tuple[str, Sex], tuple[int, ...]] = {}
    for row in packaged_snapshot().rows("age_structure"):
        where = row["iso3"] if row["iso3"] == _WORLD else host_of(row["iso3"])
        key = (where, sexes[row["sex"]])
        counts = tuple(int(row[str(age)]) for age in FIVE_YEAR_GROUPS)
        before = found.get(key, (0,) * len(counts))
        found[key] = tuple(one + other for one, other in zip(before, counts, strict=True))
    return found


def residents_of(host: str, sex: Sex) -> tuple[int, ...]:
    """Residents of a host by five-year group; the world's where no age is published (VAT)."""
    return _residents().get((host, sex)) or _residents()[_WORLD, sex]


@cache
def _tertiary() -> Mapping[tuple[str, str], float]:
    return {
        (host_of(row["host"]), row["sex"]): int(row["tertiary"]) / int(row["15"])
        for row in packaged_snapshot().rows("immigrants")
    }


class _Shelf:
    """Tables that stand once each, by what they were made from."""

    def __init__(self) -> None:
        self.numbers: dict[object, int] = {}
        self.made: list[np.ndarray] = []

    def number(self, key: object, make: Callable[[], np.ndarray]) -> int:
        if key not in self.numbers:
            self.numbers[key] = len(self.made)
            self.made.append(make())
        return self.numbers[key]


def tables_of(host: str) -> HostTables:
    """The tables of a host, made from the packaged snapshot.

    Raises UnknownCountry if no migrant is counted there, and as `population` does.
    """
    cells = cells_of(host)
    people = [cell.persons for cell in cells]
    facts = [facts_under(cell, READING, ORDINARY) for cell in cells]
    age_shelf, stay_shelf = _Shelf(), _Shelf()
    age_at = [age_shelf.number(*_ages_of(cell)) for cell in cells]
    stay_at = [stay_shelf.number(*_stays_of(cell)) for cell in cells]
    words = {code: at for at, code in enumerate(country_codes())}
    sexes = [0 if cell.sex is None else SEX.index(cell.sex) for cell in cells]
    return HostTables(
        host=host,
        host_code=words[host],
        ends=np.cumsum(people, dtype=np.int64),
        category=np.array([CATEGORIES.index(cell.category) for cell in cells], dtype=np.int32),
        known=_known(facts, words, sexes),
        bands=_bands(facts),
        age_at=np.array(age_at, dtype=np.int32) * np.int32(len(age_shelf.made[0])),
        ages=np.concatenate(age_shelf.made),
        stay_at=np.array(stay_at, dtype=np.int32),
        stays=np.concatenate([quantiles(weights) for weights in stay_shelf.made]),
        stays_up_to=np.concatenate([up_to(weights) for weights in stay_shelf.made]),
        sex_at=np.array([256 * (sex == SEX.index("male")) for sex in sexes], dtype=np.int32),
        skills=np.concatenate([skills(_tertiary().get((host, sex), _TERTIARY)) for sex in "fm"]),
    )


def _ages_of(cell: Cell) -> tuple[object, Callable[[], np.ndarray]]:
    sex: Sex = cell.sex or _SEXES[0]
    residents = residents_of(cell.host, sex)
    published = ages_and_sexes(cell.origin, cell.host, cell.category).of_sex(sex)
    return (sex, tuple(published.items())), lambda: ages(residents, published)


def _stays_of(cell: Cell) -> tuple[object, Callable[[], np.ndarray]]:
    if cell.category is Category.ASYLUM_SEEKER:
        return "asylum", lambda: geometric(_MEAN_OF_ASYLUM)
    stocks = stocks_of(cell.origin, cell.host)
    return stocks, lambda: stays(stocks)


def _codes(values: list[int], dtype: str) -> np.ndarray:
    return np.array(values, dtype=dtype)


def _known(
    facts: list[Mapping[str, FactValue]], words: Mapping[str, int], sexes: list[int]
) -> dict[str, np.ndarray]:
    def states(found: FactValue | None) -> int:
        if isinstance(found, frozenset) and len(found) == 1:
            return words[next(iter(found))]
        return words[found] if isinstance(found, str) else -1

    def truth(found: FactValue | None) -> int:
        return int(found) if isinstance(found, bool) else -1

    countries = (Fact.NATIONALITY, Fact.ORIGIN_STATE)
    truths = (
        Fact.ORIGIN_IN_EUROPE,
        Fact.ORIGIN_PROTECTS,
        Fact.ORIGIN_ALTERNATIVE,
        Fact.OUTSIDE_ORIGIN,
    )
    return {
        **{str(f): _codes([states(one.get(f)) for one in facts], "int16") for f in countries},
        **{str(f): _codes([truth(one.get(f)) for one in facts], "int8") for f in truths},
        "sex": _codes(sexes, "int8"),
    }


def _bands(facts: list[Mapping[str, FactValue]]) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    made = {
        str(fact): _spans([_band_of(one.get(fact), scale) for one in facts])
        for fact, scale in _RANKED.items()
    }
    grounds = (1, len(GROUND) - 1)  # any but `none`, the first
    made[str(Fact.ORIGIN_GROUND)] = _spans(
        [
            grounds if isinstance(one.get(Fact.ORIGIN_GROUND), AnyBut) else _NOT_KNOWN
            for one in facts
        ]
    )
    return made


_NOT_KNOWN = (-1, -1)


def _band_of(found: FactValue | None, scale: tuple[str, ...]) -> tuple[int, int]:
    if not isinstance(found, Band):
        return _NOT_KNOWN
    return scale.index(found.low), scale.index(found.high)


def _spans(bands: list[tuple[int, int]]) -> tuple[np.ndarray, np.ndarray]:
    """The lowest code of each band, and how many codes it has."""
    low = _codes([low for low, _ in bands], "int16")
    return low, _codes([high - low + 1 for low, high in bands], "int16")
