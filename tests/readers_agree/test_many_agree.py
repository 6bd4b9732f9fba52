"""`explain` against the evaluation of many cases: positions, three-valued, and the norm that decides.

20,000 random pairs of an agreement and a person, and 2,000 persons before every packaged agreement.
A hundred thousand of each stand in `make soak`.
"""

from __future__ import annotations

from datetime import date
from random import Random

import pytest

from comity.agreement.cases import Case
from comity.agreement.conditions import FactRef
from comity.agreement.many.evaluator import Evaluator
from comity.agreement.values import Truth
from comity.api import library as shelf
from comity.api.regimes import read_regime
from comity.explain.evaluate import Evaluation
from tests.readers_agree.draws import draws, less_known
from tests.readers_agree.many import conditions_in, differences, silent, stated_by, table_for
from tests.readers_agree.real_people import RealPeople

ON = date(2026, 11, 24)
REAL = sorted({*shelf.packaged().instruments, "encoded"})


@pytest.mark.parametrize("seed", range(10))
def test_a_table_of_random_persons_says_what_explain_says(seed: int) -> None:
    """Half of the persons are fully known; machine code and numpy are asked in turn."""
    rng, count = Random(seed), 0
    for number, draw in enumerate(draws(rng, 50, cases=20)):
        for cases in (draw.cases, tuple(silent(less_known(rng, c)) for c in draw.cases)):
            evaluator = Evaluator(
                draw.regime,
                draw.on,
                conditions=conditions_in(draw.regime),
                compile=bool(number % 2),
                stated=stated_by(cases),
            )
            assert [] == list(differences(evaluator, cases))
            count += len(cases)
    assert count == 2000


@pytest.mark.parametrize("name", REAL)
def test_of_a_packaged_agreement_a_table_says_what_explain_says(name: str) -> None:
    regime = read_regime(name).regime
    for compile_ in (False, True):
        evaluator = Evaluator(regime, ON, compile=compile_)
        people = RealPeople(evaluator, Random(f"{name} {compile_}"))
        assert [] == list(differences(evaluator, list(people.draw(1000, ON))))


def test_real_people_are_told_apart_by_the_convention() -> None:
    """Positions are not all the same, and both known and unknown ones are compared."""
    evaluator = Evaluator(read_regime("imfc").regime, ON)
    cases = list(RealPeople(evaluator, Random(5)).draw(1500, ON))
    found = evaluator.evaluate(table_for(evaluator, cases))
    several = [r for r, p in found.rights.items() if len({*p.lower.tolist()}) > 1]
    in_doubt = [r for r, p in found.rights.items() if (p.lower != p.lower_possible).any()]
    assert len(several) > len(found.rights) / 2
    assert len(in_doubt) > len(found.rights) / 2


@pytest.mark.parametrize("seed", range(3))
def test_the_norm_that_decides_is_one_that_explain_finds_effective_at_that_level(seed: int) -> None:
    rng, decided = Random(seed), 0
    for draw in draws(rng, 20, cases=20):
        evaluator = Evaluator(
            draw.regime,
            draw.on,
            deciding=True,
            compile=bool(seed % 2),
            stated=stated_by(draw.cases),
        )
        found = evaluator.evaluate(table_for(evaluator, draw.cases))
        for row, case in enumerate(draw.cases):
            for right, positions in found.rights.items():
                assert positions.by is not None
                number, lower = int(positions.by[row]), int(positions.lower[row])
                assert (number == 0) == (lower == 0), right
                if number:
                    decided += 1
                    assert lower == _level(evaluator, case, right, number)
    assert decided > 300


def _level(evaluator: Evaluator, case: Case, right: str, number: int) -> int:
    """The level of the first effective guarantee that gives as much as any; it must be this one."""
    explained = Evaluation(evaluator.regime, case)
    units = evaluator.rules.guarantees(right)
    declared = evaluator.regime.vocabulary.rights[right]
    levels = [
        explained.level(unit.level, declared).low if explained.effective(unit) is Truth.TRUE else 0
        for unit in units
    ]
    best = max(levels)
    fixed = [n for n, u in enumerate(units, 1) if levels[n - 1] == best and not _is_fact(u.level)]
    assert number in (fixed or [n for n, level in enumerate(levels, 1) if level == best])[:1] or (
        _is_fact(units[number - 1].level) and levels[number - 1] == best
    )
    return best


def _is_fact(level: object) -> bool:
    return isinstance(level, FactRef)
