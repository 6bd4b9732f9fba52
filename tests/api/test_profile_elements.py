"""The section `elements` of a profile: of everything, of a draft, of an old day, of a State."""

from __future__ import annotations

from datetime import date

import pytest

from comity.api.profile_elements import elements_section
from comity.api.profile_setting import setting_of
from comity.api.schema_profile import FigureModel, ProfileSectionModel
from comity.world.admissions import admissions
from comity.world.conflict import DangerReading


def section(words: str, on: date = date(2026, 12, 1)) -> ProfileSectionModel:
    """The section."""
    return elements_section(setting_of(words, on=on, danger=DangerReading("person")))


def figure(made: ProfileSectionModel, id_: str) -> FigureModel:
    """One figure, wherever it stands."""
    return next(f for f in (*made.figures, *made.sensitivity) if f.id == id_)


def test_today_only_informal_texts_have_elements_and_none_has_its_companions() -> None:
    made = section("today")
    lacking = figure(made, "elements.lacking")
    assert (lacking.value, lacking.of) == (3, 3)
    assert "budapest_process/1.6" in lacking.articles
    assert figure(made, "elements.operating").value is None
    people = figure(made, "elements.people")
    assert people.certain is not None
    assert people.possible is not None
    assert 0 < people.certain <= people.possible
    assert all(len(row) == len(t.columns) for t in made.tables for row in t.rows)


def test_the_agreements_of_accession_had_two_elements_and_no_companion() -> None:
    made = section("eu_europe_agreements", date(1999, 6, 1))
    assert figure(made, "elements.lacking").value == 2
    assert (figure(made, "elements.operating").value, figure(made, "elements.operating").of) == (
        0,
        2,
    )
    assert any("begin in 2014" in said for said in made.not_observed)
    companions = next(t for t in made.tables if t.id == "elements.companions")
    missing = {row[1]: row[3] for row in companions.rows}
    assert missing["E4"] == "E3"
    assert "E10" in str(missing["E7"])


def test_the_draft_for_a_region_has_all_ten() -> None:
    made = section("rmc_north_central_america")
    assert figure(made, "elements.lacking").value == 0
    assert figure(made, "elements.may_operate").value == 10
    waivers = next(t for t in made.tables if t.id == "elements.waivers")
    assert {row[1]: row[2] for row in waivers.rows}["E7"] == 4
    assert figure(made, "elements.waivers.3.rmc_north_central_america").of == 93
    assert not any(f.id == "elements.people" for f in made.figures)


@pytest.mark.parametrize(
    ("words", "on"),
    [("DEU", date(2026, 12, 1)), ("today", date(1951, 8, 1)), ("Africa", date(2020, 1, 1))],
)
def test_wherever_there_is_nothing_it_says_so(words: str, on: date) -> None:
    made = section(words, on)
    assert made.not_observed
    assert all(t.rows for t in made.tables)
    assert made.figures[0].of is not None


def test_the_ratio_is_what_the_tables_say() -> None:
    rows = [admissions()["DEU", year] for year in (2022, 2023, 2024)]
    permanent = sum(n or 0 for one in rows for n in one.permanent.values())
    temporary = sum(n or 0 for one in rows for n in one.temporary.values())
    found = figure(section("DEU"), "elements.effort_a.subject")
    assert found.value == round(permanent / temporary, 3)
    students = sum(one.temporary["international_student"] or 0 for one in rows)
    other = figure(section("DEU"), "elements.effort_a.subject.without_students")
    assert other.value == round(permanent / (temporary - students), 3)


def test_the_key_of_the_draft_region_adds_up() -> None:
    made = section("rmc_north_central_america")
    key = next(t for t in made.tables if t.id == "elements.key")
    total = sum(float(row[4]) for row in key.rows if isinstance(row[4], float))
    assert total == pytest.approx(100, abs=0.1)
    states = figure(made, "elements.key.rmc_north_central_america")
    assert (states.value, states.of) == (len(key.rows), 11)
    assert states.sources == ("world_bank_wdi",)
    assert not any(t.id == "elements.key" for t in section("today", date(1999, 1, 1)).tables)
