"""The makers of random law sets: rules as boxes, the property that is asked, the planted fault.

A law holds by construction: the docstring of its maker says why, and what the fault is. A fault that
another rule masks is never planted; it is looked for where nothing else decides. Sizes count norms;
exceptions come on top. `benchmarks.law_sets` writes the rules down in the typed form.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from random import Random

from benchmarks.boxes import (
    EVERYONE,
    FIELDS,
    GROUNDS,
    ORDINARY,
    Box,
    Point,
    beside,
    cut,
    lines,
    narrowed,
    partition,
)
from comity.agreement.cases import Case
from comity.agreement.conditions import AllOf, Condition, FactRef
from comity.agreement.instruments import Statement
from comity.agreement.nodes import Bounding, Kind, Over, Prevalence, Side
from comity.agreement.statements import (
    AgainstInstrument,
    EqualFooting,
    NoConflict,
    NoGap,
    Property,
    Reachable,
)
from comity.agreement.values import exactly

TODAY = date(2026, 1, 1)
YEAR = 12
"""Months. Every threshold of residence in a `reach10` law set is a whole number of years."""

WRITINGS = "plain", "strict", "denied", "halved"
"""Ways to write one box that mean the same: see `benchmarks.law_sets.written`."""


# ---- rules and people ----
@dataclass(frozen=True)
class Rule:
    """A norm before it is written: whoever lies in the box, but for the excluded part of it.

    ground: only people who flee for this reason; "": everyone.
    inline: the excluded part is written as a line of the rule, not as an exception to it.
    """

    right: str
    level: int
    box: Box
    excluded: Box | None = None
    kind: Kind = Kind.GUARANTEE
    ground: str = ""
    writing: str = "plain"
    inline: bool = False

    def applies(self, point: Point) -> bool:
        """Whether it fires for a point, the ground left out."""
        return self.box.has(point) and not (self.excluded and self.excluded.has(point))


def guaranteed(rules: Sequence[Rule], right: str, point: Point, ground: str = "") -> int:
    """The highest level that some of the rules guarantee, worked out from the boxes."""
    return max(
        (
            rule.level
            for rule in rules
            if rule.right == right
            and rule.kind is Kind.GUARANTEE
            and rule.ground in ("", ground)
            and rule.applies(point)
        ),
        default=0,
    )


def person(point: Point, ground: str = "war") -> Case:
    """A person of whom everything is known, before some State."""
    facts = {
        name: exactly(bool(value) if FIELDS[name].is_yes_no else value)
        for name, value in point.items()
    }
    return Case(TODAY, {"host": exactly("SWE"), "ground": exactly(ground), **facts}, ordinary=True)


@dataclass(frozen=True)
class Draft:
    """What a maker makes: rules by instrument, the property, and the people who show the fault.

    The last instrument states the proof.
    """

    rules: Mapping[str, Sequence[Rule]]
    property: Property
    witness: tuple[Case, ...] = ()
    guard: Condition | None = None
    extra: tuple[Statement, ...] = ()


class EveryFaultIsMasked(Exception):
    """No fault was found that shows: draw another seed."""


# ---- the makers ----
def no_gap(rng: Random, count: int, broken: bool) -> Draft:
    """A partition of everyone, one guarantee of stay a part; exclusions are re-covered by a rule.

    Fault: one of the rules that re-cover covers less than what was excluded. As parts do not
    overlap, nothing masks it. Everyone is shielded from removal, so that a stay is due to all.
    """
    again = max(1, count // 4)
    rules = [Rule("shield", 3, EVERYONE)]
    covering = []
    for number, part in enumerate(partition(rng, EVERYONE, count - again - 1)):
        excluded = narrowed(rng, part, 2) if number < again else None
        rules.append(Rule("stay", rng.randint(1, 4), part, excluded))
        if excluded:
            covering.append(len(rules))
            rules.append(Rule("stay", rng.randint(1, 4), excluded))
    witness: tuple[Case, ...] = ()
    if broken:
        place = rng.choice(covering)
        less = narrowed(rng, rules[place].box, 1)
        missed = beside(rng, rules[place].box, less)
        assert missed is not None
        witness = (person(missed),)
        rules[place] = replace(rules[place], box=less)
    return Draft({"law": rules}, NoGap(("stay",)), witness)


def no_conflict(rng: Random, count: int, broken: bool) -> Draft:
    """Grants and expulsions, on the two sides of a line that parts each part of the space.

    A third of the expulsions cross the line by their own words, and an exception keeps them back.
    Fault: one expulsion is no longer kept from the grants' side.
    """
    parts = [(part, cut(rng, part)) for part in partition(rng, EVERYONE, max(2, count // 10))]
    rules = []
    for number in range(count):
        part, (granting, expelling) = parts[number // 2 % len(parts)]
        if number % 2 == 0:
            box = narrowed(rng, granting, rng.randint(2, 3))
            rules.append(Rule("stay", rng.randint(2, 4), box))
            continue
        line = _line(part, granting)
        box = narrowed(rng, expelling, rng.randint(2, 3))
        excluded = None
        if number % 3 == 0:
            box = box.with_span(line, *part.span(line))
            excluded = Box({line: granting.span(line)})
        rules.append(Rule("stay", rng.randint(0, 1), box, excluded, Kind.LIMIT))
    witness: tuple[Case, ...] = ()
    if broken:
        place, both, wider = _crossing(rng, rules, parts)
        witness = (person(both.point(rng, ORDINARY)),)
        rules[place] = replace(rules[place], box=wider, excluded=None)
    return Draft({"law": rules}, NoConflict(), witness)


def _line(part: Box, side: Box) -> str:
    """The field along which a part was cut."""
    return next(name for name in FIELDS if part.span(name) != side.span(name))


def _crossing(
    rng: Random, rules: Sequence[Rule], parts: Sequence[tuple[Box, tuple[Box, Box]]]
) -> tuple[int, Box, Box]:
    """An expulsion that meets a grant once nothing keeps it back: its place, where, its wider box."""
    expulsions = [n for n, rule in enumerate(rules) if rule.kind is Kind.LIMIT]
    for place in rng.sample(expulsions, len(expulsions)):
        part, (granting, _) = parts[place // 2 % len(parts)]
        line = _line(part, granting)
        wider = rules[place].box.with_span(line, *part.span(line))
        for rule in rules:
            both = wider.meet(rule.box) if rule.kind is Kind.GUARANTEE else None
            if both is not None:
                return place, both, wider
    raise EveryFaultIsMasked


def floor(rng: Random, count: int, broken: bool) -> Draft:
    """A regional instrument that meets a framework: each rule is split in two, many are raised.

    Half of the framework's exclusions are dropped by the region; a few of its rules are its own.
    Fault: one half lies a level below the framework's rule, where no other rule gives as much.
    """
    framework: list[Rule] = []
    regional: list[Rule] = []
    for _ in range(count // 3):
        right, top = rng.choice((("stay", 4), ("shield", 3)))
        box = narrowed(rng, EVERYONE, rng.randint(4, 6))
        excluded = narrowed(rng, box, 2) if rng.random() < 0.25 else None
        rule = Rule(right, rng.randint(1, top), box, excluded)
        framework.append(rule)
        for half in cut(rng, box):
            level = min(top, rule.level + (rng.random() < 0.4))
            kept = half.meet(excluded) if excluded and rng.random() < 0.5 else None
            regional.append(Rule(right, level, half, kept))
    while len(framework) + len(regional) < count:
        regional.append(Rule("stay", rng.randint(1, 4), narrowed(rng, EVERYONE, 5)))
    witness: tuple[Case, ...] = ()
    if broken:
        place, level, missed = _lowered(rng, framework, regional)
        witness = (person(missed),)
        regional[place] = replace(regional[place], level=level)
    asked = AgainstInstrument("conforms to", "framework")
    return Draft({"framework": framework, "regional": regional}, asked, witness)


def _lowered(
    rng: Random, framework: Sequence[Rule], regional: Sequence[Rule]
) -> tuple[int, int, Point]:
    """A half whose fall below its framework rule shows: its place, its new level, at which point."""
    for number in rng.sample(range(len(framework)), len(framework)):
        rule = framework[number]
        place = 2 * number + rng.randint(0, 1)
        others = [r for n, r in enumerate(regional) if n != place]
        for _ in range(50 if rule.level > 1 else 0):
            point = regional[place].box.point(rng, EVERYONE.point(rng))
            if rule.applies(point) and guaranteed(others, rule.right, point) < rule.level:
                return place, rule.level - 1, point
    raise EveryFaultIsMasked


def equal_footing(rng: Random, count: int, broken: bool) -> Draft:
    """Three grounds, whose rules mean the same and are written differently.

    Fault: for one ground, one rule covers less, where no other rule of that ground gives as much.
    """
    rules: list[Rule] = []
    for _ in range(count // 3):
        right, top = rng.choice((("stay", 4), ("shield", 3)))
        box = narrowed(rng, EVERYONE, rng.randint(4, 6))
        excluded = narrowed(rng, box, 2) if rng.random() < 0.25 else None
        rule = Rule(right, rng.randint(1, top), box, excluded)
        writings = rng.sample(WRITINGS, 3)
        for ground, writing in zip(GROUNDS.options, writings, strict=True):
            inline = rng.random() < 0.5
            rules.append(replace(rule, ground=ground, writing=writing, inline=inline))
    while len(rules) < count:
        rules.append(Rule("stay", rng.randint(1, 4), narrowed(rng, EVERYONE, 5)))
    witness: tuple[Case, ...] = ()
    if broken:
        place, less, point = _withheld(rng, rules)
        ground = rules[place].ground
        other = rng.choice([each for each in GROUNDS.options if each != ground])
        witness = (person(point, ground), person(point, other))
        rules[place] = replace(rules[place], box=less)
    return Draft({"law": rules}, EqualFooting(("stay", "shield"), (FactRef("ground"),)), witness)


def _withheld(rng: Random, rules: Sequence[Rule]) -> tuple[int, Box, Point]:
    """A rule of one ground that shows when it covers less: its place, the lesser box, a point."""
    candidates = [number for number, rule in enumerate(rules) if rule.ground]
    for place in rng.sample(candidates, len(candidates)):
        rule = rules[place]
        others = [r for n, r in enumerate(rules) if n != place]
        for _ in range(10):
            less = narrowed(rng, rule.box, 1)
            point = beside(rng, rule.box, less)
            if (
                point is not None
                and rule.applies(point)
                and guaranteed(others, rule.right, point, rule.ground) < rule.level
            ):
                return place, less, point
    raise EveryFaultIsMasked


COMPLIANT = Box(
    {
        "danger": (0, 3),
        "nearness": (0, 3),
        "language": (1, 6),
        "children": (0, 12),
        "school": (2, 20),
        "absence": (0, 15),
        "pay": (60, 500),
        "work": (6, 720),
        "detention": (0, 30),
        "waiting": (0, 1_800),
        "age": (6_574, 30_000),
        "claims": (1, 1),
        "convicted": (0, 0),
        "insured": (1, 1),
        "registered": (1, 1),
    }
)
"""Who does what a host asks; of them it is asked whether they climb. Says nothing of residence."""

_BUT_RESIDENCE = tuple(name for name in FIELDS if name != "residence")
_OF_COMPLIANCE = tuple(n for n in COMPLIANT.spans if not FIELDS[n].is_yes_no)


def reach10(rng: Random, count: int, broken: bool) -> Draft:
    """Ten years of residence: the compliant climb to the highest level, each part in its own year.

    The goal is given by a partition of the compliant; other rules lift some people half-way;
    expulsions hit only people who are not compliant, and prevail over guarantees. All rules ask for
    some years of residence at least, so that nothing that was reached is lost by staying.
    Fault: a part of the compliant never gets the goal, or is expelled before it does.
    """
    rules = [Rule("stay", 1, EVERYONE)]
    goals = count * 2 // 5
    for part in partition(rng, COMPLIANT, goals, _OF_COMPLIANCE):
        rules.append(Rule("stay", 4, _after(rng, part)))
    for _ in range(count // 5):
        breach = narrowed(rng, _breach(rng), 2, _BUT_RESIDENCE)
        rules.append(Rule("stay", 0, _after(rng, breach), kind=Kind.LIMIT))
    while len(rules) < count:
        lifted = narrowed(rng, EVERYONE, rng.randint(2, 4), _BUT_RESIDENCE)
        rules.append(Rule("stay", rng.randint(2, 3), _after(rng, lifted)))
    witness: tuple[Case, ...] = ()
    if broken:
        plant = _never_reached if rng.random() < 0.5 else _ended_first
        place, box, point = plant(rng, rules, range(1, goals + 1), goals + 1)
        witness = (person({**point, "residence": 0}),)
        rules[place] = replace(rules[place], box=box)
    expelled = Prevalence("10.1", (Over(Side("law", article="2"), (Side("law", article="1"),)),))
    life = Reachable(10 * YEAR, Bounding("stay", 4), Bounding("stay", 1), (FactRef("residence"),))
    return Draft({"law": rules}, life, witness, AllOf(lines(COMPLIANT)), (expelled,))


def _after(rng: Random, box: Box) -> Box:
    """The same people, after one to nine years."""
    return box.with_span("residence", YEAR * rng.randint(1, 9), FIELDS["residence"].high)


def _breach(rng: Random) -> Box:
    """People who are outside the compliant in one respect."""
    name = rng.choice(tuple(COMPLIANT.spans))
    low, high = COMPLIANT.span(name)
    beyond = [(0, low - 1)] if low > 0 else []
    if high < FIELDS[name].high:
        beyond.append((high + 1, FIELDS[name].high))
    return EVERYONE.with_span(name, *rng.choice(beyond))


def _never_reached(
    rng: Random, rules: Sequence[Rule], goals: Sequence[int], _first_expulsion: int
) -> tuple[int, Box, Point]:
    """A part whose rule covers less: its place, the lesser box, a person who is left out."""
    place = rng.choice(goals)
    less = narrowed(rng, rules[place].box, 1, _OF_COMPLIANCE)
    point = beside(rng, rules[place].box, less)
    assert point is not None
    return place, less, point


def _ended_first(
    rng: Random, rules: Sequence[Rule], goals: Sequence[int], first_expulsion: int
) -> tuple[int, Box, Point]:
    """An expulsion after one year, of people who would reach the goal only later."""
    later = [n for n in goals if rules[n].box.span("residence")[0] > YEAR]
    if not later:
        raise EveryFaultIsMasked
    box = narrowed(rng, rules[rng.choice(later)].box, 2, _OF_COMPLIANCE)
    box = box.with_span("residence", YEAR, FIELDS["residence"].high)
    return first_expulsion, box, box.point(rng, ORDINARY)


MAKERS: Mapping[str, Callable[[Random, int, bool], Draft]] = {
    "no-gap": no_gap,
    "conflict": no_conflict,
    "floor": floor,
    "equal-footing": equal_footing,
    "reach10": reach10,
}
