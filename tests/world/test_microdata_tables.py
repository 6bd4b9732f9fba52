"""The distributions that are drawn from: shares kept, ages as published, stays within their bound."""

from __future__ import annotations

import random

import numpy as np
import pytest

from comity.world.attributes import UNHCR_GROUPS, AgeGroup, ages_and_sexes
from comity.world.microdata import blocks
from comity.world.microdata import shares as stated
from comity.world.microdata.columns import SEX, STAY, country_codes
from comity.world.microdata.hosts import residents_of, tables_of
from comity.world.microdata.tables import (
    KEPT_A_YEAR,
    MONTHS,
    QUANTILES,
    SHARES,
    ages,
    quantiles,
    shares,
    stays,
    up_to,
)
from comity.world.population import Category
from comity.world.snapshot import packaged_snapshot
from comity.world.tables_people import FIVE_YEAR_GROUPS, ROUNDS

RESIDENTS = tuple(range(len(FIVE_YEAR_GROUPS), 0, -1))


def share_of(places: np.ndarray, group: AgeGroup) -> float:
    high = MONTHS if group.high is None else 12 * (group.high + 1)
    return float(np.mean((places >= 12 * group.low) & (places < high)))


def test_quantiles_have_the_shares_of_their_weights() -> None:
    found = quantiles(np.array([1.0, 0.0, 3.0]))
    assert QUANTILES == len(found)
    assert {0: 0.25, 2: 0.75} == {
        int(value): float(np.mean(found == value)) for value in np.unique(found)
    }


def test_shares_give_everybody_a_place_and_no_more_than_there_are() -> None:
    rng = random.Random(7)
    for _ in range(300):
        cuts = sorted(rng.uniform(0, 100) for _ in range(4))
        parts = [high - low for low, high in zip([0, *cuts], [*cuts, 100], strict=True)]
        found = shares(dict(enumerate(parts)))
        assert SHARES == len(found)
        for code, part in enumerate(parts):
            assert np.count_nonzero(found == code) >= 1
            assert abs(100 * float(np.mean(found == code)) - part) < 2.5


def test_ages_have_the_published_shares_and_the_hosts_structure_within() -> None:
    published = dict(zip(UNHCR_GROUPS, (10, 0, 20, 50, 20), strict=True))
    found = ages(RESIDENTS, published)
    for group, persons in published.items():
        assert persons / 100 == pytest.approx(share_of(found, group), abs=1e-3)
    inside = share_of(found, AgeGroup(20, 24)) / share_of(found, AgeGroup(50, 54))
    assert RESIDENTS[4] / RESIDENTS[10] == pytest.approx(inside, rel=0.02)


@pytest.mark.parametrize("published", [{}, dict.fromkeys(UNHCR_GROUPS, 0)])
def test_ages_without_a_publication_are_those_of_the_residents(
    published: dict[AgeGroup, int],
) -> None:
    found = ages(RESIDENTS, published)
    for at, low in enumerate(FIVE_YEAR_GROUPS):
        expected = RESIDENTS[at] / sum(RESIDENTS)
        assert expected == pytest.approx(share_of(found, AgeGroup(low, low + 4)), abs=1e-3)


def test_a_group_in_which_nobody_lives_is_even() -> None:
    nobody = (0,) * len(FIVE_YEAR_GROUPS)
    found = ages(nobody, {AgeGroup(0, 4): 1})
    assert 0.5 == pytest.approx(float(np.mean(found < 30)), abs=1e-3)


def test_islands_that_the_stock_joins_have_their_residents_together() -> None:
    rows = {
        (row["iso3"], row["sex"]): [int(row[str(age)]) for age in FIVE_YEAR_GROUPS]
        for row in packaged_snapshot().rows("age_structure")
    }
    both = zip(rows["GGY", "f"], rows["JEY", "f"], strict=True)
    assert tuple(one + other for one, other in both) == residents_of("XCX", "female")
    assert residents_of("VAT", "male") == tuple(rows["WLD", "m"])


def test_nobody_stays_longer_than_the_stocks_allow() -> None:
    rng = random.Random(11)
    for _ in range(300):
        stocks = [rng.randrange(0, 2000) for _ in ROUNDS] + [rng.randrange(1, 2000)]
        weights = stays(stocks)
        assert weights.min() >= 0
        for at, year in enumerate(ROUNDS):
            months = 12 * (2024 - year)
            longer = float(weights[months:].sum())
            assert longer <= min(stocks[at:]) / stocks[-1] * KEPT_A_YEAR ** (2024 - year) + 1e-9


def test_a_corridor_that_is_new_has_nobody_of_four_years() -> None:
    assert quantiles(stays([0] * len(ROUNDS) + [50])).max() < 48


def test_the_share_up_to_each_month_ends_at_all() -> None:
    found = up_to(np.array([1.0, 1.0, 2.0]))
    assert [16384, 32768, 65535] == found.tolist()


def test_kinds_of_residence_share_out_every_month_once() -> None:
    assert {256} == set(stated.HISTORY.sum(axis=0).tolist())
    assert stated.HISTORY.min() >= 0
    assert len(STAY) * SHARES == stated.HISTORY.shape[1]


def test_tiers_of_lawful_residence_never_exceed_it() -> None:
    assert (stated.TEMPORARY + stated.LONG_TERM).max() <= 256
    assert 1.0 == pytest.approx(float(stated.THREAT.size / QUANTILES))


def test_skills_follow_the_published_share_of_tertiary_education() -> None:
    few, many = stated.skills(0.05), stated.skills(0.6)
    assert np.mean(few >= 2) < 0.06
    assert 0.42 == pytest.approx(float(np.mean(many >= 2)), abs=0.02)


def test_refugees_are_drawn_with_the_ages_that_unhcr_publishes_of_them() -> None:
    """Indonesians in Papua New Guinea: the shares of 2025 by group, within sampling."""
    tables = tables_of("PNG")
    (block,) = blocks("PNG", 5)
    category = np.repeat(tables.category, np.diff(tables.ends, prepend=0))
    of_corridor = block["origin1.state"] == country_codes().index("IDN")
    of_corridor &= category == stated.CATEGORIES.index(Category.REFUGEE)
    for sex in ("female", "male"):
        chosen = block["age"][of_corridor & (block["sex"] == SEX.index(sex))]
        published = ages_and_sexes("IDN", "PNG", Category.REFUGEE).of_sex(
            "female" if sex == "female" else "male"
        )
        assert len(chosen) > 2000
        assert sum(published.values()) > 1000
        for group, persons in published.items():
            expected = persons / sum(published.values())
            assert expected == pytest.approx(share_of(chosen, group), abs=0.03)
