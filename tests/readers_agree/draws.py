"""What readers that answer one question are held to: random agreements, each with some people.

    for draw in draws(Random(seed), 1000):
        for case in draw.cases: ...

`shares.py` measures how often what a draw holds decides an answer; `test_draws.py` keeps it so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from random import Random

from comity.agreement.cases import Case
from comity.agreement.regimes import Regime
from tests.readers_agree import generator
from tests.readers_agree.agreements import agreement
from tests.readers_agree.generator import TODAY
from tests.readers_agree.people import complete_case, varied
from tests.readers_agree.words import BEFORE

CASES = 20
"""How many people a draw has, unless another number is asked for."""


@dataclass(frozen=True)
class Draw:
    """A random agreement and people of whom everything is known, all asked on one day."""

    regime: Regime
    on: date
    cases: tuple[Case, ...]


def draws(
    rng: Random,
    count: int,
    *,
    cases: int = CASES,
    contrary: float = 0.0,
    latitude: float = 0.0,
) -> Iterator[Draw]:
    """So many random agreements, each with so many people; one in four is asked on an earlier day.

    contrary: the chance that a case says of what the host has done other than the text does.
    latitude: the chance that it says what the text leaves open: parameters and reservations.
    """
    for _ in range(count):
        regime = agreement(rng)
        on = BEFORE if rng.random() < 0.25 else TODAY
        people = [complete_case(rng, regime, on, contrary=contrary) for _ in range(cases)]
        if latitude:
            people = [varied(rng, regime, p) if rng.random() < latitude else p for p in people]
        yield Draw(regime, on, tuple(people))


def less_known(rng: Random, case: Case) -> Case:
    """The same case with some facts hidden, few or many; the host stays known."""
    return generator.hidden(rng, case, share=rng.choice((0.15, 0.3, 0.6)))
