"""What is said of how an instrument is governed: on its days, and on no other is anything assumed."""

from __future__ import annotations

from datetime import date

import pytest

from comity.agreement.governance import Governed, governed_on
from comity.agreement.instruments import Force, Instrument
from comity.agreement.nodes import NoRule, Validity
from comity.agreement.vocabulary import (
    Enumeration,
    EnumerationType,
    LevelType,
    NumberType,
    Quality,
    QualityType,
    Scale,
    TruthType,
)

REFORM, END = date(1994, 2, 1), date(2009, 12, 1)
SAID = (
    Governed("published", (2,), "1 UNTS 1"),
    Governed("notice", (6,), "Article 44", validity=Validity(None, REFORM)),
    Governed("notice", (24,), "Article 44 as amended", validity=Validity(REFORM, END)),
    Governed("monitor", ("experts", "parliament"), "Article 38", validity=Validity(END)),
)
INSTRUMENT = Instrument(
    "a", "A", Force.BINDING, statements=(*SAID, NoRule(("1",), "institutional"))
)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(1951, 1, 1), {"published": (2,), "notice": (6,)}),
        (date(1994, 1, 31), {"published": (2,), "notice": (6,)}),
        (REFORM, {"published": (2,), "notice": (24,)}),
        (date(2009, 11, 30), {"published": (2,), "notice": (24,)}),
        (END, {"published": (2,), "monitor": ("experts", "parliament")}),
    ],
)
def test_each_quality_has_the_value_of_the_day(
    day: date, expected: dict[str, tuple[object, ...]]
) -> None:
    said = INSTRUMENT.governance_on(day)

    assert expected == {name: one.values for name, one in said.items()}
    assert all(name == one.name for name, one in said.items())


def test_what_nobody_has_stated_is_not_there_and_has_no_default() -> None:
    assert {} == governed_on((), REFORM)
    assert {} == Instrument("b", "B", Force.INFORMAL).governance_on(REFORM)
    assert "debated" not in INSTRUMENT.governance_on(REFORM)


@pytest.mark.parametrize(
    ("kind", "value", "words"),
    [
        (LevelType(Scale("publicity", ("secret", "in_part", "full"))), 0, "secret"),
        (LevelType(Scale("publicity", ("secret", "in_part", "full"))), 2, "full"),
        (NumberType("months", 600), 24, "24 months"),
        (EnumerationType(Enumeration("leaving", ("free", "on_notice"))), "on_notice", "on_notice"),
        (TruthType(), True, "yes"),
        (TruthType(), False, "no"),
    ],
)
def test_a_value_is_said_in_the_words_of_its_type(
    kind: QualityType, value: bool | int | str, words: str
) -> None:
    assert words == Quality("x", kind).name_of(value)
