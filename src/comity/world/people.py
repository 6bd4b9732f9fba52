"""What the record of a cell knows about each of its people, and nothing more.

| fact | known for | because |
|---|---|---|
| `host` | all | the state of the record (for the refused: the state that refused) |
| `origin1.state` | UNHCR's people, the refused | UNHCR: country of origin |
| | migrants in hosts that count citizenship | UN DESA: country of citizenship |
| `nationality` includes the origin | as `origin1.state`, but for unsettled origins | the same |
| `nationality` is empty | UNHCR code XXA, stateless people | UNHCR: stateless |
| `origin1.degree`, `.immediacy` | where `origin1.state` is | UCDP/PRIO, under a named reading |
| `origin1.in_europe` | as `origin1.state` | UN M49 region of that country |
| `outside_origin` | as `origin1.state`, but for the refused, who may have gone back | by definition |
| `attachment` present .. habitual | all but the refused | counted as residents of the host |
| `claims` | asylum seekers, the refused | UNHCR: asked for protection |
| `procedure.final` is no | asylum seekers | UNHCR: claims not yet decided for good |

For migrants in hosts that count birth, the origin is the country of birth: their nationality and
the state to which they could be returned are unknown, and so is the danger. UNHCR's refugees include
people with temporary protection or none in the host's law: the status held stays unknown.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from comity.agreement.values import Truth
from comity.world.conflict import LAST_YEAR_OF_DATA, Band, DangerReading, danger_at
from comity.world.countries import country
from comity.world.facts import Fact
from comity.world.population import Category, Cell
from comity.world.snapshot import packaged_snapshot


@dataclass(frozen=True, slots=True)
class Including:
    """A set of countries that surely holds `names`, and perhaps others."""

    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class AnyBut:
    """An option of an enumeration that is surely none of `names`."""

    names: frozenset[str]


FactValue: TypeAlias = bool | int | str | frozenset[str] | Band | Including | AnyBut

# Origins whose people UNHCR counts under the country although many have no nationality, or none
# that is settled: Rohingya, Palestinians, Sahrawi, Bhutanese of Nepali origin.
UNSETTLED_ORIGINS = frozenset({"MMR", "PSE", "ESH", "BTN"})
# Tibetans, whom UNHCR lists under TIB in Nepal, are counted with China.
UNSETTLED_CORRIDORS = frozenset({("CHN", "NPL")})
# Which hosts count citizenship is known of UN DESA's stock, which begins in 1990.
CITIZENSHIP_KNOWN_FROM = 1990

_OF_UNHCR = frozenset({Category.REFUGEE, Category.ASYLUM_SEEKER, Category.IN_NEED})


@lru_cache(maxsize=1)
def hosts_counting_citizenship() -> frozenset[str]:
    """Hosts whose stock is by citizenship alone, neither by birth nor imputed; UN DESA."""
    return frozenset(
        row["host"]
        for row in packaged_snapshot().rows("stock_data_type")
        if (row["by_birth"], row["by_citizenship"], row["imputed"]) == ("0", "1", "0")
    )


def origin_is_citizenship(cell: Cell) -> bool:
    """Whether the cell's origin is the country of the people's own legal bond, not of birth."""
    if cell.origin is None:
        return False
    if cell.category.within in _OF_UNHCR or cell.category is Category.REFUSED:
        return True
    if cell.year < CITIZENSHIP_KNOWN_FROM:
        return False
    return cell.category is Category.MIGRANT and cell.host in hosts_counting_citizenship()


def nationality_is_settled(cell: Cell) -> bool:
    """Whether the state of origin may be read as a nationality."""
    corridor = (cell.origin, cell.host)
    return cell.origin not in UNSETTLED_ORIGINS and corridor not in UNSETTLED_CORRIDORS


def danger_facts(
    origin: str | None, reading: DangerReading, year: int = LAST_YEAR_OF_DATA
) -> dict[str, FactValue]:
    """Bands of degree and immediacy at an origin in a year; empty where unknown."""
    danger = danger_at(origin, reading, year)
    facts: dict[str, FactValue] = {}
    if danger.degree is not None and danger.immediacy is not None:
        facts[Fact.ORIGIN_DEGREE] = danger.degree
        facts[Fact.ORIGIN_IMMEDIACY] = danger.immediacy
    return facts


def kind_of_record(cell: Cell) -> Hashable:
    """All that decides what is known or assumed of a cell's people, but for which host it is.

    Records of one kind differ in the fact `host` alone, so that they need to be worked out only once.
    """
    return (
        cell.origin,
        cell.category,
        cell.presence,
        cell.stateless,
        cell.year,
        origin_is_citizenship(cell),
        nationality_is_settled(cell),
    )


def facts_of(cell: Cell, reading: DangerReading) -> Mapping[str, FactValue]:
    """The facts that the cell's record knows of each of its people; absent means unknown.

    cell: of `population()`, or of an earlier year. reading: how a country's conflict bears on a person.
    Returns names of `Fact` and plain values: yes/no, a name, a set of countries (exact), a set
    that is only known in part (`Including`), a band of levels.
    Raises SnapshotDamaged.
    """
    facts: dict[str, FactValue] = {Fact.HOST: cell.host}
    is_present = cell.presence is Truth.TRUE
    if cell.stateless is Truth.TRUE:
        facts[Fact.NATIONALITY] = frozenset()
    if cell.origin is not None and origin_is_citizenship(cell):
        facts[Fact.ORIGIN_STATE] = cell.origin
        facts.update(danger_facts(cell.origin, reading, cell.year))
        if country(cell.origin).region is not None:
            facts[Fact.ORIGIN_IN_EUROPE] = country(cell.origin).region == "Europe"
        if nationality_is_settled(cell):
            facts[Fact.NATIONALITY] = Including(frozenset({cell.origin}))
        if is_present:
            facts[Fact.OUTSIDE_ORIGIN] = True
    if cell.category.within in _OF_UNHCR:
        facts[Fact.OUTSIDE_ORIGIN] = True
    if is_present:
        facts[Fact.ATTACHMENT] = Band("present", "habitual")
    if cell.category.within is Category.ASYLUM_SEEKER:
        facts[Fact.CLAIMS] = True
        facts[Fact.PROCEDURE_FINAL] = False
    if cell.category is Category.REFUSED:
        facts[Fact.CLAIMS] = True
    return facts
