"""Chambers together, against the one game that they are; influence and its inequality by hand."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from comity.assembly.composed import Composed, composed_power
from comity.assembly.exact import power
from comity.assembly.games import AtLeast, Game, GameFaulty, Leg, OfLeg, Rule, all_of, any_of
from comity.assembly.influence import inequality, influence

STATES = Game(("A", "B", "C"), (Leg("states", (1, 1, 1), 2),))
PEOPLE = Game(("p", "q", "r", "s"), (Leg("people", (4, 2, 2, 1), 5),))
MIGRANTS = Game(("x", "y"), (Leg("migrants", (1, 1), 2),))
RULES: tuple[Rule, ...] = (
    all_of([OfLeg(0), OfLeg(1), OfLeg(2)]),
    any_of([OfLeg(0), OfLeg(1), OfLeg(2)]),
    AtLeast(2, (OfLeg(0), OfLeg(1), OfLeg(2))),
    AtLeast(1, (OfLeg(0), AtLeast(2, (OfLeg(1), OfLeg(2))))),
)


def as_one(rule: Rule) -> Game:
    """The same as a single game: each chamber is a leg on which the others weigh nothing."""
    chambers = (STATES, PEOPLE, MIGRANTS)
    members = tuple(name for game in chambers for name in game.members)
    legs, before = [], 0
    for game in chambers:
        weights = [0] * len(members)
        weights[before : before + len(game.members)] = game.legs[0].weights
        legs.append(Leg(game.legs[0].name, tuple(weights), game.legs[0].needed))
        before += len(game.members)
    return Game(members, tuple(legs), rule)


@pytest.mark.parametrize("rule", RULES, ids=range(len(RULES)))
def test_chambers_together_are_one_game(rule: Rule) -> None:
    whole = Composed({"states": STATES, "people": PEOPLE, "migrants": MIGRANTS}, rule)
    found = composed_power(whole)
    one = power(as_one(rule))
    assert one.shapley is not None
    flat = np.concatenate([one_.banzhaf for one_ in found.values()])
    shapley = np.concatenate([p.shapley for p in found.values() if p.shapley is not None])
    assert flat == pytest.approx(one.banzhaf, abs=1e-12)
    assert shapley == pytest.approx(one.shapley, abs=1e-12)
    assert all(p.passes == pytest.approx(one.passes, abs=1e-12) for p in found.values())


def test_a_body_without_a_chamber_is_none() -> None:
    with pytest.raises(GameFaulty):
        Composed({}, OfLeg(0))


def test_influence_is_equal_where_power_goes_with_the_root_of_the_people() -> None:
    people = np.array([1.0, 4.0, 9.0, 100.0])
    one = influence(np.sqrt(people) * 0.01, people)
    assert one == pytest.approx([1, 1, 1, 1])
    found = inequality(one, people)
    assert found.ratio == pytest.approx(1)
    assert found.hoover == pytest.approx(0, abs=1e-12)
    assert found.gini == pytest.approx(0, abs=1e-12)


def test_inequality_by_hand() -> None:
    """Three people with 1 each and one with 5: Hoover 5/8 - 1/4, Gini by every pair of people."""
    one, people = np.array([1.0, 5.0]), np.array([3.0, 1.0])
    found = inequality(one, people)
    persons = [1, 1, 1, 5]
    pairs = sum(abs(a - b) for a, b in product(persons, repeat=2))
    assert found.hoover == pytest.approx(5 / 8 - 1 / 4)
    assert found.gini == pytest.approx(pairs / (2 * len(persons) * sum(persons)))
    assert found.ratio == pytest.approx(5)


def test_people_without_any_influence_are_counted_and_no_ratio_is_told() -> None:
    found = inequality(np.array([0.0, 2.0]), np.array([7.0, 3.0]))
    assert (found.ratio, found.without) == (None, 7)
    assert inequality(np.zeros(2), np.array([1.0, 1.0])).without == 2


def test_a_country_without_people_is_refused() -> None:
    with pytest.raises(ValueError, match="without people"):
        influence(np.array([1.0]), np.array([0.0]))
