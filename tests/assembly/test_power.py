"""Power by dynamic programming and by sampling, against counting every coalition."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from math import factorial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.assembly.coalitions import (
    dictators,
    dual,
    dummies,
    smallest_blocking,
    smallest_winning,
    vetoes,
)
from comity.assembly.exact import power
from comity.assembly.games import AtLeast, Game, GameFaulty, Leg, OfLeg, Rule, all_of, any_of
from comity.assembly.sampling import sampled


def counted(game: Game) -> tuple[list[Fraction], list[Fraction], Fraction]:
    """Banzhaf, Shapley and Shubik, and the share of coalitions that pass: each coalition looked at."""
    n = len(game.members)
    wins = {
        yes: game.wins(np.array(yes, dtype=np.bool_)) for yes in product((False, True), repeat=n)
    }
    banzhaf = [Fraction(0)] * n
    shapley = [Fraction(0)] * n
    for yes, won in wins.items():
        size = sum(yes)
        for member in range(n):
            if won and yes[member]:
                without = (*yes[:member], False, *yes[member + 1 :])
                if not wins[without]:
                    banzhaf[member] += Fraction(1, 2 ** (n - 1))
                    orders = factorial(size - 1) * factorial(n - size)
                    shapley[member] += Fraction(orders, factorial(n))
    return banzhaf, shapley, Fraction(sum(wins.values()), 2**n)


@st.composite
def games(draw: st.DrawFn, most: int = 9, legs: int = 2) -> Game:
    """Random games of few members, on one or two legs, joined by and, or, or by one of two."""
    n = draw(st.integers(1, most))
    made = []
    for number in range(draw(st.integers(1, legs))):
        weights = draw(st.lists(st.integers(0, 9), min_size=n, max_size=n))
        made.append(Leg(f"leg{number}", tuple(weights), draw(st.integers(1, max(1, sum(weights))))))
    parts: list[Rule] = [OfLeg(k) for k in range(len(made))]
    rule = draw(st.sampled_from([all_of(parts), any_of(parts), AtLeast(1, tuple(parts))]))
    return Game(tuple(f"m{k}" for k in range(n)), tuple(made), rule)


@given(games())
@settings(max_examples=120, deadline=None)
def test_exact_is_what_counting_every_coalition_gives(game: Game) -> None:
    found = power(game)
    banzhaf, shapley, passes = counted(game)
    assert found.passes == pytest.approx(float(passes), abs=1e-12)
    assert found.banzhaf == pytest.approx([float(x) for x in banzhaf], abs=1e-12)
    assert found.shapley == pytest.approx([float(x) for x in shapley], abs=1e-12)


def test_twenty_two_members_on_two_legs() -> None:
    rng = np.random.default_rng(3)
    n = 22
    weights = rng.integers(0, 60, (2, n))
    legs = tuple(
        Leg(f"leg{k}", tuple(int(x) for x in row), int(row.sum() * share))
        for k, (row, share) in enumerate(zip(weights, (0.5, 0.62), strict=True))
    )
    game = Game(tuple(f"m{k}" for k in range(n)), legs)
    coalitions = (np.arange(2**n)[:, None] >> np.arange(n)) & 1 == 1
    totals = coalitions @ weights.T
    wins = (totals[:, 0] >= legs[0].needed) & (totals[:, 1] >= legs[1].needed)
    found = power(game, shapley=False)
    assert found.passes == pytest.approx(wins.mean(), abs=1e-12)
    for member in (0, 7, 21):
        turned = wins[coalitions[:, member]] & ~wins[~coalitions[:, member]]
        assert found.banzhaf[member] == pytest.approx(turned.mean(), abs=1e-12)


@given(games(legs=3))
@settings(max_examples=20, deadline=None)
def test_sampling_is_within_its_error(game: Game) -> None:
    found = sampled(game, draws=20_000)
    banzhaf, shapley, passes = counted(game)
    assert found.shapley is not None
    assert found.shapley_error is not None
    assert abs(found.passes - float(passes)) <= 6 * found.passes_error + 2e-4
    for k in range(len(game.members)):
        assert abs(found.banzhaf[k] - float(banzhaf[k])) <= 6 * found.error[k] + 2e-3
        assert abs(found.shapley[k] - float(shapley[k])) <= 6 * found.shapley_error[k] + 2e-3


@given(games(), st.integers(2, 5))
@settings(max_examples=40, deadline=None)
def test_a_scale_or_an_order_changes_nothing(game: Game, factor: int) -> None:
    scaled = Game(
        game.members,
        tuple(
            Leg(x.name, tuple(w * factor for w in x.weights), x.needed * factor) for x in game.legs
        ),
        game.rule,
    )
    turned = Game(
        game.members[::-1],
        tuple(Leg(x.name, x.weights[::-1], x.needed) for x in game.legs),
        game.rule,
    )
    first = power(game)
    assert first.shapley is not None
    assert first.banzhaf == pytest.approx(power(scaled).banzhaf, abs=1e-12)
    backwards = power(turned).shapley
    assert backwards is not None
    assert first.shapley == pytest.approx(backwards[::-1], abs=1e-12)


def test_two_who_always_vote_as_one_are_one_member_of_both_weights() -> None:
    apart = Game(tuple("abcd"), (Leg("votes", (3, 3, 2, 1), 6),))
    banzhaf, _, _ = counted(Game(("ab", "c", "d"), (Leg("votes", (6, 2, 1), 6),)))
    merged = power(Game(("ab", "c", "d"), (Leg("votes", (6, 2, 1), 6),)))
    assert merged.banzhaf == pytest.approx([float(x) for x in banzhaf])
    assert power(apart).banzhaf[0] < merged.banzhaf[0]


@given(games(most=7))
@settings(max_examples=60, deadline=None)
def test_coalitions_are_the_smallest(game: Game) -> None:
    n = len(game.members)
    several = list(product((False, True), repeat=n))
    wins = {yes: game.wins(np.array(yes, dtype=np.bool_)) for yes in several}
    winning = [sum(yes) for yes, won in wins.items() if won]
    found = smallest_winning(game)
    assert (found.size if found else None) == (min(winning) if winning else None)
    if winning:
        blocking = [sum(yes) for yes in several if not wins[tuple(not one for one in yes)]]
        stops = smallest_blocking(game)
        assert stops is not None
        assert stops.size == min(blocking)
    banzhaf, _, _ = counted(game)
    assert set(dummies(game)) == {
        name for name, one in zip(game.members, banzhaf, strict=True) if one == 0
    }
    everybody = (True,) * n
    needed = {
        name
        for k, name in enumerate(game.members)
        if wins[everybody] and not wins[(*everybody[:k], False, *everybody[k + 1 :])]
    }
    assert set(vetoes(game)) == needed
    assert set(dictators(game)) <= needed


@given(games(most=6))
@settings(max_examples=40, deadline=None)
def test_blocking_twice_is_passing(game: Game) -> None:
    again = dual(dual(game))
    for yes in product((False, True), repeat=len(game.members)):
        coalition = np.array(yes, dtype=np.bool_)
        assert game.wins(coalition) == again.wins(coalition)


def test_a_game_without_members_or_with_a_weight_below_zero_is_none() -> None:
    with pytest.raises(GameFaulty):
        Game((), (Leg("votes", (), 1),))
    with pytest.raises(GameFaulty):
        Game(("a",), ())
    with pytest.raises(GameFaulty):
        Game(("a", "a"), (Leg("votes", (1, 1), 1),))
    with pytest.raises(GameFaulty):
        Game(("a",), (Leg("votes", (-1,), 1),))
    with pytest.raises(GameFaulty):
        Game(("a",), (Leg("votes", (1, 2), 1),))


def test_a_parliament_of_equals_beside_a_leg_of_weights() -> None:
    """Where heads are counted nothing is integrated; the same rule with a leg of twice a head is."""
    n = 60
    seats = Leg("seats", (1,) * n, 31)
    weighed = Leg("people", tuple(k % 7 for k in range(n)), 80)
    same = Leg("never asked", (*(1,) * (n - 1), 2), 0)
    counted_ = power(Game(tuple(f"m{k}" for k in range(n)), (seats, weighed)))
    parts: list[Rule] = [OfLeg(0), OfLeg(1)]
    rule = AtLeast(2, (any_of([OfLeg(0), AtLeast(2, (OfLeg(0), OfLeg(2)))]), parts[1]))
    integrated = power(Game(tuple(f"m{k}" for k in range(n)), (seats, weighed, same), rule))
    assert counted_.shapley is not None
    assert integrated.shapley is not None
    assert counted_.shapley == pytest.approx(integrated.shapley, abs=1e-12)
    assert counted_.shapley.sum() == pytest.approx(1, abs=1e-12)


def test_seven_hundred_and_five_equal_seats() -> None:
    found = power(Game(tuple(f"m{k}" for k in range(705)), (Leg("seats", (1,) * 705, 353),)))
    assert found.shapley == pytest.approx([1 / 705] * 705, abs=1e-12)
    assert found.passes == pytest.approx(0.5, abs=1e-12)
