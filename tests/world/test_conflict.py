"""Danger at origin: a band with its year, unknown where the data say nothing, never `none`."""

from __future__ import annotations

from pathlib import Path

import pytest

from comity.world import tables
from comity.world.conflict import (
    DEGREE,
    IMMEDIACY,
    Band,
    DangerReading,
    danger_at,
    danger_reading,
    last_conflicts,
)
from comity.world.countries import countries
from comity.world.errors import InputUnexpected, UnknownReading

HEADER = "conflict_id,year,gwno_a,gwno_b,intensity_level,type_of_conflict\n"


@pytest.mark.parametrize(
    ("origin", "reading", "degree", "immediacy"),
    [
        ("SYR", "situation", ("danger_to_life", "mass_killing"), ("real_risk", "imminent")),
        ("SYR", "person", ("deprivation", "mass_killing"), ("reasonable_possibility", "imminent")),
        (
            "COL",
            "situation",
            ("deprivation", "danger_to_life"),
            ("reasonable_possibility", "under_way"),
        ),
        ("COL", "person", ("hardship", "danger_to_life"), ("remote", "under_way")),
    ],
)
def test_the_four_bands(
    origin: str, reading: str, degree: tuple[str, str], immediacy: tuple[str, str]
) -> None:
    danger = danger_at(origin, danger_reading(reading))
    assert Band(*degree) == danger.degree
    assert Band(*immediacy) == danger.immediacy
    assert 2024 == danger.year
    assert "ucdp_prio_acd" == danger.source


@pytest.mark.parametrize("reading", DangerReading)
def test_no_country_has_no_danger(reading: DangerReading) -> None:
    for code in [*countries(), None]:
        danger = danger_at(code, reading)
        assert (danger.degree is None) == (danger.immediacy is None)
        if danger.degree is not None and danger.immediacy is not None:
            assert 0 < DEGREE.index(danger.degree.low) < DEGREE.index(danger.degree.high)
            assert IMMEDIACY.index(danger.immediacy.low) < IMMEDIACY.index(danger.immediacy.high)


@pytest.mark.parametrize("reading", DangerReading)
def test_peace_and_old_wars_and_unknown_origins_are_unknown(reading: DangerReading) -> None:
    assert (None, None) == (danger_at("SWE", reading).degree, danger_at("SWE", reading).year)
    assert None is danger_at("LKA", reading).degree
    assert 2009 == danger_at("LKA", reading).year
    assert (None, None) == (danger_at(None, reading).degree, danger_at(None, reading).year)


def test_a_conflict_of_the_third_last_year_counts_and_of_the_fourth_does_not() -> None:
    years = {code: last.year for code, last in last_conflicts().items()}
    counted = {code for code in years if danger_at(code, DangerReading.PERSON).degree is not None}
    assert {code for code, year in years.items() if year >= 2022} == counted
    assert {2022, 2023, 2024} == {years[code] for code in counted}


def test_the_reading_of_the_person_is_never_narrower() -> None:
    for code in last_conflicts():
        wide = danger_at(code, DangerReading.PERSON)
        narrow = danger_at(code, DangerReading.SITUATION)
        if wide.degree is not None and narrow.degree is not None:
            assert DEGREE.index(wide.degree.low) <= DEGREE.index(narrow.degree.low)
            assert DEGREE.index(wide.degree.high) >= DEGREE.index(narrow.degree.high)


@pytest.mark.parametrize(("code", "intensity"), [("UKR", 2), ("PSE", 2), ("LBN", 2), ("YEM", 1)])
def test_wars_between_states_stand_where_they_are_fought(code: str, intensity: int) -> None:
    assert (2024, intensity) == (last_conflicts()[code].year, last_conflicts()[code].intensity)


def test_a_state_that_only_sends_troops_has_no_conflict_of_its_own() -> None:
    assert last_conflicts()["USA"].year < 2022
    assert last_conflicts()["GBR"].year < 2022


def test_sixty_one_conflicts_of_2024_are_all_placed() -> None:
    placed = {
        n for last in last_conflicts().values() if last.year == 2024 for n in last.conflict_ids
    }
    assert 61 == len(placed)


def test_a_new_war_between_states_needs_a_decision(tmp_path: Path) -> None:
    path = tmp_path / "acd.csv"
    path.write_text(HEADER + "99999,2024,380,385,2,interstate\n")
    with pytest.raises(InputUnexpected, match="99999"):
        tables.conflict(path)
    path.write_text(HEADER + "99999,2024,3800,,2,intrastate\n")
    with pytest.raises(InputUnexpected, match="3800"):
        tables.conflict(path)


def test_an_unknown_reading_is_refused() -> None:
    with pytest.raises(UnknownReading, match="nation"):
        danger_reading("nation")
