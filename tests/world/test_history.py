"""The people of earlier years: published totals, lines between them, the break, who is kept apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from comity.agreement.values import Truth
from comity.world import history
from comity.world.conflict import (
    DangerReading,
    conflict_years,
    danger_at,
    last_conflicts,
)
from comity.world.conflict_places_past import places_within
from comity.world.errors import CountryLost, InputUnexpected, PopulationUnbalanced
from comity.world.facts import Fact
from comity.world.former_states import FORMER_UNIONS, one_state
from comity.world.history import (
    FIRST_YEAR,
    LAST_YEAR,
    PUBLISHED_YEARS,
    Basis,
    YearPopulation,
    basis_of,
    overlap,
    population_of,
)
from comity.world.people import facts_of
from comity.world.population import Category, Corridor, population
from comity.world.snapshot import packaged_snapshot
from comity.world.states import SINCE
from comity.world.tables_history import conflict_years as conflict_table

STOCKS = {
    1960: 93_067_709,
    1970: 105_785_865,
    1980: 120_174_332,
    1990: 153_916_063,
    1995: 163_176_002,
    2000: 174_566_152,
    2005: 192_788_721,
    2010: 221_020_392,
    2015: 250_042_020,
    2020: 275_284_032,
    2024: 304_021_813,
}
"""The world's stock as the two sources publish it, by a query of the files themselves."""


def stock_by_corridor(people: YearPopulation) -> dict[Corridor, int]:
    """Persons in the stock by corridor, those inside one State included."""
    found: dict[Corridor, int] = defaultdict(int, people.inside_one_state)
    for cell in people.cells:
        if cell.in_stock is Truth.TRUE:
            found[cell.origin, cell.host] += cell.persons
    return dict(found)


@pytest.mark.parametrize("year", STOCKS)
def test_a_published_year_reproduces_its_total_to_the_person(year: int) -> None:
    people = population_of(year)
    assert Basis.PUBLISHED is people.basis
    assert STOCKS[year] == people.stock == sum(stock_by_corridor(people).values())


@pytest.mark.parametrize(
    ("year", "refugees"), [(1960, 1_656_664), (1971, 3_279_710), (1992, 17_838_020)]
)
def test_unhcr_stands_for_the_year_itself_and_nobody_of_it_is_lost(
    year: int, refugees: int
) -> None:
    people = population_of(year)
    found = sum(c.persons for c in people.cells if c.category.within is Category.REFUGEE)
    assert refugees == found + people.host_unknown


def test_the_last_year_is_the_population_but_for_sex_and_those_without_a_series() -> None:
    no_series = (Category.STATELESS, Category.REFUSED)
    found: dict[object, int] = defaultdict(int)
    for sign, cells in ((1, population_of(LAST_YEAR).cells), (-1, population())):
        for cell in cells:
            if cell.category not in no_series:
                key = (cell.host, cell.origin, cell.category, cell.stateless, cell.overlap)
                found[key] += sign * cell.persons
    assert {} == {key: persons for key, persons in found.items() if persons}


@pytest.mark.parametrize(
    ("year", "before", "after"), [(1965, 1960, 1970), (1987, 1980, 1990), (2022, 2020, 2024)]
)
def test_a_year_between_lies_on_the_line_and_says_so(year: int, before: int, after: int) -> None:
    people = population_of(year)
    assert (before, after) == people.between
    assert people.basis is not Basis.PUBLISHED
    share = (year - before) / (after - before)
    expected = STOCKS[before] * (1 - share) + STOCKS[after] * share
    assert abs(people.stock - expected) <= 0.5
    first = stock_by_corridor(population_of(before))
    last = stock_by_corridor(population_of(after))
    for corridor, persons in stock_by_corridor(people).items():
        ends = first.get(corridor, 0), last.get(corridor, 0)
        assert min(ends) <= persons <= max(ends) + 1, corridor
    migrants = [c for c in people.cells if c.category is Category.MIGRANT]
    assert all(f"{before} and {after}" in cell.note for cell in migrants)


def test_only_the_years_between_the_two_sources_lie_across_the_break() -> None:
    across = [y for y in range(FIRST_YEAR, LAST_YEAR + 1) if basis_of(y) is Basis.ACROSS_THE_BREAK]
    assert list(range(1981, 1990)) == across
    assert ("world_bank_gbmd", "un_desa_stock_2024", "unhcr_population") == population_of(
        1985
    ).sources
    assert "un_desa_stock_2024" not in population_of(1980).sources
    assert "world_bank_gbmd" not in population_of(1990).sources


def test_the_break_is_measured_where_both_sources_stand() -> None:
    assert [(1990, 141_854_107, 153_916_063), (2000, 167_063_706, 174_566_152)] == [
        (one.year, one.world_bank, one.un_desa) for one in overlap()
    ]
    parts = [overlap(frozenset({host})) for host in ("DEU", "USA")]
    assert all(one.world_bank > 1_000_000 for several in parts for one in several)
    assert sum(one.un_desa for several in parts for one in several) < sum(
        one.un_desa for one in overlap()
    )


@pytest.mark.parametrize("year", [1959, 2025])
def test_a_year_without_stocks_has_no_people(year: int) -> None:
    with pytest.raises(ValueError, match=str(year)):
        population_of(year)


# ---- one State of the time ----
@pytest.mark.parametrize(
    ("origin", "host", "year", "inside"),
    [
        ("RUS", "UKR", 1970, True),
        ("RUS", "UKR", 1992, False),
        ("HRV", "SRB", 1990, True),
        ("HRV", "SRB", 1992, False),
        ("MNE", "SRB", 2000, True),
        ("MNE", "SRB", 2010, False),
        ("SVK", "CZE", 1992, True),
        ("SVK", "CZE", 1993, False),
        ("BGD", "PAK", 1970, True),
        ("BGD", "PAK", 1971, False),
        ("PAK", "BGD", 1970, True),
        ("SSD", "SDN", 2005, True),
        ("ERI", "ETH", 1995, False),
        ("DEU", "FRA", 1970, False),
        (None, "RUS", 1970, False),
    ],
)
def test_who_moved_inside_one_state_is_told_by_the_year(
    origin: str | None, host: str, year: int, inside: bool
) -> None:
    assert inside == (one_state(origin, host, year) is not None)


def test_people_inside_one_state_are_in_no_cell_of_the_stock_and_in_the_total() -> None:
    people = population_of(1980)
    apart = people.inside_one_state
    assert 23_824_866 == sum(apart.values())
    inside = {(c.origin, c.host) for c in people.cells if c.in_stock is Truth.TRUE}
    assert not inside & apart.keys()
    assert {} == dict(population_of(2024).inside_one_state)


def test_every_member_of_a_former_union_has_a_first_day_or_carries_it_on() -> None:
    for union in FORMER_UNIONS:
        assert union.members - {union.carried_by} <= SINCE.keys()
        assert not union.carried_by or union.carried_by in union.members


def test_serbia_and_montenegro_stand_under_serbia_and_nobody_is_lost() -> None:
    assert 992_197 == sum(
        persons
        for (origin, _), persons in stock_by_corridor(population_of(1980)).items()
        if origin == "SRB"
    )
    assert not [c for c in population_of(1980).cells if "MNE" in (c.origin, c.host)]


# ---- nothing silent ----
class Changed:
    """The packaged snapshot with the rows of one table changed."""

    def __init__(self, table: str, change: dict[str, str]) -> None:
        self.table, self.change = table, change
        self.whole = packaged_snapshot()

    def rows(self, table: str) -> Iterator[dict[str, str]]:
        """The rows; the first of the changed table has other values."""
        for number, row in enumerate(self.whole.rows(table)):
            yield {**row, **self.change} if table == self.table and number == 0 else row


@pytest.fixture
def no_memory() -> Iterator[None]:
    """Nothing read before the test is used in it, nor after it."""
    several = (history._published, history._of_concern, population_of)
    for one in several:
        one.cache_clear()
    yield
    for one in several:
        one.cache_clear()


@pytest.mark.usefixtures("no_memory")
@pytest.mark.parametrize(
    ("table", "change", "error"),
    [
        ("stock_past", {"1970": "999999"}, PopulationUnbalanced),
        ("stock_ended", {"2000": "999999"}, PopulationUnbalanced),
        ("unhcr_years", {"persons": "999999"}, PopulationUnbalanced),
        ("stock_past", {"host": "OOO"}, CountryLost),
    ],
)
def test_people_made_up_or_lost_are_an_error(
    table: str, change: dict[str, str], error: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    changed = Changed(table, change)
    monkeypatch.setattr(history, "packaged_snapshot", lambda: changed)
    with pytest.raises(error):
        population_of(2022)


# ---- facts of the year ----
def test_before_the_second_source_no_migrants_nationality_is_known() -> None:
    for year, known in ((1985, False), (1990, True)):
        migrants = [c for c in population_of(year).cells if c.category is Category.MIGRANT]
        stated = [c for c in migrants if Fact.ORIGIN_STATE in facts_of(c, DangerReading.PERSON)]
        assert known == bool(stated)


@pytest.mark.parametrize(
    ("origin", "year", "endangered"),
    [
        ("VNM", 1970, True),
        ("USA", 1970, False),
        ("BIH", 1993, True),
        ("BIH", 2024, False),
        ("HRV", 1992, True),
        ("SYR", 2005, False),
        ("SYR", 2015, True),
        ("DZA", 1960, True),
        ("BGD", 1972, True),
        ("TLS", 1980, True),
        ("IRQ", 2004, True),
        ("GBR", 2004, False),
    ],
)
def test_danger_is_that_of_the_year(origin: str, year: int, endangered: bool) -> None:
    for reading in DangerReading:
        assert endangered == (danger_at(origin, reading, year).degree is not None)


def test_a_record_of_a_year_has_the_danger_of_its_year() -> None:
    for year, endangered in ((1995, True), (2010, False)):
        bosnians = [
            c
            for c in population_of(year).cells
            if (c.origin, c.host, c.category.within) == ("BIH", "SWE", Category.REFUGEE)
        ]
        assert bosnians
        for cell in bosnians:
            assert endangered == (Fact.ORIGIN_DEGREE in facts_of(cell, DangerReading.PERSON))


def test_by_year_and_by_last_conflict_the_danger_of_the_last_years_is_the_same() -> None:
    for iso3 in last_conflicts().keys() | conflict_years().keys():
        last = last_conflicts().get(iso3)
        years = conflict_years().get(iso3, {})
        recent = {year: level for year, level in years.items() if year > LAST_YEAR - 3}
        if last is not None and last.year > LAST_YEAR - 3:
            assert (last.year, last.intensity) == (max(recent), recent[max(recent)]), iso3
        else:
            assert not recent, iso3


def test_a_conflict_between_states_that_nobody_has_placed_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "acd.csv"
    head = "conflict_id,year,gwno_a,gwno_b,intensity_level,type_of_conflict\n"
    for kind in ("interstate", "extrasystemic"):
        path.write_text(f"{head}99999,1970,220,200,1,{kind}\n", encoding="utf-8")
        with pytest.raises(InputUnexpected, match="99999"):
            conflict_table(path)
    path.write_text(f"{head}99999,1970,220,200,1,intrastate\n", encoding="utf-8")
    assert [("FRA", "1970", "1", "99999")] == conflict_table(path)


def test_a_war_that_moved_is_placed_by_its_year() -> None:
    assert ("USA",) == places_within(418, 2001, "USA")
    assert ("AFG",) == places_within(418, 2004, "USA")
    assert ("SDN", "SSD") == places_within(309, 1995, "SDN")
    assert ("SDN",) == places_within(309, 2012, "SDN")


def test_published_years_are_those_of_the_tables() -> None:
    assert tuple(STOCKS) == PUBLISHED_YEARS
