"""The section of selectivity on corridors that can be counted by hand, and on the library."""

from __future__ import annotations

from datetime import date

import pytest

from comity.api.profile_selectivity import selectivity_section
from comity.api.profile_setting import setting_of
from comity.api.schema_profile import ProfileSectionModel
from comity.world.conflict import DangerReading
from comity.world.population import population
from tests.api.profiled import figure, made, people

BODY = """## Article 1. Who is let in

```comity
rule 1.1: guarantee entry at least visa
  when work.kind is transferee and skill in {manager, executive}
rule 1.2: guarantee entry at least visa
  when work.kind is worker and host is SWE
rule 1.3: guarantee stay at least temporary
  when family.relation is spouse and sponsor.work at least same_employer
rule 1.4: guarantee work at least same_employer
  when work.lawful at least 48 months and host is KEN
```
"""
CELLS = (
    people(host="KEN", origin="UGA", persons=300),
    people(host="SWE", origin="NOR", persons=100),
)
PAPER = {("DEU", "TUR"), ("GBR", "POL"), ("USA", "MEX"), ("ARG", "BOL"), ("GHA", "NGA")}


def of_the_paper(words: str, on: date = date(2026, 12, 1)) -> ProfileSectionModel:
    """The section on the corridors of the paper."""
    setting = setting_of(words, on=on, danger=DangerReading.PERSON)
    setting.population = tuple(c for c in population() if (c.host, c.origin) in PAPER)
    return selectivity_section(setting)


def test_the_worked_example_stands_in_the_figures() -> None:
    section = selectivity_section(made(BODY, CELLS))
    manager = figure(section, "selectivity.entry.manager")
    assert (manager.value, manager.certain, manager.articles) == (100.0, 400, ("made/1.1",))
    worker = figure(section, "selectivity.entry.worker")
    assert (worker.value, worker.certain, worker.articles) == (25.0, 100, ("made/1.2",))
    assert worker.evidence.startswith("50.0 to 50.0 % of 2 corridors")
    gap = figure(section, "selectivity.gap.entry.manager.worker")
    assert (gap.value, gap.articles) == (75.0, ("made/1.1", "made/1.2"))
    (widest,) = (t for t in section.tables if t.id == "selectivity.widest.entry")
    assert [("KEN", "UGA", 300, 2)] == [row[:4] for row in widest.rows]


def test_what_is_secured_to_the_sponsor_is_worked_out_first() -> None:
    section = selectivity_section(made(BODY, CELLS))
    spouse = figure(section, "selectivity.stay.family")
    assert (spouse.certain, spouse.possible, spouse.articles) == (300, 300, ("made/1.3",))
    assert figure(section, "selectivity.stay.worker").certain == 0


def test_a_power_to_refuse_makes_entry_possible_only() -> None:
    body = BODY.replace("rule 1.2:", 'power 1.5 "order": may set aside 1.1\nrule 1.2:')
    section = selectivity_section(made(body, CELLS))
    manager = figure(section, "selectivity.entry.manager")
    assert (manager.low, manager.high) == (0.0, 100.0)
    assert (manager.certain, manager.possible, manager.value) == (0, 400, None)
    gap = figure(section, "selectivity.gap.entry.manager.worker")
    assert (gap.low, gap.high) == (-25.0, 75.0)


def test_few_people_are_not_told() -> None:
    few = (CELLS[0], people(host="SWE", origin="NOR", persons=4))
    section = selectivity_section(made(BODY, few))
    worker = figure(section, "selectivity.entry.worker")
    assert worker.hidden and worker.certain is None and worker.low is None
    assert figure(section, "selectivity.gap.entry.manager.worker").hidden
    (kinds,) = (t for t in section.tables if t.id == "selectivity.kinds")
    assert kinds.hidden > 0


def test_the_persons_are_printed_in_full() -> None:
    section = selectivity_section(made(BODY, CELLS))
    (persons,) = (t for t in section.tables if t.id == "selectivity.persons")
    facts = {row[0]: str(row[2]) for row in persons.rows}
    assert "skill manager" in facts["manager.door"]
    assert "salary 100 percent" in facts["expert.average_pay"]
    assert {row[0]: row[3] for row in persons.rows}["family.door"] is not None


def test_in_the_corridors_of_the_paper_managers_stand_above_workers() -> None:
    section = of_the_paper("today")
    (paper,) = (t for t in section.tables if t.id == "selectivity.paper")
    at = {(row[0], row[1], row[3]): row for row in paper.rows}
    manager, worker = "a manager whom a firm transfers", "a worker with an offer and ordinary pay"
    assert ("visa", "gats_mode4/16.1") == at["USA", "MEX", manager][4:6]
    assert ("refused", None) == at["USA", "MEX", worker][4:6]
    assert "visa" == at["ARG", "BOL", worker][4]
    assert "visa_free" == at["GHA", "NGA", worker][4]


def test_average_pay_costs_the_expert_the_card() -> None:
    """The directive asks for a salary; the schedules of services do not."""
    only = of_the_paper("eu_blue_card_2021_1883")
    assert figure(only, "selectivity.entry.expert").value not in (0, None)
    assert figure(only, "selectivity.entry.expert.average_pay").value == 0
    both = of_the_paper("eu_blue_card_2021_1883,gats_mode4")
    assert figure(both, "selectivity.entry.expert.average_pay").value not in (0, None)


def test_nobody_is_told_as_such() -> None:
    section = selectivity_section(made(BODY, ()))
    assert not section.figures and not section.tables
    assert any("no corridor" in line for line in section.not_observed)


@pytest.mark.parametrize("words", ["budapest_process", "rmc_north_central_america", "imfc"])
@pytest.mark.parametrize("on", [date(1951, 1, 1), date(1996, 1, 1), date(2026, 12, 1)])
def test_it_stands_on_any_day_and_subject(words: str, on: date) -> None:
    section = of_the_paper(words, on)
    assert section.figures and all(table.rows for table in section.tables)
    for found in (*section.figures, *section.sensitivity):
        if found.low is not None and found.high is not None:
            assert found.low <= found.high
