"""The law of any day from 1951 to 2026, before any host, for anybody, is an answer and no error."""

from __future__ import annotations

import random
from datetime import date

import pytest

from comity.agreement.cases import Case
from comity.agreement.many.evaluator import Evaluator
from comity.agreement.regimes import Regime
from comity.agreement.values import exactly
from comity.api import library as shelf
from comity.api.regimes import read_regime
from comity.explain.answer import explain
from comity.explain.evaluate import Evaluation

FIRST, LAST = date(1951, 1, 1), date(2026, 12, 31)
DRAWS = 60


def drawn(seed: int) -> tuple[Regime, Case]:
    """A host that was a State on a random day, and somebody of another State."""
    chance = random.Random(seed)
    vocabulary = shelf.vocabulary()
    day = date.fromordinal(chance.randint(FIRST.toordinal(), LAST.toordinal()))
    states = [code for code, state in vocabulary.states.items() if state.existed(day)]
    host, origin = chance.choice(states), chance.choice(states)
    facts = {
        "host": exactly(host),
        "nationality": exactly(frozenset({origin})),
        "origin1.state": exactly(origin),
    }
    for path in chance.sample([*vocabulary.facts], 12):
        declared = vocabulary.facts[path]
        if path.startswith("place.") or path in facts or declared.ordinary is None:
            continue
        facts[path] = exactly(declared.ordinary)
    return read_regime("today").regime, Case(day, facts, ordinary=chance.random() < 0.5)


@pytest.mark.parametrize("seed", range(DRAWS))
def test_positions_of_any_day(seed: int) -> None:
    regime, case = drawn(seed)
    person = Evaluation(regime, case)
    for right, declared in regime.vocabulary.rights.items():
        bounds = person.bounds(right)
        assert 0 <= bounds.lower <= bounds.lower_possible <= declared.top
        assert 0 <= bounds.upper <= bounds.upper_possible <= declared.top


@pytest.mark.parametrize("seed", range(DRAWS, DRAWS + 4))
def test_reasons_of_any_day(seed: int) -> None:
    regime, case = drawn(seed)
    answer = explain(regime, case, why_not=False, ask=False)
    assert {name for name, _ in answer.bound_by} == {i.id for i in regime.instruments}


@pytest.mark.parametrize("year", range(1951, 2027, 15))
def test_the_evaluator_of_many_is_made_for_any_day(year: int) -> None:
    regime = read_regime("today").regime
    assert Evaluator(regime, date(year, 7, 1), rights=("stay", "shield", "work")).keys
