"""The section of commodification on people and workers that can be counted by hand."""

from __future__ import annotations

from datetime import date

import pytest

from comity.api.profile_commodification import commodification_section
from comity.api.profile_setting import setting_of
from comity.world.conflict import DangerReading
from comity.world.population import population
from tests.api.profiled import figure, made, people

LADDER = """## Article 1. Work

```comity
rule 1.1: guarantee work at least same_employer
  when work.lawful at least 12 months
rule 1.2: guarantee health at least urgent
rule 1.3: guarantee stay at least temporary
  when work.lawful at least 12 months
  when not employment.lost
```
"""
CELLS = (people(host="KEN", origin="UGA", persons=300),)


def test_the_worked_example_stands_in_the_figures() -> None:
    section = commodification_section(made(LADDER, CELLS))
    first, third = "commodification.worker_6", "commodification.worker_30"
    assert figure(section, f"{first}.open.same_employer").certain == 0
    assert figure(section, f"{third}.open.same_employer").certain == 300
    assert figure(section, f"{third}.alone.same_employer").certain == 300
    lost = figure(section, f"{third}.lost.stay")
    assert (lost.certain, lost.possible, lost.articles) == (300, 300, ("made/1.3",))
    assert figure(section, f"{third}.lost.work").possible == 0
    assert figure(section, f"{third}.emancipated").certain == 0
    (table,) = (t for t in section.tables if t.id == "commodification.workers_lost")
    assert {(30, "stay", "made/1.3", 300), (54, "stay", "made/1.3", 300)} == {
        (row[0], row[2], row[3], row[5]) for row in table.rows
    }


def test_the_record_says_only_what_it_knows() -> None:
    section = commodification_section(made(LADDER, CELLS))
    alone = figure(section, "commodification.alone.same_employer")
    assert (alone.certain, alone.possible, alone.assumed) == (0, 300, 0)
    lost = figure(section, "commodification.lost.stay")
    assert (lost.certain, lost.possible) == (0, 300)


def test_forbidden_and_not_guaranteed_are_told_apart() -> None:
    body = """## Article 1. Stay without work

```comity
rule 1.1: guarantee stay at least temporary
rule 1.2: limit work at most none
  when host is SWE
```
"""
    cells = (*CELLS, people(host="SWE", origin="NOR", persons=100))
    section = commodification_section(made(body, cells))
    closed = figure(section, "commodification.forbidden")
    assert (closed.certain, closed.possible, closed.assumed) == (100, 100, 100)
    assert closed.articles == ("made/1.2",)
    unsaid = figure(section, "commodification.not_guaranteed")
    assert (unsaid.certain, unsaid.assumed) == (300, 300)


def test_whoever_has_everything_is_emancipated_and_not_alone() -> None:
    body = """## Article 1. Everything

```comity
rule 1.1: guarantee stay at least long_term, work at least any, family at least may_apply,
    organise at least join, health at least urgent, remedy at least on_paper, vote at least local
  when host is KEN
rule 1.2: guarantee work at least any
  when host is SWE
```
"""
    cells = (*CELLS, people(host="SWE", origin="NOR", persons=100))
    section = commodification_section(made(body, cells))
    assert figure(section, "emancipation.all").certain == 300
    for level in ("same_employer", "any"):
        assert figure(section, f"commodification.alone.{level}").certain == 100
    assert figure(section, "commodification.worker_6.emancipated").certain == 300


def test_a_power_makes_the_worker_s_right_possible_only() -> None:
    body = """## Article 1. Work

```comity
rule 1.1: guarantee work at least any
power 1.2 "protection of the market": may set aside 1.1
```
"""
    section = commodification_section(made(body, CELLS))
    alone = figure(section, "commodification.worker_6.alone.same_employer")
    assert (alone.certain, alone.possible) == (0, 300)


def test_few_people_are_not_told() -> None:
    cells = (*CELLS, people(host="SWE", origin="NOR", persons=3))
    body = LADDER.replace(
        "rule 1.2:", "rule 1.2a: limit work at most none when host is SWE\nrule 1.2:"
    )
    section = commodification_section(made(body, cells))
    for found in (*section.figures, *section.sensitivity):
        for number in (found.certain, found.possible, found.assumed):
            assert number in (None, 0, 303)


def test_nobody_is_told_as_such() -> None:
    section = commodification_section(made(LADDER, ()))
    assert not section.figures and not section.tables
    assert any("nobody" in line for line in section.not_observed)


@pytest.mark.parametrize("words", ["budapest_process", "rmc_north_central_america", "imfc"])
@pytest.mark.parametrize("on", [date(1951, 1, 1), date(1996, 1, 1), date(2026, 12, 1)])
def test_it_stands_on_any_day_and_subject(words: str, on: date) -> None:
    setting = setting_of(words, on=on, danger=DangerReading.PERSON)
    setting.population = tuple(c for c in population() if c.host in ("SLV", "CHE"))
    section = commodification_section(setting)
    assert section.figures and all(table.rows for table in section.tables)
    for found in (*section.figures, *section.sensitivity):
        if found.certain is not None and found.possible is not None:
            assert 0 <= found.certain <= found.possible


def test_the_draft_convention_leaves_no_job_s_loss_to_take_the_stay() -> None:
    setting = setting_of("imfc", on=date(2026, 12, 1), danger=DangerReading.PERSON)
    setting.population = tuple(c for c in population() if c.host in ("SWE", "KEN"))
    section = commodification_section(setting)
    for months in (6, 30, 54):
        assert figure(section, f"commodification.worker_{months}.lost.stay").possible == 0
