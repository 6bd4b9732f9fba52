"""Age and sex by corridor, with their source; and how long a corridor's people can have been there."""

from __future__ import annotations

from collections import defaultdict

import pytest

from comity.world.attributes import (
    IMMIGRANT_GROUPS,
    UNHCR_GROUPS,
    UNKNOWN,
    AgeGroup,
    Status,
    ages_and_sexes,
    ages_and_sexes_displaced,
    with_status,
)
from comity.world.countries import CODE_FATES, fate_of
from comity.world.population import Category, population
from comity.world.snapshot import packaged_snapshot
from comity.world.stay import here_since, stocks_of
from comity.world.tables_people import AGE_GROUPS, ROUNDS

PLACES = {
    "demographics": ("origin", "host"),
    "stock_rounds": ("origin", "host"),
    "immigrants": ("host",),
    "age_structure": ("iso3",),
}


@pytest.mark.parametrize("table", PLACES)
def test_every_code_of_a_table_has_a_fate_that_names_its_file(table: str) -> None:
    source = packaged_snapshot().document["tables"][table]["source"]
    codes = {row[column] for row in packaged_snapshot().rows(table) for column in PLACES[table]} - {
        "WLD"
    }
    for code in codes:
        assert code == fate_of(code).code
    odd = codes & set(CODE_FATES)
    assert odd
    for code in odd:
        assert source in CODE_FATES[code].found_in


def test_a_corridors_refugees_have_the_published_persons_by_age_and_sex() -> None:
    found = ages_and_sexes("SYR", "DEU", Category.REFUGEE)
    assert (Status.PUBLISHED, "unhcr_demographics", 2025) == (
        found.status,
        found.source,
        found.year,
    )
    assert 139_753 == found.persons["female", AgeGroup(18, 59)]
    assert 14_836 == found.persons["male", AgeGroup(60, None)]
    assert 5 == found.persons["female", None]
    assert 668_647 == found.total


def test_every_row_of_the_source_is_reproduced_with_its_total() -> None:
    kinds = {"REF": Category.REFUGEE, "ASY": Category.ASYLUM_SEEKER, "OIP": Category.IN_NEED}
    seen = 0
    for row in packaged_snapshot().rows("demographics"):
        if row["kind"] not in kinds or "UNK" in (row["origin"], row["host"]):
            continue
        if "XXA" in (row["origin"], row["host"]) or row["origin"] in {"TIB", "CHN"}:
            continue
        found = ages_and_sexes(row["origin"], row["host"], kinds[row["kind"]])
        assert int(row["total"]) == found.total
        for sex in ("female", "male"):
            for name, group in zip(AGE_GROUPS, (*UNHCR_GROUPS, None), strict=True):
                assert int(row[f"{sex[0]}_{name}"]) == found.persons[sex, group]
        seen += 1
    assert seen > 4000


def test_the_hosts_figures_stand_in_and_say_so() -> None:
    published = ages_and_sexes("SYR", "DEU", Category.REFUGEE)
    of_host = ages_and_sexes(None, "DEU", Category.REFUGEE)
    assert Status.PUBLISHED_FOR_HOST is of_host.status
    assert of_host.total > published.total
    rows = [
        int(row["total"])
        for row in packaged_snapshot().rows("demographics")
        if (row["kind"], row["host"]) == ("REF", "DEU")
    ]
    assert sum(rows) == of_host.total


def test_migrants_have_two_groups_of_their_host_in_2020() -> None:
    found = ages_and_sexes("TUR", "DEU", Category.MIGRANT)
    assert (Status.PUBLISHED_FOR_HOST, "wdr_2023_education", 2020) == (
        found.status,
        found.source,
        found.year,
    )
    assert IMMIGRANT_GROUPS == tuple(found.of_sex("male"))
    assert ["0-14", "15 and over"] == [group.label for group in found.of_sex("female")]


@pytest.mark.parametrize("host", ["SWE", "LUX", "VAT"])
def test_a_gap_of_the_source_stays_unknown(host: str) -> None:
    found = ages_and_sexes("ITA", host, Category.MIGRANT)
    assert UNKNOWN is found
    assert (Status.UNKNOWN, 0, None, {}) == (
        found.status,
        found.total,
        found.year,
        found.of_sex("male"),
    )


def test_the_refused_have_no_age_and_no_sex() -> None:
    assert UNKNOWN is ages_and_sexes("AFG", "DEU", Category.REFUSED)


def test_the_displaced_of_a_country_have_theirs() -> None:
    found = ages_and_sexes_displaced("AFG")
    assert (Status.PUBLISHED, 3_199_023) == (found.status, found.total)
    assert UNKNOWN is ages_and_sexes_displaced("SWE")


def test_everybody_of_the_population_has_a_status() -> None:
    cells: dict[tuple[str | None, str, Category], int] = defaultdict(int)
    for cell in population():
        cells[cell.origin, cell.host, cell.category] += cell.persons
    found = with_status(cells)
    assert sum(cells.values()) == sum(found.values())
    assert found[Status.PUBLISHED] > 39_000_000
    assert 15_000_000 < found[Status.UNKNOWN] < 16_000_000


def test_no_more_can_have_been_there_than_the_smallest_stock_since() -> None:
    stocks = stocks_of("SYR", "DEU")
    assert 860_697 == stocks[-1]
    bounds = here_since("SYR", "DEU")
    assert list(ROUNDS) == [bound.year for bound in bounds]
    for at, bound in enumerate(bounds):
        assert bound.at_most == min(stocks[at:])
    at_most = [bound.at_most for bound in bounds]
    assert sorted(at_most) == at_most
    assert 41_261 == next(bound.at_most for bound in bounds if bound.year == 2010)


def test_the_rounds_of_2024_are_the_stock_and_nothing_bounds_the_unknown() -> None:
    total = sum(int(row["female"]) + int(row["male"]) for row in packaged_snapshot().rows("stock"))
    corridors = {(c.origin, c.host) for c in population()}
    assert total == sum(stocks_of(origin, host)[-1] for origin, host in corridors)
    assert () == here_since(None, "DEU")
    assert () == here_since("SYR", "XXX")
