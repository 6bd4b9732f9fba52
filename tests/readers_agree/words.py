"""The words of the random agreements that several readers are held to, and who may exist in them.

The generator's small vocabulary, with what it lacks: dates, a sponsor's position, a right that
counts upwards, the States that there are, and axioms, so that a drawn person is one who may exist.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import cache
from random import Random

from comity.agreement.conditions import (
    AnyOf,
    Comparison,
    Condition,
    Constant,
    FactHolds,
    FactRef,
    IsEmpty,
    IsOneOf,
    Not,
    Operand,
    Part,
    Relation,
    Sum,
)
from comity.agreement.values import Possible, Range, Truth, exactly
from comity.agreement.vocabulary import (
    NOBODY,
    Axiom,
    CountriesType,
    CountryType,
    DateType,
    EnumerationType,
    Fact,
    LevelType,
    NumberType,
    Right,
    State,
    TruthType,
)
from tests.readers_agree.generator import CHANGE, EARLIER, STAY, TODAY, VOCABULARY

BEFORE = date(2018, 6, 1)
"""A day of the law before the change, on which some cases are asked."""
JOINED = date(2014, 1, 1)
"""The day on which a late member joined an instrument."""
NAMES = ("DEU", "SWE", "USA", "SYR", "IRQ", "NOR")
"""States; the last is named by no text and is in no group."""
SPONSOR = "sponsor.stay"


def compare(left: Operand, relation: Relation, right: Operand) -> Comparison:
    """Two operands compared."""
    one = Fraction(1)
    return Comparison(Sum((Part(one, left),)), relation, Sum((Part(one, right),)))


def _axioms() -> tuple[Axiom, ...]:
    def holds(path: str) -> Condition:
        return FactHolds(FactRef(path))

    is_settled = compare(FactRef("residence"), "at least", Constant(2, "months"))
    said = (
        Not(IsOneOf(FactRef("host"), (NOBODY,))),
        AnyOf((Not(holds("destination.is_origin")), Not(holds("onward.exists")))),
        AnyOf((Not(holds("origin2.exists")), Not(IsEmpty(FactRef("nationality"))))),
        AnyOf((Not(holds("child")), IsOneOf(FactRef("kind"), ("none",)))),
        compare(FactRef("absence"), "at most", FactRef("residence")),
        AnyOf((compare(FactRef("status"), "less than", Constant(3, "stay_level")), is_settled)),
    )
    return tuple(Axiom(condition) for condition in said)


WORDS = replace(
    VOCABULARY,
    facts={
        **VOCABULARY.facts,
        "arrived": Fact("arrived", DateType()),
        SPONSOR: Fact(SPONSOR, LevelType(STAY), 0, position_of="stay"),
    },
    rights={**VOCABULARY.rights, "permit": Right("permit", NumberType("months", 4))},
    states={name: State(name, name) for name in NAMES},
    axioms=_axioms(),
)
RIGHTS = tuple(WORDS.rights)
HOSTS = ("DEU", "DEU", "SWE", "SWE", "SWE", "USA")
ARRIVALS = (JOINED, EARLIER, CHANGE, TODAY)


@cache
def values(path: str) -> tuple[Possible, ...]:
    """The known values from which a person's fact is drawn; some twice, to be drawn more often."""
    declared = WORDS.fact(path)
    if declared is None:  # `exercised NODE` and the like
        return (Truth.FALSE, Truth.TRUE)
    match declared.type:
        case TruthType():
            is_place = path.endswith(".exists")
            return (Truth.FALSE, Truth.TRUE, *((Truth.TRUE,) if is_place else ()))
        case LevelType(scale):
            return tuple(Range(rank, rank) for rank in range(len(scale.levels)))
        case NumberType(_, high):
            return tuple(Range(n, n) for n in range(high + 1))
        case DateType():
            return tuple(exactly(day.toordinal()) for day in ARRIVALS)
        case EnumerationType(enumeration):
            return tuple(exactly(option) for option in enumeration.options)
        case CountryType():
            return tuple(exactly(name) for name in (HOSTS if path == "host" else (*NAMES, NOBODY)))
        case CountriesType():
            pairs = (("SYR", "SWE"), ("SYR", "DEU"), ("IRQ", "SYR"), ("DEU", "SWE"), ("NOR", "USA"))
            return tuple(exactly(names) for names in ((), *((n,) for n in NAMES), *pairs))


def drawn_value(rng: Random, path: str) -> Possible:
    """A random known value of a fact."""
    several = values(path)
    return several[int(rng.random() * len(several))]  # three times as fast as `choice`
