"""Cases under reservations and under other values of parameters: typed, printed, put as facts."""

from __future__ import annotations

from datetime import date

import pytest

from comity.agreement.cases import case_of
from comity.agreement.instruments import Instrument
from comity.agreement.statements import CaseStatement, Given
from comity.agreement.values import Range, Truth
from comity.language.printer import statement_text
from tests.language import reading
from tests.language.test_printing import formatted
from tests.language.test_proofs import agreement

PARAMETERS = "parameter P_wait = 90 days, at most 180 days\nparameter P_years = 5 years"


def case(lines: str) -> tuple[Instrument, CaseStatement]:
    """The one case of an agreement, and the agreement."""
    text = agreement(f'{PARAMETERS}\ncase "a person" in SWE\n{lines}\n  expect no conflict')
    made = reading.instrument(text)
    (found,) = (s for s in made.statements if isinstance(s, CaseStatement))
    return made, found


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("reserved 1 yes", Given("reserved demo/1", Truth.TRUE)),
        ("reserved demo/1 no", Given("reserved demo/1", Truth.FALSE)),
        ("reserved neighbour/3 yes", Given("reserved neighbour/3", Truth.TRUE)),
        ("parameter P_wait 120 days", Given("parameter demo/P_wait", Range(120, 120), unit="days")),
        ("parameter P_years 60 months", Given("parameter demo/P_years", Range(60, 60), unit="months")),
        (
            "parameter neighbour/P_wait 60 days",
            Given("parameter neighbour/P_wait", Range(60, 60), unit="days"),
        ),
    ],
)  # fmt: skip
def test_what_is_given_is_kept_by_its_path(line: str, wanted: Given) -> None:
    assert (wanted,) == case(f"  given {line}")[1].given


def test_a_line_knows_where_it_stands() -> None:
    _made, found = case("  given claims yes\n  given reserved 1 yes")

    assert [13, 14] == [given.span.line for given in found.given]


def test_they_are_facts_of_the_case_and_of_its_sponsor() -> None:
    made, found = case(
        "  given reserved 1 yes\n  given parameter P_wait 120 days\n  sponsor claims yes"
    )
    put = case_of(found, made, reading.vocabulary(), on=date(2020, 1, 1))

    assert put.sponsor is not None
    for person in (put, put.sponsor):
        assert Truth.TRUE == person.facts["reserved demo/1"]
        assert Range(120, 120) == person.facts["parameter demo/P_wait"]


def test_an_amount_is_printed_in_its_unit_or_as_it_was_written() -> None:
    made, found = case("  given parameter P_years 5 years\n  given parameter P_wait 120 days")
    text = statement_text(found, reading.vocabulary(), instrument=made.id)
    whole = agreement(f'{PARAMETERS}\ncase "a" in SWE\n  given parameter P_years 5 years\n'
                      "  expect no conflict")  # fmt: skip

    assert "  given parameter P_years 60 months\n  given parameter P_wait 120 days" in text
    assert whole == formatted(whole)
