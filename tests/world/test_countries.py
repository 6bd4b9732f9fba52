"""Countries: every code of the used files has a fate, and no join loses a country."""

from __future__ import annotations

import pytest

from comity.world.countries import (
    CODE_FATES,
    Fate,
    countries,
    country,
    fate_of,
    group_names,
    host_of,
    joined,
    members_of,
    origin_of,
)
from comity.world.errors import CountryLost, UnknownCountry, UnknownGroup
from comity.world.snapshot import packaged_snapshot

PLACES = {
    "stock": ("origin", "host"),
    "unhcr": ("origin", "host"),
    "decisions": ("origin", "host"),
    "stock_data_type": ("host",),
    "conflict": ("iso3",),
}


def codes_in(table: str, column: str) -> set[str]:
    return {row[column] for row in packaged_snapshot().rows(table)}


@pytest.mark.parametrize("table", sorted(PLACES))
def test_every_code_of_a_table_has_a_fate(table: str) -> None:
    for column in PLACES[table]:
        for code in codes_in(table, column):
            if table == "conflict" and code in {"YUG", "VDR", "YMD"}:
                continue  # ended States keep their code; nobody comes from there in 2024
            assert fate_of(code).code == code


@pytest.mark.parametrize("table", ["stock", "unhcr", "decisions"])
def test_the_table_of_odd_codes_names_the_files_that_contain_them(table: str) -> None:
    source = packaged_snapshot().document["tables"][table]["source"]
    found = codes_in(table, "origin") | codes_in(table, "host")
    odd = {code for code in found if code in CODE_FATES}
    named = {code for code, entry in CODE_FATES.items() if source in entry.found_in}
    assert odd == named


@pytest.mark.parametrize("code", ["OOO", "OOS", "UNK", "XXA", "STL", "AB9"])
def test_unknown_and_stateless_origins_stay_unknown(code: str) -> None:
    assert None is origin_of(code)
    with pytest.raises(CountryLost, match=code):
        host_of(code)
    assert code not in countries()


def test_joined_codes_are_counted_where_the_table_says() -> None:
    assert {"TIB": "CHN", "GGY": "XCX", "JEY": "XCX", "SCG": "SRB"} == {
        code: entry.becomes for code, entry in CODE_FATES.items() if entry.fate is Fate.JOINED
    }


def test_every_host_with_people_has_a_name_and_a_dot() -> None:
    hosts = {host_of(code) for code in codes_in("stock", "host") | codes_in("unhcr", "host")}
    for host in hosts:
        assert country(host).name
        assert country(host).latitude is not None, host
        assert -90 <= (country(host).latitude or 0) <= 90
        assert -180 <= (country(host).longitude or 0) <= 180


def test_the_name_of_kosovo_cites_the_right_resolution() -> None:
    assert "Kosovo (SCR 1244 (1999))" == country("XKX").name


@pytest.mark.parametrize(("asked", "meant"), [("swe", "SWE"), ("Sweden", "SWE")])
def test_a_mistyped_country_gets_a_suggestion(asked: str, meant: str) -> None:
    with pytest.raises(UnknownCountry) as caught:
        country(asked)
    assert meant == caught.value.suggestion


def test_a_join_that_would_lose_countries_names_them() -> None:
    with pytest.raises(CountryLost, match=r"toy join would lose `NOR`, `SWE`"):
        joined({"SWE": 1, "FIN": 2}, {"FIN": 3, "NOR": 4}, what="toy join")


def test_a_join_loses_only_those_that_were_named() -> None:
    assert {"FIN": (2, 3)} == joined(
        {"SWE": 1, "FIN": 2},
        {"FIN": 3, "NOR": 4},
        what="toy join",
        only_left=frozenset({"SWE"}),
        only_right=frozenset({"NOR"}),
    )


def test_the_stock_and_its_type_of_data_have_the_same_hosts() -> None:
    types = {row["host"]: row["by_birth"] for row in packaged_snapshot().rows("stock_data_type")}
    persons: dict[str, int] = {}
    for row in packaged_snapshot().rows("stock"):
        persons[row["host"]] = persons.get(row["host"], 0) + int(row["female"]) + int(row["male"])
    assert 233 == len(joined(persons, types, what="stock and type of data"))


def test_groups_of_today() -> None:
    assert 193 == len(members_of("un_members"))
    assert 44 == len(members_of("ldc"))
    assert "SWE" in members_of("Northern Europe")
    assert "Europe" in group_names()
    with pytest.raises(UnknownGroup) as caught:
        members_of("Nothern Europe")
    assert "Northern Europe" == caught.value.suggestion
