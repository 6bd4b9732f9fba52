"""Properties as a user types them, outside any document."""

from __future__ import annotations

from functools import cache

import pytest

from comity.agreement.conditions import (
    Comparison,
    Declared,
    DefinitionRef,
    InGroup,
    IsOneOf,
    NodeHolds,
    ParameterRef,
    TermHolds,
)
from comity.agreement.statements import Implies, NeverStuck, OperatesOnlyWith, Proof
from comity.language.documents import LARGEST, read_document
from comity.language.faults import ComityError, Fault, render
from comity.language.printer import property_text
from comity.language.properties import PLACE, read_property
from comity.language.resolve import read_library
from comity.language.resolved import Library
from tests.language import reading
from tests.language.test_printing import packaged

FIRST = """---
id: first
title: The first
force: binding
declarations: {narrow: [SWE]}
---

## Article 1. One

```comity
term refugee
  when claims
term only_here
  when excluded
parameter P_wait = 90 days
parameter P_long = 5 years
element E1 "one"
choose who:
  first family.state when claims
  otherwise host
rule 1.1: guarantee stay at least temporary
rule 1.2: guarantee work at least any
table tier of place by place.degree, place.immediacy
```

| degree   | remote | near |
|----------|--------|------|
| none     | P0     | P0   |
| hardship | P0     | P1   |
| danger   | P1     | P2   |
"""
SECOND = """---
id: second
title: The second
force: binding
declarations: {wide: [SWE]}
---

## Article 7. Seven

```comity
parameter P_wait = 3 months
parameter P_day = 1 day
element E1 "one"
element E2 "two" needs E1
choose who:
  first border_track when claims
  otherwise ordinary_track
rule 7.1: guarantee stay at least temporary
```
"""


@cache
def library() -> Library:
    """Two agreements and the neighbour."""
    texts = {"first.md": FIRST, "second.md": SECOND}
    documents = [read_document(text, file) for file, text in texts.items()]
    made = read_library([*documents, reading.neighbour()], reading.vocabulary())
    assert not made.faults, "\n".join(map(render, made.faults))
    return made


def read(text: str, *regime: str) -> Proof:
    return read_property(text, library(), regime or ("first", "second"))


def premise(text: str, *regime: str) -> object:
    """The condition of a property `CONDITION implies claims`."""
    made = read(f"{text} implies claims", *regime).property
    assert isinstance(made, Implies)
    return made.premise


def faults(text: str, *regime: str) -> tuple[Fault, ...]:
    with pytest.raises(ComityError) as refused:
        read(text, *regime)
    return refused.value.faults


# ---- what is read ----
@pytest.mark.parametrize(
    "text",
    [
        "no gap",
        "no gap on stay, work",
        "stay does not depend on role when age less than 18 years",
        "conforms to neighbour on stay",
        "labour never travels alone over readings",
        "never stuck",
        "table complete when claims over parameters, reservations",
        "possible stay at least protected",
        "first/refugee implies stay can be permanent over parameters, readings, reservations",
    ],
)
def test_a_property_is_read_under_the_label_of_its_own_text(text: str) -> None:
    made = read(text)

    assert (text, False) == (made.label, made.refuted)
    assert text == property_text(made, reading.vocabulary())
    assert (PLACE, 1, 1, len(text)) == (
        made.span.file,
        made.span.line,
        made.span.column,
        made.span.length,
    )


def test_the_text_may_have_spaces_around_it_and_several_lines() -> None:
    made = read("  never stuck\r\n  when claims\n")

    assert "never stuck when claims" == made.label
    assert NeverStuck() == made.property


def test_it_is_the_same_proof_as_in_a_document() -> None:
    for name, instrument in packaged()[1].instruments.items():
        for stated in instrument.statements:
            if isinstance(stated, Proof):
                text = property_text(stated, packaged()[0], instrument=name)
                again = read_property(text, packaged()[1], [name])
                assert (stated.property, stated.guard, stated.over) == (
                    again.property,
                    again.guard,
                    again.over,
                ), text


# ---- whose names they are ----
def test_of_a_name_that_several_declare_the_first_one_s_counts() -> None:
    waits = premise("procedure.days at least P_wait", "first", "second")

    assert isinstance(waits, Comparison)
    assert ParameterRef("first", "P_wait") == waits.right.parts[0].operand


def test_the_order_of_the_regime_decides() -> None:
    waits = premise("residence.lawful at least P_wait", "second", "first")

    assert isinstance(waits, Comparison)
    assert ParameterRef("second", "P_wait") == waits.right.parts[0].operand
    assert ["E203"] == [f.code for f in faults("never procedure.days at least P_wait", "second")]


def test_a_name_of_a_later_instrument_is_found_too() -> None:
    waits = premise("procedure.days at least P_day", "first", "second")

    assert isinstance(waits, Comparison)
    assert ParameterRef("second", "P_day") == waits.right.parts[0].operand
    assert NodeHolds("second/7.1") == premise("7.1 holds")
    assert TermHolds("first", "only_here") == premise("only_here", "second", "first")
    assert Declared("second", "wide") == premise("reservation wide")


def test_a_choice_has_the_type_that_its_own_instrument_gives_it() -> None:
    country = premise("who is host", "first", "second")
    track = premise("who is border_track", "second", "first")

    assert IsOneOf(DefinitionRef("first", "who"), ("host",)) == country
    assert IsOneOf(DefinitionRef("second", "who"), ("border_track",)) == track
    assert ["E207"] == [f.code for f in faults("never who is border_track", "first", "second")]


def test_a_table_of_places_is_asked_of_a_place() -> None:
    found = premise("destination.tier is P2")

    assert isinstance(found, IsOneOf)
    assert DefinitionRef("first", "tier", "destination") == found.subject


def test_qualified_names_are_of_any_instrument_of_the_library() -> None:
    assert TermHolds("neighbour", "refugee") == premise("neighbour/refugee", "second")
    assert NodeHolds("neighbour/3.1") == premise("neighbour/3.1 holds", "second")
    assert ["E201"] == [fault.code for fault in faults("never refugee", "second")]


def test_elements_are_all_of_one_instrument() -> None:
    both = read("E2 operates only with E1", "first", "second").property

    assert OperatesOnlyWith("E2", ("E1",), "second") == both
    assert ["E201"] == [f.code for f in faults("E1 operates only with E2", "first", "second")]


def test_own_parties_are_those_of_the_first() -> None:
    found = premise("host in parties", "second", "first")

    assert isinstance(found, InGroup)
    assert ("parties", "second") == (found.group, found.instrument)


def test_without_a_regime_only_the_vocabulary_speaks() -> None:
    assert (
        read_property("no gap on stay", library(), ()).property == read("no gap on stay").property
    )
    with pytest.raises(ComityError, match="not a fact"):
        read_property("never refugee", library(), ())


# ---- what is refused ----
@pytest.mark.parametrize(
    ("text", "code", "column", "says"),
    [
        ("", "E100", 1, "the property ends too early"),
        ("no gab", "E100", 4, "did you mean `gap`?"),
        ("no gap on", "E100", 10, "the property ends too early"),
        ("no gap on stey", "E201", 11, "did you mean `stay`?"),
        ("no gap over reading", "E100", 13, "did you mean `readings`?"),
        ("no gap over readings, readings", "E211", 23, "stands twice"),
        ("no gap over readings when claims", "E100", 22, "got `when`"),
        ("prove x: no gap", "E100", 7, "got `x`"),
        ("conforms to neighbor", "E304", 13, "did you mean `neighbour`?"),
        ("claims and excluded or claims implies claims", "E114", 21, "any of"),
        ("never refuge", "E201", 7, "did you mean `refugee`?"),
        ("never neighbour/refuge", "E201", 17, "did you mean `refugee`?"),
        ("never 9.9 holds", "E301", 7, "there is no rule `9.9` in the regime"),
        ("never neighbour/9.9 holds", "E301", 17, "there is no rule `9.9` in `neighbour`"),
        ("stay does not depend on work", "E207", 25, "not a fact"),
        ("never reservation wid", "E201", 19, "did you mean `wide`?"),
        ("never stuck between stay at least permanent and stay at least temporary "
         "by residence.lawful", "E228", 21, "has the goal already"),
        ("never " + "not " * 50 + "claims", "E112", 1, "nest here"),
        ("a\u202eb", "E103", 2, "U+202E"),
        ("no \x00gap", "E102", 4, "control character"),
        ("rule 1.1: guarantee stay at least temporary", "E100", 6, "got `1.1`"),
    ],
)  # fmt: skip
def test_a_fault_has_its_code_and_place_in_the_text(
    text: str, code: str, column: int, says: str
) -> None:
    (fault,) = faults(text)

    assert (code, PLACE, 1, column) == (
        fault.code,
        fault.span.file,
        fault.span.line,
        fault.span.column,
    )
    assert says in render(fault)
    assert text == fault.excerpt
    assert f"--> {PLACE}:1:{column}\n" in f"{render(fault)}\n"


def test_a_fault_on_a_later_line_is_told_there() -> None:
    (fault,) = faults("no gap\nwhen clams")

    assert ("E201", 2, 6, "when clams") == (
        fault.code,
        fault.span.line,
        fault.span.column,
        fault.excerpt,
    )


def test_one_instrument_is_named_in_a_fault_by_its_id() -> None:
    assert "there is no rule `9.9` in `first`" == faults("never 9.9 holds", "first")[0].message


def test_an_instrument_that_is_not_there_is_a_fault() -> None:
    assert ["E304"] == [fault.code for fault in faults("no gap", "frist")]


def test_a_text_that_is_too_large_is_refused() -> None:
    assert ["E101"] == [fault.code for fault in faults("x" * (LARGEST + 1))]


def test_a_name_whose_own_statement_is_broken_is_told_by_that_statement() -> None:
    broken = read_library(
        [read_document(FIRST.replace("when excluded", "wen excluded"), "first.md")],
        reading.vocabulary(),
    )

    with pytest.raises(ComityError) as refused:
        read_property("never only_here", broken, ["first"])

    assert broken.faults == list(refused.value.faults)
    assert "first.md" == refused.value.faults[0].span.file
