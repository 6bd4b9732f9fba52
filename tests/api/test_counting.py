"""Counting by distinct records: what is shared between cells is what they share in law."""

from __future__ import annotations

import random
from collections import defaultdict
from datetime import date
from functools import cache

import pytest

from comity.agreement.values import Truth
from comity.api.counting import Count, Hanging, Standing, Tally, count, hanging
from comity.api.records import Records
from comity.api.regimes import read_regime
from comity.explain.evaluate import Evaluation
from comity.world.assumptions import NOTHING, ORDINARY, AssumptionSet
from comity.world.conflict import DangerReading
from comity.world.population import Category, Cell, population

ON = date(2026, 11, 24)
REGIMES = ("encoded", "imfc")
PROPERTIES = (
    "protected",
    "protected_without_status",
    "lasting",
    "nothing_guaranteed",
    "host_bound",
)


@cache
def tally(regime: str, reading: DangerReading = DangerReading.PERSON) -> Tally:
    """A tally that keeps what it has worked out."""
    read = read_regime(regime).regime
    return Tally(read, Records(read.vocabulary, ON, reading))


@cache
def sample(number: int, seed: int) -> tuple[Cell, ...]:
    """Cells at random, each category among them."""
    rng = random.Random(seed)
    found = list(rng.sample(population(), number))
    for category in Category:
        found.append(rng.choice([c for c in population() if c.category is category]))
    return tuple(found)


def directly(made: Tally, cell: Cell, assumptions: AssumptionSet) -> Standing:
    """A cell's own record, evaluated for itself by the reference evaluator."""
    facts = made.records.facts(cell, assumptions)
    evaluation = Evaluation(made.regime, made.records.case(facts, assumptions))
    truths = {name: evaluation.truth(c) for name, c in made.properties.items()}
    bounds = {name: evaluation.bounds(name) for name in made.regime.vocabulary.rights}
    surely = any(b.lower > 0 for b in bounds.values())
    perhaps = any(b.lower_possible > 0 for b in bounds.values())
    truths["nothing_guaranteed"] = (
        Truth.FALSE if surely else Truth.UNKNOWN if perhaps else Truth.TRUE
    )
    bound = [evaluation.bound(f"{i.id}/") for i in made.regime.instruments]
    truths["host_bound"] = max(bound, default=Truth.FALSE)
    return Standing(truths, bounds)


@cache
def alike(regime: str) -> tuple[tuple[Cell, Cell, AssumptionSet], ...]:
    """Pairs of cells of one signature but of different host or origin, at random."""
    made, rng = tally(regime), random.Random(7)
    found = []
    for assumptions in (NOTHING, ORDINARY):
        classes: dict[object, list[Cell]] = defaultdict(list)
        for cell in rng.sample(population(), 6000):
            facts = made.records.facts(cell, assumptions)
            classes[made.signature(facts, cell.host, assumptions)].append(cell)
        pairs = [
            (cells[0], other, assumptions)
            for cells in classes.values()
            for other in cells[1:]
            if (other.host, other.origin) != (cells[0].host, cells[0].origin)
        ]
        found += rng.sample(pairs, 50)
    return tuple(found)


@pytest.mark.parametrize("regime", REGIMES)
def test_cells_of_one_signature_have_one_standing(regime: str) -> None:
    made = tally(regime)
    for first, second, assumptions in alike(regime):
        one, other = directly(made, first, assumptions), directly(made, second, assumptions)
        assert one.properties == other.properties, (first, second)
        assert one.bounds == other.bounds, (first, second)


@pytest.mark.parametrize("regime", REGIMES)
def test_a_standing_from_the_tally_is_the_cells_own(regime: str) -> None:
    made = tally(regime)
    for cell in population()[:3000]:  # many cells first, so that what follows is shared
        made.standing(cell, ORDINARY)
    for cell in sample(40, 3):
        for assumptions in (NOTHING, ORDINARY):
            own = directly(made, cell, assumptions)
            assert own == made.standing(cell, assumptions), cell


@pytest.mark.parametrize("reading", list(DangerReading))
@pytest.mark.parametrize("regime", REGIMES)
def test_certain_is_at_most_assumed_is_at_most_possible_for_every_cell(
    regime: str, reading: DangerReading
) -> None:
    made = tally(regime, reading)
    cells = sample(150, 11)
    names = {id(cell): str(number) for number, cell in enumerate(cells)}
    for prop in PROPERTIES:
        for one in count(made, cells, lambda cell: names[id(cell)], prop).values():
            assert 0 <= one.certain <= one.assumed <= one.possible


@pytest.mark.parametrize("regime", REGIMES)
def test_a_count_is_the_sum_of_its_parts_whatever_the_key(regime: str) -> None:
    made, cells = tally(regime), sample(150, 11)
    for prop in PROPERTIES:
        by_host = count(made, cells, lambda cell: cell.host, prop)
        by_kind = count(made, cells, lambda cell: cell.category.value, prop)
        assert sum(by_host.values(), Count()) == sum(by_kind.values(), Count())


def test_whoever_may_have_left_or_stand_elsewhere_is_never_certain() -> None:
    cells = [cell for cell in sample(150, 11) if not cell.is_certain]
    assert cells
    for regime in REGIMES:
        for prop in PROPERTIES:
            for one in count(tally(regime), cells, lambda cell: cell.host, prop).values():
                assert (0, 0) == (one.certain, one.assumed)


def test_protected_without_status_is_part_of_protected_and_apart_from_lasting() -> None:
    for regime in REGIMES:
        for cell in sample(150, 11):
            found = tally(regime).standing(cell, ORDINARY).properties
            limbo = found["protected_without_status"]
            if limbo is Truth.TRUE:
                assert Truth.TRUE is found["protected"]
                assert Truth.FALSE is found["lasting"]


def test_what_no_instrument_binds_guarantees_nothing() -> None:
    for cell in sample(150, 11):
        found = tally("encoded").standing(cell, NOTHING).properties
        if found["host_bound"] is Truth.FALSE:
            assert Truth.TRUE is found["nothing_guaranteed"], cell


def test_the_draft_takes_no_guarantee_of_today_away() -> None:
    for cell in sample(150, 11):
        today = tally("encoded").standing(cell, ORDINARY).bounds
        draft = tally("imfc").standing(cell, ORDINARY).bounds
        lost = [name for name in today if draft[name].lower < today[name].lower]
        assert [] == lost, cell


@pytest.mark.parametrize("regime", REGIMES)
def test_dropping_an_assumption_never_makes_anything_certain(regime: str) -> None:
    made = tally(regime)
    for cell in sample(4, 5):
        full = directly(made, cell, ORDINARY)
        for dropped in (*ORDINARY.assumptions, None):
            weaker = directly(made, cell, ORDINARY.without(dropped))
            for name in PROPERTIES:
                if weaker.properties[name] is not Truth.UNKNOWN:
                    assert full.properties[name] is weaker.properties[name], (cell, name)
            for right, bounds in weaker.bounds.items():
                assert bounds.lower <= full.bounds[right].lower
                assert full.bounds[right].lower_possible <= bounds.lower_possible


def test_nobody_hangs_on_an_assumption_who_is_not_counted_under_the_set() -> None:
    made, cells = tally("encoded"), [c for c in population() if c.host in ("SWE", "USA", "IRN")]
    prop = "protected_without_status"
    whole = sum(count(made, cells, lambda cell: cell.host, prop).values(), Count())
    found = hanging(made, cells, prop)
    assert len(ORDINARY.assumptions) + 1 == len(found)
    assert whole.assumed > 0
    assert all(0 <= one.persons <= whole.assumed for one in found)
    assert sorted(found, key=lambda one: -one.persons) == list(found)
    assert any(one.persons for one in found)


def test_a_set_without_an_assumption_is_not_taken_for_the_set() -> None:
    made = tally("encoded")
    cell = next(c for c in population() if c.category is Category.REFUGEE and c.host == "DEU")
    names = {ORDINARY.without(dropped).name for dropped in (*ORDINARY.assumptions, None)}
    assert len(ORDINARY.assumptions) + 1 == len(names)
    first = made.records.facts(cell, ORDINARY)
    assert all(
        made.signature(first, cell.host, ORDINARY)
        != made.signature(first, cell.host, ORDINARY.without(dropped))
        for dropped in ORDINARY.assumptions
    )


def test_an_empty_count_is_nobody() -> None:
    assert {} == count(tally("encoded"), (), lambda cell: cell.host, "lasting")
    assert all(Hanging(h.sentence, 0) == h for h in hanging(tally("encoded"), (), "lasting"))
