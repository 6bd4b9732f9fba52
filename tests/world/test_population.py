"""The population of 2024: published totals, the bridge, and what stays unknown."""

from __future__ import annotations

import random
from collections import defaultdict

import pytest

from comity.agreement.values import Truth
from comity.world.apportionment import apportioned, split_by_sex
from comity.world.bridge import bridge
from comity.world.population import UNHCR_COLUMNS, Category, Cell, persons_in, population
from comity.world.snapshot import packaged_snapshot


def corridor_of(origin: str | None, host: str) -> list[Cell]:
    return [cell for cell in population() if (cell.origin, cell.host) == (origin, host)]


def test_the_stock_is_304_million_by_sex() -> None:
    stock = [cell for cell in population() if cell.in_stock is Truth.TRUE]
    assert 304_021_813 == sum(cell.persons for cell in stock)
    assert 146_012_018 == sum(cell.persons for cell in stock if cell.sex == "female")
    assert 158_009_795 == sum(cell.persons for cell in stock if cell.sex == "male")


@pytest.mark.parametrize(
    ("kind", "persons"),
    [
        (Category.REFUGEE, 30_958_200),
        (Category.ASYLUM_SEEKER, 8_352_712),
        (Category.IN_NEED, 5_875_359),
        (Category.STATELESS, 4_360_087),
        (Category.REFUSED, 1_784_345),
    ],
)
def test_a_published_total_is_reproduced(kind: Category, persons: int) -> None:
    assert persons == sum(c.persons for c in population() if c.category.within is kind)


def test_each_corridor_of_the_stock_is_reproduced_by_sex() -> None:
    found: dict[tuple[str, str, str], int] = defaultdict(int)
    for cell in population():
        if cell.in_stock is Truth.TRUE and cell.sex is not None:
            found[cell.origin or "OOO", cell.host, cell.sex] += cell.persons
    expected: dict[tuple[str, str, str], int] = {}
    for row in packaged_snapshot().rows("stock"):
        for sex in ("female", "male"):
            if int(row[sex]):
                expected[row["origin"], row["host"], sex] = int(row[sex])
    assert expected == found


def test_each_corridor_of_unhcr_is_reproduced() -> None:
    found: dict[tuple[str, str], int] = defaultdict(int)
    for cell in population():
        if cell.category.within is Category.REFUGEE and cell.origin is not None:
            found[cell.origin, cell.host] += cell.persons
    expected: dict[tuple[str, str], int] = defaultdict(int)
    for row in packaged_snapshot().rows("unhcr"):
        if int(row["refugees"]) and row["origin"] not in {"UNK", "XXA"}:
            origin = "CHN" if row["origin"] == "TIB" else row["origin"]
            expected[origin, row["host"]] += int(row["refugees"])
    assert expected == found


def test_people_beyond_the_stock_appear_only_when_the_stock_is_used_up() -> None:
    beyond = {
        (cell.origin, cell.host)
        for cell in population()
        if cell.in_stock is Truth.FALSE and cell.origin is not None
    }
    other = {(c.origin, c.host) for c in population() if c.category is Category.MIGRANT}
    assert beyond
    assert not beyond & other


def test_shares_by_sex_inside_the_stock_are_those_of_the_stock() -> None:
    cells = [c for c in corridor_of("SYR", "DEU") if c.in_stock is Truth.TRUE]
    women = sum(c.persons for c in cells if c.sex == "female") / sum(c.persons for c in cells)
    for kind in (Category.REFUGEE, Category.ASYLUM_SEEKER, Category.MIGRANT):
        own = [c for c in cells if c.category is kind]
        share = sum(c.persons for c in own if c.sex == "female") / sum(c.persons for c in own)
        assert women == pytest.approx(share, abs=1e-4)


def test_nobody_of_unknown_origin_gets_one() -> None:
    stock = [c for c in population() if c.origin is None and c.in_stock is Truth.TRUE]
    assert 22_065_614 == sum(c.persons for c in stock)
    unhcr = [c for c in population() if c.origin is None and c.category.within is Category.REFUGEE]
    assert 191_689 + 36_296 == sum(c.persons for c in unhcr)


def test_the_refused_and_the_stateless_are_possible_only() -> None:
    for cell in population():
        if cell.category is Category.REFUSED:
            assert (Truth.UNKNOWN, Truth.UNKNOWN) == (cell.presence, cell.overlap)
        else:
            assert cell.presence is Truth.TRUE
        if cell.category in {Category.REFUSED, Category.STATELESS}:
            assert not cell.is_certain
            assert cell.in_stock is Truth.UNKNOWN


def test_refusals_counted_as_cases_or_at_another_level_make_no_people() -> None:
    rows = list(packaged_snapshot().rows("decisions"))
    assert {"P", "C"} == {row["unit"] for row in rows}
    kept = sum(int(r["rejected"]) for r in rows if r["unit"] == "P" and r["level"] == "FI")
    assert kept == persons_in(population(), Category.REFUSED)
    assert kept < sum(int(r["rejected"]) for r in rows)


def test_cells_are_distinct_sorted_and_of_at_least_one_person() -> None:
    cells = population()
    keys = [(c.host, c.origin or "", c.category.value, c.sex or "", c.stateless) for c in cells]
    assert sorted(set(keys)) == keys
    assert min(cell.persons for cell in cells) >= 1
    assert not [cell for cell in cells if cell.origin == cell.host and cell.in_stock is Truth.TRUE]
    assert not [cell for cell in cells if cell.overlap is Truth.TRUE or not cell.sources]


def test_the_parts_of_the_bridge_add_up() -> None:
    total, parts, checked = 0, 0, 0
    for row in [*bridge(), None]:
        if row is None or row.level == 0:
            if parts:
                assert total == parts
                checked += 1
            total, parts = (0 if row is None else row.persons), 0
        else:
            parts += row.persons
    assert 4 == checked


def test_the_bridge_prints_the_published_totals() -> None:
    persons = {row.label: row.persons for row in bridge()}
    assert 304_021_813 == persons["migrants, mid-2024 (stock)"]
    assert 30_958_200 == persons["refugees, end of 2024"]
    assert 31_637_408 == persons["for comparison: refugees, end of 2023"]
    assert persons["all cells: certain persons"] < persons["all cells: possible persons"]
    assert 68_131_711 == persons["not in the cells: displaced inside their own country"]
    assert 3 == len(UNHCR_COLUMNS)


def test_apportioned_shares_are_whole_fair_and_within_their_weights() -> None:
    rng = random.Random(20241231)
    for _ in range(2000):
        weights = tuple(rng.randrange(0, 50) for _ in range(3))
        total = rng.randrange(0, sum(weights) + 1)
        shares = apportioned(total, weights)
        assert total == sum(shares)
        for share, weight in zip(shares, weights, strict=True):
            assert 0 <= share <= weight
            assert abs(share * sum(weights) - total * weight) <= sum(weights)
    with pytest.raises(ValueError, match="sum to 0"):
        apportioned(1, (0, 0))


def test_a_split_by_sex_loses_nobody_and_makes_nobody_up() -> None:
    rng = random.Random(20240701)
    for _ in range(2000):
        counts = tuple(rng.randrange(0, 40) for _ in range(4))
        female = rng.randrange(0, sum(counts) + 1)
        pairs = split_by_sex(counts, female, sum(counts) - female)
        assert counts == tuple(women + men for women, men in pairs)
        assert female == sum(women for women, _ in pairs)
        assert all(women >= 0 and men >= 0 for women, men in pairs)
