"""The section of discretion on people who can be counted by hand, and on the library."""

from __future__ import annotations

from datetime import date

import pytest

from comity.api.profile_discretion import discretion_section
from comity.api.profile_setting import setting_of
from comity.api.schema_profile import ProfileSectionModel
from comity.world.conflict import DangerReading
from comity.world.population import population
from tests.api.profiled import figure, made, people

BODY = """## Article 1. Work

```comity
rule 1.1: guarantee work at least same_employer
  when host is KEN
rule 1.2: guarantee work at least any_after_priority
  when host is SWE
rule 1.3: limit work at most any_after_priority
  when host is SWE
rule 1.4: guarantee work at least same_occupation
  when host is KEN and work.offer
```
"""
CELLS = (
    people(host="KEN", origin="UGA", persons=300),
    people(host="SWE", origin="NOR", persons=100),
    people(host="KEN", origin="TZA", persons=50, is_certain=False),
)


def test_the_worked_example_stands_in_the_figures() -> None:
    section = discretion_section(made(BODY, CELLS))
    work = figure(section, "discretion.work")
    assert (1.5, 2.25, 400) == (work.low, work.high, work.of)
    assert "made/1.2" in work.articles and "made/1.3" in work.articles
    stay = figure(section, "discretion.stay")
    assert (8.0, 8.0, 8.0) == (stay.low, stay.high, stay.value)
    everything = figure(section, "discretion.stay.everything")
    assert (400, 450, 400) == (everything.certain, everything.possible, everything.assumed)
    assert figure(section, "discretion.work.hosts").low == 1.0


def test_people_are_told_before_parties_too() -> None:
    elsewhere = people(host="FRA", origin="ITA", persons=400)
    section = discretion_section(made(BODY, (*CELLS, elsewhere)))
    assert (2.75, 3.125) == _ends(section, "discretion.work")
    assert (1.5, 2.25) == _ends(section, "discretion.work.parties")


def _ends(section: ProfileSectionModel, id_: str) -> tuple[float | None, float | None]:
    found = figure(section, id_)
    return found.low, found.high


def test_an_informal_text_leaves_every_step() -> None:
    section = discretion_section(made(BODY, CELLS, force="informal"))
    assert figure(section, "discretion.work").value == 4.0
    (table,) = (t for t in section.tables if t.id == "discretion.by_right")
    assert all(row[1] == row[2] for row in table.rows)


def test_nobody_gives_no_mean_and_says_so() -> None:
    section = discretion_section(made(BODY, ()))
    assert not [f for f in section.figures if f.id.startswith("discretion.work")]
    assert any("nobody" in line for line in section.not_observed)
    assert all(table.rows for table in section.tables)


def test_few_people_are_not_told() -> None:
    few = people(host="SWE", origin="NOR", persons=4)
    section = discretion_section(made(BODY, (CELLS[0], few)))
    for shown in (f for f in section.figures if f.unit == "persons"):
        assert shown.hidden or shown.certain in (0, 304)


def test_powers_are_told_with_who_declared_them() -> None:
    cells = tuple(c for c in population() if c.host in ("DEU", "AUT", "FRA"))
    setting = setting_of("eu_qd_2011_95", on=date(2015, 9, 1), danger=DangerReading.PERSON)
    setting.population = cells
    section = discretion_section(setting)
    assert figure(section, "discretion.powers").value == 8
    declared = figure(section, "discretion.powers_declared")
    assert (declared.value, declared.of) == (1, 8)
    assert declared.articles == ("eu_qd_2011_95/8.1",)
    using = figure(section, "discretion.powers_people")
    certain = sum(c.persons for c in cells if c.host in ("DEU", "AUT") and c.is_certain)
    assert using.certain == certain
    assert any("7 of 8 powers" in line for line in section.not_observed)


def test_a_used_power_never_narrows_what_is_left() -> None:
    setting = setting_of("today", on=date(2026, 12, 1), danger=DangerReading.PERSON)
    setting.population = tuple(c for c in population() if c.host in ("DEU", "SWE", "NGA"))
    section = discretion_section(setting)
    for right in ("stay", "shield", "work", "family"):
        used = figure(section, f"discretion.{right}.powers_used")
        unused = figure(section, f"discretion.{right}.powers_unused")
        assert (unused.low or 0) <= (used.low or 0) + 1e-9
        assert (unused.high or 0) <= (used.high or 0) + 1e-9


def test_the_committee_moves_whom_it_finds_in_danger() -> None:
    setting = setting_of("imfc", on=date(2026, 12, 1), danger=DangerReading.PERSON)
    setting.population = tuple(c for c in population() if c.host in ("SWE", "NRU"))
    section = discretion_section(setting)
    (moved,) = (t for t in section.tables if t.id == "discretion.bodies_moved")
    rows = {(row[2], row[3]): row for row in moved.rows}
    low, high = rows["place.degree", "stay"][4:6]
    assert isinstance(low, float) and isinstance(high, float) and low < high
    degree = figure(section, "discretion.body.imfc.38.place.degree")
    assert "imfc/term tier" in degree.articles


@pytest.mark.parametrize("words", ["budapest_process", "rmc_north_central_america", "NRU"])
@pytest.mark.parametrize("on", [date(1951, 1, 1), date(1996, 1, 1)])
def test_it_stands_on_any_day_and_subject(words: str, on: date) -> None:
    setting = setting_of(words, on=on, danger=DangerReading.PERSON)
    if setting.subject.hosts is None:
        setting.population = tuple(c for c in population() if c.host in ("SLV", "CHE"))
    section = discretion_section(setting)
    assert section.figures and all(table.rows for table in section.tables)
    assert any("2024" in note for note in section.notes)
