"""The space in which the random law sets of `benchmarks.law_sets` lie, and boxes in it.

Twelve ordered facts of 5 to 35,000 values and six yes/no facts. A box is what the conditions of one
rule leave of the space: of each fact the values from a least to a most, both included.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from random import Random
from types import MappingProxyType
from typing import TypeAlias

from comity.agreement.conditions import (
    Comparison,
    Condition,
    Constant,
    FactHolds,
    FactRef,
    Not,
    Part,
    Relation,
    Sum,
)
from comity.agreement.vocabulary import (
    Counter,
    CountryType,
    Enumeration,
    EnumerationType,
    Fact,
    LevelType,
    NumberType,
    Place,
    Right,
    Scale,
    SpellKind,
    TruthType,
    Vocabulary,
)

STAY = Scale("stay_level", ("none", "tolerated", "temporary", "protected", "permanent"))
SHIELD = Scale("shield_level", ("none", "reviewed", "suspended", "not_there"))
GROUNDS = Enumeration("ground_of_flight", ("disaster", "persecution", "war"))

DANGER = Scale("danger_level", ("none", "hardship", "grave_harm", "danger_to_life", "mass_killing"))
NEARNESS = Scale("nearness_level", ("remote", "possible", "real_risk", "under_way", "imminent"))
LANGUAGE = Scale("language_level", ("none", "a1", "a2", "b1", "b2", "c1", "c2"))

FACTS = (
    Fact("danger", LevelType(DANGER), 0),
    Fact("nearness", LevelType(NEARNESS), 0),
    Fact("language", LevelType(LANGUAGE), 3),
    Fact("children", NumberType("persons", 15), 0),
    Fact("school", NumberType("years", 20), 10),
    Fact("absence", NumberType("months", 120), 0),
    Fact("pay", NumberType("percent", 500), 100),
    Fact("residence", NumberType("months", 600), 0),
    Fact("work", NumberType("months", 720), 24),
    Fact("detention", NumberType("days", 1_000), 0),
    Fact("waiting", NumberType("days", 3_650), 0),
    Fact("age", NumberType("days", 34_999), 12_000),
    Fact("claims", TruthType(), True),
    Fact("convicted", TruthType(), False),
    Fact("insured", TruthType(), True),
    Fact("registered", TruthType(), True),
    Fact("returnable", TruthType(), True),
    Fact("sponsored", TruthType(), False),
)
"""The fields, from 5 values (danger) to 35,000 (age). No rule speaks of any other fact but the ground."""

VOCABULARY = Vocabulary(
    places={place.name: place for place in (Place("origin", 2), Place("destination"))},
    scales={s.name: s for s in (STAY, SHIELD, DANGER, NEARNESS, LANGUAGE)},
    enumerations={GROUNDS.name: GROUNDS},
    facts={
        fact.path: fact
        for fact in (
            Fact("host", CountryType()),
            Fact("ground", EnumerationType(GROUNDS), "war"),
            Fact("destination.is_origin", TruthType(), True),
            Fact("origin2.exists", TruthType(), False),
            *FACTS,
        )
    },
    rights={
        r.name: r for r in (Right("stay", LevelType(STAY)), Right("shield", LevelType(SHIELD)))
    },
    spells={"residence": SpellKind("residence", ("lawful",))},
    counters={"residence": Counter("residence", "months", "in", "residence", ("lawful",))},
)

Point: TypeAlias = Mapping[str, int]
"""One value of each field; of yes/no facts, 1 for yes."""


@dataclass(frozen=True, slots=True)
class Field:
    """A fact as an axis: its highest value, and of what kind its constants are."""

    name: str
    high: int
    kind: str
    ordinary: int

    @staticmethod
    def of(fact: Fact) -> Field:
        """The axis of a number, a level or a yes/no fact."""
        assert isinstance(fact.ordinary, int)
        match fact.type:
            case NumberType(unit, high):
                return Field(fact.path, high, unit, fact.ordinary)
            case LevelType(scale):
                return Field(fact.path, len(scale.levels) - 1, scale.name, fact.ordinary)
            case _:
                return Field(fact.path, 1, "", int(fact.ordinary))

    @property
    def is_yes_no(self) -> bool:
        """Whether it has but two values, without an order."""
        return not self.kind


FIELDS: Mapping[str, Field] = MappingProxyType({fact.path: Field.of(fact) for fact in FACTS})
ORDINARY: Point = MappingProxyType({name: field.ordinary for name, field in FIELDS.items()})


@dataclass(frozen=True)
class Box:
    """The values that conditions leave, by field; a field that is not named is free."""

    spans: Mapping[str, tuple[int, int]]

    def span(self, name: str) -> tuple[int, int]:
        """Least and greatest value of a field."""
        return self.spans.get(name, (0, FIELDS[name].high))

    def with_span(self, name: str, low: int, high: int) -> Box:
        """The same box with other values of one field; a field that becomes free is dropped."""
        spans = {n: s for n, s in self.spans.items() if n != name}
        if (low, high) != (0, FIELDS[name].high):
            spans[name] = (low, high)
        return Box(spans)

    def meet(self, other: Box) -> Box | None:
        """What lies in both; None if nothing does."""
        met = self
        for name, (least, most) in other.spans.items():
            low, high = self.span(name)
            if max(low, least) > min(high, most):
                return None
            met = met.with_span(name, max(low, least), min(high, most))
        return met

    def has(self, point: Point) -> bool:
        """Whether a point lies in it."""
        return all(low <= point[name] <= high for name, (low, high) in self.spans.items())

    def point(self, rng: Random, elsewhere: Point | None = None) -> dict[str, int]:
        """A random point in it, half of its coordinates at an edge; free fields as `elsewhere`."""
        point = dict(elsewhere or {})
        for name in FIELDS if elsewhere is None else self.spans:
            low, high = self.span(name)
            point[name] = rng.choice((low, high, rng.randint(low, high), rng.randint(low, high)))
        return point


EVERYONE = Box({})


# ---- random parts of a box ----
def cut(rng: Random, box: Box, names: tuple[str, ...] = ()) -> tuple[Box, Box]:
    """A box in two along one of the fields named (of all, if none), somewhere near the middle."""
    name = rng.choice([n for n in names or FIELDS if box.span(n)[0] < box.span(n)[1]])
    low, high = box.span(name)
    width = high - low
    first = low + max(1, round(width * rng.uniform(0.3, 0.7)))  # first value of the upper part
    parts = box.with_span(name, low, first - 1), box.with_span(name, first, high)
    return parts if rng.random() < 0.5 else parts[::-1]


def partition(rng: Random, box: Box, count: int, names: tuple[str, ...] = ()) -> list[Box]:
    """A box in so many parts that cover it and do not overlap, in no order."""
    parts = deque((box,))
    while len(parts) < count:
        parts.extend(cut(rng, parts.popleft(), names))
    shuffled = list(parts)
    rng.shuffle(shuffled)
    return shuffled


def narrowed(rng: Random, box: Box, times: int, names: tuple[str, ...] = ()) -> Box:
    """What is left of a box after so many cuts."""
    for _ in range(times):
        box = cut(rng, box, names)[0]
    return box


def beside(rng: Random, box: Box, less: Box) -> dict[str, int] | None:
    """A point of the first box that is not in the second, its free fields ordinary.

    None if the two have the same values of every field.
    """
    point = box.point(rng, ORDINARY)
    for name in FIELDS:
        low, high = box.span(name)
        least, most = less.span(name)
        outside = [value for value in (least - 1, most + 1) if low <= value <= high]
        if outside:
            point[name] = rng.choice(outside)
            return point
    return None


# ---- a box in the language ----
def test(name: str, relation: Relation, value: int) -> Condition:
    """A field compared with a constant; a yes/no fact for what it is."""
    field, fact = FIELDS[name], FactRef(name)
    if field.is_yes_no:
        is_yes = (relation, value) in (("at least", 1), ("more than", 0))
        return FactHolds(fact) if is_yes else Not(FactHolds(fact))
    one = Fraction(1)
    constant = Constant(value, field.kind)
    return Comparison(Sum((Part(one, fact),)), relation, Sum((Part(one, constant),)))


def lines(box: Box, *, strict: bool = False) -> tuple[Condition, ...]:
    """The conditions of a box, one a bound; `strict`: with `more than` and `less than`."""
    found = []
    for name, (low, high) in box.spans.items():
        if low > 0:
            found.append(
                test(name, "more than", low - 1) if strict else test(name, "at least", low)
            )
        if high < FIELDS[name].high:
            found.append(
                test(name, "less than", high + 1) if strict else test(name, "at most", high)
            )
    return tuple(found)
