"""A person's record read, refused and written back."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.agreement.cases import Case
from comity.agreement.spells import days_in_month
from comity.agreement.values import Members, Options, Possible, Range, Truth, exactly
from comity.agreement.vocabulary import (
    CountriesType,
    CountryType,
    EnumerationType,
    FactType,
    TruthType,
    Vocabulary,
)
from comity.api.library import vocabulary as packaged_vocabulary
from comity.language.case_files import CaseRecord, read_case, write_case
from comity.language.case_notes import ABOUT, PERSON, is_personal
from comity.language.documents import read_document
from comity.language.faults import ComityError, Fault, render
from comity.language.messages import REGISTRY
from comity.language.outline import outline
from comity.language.resolve import read_library
from comity.language.resolve_vocabulary import read_vocabulary
from tests.house.tree import ROOT, named

EXAMPLES = sorted(path for path in (ROOT / "docs" / "examples").iterdir() if path.is_file())
TODAY = date(2026, 1, 1)
WORDS = """---
id: vocabulary
title: A small vocabulary
---
```comity
place origin up to 2
place destination
place onward
scale degree: none < hardship < danger
scale stay_level: none < temporary < protected < permanent
enum ground: none, race, religion
fact host: country
fact nationality: countries
fact place.state: country, ordinary nobody
fact place.degree: degree, ordinary none
fact place.ground: ground, ordinary none
fact destination.is_origin: yes/no, ordinary yes
fact onward.exists: yes/no, ordinary no
fact claims: yes/no, ordinary no
fact claim.lodged: country, ordinary nobody
fact procedure.final: yes/no, ordinary no
fact procedure.days: days up to 999, ordinary 0 days
fact age: months up to 1440, ordinary 360 months
fact arrived_age: months up to 1440, ordinary 300 months
fact salary: percent up to 1000, ordinary 100
fact status.held: stay_level, ordinary none
fact status.permit: months up to 600, ordinary 0 months
fact residence.lawful: months up to 1200, ordinary 0 months
fact residence.study: months up to 600, ordinary 0 months
fact absence.longest: months up to 600, ordinary 0 months
right stay: stay_level
spell residence: lawful, study
spell absence: after_status
event birth
event arrival
event request
event permit_start
event permit_end
counter age = months since birth
counter arrived_age = months from birth to arrival
counter procedure.days = days since request
counter status.permit = months from permit_start to permit_end
counter residence.lawful = months in residence {lawful}
counter residence.study = months in residence {study}
counter absence.longest = months in longest absence
```
"""
STATES = """---
id: states
title: States
---
```comity
states
```

| code | name | from | until |
|---|---|---|---|
| SWE | Sweden | | |
| NOR | Norway | | |
| SYR | Syria | | |
| IRQ | Iraq | | |
| TUR | Turkey | | |
| SSD | South Sudan | 2011-07-09 | |
| YUG | Yugoslavia | | 1992-04-27 |
"""
LAW = """---
id: law
title: A law
force: binding
---
## Article 1. One
```comity
element E1 "one"
element E2 "two"
rule 1.1: guarantee stay at least temporary
power 1.2: may set aside 1.1
parameter P_wait = 90 days, at most 180 days
parameter P_years = 5 years
no reservation to articles 2
```
## Article 2. Two
```comity
rule 2.1: guarantee stay at least temporary
```
"""
DIRECTIVE = """---
id: order
title: A directive
force: directive
---
## Article 1. One
```comity
rule 1.1: guarantee stay at least temporary
```
"""


def small() -> Vocabulary:
    outlines = [
        outline(read_document(text, f"{name}.md"), name)
        for name, text in (("states", STATES), ("vocabulary", WORDS))
    ]
    found, faults = read_vocabulary(outlines)
    assert faults == []
    return found


SMALL = small()
LIBRARY = read_library([read_document(LAW, "law.md"), read_document(DIRECTIVE, "order.md")], SMALL)


def read(text: str, file: str = "person.yaml") -> CaseRecord:
    return read_case(text, file, SMALL, today=date(2015, 9, 1), instruments=LIBRARY.instruments)


def facts(text: str) -> dict[str, Possible]:
    return dict(read(text).case.facts)


def faults(text: str, file: str = "person.yaml") -> tuple[Fault, ...]:
    with pytest.raises(ComityError) as raised:
        read(text, file)
    return tuple(raised.value.faults)


def codes(text: str, file: str = "person.yaml") -> list[str]:
    return [fault.code for fault in faults(text, file)]


# ---- the examples of the documentation ----
@pytest.mark.parametrize("path", EXAMPLES, ids=named)
def test_every_example_is_read_marked_invented_and_written_back(path: Path) -> None:
    words = packaged_vocabulary()
    record = read_case(path.read_text(encoding="utf-8"), path.name, words, today=TODAY)
    assert record.invented
    assert record.title
    assert record == read_case(write_case(record, words), "again.yaml", words, today=TODAY)


def test_every_counter_of_the_vocabulary_can_be_derived() -> None:
    words = packaged_vocabulary()
    kinds = "".join(f"{kind}: []\n" for kind in words.spells)
    ahead = {counter.second for counter in words.counters.values()}
    days = "".join(f"  {e}: {2020 if e in ahead else 2019}-01-01\n" for e in words.events)
    record = read_case(f"events:\n{days}{kinds}", "all.yaml", words, today=TODAY)
    assert set(words.counters) <= set(record.case.facts)


# ---- what a record says ----
def test_reservations_and_parameters_are_said_of_an_instrument() -> None:
    said = facts("reserved: {law/1: yes, law/2: no}\nparameters: {law/P_wait: 120 days}")
    assert {
        "reserved law/1": Truth.TRUE,
        "reserved law/2": Truth.FALSE,
        "parameter law/P_wait": Range(120, 120),
    } == said
    assert {"reserved law/1": Truth.UNKNOWN} == facts("reserved: {law/1: unknown}")


@pytest.mark.parametrize("written", ["60 months", "5 years", "60"])
def test_a_parameter_has_its_unit_or_stands_alone(written: str) -> None:
    assert {"parameter law/P_years": Range(60, 60)} == facts(
        f"parameters: {{law/P_years: {written}}}"
    )


def test_a_parameter_is_written_with_its_unit_where_that_is_known() -> None:
    record = read("parameters: {law/P_wait: 120 days}\nreserved: {law/1: yes}")
    alone = write_case(record, SMALL)
    with_units = write_case(record, SMALL, instruments=LIBRARY.instruments)

    assert "parameters:\n  law/P_wait: 120\n" in alone
    assert "parameters:\n  law/P_wait: 120 days\n" in with_units
    assert "reserved:\n  law/1: yes\n" in with_units
    assert record == read(alone) == read(with_units)


def test_what_the_host_reserved_and_what_the_text_says_hold_for_the_sponsor_too() -> None:
    text = "host: SWE\nreserved: {law/1: yes}\nparameters: {law/P_wait: 120 days}\nsponsor: {}"
    sponsor = read(text).case.sponsor
    elsewhere = read(text.replace("sponsor: {}", "sponsor: {host: TUR}")).case.sponsor

    assert sponsor is not None
    assert Truth.TRUE == sponsor.facts["reserved law/1"]
    assert Range(120, 120) == sponsor.facts["parameter law/P_wait"]
    assert elsewhere is not None
    assert "reserved law/1" not in elsewhere.facts
    assert "sponsor: {}" in write_case(read(text), SMALL)


def test_a_record_that_says_nothing_leaves_everything_unknown() -> None:
    record = read("")
    assert record == CaseRecord(Case(date(2015, 9, 1), {}))


def test_the_day_of_the_case_is_handed_in_where_the_record_names_none() -> None:
    assert date(2015, 9, 1) == read("host: SWE").case.on
    assert date(2014, 1, 31) == read("on: 2014-01-31").case.on


def test_another_day_takes_the_place_of_the_record_s_own_and_counters_run_to_it() -> None:
    text = "on: 2014-01-31\nabsence: [{from: 2014-01-01}]"
    record = read_case(text, "p.yaml", SMALL, today=TODAY, on=date(2014, 6, 1))
    assert date(2014, 6, 1) == record.case.on
    assert Range(5, 5) == record.case.facts["absence.longest"]


def test_facts_are_written_dotted_or_nested() -> None:
    dotted = facts("facts: {procedure.final: yes, status.held: temporary}")
    assert dotted == facts("facts: {procedure: {final: yes}, status: {held: temporary}}")
    assert {"procedure.final": Truth.TRUE, "status.held": Range(1, 1)} == dotted


@pytest.mark.parametrize(
    ("written", "known"),
    [
        ("26 months", Range(26, 26)),
        ("26", Range(26, 26)),
        ("2 years", Range(24, 24)),
        ("[12 months, 24]", Range(12, 24)),
        ("{at_least: 1 year}", Range(12, 600)),
        ("{at_least: 1 year, at_most: 2 years}", Range(12, 24)),
        ("[unknown, 2 years]", Range(0, 24)),
        ("unknown", Range(0, 600)),
    ],
)
def test_a_number_has_its_unit_or_the_one_of_the_fact(written: str, known: Range) -> None:
    assert {"status.permit": known} == facts(f"facts: {{status.permit: {written}}}")


def test_a_list_of_options_is_what_is_still_possible() -> None:
    said = facts("facts: {destination.ground: [race, religion], claim.lodged: [SWE, nobody]}")
    assert Options(frozenset({"race", "religion"})) == said["destination.ground"]
    assert Options(frozenset({"SWE", "nobody"})) == said["claim.lodged"]


def test_each_nationality_is_an_origin_in_the_order_given() -> None:
    said = facts("nationalities: [SYR, IRQ]")
    assert exactly("SYR") == said["origin1.state"]
    assert exactly("IRQ") == said["origin2.state"]
    assert Truth.TRUE == said["origin2.exists"]


def test_what_is_said_of_an_origin_follows_its_state_and_not_its_place_in_the_list() -> None:
    said = facts("nationalities: [SYR, IRQ]\norigins: [{state: IRQ, degree: danger}]")
    assert Range(2, 2) == said["origin2.degree"]
    assert "origin1.degree" not in said


def test_a_stateless_person_comes_from_the_habitual_residence_even_of_a_state_that_ended() -> None:
    said = facts("nationalities: []\nhabitual_residence: YUG\norigins: [{degree: hardship}]")
    assert exactly(()) == said["nationality"]
    assert exactly("YUG") == said["origin1.state"]
    assert Range(1, 1) == said["origin1.degree"]
    assert Truth.FALSE == said["origin2.exists"]


def test_nationalities_that_are_partly_known() -> None:
    said = facts("nationalities: {surely: [SYR], perhaps: [IRQ]}")
    assert Members(frozenset({"SYR"}), frozenset({"SYR", "IRQ"})) == said["nationality"]
    assert exactly("SYR") == said["origin1.state"]
    assert "origin2.exists" not in said


def test_a_destination_is_the_origin_or_another_state() -> None:
    assert Truth.TRUE == facts("destination: origin")["destination.is_origin"]
    other = facts("nationalities: [SYR]\ndestination: {state: TUR, degree: hardship}")
    assert Truth.FALSE == other["destination.is_origin"]
    assert Range(1, 1) == other["destination.degree"]


def test_whether_the_destination_is_the_origin_stays_unknown_with_the_origin() -> None:
    text = "destination: {state: TUR}\neverything_else: ordinary"
    assert Truth.UNKNOWN == facts(text)["destination.is_origin"]


def test_an_onward_place_exists_by_being_described() -> None:
    assert Truth.TRUE == facts("onward: {state: SYR}")["onward.exists"]
    assert {"onward.exists": Truth.FALSE} == facts("onward: no")


def test_powers_declarations_and_elements() -> None:
    said = facts("exercised: {law/1.2: yes}\ndeclared: {law/europe: no}\nelements: {law: [E1]}")
    assert said == {
        "exercised law/1.2": Truth.TRUE,
        "declared law/europe": Truth.FALSE,
        "adopted law/E1": Truth.TRUE,
        "adopted law/E2": Truth.FALSE,
    }


def test_without_the_instruments_other_elements_stay_unknown() -> None:
    record = read_case("acquired: {law: [E1]}", "p.yaml", SMALL, today=TODAY)
    assert {"acquired law/E1": Truth.TRUE} == record.case.facts


def test_the_sponsor_is_before_the_same_host() -> None:
    text = "host: SWE\nexercised: {law/1.2: yes}\nsponsor: {facts: {status.held: permanent}}"
    sponsor = read(text).case.sponsor
    assert sponsor is not None
    expected = {"host": exactly("SWE"), "exercised law/1.2": Truth.TRUE, "status.held": Range(3, 3)}
    assert expected == sponsor.facts


def test_another_host_of_the_sponsor_brings_its_own_law() -> None:
    sponsor = read("host: SWE\nexercised: {law/1.2: yes}\nsponsor: {host: NOR}").case.sponsor
    assert sponsor is not None
    assert {"host": exactly("NOR")} == sponsor.facts


# ---- counters ----
def test_counters_are_derived_and_those_without_a_spell_stay_unknown() -> None:
    said = facts("residence: [{from: 2015-01-31, until: 2015-02-28, as: [lawful]}]")
    assert {"residence.lawful": Range(1, 1), "residence.study": Range(0, 0)} == said


def test_an_empty_list_of_spells_means_none() -> None:
    assert {"absence.longest": Range(0, 0)} == facts("absence: []")
    assert {} == facts("absence: unknown")


def test_a_list_that_is_not_complete_gives_a_lower_bound() -> None:
    text = "residence: {spells: [{from: 2015-06-01, as: [lawful]}], complete: no}"
    assert Range(3, 1200) == facts(text)["residence.lawful"]


def test_a_spell_that_does_not_say_what_it_was_may_be_any() -> None:
    assert Range(0, 3) == facts("residence: [{from: 2015-06-01}]")["residence.lawful"]
    assert Range(0, 0) == facts("residence: [{from: 2015-06-01, as: []}]")["residence.lawful"]


def test_dates_known_to_the_year_give_a_range() -> None:
    assert Range(296, 308) == facts("events: {birth: 1990}")["age"]


def test_a_permit_may_end_after_the_day_of_the_case() -> None:
    said = facts("events: {permit_start: 2015-01-01, permit_end: 2017-01-01}")
    assert Range(24, 24) == said["status.permit"]


def test_what_is_stated_and_what_is_derived_are_both_true() -> None:
    text = "facts: {age: [25 years, 30 years]}\nevents: {birth: 1990}"
    assert Range(300, 308) == facts(text)["age"]
    assert ["E423"] == codes("facts: {age: 20 years}\nevents: {birth: 1990}")


# ---- bad input ----
@pytest.mark.parametrize(
    ("text", "code", "line", "column", "says"),
    [
        ("host: NO", "E209", 1, 7, "NOR"),
        ("host: SSD\non: 2005-01-01", "E403", 1, 7, ""),
        ("nationalities: [YUG]", "E403", 1, 17, ""),
        ("nationalities: SYR", "E420", 1, 16, "[SYR]"),
        ("nationalities: [SYR, SYR]", "E402", 1, 22, ""),
        ("nationalities: [SYR, IRQ, TUR]", "E404", 1, 16, ""),
        ("on: 2015-02-31", "E206", 1, 5, "2015-02-28"),
        ("events: {arrival: 2015-02-31}", "E206", 1, 19, ""),
        ("events: {arrivel: 2015-02-01}", "E420", 1, 10, "arrival"),
        ("events: {request: 2015-10-01}", "E421", 1, 19, ""),
        ("events: {birth: 2015-01-01, arrival: 2014-01-01}", "E421", 1, 29, "arrived_age"),
        ("residence: [{from: 2015-02-01, until: 2015-01-01}]", "E421", 1, 39, ""),
        ("residence: [{from: 2015-02-01, until: 2015-02-01}]", "E421", 1, 39, "no longer"),
        ("residence: [{from: 2016-02-01}]", "E421", 1, 20, ""),
        ("residence: [{until: 2015-02-01}]", "E421", 1, 13, "from"),
        ("residence: [{from: 2015-02-01, as: lawfull}]", "E421", 1, 36, "lawful"),
        ("residence: [{from: 2015-02-01, to: 2015-03-01}]", "E124", 1, 32, "until"),
        ("residence: yes", "E123", 1, 12, ""),
        ("facts: {claim: yes}", "E420", 1, 9, ""),
        ("facts: {procedure.finl: yes}", "E420", 1, 9, "procedure.final"),
        ("facts: {claims: maybe}", "E420", 1, 17, ""),
        ("facts: {claims: ''}", "E420", 1, 17, "unknown"),
        ("facts: {status.held: temporery}", "E202", 1, 22, "temporary"),
        ("facts: {origin1.ground: rase}", "E202", 1, 25, "race"),
        ("facts: {procedure.days: 3 months}", "E203", 1, 25, ""),
        ("facts: {procedure.days: 1000}", "E208", 1, 25, ""),
        ("facts: {procedure.days: 2.5 days}", "E420", 1, 25, ""),
        ("facts: {status.permit: [2 years, 1 year]}", "E420", 1, 24, "lower"),
        ("facts: {status.permit: [1, 2, 3]}", "E420", 1, 24, ""),
        ("facts: {host: SWE}", "E420", 1, 9, "beside"),
        ("facts: {stay: none}", "E420", 1, 9, "answer"),
        ("facts: {claims: yes, claims: no}", "E122", 1, 22, ""),
        ("facts: {origin.degree: none, origin1.degree: danger}", "E402", 1, 30, ""),
        ("birth: 1990", "E124", 1, 1, "events"),
        ("claims: yes", "E124", 1, 1, "facts"),
        ("hosst: SWE", "E124", 1, 1, "host"),
        ("nationalities: [SYR]\norigins: [{state: IRQ}]", "E420", 2, 19, ""),
        ("nationalities: [SYR]\norigins: [{}, {}]", "E420", 2, 15, ""),
        ("nationalities: [SYR]\nhabitual_residence: IRQ", "E420", 2, 1, "[]"),
        ("nationalities: [SYR]\ndestination: {state: SYR}", "E420", 2, 14, "origin"),
        ("destination: SYR", "E420", 1, 14, ""),
        ("exercised: {law/1.1: yes}", "E301", 1, 13, "1.2"),
        ("exercised: {lav/1.2: yes}", "E304", 1, 13, "law"),
        ("exercised: {x: yes}", "E420", 1, 13, ""),
        ("elements: {law: [E3]}", "E301", 1, 17, ""),
        ("reserved: {law/3: yes}", "E305", 1, 12, "`law` has no article `3`"),
        ("reserved: {lav/1: yes}", "E304", 1, 12, "law"),
        ("reserved: {law/2: yes}", "E307", 1, 19, "no reservation to Article 2"),
        ("reserved: {order/1: yes}", "E307", 1, 21, "no reservation to Article 1"),
        ("reserved: {law/1: 3}", "E420", 1, 19, "yes or no"),
        ("reserved: {law/1: yes, law/1: no}", "E122", 1, 24, ""),
        ("parameters: {law/P_wait: 181 days}", "E227", 1, 26, "allowed: 90 to 180 days"),
        ("parameters: {law/P_wait: 89}", "E227", 1, 26, "`89 days` is outside"),
        ("parameters: {law/P_years: 6 years}", "E227", 1, 27, "allowed: 60 months"),
        ("parameters: {law/P_wait: 3 months}", "E203", 1, 26, "never compare"),
        ("parameters: {law/P_wait: unknown}", "E420", 1, 26, "whole number of days"),
        ("parameters: {law/P_wait: [90 days, 95 days]}", "E420", 1, 26, "one number"),
        ("parameters: {law/P_weit: 90 days}", "E201", 1, 14, "P_wait"),
        ("parameters: {P_wait: 90 days}", "E420", 1, 14, "imfc/P_limbo: 120 days"),
        ("sponsor: {sponsor: {}}", "E124", 1, 11, "one level"),
        ("everything_else: yes", "E123", 1, 18, ""),
        ("- host: SWE", "E123", 1, 1, ""),
        ("host: [", "E120", 1, 8, ""),
        ("host: &a SWE", "E120", 1, 7, "write it out"),
        ("&a host: SWE", "E120", 1, 1, "write it out"),
        ("on: !!str 2020-01-01", "E120", 1, 5, "delete the tag"),
        ("host: !x SWE", "E120", 1, 7, "delete the tag"),
        ("host: SWE\n!!str title: x", "E120", 2, 1, "delete the tag"),
        ("facts: !!map {}", "E120", 1, 8, "delete the tag"),
        ("nationalities: [! SYR]", "E120", 1, 17, "delete the tag"),
    ],
)
def test_bad_input_is_a_coded_fault_at_its_place(
    text: str, code: str, line: int, column: int, says: str
) -> None:
    (fault,) = faults(text)
    assert (code, line, column) == (fault.code, fault.span.line, fault.span.column)
    assert says in render(fault)
    assert fault.excerpt == text.split("\n")[line - 1]


def test_everything_wrong_is_reported_at_once() -> None:
    text = "host: NO\nfacts: {claims: maybe, ocupation: x}\nevents: {birth: 2015-13}\nsponsor: 3"
    assert ["E209", "E420", "E420", "E206", "E123"] == codes(text)


@pytest.mark.parametrize(
    "key",
    ["name", "Surname", "first name", "passport", "passport_no", "id_number", "id", "address",
     "home-address", "phone", "mobile_phone", "email", "e-mail", "date_of_birth", "dob", "iban"],
)  # fmt: skip
def test_what_identifies_a_person_is_refused_and_not_repeated(key: str) -> None:
    for text in (f"{key}: Zzz", f"facts: {{{key}: Zzz}}", f"sponsor: {{{key}: Zzz}}"):
        (fault,) = faults(text)
        assert "E422" == fault.code
        assert "Zzz" not in render(fault)


def test_no_other_fault_repeats_a_line_that_identifies_the_person() -> None:
    found = faults("{surname: Zzz, hosst: SWE}")
    assert ["E422", "E124"] == [fault.code for fault in found]
    assert all("Zzz" not in render(fault) for fault in found)


@pytest.mark.parametrize("title", ["ask a.b@example.org", "call +46 70 123 45 67", "file 20150012"])
def test_a_title_that_identifies_a_person_is_refused(title: str) -> None:
    assert ["E422"] == codes(f"title: {title}")


@pytest.mark.parametrize("words", [SMALL, packaged_vocabulary()], ids=["small", "packaged"])
def test_no_word_of_the_vocabulary_is_taken_for_a_name(words: Vocabulary) -> None:
    every = [*words.spells, *words.events]
    every += [part for path in words.facts for part in path.split(".")]
    assert [] == [word for word in every if is_personal(word)]


def test_a_hidden_mark_is_refused_also_when_it_is_escaped() -> None:
    assert ["E103"] == codes("title: a \u202e nurse")
    assert ["E103"] == codes('title: "a \\u202e nurse"')


def test_a_record_that_is_too_large_or_too_deep_is_refused() -> None:
    assert ["E101"] == codes("note: " + "x" * 300_000)
    assert ["E121"] == codes("facts: " + "[" * 50 + "]" * 50)
    assert ["E121"] == codes("[" * 100_000, "deep.json")


def test_a_byte_order_mark_and_windows_line_ends_are_read() -> None:
    assert exactly("SWE") == facts("\ufeffhost: SWE\r\non: 2015-01-01\r\n")["host"]


# ---- JSON ----
def test_json_is_read_with_its_own_yes_no_and_null() -> None:
    record = read('{"facts": {"claims": true, "age": 300}, "invented": false}', "p.json")
    assert {"claims": Truth.TRUE, "age": Range(300, 300)} == record.case.facts


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ('{"host": "NO"}', "E209", 1, 10),
        ('{\n "host": "SWE",\n "host": "NOR"}', "E122", 3, 2),
        ('{"host": [}', "E120", 1, 11),
        ('{"facts": {"claims": null}}', "E420", 1, 22),
        ("host: SWE", "E120", 1, 1),
    ],
)
def test_faults_of_json_have_their_place(text: str, code: str, line: int, column: int) -> None:
    (fault,) = faults(text, "p.json")
    assert (code, line, column) == (fault.code, fault.span.line, fault.span.column)


def test_json_that_is_no_yaml_is_read() -> None:
    record = read('{\t"host":\t"SWE",\n\t"title": "a nurse \\ud83d\\ude00"}', "p.json")
    assert exactly("SWE") == record.case.facts["host"]


def test_half_a_character_is_refused() -> None:
    assert ["E102"] == codes('{"facts": {"claims": "\\ud83d"}}', "p.json")
    assert ["E102"] == codes('facts: {"\\ud83d": yes}')


# ---- whatever comes, no traceback ----
PARTS = st.sampled_from(
    [*WORDS.split(), "host:", "facts:", "{", "}", "[", "]", "- ", ": ", "\n", "  ", '"', "'", "&a",
     "*a", "!!int", "|", ">", "#", "?", "unknown", "yes", "NO", "2015-02-31", "2019", "26 months",
     "from:", "until:", "as:", "spells:", "complete:", "\t", "\x00", "\ufeff", "null", "---", "%"]
)  # fmt: skip
SCALARS = st.one_of(
    st.sampled_from(["unknown", "yes", "no", "SWE", "SYR", "origin", "danger", "26 months", "-1",
                     "2015-01-31", "2019-05", "2019", "99999999999999999999", "0000-00-00", "[]",
                     "lawful", "race", "temporary", ""]),
    st.text(max_size=8).map(lambda text: f'"{text}"'),
)  # fmt: skip
KEYS = st.sampled_from(
    ["host", "nationalities", "habitual_residence", "origins", "destination", "onward", "facts",
     "events", "exercised", "elements", "sponsor", "residence", "absence", "title", "on", "from",
     "until", "as", "spells", "complete", "state", "degree", "claims", "age", "procedure", "birth",
     "final", "days", "surely", "perhaps", "at_least", "at_most", "law/1.2", "law", "request",
     "permit_end", "permit_start", "everything_else", "arrival", "status.permit", "reserved",
     "parameters", "law/1", "law/P_wait", "law/P_years"]
)  # fmt: skip
FLOW = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4).map(lambda several: f"[{', '.join(several)}]"),
        st.dictionaries(KEYS, inner, max_size=5).map(
            lambda pairs: "{" + ", ".join(f"{k}: {v}" for k, v in pairs.items()) + "}"
        ),
    ),
    max_leaves=20,
)


def is_read_or_refused(text: str, file: str, words: Vocabulary = SMALL) -> None:
    try:
        record = read_case(text, file, words, today=TODAY, instruments=LIBRARY.instruments)
    except ComityError as refused:
        assert refused.faults
        for fault in refused.faults:
            assert fault.code in REGISTRY
            assert render(fault)
    else:
        again = read_case(write_case(record, words), "again.yaml", words, today=TODAY)
        assert record == again


@settings(max_examples=300)
@given(st.one_of(st.text(), st.lists(PARTS).map("".join)), st.sampled_from(["p.yaml", "p.json"]))
def test_any_text_is_read_or_refused(text: str, file: str) -> None:
    is_read_or_refused(text, file)


@settings(max_examples=500)
@given(st.dictionaries(KEYS, FLOW, max_size=6))
def test_any_record_is_read_and_written_back_or_refused(entries: dict[str, str]) -> None:
    is_read_or_refused("".join(f"{key}: {value}\n" for key, value in entries.items()), "p.yaml")


TEXTS = [(path.name, path.read_text(encoding="utf-8")) for path in EXAMPLES]


@given(st.sampled_from(TEXTS), st.data())
def test_a_broken_example_is_read_or_refused(example: tuple[str, str], data: st.DataObject) -> None:
    name, text = example
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 12)))
    text = text[:start] + data.draw(st.one_of(st.text(max_size=4), PARTS)) + text[end:]
    is_read_or_refused(text, name, packaged_vocabulary())


# ---- any case is written so that it reads back ----
CODES = st.sampled_from(sorted(set(SMALL.states) - {"YUG"}))


def possibles(kind: FactType) -> st.SearchStrategy[Possible]:
    if isinstance(kind, TruthType):
        return st.sampled_from(list(Truth))
    if isinstance(kind, (EnumerationType, CountryType)):
        names = (
            st.sampled_from(kind.enumeration.options)
            if isinstance(kind, EnumerationType)
            else CODES
        )
        some: st.SearchStrategy[Possible] = st.frozensets(names, min_size=1, max_size=3).map(
            Options
        )
        return st.one_of(st.just(kind.everything()), some)
    if isinstance(kind, CountriesType):
        sets = st.frozensets(CODES, max_size=2)
        return st.builds(
            lambda a, b: Members(a, None if b is None else a | b), sets, st.none() | sets
        )
    whole = kind.everything()
    assert isinstance(whole, Range)
    ends = st.integers(whole.low, whole.high)
    return st.tuples(ends, ends).map(lambda pair: Range(min(pair), max(pair)))


@st.composite
def people(draw: st.DrawFn) -> dict[str, Possible]:
    paths = draw(st.sets(st.sampled_from(sorted(SMALL.concrete_paths()))))
    said: dict[str, Possible] = {}
    for path in sorted(paths):
        declared = SMALL.fact(path)
        assert declared is not None
        said[path] = draw(possibles(declared.type))
    truths = ["exercised law/1.2", "adopted law/E1", "reserved law/1"]
    for path in draw(st.sets(st.sampled_from(truths))):
        said[path] = draw(st.sampled_from(list(Truth)))
    if draw(st.booleans()):
        number = draw(st.integers(90, 180))
        said["parameter law/P_wait"] = Range(number, number)
    return said


def known(case: Case) -> dict[str, Possible]:
    said: Iterable[str] = [path for path in case.facts if " " in path]
    return {
        **{path: case.known(path, SMALL) for path in SMALL.concrete_paths()},
        **{path: case.facts[path] for path in said},
    }


@settings(max_examples=200)
@given(
    people(),
    st.none() | people(),
    st.booleans(),
    st.text("a \"'\\:#é{[\n", max_size=9),
    st.booleans(),
)
def test_a_written_case_says_what_the_case_says(
    person: dict[str, Possible],
    sponsor: dict[str, Possible] | None,
    ordinary: bool,
    note: str,
    shows_units: bool,
) -> None:
    day = date(2024, 2, days_in_month(2024, 2))
    beside = None if sponsor is None else Case(day, sponsor, ordinary)
    record = CaseRecord(Case(day, person, ordinary, beside, "a nurse"), "a nurse", note, True)
    known_law = LIBRARY.instruments if shows_units else None
    written = write_case(record, SMALL, instruments=known_law)
    again = read_case(written, "again.yaml", SMALL, today=TODAY, instruments=known_law)
    assert (record.title, record.note, record.invented) == (again.title, again.note, again.invented)
    assert known(record.case) == known(again.case)
    assert (day, ordinary) == (again.case.on, again.case.ordinary)
    if beside is None:
        assert again.case.sponsor is None
    else:
        assert again.case.sponsor is not None
        assert known(beside) == known(again.case.sponsor)


# ---- the documentation ----
def fences(page: str) -> list[str]:
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    return re.findall(r"^```yaml\n(.*?)^```", text, re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize("page", ["reference/records.md", "how-to/read_a_person.md"])
def test_every_record_of_the_documentation_is_read(page: str) -> None:
    assert fences(page)
    for text in fences(page):
        assert read_case(text, page, packaged_vocabulary(), today=TODAY).case.facts


def test_the_record_of_the_how_to_is_the_first_example() -> None:
    example = (ROOT / "docs" / "examples" / "siege.yaml").read_text(encoding="utf-8")
    assert [example] == fences("how-to/read_a_person.md")


def test_the_reference_has_a_row_for_every_key() -> None:
    page = (ROOT / "docs" / "reference" / "records.md").read_text(encoding="utf-8")
    rows = " ".join(line for line in page.splitlines() if line.startswith("| `"))
    assert [] == [key for key in (*ABOUT, *PERSON) if f"`{key}`" not in rows]
