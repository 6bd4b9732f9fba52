"""Bilateral labour agreements: the packaged tables hold the source, and every defect is as stated."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from comity.world.bilateral import (
    BilateralAgreement,
    Coded,
    agreements,
    name_of,
    people_of_pairs,
    region_of,
)
from comity.world.errors import InputUnexpected, UnknownCountry
from comity.world.sources import SOURCES, Sources
from comity.world.states import SINCE
from comity.world.tables import csv_rows
from comity.world.tables_bilateral import CLAUSES, FORMER, coded, formed

Row = dict[str, str]


@pytest.fixture
def raw(sources: Sources) -> tuple[list[Row], list[Row]]:
    """The rows of both sources as published."""
    return csv_rows(sources.path("bla_formation")), csv_rows(sources.path("bla_provisions"))


def test_every_clause_of_the_source_is_there(raw: tuple[list[Row], list[Row]]) -> None:
    by_number = {a.number: a for a in agreements()}
    assert 1222 == len(by_number) == len(raw[0])
    words = {"1": True, "0": False, "": None}
    for row in raw[1]:
        one = by_number[int(row["treaty_id"])].coded
        assert one is not None
        assert {name: words[row[name]] for name in CLAUSES} == dict(one.clauses)
        assert (words[row["autorenew"]], words[row["quota"]]) == (one.renews, one.quota)
        assert row["bla_duration_years"] == ("" if one.years is None else str(one.years))
    assert 570 == len(raw[1]) == sum(a.coded is not None for a in by_number.values())


def test_pairs_and_years_are_those_of_the_source(raw: tuple[list[Row], list[Row]]) -> None:
    by_number = {a.number: a for a in agreements()}
    otherwise = 0
    for row in raw[0]:
        one = by_number[int(row["treaty_id"])]
        assert row["year"] == ("" if one.year is None else str(one.year))
        if tuple(sorted((row["iso3_a"], row["iso3_b"]))) != one.pair:
            otherwise += 1
            assert "SRB" in one.pair
            assert "Serbia" in (row["country_a"], row["country_b"])
    assert 3 == otherwise


def test_the_defects_of_those_formed_are_as_stated(raw: tuple[list[Row], list[Row]]) -> None:
    rows = raw[0]
    assert ["1079"] == [r["treaty_id"] for r in rows if not r["year"]]
    signed = [r for r in rows if r["date_signed"]]
    assert 7 == sum(r["date_signed"][:4] != r["year"] for r in signed)
    assert 1 == sum(r["date_signed"].startswith("2997") for r in signed)
    ratified = [r for r in signed if r["date_ratified"]]
    assert 18 == sum(r["date_ratified"] < r["date_signed"] for r in ratified)
    early = [
        a.number
        for a in agreements()
        if a.year and any(SINCE.get(code, "") > f"{a.year}-12-31" for code in a.pair)
    ]
    assert 19 == len(early)
    assert {code for a in agreements() for code in a.pair if code in FORMER} == FORMER


def test_the_defects_of_those_coded_are_as_stated(raw: tuple[list[Row], list[Row]]) -> None:
    rows = raw[1]
    texts = [a.coded for a in agreements() if a.coded is not None]
    assert 431 == sum(t.language == "English" for t in texts)
    silent = {r["treaty_id"] for r in rows if not r["autorenew"]}
    assert {"10", "30", "161", "614", "1225"} == silent
    assert ["334"] == [r["treaty_id"] for r in rows if not r["quota"]]
    assert 1 == sum(t.years == 0 for t in texts)

    def parts(whole: str, *of: str) -> int:
        return sum(r[whole] == "0" and any(r[o] == "1" for o in of) for r in rows)

    assert 4 == parts("prot_women", "prot_women_det")
    assert 9 == parts("contract_req", "contract_standard", "contract_terms")
    assert 13 == parts("housing_req", "housing_cond", "housing_monitor")
    nothing = [t for t in texts if not t.present]
    assert (66, 31) == (len(nothing), sum(bool(t.amends) for t in nothing))
    assert 1 == sum(a.coded is not None and not a.has_copy for a in agreements())
    assert 73 == sum("working holiday" in t.title.casefold() for t in texts)
    assert all(t.clauses.keys() == set(CLAUSES) for t in texts)
    assert not [t for t in texts if None in t.clauses.values()]


def test_each_defect_has_an_id_of_its_own() -> None:
    for name in ("bla_formation", "bla_provisions"):
        ids = Counter(defect.id for defect in SOURCES[name].defects)
        assert [] == [one for one, count in ids.items() if count > 1]


def test_every_party_has_a_name_and_a_region() -> None:
    for one in agreements():
        for code in one.pair:
            assert name_of(code)
            assert region_of(code) in {"Africa", "Americas", "Asia", "Europe", "Oceania"}
    with pytest.raises(UnknownCountry):
        region_of("SUN")


def test_an_end_is_observed_only_where_it_is_stated_and_not_renewed() -> None:
    def ends(duration: str, years: int | None, renews: bool | None) -> date | None:
        text = Coded("", "English", duration, years, renews, None, "none", None, None, (), {})
        return BilateralAgreement(1, ("DEU", "TUR"), 1961, None, True, "", text).ends

    assert date(1964, 12, 31) == ends("years", 3, False)
    assert ends("years", 3, True) is None
    assert ends("years", 3, None) is None
    assert ends("years", 0, False) is None
    assert ends("until_terminated", None, False) is None
    observed = [a for a in agreements() if a.ends is not None]
    assert 56 == len(observed)


def test_people_of_a_pair_are_both_directions_of_the_stock() -> None:
    from comity.world.snapshot import packaged_snapshot

    both = sum(
        int(row["female"]) + int(row["male"])
        for row in packaged_snapshot().rows("stock")
        if {row["origin"], row["host"]} == {"MEX", "USA"}
    )
    assert both == people_of_pairs()["MEX", "USA"] > 11_000_000


HEAD = (
    "treaty_id,iso3_a,iso3_b,country_a,country_b,year,date_signed,copy_available,dataset_original"
)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("1,DEU,DEU,Germany,Germany,1961,1961-10-30,1,x", "one party"),
        ("1,DEU,TUR,Germany,Turkey,1961,1961-10-30,maybe,x", "maybe"),
    ],
)
def test_odd_rows_of_those_formed_are_refused(tmp_path: Path, line: str, why: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"{HEAD}\n{line}\n", encoding="utf-8")
    with pytest.raises(InputUnexpected, match=why):
        formed(path)
    path.write_text(f"{HEAD}\n{line}\n{line}\n", encoding="utf-8")
    with pytest.raises(InputUnexpected):
        formed(path)


@pytest.mark.parametrize(
    ("column", "value", "why"),
    [
        ("passport", "2", "passport"),
        ("bla_duration", "for ever", "for ever"),
        ("bla_duration_years", "3", "years without a term"),
        ("past_bla_ref", "Many", "Many"),
        ("recruit_auth_who", "A cousin", "recruiters"),
        ("recruit_auth", "1", "recruiters"),
    ],
)
def test_odd_values_of_those_coded_are_refused(
    sources: Sources, tmp_path: Path, column: str, value: str, why: str
) -> None:
    import csv

    rows = csv_rows(sources.path("bla_provisions"))[:1]
    assert "Does not mention" == rows[0]["recruit_auth_who"]
    rows[0][column] = value
    path = tmp_path / "a.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    with pytest.raises(InputUnexpected, match=why):
        coded(path)
